"""A codebook as a file: reading one that strangers may have written, and what it would change here.

The format is in docs/codebook-file.md. Everything that is wrong is refused with its line or its field.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from . import fields
from .codebook import CONTENT, FACETS, CodeContent, parse_content, parse_key
from .refusal import Refused

FORMAT, EDITION = "sourceline-codebook", 1
LARGEST = 1024 * 1024  # bytes
DEEPEST = 8
MOST_CODES = 1000
CODE_FIELDS = ("key", *CONTENT, "retired", "merged_into")
_STRING_OR_BRACKET = re.compile(r'"(?>(?:[^"\\]++|\\.)*)(?:"|\\?\Z)|([\[\]{}])', re.DOTALL)


@dataclass(frozen=True, slots=True)
class FileCode:
    """`merged` codes lead to another of their own project: they are told, and left as they are."""

    facet: str
    key: str
    content: CodeContent
    retired: bool = False
    merged: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """`facets` are those that the file speaks of, also where it has no code of them."""

    facets: tuple[str, ...]
    codes: tuple[FileCode, ...]


def written(content: Mapping[str, Any], project: str, version: int) -> str:
    """The file of a codebook as it is frozen (queries/codebook.py: content_of)."""
    head = {"format": FORMAT, "edition": EDITION, "project": project, "version": version}
    return json.dumps({**head, "codes": content}, ensure_ascii=False, indent=1) + "\n"


def parse_file(raw: bytes | str) -> CodebookFile:
    """Raises Refused: `field` is the place in the file ("codes.topic.3.name"), the message of what is no JSON
    names its line."""
    data = fields.mapping(
        _read(_text(raw)), "", ("format", "edition", "project", "version", "codes", "created", "note")
    )
    if data.get("format") != FORMAT:
        raise Refused("format", "format", f"is not “{FORMAT}”: this is no file of a codebook")
    if data.get("edition") != EDITION or isinstance(data.get("edition"), bool):
        raise Refused("edition", "edition", f"must be {EDITION}")
    if "codes" not in data:
        raise Refused("codes", "required", "is missing")
    told = fields.mapping(data["codes"], "codes", FACETS)
    codes: list[FileCode] = []
    for facet in told:
        at = f"codes.{facet}"
        found = fields.items(told[facet], at, partial(_code, facet=facet), MOST_CODES)
        _refuse_doubles(found)
        codes += found
    if len(codes) > MOST_CODES:
        raise Refused("codes", "max_items", f"has {len(codes)} codes, at most {MOST_CODES} are allowed")
    return CodebookFile(tuple(told), tuple(codes))


def _text(raw: bytes | str) -> str:
    if len(raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")) > LARGEST:
        raise Refused("", "max_length", f"the file has more than {LARGEST // 1024} kB")
    try:
        return raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1  # type: ignore[arg-type]
        raise Refused("", "utf-8", f"line {line} is not UTF-8") from error


def _read(text: str) -> Any:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        if match[1]:
            depth += 1 if match[1] in "[{" else -1
            if depth > DEEPEST:
                line = text.count("\n", 0, match.start()) + 1
                raise Refused("", "depth", f"line {line} is nested more than {DEEPEST} deep")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except Refused:
        raise
    except json.JSONDecodeError as error:
        raise Refused("", "json", f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:  # a number of thousands of digits
        raise Refused("", "json", "holds a number that cannot be read") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            shown = key[:60].encode("utf-8", "backslashreplace").decode()
            raise Refused(shown, "once", "stands twice in one object")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise Refused("", "json", f"{name} is no JSON")


def _code(value: Any, field: str, facet: str) -> FileCode:
    data = fields.mapping(value, field, CODE_FIELDS)
    content = {name: data[name] for name in CONTENT if name in data}
    if "examples" in content and not isinstance(content["examples"], list):
        raise Refused(f"{field}.examples", "list", "must be a list")
    return FileCode(
        facet=facet,
        key=parse_key(data.get("key"), f"{field}.key"),
        content=parse_content(content, facet, field),
        retired=fields.flag(data.get("retired"), f"{field}.retired"),
        merged=bool(parse_key(data.get("merged_into"), f"{field}.merged_into", required=False)),
        field=field,
    )


def _refuse_doubles(codes: tuple[FileCode, ...]) -> None:
    keys: set[str] = set()
    pressed: set[str] = set()
    for code in codes:
        if code.key in keys:
            raise Refused(f"{code.field}.key", "unique", f"“{code.key}” stands twice")
        keys.add(code.key)
        if code.content.shortcut and not code.retired:
            if code.content.shortcut in pressed:
                raise Refused(f"{code.field}.shortcut", "unique", f"“{code.content.shortcut}” stands twice")
            pressed.add(code.content.shortcut)
