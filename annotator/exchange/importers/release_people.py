"""The actors and events of a release."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from annotator.exchange.exporters.tables_csv import registers_in

from .bundle import ActorEntry, Body, EventEntry
from .release_tables import Release, Row, values
from .release_words import Words

SLOT_OF = {"cue": "type", "time": "date", "place": "place"}


def actors_of(release: Release, words: Words) -> tuple[ActorEntry, ...]:
    return tuple(_Actors(release, words).entries())


class _Actors:
    def __init__(self, release: Release, words: Words) -> None:
        self.release, self.words = release, words
        self.names = release.by("actor_names", "actor_id")
        self.ties = release.by("affiliations", "actor_id")
        self.first_text: dict[str, str] = {}
        for row in release.tables["snapshots"]:
            self.first_text.setdefault(row["article_id"], row["snapshot_id"])

    def entries(self) -> Iterator[ActorEntry]:
        for row in self.release.tables["actors"]:
            yield ActorEntry(
                at=self.release.at("actors", row),
                uuid=UUID(row["actor_id"]),
                body=self._body(row),
                document=self._document(row),
                record=self._record(row),
                resolved=_resolved(row),
            )

    def _document(self, row: Row) -> str:
        """The text that an anonymous one is in: that of the words for the reason, else the article's
        first."""
        reasons = values(row["reason_ids"])
        if reasons:
            return self.words.row(reasons[0])["snapshot_id"]
        article = row["only_in_article_id"]
        if not article:
            return ""
        mentions = values(row["mention_ids"])
        return self.words.row(mentions[0])["snapshot_id"] if mentions else self.first_text[article]

    def _body(self, row: Row) -> Body:
        body: Body = {
            "name": row["name"],
            "kind": row["kind"],
            "naming": row["naming"] or "named",
            "affiliation": row["affiliation"],
            "stated_reason": row["anonymity_reason"],
            "number": row["anonymous_number"],
        }
        if reason := self.words.first(row["reason_ids"], "the reason for an anonymity"):
            body["reason_span"] = reason
        return body

    def _record(self, row: Row) -> Body:
        made: dict[str, Any] = {
            "aliases": [
                {"name": name["name"], "language": name["language"], "script": name["script"]}
                for name in self.names.get(row["actor_id"], ())
                if name["name"] != row["name"]
            ],
            "identifiers": [
                {"scheme": register, "value": entry} for register, entry in registers_in(row["identifiers"])
            ],
            "belongings": [_belonging(tie) for tie in self.ties.get(row["actor_id"], ())],
            "wikidata": row["wikidata"],
        }
        return {name: value for name, value in made.items() if value}


def _belonging(tie: Row) -> Body:
    return {
        "tie": tie["tie"],
        "organisation": tie["organisation_id"] or None,
        "organisation_name": tie["organisation"],
        "role": tie["role"],
        "since": tie["since_edtf"],
        "until": tie["until_edtf"],
    }


def _resolved(row: Row) -> Body | None:
    if not row["resolved_to_id"]:
        return None
    return {
        "named": row["resolved_to_id"],
        "reason": row["resolution_reason"],
        "evidence": row["resolution_evidence"],
    }


def events_of(release: Release, words: Words) -> tuple[EventEntry, ...]:
    parts = release.by("event_participants", "event_id")
    return tuple(
        EventEntry(
            at=release.at("events", row),
            uuid=UUID(row["event_id"]),
            body=_event(row),
            participants=tuple(map(_participant, parts.get(row["event_id"], ()))),
            slots=_slots(row, words),
        )
        for row in release.tables["events"]
    )


def _event(row: Row) -> Body:
    return {
        "label": row["label"],
        "type": row["type"],
        "date": row["date_edtf"],
        "date_words": row["date_words"],
        "place": row["place"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "place_wikidata": row["place_wikidata"],
        "place_geonames": row["place_geonames"],
        "note": row["note"],
    }


def _participant(row: Row) -> Body:
    return {
        "actor": row["actor_id"],
        "role": row["role"],
        "part": row["part"],
        "basis": row["basis"],
        "mention": row["mention_id"] or None,
    }


def _slots(row: Row, words: Words) -> dict[str, Body]:
    """By text the words of each slot; the first of each, as an event has one stretch for it in a text."""
    found: dict[str, Body] = {}
    for identifier in values(row["slot_ids"]):
        note = words.row(identifier)
        slots = found.setdefault(note["snapshot_id"], {})
        slot = SLOT_OF[note["kind"]]
        if slot in slots:
            words.leave(note, "the event has words for this in the same text already")
        else:
            slots[slot] = words.span(identifier)
    return found
