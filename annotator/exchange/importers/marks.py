"""Marked words, and who says which of them, as bodies: what readers of spans and relations have in common.

A reader gives each mark its meaning and its links; here they become mentions, then claims, outer ones first,
and whatever a body would need and nobody said is told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from uuid import UUID

from .bundle import ActorEntry, At, Body, CodeEntry, EventEntry, Placed, Unmapped, identifier, placed, span
from .outer_first import outer_first
from .wishes import Meaning, Wishes

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """`name` is what the file calls it. `extent` and `quotes` as in a body. `who` is the actor or event that
    is meant; `says` are fields of a claim's body, `inside` the name of the claim it lies within. `astray` is
    what is wrong with the place itself: told before anything that is missing besides."""

    at: At
    name: str
    meaning: Meaning
    uuid: UUID
    extent: Stretches | None
    quotes: tuple[str, ...] | None
    who: UUID | None = None
    says: Mapping[str, object] = field(default_factory=dict)
    inside: str = ""
    by: str = ""
    astray: str = ""

    @property
    def words(self) -> Body:
        return span(self.extent, self.quotes)


@dataclass(frozen=True, slots=True)
class Speaker:
    """By the name of a mark, or an actor whom the text names nowhere."""

    mark: str = ""
    actor: UUID | None = None
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """`cues` are names of marks; `says` are fields of the link's body."""

    at: At
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Marked:
    """All that is marked in one document; `chains` by the name of their claim."""

    format: str
    key: str
    marks: dict[str, Mark] = field(default_factory=dict)
    chains: dict[str, list[list[Link]]] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)
    cue_types: dict[str, str] = field(default_factory=dict)
    events: dict[UUID, EventEntry] = field(default_factory=dict)
    _cues_used: Counter[str] = field(default_factory=Counter)
    _ties: dict[str, list[tuple[At, str]]] = field(default_factory=dict)
    _uuids: set[UUID] = field(default_factory=set)

    def leave(self, at: At, what: str, why: str) -> None:
        self.unmapped.append(Unmapped(at, what[:200], why))

    def of_kind(self, kind: str) -> Iterator[Mark]:
        return (mark for mark in self.marks.values() if mark.meaning.kind == kind)

    def relate(self, at: At, name: str, kind: str, one: str, other: str) -> None:
        """A relation that means a speaker or a cue joins a claim with one, whichever of the two comes first.
        All of a claim are one link."""
        wanted = "actor" if kind == "speaker" else "cue"
        pairs = ((one, other), (other, one))
        for claim, what in pairs:
            kinds = [self.marks[mark].meaning.kind for mark in (claim, what) if mark in self.marks]
            if kinds == ["claim", wanted]:
                self._ties.setdefault(claim, []).append((at, what))
                return
        self.leave(at, name, f"does not join a claim with {'a speaker' if kind == 'speaker' else 'a cue'}")

    def _tie(self) -> None:
        for claim, ties in self._ties.items():
            links = self.chains.setdefault(claim, [[Link(ties[0][0])]])[0]
            actors = [Speaker(mark) for _, mark in ties if self.marks[mark].meaning.kind == "actor"]
            cues = [mark for _, mark in ties if self.marks[mark].meaning.kind == "cue"]
            first = links[0]
            links[0] = replace(first, speakers=(*first.speakers, *actors), cues=(*first.cues, *cues))
        self._ties.clear()

    def add(self, mark: Mark, words: str, wishes: Wishes) -> None:
        """The mark; an event of its own with it where it means one, which is called by its words."""
        if mark.uuid in self._uuids:
            self.leave(
                mark.at,
                f"{mark.name} {mark.uuid}",
                "the identifier is another mark’s: it gets one of its own",
            )
            mark = replace(mark, uuid=identifier(self.format, self.key, mark.name, "again"))
        self._uuids.add(mark.uuid)
        if mark.meaning.kind == "event":
            type_ = mark.meaning.code or wishes.event_type
            if not type_:
                self.leave(mark.at, f"{mark.name} {shown(mark)}", "nobody said what type of event it is")
                return
            uuid = identifier(self.format, self.key, "event", mark.name)
            self.events[uuid] = EventEntry(mark.at, uuid, {"uuid": str(uuid), "label": words, "type": type_})
            mark = replace(mark, who=uuid)
        self.marks[mark.name] = mark

    def placed(self, wishes: Wishes) -> Iterator[Placed]:
        """Mentions, events, then claims; those that cannot be said are told."""
        self._tie()
        for kind in ("actor", "event"):
            for mark in self.of_kind(kind):
                yield placed(mark.at, mark.uuid, kind, mark.words, {kind: str(mark.who)}, mark.by)
        claims: dict[str, Placed] = {}
        for mark in self._outer_first():
            body = self._claim(mark, wishes, claims)
            if isinstance(body, str):
                self.leave(mark.at, f"{mark.name} {shown(mark)}", mark.astray or body)
            else:
                claims[mark.name] = placed(mark.at, mark.uuid, "claim", mark.words, body, mark.by)
                yield claims[mark.name]
        links = chain.from_iterable(chain.from_iterable(self.chains.values()))
        used = {name for link in links for name in link.cues}
        for mark in self.of_kind("cue"):
            if mark.name not in used:
                self.leave(mark.at, f"{mark.name} {shown(mark)}", "is a cue, and nothing says of which claim")

    def _outer_first(self) -> list[Mark]:
        """Claims in an order in which none lies in a later one, but for circles."""
        order = outer_first({mark.name: mark.inside for mark in self.of_kind("claim")})
        return [self.marks[name] for name in order]

    def _claim(self, mark: Mark, wishes: Wishes, before: Mapping[str, Placed]) -> Body | str:
        """The body, or why there is none."""
        body: Body = {"type": mark.meaning.code, "quotation_type": wishes.quotation_type, **mark.says}
        chains = [list(self._saying(mark, links)) for links in self.chains.get(mark.name, [])]
        chains = [links for links in chains if links]
        if mark.inside and mark.inside not in before:
            return f"lies inside {mark.inside}, which is not taken over"
        if mark.inside:
            body["inside"] = str(before[mark.inside].uuid)
        if not body["type"]:
            return "nobody said of which type the claim is"
        if not body["quotation_type"]:
            return "nobody said how the words of claims are rendered (quotation type)"
        if not body.get("voice"):
            named = any(link.speakers for links in chains for link in links)
            body["voice"] = "attributed" if named else wishes.voice
            if not named and wishes.voice == "attributed":
                return "nobody is said to speak, so it cannot be in an attributed voice"
            if not named and not wishes.voice:
                return "nobody is said to speak, and nobody said whose voice claims without a speaker are"
        if chains:
            body["chains"] = [[self._link(mark, link) for link in links] for links in chains]
        return body

    def _saying(self, claim: Mark, links: Iterable[Link]) -> Iterator[Link]:
        """The links that say something."""
        for link in links:
            if link.speakers or link.cues:
                yield link
            else:
                self.leave(link.at, f"link of {claim.name}", "names neither a speaker nor a cue")

    def _link(self, claim: Mark, link: Link) -> Body:
        sources: dict[str, Body] = {}
        for speaker in link.speakers:
            mark = self.marks.get(speaker.mark)
            source: Body = {"actor": str(mark.who if mark else speaker.actor), **speaker.says}
            if mark:
                source["mention"] = str(mark.uuid)
            if sources.setdefault(source["actor"], source) is not source:
                said = "is said to speak here already"
                self.leave(link.at, f"speaker {speaker.mark} of {claim.name}", said)
        cues = [self._cue(claim, self.marks[name]) for name in dict.fromkeys(link.cues)]
        return {**link.says, "sources": list(sources.values()), "cues": cues}

    def _cue(self, claim: Mark, cue: Mark) -> Body:
        """The same words are a cue of each claim of their own."""
        times = self._cues_used[cue.name]
        self._cues_used[cue.name] += 1
        again = (cue.name, "of", claim.name, str(times))
        uuid = identifier(self.format, self.key, *again) if times else cue.uuid
        more = {"cue_type": self.cue_types[cue.name]} if cue.name in self.cue_types else {}
        return span(cue.extent, cue.quotes, uuid=uuid, **more)


