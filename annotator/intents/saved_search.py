"""A search for claims that is kept under a name, or changed."""

from dataclasses import dataclass
from typing import Any

from . import fields
from .refusal import Refused

LONGEST_NAME = 100  # code points
LONGEST_SEARCH = 4000


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """`search` is the address's, behind the question mark."""

    name: str
    search: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ChangeSearch:
    """`version` is the one that the change was based on."""

    name: str
    shared: bool
    version: int


def parse_saving(value: Any) -> SaveSearch:
    data = fields.mapping(value, "", ("name", "search", "shared"))
    search = fields.text(data.get("search"), "search", LONGEST_SEARCH)
    if not search.isprintable():
        raise Refused("search", "one_line", "must be one line")
    return SaveSearch(_name(data), search, fields.flag(data.get("shared"), "shared"))


def parse_change(value: Any) -> ChangeSearch:
    data = fields.mapping(value, "", ("name", "shared", "version"))
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Refused("version", "version", "must be the version that was shown")
    return ChangeSearch(_name(data), fields.flag(data.get("shared"), "shared"), version)


def _name(data: Any) -> str:
    return fields.name(data.get("name"), "name", LONGEST_NAME)
