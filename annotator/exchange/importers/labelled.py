"""Regions with labels and ties between them, as span annotation tools export them, made a bundle.

Nobody is taken for the same as somebody else, not even in one text: such files only mark words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.intents import fields

from .bundle import ActorEntry, At, Bundle, Document, EventEntry, Record, Unmapped, identifier
from .marks import Mark, Marked, codes_of
from .wishes import Wishes

MOST = 2**31


@dataclass(frozen=True, slots=True)
class Region:
    """Marked words. `name` is what ties call it; `extent` and `quotes` as in a body."""

    at: At
    name: str
    label: str
    extent: tuple[tuple[int, int], ...] | None
    quotes: tuple[str, ...] | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    at: At
    name: str
    label: str
    one: str
    other: str


@dataclass(slots=True)
class Labelled:
    """One text with what is marked in it. `key` tells it from every other, whichever file it is in."""

    at: At
    key: str
    name: str
    text: str
    wishes: Wishes
    regions: list[Region] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    record: Record = field(default_factory=Record)


def whole(value: Any) -> int | None:
    """A whole number; None for anything else, also for true, 1.0 and what no offset can be."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST else None


def record_of(said: Mapping[str, Any], text: str) -> Record:
    """What fields of these names say of the article; that of the text itself is none of them."""
    title, url = (said.get(name) for name in ("title", "url"))
    return Record(
        title=title if isinstance(title, str) and title != text else "",
        url=url if isinstance(url, str) else "",
    )


def bundle_of(format_: str, texts: Iterable[Labelled], unmapped: list[Unmapped]) -> Bundle:
    documents: list[Document] = []
    actors: list[ActorEntry] = []
    events: list[EventEntry] = []
    for number, one in enumerate(texts):
        marked = Marked(format_, one.key)
        for region in one.regions:
            _mark(marked, one, region, actors)
        for tie in one.ties:
            _tie(marked, one, tie)
        placed = tuple(marked.placed(one.wishes))
        documents.append(Document(one.at, f"{number}", one.name, one.text, record=one.record, placed=placed))
        events += marked.events.values()
        unmapped += marked.unmapped
    bodies = (placed for document in documents for placed in document.placed)
    codes = tuple(codes_of(bodies, actors, events))
    told = sorted(unmapped, key=lambda one: (one.at.file, one.at.line))
    return Bundle(tuple(documents), tuple(actors), tuple(events), codes=codes, unmapped=tuple(told))


def _mark(marked: Marked, one: Labelled, region: Region, actors: list[ActorEntry]) -> None:
    meaning = one.wishes.meaning(region.label)
    what = f"{region.name} {region.label}"
    if meaning is None:
        marked.leave(region.at, what, f"nobody said what “{region.label}” means")
        return
    if meaning.kind == "leave":
        return
    if meaning.kind not in ("claim", "actor", "event", "cue"):
        said = f"“{region.label}” means {meaning.kind}, which marked words alone cannot be"
        marked.leave(region.at, what, said)
        return
    words = fields.line_of(region.quotes or (), 200)
    uuid = identifier(marked.format, one.key, region.name)
    who = None
    if meaning.kind == "actor":
        kind = meaning.code or one.wishes.actor_kind
        if not kind:
            marked.leave(region.at, what, "nobody said what kind of actor it is")
            return
        who = identifier(marked.format, one.key, region.name, "actor")
        body = {"uuid": str(who), "name": words, "kind": kind, "naming": "named"}
        actors.append(ActorEntry(region.at, who, body))
    mark = Mark(region.at, region.name, meaning, uuid, region.extent, region.quotes, who, by=region.by)
    marked.add(mark, words, one.wishes)


def _tie(marked: Marked, one: Labelled, tie: Tie) -> None:
    meaning = one.wishes.meaning(tie.label)
    kind = meaning.kind if meaning else ""
    if kind in ("speaker", "cue"):
        marked.relate(tie.at, f"{tie.name} {tie.label}", kind, tie.one, tie.other)
    elif kind != "leave":
        said = f"nobody said that “{tie.label}” joins a claim with a speaker or a cue"
        marked.leave(tie.at, f"{tie.name} {tie.label}", said)
