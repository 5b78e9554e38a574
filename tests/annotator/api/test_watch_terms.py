"""Hits over the API: for members, with an ETag, and terms added from the room."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotator.models import WatchTerm
from sources.actions import set_member
from sources.models import User
from tests.factories import Side, World, person


def hits(client: Client, side: Side, tag: str = "") -> object:
    headers = {"If-None-Match": tag} if tag else {}
    return client.get(
        f"/api/v1/projects/{side.project.slug}/texts/{side.snapshot.uuid}/hits/", headers=headers
    )


def add(client: Client, side: Side, **said: object) -> object:
    url = f"/api/v1/projects/{side.project.slug}/watch-terms/"
    return client.post(url, said, content_type="application/json")


def test_hits_name_their_words(manager: Client, here: Side) -> None:
    told = hits(manager, here).json()
    ((start, end, place),) = told["hits"]
    assert here.snapshot.text[start:end] == "lorries"
    assert told["terms"][place] == {"words": "lorr*", "note": ""}


def test_the_same_hits_are_not_told_twice(manager: Client, here: Side) -> None:
    first = hits(manager, here)
    assert first["Cache-Control"] == "private, no-cache"
    again = hits(manager, here, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    add(manager, here, lines="crack")
    assert hits(manager, here, first["ETag"]).status_code == 200


def test_a_term_is_added_once(manager: Client, here: Side) -> None:
    answers = [add(manager, here, lines="a crack") for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 200]
    assert [a.json() for a in answers] == [{"added": ["a crack"], "known": 0}, {"added": [], "known": 1}]


@pytest.mark.parametrize(
    ("said", "code", "rule"),
    [
        ({"lines": "("}, 201, ""),
        ({"lines": "(", "is_pattern": True}, 400, "pattern"),
        ({"lines": 3}, 400, "string"),
        ({"words": "x"}, 400, "known_field"),
        ({}, 400, "required"),
        ({"lines": "\n".join(f"p{n}" for n in range(51)), "is_pattern": True}, 422, "max_patterns"),
    ],
)
def test_what_is_refused_says_why(manager: Client, here: Side, said: dict, code: int, rule: str) -> None:
    answer = add(manager, here, **said)
    assert answer.status_code == code
    if rule:
        assert answer.json()["errors"][0]["rule"] == rule
        assert WatchTerm.objects.filter(project=here.project).count() == 1


def test_who_may_see_and_add(world: World, here: Side, client_of: Callable[[User], Client]) -> None:
    people = {role: person(role) for role in ("viewer", "annotator")}
    for role, user in people.items():
        set_member(by=world.manager, project=here.project, user=user, role=role)
    viewer, annotator = (client_of(user) for user in people.values())
    stranger = client_of(world.stranger)
    assert [hits(c, here).status_code for c in (viewer, annotator, stranger, Client())] == [
        200,
        200,
        404,
        401,
    ]
    asked = [add(c, here, lines="x").status_code for c in (viewer, annotator, stranger, Client())]
    assert asked == [403, 201, 404, 401]
    here.project.is_public = True
    here.project.save()
    told = [hits(c, here).status_code for c in (viewer, stranger, Client())]
    assert told == [200, 403, 401], "the readers of a public project are not told what it watches for"
    room = f"/api/v1/projects/here/articles/{here.article.uuid}/room/"
    rooms = [c.get(room).json() for c in (viewer, stranger)]
    assert [bool(room["watching"]) for room in rooms] == [True, False]
    assert ["hits" in room["urls"] for room in rooms] == [True, False]


def test_another_projects_text_is_not_there(manager: Client, world: World) -> None:
    url = f"/api/v1/projects/here/texts/{world.there.snapshot.uuid}/hits/"
    assert manager.get(url).status_code == 404
