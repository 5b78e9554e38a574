"""What is carried to an article's newest text, decided over the API."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions.intakes import stored as on_storing
from annotator.models import Annotation, Claim
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Article
from tests.factories import World, claim

from .lists import queries_of

FIRST = """Ferry stays in port for a whole week of storms

The ferry stayed in port on Monday, the harbour office said.
At least 40 people had waited at the gate since noon.

Nobody was hurt in the storm, she said. The pilots had asked for it all winter long.

It was the longest wait that anybody here remembers.
"""
SECOND = FIRST.replace("At least 40", "At least 60").replace("Nobody was hurt in the storm, she said. ", "")
SECOND = "Updated at noon. " + SECOND + "\nNobody knows more. Nobody knows more.\n"
TWICE = "Nobody knows more"


def take(world: World, text: str) -> Article:
    raw = f"URL: https://tide.example/ferry\n\n{text}".encode()
    imported = import_article(
        by=world.manager, project=world.here.project, read=read_plain(raw), raw=RawFile(raw)
    )
    on_storing(imported)
    return imported.article


class Port:
    """An article that was taken twice; one claim came along, one has other words, one is gone."""

    def __init__(self, world: World, client: Client) -> None:
        self.world, self.client = world, client
        self.article = take(world, FIRST)
        first = self.article.snapshots.get()
        words = ("The ferry stayed in port on Monday", "At least 40 people had waited")
        self.came, self.changed = (claim(world.manager, first, one) for one in words)
        self.gone = claim(world.manager, first, "Nobody was hurt in the storm")
        take(world, SECOND)
        self.url = f"/api/v1/projects/here/articles/{self.article.uuid}/carrying/"

    def told(self, **asked: str) -> Any:
        answer = self.client.get(self.url, asked)
        assert answer.status_code == 200
        return answer.json()

    def seen(self, one: Claim) -> str:
        return next(unit["seen"] for unit in self.told()["units"] if unit["unit"] == str(one.uuid))

    def decide(self, one: Claim, **said: Any) -> Any:
        said = {"decision": "confirm", "seen": self.seen(one)} | said
        return self.client.post(f"{self.url}{one.uuid}/", said, content_type="application/json")

    def text_of(self, one: Claim) -> int:
        return Annotation.objects.get(uuid=one.uuid).snapshot.number


@pytest.fixture
def port(world: World, manager: Client) -> Port:
    return Port(world, manager)


def refused(answer: Any) -> tuple[int, str, str]:
    error, *_ = answer.json()["errors"]
    return answer.status_code, error["field"], error["rule"]


@pytest.mark.lengthy
def test_what_waits_is_told_and_decided(port: Port) -> None:
    told = port.told()
    assert (told["carried"], told["waiting"]) == (1, {"changed": 1, "orphaned": 1})
    assert told["newest"]["number"] == 2 and told["unseen"] == 0
    (changed,) = port.told(only="changed")["units"]
    (part,) = changed["parts"]
    assert changed["plain"] and {"mark": "ins", "words": "60 "} in part["new"]
    assert {"mark": "del", "words": "40 "} in part["old"]
    Claim.objects.filter(pk=port.changed.pk).update(status="accepted")
    assert refused(port.decide(port.changed, seen="other")) == (412, "seen", "as_shown")
    done = port.decide(port.changed)
    assert (done.status_code, done.json()["carried"]) == (200, 1)
    assert done.json()["reopened"] == [str(port.changed.uuid)]
    assert (port.text_of(port.changed), port.told()["by_hand"]) == (2, 1)


@pytest.mark.lengthy
def test_an_orphan_is_placed_where_its_words_stand_or_left(port: Port) -> None:
    part = str(port.gone.uuid)

    def placed(words: str, **more: Any) -> Any:
        return port.decide(port.gone, places=[{"part": part, "words": words, **more}])

    assert refused(port.decide(port.gone)) == (422, part, "place_needed")
    assert refused(placed("No such thing")) == (422, "places.0", "match_text")
    assert refused(placed(TWICE)) == (422, "places.0", "found_once")
    at = SECOND.rindex(TWICE)
    assert refused(placed(TWICE, extent=[[at + 1, at + 5]])) == (422, "places.0", "match_text")
    assert refused(placed(TWICE, extent=[[at, 10**6]])) == (422, "places.0", "within_text")
    left = port.client.post(
        f"{port.url}{port.gone.uuid}/", {"decision": "leave"}, content_type="application/json"
    )
    assert left.status_code == 200
    assert [unit["unit"] for unit in port.told(only="left")["units"]] == [part]
    seen = port.told(only="left")["units"][0]["seen"]
    done = placed_later(port, seen, part, at)
    assert done.status_code == 200
    assert Annotation.objects.get(uuid=port.gone.uuid).extent.start == at


@pytest.mark.lengthy
def test_the_two_texts_are_compared(port: Port) -> None:
    url = port.url.replace("/carrying/", "/compare/")
    told = port.client.get(url).json()
    assert (told["first"]["number"], told["second"]["number"]) == (1, 2)
    assert told["counts"]["added"] == 3 and told["counts"]["removed"] == 1
    pieces = [piece for passage in told["passages"] for piece in passage["pieces"]]
    assert {"tag": "ins", "words": "60"} in pieces
    turned = port.client.get(url, {"text": 2, "with": 1}).json()
    assert turned["counts"]["removed"] == 3
    for asked, code in (({"text": 2}, 400), ({"with": 3}, 404), ({"text": "x"}, 400)):
        assert port.client.get(url, asked).status_code == code
    lone = port.world.here.article.uuid
    assert port.client.get(f"/api/v1/projects/here/articles/{lone}/compare/").status_code == 404


def placed_later(port: Port, seen: str, part: str, at: int) -> Any:
    place = {"part": part, "words": TWICE, "extent": [[at, at + len(TWICE)]]}
    said = {"decision": "confirm", "seen": seen, "places": [place]}
    return port.client.post(f"{port.url}{part}/", said, content_type="application/json")


@pytest.mark.lengthy
def test_many_are_confirmed_as_they_were_seen_and_more_is_looked_for(port: Port) -> None:
    def many(seen: str) -> Any:
        units = [{"unit": str(port.changed.uuid), "seen": seen}]
        return port.client.post(port.url, {"units": units}, content_type="application/json")

    assert many("other").status_code == 412
    assert many(port.seen(port.changed)).json() == {"confirmed": 1, "reopened": [], "refused": []}
    late = claim(port.world.manager, port.article.snapshots.get(number=1), "The ferry stayed in port")
    assert port.told()["unseen"] == 1
    looked = port.client.post(f"{port.url}look/")
    assert (looked.status_code, looked.json()["unseen"], port.text_of(late)) == (200, 0, 2)


@pytest.mark.lengthy
def test_what_says_nothing_is_refused(manager: Client, world: World) -> None:
    url = f"/api/v1/projects/here/articles/{world.here.article.uuid}/carrying/"
    assert manager.get(url).json()["newest"] is None
    assert queries_of(manager, url) <= 8
    for tail, said, field, rule in (
        ("", {}, "units", "required"),
        ("", {"units": [{"unit": "x"}]}, "units.0.unit", "uuid"),
        (f"{uuid4()}/", {}, "decision", "choice"),
        (f"{uuid4()}/", {"decision": "confirm"}, "seen", "required"),
        (f"{uuid4()}/", {"decision": "leave", "seen": "x"}, "decision", "alone"),
        (f"{uuid4()}/", {"decision": "confirm", "seen": "x", "places": [{}]}, "places.0.part", "uuid"),
    ):
        answer = manager.post(f"{url}{tail}", said, content_type="application/json")
        assert refused(answer) == (400, field, rule)
    known = manager.post(f"{url}{uuid4()}/", {"decision": "leave"}, content_type="application/json")
    assert known.status_code == 404
