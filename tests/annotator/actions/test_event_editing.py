"""Editing an event: what is known of it, who took part, and the words each of it was read from."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import events
from annotator.actions.annotations import remove
from annotator.intents.event import parse_event_edit
from annotator.intents.refusal import InUse, Refused, Stale, VersionNeeded
from annotator.models import Actor, Annotation, Event, EventParticipant, SupportingSpan
from annotator.queries.reading import marked_in
from sources.models import Change
from tests.factories import new_actor, span

from .conftest import Desk

FULL = {
    "label": "Crack found in Velm bridge",
    "type": "other",
    "date": "May 2024",
    "place": "Velm",
    "latitude": 48.137,
    "longitude": "11.575",
    "place_wikidata": "Q64",
    "place_geonames": "2950159",
    "note": "Two days before the closure.",
}


@pytest.fixture
def event(desk: Desk) -> Event:
    new = {"uuid": str(uuid4()), "label": "Crack found"}
    return desk.put(desk.body("event", "crack is found", new_event=new)).annotation.event_mention.event


def edit(desk: Desk, event: Event, version: int | None = 1, **more: Any) -> tuple[Event, bool]:
    intent = parse_event_edit({"label": "Crack found", **more})
    return events.edit(by=desk.by, project=desk.project, uuid=event.uuid, intent=intent, version=version)


def slots(desk: Desk, **words: str) -> dict[str, Any]:
    return {
        "snapshot": str(desk.snapshot.uuid),
        "slots": {k: span(desk.snapshot, w) for k, w in words.items()},
    }


def test_everything_that_is_known_of_an_event_is_kept_and_recorded(desk: Desk, event: Event) -> None:
    _, changed = edit(desk, event, **FULL)
    event.refresh_from_db()
    assert changed and event.version == 2
    assert (event.date, str(event.date_min), str(event.date_max)) == ("2024-05", "2024-05-01", "2024-05-31")
    assert (event.latitude, event.longitude) == (Decimal("48.137"), Decimal("11.575"))
    assert (event.place_wikidata, event.place_geonames) == ("Q64", "2950159")
    written = Change.objects.filter(table="annotator_event", row_id=event.pk, operation="UPDATE").get()
    assert written.user_id == desk.by.pk
    assert (written.before["place"], written.after["place"]) == ("", "Velm")


def test_asking_twice_is_asking_once_whatever_the_version(desk: Desk, event: Event) -> None:
    asked = FULL | slots(desk, date="in spring") | {"participants": [new_actor("Ilse Brandt")]}
    edit(desk, event, **asked)
    for version in (1, 2, None):
        again, changed = edit(desk, event, version=version, **asked)
        assert not changed
        assert again.version == 2


def test_nobody_overwrites_what_somebody_else_changed(desk: Desk, event: Event) -> None:
    edit(desk, event, place="Velm")
    with pytest.raises(Stale) as caught:
        edit(desk, event, place="Kai")
    assert caught.value.current == event
    with pytest.raises(VersionNeeded):
        edit(desk, event, version=None, place="Kai")
    event.refresh_from_db()
    assert (event.place, event.version) == ("Velm", 2)


def test_an_event_of_another_project_or_of_none_is_not_there(desk: Desk) -> None:
    with pytest.raises(Event.DoesNotExist):
        edit(desk, Event(uuid=uuid4()))


def test_what_is_no_date_changes_nothing(desk: Desk, event: Event) -> None:
    for date in ("soon", "2024-02-30", "2024-05/2024-04"):
        with pytest.raises(Refused) as caught:
            edit(desk, event, date=date)
        assert (caught.value.field, caught.value.rule) == ("date", "edtf")
    event.refresh_from_db()
    assert event.version == 1


def test_each_slot_points_to_the_words_it_was_read_from(desk: Desk, event: Event) -> None:
    edit(desk, event, **slots(desk, type="We found a crack", date="in spring", place="Velm bridge"))
    found = SupportingSpan.objects.filter(event=event).select_related("annotation")
    assert {s.annotation.kind: s.annotation.quotes for s in found} == {
        "cue": ["We found a crack"],
        "time": ["in spring"],
        "place": ["Velm bridge"],
    }
    event.refresh_from_db()
    assert event.date_words == "in spring", "the words picked are the date's words"


def test_words_in_another_text_stay_when_those_of_one_change(desk: Desk, event: Event) -> None:
    edit(desk, event, **slots(desk, date="in spring"))
    later = {"snapshot": str(desk.second.uuid), "slots": {"date": span(desk.second, "before June")}}
    edit(desk, event, version=2, date_words="in spring", **later)
    edit(desk, event, version=3, snapshot=str(desk.snapshot.uuid))
    left = SupportingSpan.objects.filter(event=event).values_list("annotation__quotes", flat=True)
    assert list(left) == [["before June"]]
    edit(desk, event, version=4, place="Velm")
    assert SupportingSpan.objects.filter(event=event).count() == 1, (
        "no text was named: no words were looked at"
    )


def test_words_that_the_text_has_not_are_refused_and_nothing_is_written(desk: Desk, event: Event) -> None:
    wrong = slots(desk, date="in spring")
    wrong["slots"]["date"]["quotes"] = ["in winter"]
    with pytest.raises(Refused) as caught:
        edit(desk, event, place="Velm", **wrong)
    assert (caught.value.field, caught.value.rule) == ("slots.date.quotes", "match_text")
    with pytest.raises(Refused) as caught:
        edit(desk, event, snapshot=str(uuid4()))
    assert caught.value.field == "snapshot"


def test_the_words_are_hidden_with_the_last_mention_and_come_back_with_it(desk: Desk, event: Event) -> None:
    edit(desk, event, **slots(desk, place="Velm bridge"))
    place = Annotation.objects.get(kind="place")
    assert place in marked_in(desk.snapshot)
    mark = event.mentions.get().annotation
    remove(by=desk.by, project=desk.project, uuid=mark.uuid, version=1)
    assert place not in marked_in(desk.snapshot)
    desk.put(desk.body("event", "crack is found", event=str(event.uuid)), mark.uuid)
    assert place in marked_in(desk.snapshot)


def test_who_took_part_is_written_as_a_whole(desk: Desk, event: Event) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    brandt = {"actor": str(mention.mention.actor.uuid), "mention": str(mention.uuid)}
    office = new_actor("Harbour office", "government_body") | {"role": "organiser", "basis": "inferential"}
    finder = brandt | {"role": "witness", "part": "finder"}
    edit(desk, event, participants=[finder, brandt | {"role": "victim"}, office], **slots(desk))
    rows = EventParticipant.objects.filter(event=event).order_by("pk")
    assert [(r.actor.name, r.role, r.part, r.basis, r.mention_id) for r in rows] == [
        ("Ilse Brandt", "witness", "finder", "textual", mention.pk),
        ("Ilse Brandt", "victim", "", "textual", mention.pk),
        ("Harbour office", "organiser", "", "inferential", None),
    ]
    kept = rows[0].pk
    edit(desk, event, version=2, participants=[finder | {"basis": "interpretive"}])
    only = EventParticipant.objects.get(event=event)
    assert (only.pk, only.basis) == (kept, "interpretive")


def test_a_mention_that_an_event_names_is_not_deleted(desk: Desk, event: Event) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    actor = str(mention.mention.actor.uuid)
    edit(desk, event, participants=[{"actor": actor, "mention": str(mention.uuid)}])
    with pytest.raises(InUse):
        remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)


@pytest.mark.parametrize("who", ["elsewhere", "nobody", "not_mentioned"])
def test_participants_are_of_this_project_and_mentions_are_theirs(desk: Desk, event: Event, who: str) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    other = desk.actor("Tamar Oduya", "Tamar Oduya")
    part, field = {
        "elsewhere": ({"actor": str(other.uuid), "mention": str(mention.uuid)}, "participants.0.mention"),
        "nobody": ({"actor": str(uuid4())}, "participants.0.actor"),
        "not_mentioned": ({"actor": str(other.uuid), "mention": str(uuid4())}, "participants.0.mention"),
    }[who]
    with pytest.raises(Refused) as caught:
        edit(desk, event, participants=[part])
    assert caught.value.field == field
    assert not EventParticipant.objects.exists()


def test_an_anonymous_actor_takes_part_from_its_own_article_alone(desk: Desk, event: Event) -> None:
    hidden = desk.actor("An engineer", "An engineer #1", naming="anonymous")
    part = {"participants": [{"actor": str(hidden.uuid), "role": "witness"}]}
    there = {"snapshot": str(desk.second.uuid)}
    with pytest.raises(Refused) as caught:
        edit(desk, event, **part, **there)
    assert caught.value.rule == "anonymous_within_article"
    edit(desk, event, **part, snapshot=str(desk.snapshot.uuid))
    edit(desk, event, version=2, place="Velm", **part, **there)
    assert EventParticipant.objects.filter(actor=hidden).count() == 1, "who takes part already, stays"


def test_a_new_actor_needs_the_text_at_hand(desk: Desk, event: Event) -> None:
    with pytest.raises(Refused) as caught:
        edit(desk, event, participants=[new_actor("Somebody")])
    assert caught.value.rule == "needs_text"
    assert not Actor.objects.filter(name="Somebody").exists()


def test_a_new_event_is_made_with_all_of_it_at_once(desk: Desk) -> None:
    asked = FULL | {"participants": [new_actor("Ilse Brandt") | {"role": "witness"}]}
    new = {"uuid": str(uuid4()), **asked, "slots": {"date": span(desk.snapshot, "in spring")}}
    body, uuid = desk.body("event", "crack is found", new_event=new), uuid4()
    first = desk.put(body, uuid)
    assert desk.put(body, uuid).annotation == first.annotation, "asked again"
    event = Event.objects.get(uuid=new["uuid"])
    assert (event.place_wikidata, event.participants.count(), event.slot_spans.count()) == ("Q64", 1, 1)
    other = desk.body("event", "crack is found", new_event=new | {"participants": []})
    with pytest.raises(VersionNeeded):
        desk.put(other, uuid)
