"""Who is called alike, asked before a new actor is made: with the reason, and nobody first in any doubt."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.models import Actor, ActorAlias
from annotator.queries import similar_actors
from sources.models import User
from tests.factories import Side, World, annotate, merged, new_actor, person

ACTORS = "/api/v1/projects/here/actors/"


def alike(client: Client, name: str, side: Side | None = None) -> list[dict]:
    asked = {"like": name, **({"article": str(side.article.uuid)} if side else {})}
    answer = client.get(ACTORS, asked)
    assert answer.status_code == 200
    return answer.json()["results"]


def first_of(found: list[dict]) -> list[str]:
    return [one["name"] for one in found if one["first"]]


def test_a_surname_means_the_articles_full_name_first(manager: Client, world: World, here: Side) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "Nobody", **new_actor("Karl Brandt"))
    found = alike(manager, "Mr. Brandt", here)
    assert [(one["name"], one["reason"], one["first"], one["here"]) for one in found] == [
        ("Ilse Brandt", "the same surname", True, True),
        ("Karl Brandt", "the same surname", False, False),
    ]
    assert first_of(alike(manager, "Brandt")) == [], "without an article nobody is meant"


def test_of_two_who_can_be_meant_both_are_listed_and_nobody_is_first(
    manager: Client, world: World, here: Side
) -> None:
    annotate(world.manager, here.snapshot, "actor", "Tamar Oduya", **new_actor("Karl Brandt"))
    found = alike(manager, "Brandt", here)
    assert {one["name"] for one in found} == {"Ilse Brandt", "Karl Brandt"} and first_of(found) == []
    assert first_of(alike(manager, "K. Brandt", here)) == ["Karl Brandt"]


def test_names_by_which_merged_ones_are_known_count_and_the_anonymous_do_not(
    manager: Client, world: World, here: Side
) -> None:
    ActorAlias.objects.create(project=here.project, actor=here.actor, name="Iron Ilse")
    assert [one["reason"] for one in alike(manager, "iron ilse", here)] == ["also called “Iron Ilse”"]
    gone = annotate(world.manager, here.snapshot, "actor", "Tamar Oduya", **new_actor("Madame Quay"))
    merged(world.manager, here.actor, gone.mention.actor)
    assert [one["name"] for one in alike(manager, "Quay", here)] == ["Ilse Brandt"]
    assert alike(manager, here.anonymous.name, here) == []


@pytest.mark.parametrize(
    "name",
    ["", " . ", "x" * 5000, "é" * 2000, "e\u0301" * 3000, "\u0301" * 500, "\u202eBrandt\u202c", "%_\\'\";--",
     "الشيخ " * 40, "يونس هولم", "🌉 Brandt", "ﬀ" * 300, "A. " * 900, "\u200d" * 300],
)  # fmt: skip
def test_hostile_names_are_answered(manager: Client, here: Side, name: str) -> None:
    found = alike(manager, name, here)
    assert len(found) <= 7 and all(one["reason"] for one in found)


def test_right_to_left_and_combining_marks_find_whom_they_mean(
    manager: Client, world: World, here: Side
) -> None:
    annotate(world.manager, here.snapshot, "actor", "المدير", **new_actor("يونس هولم"))
    assert first_of(alike(manager, "الشيخ یونس هولم", here)) == ["يونس هولم"]
    assert first_of(alike(manager, "Ilse Bra\u0301ndt", here)) == ["Ilse Brandt"]


def test_what_is_no_text_is_refused_and_strangers_see_nothing(
    manager: Client, world: World, client_of: Callable[[User], Client]
) -> None:
    assert manager.get(ACTORS, {"like": "a\0b"}).status_code == 400
    assert manager.get(ACTORS, {"like": "Brandt", "article": "no"}).status_code == 400
    assert client_of(world.stranger).get(ACTORS, {"like": "Brandt"}).status_code == 404
    assert client_of(person("vera")).get(ACTORS, {"like": "Brandt"}).status_code == 404


@pytest.mark.parametrize("extra", [1, 3])
def test_the_number_of_queries_does_not_depend_on_who_is_known(world: World, here: Side, extra: int) -> None:
    for n in range(extra):
        annotate(world.manager, here.snapshot, "actor", "lorries", **new_actor(f"Karl{n} Brandt"))
    with CaptureQueriesContext(connection) as asked:
        found = similar_actors.similar_actors(here.project, "Brandt", here.article)
    assert len(found) == extra + 1
    assert len(asked) == 5, [q["sql"][:80] for q in asked]


def test_of_very_many_those_with_letters_in_common_are_compared(
    monkeypatch: pytest.MonkeyPatch, manager: Client, here: Side
) -> None:
    kind = here.actor.kind
    Actor.objects.bulk_create(Actor(project=here.project, name=f"Other {n}", kind=kind) for n in range(30))
    monkeypatch.setattr(similar_actors, "MOST_READ", 5)
    assert [one["name"] for one in alike(manager, "Brandt")] == ["Ilse Brandt"]


def test_of_very_many_aliases_the_first_are_compared(
    monkeypatch: pytest.MonkeyPatch, manager: Client, here: Side
) -> None:
    names = ("Iron Ilse", "Velvet Vera")
    ActorAlias.objects.bulk_create(
        ActorAlias(project=here.project, actor=here.actor, name=name) for name in names
    )
    assert [len(alike(manager, name, here)) for name in names] == [1, 1]
    monkeypatch.setattr(similar_actors, "MOST_ALIASES", 0)
    assert [len(alike(manager, name, here)) for name in names] == [0, 0]
