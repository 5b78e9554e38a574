"""A reader of a public project learns of no draft, nor by what a list leaves out or a number counts."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import relations
from annotator.models import Code, Release
from annotator.queries.known_releases import known_release
from sources.models import Project
from tests.annotator.api.conftest import claim_body, put
from tests.factories import Side, World, claim, stored, unmentioned

HERE = "/api/v1/projects/here"


@pytest.fixture
def reader(here: Side) -> Client:
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    return Client()


def results(client: Client, tail: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{HERE}/{tail}", asked)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_an_article_with_drafts_alone_is_one_without_claims(
    world: World, here: Side, manager: Client, reader: Client
) -> None:
    text = stored(world.manager, here.project, "Weir opened\n\nThe weir was opened at noon.\n")
    claim(world.manager, text, "opened at noon", status="draft")
    uuid = str(text.article.uuid)
    assert uuid in {one["uuid"] for one in results(reader, "articles/", only="without")}
    assert uuid not in {one["uuid"] for one in results(manager, "articles/", only="without")}
    page = f"/p/here/articles/{uuid}/"
    assert page in reader.get("/p/here/articles/?show=without").content.decode()
    assert page not in manager.get("/p/here/articles/?show=without").content.decode()


@pytest.mark.lengthy
def test_uses_in_drafts_are_not_counted(world: World, here: Side, manager: Client, reader: Client) -> None:
    code = Code.objects.get(project=here.project, facet="claim_type", key="fact")

    def times(client: Client) -> tuple[int, int]:
        listed = results(client, "codebook/codes/", facet="claim_type", limit=200)
        one = client.get(f"{HERE}/codebook/codes/{code.uuid}/").json()["code"]
        return next(row["times"] for row in listed if row["uuid"] == str(code.uuid)), one["times"]

    before = times(manager), times(reader)
    assert (
        put(
            manager, f"{HERE}/annotations/{uuid4()}/", claim_body(here, "a crack", status="draft")
        ).status_code
        == 201
    )
    (was, _), (seen, _) = before
    assert (times(manager), times(reader)) == ((was + 1, was + 1), (seen, seen))


def test_a_relation_to_a_draft_is_none(world: World, here: Side, manager: Client, reader: Client) -> None:
    draft = claim(world.manager, here.snapshot, "a crack", status="draft")
    relations.relate(by=world.manager, claim=here.claim, other=draft, kind="denies")
    denies = Code.objects.get(project=here.project, facet="relation_kind", key="denies")
    assert [one["uuid"] for one in results(manager, "claims/", code=denies.uuid)] == [str(here.claim.uuid)]
    assert results(reader, "claims/", code=denies.uuid) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"statuses": ["accepted"]}, True), ({"statuses": ["accepted", "draft"]}, False), ({}, False)],
)
def test_a_release_with_drafts_is_known_to_members_alone(
    world: World, here: Side, reader: Client, asked: dict[str, Any], told: bool
) -> None:
    file = {"sha256": "a" * 64, "file_name": "here-release-1.zip", "size": 9}
    Release.objects.filter(pk=here.release.pk).update(state="ready", filter=asked, **file)
    for sha256, name in (("a" * 64, ""), ("", "here-release-1")):
        found = known_release(world.stranger, sha256=sha256, name=name)
        assert (found is not None) == told
        known = known_release(world.manager, sha256=sha256, name=name)
        assert known is not None and known.member


def test_an_event_that_nothing_speaks_of_is_for_members(
    world: World, here: Side, manager: Client, reader: Client
) -> None:
    silent = unmentioned(world.manager, here.project, "Not yet told")
    url = f"{HERE}/events/{silent.uuid}/"
    assert (manager.get(url).status_code, reader.get(url).status_code) == (200, 404)
    assert reader.get(f"{HERE}/events/{here.event.uuid}/").status_code == 200
