"""Where hits may lie: offsets that hold, masked parts left out, long paragraphs, broken terms."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.detect.graphemes import whole_characters
from annotator.detect.watching import LONGEST_LINE, MOST_IN_A_TEXT, Matcher, Wanted, surface

TEXT = "The ferry 🌉 waits.\n\nAdvertisement: a ferry!\n\nCafe\u0301 by the ferry\r\nferry."


def _blocks(text: str) -> list[tuple[int, int]]:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append((at, at + len(part)))
        at += len(part) + 2
    return blocks


def test_offsets_are_code_points() -> None:
    for pattern in (False, True):
        hits = Matcher([Wanted("ferry", is_pattern=pattern)]).find(TEXT, _blocks(TEXT)).hits
        assert [(hit.start, TEXT[hit.start : hit.end]) for hit in hits] == [
            (at, "ferry") for at in range(len(TEXT)) if TEXT.startswith("ferry", at)
        ]


def test_masked_parts_are_neither_marked_nor_counted() -> None:
    first, _, last = _blocks(TEXT)
    for pattern in (False, True):
        found = Matcher([Wanted("ferry", is_pattern=pattern)]).find(TEXT, [first, last])
        assert found.counts == {0: 3}
        assert not any("Advertisement" in TEXT[hit.start - 20 : hit.start] for hit in found.hits)


def test_nothing_is_found_across_a_masked_part() -> None:
    text = "prime X minister"
    shown = [(0, 6), (7, 16)]
    assert not Matcher([Wanted("prime minister")]).find(text, shown).hits
    assert not Matcher([Wanted(r"prime\s+minister", is_pattern=True)]).find(text, shown).hits


@given(
    st.text("ab \n\r🌉\u0301", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_the_surface_keeps_every_offset(text: str, cuts: list[tuple[int, int]]) -> None:
    shown, at = [], 0
    for start, end in sorted(cuts):
        if at <= start < end <= len(text):
            shown.append((start, end))
            at = end
    plain = surface(text, shown)
    assert len(plain) == len(text)
    for i, (was, now) in enumerate(zip(text, plain, strict=True)):
        inside = any(start <= i < end for start, end in shown)
        assert now == ((" " if was in "\n\r" else was) if inside else "\n")


def test_long_paragraphs_are_looked_through_in_parts() -> None:
    text = "word " * 4000
    plain = surface(text, [(0, len(text))])
    assert len(plain) == len(text)
    assert max(map(len, plain.split("\n"))) <= LONGEST_LINE
    assert plain.replace("\n", " ") == text
    unbroken = "x" * (2 * LONGEST_LINE)
    assert surface(unbroken, [(0, len(unbroken))]) == unbroken


def test_terms_that_cannot_be_read_are_named_and_the_others_found() -> None:
    matcher = Matcher([Wanted("(", is_pattern=True), Wanted("*"), Wanted("ferry")])
    assert set(matcher.broken) == {0, 1}
    assert matcher.find(TEXT, _blocks(TEXT)).counts == {2: 4}


def test_a_text_has_so_many_hits_and_no_more() -> None:
    terms = [Wanted(f"w{n}") for n in range(10)]
    text = " ".join(f"w{n % 10}" for n in range(5000))
    found = Matcher(terms).find(text, [(0, len(text))])
    assert (len(found.hits), found.cut) == (MOST_IN_A_TEXT, True)


@given(st.text("a\u0301\u200d👩🏽🇩\r\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_whole_characters_grow_and_stay_inside(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    grown = whole_characters(text, start, end)
    assert 0 <= grown[0] <= start <= end <= grown[1] <= len(text)
    assert whole_characters(text, *grown) == grown
