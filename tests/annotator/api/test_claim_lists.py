"""Claims over the API as the claims desk finds them, their facets, and the decisions on them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import claims, reviews
from annotator.intents.review import DecideClaim
from sources.models import Project, User
from tests.factories import Side, World, claim

from .lists import costs_the_same, queries_of, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/claims/"
REVIEWS = "/api/v1/projects/here/reviews/"


def found(client: Client, **asked: Any) -> list[str]:
    answer = client.get(URL, asked)
    assert answer.status_code == 200, answer.content
    return [one["uuid"] for one in answer.json()["results"]]


@pytest.mark.lengthy
def test_each_with_where_it_stands_and_what_was_decided(manager: Client, here: Side) -> None:
    told = walked(manager, URL)
    assert [one["uuid"] for one in told] == [
        str(one.uuid) for one in (here.second_claim, here.lone, here.claim)
    ]
    cited = told[-1]
    assert cited["article"]["title"] == here.article.title
    assert cited["article"]["outlet"] == "The Velm Courier"
    assert cited["text"] == str(here.snapshot.uuid)
    assert "Ilse Brandt" in cited["chain"] and "Nordpost" in cited["chain"]
    assert (cited["review"]["decision"], cited["review"]["reviewer"]) == ("disputed", "Reviewer")
    assert cited["prefix"] + cited["quotes"][0] + cited["suffix"] in here.snapshot.text
    assert told[1]["review"] is None


@pytest.mark.lengthy
def test_searched_and_narrowed_as_on_the_desk(manager: Client, here: Side) -> None:
    cited, lone, later = (str(one.uuid) for one in (here.claim, here.lone, here.second_claim))
    assert found(manager, q="crack") == [later, lone, cited], "one of them by its article’s title"
    assert found(manager, q="crack", where="quote") == [later, cited]
    assert found(manager, q='"found a crack"') == [cited]
    assert found(manager, q="crack -june", where="quote") == [cited]
    assert found(manager, status=["disputed", "draft"]) == [cited]
    assert found(manager, speaker=here.actor.uuid) == [cited]
    assert found(manager, topic="bridge") == [cited]
    assert found(manager, topic="~") == [later, lone]
    assert found(manager, concept="bridge-safe", stand="against") == [cited]
    assert found(manager, article=here.second_article.uuid) == [later]
    assert found(manager, annotator="reviewer") == []
    assert found(manager, order="oldest") == [cited, lone, later]
    assert found(manager, period="undated") == [later, lone, cited]
    assert found(manager, code=here.topic.uuid) == [cited]
    assert found(manager, cites=f"{here.actor.uuid}~") == [cited]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=x", "status"),
        ("speaker=x", "speaker"),
        ("where=x", "where"),
        ("stand=x", "stand"),
        ("period=sometime", "period"),
        ("cites=x", "cites"),
        ("cites=~", "cites"),
        ("made=x", "made"),
        ("order=x", "order"),
        ("once=yes", "once"),
        ("q=%00", "q"),
        ("q=" + "x" * 2001, "q"),
    ],
)
def test_what_is_none_is_named(manager: Client, here: Side, query: str, field: str) -> None:
    for url in (URL, f"{URL}facets/"):
        answer = manager.get(f"{url}?{query}")
        assert answer.status_code == 400, answer.content
        assert answer.json()["errors"][0]["field"] == field


def test_parameters(manager: Client, here: Side) -> None:
    refuses_strange_parameters(manager, URL)
    refuses_strange_parameters(manager, REVIEWS)


@pytest.mark.lengthy
def test_twenty_cost_what_two_cost(manager: Client, world: World, here: Side) -> None:
    def more() -> None:
        source = {"actor": str(here.anonymous.uuid)}
        for _ in range(20):
            chain = [[{"role": "said", "sources": [source]}]]
            made = claim(world.manager, here.snapshot, "a crack", voice="attributed", chains=chain)
            reviews.decide(by=world.reviewer, claim=made, intent=DecideClaim("accepted"))

    costs_the_same(manager, URL, more)
    assert queries_of(manager, REVIEWS, limit=20) == queries_of(manager, REVIEWS, limit=2)


def test_facets_count_what_narrows(manager: Client, here: Side) -> None:
    told = manager.get(f"{URL}facets/", {"topic": "bridge"}).json()
    assert (told["total"], told["more"]) == (1, False)
    facets = {facet["facet"]: facet for facet in told["facets"]}
    chosen = {one["key"]: (one["count"], one["chosen"]) for one in facets["topic"]["choices"]}
    assert chosen["bridge"] == (1, True)
    assert facets["speaker"]["choices"][0]["label"] in ("Ilse Brandt", "Nordpost")
    assert manager.get(f"{URL}facets/?unfold=x").status_code == 400


@pytest.mark.lengthy
def test_one_claim_with_all_that_it_names(manager: Client, here: Side) -> None:
    url = f"{URL}{here.claim.uuid}/"
    answer = manager.get(url)
    told = answer.json()
    (listed,) = [one for one in walked(manager, URL, limit=200) if one["uuid"] == str(here.claim.uuid)]
    assert told["claim"] == listed
    assert {one["kind"] for one in told["also"]} >= {"cue", "role", "time"}
    assert "Ilse Brandt" in {one["name"] for one in told["actors"]}
    assert manager.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    claims.withdraw(by=None, claim=here.claim)
    assert manager.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 200


@pytest.mark.lengthy
def test_drafts_and_what_is_withdrawn_are_not_for_readers(
    manager: Client, client_of: Callable[[User], Client], world: World, here: Side
) -> None:
    draft = claim(world.manager, here.snapshot, "a crack", status="draft")
    claims.withdraw(by=world.manager, claim=here.lone)
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    reader = Client()
    assert found(reader) == [str(one.uuid) for one in (here.second_claim, here.claim)]
    assert found(reader, status="withdrawn") == []
    for hidden in (draft, here.lone):
        for tail in ("", "attributions/", "topics/", "reviews/"):
            missing = reader.get(f"{URL}{uuid4()}/{tail}")
            answer = reader.get(f"{URL}{hidden.uuid}/{tail}")
            assert (answer.status_code, answer.content) == (404, missing.content), tail
            assert manager.get(f"{URL}{hidden.uuid}/{tail}").status_code == 200, tail
    foreign = manager.get(f"{URL}{world.there.claim.uuid}/")
    assert (foreign.status_code, foreign.content) == (404, manager.get(f"{URL}{uuid4()}/").content)


def test_decisions_the_latest_first(manager: Client, world: World, here: Side) -> None:
    made = reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    told = walked(manager, REVIEWS, limit=1)
    assert [one["uuid"] for one in told] == [str(made.uuid), str(here.review.uuid)]
    assert told[1]["reason"] == here.review.reason

    def asked(**query: Any) -> list[str]:
        return [one["uuid"] for one in manager.get(REVIEWS, query).json()["results"]]

    assert asked(decision="disputed") == [str(here.review.uuid)]
    assert asked(claim=here.lone.uuid) == [str(made.uuid)]
    assert asked(reviewer="reviewer") and not asked(reviewer="manager")
    assert not asked(since="2999-01-01")
    own = f"{URL}{here.lone.uuid}/reviews/"
    assert manager.get(own).json()["results"] == [told[0]]
    assert manager.get(f"{own}{made.uuid}/").json() == {"review": told[0]}
    assert manager.get(f"{own}{here.review.uuid}/").status_code == 404
    assert manager.get(own, {"claim": str(here.claim.uuid)}).status_code == 400
