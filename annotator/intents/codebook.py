"""What a code is to be, and where a claim stands on a concept."""

import re
from dataclasses import dataclass
from typing import Any

from sources.text.likeness import folded

from . import fields
from .colours import made_seen, read_colour
from .gathered import leaf
from .refusal import Refused
from .review import parse_version

FACETS = ("claim_type", "topic", "concept", "cue_type", "actor_kind", "event_type", "relation_kind")
MINTED = ("topic", "concept")
"""Facets whose codes an analyst may make while reading."""
STANDS = ("against", "neutral", "for")
MOST_EXAMPLES = 20
MOST_POSITIONS = 20
KEY_LENGTH = 60
_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SHORTCUT = re.compile(r"[a-z0-9]?")
CONTENT = ("name", "definition", "examples", "colour", "shortcut", "parent")


@dataclass(frozen=True, slots=True)
class CodeContent:
    """What may be changed of a code. `examples` are one a line, `parent` is the key of a topic or empty.

    `colour` can be seen on every surface; `colour_asked` is what was asked for.
    """

    name: str
    definition: str = ""
    examples: str = ""
    colour: str = ""
    shortcut: str = ""
    parent: str = ""
    colour_asked: str = ""

    @property
    def colour_changed(self) -> bool:
        return self.colour != self.colour_asked


@dataclass(frozen=True, slots=True)
class NewCode:
    """Without a `key` one is made from the name."""

    facet: str
    content: CodeContent
    key: str = ""


@dataclass(frozen=True, slots=True)
class EditCode:
    """`version` is that of the code that was looked at."""

    content: CodeContent
    version: int


@dataclass(frozen=True, slots=True)
class Stance:
    """`concept` is a key of the codebook's concepts."""

    concept: str
    stand: str


def longest_name(facet: str) -> int:
    """Most characters of a name; a concept is a whole sentence."""
    return 300 if facet == "concept" else 100


def parse_content(value: Any, facet: str, field: str = "") -> CodeContent:
    """From an object with the fields of CodeContent. Raises Refused."""
    data = fields.mapping(value, field, CONTENT)
    at = f"{field}." if field else ""
    asked, colour = _colour(data.get("colour"), f"{at}colour")
    parent = parse_key(data.get("parent"), f"{at}parent", required=False)
    if parent and facet != "topic":
        raise Refused(f"{at}parent", "parent_of_topic", "only a topic lies under another")
    return CodeContent(
        name=fields.name(data.get("name"), f"{at}name", longest_name(facet)),
        definition=fields.text(data.get("definition"), f"{at}definition"),
        examples=_examples(data.get("examples"), f"{at}examples"),
        colour=colour,
        shortcut=_shortcut(data.get("shortcut"), f"{at}shortcut"),
        parent=parent,
        colour_asked=asked,
    )


def parse_new_code(value: Any, field: str = "") -> NewCode:
    data = fields.mapping(value, field, ("facet", "key", *CONTENT))
    at = f"{field}." if field else ""
    facet = fields.choice(data.get("facet"), f"{at}facet", FACETS)
    content = {name: data[name] for name in CONTENT if name in data}
    return NewCode(
        facet=facet,
        content=parse_content(content, facet, field),
        key=parse_key(data.get("key"), f"{at}key", required=False),
    )


def parse_edit(value: Any, facet: str) -> EditCode:
    """From the form of a code, which has to say the version it showed."""
    data = fields.mapping(value, "", ("version", *CONTENT))
    version = parse_version(data.get("version"), on_sight=True)
    assert version is not None  # noqa: S101  refused above
    return EditCode(parse_content({k: data[k] for k in CONTENT if k in data}, facet), version)


@leaf("")
def parse_key(value: Any, field: str, required: bool = True) -> str:
    if value in (None, "") and not required:
        return ""
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise Refused(field, "key", "must be at most 60 letters, digits, - and _")
    return value


def parse_stance(value: Any, field: str) -> Stance:
    data = fields.mapping(value, field, ("concept", "stand"))
    return Stance(
        concept=parse_key(data.get("concept"), f"{field}.concept"),
        stand=fields.choice(data.get("stand"), f"{field}.stand", STANDS),
    )


def parse_stances(value: Any, field: str) -> tuple[Stance, ...]:
    """Where a claim stands: each concept once. Raises Refused."""
    stances = fields.items(value, field, parse_stance, most=MOST_POSITIONS)
    concepts = [stance.concept for stance in stances]
    for i, concept in enumerate(concepts):
        if concept in concepts[:i]:
            raise Refused(f"{field}.{i}.concept", "position_once", f"“{concept}” stands here twice")
    return stances


def key_for(name: str, facet: str, taken: set[str]) -> str:
    """A key made from the name, another than those taken; from the facet where no Latin letter is in it."""
    plain = re.sub("[^a-z0-9]+", "-", folded(name))[: KEY_LENGTH - 5].strip("-")
    stem = plain or facet.replace("_", "-")
    numbered = (f"{stem}-{n}" for n in range(2 if plain else 1, len(taken) + 3))
    return next(key for key in ([stem] if plain else []) + list(numbered) if key not in taken)


@leaf(("", ""))
def _colour(value: Any, field: str) -> tuple[str, str]:
    """What was asked for, and what can be seen."""
    written = fields.text(value, field, 30)
    if not written:
        return "", ""
    colour = read_colour(written)
    if colour is None:
        raise Refused(field, "colour", "must be written #rrggbb")
    return colour, made_seen(colour)


@leaf("")
def _examples(value: Any, field: str) -> str:
    """One a line, as a form sends them, or as the list that the API and codebook files tell."""
    if isinstance(value, list):
        value = "\n".join(fields.items(value, field, _example, MOST_EXAMPLES))
    lines = [line.strip() for line in fields.text(value, field, 4000).split("\n")]
    kept = [line for line in lines if line]
    if len(kept) > MOST_EXAMPLES:
        raise Refused(field, "max_items", f"has {len(kept)} lines, at most {MOST_EXAMPLES} are allowed")
    return "\n".join(kept)


def _example(value: Any, field: str) -> str:
    return fields.name(value, field, 400)


@leaf("")
def _shortcut(value: Any, field: str) -> str:
    key = fields.text(value, field, 10).lower()
    if not _SHORTCUT.fullmatch(key):
        raise Refused(field, "shortcut", "must be one letter from a to z or one digit")
    return key
