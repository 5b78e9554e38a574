"""The API's description laid out for people: groups of operations, and the shapes that they name."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .description import PROBLEM, described

Json = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
_CODE = re.compile(r"`([^`]*)`")
_SHAPES = "#/components/schemas/"
PROBLEM_SHAPE = "ProblemDocument"
"""What every refusal is."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of prose; `code` is set as such."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in words; `shape` is the name of the shape that it is or holds, or empty."""

    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind
    needed: bool
    said: list[Words]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    summary: str
    said: list[list[Words]]
    parameters: list[Field]
    body: list[tuple[str, Kind]]
    answers: list[Answer]
    examples: list[tuple[str, str]]

    def kinds(self) -> Iterator[Kind]:
        """Of all that is sent and answered."""
        yield from (field.kind for field in self.parameters)
        yield from (kind for _, kind in self.body)
        yield from (answer.kind for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Group:
    """Operations on one noun."""

    name: str
    operations: list[Operation]

    @property
    def anchor(self) -> str:
        return self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    said: list[list[Words]]
    fields: list[Field]


@cache
def groups() -> list[Group]:
    """Every operation, by its noun."""
    found: dict[str, list[Operation]] = {}
    for path, methods in described()["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                found.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    return [Group(name, found[name]) for name in sorted(found)]


@cache
def shapes() -> dict[str, Shape]:
    told = described().get("components", {}).get("schemas", {})
    return {name: Shape(name, _prose(one.get("description", "")), _fields(one)) for name, one in told.items()}


def shapes_of(group: Group) -> list[Shape]:
    """Those that its operations take and answer with, and all that these are made of."""
    known, wanted = shapes(), set[str]()
    waiting = [PROBLEM_SHAPE, *(kind.shape for one in group.operations for kind in one.kinds() if kind.shape)]
    while waiting:
        if (name := waiting.pop()) not in wanted:
            wanted.add(name)
            waiting += [field.kind.shape for field in known[name].fields if field.kind.shape]
    return [shape for name, shape in known.items() if name in wanted]


def _operation(method: str, path: str, told: Json) -> Operation:
    body = told.get("requestBody", {}).get("content", {})
    examples = [
        (example.get("summary") or name, json.dumps(example["value"], indent=2, ensure_ascii=False))
        for content in list(body.values())[:1]
        for name, example in content.get("examples", {}).items()
    ]
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        said=_prose(told.get("description", "")),
        parameters=[_parameter(one) for one in told.get("parameters", [])],
        body=[(media, _kind(content.get("schema", {}))) for media, content in body.items()],
        answers=list(_answers(told["responses"])),
        examples=examples,
    )


def _answers(told: Json) -> Iterator[Answer]:
    for code, answer in told.items():
        if code != "default":
            content = answer.get("content", {})
            schemas = [one.get("schema", {}) for media, one in content.items() if media != PROBLEM]
            yield Answer(code, _kind(schemas[0]) if schemas else Kind("nothing"))


def _parameter(told: Json) -> Field:
    said = _words(told.get("description", ""))
    return Field(told["name"], _kind(told["schema"]), bool(told.get("required")), said, told["in"])


def _fields(told: Json) -> list[Field]:
    needed = told.get("required", ())
    return [
        Field(name, _kind(one), name in needed, _words(one.get("description", "")))
        for name, one in told.get("properties", {}).items()
    ]


def _kind(told: Json) -> Kind:
    if ref := told.get("$ref"):
        return Kind("", ref.removeprefix(_SHAPES))
    for key in ("allOf", "oneOf", "anyOf"):
        if parts := told.get(key):
            kinds = [_kind(part) for part in parts]
            named = next((kind.shape for kind in kinds if kind.shape), "")
            return Kind(" or ".join(kind.words for kind in kinds if kind.words), named)
    if choices := told.get("enum"):
        return Kind(f"one of {', '.join('null' if one is None else str(one) for one in choices)}")
    sort = told.get("type", "anything")
    sorts = [sort] if isinstance(sort, str) else list(sort)
    if "array" in sorts:
        held = _kind(told.get("items", {}))
        return Kind(f"list of {held.words}".strip(), held.shape)
    words = " or ".join(f"{one} ({told['format']})" if _formed(told, one) else one for one in sorts)
    return Kind(words)


def _formed(told: Json, sort: str) -> bool:
    return "format" in told and sort != "null"


def _prose(text: str) -> list[list[Words]]:
    """Its paragraphs."""
    return [_words(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def _words(text: str) -> list[Words]:
    parts = _CODE.split(text)
    return [Words(part, code=place % 2 == 1) for place, part in enumerate(parts) if part]
