"""Likely reprints over the API: listed, compared, judged."""

from typing import Any

import pytest
from django.test import Client

from sources.models import Article, LikelyReprint
from tests.factories import World, stored
from tests.reprinted import AGENCY, REPRINTS

from .lists import queries_of, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/"


@pytest.fixture
def pair(world: World) -> tuple[Article, Article]:
    """A reprint and its original, as they were stored."""
    cut = REPRINTS["cut, edited and added to"]
    project = world.here.project
    texts = [
        stored(world.manager, project, text, name) for text, name in ((AGENCY, "Nordpost"), (cut, "Kai"))
    ]
    return texts[1].article, texts[0].article


def judged(client: Client, pair: tuple[Article, Article], **said: Any) -> Any:
    url = f"{URL}articles/{pair[0].uuid}/reprints/{pair[1].uuid}/"
    return client.post(url, said, content_type="application/json")


def states(client: Client) -> dict[str, int]:
    return {
        state: len(client.get(f"{URL}reprints/", {"state": state}).json()["results"])
        for state in ("open", "confirmed", "refused")
    }


@pytest.mark.lengthy
def test_pairs_are_listed_confirmed_refused_and_opened_again(
    manager: Client, pair: tuple[Article, Article]
) -> None:
    (open_one,) = manager.get(f"{URL}reprints/").json()["results"]
    assert open_one["article"]["uuid"] == str(pair[0].uuid)
    assert (open_one["original"]["outlet"], open_one["decided_by"]) == ("Nordpost", None)
    assert 0.4 < open_one["similarity"] < 0.5
    said = judged(manager, pair, do="reprint").json()["said"]
    assert (said["state"], said["kind"], said["decided_by"]) == ("confirmed", "reprint", "Manager")
    told = manager.get(f"{URL}articles/{pair[0].uuid}/").json()
    assert told["reprint_of"] == str(pair[1].uuid)
    assert states(manager) == {"open": 0, "confirmed": 1, "refused": 0}
    assert judged(manager, pair, do="undo").json()["said"]["state"] == "open"
    assert judged(manager, pair, do="not").json()["said"]["state"] == "refused"
    assert states(manager) == {"open": 0, "confirmed": 0, "refused": 1}


def test_two_are_compared_sentence_by_sentence(manager: Client, pair: tuple[Article, Article]) -> None:
    url = f"{URL}articles/{pair[0].uuid}/reprints/{pair[1].uuid}/"
    told = manager.get(url).json()
    assert told["said"]["state"] == "open"
    texts = told["texts"]
    assert texts["first"]["number"] == texts["second"]["number"] == 1
    tags = {piece["tag"] for passage in texts["passages"] for piece in passage["pieces"]}
    assert tags == {"", "del", "ins"} and texts["counts"]["removed"] > 0
    assert manager.get(url, {"text": 1, "with": 1}).json() == told
    for asked, code in (({"with": 7}, 404), ({"text": "x"}, 400), ({"texts": 1}, 400)):
        assert manager.get(url, asked).status_code == code
    one = f"{URL}articles/{pair[0].uuid}/reprints/{pair[0].uuid}/"
    assert manager.get(one).status_code == 404


def test_what_says_nothing_is_refused(manager: Client, world: World, pair: tuple[Article, Article]) -> None:
    assert judged(manager, pair, do="perhaps").json()["errors"][0]["rule"] == "deed"
    assert judged(manager, pair, done="reprint").json()["errors"][0]["rule"] == "known_field"
    unspoken = judged(manager, (pair[0], world.here.article), do="undo")
    assert (unspoken.status_code, unspoken.json()["errors"][0]["rule"]) == (422, "nothing_said")


def test_the_list_keeps_to_its_manners(manager: Client, world: World, pair: tuple[Article, Article]) -> None:
    url = f"{URL}reprints/"
    refuses_strange_parameters(manager, url)
    few = queries_of(manager, url)
    project = world.here.project
    for number in range(4):
        other = stored(world.manager, project, f"Something {number} else.\n", f"Paper {number}").article
        LikelyReprint.objects.create(project=project, article=other, original=pair[1], kind="reprint")
    listed = walked(manager, url, limit=2)
    assert [one["similarity"] is None for one in listed] == [False, True, True, True, True]
    assert queries_of(manager, url) == few
    outlet = {"outlet": str(pair[0].publication.uuid)}
    assert len(manager.get(url, outlet).json()["results"]) == 1


def test_many_are_refused_at_once(manager: Client, world: World, pair: tuple[Article, Article]) -> None:
    project = world.here.project
    stored(world.manager, project, REPRINTS["half of it cut"], "Tide")
    url = f"{URL}reprints/"

    def refuse(*pairs: Any) -> Any:
        return manager.post(url, {"refuse": list(pairs)}, content_type="application/json")

    listed = manager.get(url).json()["results"][:2]
    assert len(listed) == 2
    named = [{name: one[name]["uuid"] for name in ("article", "original")} for one in listed]
    strange = {"article": named[0]["original"], "original": named[0]["article"]}
    answer = refuse(*named, strange)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "refuse.2")
    wrong = refuse({"article": "x", "original": 1}, 3)
    assert [one["field"] for one in wrong.json()["errors"]] == [
        "refuse.0.article",
        "refuse.0.original",
        "refuse.1",
    ]
    assert refuse().json()["errors"][0]["rule"] == "required"
    assert states(manager)["refused"] == 0
    done = refuse(*named, named[0])
    assert (done.status_code, done.json()["refused"]) == (200, 2)
    assert [(one["state"], one["decided_by"]) for one in done.json()["results"]] == [
        ("refused", "Manager")
    ] * 2
    again = refuse(*named)
    assert (again.status_code, again.json()["refused"]) == (200, 0)
    assert states(manager)["refused"] == 2
