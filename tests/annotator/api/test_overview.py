"""A project at a glance, in numbers, over the API."""

from collections.abc import Callable

from django.test import Client

from annotator.models import Claim
from sources.actions import edit_project
from sources.models import User
from tests.factories import World, claim

from .lists import queries_of

URL = "/api/v1/projects/here/overview/"


def test_the_numbers_are_those_of_the_claims(manager: Client, world: World) -> None:
    told = manager.get(URL).json()
    standing = Claim.objects.filter(project=world.here.project, withdrawn_at=None).count()
    for ranking in ("articles", "annotators"):
        rows = told[ranking]["rows"]
        assert sum(row["claims"] for row in rows) == standing and told[ranking]["claims_left"] == 0
        assert all(sum(row["counts"].values()) == row["claims"] for row in rows)
    assert {row["key"] for row in told["topics"]["rows"]} == {"bridge"}
    assert told["without_topic"] == standing - told["topics"]["rows"][0]["claims"]
    assert str(world.here.actor.uuid) in {row["key"] for row in told["speakers"]["rows"]}
    days = sum(day["claims"] for day in told["published"]["days"])
    assert days + told["published"]["undated"] == standing
    nodes = {node["uuid"] for node in told["citing"]["nodes"]}
    edges = told["citing"]["edges"]
    assert edges and {end for edge in edges for end in (edge["source"], edge["target"])} <= nodes


def test_they_are_narrowed_and_cut_short(manager: Client, world: World) -> None:
    cut = manager.get(URL, {"limit": 1}).json()["articles"]
    assert len(cut["rows"]) == 1 and cut["every"] > 1 and cut["claims_left"] > 0
    told = manager.get(URL, {"topic": "bridge", "q": "crack", "once": "true"}).json()
    assert told["without_topic"] == 0 and told["articles"]["every"] == 1
    for asked in ({"limit": 0}, {"period": "yore"}, {"after": "x"}, {"order": "sideways"}):
        assert manager.get(URL, asked).status_code == 400


def test_readers_are_told_of_what_was_handed_in(world: World, client_of: Callable[[User], Client]) -> None:
    project = world.here.project
    edit_project(by=world.manager, project=project, name="Here", description="", is_public=True)
    told = client_of(world.stranger).get(URL).json()
    assert all(row["counts"]["draft"] == 0 for row in told["articles"]["rows"])


def test_it_costs_the_same(manager: Client, world: World) -> None:
    before = queries_of(manager, URL)
    for words in ("Eighteen lorries", "lorries turned back", "turned back"):
        claim(world.manager, world.here.snapshot, words, topics=["bridge"])
    assert queries_of(manager, URL) == before <= 16
