"""Patterns that a project watches for: read, refused with what and where, and found in linear time.

RE2 alone runs them. Its \\w, \\d, \\s and \\b know Latin letters only: the first three are written out here
in Unicode's own classes, the last is refused in favour of "whole words".
"""

import re
from collections.abc import Iterator
from functools import cache

import re2

from .tokens import UNSPACED

MOST_MEMORY = 1 << 20
"""Bytes that RE2 may use for one pattern, its program and its states together."""
SLICE = 1 << 14
"""Bytes looked through in one call, which nothing can interrupt; a little more where a line is longer."""

_WORD = r"\pL\pM\pN_"
_CLASSES = {"w": _WORD, "d": r"\p{Nd}", "s": r"\s\p{Z}"}
_EDGES = {
    "b": "knows Latin letters only: tick “Whole words” instead",
    "B": "knows Latin letters only: leave “Whole words” unticked instead",
    "A": "means the start of the text: write ^, the start of a paragraph",
    "z": "means the end of the text: write $, the end of a paragraph",
    "C": "would cut a character in two",
}
_UNWORD = f"[^{_WORD}]|[{UNSPACED}]"
_IN_WORDS = {
    "no argument for repetition operator": "nothing stands before it that could be repeated",
    "bad repetition operator": "one repetition follows another",
    "invalid repetition size": "repeats too often, or from more to fewer: 1,000 times at most, all in all",
    "invalid character class range": "is not a range of characters from first to last",
    "invalid escape sequence": "does not mean anything",
    "invalid named capture group": "is not a name of a group",
    "invalid perl operator": "opens a kind of group that is not known here",
    "pattern too large - compile failed": "is too large: fewer repetitions, or smaller ones",
    "expression nesting depth exceeded": "has too many brackets inside each other",
}


class BadPattern(ValueError):
    """`at` is the place of what is wrong, counted in code points from 1; 0 where it is the whole."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(f"Character {at}: {message}" if at else message)
        self.at = at


def compiled(pattern: str, *, whole_words: bool, case_sensitive: bool) -> "re2._Regexp":
    """RE2's program for the pattern, whose first group is the hit. Raises BadPattern."""
    body = f"({_written_out(pattern)})"
    around = (f"(?:^|{_UNWORD})", f"(?:$|{_UNWORD})") if whole_words else ("", "")
    found = _read(pattern, f"(?m){around[0]}{body}{around[1]}", case_sensitive)
    if found.search(b""):
        raise BadPattern("matches where nothing is: something in it must be there at least once")
    return found


def stretches(program: "re2._Regexp", data: bytes) -> Iterator[tuple[int, int]]:
    """The hits in UTF-8 text, as byte offsets, none overlapping another."""
    at = 0
    while found := program.search(data, at):
        start, end = found.span(1)
        if end > start:
            yield start, end
        # What stands behind a whole word may be what stands before the next.
        at = max(end, at + 1)


def slices(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The text in pieces of whole lines, each with where it begins. No hit reaches across a line's end."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", min(start + SLICE, len(data)))
        end = len(data) if end < 0 else end + 1
        yield start, data[start:end]
        start = end


@cache
def _options(case_sensitive: bool) -> "re2.Options":
    options = re2.Options()
    options.case_sensitive = case_sensitive
    options.max_mem = MOST_MEMORY
    options.never_nl = True
    options.log_errors = False
    return options


def _read(pattern: str, program: str, case_sensitive: bool) -> "re2._Regexp":
    """Compiled outside of RE2's own cache, which would keep what nobody uses any more."""
    try:
        return re2._Regexp(program.encode(), _options(case_sensitive))
    except UnicodeEncodeError as error:
        raise BadPattern("the pattern holds half a character") from error
    except re2.error as error:
        kind, _, piece = error.args[0].decode("utf-8", "replace").partition(": ")
        words = _IN_WORDS.get(kind, kind)
        if piece[:2] in {"\\p", "\\P"}:
            words = "names no script or kind of character; \\p{Arabic} and \\p{Lu} do"
        at = pattern.find(piece) + 1 if piece else 0
        raise BadPattern(f"“{piece}” {words}" if at else f"the pattern {words}", at) from error


_TOKEN = re.compile(
    r"\\Q(?P<literal>.*?)(?:\\E|\Z)|\\(?P<escaped>.?)|(?P<opened>\[\^?\]?)|(?P<around>\(\?<?[=!])|[()\]]",
    re.DOTALL,
)


def _written_out(pattern: str) -> str:
    """The pattern with \\w, \\d and \\s in Unicode's classes. Raises BadPattern for what RE2 cannot do."""
    out: list[str] = []
    groups: list[int] = []
    at, in_class = 0, -1
    for token in _TOKEN.finditer(pattern):
        place, text = token.start(), token[0]
        out.append(pattern[at:place])
        at = token.end()
        if token["literal"] is not None:
            text = re2.escape(token["literal"])
        elif token["escaped"] is not None:
            text = _escape(token["escaped"], place, in_class >= 0)
        elif in_class >= 0:
            # "[" is itself in here, and so are brackets; "[]" and "[^]" begin nothing new
            in_class = -1 if text.endswith("]") else in_class
        elif token["opened"]:
            in_class = place
        else:
            _bracket(text, place, groups)
        out.append(text)
    out.append(pattern[at:])
    if in_class >= 0:
        raise BadPattern("“[” is not closed by “]”", in_class + 1)
    if groups:
        raise BadPattern("“(” is not closed by “)”", groups[-1] + 1)
    return "".join(out)


def _bracket(text: str, place: int, groups: list[int]) -> None:
    """Keeps `groups`, the places of the round brackets that are open."""
    if text == "(":
        groups.append(place)
    elif text == ")":
        if not groups:
            raise BadPattern("“)” closes nothing", place + 1)
        groups.pop()
    elif text != "]":
        raise BadPattern(f"“{text}” looks ahead or back, which patterns here cannot", place + 1)


def _escape(letter: str, place: int, in_class: bool) -> str:
    """What `\\letter` is written out as; `place` is where its backslash stands."""
    if not letter:
        raise BadPattern("“\\” stands at the end: it says something of the character after it", place + 1)
    if letter in _EDGES:
        raise BadPattern(f"“\\{letter}” {_EDGES[letter]}", place + 1)
    if letter in "123456789":
        raise BadPattern(f"“\\{letter}” repeats what was found, which patterns here cannot", place + 1)
    if letter in _CLASSES:
        return _CLASSES[letter] if in_class else f"[{_CLASSES[letter]}]"
    if letter in "WDS":
        if in_class and letter != "D":
            raise BadPattern(
                f"“\\{letter}” cannot stand inside [ ]: write [^…] around its opposite", place + 1
            )
        return r"\P{Nd}" if letter == "D" else f"[^{_CLASSES[letter.lower()]}]"
    return f"\\{letter}"
