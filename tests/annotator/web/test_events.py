"""The events' pages: filters, the timeline, one event with words and numbers, editing, making two one."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import event_merges
from annotator.intents.event_merge import MergeEvents
from annotator.models import Event, EventComparison, EventMerge, EventParticipant
from annotator.queries.timeline import timeline
from tests.factories import World, annotate, claim, new_actor, span

from .conftest import Cast


@pytest.fixture
def strike(world: World) -> Event:
    here = world.here
    new = {
        "uuid": str(uuid4()),
        "label": "Ferry strike",
        "type": "refusal",
        "date": "2024-06-03",
        "place": "Kai",
    }
    new["slots"] = {"place": span(here.second_snapshot, "the bridge")}  # type: ignore[assignment]
    new["participants"] = [new_actor("Ferry crews") | {"role": "actor", "part": "striker"}]  # type: ignore[assignment]
    return annotate(
        world.manager, here.second_snapshot, "event", "Two ferries", new_event=new
    ).event_mention.event


def page(cast: Cast, url: str, who: str = "viewer") -> str:
    answer = getattr(cast, who).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.lengthy
def test_the_list_is_narrowed_by_each_filter(world: World, cast: Cast, strike: Event) -> None:
    crews = strike.participants.get().actor
    asked = {
        "": {"Crack found", "Ferry strike"},
        "type=refusal": {"Ferry strike"},
        "q=crack": {"Crack found"},
        "place=kai": {"Ferry strike"},
        "from=2024-06": {"Ferry strike"},
        "to=May 2024": {"Crack found"},
        "from=2024-05&to=2024-06": {"Crack found", "Ferry strike"},
        f"participant={crews.uuid}": {"Ferry strike"},
        f"article={world.here.article.uuid}": {"Crack found"},
        "from=soon": {"Crack found", "Ferry strike"},
        "type=clash": set(),
    }
    for view in ("", "&view=timeline"):
        for query, expected in asked.items():
            text = page(cast, f"/p/here/events/?{query}{view}")
            shown = {label for label in ("Crack found", "Ferry strike") if f'dir="auto">{label}</a>' in text}
            assert shown == expected, (query, view)
    assert "cannot be read as a date" in page(cast, "/p/here/events/?from=soon")


@pytest.mark.lengthy
def test_odd_filters_are_answered(cast: Cast) -> None:
    for query in (
        "from=%00",
        "to=" + "9" * 900,
        "participant=x",
        "article=x",
        "view=else",
        "place=%00",
        "from=-1",
    ):
        page(cast, f"/p/here/events/?{query}")


@pytest.fixture
def planned(world: World) -> Event:
    """An event of which one text says that it was planned, and another nothing but that it happened."""
    here = world.here
    new = {"uuid": str(uuid4()), "label": "Night ferries", "type": "other", "date": "2024-06-04"}
    said = {"factuality": "planned", "factuality_words": "will carry"}
    made = annotate(world.manager, here.second_snapshot, "event", "Two ferries", new_event=new, **said)
    return made.event_mention.event


@pytest.mark.lengthy
def test_as_what_an_event_is_told_is_said_and_asked_for(world: World, cast: Cast, planned: Event) -> None:
    for view in ("", "&view=timeline"):
        text = page(cast, f"/p/here/events/?as=planned{view}")
        assert (">Night ferries</a>" in text, ">Crack found</a>" in text) == (True, False)
        assert text.count("pill-planned") == 1 and "pill-happened" not in text
        assert ">Night ferries</a>" not in page(cast, f"/p/here/events/?as=happened{view}")
        assert ">Night ferries</a>" in page(cast, f"/p/here/events/?as=else{view}"), "asks for nothing"
    assert "timeline-bar-doubt" in page(cast, "/p/here/events/?view=timeline")
    annotate(world.manager, world.here.snapshot, "event", "nine days", event=str(planned.uuid))
    text = page(cast, "/p/here/events/?as=happened")
    assert "pill-happened" in text and "pill-planned" in text, "told as both"
    shown = page(cast, f"/p/here/events/{planned.uuid}/")
    assert 'dir="auto">will carry</q>' in shown
    assert shown.count("pill-planned") == 2, "of the event, and of the one mention"
    assert "pill-" not in page(cast, f"/p/here/events/{world.here.event.uuid}/").split("<main")[1]


def test_a_merged_event_is_told_as_all_its_mentions_tell(world: World, cast: Cast, planned: Event) -> None:
    same = MergeEvents(world.here.event.uuid, planned.uuid)
    event_merges.merge(by=world.manager, project=world.here.project, intent=same)
    text = page(cast, "/p/here/events/?as=planned")
    assert ">Crack found</a>" in text and "pill-planned" in text


def test_the_timeline_says_in_words_what_it_draws(cast: Cast, strike: Event) -> None:
    text = page(cast, "/p/here/events/?view=timeline")
    assert text.index("May 2024") < text.index("June 2024")
    assert text.count('class="timeline-bar"') == text.count('aria-hidden="true" focusable="false"') == 2
    assert " style=" not in text


def at(first: str, last: str | None = None) -> Any:
    return Event(date_min=date.fromisoformat(first), date_max=date.fromisoformat(last or first))


def test_bars_lie_within_their_period_and_early_events_do_not_press_the_others() -> None:
    close = timeline([at("2025-04-01"), at("2025-04-02", "2025-04-30"), at("2025-04-30")], {})
    bars = [bar for group in close.groups for bar in group.bars]
    assert (close.first, close.last) == (date(2025, 4, 1), date(2025, 4, 30))
    assert [(round(b.x), round(b.width)) for b in bars] == [(0, 3), (3, 97), (97, 3)]
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in bars)
    long = timeline([at("1987-01-01", "1987-12-31"), at("2025-04-01"), at("2025-04-30"), Event()], {})
    assert [group.name for group in long.groups] == ["1987", "2025"]
    assert (long.first, len(long.undated)) == (None, 1)
    assert (long.groups[1].first, long.groups[1].last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert [round(bar.x) for bar in long.groups[1].bars] == [25, 33]
    assert [(bar.x, bar.width) for bar in long.groups[0].bars] == [(0, 100)]


@pytest.mark.lengthy
def test_an_event_shows_the_words_behind_each_slot_with_the_way_there(
    world: World, cast: Cast, strike: Event
) -> None:
    text = page(cast, f"/p/here/events/{strike.uuid}/")
    assert 'dir="auto">the bridge</q>' in text
    assert "striker" in text
    assert f"/p/here/articles/{world.here.second_article.uuid}/?text=1#s" in text
    known = page(cast, f"/p/here/events/{world.here.event.uuid}/")
    assert 'dir="auto">Ilse Brandt</q>' in known, "the mention that the participant was read from"


@pytest.mark.lengthy
def test_numbers_stand_side_by_side_and_disagreement_is_said(world: World, cast: Cast) -> None:
    here, url = world.here, f"/p/here/events/{world.here.event.uuid}/"
    assert "sources disagree" not in page(cast, url)
    for low, words in ((18, "Eighteen lorries"), (20, "turned back")):
        number = {"what": "Lorries", "low": low, "high": low, "words": words, "event": str(here.event.uuid)}
        chain = {"role": "said", "sources": [{"actor": str(here.office.uuid)}]}
        claim(world.manager, here.snapshot, words, voice="attributed", chains=[[chain]], quantities=[number])
    text = page(cast, url)
    assert "sources disagree" in text
    assert text.index("Eighteen lorries") < text.index("turned back</bdi>")
    assert "Harbour office" in text


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ({"low": 18, "high": 18}, {"low": 18, "qualifier": "more_than"}, True),
        ({"low": 18, "high": 18}, {"low": 18, "qualifier": "at_least"}, False),
        ({"low": 18, "high": 18}, {"high": 18, "qualifier": "fewer_than"}, True),
        ({"low": 18, "high": 18}, {"high": 18, "qualifier": "at_most"}, False),
        ({"low": 18, "high": 18}, {"low": 20, "high": 20, "qualifier": "about"}, False),
        ({"low": 18, "high": 18}, {"qualifier": "about"}, False),
        ({"low": 18, "high": 20}, {"low": 20, "high": 25}, False),
        ({"low": 18, "high": 20}, {"low": 21, "high": 25}, True),
    ],
)
def test_numbers_disagree_where_none_fits_both(
    world: World, cast: Cast, one: dict[str, Any], other: dict[str, Any], disagree: bool
) -> None:
    here = world.here
    for said, words in ((one, "Eighteen lorries"), (other, "turned back")):
        number = {"what": "Lorries", "words": words, "event": str(here.event.uuid), **said}
        claim(world.manager, here.snapshot, words, quantities=[number])
    text = page(cast, f"/p/here/events/{here.event.uuid}/")
    assert ("sources disagree" in text) == disagree
    strict = other.get("qualifier") == "more_than"
    assert ("“more than 18” and “at most 18”" in text) == (disagree and strict)


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"low": 1200, "qualifier": "more_than", "unit": "lorries"}, "more than 1,200 lorries"),
        ({"high": 18, "qualifier": "fewer_than"}, "fewer than 18"),
        ({"low": 18, "high": 18, "qualifier": "about"}, "about 18"),
        ({"low": 18, "high": 20.5}, "18 to 20.5"),
        ({"qualifier": "about"}, "no figure"),
        ({"qualifier": "about", "unit": "people"}, "people, no figure"),
    ],
)
def test_a_number_is_told_with_its_bound(world: World, cast: Cast, said: dict[str, Any], told: str) -> None:
    here = world.here
    number = {"what": "Lorries", "words": "Eighteen", "event": str(here.event.uuid), **said}
    made = claim(world.manager, here.snapshot, "Eighteen lorries", quantities=[number])
    assert f"<bdi>{told}</bdi>" in page(cast, f"/p/here/events/{here.event.uuid}/")
    assert told in page(cast, f"/p/here/claims/?focus={made.uuid}")


@pytest.mark.lengthy
def test_one_event_takes_the_same_queries_with_one_and_with_many(
    world: World, cast: Cast, queries: Callable
) -> None:
    here, url = world.here, f"/p/here/events/{world.here.event.uuid}/"
    first = queries(cast.viewer, url)
    for words in ("Eighteen lorries", "turned back", "nine days"):
        number = {"what": words, "low": 9, "words": words, "event": str(here.event.uuid)}
        claim(world.manager, here.snapshot, words, quantities=[number])
        annotate(world.manager, here.snapshot, "event", words, event=str(here.event.uuid))
    assert queries(cast.viewer, url) == first


def sent(event: Event, **more: Any) -> dict[str, Any]:
    base = {"label": event.label, "type": event.type.key, "date": event.date, "version": event.version}
    forms = {"who-TOTAL_FORMS": 0, "who-INITIAL_FORMS": 0}
    return base | forms | more


def test_an_event_is_edited_on_its_page(world: World, cast: Cast) -> None:
    event, url = world.here.event, f"/p/here/events/{world.here.event.uuid}/edit/"
    row = world.here.participant
    kept = {
        "who-0-actor": row.actor.uuid,
        "who-0-role": "witness",
        "who-0-part": "",
        "who-0-basis": "textual",
    }
    added = {"who-1-name": "harbour OFFICE", "who-1-role": "organiser", "who-1-basis": "inferential"}
    forms = {"who-TOTAL_FORMS": 2, "who-INITIAL_FORMS": 1, "who-0-mention": row.mention.annotation.uuid}
    body = sent(event, place="Velm", latitude="48.1", longitude="11.5", place_wikidata="Q64", **forms)
    assert cast.annotator.post(url, body | kept | added).status_code == 302
    event.refresh_from_db()
    assert (event.place, str(event.latitude), event.place_wikidata) == ("Velm", "48.100000", "Q64")
    rows = EventParticipant.objects.filter(event=event).order_by("role")
    assert [(r.actor.name, r.role, r.mention_id) for r in rows] == [
        ("Harbour office", "organiser", None),
        ("Ilse Brandt", "witness", row.mention_id),
    ]
    stale = cast.annotator.post(url, body | kept | added | {"place": "Kai", "version": 1})
    assert stale.status_code == 409
    assert "somebody changed this event meanwhile" in stale.content.decode()


@pytest.mark.lengthy
def test_taking_out_says_whom_a_merged_event_keeps(world: World, cast: Cast, strike: Event) -> None:
    event = world.here.event
    same = MergeEvents(survivor=event.uuid, other=strike.uuid)
    event_merges.merge(by=world.manager, project=world.here.project, intent=same)
    event.refresh_from_db()
    page = cast.annotator.post(f"/p/here/events/{event.uuid}/edit/", sent(event), follow=True)
    assert "Ferry crews still stands there as actor" in page.content.decode()
    assert "Ilse Brandt still" not in page.content.decode()
    assert [part.event for part in EventParticipant.objects.filter(project=world.here.project)] == [strike]
    assert not participants_kept(cast, event, strike), "nothing to tell where all are still asked for"


def participants_kept(cast: Cast, event: Event, strike: Event) -> bool:
    event.refresh_from_db()
    one = strike.participants.get()
    row = {"actor": one.actor.uuid, "role": one.role, "part": one.part, "basis": one.basis}
    forms = {"who-TOTAL_FORMS": 1, **{f"who-0-{name}": value for name, value in row.items()}}
    page = cast.annotator.post(f"/p/here/events/{event.uuid}/edit/", sent(event, **forms), follow=True)
    return "still stands there" in page.content.decode()


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"date": "soon"}, "not a date that can be read"),
        ({"latitude": "91", "longitude": "0"}, "must lie between -90 and 90"),
        ({"latitude": "1"}, "a point needs both coordinates"),
        ({"place_wikidata": "Berlin"}, "must be a Wikidata item"),
        ({"label": ""}, "This field is required"),
        (
            {"who-TOTAL_FORMS": 1, "who-0-name": "Nobody", "who-0-role": "actor", "who-0-basis": "textual"},
            "Nobody here",
        ),
        (
            {
                "who-TOTAL_FORMS": 1,
                "who-0-actor": str(uuid4()),
                "who-0-role": "actor",
                "who-0-basis": "textual",
            },
            "no such actor",
        ),
        ({"type": "clash; DROP"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(
    world: World, cast: Cast, wrong: Any, told: str
) -> None:
    url = f"/p/here/events/{world.here.event.uuid}/edit/"
    answer = cast.annotator.post(url, sent(world.here.event) | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Event.objects.get(pk=world.here.event.pk).version == world.here.event.version


@pytest.mark.lengthy
def test_two_are_shown_first_and_then_made_one_and_taken_apart(
    world: World, cast: Cast, strike: Event
) -> None:
    event = world.here.event
    url = f"/p/here/events/{event.uuid}/same/?with={strike.uuid}"
    both = page(cast, url, "annotator")
    assert "Crack found" in both and "Ferry strike" in both and "striker" in both
    versions = {"survivor_version": event.version, "other_version": strike.version, "with": str(strike.uuid)}
    done = cast.annotator.post(url, versions | {"does": "merge", "reason": "the same"})
    assert done["Location"] == f"/p/here/events/{event.uuid}/"
    old = cast.viewer.get(f"/p/here/events/{strike.uuid}/")
    assert (old.status_code, old["Location"]) == (302, f"/p/here/events/{event.uuid}/")
    text = page(cast, f"/p/here/events/{event.uuid}/")
    assert "Also known as" in text and "Two ferries" in text
    made = EventMerge.objects.get(merged=strike)
    assert cast.viewer.post(f"/p/here/events/merges/{made.uuid}/undo/").status_code == 403
    cast.annotator.post(f"/p/here/events/merges/{made.uuid}/undo/")
    assert "Two ferries" not in page(cast, f"/p/here/events/{event.uuid}/")
    page(cast, f"/p/here/events/{strike.uuid}/")


@pytest.mark.lengthy
def test_words_that_both_were_read_from_are_shown_once(world: World, cast: Cast, strike: Event) -> None:
    here = world.here
    new = {"uuid": str(uuid4()), "label": "Strike ends", "type": "refusal", "date": "2024-06-04"}
    new["slots"] = {"place": span(here.second_snapshot, "the bridge")}  # type: ignore[assignment]
    annotate(world.manager, here.second_snapshot, "event", "Friday", new_event=new)
    same = MergeEvents(strike.uuid, Event.objects.get(label="Strike ends").uuid)
    made = event_merges.merge(by=world.manager, project=here.project, intent=same)
    url = f"/p/here/events/{strike.uuid}/"
    assert page(cast, url).count(">the bridge</q>") == 1
    event_merges.undo(by=world.manager, project=here.project, uuid=made.uuid)
    for event in Event.objects.filter(label__in=("Strike ends", "Ferry strike")):
        assert page(cast, f"/p/here/events/{event.uuid}/").count(">the bridge</q>") == 1, "each its own again"


@pytest.mark.lengthy
def test_that_two_are_not_the_same_is_kept(world: World, cast: Cast, strike: Event) -> None:
    url = f"/p/here/events/{world.here.event.uuid}/same/?with={strike.uuid}"
    for does, kept in (("different", "different"), ("perhaps", "perhaps"), ("", None)):
        cast.annotator.post(url, {"with": str(strike.uuid), "does": does})
        pair = EventComparison.objects.filter(other=strike).first()
        assert (pair and pair.sameness) == kept
    stale = cast.annotator.post(url, {"with": str(strike.uuid), "does": "merge", "survivor_version": 99})
    assert stale.status_code == 409
    odd = cast.annotator.post(url, {"with": str(strike.uuid), "does": "burn"})
    assert odd.status_code == 422
    for other in ("", "x", str(uuid4()), str(world.here.event.uuid), str(world.there.event.uuid)):
        assert (
            cast.annotator.get(f"/p/here/events/{world.here.event.uuid}/same/?with={other}").status_code
            == 404
        )
    foreign = world.there.event_merge.uuid
    assert cast.annotator.post(f"/p/here/events/merges/{foreign}/undo/").status_code == 404
