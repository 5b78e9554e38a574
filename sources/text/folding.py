"""Words as they are searched for: without case, accents and vowel signs, in any script.

The database folds what it stores by the same rules (`sourceline_folded`, in a migration); a test holds the
two together. What stands in SEPARATORS ends a word; a script without blanks between its words (UNSPACED) is
cut into single characters, so that what is sought there is found as a run of them.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_WORD = 60
"""Code points; of a longer word the beginning counts."""

IGNORED = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
"""Accents, vowel signs of Arabic and Hebrew, the stroke that lengthens an Arabic word, joiners."""
SEPARATORS = (
    "\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u037e\u0387"
    "\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4"
    "\u06dd\u06de\u06e9\u0700-\u070f\u0964\u0965\u0970\u0e3f\u0e4f\u0e5a\u0e5b\u0f01-\u0f17\u0f34\u0f36\u0f38"
    "\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166d\u166e\u1680\u169b\u169c\u16eb-\u16ed\u1735\u1736"
    "\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u1944\u1945\u2000-\u200a\u2010-\u2029\u202f-\u205f\u206a-\u206f"
    "\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u2ff0-\u3004\u3008-\u3020\u3030\u3036\u3037\u303d-\u303f\u30a0\u30fb"
    "\ua6f2-\ua6f7\ua8ce\ua8cf\ua92e\ua92f\ue000-\uf8ff\ufd3e\ufd3f\ufff0-\uffff"
    "\U0001f000-\U0001faff\U000e0000-\U0010ffff"
)
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3021-\u302f\u3031-\u3035"
    "\u303b\u303c\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Tai, Japanese, Chinese."""
LIKE = ("øłđħŧıςىةیکہھٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "oldhtiσيهيكهها01234567890123456789")
"""Letters and digits that stand for one another, each with what it counts as."""
SPELT_OUT = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}

_IGNORED = re.compile(f"[{IGNORED}]")
_LIKE = str.maketrans(dict(zip(*LIKE, strict=True)) | SPELT_OUT)
_WORD = re.compile(f"(?![{SEPARATORS}])[{UNSPACED}]|[^{SEPARATORS}{UNSPACED}\x00]+")
_ASCII_WORD = re.compile("[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Word:
    """`start` and `end` in code points of the text it was read from."""

    folded: str
    start: int
    end: int


def _plain(text: str) -> str:
    bare = _IGNORED.sub("", unicodedata.normalize("NFKD", text))
    small = "".join(c.lower() for c in unicodedata.normalize("NFKC", bare))  # one by one: no final sigma
    return small.translate(_LIKE)


def folded(text: str) -> list[str]:
    """The words of a text in order. It holds no heaps of combining marks (`marks.stream_safe`)."""
    found = _ASCII_WORD.findall(text.lower()) if text.isascii() else _WORD.findall(_plain(text))
    return [word[:LONGEST_WORD] for word in found]


def words(text: str) -> list[Word]:
    """The same words with where they stand."""
    if text.isascii():
        found = _ASCII_WORD.finditer(text.lower())
        return [Word(one.group()[:LONGEST_WORD], one.start(), one.end()) for one in found]
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        letters = _plain(text[start:end])
        plain.append(letters)
        places += [(start, end)] * len(letters)
    return [
        Word(one.group()[:LONGEST_WORD], places[one.start()][0], places[one.end() - 1][1])
        for one in _WORD.finditer("".join(plain))
    ]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Each character with the marks on it: what may be composed, and so cannot be folded apart."""
    starts = [i for i, c in enumerate(text) if i == 0 or unicodedata.category(c)[0] != "M"]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
