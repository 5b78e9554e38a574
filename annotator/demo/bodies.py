"""What the files say about one article, as the bodies that the web and the API send. Pure.

Identifiers are made from the entries' keys, so that loading again gives the same ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from .entries import ArticleEntry, ClaimEntry, LinkEntry, Quote, SourceEntry, ToEntry, WordsEntry
from .file_line import FileLine
from .resolve import Extent, Stretch, find, find_near, find_pieces

NAMESPACE = UUID("6b1f0c1e-5d0a-5c55-9d3e-0f6b8e1a7c42")

Body = dict[str, Any]


def identifier(*key: str) -> UUID:
    """Of an actor ("actor", key), an event, a claim ("claim", article, key) and so on."""
    return uuid5(NAMESPACE, "/".join(key))


@dataclass(frozen=True, slots=True)
class ArticleBodies:
    """In the order they are to be saved: mentions before the claims that point to them.

    `placed` are bodies of annotations by identifier; `reasons` are spans by the key of the actor who
    gave them; `slots` by the key of the event spans by slot, `parts` by event and actor the mention that
    names who took part.
    """

    placed: tuple[tuple[UUID, str, Body], ...]
    reasons: dict[str, Body]
    slots: dict[str, dict[str, Body]]
    parts: dict[tuple[str, str], str]


def article_bodies(entry: ArticleEntry, text: str, snapshot: UUID) -> ArticleBodies:
    """All quotes of the entry found in the text. Raises `EntryRefused`.

    `placed` holds (identifier, author's key, body): the mentions and events are the first annotator's.
    """
    return _Article(entry, text, str(snapshot)).bodies()


class _Article:
    def __init__(self, entry: ArticleEntry, text: str, snapshot: str) -> None:
        self.entry, self.text, self.snapshot = entry, text, snapshot
        self.mentions: dict[UUID, Body] = {}
        self.reasons: dict[str, Body] = {}
        self.slots: dict[str, dict[str, Body]] = {}
        self.parts: dict[tuple[str, str], str] = {}

    def bodies(self) -> ArticleBodies:
        for mention in self.entry.mentions:
            self._mention(mention.actor, find(self.text, mention.quote, mention.at))
        events = list(self._events())
        claims = [self._claim(claim) for claim in self.entry.claims]
        mentions = [(uuid, "ines", body) for uuid, body in self.mentions.items()]
        return ArticleBodies((*mentions, *events, *claims), self.reasons, self.slots, self.parts)

    def _id(self, *key: str) -> UUID:
        return identifier(key[0], self.entry.name, *key[1:])

    def _words(self, extent: Extent) -> Body:
        return {
            "extent": [list(stretch) for stretch in extent],
            "quotes": [self.text[start:end] for start, end in extent],
        }

    def _span(self, stretch: Stretch, *key: str) -> Body:
        return {"uuid": str(self._id(*key)), **self._words((stretch,))}

    def _placed(self, kind: str, extent: Extent, what: Body) -> Body:
        return {"snapshot": self.snapshot, "kind": kind, **self._words(extent), kind: what}

    def _mention(self, actor: str, stretch: Stretch) -> str:
        """The same words that mean the same actor are one mention, however many claims point to it."""
        uuid = self._id("mention", actor, str(stretch[0]), str(stretch[1]))
        self.mentions[uuid] = self._placed("actor", (stretch,), {"actor": str(identifier("actor", actor))})
        return str(uuid)

    def _events(self) -> Iterator[tuple[UUID, str, Body]]:
        for mention in self.entry.events:
            stretch = find(self.text, mention.quote, mention.at)
            for slot, words in (("type", mention.type), ("date", mention.time), ("place", mention.place)):
                if words:
                    near = find_near(self.text, words, (stretch,), mention.at, inside=True)
                    key = "event-time" if slot == "date" else f"event-{slot}"
                    self.slots.setdefault(mention.event, {})[slot] = self._span(near, key, mention.event)
            for one in mention.who:
                named = find_near(self.text, one.mention, (stretch,), mention.at, inside=True)
                self.parts[mention.event, one.actor] = self._mention(one.actor, named)
            what = {
                "event": str(identifier("event", mention.event)),
                "factuality": mention.told_as,
                "factuality_words": mention.told_by,
            }
            yield self._id("event-mention", mention.event), "ines", self._placed("event", (stretch,), what)

    def _claim(self, claim: ClaimEntry) -> tuple[UUID, str, Body]:
        extent = find_pieces(self.text, claim.quote, claim.at)
        body: Body = {
            "type": claim.type,
            "paraphrase": claim.paraphrase,
            "quotation_type": claim.quotation,
            "polarity": claim.polarity,
            "negated": claim.negated,
            "certainty": claim.certainty,
            "polarity_basis": claim.polarity_basis,
            "translated": claim.translated,
            "assessment": claim.assessment,
            "assessment_reason": claim.assessment_reason,
            "hedges": self._parts(claim, extent, "hedge", claim.hedges),
            "glosses": self._parts(claim, extent, "gloss", claim.glosses),
            "quoted": self._parts(claim, extent, "marks", claim.marks),
            "voice": claim.voice,
            "basis": claim.basis,
            "status": "draft" if claim.draft else "submitted",
            "said_on": claim.said_on,
            "topics": list(claim.topics),
            "positions": [_stance(position) for position in claim.positions],
            "targets": [
                self._party(claim, extent, one, ("target", claim.key, str(n)))
                for n, one in enumerate(claim.targets)
            ],
            "inside": str(self._id("claim", claim.inside)) if claim.inside else None,
            "chains": self._chains(claim, extent),
            "quantities": [self._quantity(claim, number) for number in range(len(claim.quantities))],
        }
        if claim.time:
            when = find_near(self.text, claim.time, extent, claim.at, inside=True)
            body["time_span"] = self._span(when, "time", claim.key)
        return self._id("claim", claim.key), claim.by, self._placed("claim", extent, body)

    def _parts(
        self, claim: ClaimEntry, extent: Extent, kind: str, parts: tuple[WordsEntry, ...]
    ) -> list[Body]:
        """Hedges, glosses and quotation marks of a claim: words in or near its own."""
        made = []
        for number, part in enumerate(parts):
            found = find_near(self.text, part.words, extent, claim.at, inside=True)
            says = {"whose": part.whose} if part.whose else {"use": part.use} if part.use else {}
            made.append({**self._span(found, kind, claim.key, str(number)), **says})
        return made

    def _quantity(self, claim: ClaimEntry, number: int) -> Body:
        said = claim.quantities[number]
        if said.words not in self.text:
            raise claim.at.refuse(f"“{said.words}” does not stand in the text")
        event = str(identifier("event", said.event)) if said.event else None
        return {
            "what": said.what,
            "low": said.low,
            "high": said.high,
            "qualifier": said.qualifier,
            "unit": said.unit,
            "words": said.words,
            "event": event,
        }

    def _chains(self, claim: ClaimEntry, extent: Extent) -> list[list[Body]]:
        chains: dict[int, list[Body]] = {}
        for number, link in enumerate(claim.links):
            chains.setdefault(link.chain, []).append(self._link(claim, extent, link, number))
        return [chains[chain] for chain in sorted(chains)]

    def _link(self, claim: ClaimEntry, extent: Extent, link: LinkEntry, number: int) -> Body:
        key = (claim.key, str(number))
        cue = self._near(link.cue, extent, claim.at, "cue", *key)
        return {
            "role": link.role,
            "act": link.act,
            "basis": link.basis,
            "quotation_type": link.quotation,
            "sources": [self._source(claim, extent, link, source, key) for source in link.by],
            "cues": [cue] if cue else [],
            "occasion": link.occasion,
            "occasion_span": self._near(link.setting, extent, claim.at, "occasion", *key),
            "addressees": [
                self._party(claim, extent, heard, ("addressee", *key, str(n)))
                for n, heard in enumerate(link.to)
            ],
        }

    def _party(self, claim: ClaimEntry, extent: Extent, heard: ToEntry, key: tuple[str, ...]) -> Body:
        body: Body = {"actor": str(identifier("actor", heard.actor))} if heard.actor else {}
        inside = key[0] == "target"
        if heard.mention:
            found = find_near(self.text, heard.mention, extent, claim.at, inside=inside)
            body["mention"] = self._mention(heard.actor, found)
        if heard.words:
            described = find_near(self.text, heard.words, extent, claim.at, inside=inside)
            body["span"] = self._span(described, *key)
        return body

    def _source(
        self, claim: ClaimEntry, extent: Extent, link: LinkEntry, source: SourceEntry, key: tuple[str, str]
    ) -> Body:
        body: Body = {
            "actor": str(identifier("actor", source.actor)),
            "jointly": link.jointly,
            "basis": source.basis,
            "confidence": source.confidence,
        }
        if source.mention:
            stretch = find_near(self.text, source.mention, extent, claim.at)
            body["mention"] = self._mention(source.actor, stretch)
        role = self._near(source.role, extent, claim.at, "role", *key, source.actor)
        if role:
            body["role_span"] = role
        body["role_at_time"] = source.role_at_time or (source.role.text if source.role else "")
        reason = self._near(source.reason, extent, claim.at, "reason", source.actor)
        if reason:
            self.reasons[source.actor] = reason
        return body

    def _near(self, quote: Quote | None, extent: Extent, at: FileLine, *key: str) -> Body | None:
        return self._span(find_near(self.text, quote, extent, at), *key) if quote else None


def _stance(written: str) -> Body:
    concept, _, stand = written.partition(":")
    return {"concept": concept, "stand": stand}
