"""Standoff files as claims: marks by what their types mean, and events and relations as links of chains.

An event whose type means a cue joins claims with those who say them; so does a relation that means a speaker
or a cue. `Layout` says what types mean without the user, and which of our own additions are understood.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from annotator.intents import fields

from .bundle import At, Bundle, Document, Unmapped, as_uuid, identifier
from .files import Files
from .marks import Link, Mark, Marked, Speaker, codes_of
from .standoff import Joined, Said
from .standoff_limits import Room
from .standoff_notes import noted, noted_sources, ours
from .standoff_people import OURS, People, entries
from .standoff_texts import Annotated, Place, annotated_texts, astray, is_whole_of, stretches_of
from .wishes import Meaning, Wishes

_OF_CLAIM = {"QuotationType": "quotation_type", "Voice": "voice", "Polarity": "polarity"}
_OF_LINK = {"LinkRole": "role", "Act": "act", "LinkBasis": "basis", "LinkQuotationType": "quotation_type"}
_OWN = {
    "claim": {*_OF_CLAIM, "ClaimType", "Negated", "ReviewStatus"},
    "actor": {"ActorKind", "Naming"},
    "cue": {"CueType"},
    "link": set(_OF_LINK),
}
"""Attributes of ours, by what they are of."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`meanings` hold where the user gave none. With `ours` attributes, the relation `Inside` and the part
    `Relays` mean what our own exporter means by them. `trigger` is the type of triggers that say nothing."""

    format: str
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    trigger: str = ""
    ours: bool = False


def read_claims(files: Files, wishes: Wishes, layout: Layout) -> Bundle:
    """Raises NotRead where there is no standoff file."""
    texts, unmapped = annotated_texts(files)
    room = Room()
    readers = [_Reader(one, wishes, layout, room) for one in texts]
    documents = tuple(reader.document() for reader in readers)
    for reader in readers:
        unmapped += [*reader.one.read.unmapped, *reader.marked.unmapped]
    actors = entries(reader.people for reader in readers)
    events = tuple(event for reader in readers for event in reader.marked.events.values())
    placed = (placed for document in documents for placed in document.placed)
    codes = tuple(codes_of(placed, actors, events))
    return Bundle(documents, actors, events, codes=codes, unmapped=tuple(sorted(unmapped, key=_place)))


def _place(unmapped: Unmapped) -> tuple[str, int]:
    return unmapped.at.file, unmapped.at.line


class _Reader:
    def __init__(self, one: Annotated, wishes: Wishes, layout: Layout, room: Room) -> None:
        self.one, self.wishes, self.layout, self.room = one, wishes, layout, room
        self.marked = Marked(layout.format, f"{one.key}\x1f{one.own}")
        self.people = People(layout.format, one, one.record.language or wishes.language)
        self._notes = {name: noted(one.read, name) for name in one.read.said}

    def document(self) -> Document:
        one = self.one
        self._mark_words()
        for claim, events in self._links().items():
            self.marked.chains[claim] = list(self._chains(claim, events))
        for relation in one.read.relations:
            self._relate(relation)
        placed = tuple(self.marked.placed(self.wishes))
        self._tell_what_else_is_said()
        file = one.read.file
        return Document(At(file), file, one.name, one.text, record=one.record, placed=placed)

    def _meaning(self, type_: str) -> Meaning | None:
        return self.wishes.meaning(type_) or self.layout.meanings.get(type_)

    # ── marks ─────────────────────────────────────────────────────────────────────────────────────

    def _mark_words(self) -> None:
        triggers = {event.trigger for event in self.one.read.events.values()}
        for name, span in self.one.read.spans.items():
            meaning = self._meaning(span.type)
            kind = meaning.kind if meaning else ""
            if (span.type == self.layout.trigger and name in triggers) or kind == "leave":
                continue
            if meaning and kind in ("claim", "actor", "event", "cue"):
                self._mark(name, span.at, meaning)
            elif kind or name not in triggers:
                said = f"“{span.type}” means {kind}, which marked words alone cannot be"
                said = said if kind else f"nobody said what “{span.type}” means"
                self.marked.leave(span.at, f"{name} {span.type}", said)

    def _mark(self, name: str, at: At, meaning: Meaning) -> None:
        values = self._values(name)
        place = self._whole(name)
        uuid = as_uuid(self._notes.get(name, {}).get("id"))
        uuid = uuid or identifier(self.layout.format, self.marked.key, name)
        says: dict[str, object] = {}
        actor: UUID | None = None
        if meaning.kind == "claim":
            meaning = Meaning("claim", values.get("ClaimType") or meaning.code)
            says = self._of_claim(name, values)
        elif meaning.kind == "actor":
            kind = values.get("ActorKind") or meaning.code or self.wishes.actor_kind
            if not kind:
                what = f"{name} {self.one.read.spans[name].type}"
                self.marked.leave(at, what, "nobody said what kind of actor it is")
                return
            actor = self.people.of_mark(name, kind, values.get("Naming", ""))
        elif values.get("CueType"):
            self.marked.cue_types[name] = values["CueType"]
        where = (place.stretches, place.quotes)
        wrong = astray(place, self.one.text)
        mark = Mark(at, name, meaning, uuid, *where, actor, says, by=self.one.by, astray=wrong)
        self.marked.add(mark, self.people.words(name), self.wishes)

    def _of_claim(self, name: str, values: Mapping[str, str]) -> dict[str, object]:
        says: dict[str, object] = {of: values[name] for name, of in _OF_CLAIM.items() if values.get(name)}
        if "Negated" in values:
            says["negated"] = True
        if values.get("ReviewStatus") == "draft":
            says["status"] = "draft"
        paraphrase = [note.value for note in self.one.read.of(name, "#") if note.type == "AnnotatorNotes"]
        if paraphrase and self._notes.get(name):
            says["paraphrase"] = paraphrase[0]
        return says

    def _values(self, name: str) -> dict[str, str]:
        return {of: said.value for of, said in self.one.read.values(name).items()} if self.layout.ours else {}

    def _whole(self, name: str) -> Place:
        """The whole extent that our note states, where the line's fragments are what brat can hold of it."""
        place, text = self.one.places[name], self.one.text
        stated = stretches_of(self._notes.get(name, {}).get("extent"))
        if text is None or stated is None or stated[-1][1] > len(text) or place.quotes is None:
            return place
        if not is_whole_of(stated, self.one.read.spans[name].stretches, text):
            return place
        return Place(stated, tuple(text[start:end] for start, end in stated))

    # ── links ─────────────────────────────────────────────────────────────────────────────────────

    def _links(self) -> dict[str, list[Joined]]:
        """Events that join, by claim."""
        found: dict[str, list[Joined]] = {}
        for event in self.one.read.events.values():
            meaning = self._meaning(event.type)
            kind = meaning.kind if meaning else ""
            what = f"{event.name} {event.type}"
            if kind not in ("cue", "leave"):
                if kind != "event" or event.parts:
                    said = f"nobody said that “{event.type}” is a cue"
                    said = "the parts of events are not taken over" if kind == "event" else said
                    self.marked.leave(event.at, what, said)
                continue
            if kind == "leave":
                continue
            claims = dict.fromkeys(of for _, of in event.parts if self._kind(of) == "claim")
            parts = len(event.parts) + len(noted_sources(self._notes.get(event.name, {})))
            if why := self.room.why_not(len(claims), parts):
                self.marked.leave(event.at, what, why)
                continue
            for claim in claims:
                found.setdefault(claim, []).append(event)
            if not claims:
                self.marked.leave(event.at, what, "joins no claim")
            for role, of in event.parts:
                said = ""
                if self._kind(of) == "actor" and not self._speaks(role, of):
                    said = f"nobody said that “{role}” is who speaks"
                elif not self._is_told(of) and not self._relayed(role, of):
                    said = "is neither claim, speaker nor cue"
                if said:
                    self.marked.leave(event.at, f"{event.name} {role}:{of}", said)
        return found

    def _kind(self, name: str) -> str:
        mark = self.marked.marks.get(name)
        return mark.meaning.kind if mark else ""

    def _speaks(self, role: str, of: str) -> bool:
        """Whether the part is who speaks: by what its role means, or where that is called as its own type."""
        meaning = self.wishes.meaning(role)
        own = self._kind(of) == "actor" and role == self.one.read.spans[of].type
        return own or (self._kind(of) == "actor" and meaning is not None and meaning.kind == "speaker")

    def _is_told(self, name: str) -> bool:
        """Whether the mark is one of a link, or was told of where it stands."""
        span = self.one.read.spans.get(name)
        meaning = self._meaning(span.type) if span and span.type != self.layout.trigger else None
        return meaning is not None and meaning.kind in ("claim", "actor", "cue")

    def _relayed(self, role: str, of: str) -> bool:
        return self.layout.ours and role == "Relays" and of in self.one.read.events

    def _chains(self, claim: str, events: Iterable[Joined]) -> Iterator[list[Link]]:
        """Each event that relays none begins a chain, and goes on with the one that relays it."""
        here = {event.name: event for event in events}
        after: dict[str, str] = {}
        first = []
        for event in here.values():
            before = [of for role, of in event.parts if self._relayed(role, of)]
            if not before:
                first.append(event.name)
            elif len(before) == 1 and before[0] in here and before[0] not in after:
                after[before[0]] = event.name
            else:
                said = "relays several links, or one that is not this claim’s or is relayed already"
                self.marked.leave(event.at, f"{event.name} of {claim}", said)
        reached: set[str] = set()
        for begin in first:
            names = [begin]
            while names[-1] in after:
                names.append(after[names[-1]])
            reached.update(names)
            yield [self._link(here[name], first=name == begin) for name in names]
        for name in here.keys() - reached:
            self.marked.leave(here[name].at, f"{name} of {claim}", "no chain leads to it")

    def _link(self, event: Joined, first: bool) -> Link:
        values = self._values(event.name)
        says = {of: values[name] for name, of in _OF_LINK.items() if values.get(name)}
        says.setdefault("role", "said" if first else "relayed")
        cues = [of for _, of in event.parts if self._kind(of) == "cue"]
        if self._kind(event.trigger) == "cue":
            cues.insert(0, event.trigger)
        sources = [of for role, of in event.parts if self._speaks(role, of)]
        return Link(event.at, tuple(self._speakers(event, sources)), tuple(cues), says)

    def _speakers(self, event: Joined, sources: list[str]) -> Iterator[Speaker]:
        noted = noted_sources(self._notes.get(event.name, {}))
        if [one["source"] for one in noted if "source" in one] != sources:
            yield from map(Speaker, sources)
            return
        for one in noted:
            says = {key: one[key] for key in ("role_at_time", "jointly") if isinstance(one.get(key), str)}
            if "source" in one:
                yield Speaker(one["source"], says=says)
            elif uuid := as_uuid(one.get("actor")):
                said = {key: value for key, value in one.items() if isinstance(value, str)}
                name, kind = fields.line_of([said.get("name", "")], 200), said.get("kind", "")
                self.people.add(event.at, uuid, name, kind, said.get("naming") or "named")
                yield Speaker(actor=uuid, says=says)

    def _relate(self, relation: Joined) -> None:
        (_, one), (_, other) = relation.parts
        marks = self.marked.marks
        meaning = self._meaning(relation.type)
        if self.layout.ours and relation.type == "Inside" and self._kind(one) == self._kind(other) == "claim":
            marks[one] = replace(marks[one], inside=other)
        elif meaning and meaning.kind in ("speaker", "cue"):
            self.marked.relate(relation.at, relation.name, meaning.kind, one, other)
        elif not meaning or meaning.kind != "leave":
            said = f"nobody said that “{relation.type}” joins a claim with a speaker or a cue"
            self.marked.leave(relation.at, f"{relation.name} {relation.type}", said)

    # ── what else is said ─────────────────────────────────────────────────────────────────────────

    def _tell_what_else_is_said(self) -> None:
        for name, said in self.one.read.said.items():
            own = _OWN.get("link" if name in self.one.read.events else self._kind(name), set())
            used: set[str] = set()
            for one in said.get("A", ()):
                if not self.layout.ours or one.type not in own or one.type in used:
                    self._leave_said("A", name, one)
                elif one.type == "ReviewStatus" and one.value not in ("draft", "submitted"):
                    self.marked.leave(one.at, f"{one.type} {one.value}", "decisions are not taken over")
                used.add(one.type)
            for number, one in enumerate(said.get("N", ())):
                if number or self._kind(name) != "actor":
                    self._leave_said("N", name, one)
            note = ours(self.one.read, name)
            paraphrased = bool(self._notes.get(name)) and self._kind(name) == "claim"
            for one in said.get("#", ()):
                if one is not note and (one.type == OURS or not paraphrased):
                    self._leave_said("#", name, one)

    def _leave_said(self, letter: str, name: str, said: Said) -> None:
        self.marked.leave(said.at, f"{said.type} of {name}: {said.value}", _WHY[letter])


_WHY = {
    "A": "there is nothing here that this attribute would be",
    "N": "only the first entry of who speaks is taken over",
    "#": "notes are not taken over",
}
