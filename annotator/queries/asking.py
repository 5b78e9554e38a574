"""The address at which the desk shows what something else has counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

Asks = Mapping[str, str]
"""Fields of a search for claims."""


@dataclass(frozen=True)
class Desk:
    """Where claims are searched for, and what is asked for whatever else is."""

    root: str
    kept: Asks

    @property
    def query(self) -> str:
        return urlencode(self.kept)

    def address(self, asks: Asks) -> str:
        return f"{self.root}?{urlencode({**self.kept, **asks})}"
