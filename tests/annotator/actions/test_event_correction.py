"""An event that stands for another is corrected: what the other keeps is not touched and comes back whole."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import events
from annotator.intents.event import parse_event_edit
from annotator.models import Actor, Annotation, Event, EventParticipant
from annotator.queries.event_json import events_json
from tests.factories import merged, span

from .conftest import Desk
from .test_event_merges import desk_spans, mark, merge, undo


@pytest.fixture
def army(desk: Desk) -> Actor:
    return desk.actor("Ilse Brandt", "the army")


@pytest.fixture
def two(desk: Desk, army: Actor) -> tuple[Event, Event]:
    """The one that was made first goes, so that its rows have the lower keys."""
    part = [{"actor": str(army.uuid), "role": "party"}]
    away = mark(desk, "crack is found", "Crack found", participants=part).event_mention.event
    stays = mark(desk, "turned back", "Turned back", participants=part).event_mention.event
    return stays, away


def parts(event: Event) -> set[tuple[str, str, str]]:
    return set(event.participants.values_list("actor__name", "role", "basis"))


def shown(event: Event) -> list[tuple[str, str, str]]:
    told = events_json(Event.objects.filter(pk=event.pk))[0].get("participants", [])
    return [(one["name"], one["role"], one["basis"]) for one in told]


def correct(desk: Desk, event: Event, *participants: dict[str, Any], **more: Any) -> bool:
    """Whether anything changed; asked a second time nothing does, without a version."""
    intent = parse_event_edit({"label": event.label, "participants": list(participants), **more})
    version = Event.objects.get(pk=event.pk).version
    _, changed = events.edit(
        by=desk.by, project=desk.project, uuid=event.uuid, intent=intent, version=version
    )
    again = events.edit(by=desk.by, project=desk.project, uuid=event.uuid, intent=intent, version=None)
    assert not again[1], "asking twice is asking once"
    return changed


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ({"role": "supporter"}, {("the army", "supporter", "textual")}),
        ({"role": "party", "basis": "inferential"}, {("the army", "party", "inferential")}),
        (None, set()),
    ],
)
def test_what_the_merged_one_keeps_outlives_a_correction(
    desk: Desk, army: Actor, two: tuple[Event, Event], said: dict[str, Any] | None, own: set[Any]
) -> None:
    stays, away = two
    kept = list(away.participants.values())
    made = merge(desk, stays, away)
    assert correct(desk, stays, *([{"actor": str(army.uuid), **said}] if said else []))
    assert parts(stays) == own
    told = own or {("the army", "party", "textual")}
    assert set(shown(stays)) == told, "what was said of it last is all that shows"
    undo(desk, made)
    assert list(away.participants.values()) == kept
    assert set(shown(stays)) == own


def test_whom_only_the_merged_one_keeps_stays_as_it_is(
    desk: Desk, army: Actor, two: tuple[Event, Event]
) -> None:
    stays, away = two
    correct(desk, stays)
    made = merge(desk, stays, away)
    assert not correct(desk, stays), "nothing of its own to take out"
    assert correct(desk, stays, {"actor": str(army.uuid), "role": "party", "basis": "inferential"})
    assert shown(stays) == [("the army", "party", "inferential")]
    undo(desk, made)
    assert (parts(stays), parts(away)) == (
        {("the army", "party", "inferential")},
        {("the army", "party", "textual")},
    )


def test_two_who_were_merged_are_corrected_together_and_both_come_back(desk: Desk, army: Actor) -> None:
    troops = desk.actor("its director", "troops")
    both = [{"actor": str(one.uuid), "role": "party"} for one in (army, troops)]
    event = mark(desk, "crack is found", "Crack found", participants=both).event_mention.event
    keys = set(event.participants.values_list("pk", "actor"))
    merged(desk.by, army, troops)
    words = str(troops.mentions.get().annotation.uuid)
    for said in ({"role": "supporter"}, {"role": "victim", "mention": words}, {"role": "party"}):
        assert correct(desk, event, {"actor": str(army.uuid), **said})
        assert [role for _, role, _ in shown(event)] == [said["role"]]
        assert set(EventParticipant.objects.values_list("pk", "actor")) == keys
    assert correct(desk, event)
    assert not EventParticipant.objects.exists()


def test_slot_words_of_the_merged_one_outlive_a_correction(desk: Desk) -> None:
    def happened(words: str, label: str, kind: str, day: str) -> Event:
        slots = {"type": span(desk.snapshot, kind), "date": span(desk.snapshot, day)}
        return mark(desk, words, label, slots=slots).event_mention.event

    stays = happened("turned back", "Turned back", "turned", "in spring")
    away = happened("crack is found", "Crack found", "found", "spring")
    before = desk_spans(desk)
    own = [
        {"uuid": str(one.uuid), "extent": one.extent.to_json(), "quotes": one.quotes}
        for one in Annotation.objects.filter(support__event=stays).order_by("kind")
    ]
    made = merge(desk, stays, away)
    here = {"snapshot": str(desk.snapshot.uuid)}
    assert correct(desk, stays, note="seen twice", slots={"type": own[0], "date": own[1]}, **here)
    assert desk_spans(desk) == before
    assert correct(desk, stays, note="seen twice", slots={"type": own[0]}, **here)
    assert correct(desk, stays, note="", slots={"date": {**own[1], "uuid": str(uuid4())}}, **here)
    undo(desk, made)
    assert {(kind, event) for kind, event in before if event == away.pk} <= set(desk_spans(desk))
    assert [kind for kind, event in desk_spans(desk) if event == stays.pk] == ["time"]
