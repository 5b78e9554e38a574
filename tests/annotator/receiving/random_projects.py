"""Random projects, as bundles: texts in several scripts, marked in pieces, nested and overlapping.

Not everything in them can be stored: a bundle that is received gives a project that holds whatever can.
"""

from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from annotator.exchange.importers.bundle import (
    ActorEntry,
    At,
    Body,
    Bundle,
    CodeEntry,
    Document,
    EventEntry,
    Placed,
    Record,
    RelationEntry,
    identifier,
    placed,
    span,
)
from sources.text.offsets import Extent

ALPHABET = [
    *"abcXYZ 09.,;:!?\"'()-=\n\t",
    *"éßøñğİ“”",
    "e\u0301",  # a letter and its mark
    "👩🏽\u200d🔧",  # one emoji of four code points
    "🇳🇴",
    "🌉",
    *"قال المدير إن الجسر آمن،؟",
    "می\u200cخواهم",
    "\u200f",
    "\u202b",
    "\ufeff",
    "漢。",
    "\r\n",
    "\r",
]
TEXTS = st.lists(st.sampled_from(ALPHABET), min_size=20, max_size=120).map("".join)
NAMES = ("Ilse Brandt", "المدير", "=SUM(A1)", "'Kai; Radio", "🌉 office", "José")
AT = At("random", 1)
ACTOR_KINDS, NAMINGS = ("person", "organisation", "outlet"), ("named", "by_office", "collective", "anonymous")
DATES = ("", "2024-05", "2024-05-31", "2024-05-01/2024-05-09", "2024~")


def uuid(*key: object) -> UUID:
    return identifier("random", *map(str, key))


