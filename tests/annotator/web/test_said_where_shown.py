"""How pages say it: labels of the anonymous, what cues do, claims in claims."""

import re
from html import unescape

import pytest

from annotator.actions import event_merges
from annotator.intents.event_merge import MergeEvents
from annotator.models import Actor, Annotation, Claim, Event
from annotator.queries.annotation_json import annotations_json
from annotator.queries.claim_depth import Fact
from annotator.queries.event_json import events_json
from annotator.queries.events import parts_in
from annotator.queries.room_marks import marks_json
from sources.models import Article
from tests.factories import Side, World, annotate, claim, new_actor, span

from .conftest import Cast

LABEL = "a guard #1, The Velm Courier, 3 Apr 2025"


def shown(cast: Cast, page: str) -> str:
    text = re.sub(r"<(script|style|head)\b.*?</\1>", "", cast.viewer.get(page).content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture
def side(world: World) -> Side:
    Article.objects.filter(pk=world.here.article.pk).update(
        published="2025-04-03", published_min="2025-04-03", published_max="2025-04-03", version=2
    )
    return world.here


@pytest.fixture
def guard(world: World, side: Side) -> Actor:
    named = new_actor("a guard", naming="anonymous")
    return annotate(world.manager, side.snapshot, "actor", "anyone", **named).mention.actor


def told_by(world: World, side: Side, who: Actor, words: str, **more: object) -> Claim:
    link = {"sources": [{"actor": str(who.uuid)}], **more.pop("link", {})}
    return claim(world.manager, side.snapshot, words, voice="attributed", chains=[[link]], **more)


@pytest.mark.lengthy
def test_the_anonymous_are_called_by_their_label_wherever_they_are_shown(
    world: World, cast: Cast, side: Side, guard: Actor
) -> None:
    happened = annotate(
        world.manager,
        side.snapshot,
        "event",
        "turned back",
        new_event={
            "uuid": "00000000-0000-4000-8000-000000000001",
            "label": "Lorries turned back",
            "type": "other",
            "date": "2025-04",
            "participants": [{"actor": str(guard.uuid), "role": "witness"}],
        },
    ).event_mention.event
    one = told_by(
        world,
        side,
        guard,
        "Eighteen lorries turned back",
        link={"addressees": [{"actor": str(side.anonymous.uuid)}]},
        targets=[{"actor": str(guard.uuid)}],
        quantities=[
            {"what": "lorries", "low": 18, "unit": "", "words": "Eighteen", "event": str(happened.uuid)}
        ],
    )
    page = shown(cast, f"/c/{one.uuid}/")
    assert f"said by {LABEL} to an engineer #1, The Velm Courier, 3 Apr 2025, published in" in page
    assert f"Directed at {LABEL}" in page
    desk = shown(cast, f"/p/here/claims/?speaker={guard.uuid}")
    assert "a guard #1 The Velm Courier, 3 Apr 2025" in desk, "the chain on the card"
    assert f"speaker {LABEL}" in desk.replace("speaker: ", "speaker ")
    assert LABEL in shown(cast, "/p/here/claims/"), "the facet"
    assert "a guard #1 , The Velm Courier, 3 Apr 2025" in shown(cast, f"/p/here/speakers/{guard.uuid}/")
    for event in ("", f"{happened.uuid}/", "?view=timeline"):
        assert LABEL in shown(cast, f"/p/here/events/{event}")
    (part,) = parts_in([happened])[happened.pk]
    assert part.actor.name == "a guard", "the words are kept as they are"
    here = Annotation.objects.filter(snapshot=side.snapshot)
    told = {row["uuid"]: row for row in annotations_json(here)}
    (link,) = told[str(one.uuid)]["claim"]["chains"][0]
    names = [[who["name"] for who in link[part]] for part in ("sources", "addressees")]
    assert names == [[LABEL], ["an engineer #1, The Velm Courier, 3 Apr 2025"]]
    assert [who["name"] for who in told[str(one.uuid)]["claim"]["targets"]] == [LABEL]
    assert [row["actor"]["name"] for row in told.values() if row["quotes"] == ["anyone"]] == [LABEL]
    assert LABEL in {name for _, _, name in marks_json(here)["actors"]}
    (event,) = events_json(Event.objects.filter(pk=happened.pk))
    assert [who["name"] for who in event["participants"]] == [LABEL]


@pytest.mark.lengthy
def test_what_a_cue_does_is_told_and_the_usual_on_the_claims_page_alone(
    world: World, cast: Cast, side: Side
) -> None:
    def cue(words: str, does: str) -> dict:
        return {"cues": [span(side.snapshot, words) | ({"cue_type": does} if does else {})]}

    doubts = told_by(world, side, side.office, "stays shut for nine days", link=cue("said", "doubting"))
    plain = told_by(world, side, side.office, "at Velm stays shut", link=cue("the harbour office said", ""))
    assert "Cue said doubting" in shown(cast, f"/c/{doubts.uuid}/")
    assert "Cue the harbour office said neutral" in shown(cast, f"/c/{plain.uuid}/")
    desk = shown(cast, "/p/here/claims/")
    assert "Cue said doubting" in desk
    assert "neutral" not in desk.split("Narrow down")[-1].split("Codebook")[0] or "said neutral" not in desk


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("“We found a crack”", True),
        ("said “shut", True),
        ('"shut"', True),
        ("« fermé »", True),
        ("shut", False),
    ],
)
def test_words_with_quotation_marks_of_their_own_get_no_others(words: str, marked: bool) -> None:
    assert Fact("Hedge", words, quoted=True).marked is marked


