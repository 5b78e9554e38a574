"""Where a sentence begins although no stop, or no blank after it, stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.text.sentence_words import STARTERS

_ITEM = re.compile(r"(?<!\S)(?:[•⁃▪‣◦]\s?)?(?P<mark>\d{1,3}|[a-z])(?P<sign>\.\)|[.)])(?=\s+\S)")
_ITEM_MARK = re.compile(r"(?:[•⁃▪‣◦]\s?)?(?:\d{1,3}|[a-z])(?:\.\)|[.)])")
_STARTER = "|".join(sorted(STARTERS - {"I", "A"}))


@dataclass(frozen=True, slots=True)
class Start:
    """A sentence begins at each empty group of `pattern`; only texts with one of `signs` are searched."""

    what: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    languages: tuple[str, ...] = ()


_STARTS = (
    Start("a bullet", tuple("•⁃▪‣◦"), re.compile(r"(?<=\s)()[•⁃▪‣◦](?=\s?\S)")),
    Start(
        "a rule drawn with signs, which stands alone",
        ("-----", "=====", "_____", "*****", "~~~~~", "#####"),
        re.compile(r"(?<!\S)()([-=_*~#])\2{4,}()(?!\S)"),
    ),
    Start(
        "the blank after a stop forgotten",
        (".", "!", "?"),
        re.compile(
            rf"[.!?]()(?:(?<=[^\W\d_]{{2}}\.)(?=(?:{_STARTER})[\s'’])|(?<=[^\W\d_]{{2}}[!?])(?=[A-Z][a-z])|(?<=\w\.\.)(?=[A-Z])|(?<=\.\.\.)(?=[A-Z]))"
        ),
    ),
    Start("one address after another", ("http",), re.compile(r"(?<!\S)https?://\S++\s()(?=https?://)")),
    Start(
        "a face drawn with signs ends what it follows",
        (":)", ";)", ":(", ":-", ";-", ":P", ":D", "=)"),
        re.compile(r"(?<=\s)[:;=][-']?[)(DP]()\s(?!$)"),
    ),
    Start(
        "a closing formula and the name under it",
        ("egards,", "hanks,", "incerely,", "espectfully,", "heers,"),
        re.compile(r"\b(?:[Rr]egards|[Tt]hanks|[Ss]incerely|[Rr]espectfully|Cheers),()\s+(?=[A-Z])"),
    ),
    Start(
        "a stamp of date and time",
        tuple(f"{digit} {half}M" for half in "AP" for digit in range(10)),
        re.compile(
            r"(?:(?:\b[A-Z][\w@./]{0,60}|>)\s())?\b\d\d?/\d\d?/\d{2,4} \d\d?:\d\d(?::\d\d)? [AP]M()(?=\s+\S)"
        ),
    ),
    Start(
        "words broken off by a dash, and a new beginning",
        (" —", " –", " --"),
        re.compile(rf"(?<=[a-z-])\s(?:—|–|--)()\s+(?=(?:{_STARTER}|Oh|See|That's)\b)"),
    ),
    Start(
        "a way to reach someone",
        ("hone:", "mail:", "Fax:", "Tel:"),
        re.compile(r"\b(?:(?:Phone|Fax|Tel):\s*\S*\d\S*|E-?mail:\s[^\n@]{0,60}@\S+)()(?=\s+\S)"),
    ),
    Start(
        "a dateline with its agency, which stands alone in Persian news",
        (" - ",),
        re.compile(r"(?<![^\s.؟!])[\w\u200c]+(?: [\w\u200c]+)? - [\w\u200c]+(?: [\w\u200c]+){0,2}:()\s"),
        ("fa",),
    ),
    Start(
        "a dash in the place of a stop, after the verb that closes an Urdu sentence",
        (" -", " –"),
        re.compile(r"\b(?:ہے|ہیں|تھا|تھی|تھے|گا|گی|گے|گئی|گیا)\s[-–—]()\s"),
        ("ur",),
    ),
)
NUMBERS_STAND_ALONE = ("uk",)
"""Languages in whose annotated texts the number of a paragraph ("2.") counts as a sentence of its own."""

_FIRST_LINES = (
    re.compile(r"(?:Hi|Hello|Hey|Dear)(?: [\w.]+){0,3},()\s+(?=[A-Z])"),
    re.compile(r"(?:Figure|Fig\.|Table|Map|Box) \d{1,3}(?:\.\d{1,3})?()\s+(?=[A-Z])"),
)


def forced_starts(text: str, lang: str) -> Iterator[int]:
    """Code point positions where a sentence begins, whatever stands before."""
    yield from _items(text)
    for start in _STARTS:
        if start.languages and lang not in start.languages:
            continue
        for sign in start.signs:
            if sign in text:
                yield from _places(start.pattern, text)
                break
    for pattern in _FIRST_LINES:
        if first := pattern.match(text):
            yield first.start(1)


def _places(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        for place, end in match.regs[1:]:
            if 0 <= place == end:
                yield place


def _items(text: str) -> Iterator[int]:
    """Items of an enumeration: "1) … 2) …", "a. … b. …", from the second on, in their order."""
    if "1)" not in text and not _ITEM.match(text):
        return
    expected = ""
    sign = ""
    for match in _ITEM.finditer(text):
        mark = match["mark"]
        if expected and mark == expected and match["sign"] == sign:
            yield match.start()
        elif expected or not (match.start() == 0 or (mark == "1" and match["sign"] == ")")):
            continue
        elif mark.isdigit() and match.start() != 0:
            yield match.start()
        sign = match["sign"]
        expected = str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)


def is_item_mark(text: str, since: int, stop_end: int) -> bool:
    """Whether a list item's mark ("2.", "• 9.", "a.") is all that stands between `since` and the stop."""
    return stop_end - since <= 12 and _ITEM_MARK.fullmatch(text[since:stop_end].strip()) is not None