class Drawn:
    """One project while it is drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0
        self.texts = draw(st.lists(TEXTS, min_size=1, max_size=2))
        self.actors = [self._actor(number) for number in range(draw(st.integers(1, 4)))]
        self.mentions: dict[int, list[tuple[UUID, UUID]]] = {}

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def fresh(self) -> UUID:
        self.count += 1
        return uuid("span", self.count)

    def words(self, text: str, within: Extent | None = None, pieces: int = 1, **more: Any) -> Body:
        low, high = (within.stretches[0]) if within else (0, len(text))
        bounds = self.draw(
            st.lists(st.integers(low, high), min_size=2, max_size=2 * pieces, unique=True).map(sorted)
        )
        stretches = list(zip(bounds[::2], bounds[1::2], strict=False))
        return span(stretches, [text[start:end] for start, end in stretches], **more)

    def spans(self, text: str, most: int, within: Extent | None = None, **more: str) -> list[Body]:
        return [self.words(text, within, uuid=self.fresh(), **more) for _ in self.some(most)]

    def maybe(self, text: str) -> Body | None:
        return self.words(text, uuid=self.fresh()) if self.draw(st.booleans()) else None

    def _actor(self, number: int) -> ActorEntry:
        naming = self.one_of(*NAMINGS)
        anonymous = naming == "anonymous"
        body: Body = {"name": self.one_of(*NAMES), "kind": self.one_of(*ACTOR_KINDS), "naming": naming}
        if anonymous and self.draw(st.booleans()):
            body["reason_span"] = self.words(self.texts[0], uuid=uuid("reason", number))
        record = {"aliases": [{"name": f"{body['name']} {number}", "language": "de"}], "wikidata": "Q42"}
        return ActorEntry(
            AT,
            uuid("actor", number),
            body,
            "0" if anonymous else "",
            record if self.draw(st.booleans()) else {},
        )

    def who(self, text: int) -> tuple[str, str | None]:
        """Somebody, perhaps with a mention in this text."""
        known = [(actor, mention) for actor, mention in self.mentions.get(text, ())]
        if known and self.draw(st.booleans()):
            actor, mention = self.draw(st.sampled_from(known))
            return str(actor), str(mention)
        return str(self.draw(st.sampled_from(self.actors)).uuid), None

    def mark(self, number: int) -> list[Placed]:
        """The mentions of a text."""
        made = []
        for _ in self.some(3):
            actor, mention = self.draw(st.sampled_from(self.actors)).uuid, self.fresh()
            self.mentions.setdefault(number, []).append((actor, mention))
            said = self.words(self.texts[number], pieces=2)
            made.append(placed(AT, mention, "actor", said, {"actor": str(actor)}, "Mara"))
        return made

    def party(self, number: int) -> Body:
        if self.draw(st.booleans()):
            return {"span": self.words(self.texts[number], uuid=self.fresh())}
        actor, mention = self.who(number)
        return {"actor": actor, "mention": mention}

    def link(self, number: int, role: str, first: bool) -> Body:
        text = self.texts[number]
        sources = {}
        for _ in self.some(2):
            actor, mention = self.who(number)
            sources[actor] = {
                **{"actor": actor, "mention": mention, "role_at_time": self.one_of("", "director")},
                **{"basis": self.one_of("textual", "inferential"), "confidence": self.one_of("", "possible")},
                "role_span": self.maybe(text),
            }
        return {
            "role": role,
            "act": self.one_of("says", "thinks", "shows"),
            "sources": list(sources.values()),
            "cues": self.spans(text, 2, cue_type=self.one_of(None, "neutral")),
            "addressees": [self.party(number) for _ in self.some(1)],
            "occasion": self.one_of("", "interview"),
            "repeated": self.draw(st.booleans()),
            **({} if first else {"said_on": self.one_of(*DATES), "time_span": self.maybe(text)}),
        }

    def claim(self, number: int, earlier: list[UUID]) -> Placed:
        text = self.texts[number]
        body = self.words(text, pieces=3)
        extent = Extent(tuple((start, end) for start, end in body["extent"]))
        roles = ("said", "relayed", "reported")
        chains = [
            [
                self.link(number, roles[place], chain == place == 0)
                for place in range(self.draw(st.integers(1, 2)))
            ]
            for chain in self.some(2)
        ]
        voices = ("attributed", "unknown", "agentless") if chains else ("own", "unknown", "agentless")
        numbers = text.split()[: self.draw(st.integers(0, 1))]
        content = {
            **{"type": self.one_of("fact", "blame"), "quotation_type": self.one_of("indirect", "reported")},
            **{"voice": self.one_of(*voices), "paraphrase": self.one_of("", "=1+1", "in words")},
            **{"polarity": self.one_of("asserted", "denied"), "negated": self.draw(st.booleans())},
            **{"translated": self.one_of(None, True, False), "certainty": self.one_of("", "perhaps")},
            **{"said_on": self.one_of(*DATES), "period": self.one_of(*DATES, "2024-05/..")},
            **{"time_span": self.maybe(text), "period_span": self.maybe(text)},
            "status": self.one_of("draft", "submitted"),
            "hedges": self.spans(text, 2, whose=self.one_of("speaker", "reporter")),
            "glosses": self.spans(text, 1, extent),
            "quoted": self.spans(text, 1, extent, use=self.one_of("scare", "word")),
            "topics": self.one_of([], ["dams"], ["dams", "rain"]),
            "targets": [self.party(number) for _ in self.some(1)],
            "inside": str(self.draw(st.sampled_from(earlier)))
            if earlier and self.draw(st.booleans())
            else None,
            "chains": chains,
            "quantities": [{"what": "things", "low": 3, "words": word} for word in numbers],
            "positions": [{"concept": "dam", "stand": self.one_of("for", "against")} for _ in self.some(1)],
        }
        return placed(AT, self.fresh(), "claim", body, content)

    def event(self, number: int) -> EventEntry:
        parts: dict[tuple[str, str], Body] = {}
        for _ in self.some(2):
            text = self.draw(st.integers(0, len(self.texts) - 1))
            (actor, mention), role = self.who(text), self.one_of("actor", "witness")
            parts[actor, role] = {"actor": actor, "mention": mention, "role": role, "part": ""}
        slots = {
            str(text): {slot: self.words(self.texts[text], uuid=self.fresh())}
            for text in range(len(self.texts))
            if (slot := self.one_of("", "type", "date", "place"))
        }
        body = {"label": f"Event {number}", "type": "other", "date": self.one_of(*DATES), "place": "Velm"}
        return EventEntry(AT, uuid("event", number), body, tuple(parts.values()), slots)

    def bundle(self) -> Bundle:
        documents, claims = [], []
        mentions = [self.mark(number) for number in range(len(self.texts))]
        events = [self.event(number) for number in self.some(2)]
        for number, text in enumerate(self.texts):
            marked = mentions[number]
            for event in events:
                told = {"event": str(event.uuid), "factuality": self.one_of("happened", "planned")}
                marked.append(placed(AT, self.fresh(), "event", self.words(text), told))
            said: list[Placed] = []
            for _ in self.some(4):
                said.append(self.claim(number, [one.uuid for one in said]))
            claims += said
            record = Record(
                title=f"Text {number}", outlet=self.one_of("", "Kai; Radio"), published="2024-05-31"
            )
            documents.append(Document(AT, str(number), f"{number}.txt", text, "", record, (*marked, *said)))
        relations = [
            RelationEntry(
                AT,
                self.fresh(),
                {"claim": str(one.uuid), "other": str(other.uuid), "kind": "supports", "note": "=why"},
            )
            for one, other in pairwise(claims)
        ]
        codes = (*(CodeEntry(AT, "topic", key) for key in ("dams", "rain")), CodeEntry(AT, "concept", "dam"))
        return Bundle(tuple(documents), tuple(self.actors), tuple(events), tuple(relations), codes)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    return Drawn(draw).bundle()
