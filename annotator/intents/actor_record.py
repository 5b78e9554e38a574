"""Correcting what is known of an actor, and saying who is whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .actor import HOW_MANY, NAMINGS
from .gathered import leaf
from .refusal import Refused

TIES = ("works_for", "member_of", "part_of")
SAMENESS = ("perhaps", "different")
MOST_MERGED = 20
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_WIKIDATA_PAGE = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[0-9]+)/?(?:#.*)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")


@dataclass(frozen=True, slots=True)
class Alias:
    """`language` is BCP 47, `script` ISO 15924 ("Arab"); either may be empty."""

    name: str
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """One affiliation: `organisation` by its UUID or its name. Dates are EDTF."""

    tie: str
    organisation: UUID | None = None
    organisation_name: str = ""
    role: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """All that an actor's form says. `version` is the one that the form showed."""

    version: int
    name: str
    kind: str
    naming: str
    affiliation: str = ""
    stated_reason: str = ""
    number: str = ""
    wikidata: str = ""
    note: str = ""
    aliases: tuple[Alias, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    reason_words: str | None = None
    """Words of the article that state the reason; empty takes them away, None leaves them as they are."""


def parse_record(value: Any, field: str = "") -> ActorRecord:
    """Raises Refused."""
    data = fields.mapping(value, field, ActorRecord.__slots__)
    record = ActorRecord(
        version=_version(data.get("version"), "version"),
        name=fields.name(data.get("name"), "name"),
        kind=fields.name(data.get("kind"), "kind", 60),
        naming=fields.choice(data.get("naming"), "naming", NAMINGS),
        affiliation=fields.name(data.get("affiliation"), "affiliation", 300, required=False),
        stated_reason=fields.text(data.get("stated_reason"), "stated_reason"),
        number=fields.choice(data.get("number"), "number", HOW_MANY, default=""),
        wikidata=wikidata(data.get("wikidata"), "wikidata"),
        note=fields.text(data.get("note"), "note", 4000),
        aliases=fields.items(data.get("aliases"), "aliases", _alias, most=100),
        identifiers=fields.items(data.get("identifiers"), "identifiers", _identifier, most=50),
        belongings=fields.items(data.get("belongings"), "belongings", _belonging, most=50),
        reason_words=fields.text(data["reason_words"], "reason_words") if "reason_words" in data else None,
    )
    _refuse_twice([a.name for a in record.aliases], "aliases")
    _refuse_twice([(i.scheme, i.value) for i in record.identifiers], "identifiers")
    return record


def parse_record_of(value: Any, version: int) -> ActorRecord:
    """The same from a body that says its version elsewhere."""
    data = fields.mapping(value, "", [name for name in ActorRecord.__slots__ if name != "version"])
    return parse_record({**data, "version": version})


@leaf("")
def wikidata(value: Any, field: str) -> str:
    """ "Q" and digits, also out of the address of the page; empty where there is none. Raises Refused."""
    given = fields.name(value, field, 200, required=False)
    if page := _WIKIDATA_PAGE.fullmatch(given):
        given = page[1]
    given = given.upper() if given[:1] == "q" else given
    if given and not _WIKIDATA.fullmatch(given):
        raise Refused(field, "wikidata", "must be Q and digits, as in Q42")
    return given


def _alias(value: Any, field: str) -> Alias:
    data = fields.mapping(value, field, Alias.__slots__)
    language = fields.name(data.get("language"), f"{field}.language", 35, required=False)
    script = fields.name(data.get("script"), f"{field}.script", 4, required=False).capitalize()
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused(f"{field}.language", "language", "must be a language tag such as en, ar or ps-Arab")
    if script and not _SCRIPT.fullmatch(script):
        raise Refused(f"{field}.script", "script", "must be four letters of ISO 15924, such as Latn or Arab")
    return Alias(fields.name(data.get("name"), f"{field}.name"), language, script)


def _identifier(value: Any, field: str) -> Identifier:
    data = fields.mapping(value, field, Identifier.__slots__)
    return Identifier(
        fields.name(data.get("scheme"), f"{field}.scheme", 60),
        fields.name(data.get("value"), f"{field}.value", 300),
    )


def _belonging(value: Any, field: str) -> Belonging:
    data = fields.mapping(value, field, Belonging.__slots__)
    organisation = fields.optional_identifier(data.get("organisation"), f"{field}.organisation")
    name = fields.name(data.get("organisation_name"), f"{field}.organisation_name", required=False)
    if organisation is None and not name:
        raise Refused(f"{field}.organisation_name", "required", "say what it belongs to")
    return Belonging(
        tie=fields.choice(data.get("tie"), f"{field}.tie", TIES),
        organisation=organisation,
        organisation_name=name,
        role=fields.name(data.get("role"), f"{field}.role", required=False),
        since=fields.name(data.get("since"), f"{field}.since", 60, required=False),
        until=fields.name(data.get("until"), f"{field}.until", 60, required=False),
    )


def _refuse_twice(entries: list[Any], field: str) -> None:
    for at, entry in enumerate(entries):
        if entry in entries[:at]:
            raise Refused(f"{field}.{at}", "once", "stands there twice")


@leaf(1)
def _version(value: Any, field: str) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(field, "required", "this page did not say which version it showed")
    return value


@dataclass(frozen=True, slots=True)
class MergeActors:
    """All of `merged` are found to be `survivor`. `versions` is what the page showed of each of them."""

    survivor: UUID
    merged: tuple[UUID, ...]
    reason: str
    versions: Mapping[UUID, int]


def parse_merge(value: Any) -> MergeActors:
    """`versions` maps UUIDs to versions, or is a list of "UUID:version" as forms send it. Raises Refused."""
    data = fields.mapping(value, "", MergeActors.__slots__)
    survivor = fields.identifier(data.get("survivor"), "survivor")
    merged = fields.items(data.get("merged"), "merged", fields.identifier, most=MOST_MERGED)
    merged = tuple(dict.fromkeys(uuid for uuid in merged if uuid != survivor))
    if not merged:
        raise Refused("merged", "required", "say which others it is the same as")
    asked = data.get("versions")
    if isinstance(asked, Mapping):
        asked = [f"{uuid}:{_version(version, 'versions')}" for uuid, version in asked.items()]
    versions = dict(fields.items(asked, "versions", _seen, most=MOST_MERGED + 1))
    for uuid in (survivor, *merged):
        if uuid not in versions:
            raise Refused("versions", "required", "this page did not say which versions it showed")
    return MergeActors(survivor, merged, fields.text(data.get("reason"), "reason"), versions)


def _seen(value: Any, field: str) -> tuple[UUID, int]:
    uuid, _, version = str(value).partition(":")
    return fields.identifier(uuid, field), _version(version, field)


@dataclass(frozen=True, slots=True)
class ResolveSpeaker:
    """An anonymous speaker turned out to be `named`."""

    named: UUID
    reason: str
    evidence: str


def parse_resolution(value: Any) -> ResolveSpeaker:
    """Raises Refused."""
    data = fields.mapping(value, "", ResolveSpeaker.__slots__)
    return ResolveSpeaker(
        fields.identifier(data.get("named"), "named"),
        fields.text(data.get("reason"), "reason", required=True),
        fields.text(data.get("evidence"), "evidence", required=True),
    )


@dataclass(frozen=True, slots=True)
class CompareActors:
    """What somebody says of two actors who look alike; `sameness` empty takes back what was said."""

    first: UUID
    second: UUID
    sameness: str
    note: str = ""


def parse_comparison(value: Any) -> CompareActors:
    """Raises Refused."""
    data = fields.mapping(value, "", CompareActors.__slots__)
    first = fields.identifier(data.get("first"), "first")
    second = fields.identifier(data.get("second"), "second")
    if first == second:
        raise Refused("second", "two_actors", "is the same one")
    sameness = fields.choice(data.get("sameness"), "sameness", SAMENESS, default="")
    return CompareActors(first, second, sameness, fields.text(data.get("note"), "note"))
