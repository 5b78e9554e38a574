"""What the demo's files say of who is whom, as frozen dataclasses."""

from dataclasses import dataclass

from .file_line import FileLine


@dataclass(frozen=True, slots=True)
class NameEntry:
    name: str
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class BelongingEntry:
    tie: str
    organisation: str
    role: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class IdentifierEntry:
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """An actor's names are all that it is called besides its own."""

    at: FileLine
    actor: str
    names: tuple[NameEntry, ...] = ()
    belongings: tuple[BelongingEntry, ...] = ()
    identifiers: tuple[IdentifierEntry, ...] = ()
    by: str = "ines"


@dataclass(frozen=True, slots=True)
class MergeEntry:
    at: FileLine
    survivor: str
    merged: str
    reason: str = ""
    by: str = "ines"


@dataclass(frozen=True, slots=True)
class EventMergeEntry:
    """Keys of events.toml."""

    at: FileLine
    survivor: str
    merged: str
    reason: str = ""
    by: str = "ines"


@dataclass(frozen=True, slots=True)
class ResolutionEntry:
    at: FileLine
    anonymous: str
    named: str
    reason: str
    evidence: str
    by: str = "mateo"


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    at: FileLine
    first: str
    second: str
    sameness: str
    note: str = ""
    by: str = "ines"


IdentityEntry = RecordEntry | MergeEntry | EventMergeEntry | ResolutionEntry | ComparisonEntry
