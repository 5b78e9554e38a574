"""A project that is to be made, and what is to be changed of one."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import fields
from .gathered import leaf
from .refusal import Refused

CHANGEABLE = ("name", "description", "is_public")
LONGEST_SLUG = 60
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_OTHERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NewProject:
    name: str
    slug: str
    description: str = ""
    is_public: bool = False


def parse_project(value: Any) -> NewProject:
    """Raises Refused. Without a `slug` one is made of the name."""
    data = fields.mapping(value, "", NewProject.__slots__)
    name = fields.name(data.get("name"), "name")
    slug = _slug(data.get("slug"), name)
    return NewProject(name, slug, **{key: _READERS[key](data.get(key), key) for key in CHANGEABLE[1:]})


@leaf("")
def _slug(value: Any, name: str) -> str:
    """As it is said, else made of the name, if there is one."""
    if not value and not name:
        return ""
    slug = fields.name(value, "slug", LONGEST_SLUG, required=False).lower() or _made_of(name)
    if not _SLUG.fullmatch(slug):
        raise Refused("slug", "slug", "must be of Latin letters and digits, with hyphens between them")
    return slug


def parse_project_change(value: Any) -> Mapping[str, Any]:
    """Some of CHANGEABLE. Raises Refused."""
    data = fields.mapping(value, "", CHANGEABLE)
    if not data:
        raise Refused("", "required", f"say at least one of {', '.join(CHANGEABLE)}")
    return {key: _READERS[key](said, key) for key, said in data.items()}


def _made_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _OTHERS.sub("-", plain)[:LONGEST_SLUG].strip("-")


_READERS: dict[str, Any] = {
    "name": fields.name,
    "description": lambda value, field: fields.text(value, field, 2000),
    "is_public": fields.flag,
}
