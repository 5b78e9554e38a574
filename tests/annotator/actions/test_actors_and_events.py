"""Actors and events: made once, found again, anonymous ones kept to their article."""

from datetime import date
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from annotator.actions import actors, event_merges, events
from annotator.intents.actor import NewActor
from annotator.intents.event import EventContent, NewEvent
from annotator.intents.event_merge import MergeEvents
from annotator.intents.refusal import Refused, Taken, VersionNeeded
from annotator.models import Actor, Annotation, Event
from tests.factories import merged, new_actor, side, unmentioned, words

from .conftest import Desk


def test_a_new_actor_is_made_with_all_that_was_said(desk: Desk) -> None:
    reason = {"uuid": str(uuid4()), **words(desk.snapshot, "because the inquiry is open")}
    actor = desk.actor(
        "An engineer",
        "an engineer #1",
        naming="anonymous",
        affiliation="the city",
        stated_reason="the inquiry is open",
        reason_span=reason,
        aliases=["the engineer"],
    )
    actor = Actor.objects.get(pk=actor.pk)
    assert (actor.kind.key, actor.naming, actor.affiliation) == ("person", "anonymous", "the city")
    assert actor.article == desk.snapshot.article
    assert actor.stated_reason == "the inquiry is open"
    assert actor.reason_spans.get().annotation.quotes == ["because the inquiry is open"]
    assert actor.aliases.get().name == "the engineer"
    assert actor.created_by == desk.by


def test_only_anonymous_actors_belong_to_an_article(desk: Desk) -> None:
    for naming in ("named", "by_office", "unnamed", "collective"):
        assert desk.actor("Ilse Brandt", f"A {naming}", naming=naming).article is None


def test_an_anonymous_actor_speaks_in_its_article_only(desk: Desk) -> None:
    hidden = desk.actor("An engineer", "an engineer #1", naming="anonymous")
    body = desk.body("actor", "Ilse Brandt", snapshot=desk.second, actor=str(hidden.uuid))
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert (caught.value.field, caught.value.rule) == ("actor.actor", "anonymous_within_article")
    source = [[{"sources": [{"actor": str(hidden.uuid)}]}]]
    with pytest.raises(Refused) as caught:
        desk.claim("Nobody knew", snapshot=desk.second, voice="attributed", chains=source)
    assert caught.value.field == "claim.chains.0.0.sources.0.actor"


def test_an_anonymous_actor_needs_an_article(desk: Desk) -> None:
    new = NewActor(uuid4(), "somebody", "person", naming="anonymous")
    with pytest.raises(Refused) as caught:
        actors.make(by=desk.by, project=desk.project, new=new, article=None)
    assert (caught.value.field, caught.value.rule) == ("actor.naming", "anonymous_within_article")


@pytest.mark.parametrize(
    ("owner", "field", "rule"),
    [
        (new_actor("A", "wizard"), "actor.new_actor.kind", "code"),
        ({"actor": str(uuid4())}, "actor.actor", "exists"),
        (
            new_actor("A", reason_span={"uuid": str(uuid4()), "extent": [[0, 4]], "quotes": ["Elbe"]}),
            "actor.new_actor.reason_span.quotes",
            "match_text",
        ),
    ],
)
def test_actors_that_are_refused(desk: Desk, owner: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("actor", "Ilse Brandt", **owner))
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert not Actor.objects.exists()
    assert not Annotation.objects.exists()


@pytest.mark.lengthy
def test_an_identifier_is_one_actor_of_one_project(desk: Desk) -> None:
    owner = new_actor("Ilse")
    first = desk.actor("Ilse Brandt", "Ilse", uuid=owner["new_actor"]["uuid"])
    again = desk.put(desk.body("actor", "its director", **owner)).annotation.mention.actor
    assert again == first
    owner["new_actor"]["name"] = "Somebody else"
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("actor", "its director", **owner))
    assert (caught.value.field, caught.value.rule) == ("actor.new_actor.uuid", "taken")
    there = side(desk.by, desk.reviewer, "there")
    taken = new_actor(there.actor.name, uuid=str(there.actor.uuid))
    with pytest.raises(Taken):
        desk.put(desk.body("actor", "its director", **taken))
    event = {"new_event": {"uuid": str(there.event.uuid), "label": there.event.label}}
    with pytest.raises(Taken):
        desk.put(desk.body("event", "crack is found", **event))


def reason(desk: Desk, stretch: str) -> dict[str, Any]:
    return {"uuid": str(uuid4()), **words(desk.snapshot, stretch)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "group"),
        ("naming", "collective"),
        ("affiliation", "Nordpost"),
        ("stated_reason", "the inquiry is open"),
        ("aliases", ["The director"]),
    ],
)
@pytest.mark.parametrize("kind", ["actor", "claim"])
def test_what_is_asked_of_a_new_actor_is_done_or_refused(
    desk: Desk, kind: str, field: str, value: Any
) -> None:
    owner, uuid = new_actor("Ilse Brandt"), uuid4()

    def asked() -> dict[str, Any]:
        if kind == "actor":
            return desk.body("actor", "Ilse Brandt", **owner)
        return desk.claim_body("Ilse Brandt", voice="attributed", chains=[[{"sources": [owner]}]])

    desk.put(asked(), uuid)
    assert not desk.put(asked(), uuid).created
    owner["new_actor"][field] = value
    with pytest.raises(VersionNeeded):
        desk.put(asked(), uuid)
    with pytest.raises(Refused) as caught:
        desk.put(asked(), uuid, version=1)
    assert caught.value.field.endswith(f"new_actor.{field}")
    assert caught.value.rule == "as_made"


