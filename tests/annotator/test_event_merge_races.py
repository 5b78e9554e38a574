"""Merging events while others annotate: nobody loses a save, and merges agree with the pointers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.actions import annotations, event_merges
from annotator.intents.annotation import parse_annotation
from annotator.intents.event_merge import MergeEvents
from annotator.intents.refusal import Refused
from annotator.models import Event, EventMention, EventMerge
from tests.factories import Side, World, annotate, words
from tests.racing import race

SAVERS = 6


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


@pytest.fixture
def seen(here: Side) -> Event:
    new = {"uuid": str(uuid4()), "label": "Crack seen by divers", "type": "other"}
    made = annotate(here.project.created_by, here.snapshot, "event", "the crack was known", new_event=new)
    return made.event_mention.event


def _merge(here: Side, survivor: Event, other: Event) -> Callable[[], Any]:
    intent = MergeEvents(survivor.uuid, other.uuid)
    return lambda: event_merges.merge(by=here.project.created_by, project=here.project, intent=intent)


def _save(here: Side, uuid: UUID, event: Event) -> Callable[[], Any]:
    body = {
        "snapshot": here.snapshot.uuid,
        "kind": "event",
        **words(here.snapshot, "Eighteen lorries"),
        "event": {"event": str(event.uuid)},
    }
    intent, by = parse_annotation(uuid, body), here.project.created_by
    return lambda: annotations.save(by=by, project=here.project, intent=intent)


def _in_force() -> set[tuple[int, int]]:
    return set(EventMerge.objects.filter(undone_at=None).values_list("merged", "survivor"))


def test_mentions_saved_while_their_event_is_merged_belong_to_the_survivor(here: Side, seen: Event) -> None:
    uuids = [uuid4() for _ in range(SAVERS)]
    acts = [_save(here, uuid, seen) for uuid in uuids]
    told = race([*acts[: SAVERS // 2], _merge(here, here.event, seen), *acts[SAVERS // 2 :]])
    assert not [one for one in told if isinstance(one, Exception)], told
    mentions = EventMention.objects.filter(annotation__uuid__in=uuids)
    assert set(mentions.values_list("event__survivor_key", flat=True)) == {here.event.pk}
    merge = EventMerge.objects.get(merged=seen, undone_at=None)
    event_merges.undo(by=here.project.created_by, project=here.project, uuid=merge.uuid)
    assert set(mentions.values_list("event__survivor_key", flat=True)) <= {here.event.pk, seen.pk}
    assert Event.objects.get(pk=seen.pk).merged_into is None


def test_two_that_are_merged_into_each_other(here: Side, seen: Event) -> None:
    before = _in_force()
    told = race([_merge(here, here.event, seen), _merge(here, seen, here.event)])
    refused = [one for one in told if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [Refused], told
    assert len(_in_force() - before) == 1
    pointing = Event.objects.filter(pk__in=(here.event.pk, seen.pk)).exclude(merged_into=None)
    assert pointing.count() == 1


def test_one_merge_sent_many_times_is_one(here: Side, seen: Event) -> None:
    told = race(_merge(here, here.event, seen) for _ in range(4))
    assert len({one.pk for one in told}) == 1
    assert EventMerge.objects.filter(merged=seen).count() == 1


def test_merging_on_while_an_earlier_merge_is_undone(here: Side, seen: Event) -> None:
    """Whoever comes first: every event ends where the merges in force say."""
    first = _merge(here, here.event, seen)()
    new = {"uuid": str(uuid4()), "label": "Crack mapped", "type": "other"}
    mapped = annotate(
        here.project.created_by, here.snapshot, "event", "in spring", new_event=new
    ).event_mention.event
    undo = lambda: event_merges.undo(  # noqa: E731
        by=here.project.created_by, project=here.project, uuid=first.uuid
    )
    told = race([undo, _merge(here, mapped, here.event)])
    assert not [one for one in told if isinstance(one, Exception)], told
    ends = dict(Event.objects.filter(pk__in=(seen.pk, here.event.pk)).values_list("pk", "merged_into"))
    assert ends == {seen.pk: None, here.event.pk: mapped.pk}
