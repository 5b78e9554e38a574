"""Hits over the API: for members, with an ETag, and terms added from the room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from annotator.models import WatchTerm
from sources.actions import set_member
from sources.models import User
from tests.factories import Side, World, person

from .conftest import delete, put

OWN, OTHER = UUID(int=1), UUID(int=2)


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


@pytest.mark.lengthy
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


# ── one term, under the identifier of its maker ───────────────────────────────────────────────────


def place_of(uuid: UUID, side: Side | None = None) -> str:
    return f"/api/v1/projects/{side.project.slug if side else 'here'}/watch-terms/{uuid}/"


def test_a_term_is_placed_and_removed_once(manager: Client, here: Side) -> None:
    answers = [put(manager, place_of(OWN), {"words": "a crack", "note": "damage"}) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 200]
    told = answers[1].json()["watch_term"]
    assert (told["uuid"], told["words"], told["note"], told["version"]) == (str(OWN), "a crack", "damage", 1)
    gone = [delete(manager, place_of(OWN), 1).status_code for _ in range(2)]
    assert gone == [204, 404]
    assert put(manager, place_of(OWN), {"words": "a crack"}).status_code == 201, "redone"


def test_what_is_watched_for_already_is_told_under_its_own_name(manager: Client, here: Side) -> None:
    answer = put(manager, place_of(OWN), {"words": "lorr*"})
    assert answer.status_code == 200
    assert answer.json()["watch_term"]["uuid"] == str(here.watch_term.uuid)
    assert delete(manager, place_of(OWN)).status_code == 404
    assert WatchTerm.objects.filter(pk=here.watch_term.pk).exists()


def test_an_identifier_that_means_something_else_is_refused(manager: Client, world: World) -> None:
    for side in (world.here, world.there):
        answer = put(manager, place_of(side.watch_term.uuid), {"words": "crack"})
        assert answer.status_code == 409
        assert "crack" not in answer.content.decode() and "lorr" not in answer.content.decode()
    assert delete(manager, place_of(world.there.watch_term.uuid)).status_code == 404
    assert WatchTerm.objects.filter(pk=world.there.watch_term.pk).exists()


def test_what_somebody_changed_since_is_not_removed_unseen(manager: Client, here: Side) -> None:
    WatchTerm.objects.filter(pk=here.watch_term.pk).update(note="loud", version=2)
    url = place_of(here.watch_term.uuid)
    answer = delete(manager, url, 1)
    assert answer.status_code == 412
    assert (answer.json()["current"]["note"], answer.json()["current"]["version"]) == ("loud", 2)
    assert delete(manager, url, 2).status_code == 204


@pytest.mark.parametrize(
    ("said", "code", "field", "rule"),
    [
        ({"words": "(", "is_pattern": True}, 400, "words", "pattern"),
        ({"words": "a\nb", "is_pattern": True}, 400, "words", "one_line"),
        ({"words": "\u0000"}, 400, "words", "unicode"),
        ({"words": 3}, 400, "words", "string"),
        ({"words": "x" * 201}, 400, "words", ""),
        ({"words": "x", "lines": "x"}, 400, "lines", "known_field"),
        ({"words": "x", "uuid": str(OTHER)}, 400, "uuid", "known_field"),
        ([], 400, "", ""),
        ({}, 400, "words", "required"),
    ],
)
def test_a_term_that_is_refused_says_where(
    manager: Client, here: Side, said: Any, code: int, field: str, rule: str
) -> None:
    answer = put(manager, place_of(OWN), said)
    assert answer.status_code == code
    (error,) = answer.json()["errors"]
    assert error["field"] == field and (not rule or error["rule"] == rule)
    assert WatchTerm.objects.filter(project=here.project).count() == 1


@pytest.mark.lengthy
def test_there_is_room_for_so_many(manager: Client, here: Side) -> None:
    add(manager, here, lines="\n".join(f"w{n}" for n in range(999)))
    answer = put(manager, place_of(OWN), {"words": "one more"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["rule"] == "max_terms"
    assert answer.json()["errors"][0]["field"] == "words"


@pytest.mark.lengthy
def test_who_may_place_and_remove(world: World, here: Side, client_of: Callable[[User], Client]) -> None:
    people = {role: person(role) for role in ("viewer", "annotator")}
    for role, user in people.items():
        set_member(by=world.manager, project=here.project, user=user, role=role)
    viewer, annotator = (client_of(user) for user in people.values())
    clients = (viewer, annotator, client_of(world.stranger), Client())
    assert [put(c, place_of(OWN), {"words": "x"}).status_code for c in clients] == [403, 201, 404, 401]
    others = place_of(here.watch_term.uuid)
    assert [delete(c, others).status_code for c in clients] == [403, 403, 404, 401]
    assert delete(annotator, place_of(OWN)).status_code == 204, "their own"
    assert WatchTerm.objects.filter(project=here.project).count() == 1
    assert delete(client_of(world.manager), others).status_code == 204
