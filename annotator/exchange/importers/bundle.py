"""What every reader of other tools' files returns: plain values, as the files have them.

**A reader** is one file of this folder and one line in `registry.py`. It takes `Files` and `Wishes` and
returns a `Bundle`. It knows no store: what is in the project already, which identifiers are in use, whether
words stand where they are said to, and everything that `annotator/intents/` checks is found out on receiving
(`annotator/exchange/receiving/`). A reader has to

- give every document its key, and its text where the format carries it, **exactly as the file has it** (no
  normalising, no stripping: offsets count in it). Line ends are unified on receiving, and offsets carried
  over;
- put each thing that is marked into `Document.placed` as the body that the API's PUT of an annotation takes,
  without its `snapshot`, in an order in which nothing points ahead: mentions before the claims that name
  them, outer claims before those inside them;
- list in `unmapped` whatever it did not take over, one entry a thing, with file and line. Nothing is guessed:
  what a label means is said by `Wishes.meanings`, and a label that nobody explained is unmapped;
- raise `NotRead` only where the file as a whole is none of its format.

**Bodies** are those of `annotator/intents/annotation.py` with three liberties for each span in them (the body
itself, cues, hedges, `role_span` and so on), made by `span`:

- `prefix` and `suffix` may stand beside `extent` and `quotes`: the words before the first and after the last
  stretch, by which the place is found again where the text is not quite the same;
- `extent` may be None: then the quotes are looked for, and have to stand there once;
- `quotes` may be None where the document has its text or its digest: then they are what stands at `extent`.

`extent` counts Unicode code points, end exclusive. Where quotes and extent disagree the quotes are right:
they are looked for, also at the extent read as UTF-16 code units, and the report says so.

**Identifiers** are the file's own where it has UUIDs, else made by `identifier`, so that importing twice is
importing once. Those that were made are never stored: on receiving another is derived from each for its
project, everywhere in the bundle; so is one for each of the file's own that another project uses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("3c7b6a52-93a7-5b0e-8b0e-0d5b2f6a8f11")

_MADE = b"made"
"""What identifiers begin with that are no file's own."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class At:
    """Where in the files something stands: `line` counts from 1, and is 0 where there is none to name. `item`
    says which of those on the line, where a line holds many."""

    file: str
    line: int = 0
    item: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} ({self.item})" if self.item else place


class NotRead(ValueError):
    """A file as a whole cannot be read. `at` says where, `why` why."""

    def __init__(self, at: At, why: str) -> None:
        super().__init__(f"{at}: {why}")
        self.at, self.why = at, why


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something in the files that is not taken over: what it is, and why."""

    at: At
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the files tell of an article, as they write it. What is not valid (a date that is none, an address
    that is not http) is left out on receiving, and told. Dates are EDTF."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    original_outlet: str = ""
    outlet_issn: str = ""
    outlet_issn_l: str = ""
    outlet_wikidata: str = ""
    outlet_domains: tuple[str, ...] = ()
    outlet_aliases: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: str = ""
    section: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation: `body` as the module's docstring says. `by` is who made it, by the files: a note, never
    a user of ours."""

    at: At
    uuid: UUID
    body: Body
    by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `key` names it within the bundle, `name` is for people.

    Without `text` it has to be in the project already: it is found by `sha256` (of the text as UTF-8), else
    by the record's address, else by its title where one article alone has it. `prints` is the key of the
    document whose story it reprints.
    """

    at: At
    key: str
    name: str
    text: str | None = None
    sha256: str = ""
    record: Record = field(default_factory=Record)
    placed: tuple[Placed, ...] = ()
    prints: str = ""


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Somebody whom bodies name by `{"actor": uuid}`. `body` is a `new_actor` (`annotator/intents/actor.py`).

    An anonymous one needs the `document` it is in. `record` has what the API's new actors do not: any of
    `wikidata`, `note`, `aliases` (with language and script), `identifiers`, `belongings`, as
    `annotator/intents/actor_record.py` reads them. `resolved` is a body of `parse_resolution`.

    Where a format has names alone and no identifiers, make the identifier of kind and name
    (`identifier(format, "actor", kind, name)`), so that the same name is the same actor; an anonymous one of
    its document as well. Nobody is made whom nothing names that could be stored.
    """

    at: At
    uuid: UUID
    body: Body
    document: str = ""
    record: Body = field(default_factory=dict)
    resolved: Body | None = None


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event that bodies name by `{"event": uuid}`. `body` is a `new_event` (`annotator/intents/event.py`)
    without participants and slots; those are `participants`, and `slots` by document key."""

    at: At
    uuid: UUID
    body: Body
    participants: tuple[Body, ...] = ()
    slots: Mapping[str, Body] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """`body` as `annotator/intents/relation.py` reads it."""

    at: At
    uuid: UUID
    body: Body


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code that something in the bundle is coded with: `facet` as in `annotator/models/codebook.py`."""

    at: At
    facet: str
    key: str
    name: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that was read. `codes` names every code that bodies use; those the codebook lacks are made if the
    user asks for that, else what needs them is refused."""

    documents: tuple[Document, ...] = ()
    actors: tuple[ActorEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    codes: tuple[CodeEntry, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


def identifier(format_: str, *key: str) -> UUID:
    """The same for the same format and key, everywhere and always. The key names the document first, then
    what in it ("doc.txt", "T3"); of a document by its digest where it has no name of its own.

    A UUID of version 8 that shows what it is (`made_by_reader`). Anybody can make it who guesses the key.
    """
    made = uuid5(NAMESPACE, "\x1f".join((format_, *key))).bytes
    return UUID(bytes=_MADE + made[4:6] + bytes([0x80 | made[6] & 0x0F]) + made[7:])


def made_by_reader(uuid: UUID) -> bool:
    """Whether `identifier` made it, or could have."""
    return uuid.bytes[:4] == _MADE and uuid.version == 8


def as_uuid(written: object) -> UUID | None:
    """None where it is not written as one."""
    try:
        return UUID(written) if isinstance(written, str) else None
    except ValueError:
        return None


def span(
    extent: Sequence[tuple[int, int]] | None,
    quotes: Sequence[str] | None = None,
    *,
    uuid: UUID | None = None,
    prefix: str = "",
    suffix: str = "",
    **more: Any,
) -> Body:
    """A span as bodies hold it; `more` is what else belongs to it (`cue_type`, `whose`, `use`)."""
    made: Body = {"extent": None if extent is None else [list(stretch) for stretch in extent]}
    made["quotes"] = None if quotes is None else list(quotes)
    if uuid is not None:
        made["uuid"] = str(uuid)
    if prefix or suffix:
        made |= {"prefix": prefix, "suffix": suffix}
    return made | more


def placed(at: At, uuid: UUID, kind: str, words: Body, what: Body, by: str = "") -> Placed:
    """An annotation of that kind (claim, actor, event): `words` is a `span` without an identifier, `what`
    says the rest (for an actor `{"actor": str(uuid)}`)."""
    return Placed(at, uuid, {"kind": kind, **words, kind: what}, by)
