"""What is known of sites and who is asking them, as the fetcher needs it.

The fetcher knows no store: `sources/actions/hosts.py` keeps this in PostgreSQL, for all processes alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sources.intake.fetching.robots import Rules

PAUSE = 1.0
"""Seconds between two requests to one host, where the site does not ask for more."""


@dataclass(frozen=True)
class Turn:
    """The right to ask `host`, of whoever has `holder`; it lapses by itself should it not be given back."""

    host: str
    holder: UUID


class Manners(Protocol):
    def take(self, host: str) -> Turn | float:
        """The turn at this host, or the seconds after which to try again."""

    def extend(self, turn: Turn) -> bool:
        """Keeps the turn for another request; False where it has lapsed and is somebody else's."""

    def give_back(self, turn: Turn, pause: float) -> None:
        """Lets the next one ask after `pause` seconds."""

    def rules_of(self, site: str) -> Rules | None:
        """A site's rules as they are kept; None where there are none, or none that still count."""

    def keep_rules(self, site: str, rules: Rules, seconds: float) -> None:
        """Keeps a site's rules for so long."""
