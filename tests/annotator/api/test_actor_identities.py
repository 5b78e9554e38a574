"""Who is whom through the API: compared, merged, resolved, spoken on, and all of it taken back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.models import Actor, ActorComparison, ActorMerge, ActorResolution
from sources.actions import edit_project, set_member
from sources.models import Role, User
from tests.factories import Side, World, annotate, merged, new_actor, person

ACTORS = "/api/v1/projects/here/actors/"
ODD: list[Any] = [None, [], "x", 3, {"merged": {}}, {"unknown": 1}]


@pytest.fixture
def short(world: World, here: Side) -> Actor:
    """The director, called by surname."""
    ActorComparison.objects.all().delete()
    named = new_actor("Ms. Brandt", naming="named", aliases=["The boss"])
    return annotate(world.manager, here.snapshot, "actor", "its director", **named).mention.actor


def post(client: Client, tail: str, body: Any = None) -> Any:
    return client.post(ACTORS + tail, {} if body is None else body, content_type="application/json")


def version_of(actor: Actor) -> int:
    return Actor.objects.get(pk=actor.pk).version


def merge_body(survivor: Actor, *others: Actor, **more: Any) -> dict[str, Any]:
    everybody = (survivor, *others)
    return {
        "survivor": str(survivor.uuid),
        "merged": [str(one.uuid) for one in others],
        "versions": {str(one.uuid): version_of(one) for one in everybody},
        **more,
    }


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


@pytest.mark.lengthy
def test_they_are_compared_merged_as_compared_and_taken_apart(
    manager: Client, here: Side, short: Actor
) -> None:
    asked = {"actor": [str(here.actor.uuid), str(short.uuid)]}
    full, surname = manager.get(ACTORS + "compare/", asked).json()["sides"]
    assert (full["name"], full["claims"], full["mentions"]) == ("Ilse Brandt", 1, 1)
    assert (surname["claims"], surname["mentioned_as"]) == (0, [{"words": "its director", "times": 1}])
    assert [name["name"] for name in surname["names"]] == ["The boss"]
    body = {
        "survivor": full["uuid"],
        "merged": [surname["uuid"]],
        "versions": {side["uuid"]: side["version"] for side in (full, surname)},
        "reason": "The text says so",
    }
    answer = post(manager, "merges/", body)
    assert answer.status_code == 201
    (merge,) = answer.json()["merges"]
    assert (merge["survivor"]["name"], merge["merged"]["name"]) == ("Ilse Brandt", "Ms. Brandt")
    assert (merge["reason"], merge["by"], merge["undone_at"]) == ("The text says so", "Manager", None)
    (one,) = manager.get(ACTORS + "compare/", asked).json()["sides"]
    assert (one["name"], one["mentions"]) == ("Ilse Brandt", 2)
    assert {"name": "Ms. Brandt", "language": "", "script": "", "of": surname["uuid"]} in one["names"]
    back = post(manager, f"merges/{merge['uuid']}/undo/")
    assert (back.status_code, back.json()["actor"]["name"]) == (200, "Ms. Brandt")
    assert back.json()["merge"]["undone_by"] == "Manager"
    assert post(manager, f"merges/{merge['uuid']}/undo/").json()["merge"] == back.json()["merge"]
    (listed,) = manager.get(ACTORS + "merges/", {"actor": surname["uuid"]}).json()["results"]
    assert listed == back.json()["merge"]
    assert len(manager.get(ACTORS + "compare/", asked).json()["sides"]) == 2


def test_what_was_changed_since_it_was_read_is_not_merged(manager: Client, here: Side, short: Actor) -> None:
    body = merge_body(here.actor, short)
    body["versions"][str(short.uuid)] += 1
    told = problem(post(manager, "merges/", body), 412)
    assert (told["current"]["name"], told["current"]["version"]) == ("Ms. Brandt", version_of(short))
    assert not ActorMerge.objects.filter(merged=short).exists()


def test_what_speaks_against_a_merge_is_said(manager: Client, world: World, here: Side, short: Actor) -> None:
    told = problem(post(manager, "merges/", merge_body(here.actor, here.anonymous)), 422)
    assert told["errors"][0]["rule"] == "not_anonymous"
    told = problem(post(manager, "merges/", merge_body(here.actor, world.there.actor)), 422)
    assert told["errors"][0]["rule"] == "exists", "another project's is nobody here"
    post(manager, "alike/", {**pair(here.actor, short), "sameness": "different"})
    told = problem(post(manager, "merges/", merge_body(here.actor, short)), 422)
    assert told["errors"][0]["rule"] == "not_the_same"


def pair(one: Actor, other: Actor) -> dict[str, str]:
    return {"first": str(one.uuid), "second": str(other.uuid)}


@pytest.mark.lengthy
def test_the_alike_are_told_with_the_reason_until_somebody_speaks(
    manager: Client, here: Side, short: Actor
) -> None:
    (found,) = manager.get(ACTORS + "alike/").json()["proposed"]
    assert (found["reason"], {found["first"]["name"], found["second"]["name"]}) == (
        "the same surname",
        {"Ilse Brandt", "Ms. Brandt"},
    )
    answer = post(manager, "alike/", {**pair(short, here.actor), "sameness": "perhaps", "note": "by age"})
    said = answer.json()["comparison"]
    assert (answer.status_code, said["sameness"], said["note"]) == (200, "perhaps", "by age")
    told = manager.get(ACTORS + "alike/").json()
    assert (told["proposed"], told["total"], told["perhaps"], told["different"]) == ([], 0, [said], [])
    answer = post(manager, "alike/", {**pair(short, here.actor), "sameness": ""})
    assert answer.json() == {"comparison": None}
    assert manager.get(ACTORS + "alike/").json()["total"] == 1


@pytest.mark.lengthy
def test_the_list_of_the_alike_takes_a_fixed_number_of_queries(
    manager: Client, world: World, here: Side, short: Actor
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(ACTORS + "alike/").status_code == 200
        return len(seen)

    others = [
        annotate(world.manager, here.snapshot, "actor", "lorries", **new_actor(name)).mention.actor
        for name in ("Otto Nord", "Mr. Nord", "Kai West", "Mr. West", "Lea Ost", "Ms. Ost")
    ]
    post(manager, "alike/", {**pair(others[0], others[1]), "sameness": "perhaps"})
    before = cost()
    for first, second in ((others[2], others[3]), (others[4], others[5])):
        post(manager, "alike/", {**pair(first, second), "sameness": "perhaps"})
    assert cost() == before


@pytest.mark.lengthy
def test_the_anonymous_are_resolved_and_it_is_taken_back(manager: Client, here: Side) -> None:
    at = f"{here.anonymous.uuid}/resolutions/"
    body = {"named": str(here.actor.uuid), "reason": "She told us", "evidence": "A letter of May"}
    answer = post(manager, at, body)
    made = answer.json()["resolution"]
    assert (answer.status_code, made["named"]["name"], made["evidence"]) == (
        201,
        "Ilse Brandt",
        body["evidence"],
    )
    assert problem(post(manager, at, body), 422)["errors"][0]["rule"] == "resolved_once"
    undone = post(manager, f"resolutions/{made['uuid']}/undo/").json()["resolution"]
    assert undone["undone_by"] == "Manager"
    assert manager.get(ACTORS + at).json()["results"][0] == undone
    told = problem(post(manager, f"{here.actor.uuid}/resolutions/", body), 422)
    assert told["errors"][0]["rule"] == "anonymous"
    assert problem(post(manager, at, {**body, "evidence": " "}), 400)["errors"][0]["field"] == "evidence"


@pytest.mark.parametrize("body", ODD)
def test_odd_bodies_are_refused_and_change_nothing(manager: Client, here: Side, body: Any) -> None:
    before = (ActorMerge.objects.count(), ActorResolution.objects.count(), ActorComparison.objects.count())
    for tail in ("merges/", "alike/", f"{here.anonymous.uuid}/resolutions/"):
        answer = manager.post(
            ACTORS + tail, "null" if body is None else body, content_type="application/json"
        )
        assert answer.status_code == 400, tail
    now = (ActorMerge.objects.count(), ActorResolution.objects.count(), ActorComparison.objects.count())
    assert now == before


@pytest.mark.parametrize("versions", [{"x": 1}, {str(uuid4()): "one"}, {str(uuid4()): None}, [1], "x"])
def test_versions_are_those_of_actors(manager: Client, here: Side, short: Actor, versions: Any) -> None:
    body = merge_body(here.actor, short) | {"versions": versions}
    assert problem(post(manager, "merges/", body), 400)["errors"][0]["field"].startswith("versions")


def test_odd_questions_are_refused(manager: Client) -> None:
    for tail, asked in (
        ("compare/", {"actor": "x"}),
        ("compare/", {"actor": "\x00"}),
        ("compare/", {"actor": [str(uuid4())] * 30}),
        ("merges/", {}),
        ("merges/", {"actor": "\x00"}),
    ):
        problem(manager.get(ACTORS + tail, asked), 400)
    assert manager.get(ACTORS + "compare/").json() == {"sides": []}
    assert manager.get(ACTORS + f"{uuid4()}/resolutions/").status_code == 404


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], world: World, here: Side, short: Actor) -> None:
    viewer, annotator = person("viewer"), person("annotator")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    set_member(by=world.manager, project=here.project, user=annotator, role=Role.ANNOTATOR)
    (merge,) = merged(world.manager, here.actor, short)
    resolution = ActorResolution.objects.get(project=here.project)
    reads = ["alike/", "compare/", f"merges/?actor={short.uuid}", f"{here.anonymous.uuid}/resolutions/"]
    writes = [
        "merges/",
        "alike/",
        f"{here.anonymous.uuid}/resolutions/",
        f"merges/{merge.uuid}/undo/",
        f"resolutions/{resolution.uuid}/undo/",
    ]
    looking, outside, nobody = client_of(viewer), client_of(world.stranger), Client()
    for tail in reads:
        assert looking.get(ACTORS + tail).status_code == 200
        assert outside.get(ACTORS + tail).status_code == 404
        assert nobody.get(ACTORS + tail).status_code == 401
    for tail in writes:
        assert problem(post(looking, tail), 403)
        assert problem(post(outside, tail), 404)
        assert problem(post(nobody, tail), 401)
    assert ActorMerge.objects.get(pk=merge.pk).undone_at is None
    elsewhere = ACTORS.replace("/here/", "/there/")
    for tail in (f"merges/{merge.uuid}/undo/", f"resolutions/{resolution.uuid}/undo/"):
        away = client_of(world.manager).post(elsewhere + tail, {}, content_type="application/json")
        assert away.status_code == 404, "another project's merge is not here"
    assert post(client_of(annotator), f"merges/{merge.uuid}/undo/").status_code == 200
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    assert nobody.get(ACTORS + "compare/").status_code == 401, "for those who merge"
    assert nobody.get(ACTORS + "alike/").json()["total"] == looking.get(ACTORS + "alike/").json()["total"]
    url = f"{ACTORS}merges/?actor={short.uuid}"
    assert (nobody.get(url).json()["results"], len(looking.get(url).json()["results"])) == ([], 1)
    assert post(nobody, "alike/", {**pair(here.actor, short), "sameness": "perhaps"}).status_code == 401
