"""The list of a project's annotations: all of them page by page, narrowed, and only to whom they are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotator.actions import claims
from annotator.models import Annotation
from sources.models import Project, User
from tests.factories import Side, World, claim

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/annotations/"


@pytest.mark.lengthy
def test_each_that_stands_is_told_once_and_as_by_itself(manager: Client, here: Side) -> None:
    told = walked(manager, URL, limit=3)
    known = Annotation.objects.filter(project=here.project).order_by("pk")
    assert [one["uuid"] for one in told] == [str(uuid) for uuid in known.values_list("uuid", flat=True)]
    alone = manager.get(f"{URL}{here.claim.uuid}/").json()["annotation"]
    assert alone in told


@pytest.mark.lengthy
def test_narrowed(manager: Client, here: Side) -> None:
    def kinds(**asked: object) -> set[str]:
        return {one["kind"] for one in manager.get(URL, asked).json()["results"]}

    assert kinds(kind=["claim", "actor"]) == {"claim", "actor"}
    second = manager.get(URL, {"text": here.second_snapshot.uuid}).json()["results"]
    assert [one["uuid"] for one in second] == [str(here.second_claim.uuid)]
    assert manager.get(URL, {"article": here.second_article.uuid}).json()["results"] == second
    assert kinds(author="manager") and not kinds(author="reviewer")
    assert kinds(origin="human") and not kinds(origin="import")
    assert kinds(since=(timezone.now() - timedelta(days=1)).isoformat())
    assert not kinds(since="2999-01-01")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=nonsense", "kind"),
        ("origin=x", "origin"),
        ("text=x", "text"),
        ("since=yesterday", "since"),
        ("since=2025-99-99", "since"),
        ("author=" + "x" * 151, "author"),
    ],
)
def test_what_is_none_is_named(manager: Client, here: Side, query: str, field: str) -> None:
    answer = manager.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_parameters(manager: Client, here: Side) -> None:
    refuses_strange_parameters(manager, URL)


@pytest.mark.lengthy
def test_twenty_cost_what_two_cost(manager: Client, world: World, here: Side) -> None:
    costs_the_same(
        manager,
        URL,
        lambda: [claim(world.manager, here.snapshot, "a crack") for _ in range(20)],
        kind="claim",
    )


@pytest.mark.lengthy
def test_readers_see_no_draft_and_nobody_what_is_withdrawn(
    manager: Client, client_of: Callable[[User], Client], world: World, here: Side
) -> None:
    draft = claim(world.manager, here.snapshot, "a crack", status="draft")
    claims.withdraw(by=world.manager, claim=here.claim)

    def told(client: Client) -> set[str]:
        return {one["uuid"] for one in walked(client, URL, limit=200)}

    cue = str(here.cue.annotation.uuid)
    assert str(draft.uuid) in told(manager)
    assert not {str(here.claim.uuid), cue} & told(manager)
    outsider = client_of(world.stranger)
    missing, foreign = outsider.get("/api/v1/projects/nowhere/annotations/"), outsider.get(URL)
    assert (foreign.status_code, foreign.content) == (404, missing.content)
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    public = told(Client())
    assert str(draft.uuid) not in public and str(here.lone.uuid) in public


@pytest.mark.lengthy
def test_a_tag_changes_with_whatever_is_told(manager: Client, client_of: Callable[[User], Client]) -> None:
    url = f"{URL}{manager.get(URL, {'kind': 'claim'}).json()['results'][0]['uuid']}/"
    first = manager.get(url)
    assert manager.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    version = first.json()["annotation"]["version"]
    assert manager.delete(url, headers={"If-Match": f'"{version + 1}"'}).status_code == 412
    assert manager.delete(url, headers={"If-Match": first["ETag"]}).status_code == 204
    assert manager.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200
