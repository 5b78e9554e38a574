"""Coding with one code from now on what two stood for."""

from dataclasses import dataclass
from typing import Any

from . import fields
from .codebook import FACETS, parse_key
from .gathered import leaf
from .refusal import Refused
from .review import parse_version


@dataclass(frozen=True, slots=True)
class MergeCodes:
    """`gone` and `kept` are keys of one facet; `versions` those of the two that were looked at."""

    facet: str
    gone: str
    kept: str
    versions: tuple[int, int]


def parse_code_merge(value: Any) -> MergeCodes:
    """From an object that also says `gone_version` and `kept_version`. Raises Refused."""
    data = fields.mapping(value, "", ("facet", "gone", "kept", "gone_version", "kept_version"))
    facet, gone, kept = parse_pair(data.get("facet"), data.get("gone"), data.get("kept"))
    versions = [_version(data.get(name), name) for name in ("gone_version", "kept_version")]
    return MergeCodes(facet, gone, kept, (versions[0], versions[1]))


def parse_pair(facet: Any, gone: Any, kept: Any) -> tuple[str, str, str]:
    """A facet and the keys of two of its codes. Raises Refused."""
    return fields.choice(facet, "facet", FACETS), parse_key(gone, "gone"), parse_key(kept, "kept")


@leaf(1)
def _version(value: Any, field: str) -> int:
    try:
        version = parse_version(value, on_sight=True)
    except Refused as error:
        raise Refused(field, error.rule, error.message) from error
    assert version is not None  # noqa: S101  refused above
    return version
