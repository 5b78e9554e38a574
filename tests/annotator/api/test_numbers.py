"""Which numbers a text's words are proposed to give."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sources.actions import edit_project, set_member
from sources.models import User
from tests.factories import Side, World, person, words

BASE = "/api/v1/projects/here"


def address(side: Side) -> str:
    return f"{BASE}/texts/{side.snapshot.uuid}/numbers/"


def within(side: Side, *quotes: str) -> dict[str, str]:
    stretches = words(side.snapshot, *quotes)["extent"]
    return {"extent": ";".join(f"{start}-{end}" for start, end in stretches)}


def test_numbers_within_a_claim_are_told_with_what_bounds_them(manager: Client, here: Side) -> None:
    (told,) = manager.get(address(here), within(here, "Eighteen lorries turned back")).json()["numbers"]
    assert told == {"words": "Eighteen", "qualifier": "exactly", "low": "18", "high": "18", "unit": ""}
    for quotes in (("lorries turned back",), ("nobody",)):
        extent = within(here, *quotes) if quotes[0] in here.snapshot.text else {"extent": "0-1"}
        assert manager.get(address(here), extent).json() == {"numbers": []}


def test_what_bounds_a_number_is_seen_where_a_claim_begins_after_it(manager: Client, here: Side) -> None:
    start = here.snapshot.text.index("nine days")
    text = here.snapshot.text[start - 4 : start]
    assert text == "for ", "a word before that bounds nothing"
    (told,) = manager.get(address(here), within(here, "nine days")).json()["numbers"]
    assert (told["words"], told["low"]) == ("nine", "9")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("more than 80 people", ("more_than", "80", None, "people")),
        ("up to 2.5 million", ("at_most", None, "2500000", "")),
        ("80 to 100", ("range", "80", "100", "")),
        ("dozens", ("about", None, None, "")),
        ("not 80", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_words_are_read_as_a_whole(manager: Client, here: Side, asked: str, told: Any) -> None:
    found = manager.get(address(here), {"words": asked}).json()["numbers"]
    brief = [tuple(one[key] for key in ("qualifier", "low", "high", "unit")) for one in found]
    assert brief == ([told] if told else [])


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"extent": ""},
        {"extent": "4-1"},
        {"extent": "0-99999999"},
        {"extent": "a"},
        {"extent": "[[0,4]]"},
        {"extent": "0-99999999999999999999"},
        {"words": "\x00"},
    ],
)
def test_what_cannot_be_read_is_refused(manager: Client, here: Side, asked: dict[str, str]) -> None:
    answer = manager.get(address(here), asked)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] in ("extent", "words")


def test_who_may(world: World, client_of: Callable[[User], Client], here: Side) -> None:
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role="viewer")
    people = (client_of(viewer), client_of(world.stranger), Client())
    asked = within(here, "nine days")
    assert [client.get(address(here), asked).status_code for client in people] == [200, 404, 401]
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    assert [client.get(address(here), asked).status_code for client in people] == [200, 200, 200]
    assert people[0].post(address(here)).status_code == 405


def test_another_projects_text_is_not_there(manager: Client, world: World) -> None:
    for uuid in (world.there.snapshot.uuid, uuid4()):
        assert manager.get(f"{BASE}/texts/{uuid}/numbers/", {"words": "80"}).status_code == 404