def test_a_reason_that_moved_is_a_change(desk: Desk) -> None:
    owner, uuid = new_actor("an engineer #1", naming="anonymous"), uuid4()
    owner["new_actor"]["reason_span"] = reason(desk, "because the inquiry is open")
    for _ in range(2):
        desk.put(desk.body("actor", "An engineer", **owner), uuid)
    owner["new_actor"]["reason_span"] |= words(desk.snapshot, "the inquiry is open")
    with pytest.raises(VersionNeeded):
        desk.put(desk.body("actor", "An engineer", **owner), uuid)
    actor = desk.put(desk.body("actor", "An engineer", **owner), uuid, version=1).annotation.mention.actor
    assert actor.reason_spans.get().annotation.quotes == ["the inquiry is open"]
    assert actor.stated_reason == "the inquiry is open", "said by its words alone, it is what they say"


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "talks"), ("date", "2024-05"), ("date_words", "in spring"), ("place", "Velm")],
)
def test_what_is_asked_of_a_new_event_is_done_or_refused(desk: Desk, field: str, value: str) -> None:
    new, uuid = {"uuid": str(uuid4()), "label": "Crack found"}, uuid4()
    for _ in range(2):
        desk.put(desk.body("event", "crack is found", new_event=new), uuid)
    new[field] = value
    with pytest.raises(VersionNeeded):
        desk.put(desk.body("event", "crack is found", new_event=new), uuid)
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("event", "crack is found", new_event=new), uuid, version=1)
    assert (caught.value.field, caught.value.rule) == (f"event.new_event.{field}", "as_made")


@pytest.mark.lengthy
def test_merged_ones_are_followed_to_the_end(desk: Desk) -> None:
    chain = [desk.actor("Ilse Brandt", name) for name in ("one", "two", "three")]
    for gone, stays in pairwise(chain):
        merged(desk.by, stays, gone)
    mention = desk.put(desk.body("actor", "its director", actor=str(chain[0].uuid))).annotation.mention
    assert mention.actor == chain[2]
    label = {"uuid": str(uuid4()), "label": "One", "type": "other"}
    one = desk.put(desk.body("event", "crack is found", new_event=label)).annotation.event_mention.event
    two = unmentioned(desk.by, desk.project, "Two")
    event_merges.merge(by=desk.by, project=desk.project, intent=MergeEvents(two.uuid, one.uuid))
    for owner in ({"event": str(one.uuid)}, {"new_event": label}):
        mention = desk.put(desk.body("event", "Velm", **owner)).annotation.event_mention
        assert mention.event == two


def test_an_event_is_made_with_its_days(desk: Desk) -> None:
    new = {
        "uuid": str(uuid4()),
        "label": "Crack found",
        "type": "publication",
        "date": "2024-05/2024-06",
        "date_words": "in spring",
        "place": "Velm",
    }
    event = desk.put(desk.body("event", "crack is found", new_event=new)).annotation.event_mention.event
    event = Event.objects.get(pk=event.pk)
    assert (event.label, event.type.key, event.place) == ("Crack found", "publication", "Velm")
    assert (event.date_min, event.date_max) == (date(2024, 5, 1), date(2024, 6, 30))


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"type": "miracle"}, "event.new_event.type", "code"),
        ({"date": "yesterday"}, "event.new_event.date", "edtf"),
    ],
)
def test_events_that_are_refused(desk: Desk, change: dict[str, Any], field: str, rule: str) -> None:
    new = {"uuid": str(uuid4()), "label": "Crack found", **change}
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("event", "crack is found", new_event=new))
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert not Event.objects.exists()


def test_an_events_identifier_is_not_another_events(desk: Desk) -> None:
    new = NewEvent(uuid4(), EventContent("Crack found", "other"))
    made = events.make(by=desk.by, project=desk.project, new=new)
    assert events.make(by=desk.by, project=desk.project, new=new) == made
    with pytest.raises(Refused) as caught:
        events.make(by=desk.by, project=desk.project, new=NewEvent(new.uuid, EventContent("Other", "other")))
    assert (caught.value.field, caught.value.rule) == ("event.uuid", "taken")


def test_a_part_in_an_event_is_taken_once_and_by_its_own_mention(desk: Desk) -> None:
    event = events.make(
        by=desk.by, project=desk.project, new=NewEvent(uuid4(), EventContent("Crack found", "other"))
    )
    mention = desk.mention("Ilse Brandt", "Ilse").mention
    for _ in range(2):
        events.add_participant(by=desk.by, event=event, actor=mention.actor, role="witness", mention=mention)
    assert event.participants.get().mention == mention
    other = desk.actor("Nordpost", "NP")
    with pytest.raises(IntegrityError, match="participant_mention_of_actor"):
        events.add_participant(by=desk.by, event=event, actor=other, role="witness", mention=mention)
