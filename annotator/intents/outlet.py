"""Correcting what is known of an outlet, and saying that two are one."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sources.text.sites import domain_said

from . import fields
from .actor_record import wikidata
from .gathered import leaf
from .refusal import Refused
from .review import parse_version

MOST_ALIASES, MOST_DOMAINS = 100, 50
_ISSN = re.compile(r"(?:E-?|P-?)?(?:ISSN)?(?:-?L)?:?\s*([0-9]{4})[-–]?([0-9]{3}[0-9X])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class OutletRecord:
    """All that an outlet's form says. `version` is the one that the form showed; `domains` are as
    `sources.text.sites` gives them, `country` is ISO 3166-1 (two letters)."""

    version: int
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    issn: str = ""
    issn_l: str = ""
    wikidata: str = ""
    country: str = ""
    language: str = ""
    is_agency: bool = False


@dataclass(frozen=True, slots=True)
class OutletIdentifiers:
    """What tells an outlet apart besides its name; `aliases` are other names."""

    issn: str = ""
    issn_l: str = ""
    wikidata: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeOutlets:
    """`gone` is to be the same as `kept`; `versions` are those of the two that were looked at."""

    gone: UUID
    kept: UUID
    versions: tuple[int, int]
    reason: str


def parse_outlet_deletion(value: Any) -> int:
    """The version that was looked at; `sure` has to be said. Raises Refused."""
    data = fields.mapping(value, "", ("version", "sure"))
    if not fields.flag(data.get("sure"), "sure"):
        raise Refused("sure", "required", "is deleted for good: say that you are sure")
    return _version(data.get("version"), "version")


def parse_outlet(value: Any) -> OutletRecord:
    """Raises Refused."""
    data = fields.mapping(value, "", OutletRecord.__slots__)
    name = fields.name(data.get("name"), "name")
    aliases = fields.items(data.get("aliases"), "aliases", fields.name, MOST_ALIASES)
    language = fields.name(data.get("language"), "language", 35, required=False)
    country = fields.name(data.get("country"), "country", 2, required=False).upper()
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused("language", "language", "must be a language tag such as en, ar or ps-Arab")
    if country and not _COUNTRY.fullmatch(country):
        raise Refused("country", "country", "must be two letters of ISO 3166, such as GB or SY")
    return OutletRecord(
        version=_version(data.get("version"), "version"),
        name=name,
        aliases=_once(aliases, name),
        domains=_once(fields.items(data.get("domains"), "domains", domain, MOST_DOMAINS)),
        issn=issn(data.get("issn"), "issn"),
        issn_l=issn(data.get("issn_l"), "issn_l"),
        wikidata=wikidata(data.get("wikidata"), "wikidata"),
        country=country,
        language=language,
        is_agency=fields.flag(data.get("is_agency"), "is_agency"),
    )


def parse_outlet_merge(value: Any) -> MergeOutlets:
    """From an object that also says `gone_version` and `kept_version`. Raises Refused."""
    data = fields.mapping(value, "", ("gone", "kept", "gone_version", "kept_version", "reason"))
    gone, kept = (fields.identifier(data.get(field), field) for field in ("gone", "kept"))
    if gone == kept:
        raise Refused("kept", "two_outlets", "is the same outlet")
    versions = [_version(data.get(field), field) for field in ("gone_version", "kept_version")]
    reason = fields.text(data.get("reason"), "reason")
    return MergeOutlets(gone, kept, (versions[0], versions[1]), reason)


@leaf("")
def issn(value: Any, field: str) -> str:
    """As it is printed, "0261-3077", also from "ISSN-L 02613077"; empty where there is none. Raises Refused.

    The last digit proves the others: their sum, weighted from 8 down to 1, is divided by 11 without rest.
    """
    said = fields.name(value, field, 40, required=False).upper()
    if not said:
        return ""
    found = _ISSN.fullmatch(said)
    if found is None:
        raise Refused(field, "issn", "must be eight digits, as in 0261-3077")
    digits = found[1] + found[2]
    if sum((8 - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits)) % 11:
        raise Refused(field, "issn_check_digit", "is mistyped: its last digit does not fit the others")
    return f"{digits[:4]}-{digits[4:]}"


@leaf("")
def domain(value: Any, field: str) -> str:
    """A site's name, also out of an address. Raises Refused."""
    said = fields.name(value, field, 2000)
    found = domain_said(said)
    if not found:
        raise Refused(field, "domain", "must be the name of a site, as in thetide.example")
    return found


def _once(values: tuple[str, ...], besides: str = "") -> tuple[str, ...]:
    """Each once, whatever its case, in the order in which they were said, and not what stands elsewhere."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(value.casefold(), value)
    first.pop(besides.casefold(), None)
    return tuple(first.values())


@leaf(1)
def _version(value: Any, field: str) -> int:
    try:
        version = parse_version(value, on_sight=True)
    except Refused as error:
        raise Refused(field, error.rule, error.message) from error
    assert version is not None  # noqa: S101  refused above
    return version
