"""Merging events: both keep what is theirs, one stands for the other, and it can be undone at any time."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.actions import event_merges, events
from annotator.actions.annotations import remove
from annotator.intents.event import parse_event_edit
from annotator.intents.event_merge import parse_comparison, parse_merge
from annotator.intents.refusal import Refused, Stale
from annotator.models import Annotation, Event, EventComparison, EventMention, EventMerge, EventParticipant
from annotator.queries.annotation_json import annotations_json
from annotator.queries.event_json import events_json
from annotator.queries.event_page import told_of
from annotator.queries.event_twins import twins_of
from annotator.queries.events import events_like, events_of, mentions_of
from sources.models import Role
from tests.factories import new_actor, span

from .conftest import Desk

STATE = ("uuid", "label", "date", "place", "note", "merged_into")


def mark(desk: Desk, words: str, label: str, second: bool = False, **more: Any) -> Annotation:
    new = {"uuid": str(uuid4()), "label": label, **more}
    snapshot = desk.second if second else desk.snapshot
    return desk.put(desk.body("event", words, snapshot=snapshot, new_event=new)).annotation


def merge(desk: Desk, survivor: Event, other: Event, **more: Any) -> EventMerge:
    intent = parse_merge({"survivor": survivor.uuid, "other": other.uuid, **more})
    return event_merges.merge(by=desk.by, project=desk.project, intent=intent)


def undo(desk: Desk, made: EventMerge) -> EventMerge:
    return event_merges.undo(by=desk.by, project=desk.project, uuid=made.uuid)


@pytest.fixture
def crack(desk: Desk) -> Event:
    more = {"date": "2024-05", "participants": [new_actor("Ilse Brandt") | {"role": "witness"}]}
    more["slots"] = {"date": span(desk.snapshot, "in spring")}  # type: ignore[assignment]
    return mark(desk, "crack is found", "Crack found", **more).event_mention.event


@pytest.fixture
def june(desk: Desk) -> Event:
    found = mark(desk, "a crack before June", "Crack known", second=True, date="2024-05", place="Velm")
    return found.event_mention.event


def everything(desk: Desk) -> list[Any]:
    """All that belongs to events, row by row, but for the versions."""
    rows = [
        Event.objects.order_by("pk").values_list(*STATE),
        EventMention.objects.order_by("pk").values_list(),
        EventParticipant.objects.order_by("pk").values_list(),
        Annotation.objects.filter(kind__in=["event", "time"]).order_by("pk").values_list("pk", "extent"),
    ]
    return [list(found) for found in rows]


def test_one_stands_for_both_and_nothing_moves(desk: Desk, crack: Event, june: Event) -> None:
    before = everything(desk)[1:]
    merge(desk, crack, june, reason="the same crack")
    assert list(events_of(desk.project)) == [crack]
    found = events_like(desk.project).get()
    assert (found.n_mentions, found.n_articles, len(mentions_of(crack))) == (2, 2, 2)
    assert everything(desk)[1:] == before
    told = annotations_json(Annotation.objects.filter(snapshot=desk.second, kind="event"))[0]
    assert told["event"] == {"event": str(crack.uuid), "label": "Crack found"}


def test_undoing_gives_back_exactly_what_was(desk: Desk, crack: Event, june: Event) -> None:
    before = everything(desk)
    made = merge(desk, crack, june)
    assert undo(desk, made).undone_by == desk.by
    assert everything(desk) == before
    assert undo(desk, made).undone_at is not None, "twice is once"
    again = merge(desk, june, crack)
    assert again.pk != made.pk
    assert EventMerge.objects.count() == 2, "what was undone is kept"


def test_old_identifiers_keep_working_and_what_is_made_meanwhile_stays(
    desk: Desk, crack: Event, june: Event
) -> None:
    made = merge(desk, crack, june)
    later = desk.put(desk.body("event", "Two ferries", snapshot=desk.second, event=str(june.uuid)))
    number = {"what": "lorries", "low": 18, "words": "Eighteen lorries", "event": str(june.uuid)}
    claim = desk.claim("Eighteen lorries turned back", quantities=[number])
    office = new_actor("Harbour office", "government_body") | {"role": "organiser"}
    stored = events_json(Event.objects.filter(pk=crack.pk))[0]
    parts = [{k: v for k, v in one.items() if k != "name"} for one in stored["participants"]]
    intent = parse_event_edit(
        {
            "label": "Crack found",
            "date": "2024-05",
            "date_words": "in spring",
            "participants": [*parts, office],
        }
        | {"snapshot": str(desk.second.uuid)}
    )
    crack.refresh_from_db()
    events.edit(by=desk.by, project=desk.project, uuid=crack.uuid, intent=intent, version=crack.version)
    undo(desk, made)
    assert later.annotation.event_mention.event == crack, "it was said of the one that stood for both"
    assert claim.quantities.get().event == crack
    assert set(crack.participants.values_list("actor__name", flat=True)) == {"Ilse Brandt", "Harbour office"}
    assert june.mentions.get().annotation.quotes == ["a crack before June"]


def test_saving_a_mention_or_a_claim_again_does_not_move_it_to_the_survivor(
    desk: Desk, crack: Event, june: Event
) -> None:
    number = {"what": "lorries", "low": 18, "words": "Eighteen lorries", "event": str(june.uuid)}
    claim = desk.claim("Eighteen lorries turned back", quantities=[number])
    mention = june.mentions.get().annotation
    made = merge(desk, crack, june)
    told = {"event": str(crack.uuid)}
    desk.put(desk.body("event", "a crack before", snapshot=desk.second, **told), mention.uuid, version=1)
    body = desk.claim_body("Eighteen lorries", quantities=[number | told])
    desk.put(body, claim.uuid, version=1)
    undo(desk, made)
    assert EventMention.objects.get(pk=mention.pk).event == june
    assert claim.quantities.get().event == june


def test_a_merge_of_merges_comes_apart_in_any_order(desk: Desk, crack: Event, june: Event) -> None:
    third = mark(desk, "turned back", "Third").event_mention.event
    first = merge(desk, crack, june)
    second = merge(desk, third, crack)

    def pointers() -> list[int | None]:
        return [Event.objects.get(pk=event.pk).merged_into_id for event in (crack, june, third)]

    assert pointers() == [third.pk, third.pk, None]
    undo(desk, first)
    assert pointers() == [third.pk, None, None]
    undo(desk, second)
    assert pointers() == [None, None, None]
    first, second = merge(desk, crack, june), merge(desk, third, crack)
    undo(desk, second)
    assert pointers() == [None, crack.pk, None]


def test_what_cannot_be_merged(desk: Desk, crack: Event, june: Event) -> None:
    made = merge(desk, crack, june)
    assert merge(desk, crack, june) == made, "asking twice is asking once"
    third = mark(desk, "turned back", "Third").event_mention.event
    for survivor, other in ((june, third), (third, june)):
        with pytest.raises(Refused) as caught:
            merge(desk, survivor, other)
        assert caught.value.rule == "not_merged"
    with pytest.raises(Refused) as caught:
        merge(desk, crack, Event(uuid=uuid4()))
    assert caught.value.field == "other"
    with pytest.raises(Refused):
        parse_merge({"survivor": str(crack.uuid), "other": str(crack.uuid)})
    with pytest.raises(EventMerge.DoesNotExist):
        event_merges.undo(by=desk.by, project=desk.project, uuid=uuid4())


def test_one_that_changed_since_it_was_looked_at_is_not_merged(desk: Desk, crack: Event, june: Event) -> None:
    for versions in ({"survivor_version": 7}, {"other_version": "7"}):
        with pytest.raises(Stale):
            merge(desk, crack, june, **versions)
    assert not EventMerge.objects.exists()
    merge(desk, crack, june, survivor_version=1, other_version="1")


def test_editing_what_was_merged_meanwhile_is_a_conflict_with_the_survivor(
    desk: Desk, crack: Event, june: Event
) -> None:
    merge(desk, crack, june)
    intent = parse_event_edit({"label": "Crack known", "place": "Kai"})
    with pytest.raises(Stale) as caught:
        events.edit(by=desk.by, project=desk.project, uuid=june.uuid, intent=intent, version=2)
    assert caught.value.current == crack


def test_numbers_of_both_stand_side_by_side(desk: Desk, crack: Event, june: Event) -> None:
    for event, low, words in ((crack, 18, "Eighteen lorries"), (june, 20, "turned back")):
        number = {"what": "lorries", "low": low, "high": low, "words": words, "event": str(event.uuid)}
        desk.claim(words, quantities=[number])
    assert [len(told_of(event, Role.ANNOTATOR)[0][0].rows) for event in (crack, june)] == [1, 1]
    merge(desk, crack, june)
    (figures,), _ = told_of(crack, Role.ANNOTATOR)
    assert [row.number.low for row in figures.rows if row.number] == [18, 20]
    assert figures.disagree


def test_the_same_is_proposed_with_reasons_until_it_is_denied(desk: Desk, crack: Event, june: Event) -> None:
    (twin,) = twins_of(crack)
    assert twin.event == june
    assert twin.like is not None and twin.like.reasons[0] == "the same date"

    def say(sameness: str) -> None:
        said = parse_comparison({"one": june.uuid, "other": crack.uuid, "sameness": sameness})
        event_merges.compare(by=desk.by, project=desk.project, intent=said)

    say("different")
    assert twins_of(crack) == twins_of(june) == []
    say("perhaps")
    assert EventComparison.objects.get().sameness == "perhaps"
    assert twins_of(june)[0].said == "perhaps"
    say("")
    assert not EventComparison.objects.exists()


def test_slots_of_both_are_edited_through_the_survivor(desk: Desk, crack: Event, june: Event) -> None:
    merge(desk, june, crack)
    held = Annotation.objects.get(kind="time")
    june.refresh_from_db()
    kept = {"uuid": str(held.uuid), "extent": held.extent.to_json(), "quotes": held.quotes}
    base = {"label": june.label, "date": june.date, "place": june.place, "snapshot": str(desk.snapshot.uuid)}
    part = events_json(Event.objects.filter(pk=june.pk))[0]["participants"]
    base["participants"] = [{k: v for k, v in one.items() if k != "name"} for one in part]

    def edit(version: int, **slots: Any) -> None:
        intent = parse_event_edit(base | {"slots": slots})
        events.edit(
            by=desk.by, project=desk.project, uuid=UUID(str(june.uuid)), intent=intent, version=version
        )

    edit(june.version, date=kept, place=span(desk.snapshot, "Velm bridge"))
    owners = dict(desk_spans(desk))
    assert owners == {"time": crack.pk, "place": june.pk}, "each keeps what is its own"
    edit(june.version + 1, place=None)
    assert desk_spans(desk) == [("time", crack.pk)], "what is not its own stays"
    moved = kept | span(desk.snapshot, "Velm bridge") | {"uuid": str(held.uuid)}
    with pytest.raises(Refused) as caught:
        edit(june.version + 2, date=moved)
    assert (caught.value.field, caught.value.rule) == ("slots.date", "kept_by_merged")


def desk_spans(desk: Desk) -> list[tuple[str, int]]:
    rows = Annotation.objects.filter(snapshot=desk.snapshot, support__event__isnull=False)
    return list(rows.order_by("pk").values_list("kind", "support__event"))


def test_taking_back_the_last_mention_hides_the_survivor_only_without_any(
    desk: Desk, crack: Event, june: Event
) -> None:
    merge(desk, crack, june)
    mention = crack.mentions.get().annotation
    remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)
    assert list(events_of(desk.project)) == [crack], "the other article mentions it still"
