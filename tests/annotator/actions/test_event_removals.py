"""Who took part in a known event, its date and its place are taken off it with one of its mentions."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import event_merges
from annotator.intents.event_merge import MergeEvents
from annotator.intents.refusal import Refused
from annotator.models import Event, EventParticipant
from tests.factories import stored

from .conftest import Desk

SOMEBODY = "8f14e45f-0000-4000-8000-000000000001"
NEW = {"uuid": SOMEBODY, "name": "A"}
POINT = {"latitude": "48.137", "longitude": "11.575", "place_wikidata": "Q64"}


@pytest.fixture
def crack(desk: Desk) -> Event:
    new = {"uuid": str(uuid4()), "label": "Crack", "type": "other", "date": "2024-05", "place": "Velm"}
    new |= {"date_words": "in spring", **POINT}
    desk.put(desk.body("event", "We found a crack", new_event=new))
    return Event.objects.get()


def mention(desk: Desk, event: Event, **more: Any) -> dict[str, Any]:
    return desk.body("event", "the crack was known", event=str(event.uuid), **more)


def part_of(desk: Desk, event: Event) -> dict[str, Any]:
    """Ilse Brandt takes part, read from where she is named."""
    ilse = desk.mention("Ilse Brandt", "Ilse Brandt")
    part = {"actor": str(ilse.mention.actor.uuid), "role": "witness", "part": "diver"}
    adds = {"participants": [part | {"basis": "interpretive", "mention": str(ilse.uuid)}]}
    desk.put(mention(desk, event, adds=adds))
    return adds["participants"][0]


def test_somebody_leaves_and_takes_part_again_as_before(desk: Desk, crack: Event) -> None:
    part = part_of(desk, crack)
    left = {key: part[key] for key in ("actor", "role", "part")}
    saved = desk.put(mention(desk, crack, adds={"leave": [left | {"role": "victim"}]}))
    assert EventParticipant.objects.count() == 1, "in another role they stay"
    uuid, body = saved.annotation.uuid, mention(desk, crack, adds={"leave": [left]})
    assert desk.put(body, uuid, version=1).annotation.version == 2
    assert not EventParticipant.objects.exists()
    assert desk.put(body, uuid).annotation.version == 2, "the same again"
    back = mention(desk, crack, takes_back={"rejoin": [part]})
    assert desk.put(back, uuid, version=2).annotation.version == 3
    one = EventParticipant.objects.get()
    assert (str(one.actor.uuid), one.role, one.part, one.basis) == tuple(
        part[key] for key in ("actor", "role", "part", "basis")
    )
    assert str(one.mention.annotation.uuid) == part["mention"]
    assert desk.put(back, uuid).annotation.version == 3, "the same again"
    crack.refresh_from_db()
    assert crack.version == 4, "it counts up for whoever looks at it, and only when something is done"


def test_a_role_is_put_right_in_one_act(desk: Desk, crack: Event) -> None:
    part = part_of(desk, crack)
    left = {key: part[key] for key in ("actor", "role", "part")}
    desk.put(mention(desk, crack, adds={"leave": [left], "participants": [part | {"role": "actor"}]}))
    assert EventParticipant.objects.get().role == "actor"


def test_date_and_place_are_cleared_as_they_were_seen_and_said_again(desk: Desk, crack: Event) -> None:
    uuid = desk.put(mention(desk, crack)).annotation.uuid

    def told() -> tuple[Any, ...]:
        crack.refresh_from_db()
        return crack.date, crack.date_words, crack.date_min, crack.place, crack.latitude, crack.place_wikidata

    was = told()
    desk.put(mention(desk, crack, adds={"clears": {"date": "2024-06", "place": "Ouse"}}), uuid, version=1)
    assert told() == was and crack.version == 1, "what somebody corrected meanwhile stays"
    desk.put(mention(desk, crack, adds={"clears": {"date": "2024-05"}}), uuid, version=1)
    assert told() == ("", "", None, *was[3:]), "the place stays"
    desk.put(mention(desk, crack, adds={"clears": {"place": "Velm"}}), uuid, version=2)
    assert told() == ("", "", None, "", None, "")
    again = {"date": "2024-05", "date_words": "in spring", "place": "Velm", **POINT}
    desk.put(mention(desk, crack, takes_back={"says_again": again}), uuid, version=3)
    assert told() == was
    assert desk.put(mention(desk, crack, takes_back={"says_again": again}), uuid).annotation.version == 4
    desk.put(
        mention(desk, crack, takes_back={"says_again": {"date": "2023", "place": "Ouse"}}), uuid, version=4
    )
    assert told() == was, "nothing is said over what stands"


def test_what_a_merged_event_says_is_not_taken_off_the_one_that_stands(desk: Desk, crack: Event) -> None:
    new = {"uuid": str(uuid4()), "label": "Fissure", "type": "other"}
    other = desk.put(desk.body("event", "a crack", new_event=new)).annotation.event_mention.event
    part = part_of(desk, other)
    event_merges.merge(by=desk.by, project=desk.project, intent=MergeEvents(crack.uuid, other.uuid))
    left = {key: part[key] for key in ("actor", "role", "part")}
    with pytest.raises(Refused) as caught:
        desk.put(mention(desk, crack, adds={"leave": [left]}))
    assert (caught.value.field, caught.value.rule) == ("event.adds.leave.0", "kept_by_merged")
    assert EventParticipant.objects.count() == 1


def test_an_anonymous_one_of_another_text_is_given_back_where_that_text_tells_of_it(
    desk: Desk, crack: Event
) -> None:
    new = {"uuid": str(uuid4()), "name": "a diver", "kind": "person", "naming": "anonymous"}
    desk.put(mention(desk, crack, adds={"participants": [{"new_actor": new, "role": "witness"}]}))
    text = "The crack again.\n\nDivers saw it.\n"
    elsewhere = replace(desk, snapshot=stored(desk.by, desk.project, text, "Ouse Post"))
    body = elsewhere.body("event", "The crack", event=str(crack.uuid))
    left = {"actor": new["uuid"], "role": "witness"}
    uuid = elsewhere.put({**body, "event": {**body["event"], "adds": {"leave": [left]}}}).annotation.uuid
    assert not EventParticipant.objects.exists()
    back = {**body, "event": {**body["event"], "takes_back": {"rejoin": [left]}}}
    elsewhere.put(back, uuid, version=1)
    assert EventParticipant.objects.get().actor.name == "a diver"
    lone = {"uuid": str(uuid4()), "label": "Fire", "type": "other"}
    other = elsewhere.body("event", "Divers saw", new_event=lone)
    uuid = elsewhere.put(other).annotation.uuid
    stranger = {**other, "event": {"event": lone["uuid"], "takes_back": {"rejoin": [left]}}}
    with pytest.raises(Refused) as caught:
        elsewhere.put(stranger, uuid, version=1)
    assert caught.value.rule == "anonymous_within_article"


@pytest.mark.parametrize(
    ("way", "what", "field", "rule"),
    [
        ("adds", {"leave": "x"}, "leave", "list"),
        ("adds", {"leave": [{"actor": "x"}]}, "leave.0.actor", "uuid"),
        ("adds", {"leave": [{"actor": SOMEBODY, "role": "king"}]}, "leave.0.role", "choice"),
        ("adds", {"leave": [{"actor": SOMEBODY, "basis": "textual"}]}, "leave.0.basis", "known_field"),
        ("adds", {"leave": [{"actor": SOMEBODY}] * 101}, "leave", "max_items"),
        (
            "adds",
            {"leave": [{"actor": SOMEBODY}], "participants": [{"actor": SOMEBODY}]},
            "leave.0",
            "joins_or_leaves",
        ),
        ("adds", {"clears": ["date"]}, "clears", "object"),
        ("adds", {"clears": {"label": "Crack"}}, "clears.label", "known_field"),
        ("adds", {"clears": {"date": 5}}, "clears.date", "string"),
        ("takes_back", {"rejoin": [{"actor": SOMEBODY}]}, "rejoin.0.actor", "exists"),
        ("takes_back", {"rejoin": [{"new_actor": NEW}]}, "rejoin.0.actor", "required"),
        ("takes_back", {"rejoin": [{"actor": SOMEBODY}] * 2}, "rejoin.1", "participant_once"),
        ("takes_back", {"says_again": {"latitude": "48"}}, "says_again.longitude", "both_or_neither"),
        ("takes_back", {"says_again": {"place_wikidata": "x"}}, "says_again.place_wikidata", "wikidata"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_off_or_given_back_is_refused(
    desk: Desk, crack: Event, way: str, what: Any, field: str, rule: str
) -> None:
    with pytest.raises(Refused) as caught:
        desk.put(mention(desk, crack, **{way: what}))
    assert (caught.value.field, caught.value.rule) == (f"event.{way}.{field}", rule)


def test_a_date_that_is_none_is_not_said_again(desk: Desk, crack: Event) -> None:
    uuid = desk.put(mention(desk, crack, adds={"clears": {"date": "2024-05"}})).annotation.uuid
    with pytest.raises(Refused) as caught:
        desk.put(mention(desk, crack, takes_back={"says_again": {"date": "soon"}}), uuid, version=1)
    assert (caught.value.field, caught.value.rule) == ("event.takes_back.says_again.date", "edtf")
