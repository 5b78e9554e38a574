"""What is said twice is counted once: pull quotes, repeated titles, claims inside claims."""

from datetime import date
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from annotator.actions import annotations, relations
from annotator.intents.annotation import parse_annotation
from annotator.intents.relation import parse_relation
from annotator.queries.claim_facets import counted
from annotator.queries.claims import Wanted
from annotator.queries.event_page import told_of
from annotator.queries.progress import totals
from annotator.queries.speaker_list import plots_of
from annotator.queries.speakers import speakers
from sources.models import Article, Block, Project, Role, Snapshot, User
from tests.factories import World, claim, new_actor, stored

TEXT = """Weir will hold, says mayor

The town slept. “The weir will hold until spring,” the mayor, Lena Voss, said.

“The weir will hold”

Nobody else was asked. “Only here,” she added.

“Only in the pull quote”
"""


@pytest.fixture
def weir(world: World) -> Snapshot:
    snapshot = stored(world.manager, world.here.project, TEXT, "Weir Post")
    body, quote, lonely = (
        Block.objects.get(snapshot=snapshot, start__lte=at, end__gt=at)
        for at in (TEXT.index("The town"), TEXT.index("“The weir will hold”"), TEXT.index("“Only in the"))
    )
    Block.objects.filter(pk=quote.pk).update(repeats=body, version=quote.version + 1)
    Block.objects.filter(pk=lonely.pk).update(role="pull_quote", version=lonely.version + 1)
    day = date(2025, 4, 3)
    Article.objects.filter(pk=snapshot.article.pk).update(
        published="2025-04-03", published_min=day, published_max=day, version=F("version") + 1
    )
    return snapshot


def said(by: User, snapshot: Snapshot, words: str, who: dict[str, Any], **more: Any) -> Any:
    return claim(by, snapshot, words, voice="attributed", chains=[[{"sources": [who]}]], **more)


def counts(project: Project, name: str) -> tuple[int, int]:
    actor = speakers(project).get(name=name)
    return actor.n_claims, actor.n_passed_on


@pytest.mark.lengthy
def test_a_pull_quote_counts_only_where_the_story_does_not_say_it(
    world: World, weir: Snapshot, client: Client
) -> None:
    project, before = world.here.project, totals(world.here.project).claims
    mayor = new_actor("Lena Voss")
    said(world.manager, weir, "The weir will hold until spring", mayor)
    known = {"actor": mayor["new_actor"]["uuid"]}
    again = TEXT.index("“The weir will hold”") + 1
    assert weir.text[again : again + 18] == "The weir will hold"
    body = {
        "snapshot": str(weir.uuid),
        "kind": "claim",
        "extent": [[again, again + 18]],
        "quotes": ["The weir will hold"],
        "claim": {
            "type": "fact",
            "quotation_type": "direct",
            "voice": "attributed",
            "chains": [[{"sources": [known]}]],
        },
    }
    intent = parse_annotation("5b6b7a4e-0a55-4d0c-9d53-6d3c60f6a001", body)
    annotations.save(by=world.manager, project=project, intent=intent)
    assert totals(project).claims == before + 1
    assert counts(project, "Lena Voss") == (1, 0)
    said(world.manager, weir, "Only in the pull quote", known)
    assert totals(project).claims == before + 2
    assert counts(project, "Lena Voss") == (2, 0)
    found = counted(project, Wanted(), Role.MANAGER)
    assert (found.inside, found.again) == (0, 1)
    client.force_login(world.manager)
    page = client.get(reverse("claims", args=[project.slug])).content.decode()
    assert "1 said again in a pull quote or title" in page
    actor = speakers(project).get(name="Lena Voss")
    page = client.get(reverse("speaker", args=[project.slug, actor.uuid])).content.decode()
    assert "2 claims of their own; 1 said again in a pull quote or title" in page
    plots = plots_of([actor.pk], date(2000, 1, 1), date(2099, 1, 1), Role.MANAGER)
    assert [n for _, n in plots[actor.pk].said] == [2]


@pytest.mark.lengthy
def test_a_pull_quote_in_other_words_counts_once_when_it_is_said_to_repeat(
    world: World, weir: Snapshot
) -> None:
    project, mayor = world.here.project, new_actor("Lena Voss")
    story = said(world.manager, weir, "The weir will hold until spring", mayor)
    known = {"actor": mayor["new_actor"]["uuid"]}
    short = said(world.manager, weir, "Only in the pull quote", known)
    assert counts(project, "Lena Voss") == (2, 0)
    body = {"claim": str(short.uuid), "other": str(story.uuid), "kind": "repeats"}
    relation, _ = relations.state(
        by=world.manager, project=project, intent=parse_relation("5b6b7a4e-0a55-4d0c-9d53-6d3c60f6a002", body)
    )
    assert counts(project, "Lena Voss") == (1, 0)
    relations.unrelate(by=world.manager, relation=relation)
    relations.state(
        by=world.manager, project=project, intent=parse_relation(relation.uuid, body | {"kind": "supports"})
    )
    assert counts(project, "Lena Voss") == (2, 0)


def test_an_events_numbers_stand_once(world: World, weir: Snapshot) -> None:
    mayor, event = new_actor("Lena Voss"), world.here.event
    number = {"what": "springs", "low": 1, "unit": "", "words": "spring", "event": str(event.uuid)}
    story = said(world.manager, weir, "The weir will hold until spring", mayor, quantities=[number])
    known = {"actor": mayor["new_actor"]["uuid"]}
    short = said(world.manager, weir, "Only in the pull quote", known, quantities=[number])
    body = {"claim": str(short.uuid), "other": str(story.uuid), "kind": "repeats"}

    def rows() -> list[int]:
        return [len(one.rows) for one in told_of(event, Role.MANAGER)[0] if one.what == "springs"]

    assert rows() == [2]
    relations.state(
        by=world.manager,
        project=world.here.project,
        intent=parse_relation("5b6b7a4e-0a55-4d0c-9d53-6d3c60f6a003", body),
    )
    assert rows() == [1]


@pytest.mark.lengthy
def test_an_inner_claim_is_its_own_speakers_alone(world: World, weir: Snapshot) -> None:
    project = world.here.project
    mayor, town = new_actor("Lena Voss"), new_actor("the town", "group")
    outer = said(world.manager, weir, "The town slept", mayor)
    said(world.manager, weir, "slept", town, inside=str(outer.uuid))
    assert counts(project, "Lena Voss") == (1, 0)
    assert counts(project, "the town") == (1, 0)
    assert totals(project).inside == 1
