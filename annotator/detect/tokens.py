"""Cuts a text into the pieces that watched words are compared by, in any script."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, groupby

# Scripts that set no blanks between words: each character of theirs is a piece by itself.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Thai, Lao, Burmese, Khmer, Tai
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"  # Japanese, Chinese
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_IGNORED = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\u0640\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)
"""What two spellings of one word may differ in: soft hyphens, joiners, Arabic and Hebrew vowel signs,
the stroke that lengthens an Arabic word."""
LONGEST_PIECE = 100
"""Code points; what is longer is no word, and is never folded: normalising a heap of marks takes the square
of its length."""
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


@cache
def _marks() -> str:
    """Every combining mark, as ranges for a character class of `re`, whose \\w leaves them out."""
    points = chain(range(0x300, 0x20000), range(0xE0100, 0xE0200))  # no mark lies elsewhere
    marks = [c for c in points if unicodedata.category(chr(c))[0] == "M"]
    runs = [[c for _, c in run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


@cache
def _piece() -> re.Pattern[str]:
    marks = _marks()
    joined = f"[{marks}\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    word = f"[^\\W{UNSPACED}]"
    # Each branch begins with another kind of character, so that nothing is ever tried twice.
    return re.compile(
        f"{word}(?:{word}|{joined}|\u00ad)*"
        f"|[{UNSPACED}]{joined}*"
        "|[\U0001f1e6-\U0001f1ff]{2}"
        f"|[^\\w\\s\u2010-\u2015-]{joined}*(?:(?<=\u200d)[^\\w\\s{marks}]{joined}*)*"
    )


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Each word, and each sign that is not a blank or a hyphen, as start and end in code points."""
    for found in _piece().finditer(text):
        yield found.span()


@lru_cache(maxsize=1 << 14)
def folded(piece: str, keep_case: bool) -> str:
    """What two spellings of the same piece have in common; capitals count where `keep_case` says so."""
    if len(piece) > LONGEST_PIECE:
        return piece
    if piece.isascii():
        return piece if keep_case else piece.lower()
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", piece.translate(_APOSTROPHES)))
    if not keep_case:
        plain = unicodedata.normalize("NFKC", plain.casefold())
    return plain or piece


def gap(text: str, start: int, end: int) -> str:
    """What stands between two pieces: nothing, a blank (a hyphen counts as one), or an end that no words
    reach across."""
    if start == end:
        return ""
    between = text[start:end]
    return "\n" if "\n" in between else " "
