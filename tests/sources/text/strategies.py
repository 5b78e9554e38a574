"""Texts as news pages have them, and worse: emoji, marks, Arabic script, stray controls."""

from hypothesis import strategies as st

PIECES = (
    "Rain fell on Port Sell. ",
    "“We left at once,” said Ms. Orla Venn. ",
    "“Why?” she asked. ",
    'He said: "No." Then he left. ',
    "The U.S. -backed council met at 6 p.m. on Friday. ",
    "👩‍👩‍👧‍👦 ",
    "👍🏽",
    "🇵🇰🇦🇫 ",
    "e\u0301\u0308 ",
    "قال المتحدث: «لم يصل أحد». ",
    "ترجمان نے کہا کہ کوئی نہیں آیا۔ ",
    "نمی\u200cآید. ",
    "Advertisement",
    "Aug. 3, 2031",
    "1) first 2) second ",
    "• point ",
    "[6] ",
    "(as before.) ",
    ". . . ",
    "...",
    " ",
    "\t",
    "\u00a0",
    "\u2028",
    "\n",
    "\n\n",
    "\n \n",
)

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)),
        max_size=15,
    ).map("".join),
)
"""Any text that cleaning could leave, and some that it would not."""

raw_texts = st.lists(
    st.one_of(
        st.sampled_from((*PIECES, "\r\n", "\r", "\x00", "\ud83d", "\ude00", "\ud83d\ude00")),
        st.text(max_size=5),
    ),
    max_size=20,
).map("".join)
"""Texts before cleaning: carriage returns, NUL, surrogates alone and in pairs."""


def visible(text: str, start: int = 0) -> set[int]:
    """Positions of all characters that are no blanks."""
    return {start + n for n, character in enumerate(text) if not character.isspace()}
