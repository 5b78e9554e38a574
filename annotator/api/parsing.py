"""Reading a request: JSON of bounded size and depth, in well-formed Unicode."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from .problems import Problem

LARGEST_BODY = settings.LARGEST_REQUEST  # bytes
DEEPEST = 64
LONGEST_NUMBER = 400  # characters: what no double and no column holds

# An answer that went out compressed has a weak tag: it names the same state (RFC 9110, 8.8.3).
_VERSION = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})(?:-[0-9a-f]{16})?"')
# A string runs to its closing quote or, where there is none, to the end: whatever is sent is read once.
_STRING_OR_BRACKET = re.compile(r'"(?>(?:[^"\\]++|\\.)*)(?:"|\\?\Z)|([\[\]{}])', re.DOTALL)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise Problem(413, f"A request may have at most {LARGEST_BODY} bytes.")
        return read_json(raw)


def read_json(raw: bytes) -> Any:
    """Raises Problem (400) for bytes that are no JSON in UTF-8, nested too deeply, or that hold NUL or a
    lone surrogate, which the database cannot store."""
    try:
        text = raw.decode()
        # Depth is measured before parsing: the parser itself gives up only at the interpreter's limit.
        if _deeper_than(DEEPEST, text):
            raise Problem(400, f"JSON may be nested at most {DEEPEST} deep.")
        value = json.loads(text, parse_constant=_no_constant, parse_int=_whole, object_pairs_hook=_each_once)
    except UnicodeDecodeError as error:
        raise Problem(400, "The body is not valid UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"The body is not JSON: {error}") from error
    _check_text(value, "")
    return value


def _deeper_than(most: int, text: str) -> bool:
    """Whether brackets outside strings stand more than `most` deep; also for what turns out to be no JSON."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        if match[1]:
            depth += 1 if match[1] in "[{" else -1
            if depth > most:
                return True
    return False


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} characters is longer than any that is read")
    return int(digits)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What is sent twice is never half read."""
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{json.dumps(twice[:60])} stands twice in one object")
    return read


def _check_text(value: Any, field: str) -> None:
    if isinstance(value, str):
        storable(value, field)
    elif isinstance(value, dict):
        for key, item in value.items():
            storable(key, field)
            _check_text(item, f"{field}.{key}".strip("."))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            _check_text(item, f"{field}.{i}".strip("."))


def storable(text: str, field: str) -> str:
    """The text itself. Raises Problem (400) for NUL and lone surrogates."""
    if _UNSTORABLE.search(text):
        told = {"field": field, "rule": "unicode", "message": "holds NUL or half a character"}
        raise Problem(400, f"{field}: holds NUL or half a character.", [told])
    return text


def version_asked(request: Request) -> int | None:
    """The version of `If-Match: "3"`, or of a tag with more behind it (`versions.of_all`); None without."""
    written = request.headers.get("If-Match")
    if written is None:
        return None
    match = _VERSION.fullmatch(written.strip())
    if match is None:
        raise Problem(400, 'If-Match names one version, as in "3".')
    return int(match[1])


def words_asked(request: Request, most: int = 200, parameter: str = "q") -> str:
    """The search words of `?q=` or of that parameter, cut to `most` characters."""
    return storable(request.query_params.get(parameter, ""), parameter).strip()[:most]
