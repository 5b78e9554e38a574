"""Reads the demo's TOML files into entries; refuses what it does not know, with file, line and entry."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from .entries import (
    ActorEntry,
    ArticleEntry,
    ClaimEntry,
    ConceptEntry,
    DemoFiles,
    EditEntry,
    EventEntry,
    EventMentionEntry,
    LinkEntry,
    MentionEntry,
    PartEntry,
    ParticipantEntry,
    PersonEntry,
    ProjectEntry,
    QuantityEntry,
    Quote,
    RelationEntry,
    ReviewEntry,
    SourceEntry,
    ToEntry,
    TopicEntry,
    WordsEntry,
)
from .file_line import FileLine
from .identity_entries import (
    BelongingEntry,
    ComparisonEntry,
    EventMergeEntry,
    IdentifierEntry,
    MergeEntry,
    NameEntry,
    RecordEntry,
    ResolutionEntry,
)

ANNOTATIONS = Path(__file__).parent / "annotations"

T = TypeVar("T")


def read_demo(folder: Path = ANNOTATIONS) -> DemoFiles:
    """All files of the folder, those of articles by name. Raises `EntryRefused`."""
    project = _Tables(folder / "project.toml")
    whom = _Tables(folder / "identities.toml")
    return DemoFiles(
        project=project.all("project", ProjectEntry)[0],
        topics=project.all("topic", TopicEntry),
        concepts=project.all("concept", ConceptEntry),
        edits=project.all("edit", EditEntry),
        people=project.all("person", PersonEntry),
        actors=_Tables(folder / "actors.toml").all("actor", ActorEntry),
        events=_Tables(folder / "events.toml").all("event", EventEntry),
        relations=_Tables(folder / "relations.toml").all("relation", RelationEntry),
        articles=tuple(read_article(path) for path in sorted(folder.glob("[0-9][0-9]-*.toml"))),
        records=whom.all("record", RecordEntry),
        merges=whom.all("merge", MergeEntry),
        event_merges=whom.all("event_merge", EventMergeEntry),
        resolutions=whom.all("resolution", ResolutionEntry),
        comparisons=whom.all("comparison", ComparisonEntry),
    )


def read_article(path: Path) -> ArticleEntry:
    """What is said about one article. Raises `EntryRefused`."""
    tables = _Tables(path)
    return ArticleEntry(
        name=path.stem,
        reprint_of=tables.tables.get("reprint_of", ""),
        mentions=tables.all("mention", MentionEntry),
        events=tables.all("event", EventMentionEntry),
        claims=tables.all("claim", ClaimEntry),
    )


class _Tables:
    def __init__(self, path: Path) -> None:
        self.file = path.name
        raw = path.read_text(encoding="utf-8")
        self.lines = [line.strip() for line in raw.splitlines()]
        try:
            self.tables = tomllib.loads(raw)
        except tomllib.TOMLDecodeError as fault:
            raise FileLine(self.file, "not TOML").refuse(str(fault)) from fault

    def all(self, kind: str, shape: type[T]) -> tuple[T, ...]:
        tables = self.tables.get(kind, [])
        heads = [n for n, line in enumerate(self.lines, 1) if line == f"[[{kind}]]"]
        if len(heads) != len(tables):
            raise FileLine(self.file, kind).refuse(f"every {kind} starts with a line [[{kind}]]")
        return tuple(
            _build(shape, table, FileLine(self.file, f"{kind} {table.get('key', number)}", line))
            for number, (line, table) in enumerate(zip(heads, tables, strict=True), 1)
        )


def _build(shape: type[T], table: object, at: FileLine) -> T:
    """The entry, its values shaped by the names they go by."""
    if not isinstance(table, Mapping):
        raise at.refuse(f"expected a table of {shape.__name__}, found {table!r}")
    known = {field.name: field for field in fields(shape)}  # type: ignore[arg-type]
    if unknown := sorted(set(table) - set(known) - {"at"}):
        raise at.refuse(f"does not know {', '.join(unknown)}")
    needed = {name for name, field in known.items() if field.default is MISSING} - {"at"}
    if missing := sorted(needed - set(table)):
        raise at.refuse(f"needs {', '.join(missing)}")
    values = {name: _value(shape, name, value, at) for name, value in table.items()}
    if "at" in known:
        values["at"] = at
    return shape(**values)


_PARTS: dict[tuple[type, str], type] = {
    (ClaimEntry, "links"): LinkEntry,
    (ClaimEntry, "quantities"): QuantityEntry,
    (ClaimEntry, "reviews"): ReviewEntry,
    (ClaimEntry, "hedges"): WordsEntry,
    (ClaimEntry, "glosses"): WordsEntry,
    (ClaimEntry, "marks"): WordsEntry,
    (ClaimEntry, "targets"): ToEntry,
    (LinkEntry, "by"): SourceEntry,
    (LinkEntry, "to"): ToEntry,
    (EventEntry, "participants"): ParticipantEntry,
    (EventMentionEntry, "who"): PartEntry,
    (RecordEntry, "names"): NameEntry,
    (RecordEntry, "belongings"): BelongingEntry,
    (RecordEntry, "identifiers"): IdentifierEntry,
}
_QUOTES = {
    (MentionEntry, "quote"),
    (EventMentionEntry, "quote"),
    (EventMentionEntry, "type"),
    (EventMentionEntry, "time"),
    (EventMentionEntry, "place"),
    (PartEntry, "mention"),
    (ClaimEntry, "time"),
    (ToEntry, "mention"),
    (ToEntry, "words"),
    (WordsEntry, "words"),
    (LinkEntry, "cue"),
    (LinkEntry, "setting"),
    (SourceEntry, "mention"),
    (SourceEntry, "role"),
    (SourceEntry, "reason"),
}


def _value(shape: type, name: str, value: Any, at: FileLine) -> Any:
    if part := _PARTS.get((shape, name)):
        return tuple(
            ReviewEntry(v) if part is ReviewEntry and isinstance(v, str) else _build(part, v, at)
            for v in value
        )
    if (shape, name) == (ClaimEntry, "quote"):
        return tuple(_quote(piece, at) for piece in (value if isinstance(value, list) else [value]))
    if (shape, name) in _QUOTES:
        return _quote(value, at)
    return tuple(value) if isinstance(value, list) else value


def _quote(value: Any, at: FileLine) -> Quote:
    quote = Quote(value) if isinstance(value, str) else _build(Quote, value, at)
    if not quote.text.strip() or quote.text != quote.text.strip():
        raise at.refuse(f"the quote {quote.text!r} is empty or has blanks around it")
    return quote
