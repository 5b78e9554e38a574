"""Words of a text, chosen: the part that all annotations share."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sources.text.offsets import Extent

from . import fields


@dataclass(frozen=True, slots=True)
class Span:
    """`quotes` are what the user saw at `extent`, one per stretch; the action compares them with the text."""

    uuid: UUID
    extent: Extent
    quotes: tuple[str, ...]


def parse_span(value: Any, field: str) -> Span:
    data = fields.mapping(value, field, ("uuid", "extent", "quotes"))
    return Span(
        uuid=fields.identifier(data.get("uuid"), f"{field}.uuid"),
        extent=fields.extent(data.get("extent"), f"{field}.extent"),
        quotes=fields.quotes(data.get("quotes"), f"{field}.quotes"),
    )


@dataclass(frozen=True, slots=True)
class CueSpan(Span):
    """`cue_type` is a key of the codebook's cue types; empty leaves it as it is, neutral for a new cue, and
    where the cue is to be `untyped` takes it away."""

    cue_type: str = ""
    untyped: bool = False


def parse_cue(value: Any, field: str) -> CueSpan:
    data = fields.mapping(value, field, ("uuid", "extent", "quotes", "cue_type"))
    span = parse_span({name: data[name] for name in data if name != "cue_type"}, field)
    cue_type = fields.name(data.get("cue_type"), f"{field}.cue_type", 60, required=False)
    return CueSpan(span.uuid, span.extent, span.quotes, cue_type, data.get("cue_type", "") is None)


def parse_optional_span(value: Any, field: str) -> Span | None:
    return None if value is None else parse_span(value, field)
