"""A text as its words alone tell it, whatever way it was printed, with the way back to where each stands.

Curly quotation marks are straight, dashes are hyphens, an ellipsis is three dots, each run of blanks and line
breaks is one blank, composed letters are taken apart; what takes no room (soft hyphens, zero-width blanks,
marks of direction) is left out. Capitals stay: they are other letters.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("‘’‚‛′‹›`´ʼ＇", "'") | dict.fromkeys("“”„‟″«»＂〝〞", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_LIKE = _QUOTES | _DASHES | {"…": "..."}
_NOTHING = "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\u061c"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_ODD = re.compile(rf"[\s{_NOTHING}{_DIRECTIONS}]{{2,}}|[^\x21-\x7e ]|`")
_LEFT_OUT = re.compile(f"[{_NOTHING}{_DIRECTIONS}]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """`words` is the text so reduced. Of its character i, `starts[i]` and `ends[i]` say where in the text it
    comes from, in code points; `at[n]` is how many of its characters come from before offset n. `breaks` are
    the places in it where a line of the text ends."""

    text: str
    words: str
    starts: array[int]
    ends: array[int]
    at: array[int]
    breaks: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `words` that comes from that of the text."""
        return self.at[start], self.at[end]

    def back(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the text that a stretch of `words`, which is not empty, comes from."""
        return self.starts[first], self.ends[last - 1]


def printed(text: str) -> Printed:
    """Linear in the length of the text."""
    pieces: list[str] = []
    starts, ends = array("i"), array("i")
    at = array("i", bytes(4 * (len(text) + 1)))
    breaks: list[int] = []
    done = count = 0

    def plain(until: int) -> None:
        nonlocal count
        pieces.append(text[done:until])
        starts.extend(range(done, until))
        ends.extend(range(done + 1, until + 1))
        at[done:until] = array("i", range(count, count + until - done))
        count += until - done

    for match in _ODD.finditer(text):
        first, last = match.span()
        plain(first)
        put = _as_printed(match.group()) if last - first == 1 else _as_blank(match.group())
        if put == " " and "\n" in match.group():
            breaks.append(count + 1)
        pieces.append(put)
        starts.extend([first] * len(put))
        ends.extend([last] * len(put))
        at[first] = count
        count += len(put)
        if last - first > 1:
            at[first + 1 : last] = array("i", [count]) * (last - first - 1)
        done = last
    plain(len(text))
    at[len(text)] = count
    return Printed(text, "".join(pieces), starts, ends, at, tuple(breaks))


def same_words(one: str, other: str) -> bool:
    """Whether two passages differ in print alone."""
    return one == other or printed(one).words.strip() == printed(other).words.strip()


def _as_blank(run: str) -> str:
    """A run of blanks, and of what takes no room, is one blank."""
    return "" if _LEFT_OUT.fullmatch(run) else " "


@lru_cache(maxsize=4096)
def _as_printed(character: str) -> str:
    if character in _LIKE:
        return _LIKE[character]
    if character.isspace() or _LEFT_OUT.match(character):
        return _as_blank(character)
    apart = unicodedata.normalize("NFD", character)
    return "".join(_LIKE.get(one, one) for one in apart)
