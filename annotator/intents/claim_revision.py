"""One part of a claim that is to be otherwise, all else of it left as it is."""

from collections.abc import Mapping
from typing import Any

from . import fields
from .attribution import Link, parse_chain
from .gathered import gathering
from .refusal import Refused

Json = dict[str, Any]
_DATED = ("{0}", "{0}_basis", "{0}_confidence")
PARTS: dict[str, tuple[str, ...]] = {
    "topics": ("topics",),
    "positions": ("positions",),
    "quantities": ("quantities",),
    "dates": (
        *(one.format("said_on") for one in _DATED),
        "time_span",
        *(one.format("period") for one in _DATED),
        "period_span",
    ),
}
"""The fields of a claim that are read and replaced together, by the name of the part."""
LINK = tuple(Link.__dataclass_fields__)


def with_part(claim: Json, part: str, value: Any) -> Json:
    """The claim's body with all fields of the part as `value` says; one that it leaves out is emptied. Raises
    Refused for what is no field of the part."""
    sent = fields.mapping(value, "", PARTS[part])
    kept = {name: one for name, one in claim.items() if name not in PARTS[part]}
    return kept | dict(sent)


def part_of(claim: Json, part: str) -> Json:
    """The fields of the part as they stand; what is empty is left out, but for the list that it is."""
    told = {name: claim[name] for name in PARTS[part] if name in claim}
    return told if part == "dates" else {part: told.get(part, [])}


def link_of(claim: Json, chain: int, position: int) -> Json | None:
    """The link at that place of that chain, both counted from 0; None where there is none."""
    chains = claim.get("chains", [])
    if not 0 <= chain < len(chains) or not 0 <= position < len(chains[chain]):
        return None
    found: Json = chains[chain][position]
    return found


def with_link(claim: Json, chain: int, position: int, value: Any) -> Json | None:
    """The body with that link there, in the place of the one that stands there or behind the last one of its
    chain or of the chains; None where that would leave a gap. Raises Refused for what is no link."""
    fields.mapping(value, "", LINK)
    try:
        with gathering():
            parse_chain([value], "")
    except Refused as error:
        raise error.told_at(lambda field: field.removeprefix(".0").strip(".")) from None
    chains = [list(one) for one in claim.get("chains", [])]
    if chain == len(chains):
        chains.append([])
    if not 0 <= chain < len(chains) or not 0 <= position <= len(chains[chain]):
        return None
    chains[chain][position : position + 1] = [value]
    return claim | {"chains": chains}


def with_link_changed(claim: Json, chain: int, position: int, value: Any) -> Json | None:
    """The body with the fields of `value` in the link that stands there; None where none does."""
    changes: Mapping[str, Any] = fields.mapping(value, "", LINK)
    link = link_of(claim, chain, position)
    return None if link is None else with_link(claim, chain, position, {**link, **changes})


def without_link(claim: Json, chain: int, position: int) -> Json | None:
    """The body without it, and without its chain where it was the only one; None where none is there."""
    if link_of(claim, chain, position) is None:
        return None
    chains = [list(one) for one in claim["chains"]]
    del chains[chain][position]
    return claim | {"chains": [one for one in chains if one]}
