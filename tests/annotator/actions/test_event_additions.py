"""Words and participants of a known event, added with the mention that tells them."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import event_merges
from annotator.intents.event_merge import MergeEvents
from annotator.intents.refusal import Refused, VersionNeeded
from annotator.models import Event, EventMention, EventParticipant, SupportingSpan
from tests.factories import span

from .conftest import Desk

TWICE = {"uuid": str(uuid4()), "extent": [[0, 3]], "quotes": ["The"]}


@pytest.fixture
def crack(desk: Desk) -> Event:
    new = {"uuid": str(uuid4()), "label": "Crack", "type": "other", "date": "2024-05", "place": "Velm"}
    new["slots"] = {"date": span(desk.snapshot, "in spring")}
    desk.put(desk.body("event", "We found a crack", new_event=new))
    return Event.objects.get()


def told(desk: Desk, event: Event, **adds: Any) -> dict[str, Any]:
    return desk.body("event", "the crack was known", event=str(event.uuid), adds=adds)


def words_of(event: Event) -> list[tuple[str, str]]:
    spans = SupportingSpan.objects.filter(event__survivor_key=event.pk)
    return sorted((one.annotation.kind, one.annotation.quotes[0]) for one in spans)


def test_words_and_people_are_added_and_nothing_else_changes(desk: Desk, crack: Event) -> None:
    ilse = desk.mention("Ilse Brandt", "Ilse Brandt")
    part = {
        "actor": str(ilse.mention.actor.uuid),
        "role": "witness",
        "part": "diver",
        "mention": str(ilse.uuid),
    }
    place = span(desk.snapshot, "The bridge at Velm")
    body = told(desk, crack, participants=[part], slots={"place": place})
    saved = desk.put(body)
    assert words_of(crack) == [("place", "The bridge at Velm"), ("time", "in spring")]
    one = EventParticipant.objects.get(event=crack)
    assert (one.actor.name, one.role, one.part, one.mention) == (
        "Ilse Brandt",
        "witness",
        "diver",
        ilse.mention,
    )
    crack.refresh_from_db()
    assert (crack.version, crack.date, crack.place) == (2, "2024-05", "Velm")
    again = desk.put(body, saved.annotation.uuid)
    assert (again.created, again.annotation.version) == (False, 1), "the same again"
    crack.refresh_from_db()
    assert crack.version == 2 and EventParticipant.objects.count() == 1


def test_adding_from_a_mention_that_stands_is_a_change_of_it(desk: Desk, crack: Event) -> None:
    uuid = desk.put(desk.body("event", "the crack was known", event=str(crack.uuid))).annotation.uuid
    body = told(desk, crack, slots={"place": span(desk.snapshot, "The bridge at Velm")})
    with pytest.raises(VersionNeeded):
        desk.put(body, uuid)
    assert desk.put(body, uuid, version=1).annotation.version == 2
    assert len(words_of(crack)) == 2


def test_somebody_new_is_made_on_the_way_and_takes_part_once(desk: Desk, crack: Event) -> None:
    new = {"uuid": str(uuid4()), "name": "Divers", "kind": "group", "naming": "collective"}
    body = told(desk, crack, participants=[{"new_actor": new, "role": "actor"}])
    uuid = desk.put(body).annotation.uuid
    desk.put(body, uuid)
    assert EventParticipant.objects.get().actor.name == "Divers"
    more = told(desk, crack, participants=[{"actor": new["uuid"], "role": "actor"}])
    desk.put(more, uuid, version=1)
    assert EventParticipant.objects.count() == 1, "in the same role once"


def test_words_that_a_slot_was_read_from_are_not_replaced(desk: Desk, crack: Event) -> None:
    body = told(desk, crack, slots={"date": span(desk.snapshot, "nine days")})
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert (caught.value.field, caught.value.rule) == ("event.adds.slots.date", "slot_taken")
    assert words_of(crack) == [("time", "in spring")]
    assert EventMention.objects.count() == 1, "nothing of it was kept"


def test_words_are_dropped_by_name_replaced_and_given_back(desk: Desk, crack: Event) -> None:
    old = SupportingSpan.objects.get(event=crack).annotation
    was = {"uuid": str(old.uuid), "extent": [list(s) for s in old.extent.stretches], "quotes": old.quotes}
    new = span(desk.snapshot, "nine days")
    body = told(desk, crack, slots={"date": new}, drops=[was["uuid"]])
    uuid = desk.put(body).annotation.uuid
    assert words_of(crack) == [("time", "nine days")]
    again = desk.put(body, uuid)
    assert (again.created, again.annotation.version) == (False, 1), "the same again"
    desk.put(told(desk, crack, slots={"date": was}, drops=[new["uuid"]]), uuid, version=1)
    assert words_of(crack) == [("time", "in spring")]
    assert SupportingSpan.objects.get(event=crack).annotation.uuid == old.uuid
    desk.put(told(desk, crack, drops=[was["uuid"], str(uuid4())]), uuid, version=2)
    assert words_of(crack) == []
    crack.refresh_from_db()
    assert (crack.version, crack.date) == (4, "2024-05"), "its date stays; only its words are gone"


def test_words_of_a_merged_or_another_event_are_not_dropped(desk: Desk, crack: Event) -> None:
    new = {"uuid": str(uuid4()), "label": "Fissure", "type": "other"}
    new["slots"] = {"place": span(desk.snapshot, "Velm")}
    other = desk.put(desk.body("event", "a crack", new_event=new)).annotation.event_mention.event
    desk.put(told(desk, crack, drops=[new["slots"]["place"]["uuid"]]))
    assert words_of(other) == [("place", "Velm")], "another event's words are not its own"
    event_merges.merge(by=desk.by, project=desk.project, intent=MergeEvents(crack.uuid, other.uuid))
    with pytest.raises(Refused) as caught:
        desk.put(told(desk, crack, drops=[new["slots"]["place"]["uuid"]]))
    assert (caught.value.field, caught.value.rule) == ("event.adds.drops.0", "kept_by_merged")
    assert words_of(crack) == [("place", "Velm"), ("time", "in spring")]


def test_what_is_added_to_a_merged_event_belongs_to_its_survivor(desk: Desk, crack: Event) -> None:
    new = {"uuid": str(uuid4()), "label": "Fissure", "type": "other"}
    other = desk.put(desk.body("event", "a crack", new_event=new)).annotation.event_mention.event
    event_merges.merge(by=desk.by, project=desk.project, intent=MergeEvents(crack.uuid, other.uuid))
    desk.put(told(desk, other, slots={"place": span(desk.snapshot, "The bridge at Velm")}))
    assert len(words_of(crack)) == 2
    with pytest.raises(Refused) as caught:
        desk.put(told(desk, other, slots={"place": span(desk.snapshot, "Velm")}))
    assert caught.value.rule == "slot_taken"


@pytest.mark.parametrize(
    ("adds", "field", "rule"),
    [
        ([], "event.adds", "object"),
        ({"label": "Other"}, "event.adds.label", "known_field"),
        ({"slots": {"who": {}}}, "event.adds.slots.who", "known_field"),
        ({"participants": [{"actor": str(uuid4())}]}, "event.adds.participants.0.actor", "exists"),
        ({"participants": [{"role": "actor"}]}, "event.adds.participants.0.actor", "one_actor"),
        ({"drops": "x"}, "event.adds.drops", "list"),
        ({"drops": ["x"]}, "event.adds.drops.0", "uuid"),
        ({"drops": [str(uuid4())] * 21}, "event.adds.drops", "max_items"),
        ({"drops": [TWICE["uuid"]], "slots": {"date": TWICE}}, "event.adds.drops.0", "added_or_dropped"),
        ({"participants": [{}] * 101}, "event.adds.participants", "max_items"),
    ],
)
def test_what_cannot_be_added_is_refused(desk: Desk, crack: Event, adds: Any, field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("event", "the crack was known", event=str(crack.uuid), adds=adds))
    assert (caught.value.field, caught.value.rule) == (field, rule)


def test_a_new_event_says_all_of_itself(desk: Desk) -> None:
    new = {"uuid": str(uuid4()), "label": "Crack", "type": "other"}
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("event", "We found a crack", new_event=new, adds={}))
    assert (caught.value.field, caught.value.rule) == ("event.adds", "known_event")


@pytest.mark.lengthy
def test_what_was_added_is_taken_back_and_nothing_else(desk: Desk, crack: Event) -> None:
    ilse = desk.mention("Ilse Brandt", "Ilse Brandt")
    who = {"actor": str(ilse.mention.actor.uuid), "role": "witness"}
    place = span(desk.snapshot, "The bridge at Velm")
    adds = {"participants": [who | {"mention": str(ilse.uuid)}], "slots": {"place": place}}
    saved = desk.put(told(desk, crack, **adds))
    uuid = saved.annotation.uuid

    def take_back(version: int, **what: Any) -> int:
        body = desk.body("event", "the crack was known", event=str(crack.uuid), takes_back=what)
        return desk.put(body, uuid, version=version).annotation.version

    others = {"slots": {"place": {**place, "uuid": str(uuid4())}, "date": span(desk.snapshot, "in spring")}}
    assert take_back(1, participants=[who], **others) == 1, "another's words, a part read from elsewhere"
    assert len(words_of(crack)) == 2 and EventParticipant.objects.count() == 1
    assert take_back(1, **adds) == 2
    assert words_of(crack) == [("time", "in spring")] and not EventParticipant.objects.exists()
    crack.refresh_from_db()
    assert (crack.version, crack.place) == (3, "Velm")
    assert take_back(2, **adds) == 2, "the same again"
    desk.put(told(desk, crack, **adds), uuid, version=2)
    assert len(words_of(crack)) == 2 and EventParticipant.objects.count() == 1, "and added once more"


@pytest.mark.lengthy
def test_words_that_were_dropped_are_put_back_unless_others_stand_there(desk: Desk, crack: Event) -> None:
    old = SupportingSpan.objects.get(event=crack).annotation
    was = {"uuid": str(old.uuid), "extent": [list(s) for s in old.extent.stretches], "quotes": old.quotes}
    new = span(desk.snapshot, "nine days")
    uuid = desk.put(told(desk, crack, slots={"date": new}, drops=[was["uuid"]])).annotation.uuid

    def take_back(version: int, **what: Any) -> int:
        body = desk.body("event", "the crack was known", event=str(crack.uuid), takes_back=what)
        return desk.put(body, uuid, version=version).annotation.version

    assert take_back(1, restores={"date": was}) == 1, "the new words stand there"
    assert words_of(crack) == [("time", "nine days")]
    assert take_back(1, slots={"date": new}, restores={"date": was}) == 2
    assert words_of(crack) == [("time", "in spring")]
    assert SupportingSpan.objects.get(event=crack).annotation.uuid == old.uuid
    assert take_back(2, slots={"date": new}, restores={"date": was}) == 2, "the same again"
    crack.refresh_from_db()
    assert crack.version == 3
    with pytest.raises(Refused) as refusal:
        take_back(2, restores={"place": {**span(desk.snapshot, "Velm"), "quotes": ["Ouse"]}})
    assert (refusal.value.field, refusal.value.rule) == (
        "event.takes_back.restores.place.quotes",
        "match_text",
    )
    with pytest.raises(Refused) as refusal:
        take_back(2, drops=[was["uuid"]])
    assert (refusal.value.field, refusal.value.rule) == ("event.takes_back.drops", "known_field")


def test_adding_and_taking_back_are_not_asked_for_together(desk: Desk, crack: Event) -> None:
    body = desk.body("event", "the crack was known", event=str(crack.uuid), adds={}, takes_back={})
    with pytest.raises(Refused) as refusal:
        desk.put(body)
    assert (refusal.value.field, refusal.value.rule) == ("event.takes_back", "one_way")
    new = {"uuid": str(uuid4()), "label": "Flood", "type": "other"}
    with pytest.raises(Refused) as refusal:
        desk.put(desk.body("event", "the crack was known", new_event=new, takes_back={}))
    assert (refusal.value.field, refusal.value.rule) == ("event.takes_back", "known_event")
