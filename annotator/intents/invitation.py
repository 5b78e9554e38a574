"""Inviting somebody into a project: to which role, for how many people and how long."""

from dataclasses import dataclass
from typing import Any

from . import fields
from .gathered import leaf
from .refusal import Refused

ROLES = ("viewer", "annotator", "reviewer", "manager")
MOST_USES = 100
LONGEST = 90
"""Days."""
DAYS = 7


@dataclass(frozen=True, slots=True)
class Invite:
    """`email` is of the one person whom it is for; empty for a link that is passed on."""

    role: str
    email: str = ""
    uses_most: int = 1
    days: int = DAYS


def parse_role(value: Any) -> str:
    """Of {"role"}. Raises Refused."""
    return fields.choice(fields.mapping(value, "", ("role",)).get("role"), "role", ROLES)


def parse_invitation(value: Any) -> Invite:
    """Raises Refused."""
    data = fields.mapping(value, "", Invite.__slots__)
    asked = Invite(
        fields.choice(data.get("role"), "role", ROLES),
        _address(data.get("email")),
        _whole(data.get("uses_most"), "uses_most", MOST_USES, 1),
        _whole(data.get("days"), "days", LONGEST, DAYS),
    )
    if asked.email and asked.uses_most != 1:
        raise Refused("uses_most", "one_person", "must be 1 where it is for an e-mail address")
    return asked


@leaf("")
def _address(value: Any) -> str:
    """An e-mail address as one is written, whether or not anything arrives there."""
    said = fields.name(value, "email", 254, required=False)
    name, _, site = said.rpartition("@")
    shaped = (
        name and "." in site.strip(".") and site.strip(".") == site and " " not in said and "@" not in name
    )
    if said and not shaped:
        raise Refused("email", "email", "must be an e-mail address, as in name@example.org")
    return said


@leaf(1)
def _whole(value: Any, field: str, most: int, default: int) -> int:
    if value is None:
        return default
    if type(value) is not int or not 1 <= value <= most:
        raise Refused(field, "whole", f"must be a whole number from 1 to {most}")
    return value