@pytest.mark.lengthy
def test_a_claim_tells_what_lies_in_it_and_what_it_lies_in(world: World, cast: Cast, side: Side) -> None:
    outer = told_by(world, side, side.actor, "a crack,” its director Ilse Brandt told the agency Nordpost")
    inner = told_by(world, side, side.office, "a crack", inside=str(outer.uuid))
    assert "holds a crack" in shown(cast, f"/c/{outer.uuid}/")
    assert "Lies in a crack,” its director" in shown(cast, f"/c/{inner.uuid}/")
    Claim.objects.filter(pk=inner.pk).update(withdrawn_at="2025-01-01T00:00Z")
    assert "holds" not in shown(cast, f"/c/{outer.uuid}/")


@pytest.mark.lengthy
def test_an_events_numbers_say_which_day_it_is_they_have(world: World, cast: Cast, side: Side) -> None:
    number = {"low": 18, "unit": "", "words": "Eighteen", "event": str(side.event.uuid)}
    told_by(world, side, side.actor, "Eighteen lorries", quantities=[number | {"what": "lorries"}])
    told_by(
        world,
        side,
        side.office,
        "Eighteen",
        quantities=[number | {"what": "cars"}],
        said_on="2025-04-01",
    )
    page = shown(cast, f"/p/here/events/{side.event.uuid}/")
    assert "published 3 Apr 2025" in page
    assert "said 1 Apr 2025" in page


def test_a_merged_events_own_word_on_somebody_stands_by_its_name(
    world: World, cast: Cast, side: Side
) -> None:
    body = {
        "uuid": "00000000-0000-4000-8000-000000000002",
        "label": "Crack seen by night",
        "type": "other",
        "participants": [{"actor": str(side.actor.uuid), "role": "victim", "part": "sleeper"}],
    }
    other: Event = annotate(
        world.manager, side.snapshot, "event", "found a crack", new_event=body
    ).event_mention.event
    merge = MergeEvents(survivor=side.event.uuid, other=other.uuid)
    event_merges.merge(by=world.manager, project=side.project, intent=merge)
    page = shown(cast, f"/p/here/events/{side.event.uuid}/")
    took_part, _, known_as = page.partition("Also known as")
    assert "Ilse Brandt actor, finder" in took_part.replace(" ,", ",")
    assert "victim" not in took_part
    assert "there otherwise: Ilse Brandt as victim, sleeper" in known_as.replace(" ,", ",")
