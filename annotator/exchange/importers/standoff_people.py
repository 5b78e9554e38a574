"""Who is meant by the words that name a speaker in a standoff file.

What the file says counts first: an identifier of ours, an entry in a register, an equivalence of marks. Else
words are one actor within one text where they are a name, and an actor of their own at each place where
they are not (“she”, “the officials”). Nobody is taken for the same in two texts, but by an identifier.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from annotator.intents import fields

from .bundle import ActorEntry, At, Body, as_uuid, identifier
from .standoff import Said
from .standoff_texts import Annotated, Place

OURS = "Sourceline"
NOUNS_CAPITALISED = ("de", "lb", "gsw", "bar", "nds")
"""Languages in which a capital does not tell a name."""
_SENTENCE_ENDS = re.compile(r"(?:\A|[.!?…:;\n\u201c\u201e\"«»“”(–—-])[\s“”\"'‘’«»(]*\Z")
_ENTRY = re.compile(r"[A-Za-z0-9._:/#-]{1,200}")


class People:
    """The actors of one text. `language` is that of the text, where the user or the file says it."""

    def __init__(self, format_: str, one: Annotated, language: str) -> None:
        self._format, self._one = format_, one
        self._capitals_tell = language.partition("-")[0].lower() not in NOUNS_CAPITALISED
        self.found: dict[UUID, ActorEntry] = {}
        self._entries: dict[str, Said] = {}
        for name in one.read.spans:
            for entry in one.read.of(name, "N"):
                self._entries.setdefault(one.read.same.get(name, name), entry)

    def of_mark(self, name: str, kind: str, naming: str) -> UUID:
        """Whom the mark names; an entry is made where there is none yet."""
        at, place, words = self._one.read.spans[name].at, self._one.places[name], self.words(name)
        entry = self._entries.get(self._one.read.same.get(name, name))
        own = naming or ("named" if self._is_name(place, words) else "unnamed")
        if entry is not None:
            return self._entered(entry, words, kind, naming or "named")
        if (first := self._one.read.same.get(name)) is not None:
            uuid = identifier(self._format, self._one.key, self._one.own, "same", first)
        elif own == "named" and words and self._is_name(place, words):
            uuid = identifier(self._format, self._one.key, "actor", kind, words)
        else:
            uuid = identifier(self._format, self._one.key, self._one.own, "actor", name)
        return self.add(at, uuid, words, kind, own)

    def words(self, name: str) -> str:
        """Those of the mark, as one line."""
        place, text = self._one.places[name], self._one.text or ""
        there = (text[start : min(end, start + 200)] for start, end in place.stretches[:10])
        return fields.line_of(place.quotes or there, 200)

    def add(self, at: At, uuid: UUID, name: str, kind: str, naming: str, record: Body | None = None) -> UUID:
        body = {"uuid": str(uuid), "name": name, "kind": kind, "naming": naming}
        self.found.setdefault(
            uuid,
            ActorEntry(at, uuid, body, self._one.read.file if naming == "anonymous" else "", record or {}),
        )
        return uuid

    def _entered(self, entry: Said, words: str, kind: str, naming: str) -> UUID:
        """By identifier: ours as it is, else one made of register and entry, which is kept."""
        name = fields.line_of([entry.more], 200) or words
        if entry.type == OURS and (uuid := as_uuid(entry.value)):
            return self.add(entry.at, uuid, name, kind, naming)
        record: Body = {}
        if entry.type.lower() == "wikidata" and re.fullmatch(r"Q[1-9][0-9]{0,11}", entry.value):
            record = {"wikidata": entry.value}
        elif _ENTRY.fullmatch(entry.value):
            record = {"identifiers": [{"scheme": entry.type[:60], "value": entry.value}]}
        uuid = identifier(self._format, "actor", entry.type, entry.value)
        return self.add(entry.at, uuid, name, kind, naming, record)

    def _is_name(self, place: Place, words: str) -> bool:
        """Whether a capital tells so that does not merely begin a sentence."""
        text = self._one.text
        if not self._capitals_tell or text is None or place.quotes is None or words == "I":
            return False
        before = text[max(0, place.stretches[0][0] - 20) : place.stretches[0][0]]
        begins = bool(_SENTENCE_ENDS.search(before))
        return any(word[0].isupper() for word in words.split()[1 if begins else 0 :])


def entries(people: Iterable[People]) -> tuple[ActorEntry, ...]:
    """Each actor once, as the first text that names it says."""
    found: dict[UUID, ActorEntry] = {}
    for one in people:
        for uuid, entry in one.found.items():
            found.setdefault(uuid, entry)
    return tuple(found.values())