def shown(mark: Mark) -> str:
    words = " … ".join(mark.quotes or ())
    return f"“{words[:80]}”"


def codes_of(
    bodies: Iterable[Placed], actors: Iterable[ActorEntry], events: Iterable[EventEntry] = ()
) -> Iterator[CodeEntry]:
    """Each code that the bodies use, once, where it is used first."""
    seen: set[tuple[str, str]] = set()
    for at, facet, key in (*_of_bodies(bodies), *_of_actors(actors), *_of_events(events)):
        if key and (facet, key) not in seen:
            seen.add((facet, key))
            yield CodeEntry(at, facet, key)


def _of_bodies(bodies: Iterable[Placed]) -> Iterator[tuple[At, str, str]]:
    for one in bodies:
        claim = one.body.get("claim") or {}
        yield one.at, "claim_type", claim.get("type", "")
        for links in claim.get("chains", ()):
            for link in links:
                for cue in link["cues"]:
                    yield one.at, "cue_type", cue.get("cue_type", "")


def _of_actors(actors: Iterable[ActorEntry]) -> Iterator[tuple[At, str, str]]:
    for actor in actors:
        yield actor.at, "actor_kind", actor.body["kind"]


def _of_events(events: Iterable[EventEntry]) -> Iterator[tuple[At, str, str]]:
    for event in events:
        yield event.at, "event_type", event.body["type"]
