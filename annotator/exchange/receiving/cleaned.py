"""A text as it is stored, and where each place of the text as it came is in it. Pure.

The store's texts have LF alone at the end of a line and no NUL (`sources/text/normalise.py`). Offsets are
carried over exactly: only whole characters are dropped, and a lone CR becomes an LF in its place.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from sources.text.normalise import Step, Unreadable, clean, refuse_blank

# NUL is dropped before line ends are made one, so what it stands within may be a CR LF.
_DROPPED = re.compile("\x00|\r(?=\x00*+\n)")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """`came` is the text as it came, `text` as it is stored; `dropped` are the places of `came` left out."""

    came: str
    text: str
    dropped: tuple[int, ...]
    steps: tuple[Step, ...]

    def carried(self, offset: int) -> int:
        """The offset in `text` of one in `came`."""
        return offset - bisect_left(self.dropped, offset)


def cleaned(came: str) -> CleanText:
    """Raises Unreadable for a blank text, and for one with half characters, whose offsets mean nothing."""
    if _HALF.search(came):
        raise Unreadable("the text holds half a character (a lone surrogate)")
    made = clean(came)
    refuse_blank(made.text, "text")
    dropped = tuple(match.start() for match in _DROPPED.finditer(came)) if made.steps else ()
    return CleanText(came, made.text, dropped, made.steps)
