"""JSON in which each object knows its line, of bounded depth and in storable Unicode.

The parser is the standard library's own in Python, taught to note where an object begins.
"""

import json
import json.decoder
import json.scanner
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from .bundle import At, NotRead

DEEPEST = 64
# A string runs to its closing quote or, where there is none, to the end: whatever is sent is read once.
_STRING_OR_BRACKET = re.compile(r'"(?>(?:[^"\\]++|\\.)*)(?:"|\\?\Z)|([\[\]{}])', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_scan_object: Any = vars(json.decoder)["JSONObject"]
_make_scanner: Any = vars(json.scanner)["py_make_scanner"]
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Located(dict[str, Any]):
    """An object and its line, from 1, in its file."""

    line: int = 0


def read_json(text: str, file: str, first_line: int = 1) -> Any:
    """Raises NotRead: no JSON, deeper than DEEPEST, a number that is none, half characters in a string.

    A byte-order mark in front is dropped. `first_line` is the number of the text's first line.
    """
    text = text.removeprefix(_MARK)
    breaks = [match.start() for match in re.finditer("\n", text)]

    def line_at(place: int) -> int:
        return first_line + bisect_right(breaks, place - 1)

    deep = _first_deeper(text)
    if deep is not None:
        raise NotRead(At(file, line_at(deep)), f"is nested more than {DEEPEST} deep")
    try:
        value = _LocatedDecoder(line_at).decode(text)
        _refuse_halves(value, first_line)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise NotRead(At(file, line), f"is no JSON: {error.msg} (column {error.colno})") from None
    except _Unusable as error:
        raise NotRead(At(file, error.line or first_line), str(error)) from None
    except (ValueError, RecursionError) as error:
        raise NotRead(At(file, first_line), f"is no JSON: {str(error)[:100]}") from None
    return value


def read_json_lines(text: str, file: str) -> Iterator[tuple[int, Any]]:
    """(line, value) for each line that is not blank; a value is NotRead where its line is no JSON."""
    for number, line in enumerate(text.removeprefix(_MARK).split("\n"), start=1):
        if line.strip():
            try:
                yield number, read_json(line, file, number)
            except NotRead as error:
                yield number, error


class _Unusable(ValueError):
    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


class _LocatedDecoder(json.JSONDecoder):
    def __init__(self, line_at: Any) -> None:
        super().__init__(parse_constant=_no_constant)
        self.line_at = line_at
        # The scanner reads these attributes when it is made.
        self.parse_object = self._object
        self.scan_once = _make_scanner(self)

    def _object(self, s_and_end: Any, strict: Any, scan_once: Any, hook: Any, pairs: Any, memo: Any) -> Any:
        found, end = _scan_object(s_and_end, strict, scan_once, None, None, memo)
        located = Located(found)
        located.line = self.line_at(s_and_end[1] - 1)
        for key, value in located.items():
            _refuse_halves(key, located.line)
            _refuse_halves(value, located.line)
        return located, end


def _refuse_halves(value: Any, line: int) -> None:
    """NUL is left to whoever reads the value: texts may hold one, and drop it on receiving."""
    if isinstance(value, str):
        if _HALF.search(value):
            raise _Unusable("a string holds half a character (a lone surrogate)", line)
    elif isinstance(value, list):
        for item in value:
            _refuse_halves(item, line)


def _no_constant(name: str) -> None:
    raise _Unusable(f"{name} is not JSON")


def _first_deeper(text: str) -> int | None:
    """Where brackets outside strings first stand too deep."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        if match[1]:
            depth += 1 if match[1] in "[{" else -1
            if depth > DEEPEST:
                return match.start()
    return None
