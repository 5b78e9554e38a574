"""What the page puts together from the rows it is given is what the API tells."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import annotations, codebook
from annotator.models import Annotation, Kind
from annotator.queries.relations import counted_relations
from tests.factories import Side, World, annotate, claim, new_actor, span

from .conftest import Visitor

pytestmark = pytest.mark.browser

UNFOLDED = """async () => {
  const { unfold } = await import("/static/js/reading/unfold.js");
  const { TextMap } = await import("/static/js/reading/text_map.js");
  const data = JSON.parse(document.getElementById("room-data").textContent);
  const map = new TextMap(document.getElementById("room-text"), data.snapshot);
  const { whole } = data.marks;
  return { told: JSON.stringify(unfold(data.marks, map)), whole: whole.map(({ uuid }) => uuid) };
}"""
TOLD = """async (url) => JSON.stringify((await (await fetch(url)).json()).annotations)"""


def more_of_everything(side: Side, world: World) -> None:
    """What the small world has not: stretches, several chains and speakers, spans without seldom fields."""
    by, text = world.manager, side.snapshot
    first = {
        "role": "said",
        "sources": [
            {
                "actor": str(side.actor.uuid),
                "mention": str(side.mention.annotation.uuid),
                "role_at_time": "director",
                "role_span": span(text, "director"),
                "jointly": "together",
            },
            {"actor": str(side.office.uuid), "jointly": "together"},
        ],
        "cues": [{**span(text, "said"), "cue_type": "doubting"}, span(text, "told")],
    }
    second = {"role": "said", "sources": [{"actor": str(side.anonymous.uuid)}], "cues": []}
    for concept in ("shut", "safe"):
        codebook.add_code(by=by, project=side.project, facet="concept", key=concept, name=concept)
    many = claim(
        by,
        text,
        "The Cafe\u0301 Zum Kai",
        "was warned",
        voice="attributed",
        topics=["ferry", "bridge"],
        chains=[[first], [second]],
    )
    more = {
        "positions": [{"concept": "safe", "stand": "against"}, {"concept": "shut", "stand": "for"}],
        "time_span": span(text, "in spring"),
        "period_span": span(text, "spring"),
        "targets": [{"span": span(text, "was known")}, {"actor": str(side.office.uuid)}],
        "hedges": [{**span(text, "open"), "whose": "speaker"}],
        "glosses": [span(text, "crack was")],
        "quoted": [{**span(text, "known"), "use": "scare"}],
    }
    claim(by, text, "the crack was known", voice="own", **more)
    heard = {"addressees": [{"span": span(text, "anyone")}], "occasion_span": span(text, "denies")}
    claim(by, text, "nine days", voice="own", negated=True, period="2019/..")
    event, said = str(side.event.uuid), {"factuality": "denied", "factuality_words": "denies"}
    annotate(by, text, "event", "anyone was warned", event=event, **said)
    annotate(by, text, "event", "turned back", event=event, factuality_words="turned")
    dated = {"role": "relayed", "cues": [span(text, "known")], "time_span": span(text, "in spring")}
    claim(by, text, "turned back", voice="agentless", chains=[[heard, dated]])
    claim(by, text, "👩🏽‍🔧", voice="own", paraphrase='</script><b>"&amp;')
    annotate(by, text, "actor", "إن الجسر", **new_actor("</script> قال"))
    gone = claim(
        by, text, "Eighteen", chains=[[{**second, "cues": [span(text, "because")]}]], voice="attributed"
    )
    annotations.remove(by=by, project=side.project, uuid=gone.annotation.uuid, version=1)
    assert many.annotation.sentences.count() >= 1


def compare(page: Page, side: Side) -> tuple[list[Any], list[str]]:
    unfolded = page.evaluate(UNFOLDED)
    url = f"/api/v1/projects/{side.project.slug}/articles/{side.article.uuid}/room/"
    told = json.loads(page.evaluate(TOLD, url))
    got = json.loads(unfolded["told"])
    for mine, theirs in zip(got, told, strict=True):
        # as text: what comes later is compared key by key in their order
        assert json.dumps(mine) == json.dumps(theirs)
    return got, unfolded["whole"]


def test_the_page_knows_of_every_annotation_what_the_api_tells(
    visitor: Visitor, here: Side, world: World
) -> None:
    more_of_everything(here, world)
    page = visitor.open(here)
    got, whole = compare(page, here)
    standing = Annotation.objects.filter(snapshot=here.snapshot)
    assert {one["kind"] for one in got} >= set(Kind.values) - {Kind.PLACE}
    assert len(got) == standing.count() - 2  # the withdrawn claim and its cue
    said = {tuple(one["quotes"]) for one in got if one["uuid"] in whole}
    assert said == {("We found a crack",), ("the crack was known",), ("nine days",), ("turned back",)}
    discontinuous = next(one for one in got if len(one["extent"]) == 2)
    assert len(discontinuous["claim"]["chains"]) == 2


def test_nothing_marked_is_nothing(visitor: Visitor, here: Side, world: World) -> None:
    page = visitor.page
    article = here.second_article
    for one in Annotation.objects.filter(snapshot=here.second_snapshot, kind="claim"):
        annotations.remove(by=world.manager, project=here.project, uuid=one.uuid, version=one.version)
    page.goto(f"{visitor.address}/p/{here.project.slug}/articles/{article.uuid}/")
    visitor.ready()
    assert json.loads(page.evaluate(UNFOLDED)["told"]) == []


def test_a_card_names_the_claims_relations_and_leads_to_them(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    words = [one["words"] for one in counted_relations([here.claim.pk], None)[here.claim.pk]]
    assert words, "the claim stands in one"
    page.locator(f"#card-{here.claim.uuid} .mini-main").click()
    link = page.locator(f"#card-{here.claim.uuid} .card-relations a")
    expect(link).to_have_text(f"{words[0]} 1 other")
    link.click()
    expect(page).to_have_url(f"{visitor.address}/c/{here.claim.uuid}/#relations")
    expect(page.locator("#relations")).to_contain_text(words[0])
