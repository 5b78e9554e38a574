"""Which reader takes which format; a new format is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from .bundle import Bundle
from .files import Files
from .sourceline_release import read_sourceline
from .wishes import Wishes

Reader = Callable[[Files, Wishes], Bundle]


@dataclass(frozen=True, slots=True)
class Format:
    """`name` is for people, `takes` says in a few words which files it takes. `wants` names the fields of
    `Wishes` that mean something to it: pages offer no others."""

    name: str
    takes: str
    read: Reader
    wants: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "sourceline": Format(
        "Sourceline release", "the ZIP or folder of a release", read_sourceline, ("meanings", "language")
    ),
}
"""By the key that commands and pages call it."""
