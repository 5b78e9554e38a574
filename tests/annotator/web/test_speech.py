"""A speaker's page: words apart from thoughts, how far they reach, who is against them, time as a plot."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from annotator.actions import relations
from annotator.models import Actor, Claim, Code
from annotator.queries.claims import Wanted, claims_like
from annotator.queries.hedges import hedges_dropped, hedges_perhaps_dropped
from annotator.queries.speakers import claims_by
from annotator.queries.speech import claims_against, counts_by, told_by
from annotator.queries.speech_over_time import over_time
from sources.actions import edit_article
from sources.models import Role
from tests.factories import Side, World, annotate, claim, new_actor, span, stored

from .conftest import Cast

SAYS = "Otters came in May. “Otters came in June,” she wrote. Otters may come in July."


@pytest.fixture
def side(world: World) -> Side:
    return world.here


@pytest.fixture
def speaker(world: World, side: Side) -> Actor:
    return annotate(world.manager, side.snapshot, "actor", "An engineer", **new_actor("Ida")).mention.actor


def link(actor: Actor, **more: Any) -> dict[str, Any]:
    return {"sources": [{"actor": str(actor.uuid)}], **more}


def said_by(actor: Actor, **more: Any) -> dict[str, Any]:
    return {"voice": "attributed", "chains": [[link(actor, **more)]]}


@pytest.fixture
def told(world: World, side: Side, speaker: Actor) -> dict[str, Claim]:
    """One claim of each way and reach, on two texts that are years apart."""
    by, project = world.manager, side.project
    early, late = (stored(by, project, f"Otters {n}\n\n{SAYS}", f"Paper {n}") for n in (1, 2))
    for snapshot, day in ((early, "2019-04"), (late, "2024-05-02")):
        edit_article(by=by, article=snapshot.article, version=1, values={}, outlet=None, published=day)
    other = new_actor("Otto")
    relayed = [link(speaker), {"role": "relayed", "sources": [other]}]
    sure = {"sources": [{"actor": str(speaker.uuid), "basis": "inferential"}]}
    return {
        "quoted": claim(by, early, "Otters came in June", quotation_type="direct", **said_by(speaker)),
        "thought": claim(by, early, "Otters came in May", **said_by(speaker, act="thinks")),
        "relayed": claim(by, late, "Otters came in May", voice="attributed", chains=[relayed]),
        "inferred": claim(by, late, "Otters came in June", voice="attributed", chains=[[sure]]),
        "hedged": claim(
            by,
            late,
            "Otters may come in July",
            said_on="2018-03-01",
            topics=["ferry"],
            hedges=[{**span(late, "may come"), "whose": "speaker"}],
            **said_by(speaker),
        ),
    }


def page(cast: Cast, actor: Actor, **asked: str) -> str:
    answer = cast.viewer.get(f"/p/here/speakers/{actor.uuid}/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(text: str) -> list[str]:
    return re.findall(r'id="claim-([0-9a-f-]{36})"', text)


@pytest.mark.lengthy
def test_words_are_told_apart_from_thoughts_and_by_reach(
    cast: Cast, speaker: Actor, told: dict[str, Claim]
) -> None:
    found = counts_by(speaker, Role.VIEWER)
    ways, reaches = found.ways, found.reaches
    assert ways == {"quoted": 1, "thought": 1, "paraphrased": 3}
    assert reaches == {"first": 3, "relayed": 1, "inferred": 1}
    assert shown(page(cast, speaker, way="thought")) == [str(told["thought"].uuid)]
    assert shown(page(cast, speaker, reach="inferred")) == [str(told["inferred"].uuid)]
    assert shown(page(cast, speaker, way="quoted", reach="relayed")) == []
    assert "None like that" in page(cast, speaker, way="quoted", reach="relayed")
    passed = Actor.objects.get(project=speaker.project, name="Otto")
    assert counts_by(passed, Role.VIEWER).ways == {"passed": 1}


def test_whose_words_are_told_in_another_s_quotation_is_not_quoted(
    world: World, side: Side, speaker: Actor
) -> None:
    text = stored(
        world.manager, side.project, "Otters\n\n“Ida told me that otters came,” Otto said.", "Paper 3"
    )
    otto = {"role": "relayed", "sources": [new_actor("Otto")], "quotation_type": "direct"}
    said = {"quotation_type": "direct", "voice": "attributed"}
    inner = link(speaker, quotation_type="indirect")
    claim(world.manager, text, "otters came", **said, chains=[[inner, otto]])
    assert counts_by(speaker, Role.VIEWER).ways == {"paraphrased": 1}
    claim(world.manager, text, "otters came", **said, chains=[[link(speaker), otto]])
    assert counts_by(speaker, Role.VIEWER).ways == {"paraphrased": 1, "quoted": 1}


def test_what_others_say_that_they_say_is_apart(world: World, side: Side, speaker: Actor) -> None:
    whole = "The bridge at Velm stays shut for nine days"
    outer = claim(world.manager, side.snapshot, whole, **said_by(side.actor))
    claim(world.manager, side.snapshot, "stays shut", inside=str(outer.uuid), **said_by(speaker))
    found = counts_by(speaker, Role.VIEWER)
    ways, reaches = found.ways, found.reaches
    assert (ways, reaches) == ({"inside": 1}, {"relayed": 1})


@pytest.mark.lengthy
def test_claims_stand_in_the_order_of_publication_or_of_speech(
    cast: Cast, speaker: Actor, told: dict[str, Claim]
) -> None:
    first = shown(page(cast, speaker))
    assert set(first[:2]) == {str(told[name].uuid) for name in ("thought", "quoted")}
    assert shown(page(cast, speaker, order="latest")) == first[::-1]
    assert shown(page(cast, speaker, order="said"))[0] == str(told["hedged"].uuid), "said in 2018"
    assert shown(page(cast, speaker, order="x", after="x", status="x", way="x", reach="x")) == first
    assert shown(page(cast, speaker, items="x", status="x")) == first, "no parameter hides the others"
    said = page(cast, speaker, show="about", order="said", items="x").split('class="speech-order"')[1]
    assert 'name="show" value="about"' in said
    assert 'name="items"' not in said


@pytest.mark.lengthy
def test_pages_go_on_from_where_the_last_ended(cast: Cast, world: World, side: Side, speaker: Actor) -> None:
    sentences = " ".join(f"Otter number {n} came." for n in range(45))
    snapshot = stored(world.manager, side.project, f"Otters\n\n{sentences}")
    for n in range(45):
        claim(world.manager, snapshot, f"Otter number {n} came", **said_by(speaker))
    seen: list[str] = []
    asked = ""
    for _ in range(3):
        text = cast.viewer.get(f"/p/here/speakers/{speaker.uuid}/{asked}").content.decode()
        seen += shown(text)
        following = re.search(r'href="(\?[^"]*)" rel="next"', text)
        asked = following[1].replace("&amp;", "&") if following else ""
    assert (len(seen), len(set(seen)), asked) == (45, 45, "")


@pytest.mark.lengthy
def test_what_others_said_against_it(
    cast: Cast, world: World, speaker: Actor, told: dict[str, Claim]
) -> None:
    side = world.here
    for kind, ends in (
        ("denies", (side.lone, told["quoted"])),
        ("contradicts", (told["thought"], side.second_claim)),
        ("supports", (side.claim, told["quoted"])),
        ("denies", (told["relayed"], side.claim)),
        ("contradicts", (told["relayed"], told["inferred"])),
    ):
        relations.relate(by=world.manager, claim=ends[0], other=ends[1], kind=kind)
    assert set(claims_against(speaker, "viewer")) == {side.lone, side.second_claim}
    Claim.objects.filter(pk=side.lone.pk).update(status="draft")
    assert set(claims_against(speaker, None)) == {side.second_claim}
    assert set(shown(page(cast, speaker, show="against"))) == {
        str(side.lone.uuid),
        str(side.second_claim.uuid),
    }


@pytest.mark.lengthy
def test_a_headline_that_drops_the_hedge_is_told(
    cast: Cast, world: World, speaker: Actor, told: dict[str, Claim]
) -> None:
    hedged, late = told["hedged"], told["hedged"].annotation.snapshot
    own = claim(world.manager, late, "Otters came in June", voice="own")
    head = claim(world.manager, late, "Otters 2", voice="own")
    also = claim(world.manager, late, "come in July", voice="own", certainty="may")
    assert hedges_dropped(speaker, "viewer") == []
    for one in (own, also):
        relations.relate(by=world.manager, claim=one, other=hedged, kind="repeats")
    relations.relate(by=world.manager, claim=hedged, other=head, kind="repeats")
    found = {(one.bare, one.headline, *one.hedges) for one in hedges_dropped(speaker, "viewer")}
    assert found == {(own, False, "may come"), (head, True, "may come")}
    text = page(cast, speaker, show="against")
    assert "Said again without its hedge" in text
    assert "headline" in text


@pytest.mark.lengthy
def test_in_one_article_a_dropped_hedge_is_proposed_and_never_said(
    cast: Cast, world: World, side: Side, speaker: Actor
) -> None:
    by = world.manager
    text = (
        "Otters come in July\n\nOtters may come in July, she said.\n\nBadgers come in July.\n\nOtters come."
    )
    snapshot = stored(by, side.project, text)
    hedges = [{**span(snapshot, "may"), "whose": "speaker"}]
    hedged = claim(by, snapshot, "Otters may come in July", hedges=hedges, **said_by(speaker))
    head = claim(by, snapshot, "Otters come in July", voice="own")
    claim(by, snapshot, "Otters come.", voice="own")
    claim(by, snapshot, "Badgers come in July", voice="attributed", chains=[[link(side.actor)]])
    (found,) = hedges_perhaps_dropped(speaker, "viewer")
    assert (found.bare, found.claim, found.hedges, found.proposed) == (head, hedged, ["may"], True)
    assert hedges_dropped(speaker, "viewer") == []
    shows = cast.annotator.get(f"/p/here/speakers/{speaker.uuid}/?show=against").content.decode()
    assert f"/c/{head.uuid}/beside/{hedged.uuid}/" in shows
    assert "proposed by their words" in shows
    assert "proposed by their words" not in page(cast, speaker, show="against"), "who may not say so"
    relations.relate(by=by, claim=head, other=hedged, kind="contradicts")
    assert hedges_perhaps_dropped(speaker, "viewer") == []


@pytest.mark.lengthy
def test_who_speaks_in_a_second_chain_is_sorted_by_their_own_speech(
    cast: Cast, world: World, side: Side, speaker: Actor, told: dict[str, Claim]
) -> None:
    late = told["hedged"].annotation.snapshot
    chains = [[link(side.actor)], [link(speaker, said_on="2016-01-01")]]
    second = claim(
        world.manager, late, "Otters came", said_on="2023-01-01", voice="attributed", chains=chains
    )
    assert shown(page(cast, speaker, order="said"))[0] == str(second.uuid)
    (mine,) = told_by(Claim.objects.filter(pk=second.pk), side.actor)
    (theirs,) = told_by(Claim.objects.filter(pk=second.pk), speaker)
    assert (mine.said_day.year, theirs.said_day.year) == (2023, 2016)


@pytest.mark.lengthy
def test_every_mark_of_the_plot_opens_the_claims_behind_it(
    cast: Cast, speaker: Actor, told: dict[str, Claim]
) -> None:
    plot = over_time(claims_by(speaker, "viewer"))
    assert [(mark.period, mark.count) for mark in plot.bars] == [("2019", 2), ("2024", 3)]
    assert plot.numbers[-1] == ("2024", "Ferry", 1)
    text = page(cast, speaker, show="context")
    links = re.findall(r'<a href="(/p/here/claims/\?[^"]*)" aria-label="([^"]*): (\d+) claim', text)
    assert len(links) == 3
    for url, _, number in links:
        desk = cast.viewer.get(url.replace("&amp;", "&")).content.decode()
        assert len(shown(desk)) == int(number), url
    asked = Wanted(speaker=(speaker.uuid,), topic=("ferry",), period=("2024",))
    assert list(claims_like(speaker.project, asked)) == [told["hedged"]]


def test_the_plot_is_kept_as_a_picture_and_as_numbers(
    cast: Cast, speaker: Actor, told: dict[str, Claim]
) -> None:
    kept = f"/p/here/speakers/{speaker.uuid}/plot"
    picture = cast.viewer.get(f"{kept}/svg/")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "attachment" in picture["Content-Disposition"]
    drawn = ET.fromstring(picture.content)
    targets = [a.get("href", "") for a in drawn.iter("{http://www.w3.org/2000/svg}a")]
    assert len(targets) == 3
    assert all(target.startswith("http://testserver/p/here/claims/?speaker=") for target in targets)
    rows = list(csv.reader(io.StringIO(cast.viewer.get(f"{kept}/csv/").content.decode())))
    assert rows == [
        ["period", "topic", "claims"],
        ["2019", "", "2"],
        ["2024", "", "3"],
        ["2024", "Ferry", "1"],
    ]
    assert cast.viewer.get(f"{kept}/png/").status_code == 404


def test_nobody_dated_makes_no_plot(cast: Cast, world: World, side: Side, speaker: Actor) -> None:
    claim(world.manager, side.snapshot, "a crack", **said_by(speaker))
    plot = over_time(claims_by(speaker, "viewer"))
    assert (plot.bars, plot.topics, plot.undated) == ([], [], 1)
    assert "No claim of theirs has a date" in page(cast, speaker, show="context")
    assert cast.viewer.get(f"/p/here/speakers/{speaker.uuid}/plot/svg/").status_code == 200


@pytest.mark.lengthy
def test_what_is_dated_less_exactly_than_the_plot_goes_by_is_told(
    cast: Cast, world: World, side: Side, speaker: Actor, told: dict[str, Claim]
) -> None:
    exact = page(cast, speaker, show="context")
    assert "less exactly" not in exact, "a year's or month's date is exact enough for years"
    assert re.search(r'<text class="plot-most"[^>]*>3 claims</text>', exact)
    article = told["quoted"].annotation.snapshot.article
    edit_article(by=world.manager, article=article, version=2, values={}, outlet=None, published="2024")
    plot = over_time(claims_by(speaker, "viewer"))
    assert (plot.unit, plot.inexact, [mark.count for mark in plot.bars]) == ("month", 2, [2, 3])
    said = "2 claims are dated less exactly than by the month, and stand where their dates begin."
    assert page(cast, speaker, show="context").count(said) == 2
    kept = cast.viewer.get(f"/p/here/speakers/{speaker.uuid}/plot/svg/").content.decode()
    assert f"<desc>{said}</desc>" in kept
    (foot,) = set(re.findall(r'y="([^"]*)" dx="-6" text-anchor="end" fill="#5f5b52">0<', kept))
    (axis,) = re.findall(r'class="plot-axis" d="M150 (\d+)V(\d+)H720"', kept)
    assert axis == (str(plot.top), foot)
    assert min(mark.y for mark in plot.bars) == plot.top, "the highest reaches the number at the axis"


@pytest.mark.lengthy
def test_a_topic_that_runs_leftwards_keeps_its_number_beside_it(
    cast: Cast, speaker: Actor, told: dict[str, Claim]
) -> None:
    name = "الميناء"
    Code.objects.filter(project=speaker.project, key="ferry").update(name=name, version=2)
    assert f'aria-label="\u2068{name}\u2069, 2024: 1 claim"' in page(cast, speaker, show="context")
