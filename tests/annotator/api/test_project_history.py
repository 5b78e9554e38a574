"""All that was changed in a project, over the API."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotator.models import ActorMention
from sources.actions import edit_article, edit_project, invite, set_member
from sources.models import Change, User
from tests.factories import World, person

from .lists import costs_the_same, queries_of, walked

URL = "/api/v1/projects/here/history/"


def test_a_change_is_told_with_who_when_and_from_what_to_what(manager: Client, world: World) -> None:
    article = world.here.article
    edit_article(
        by=world.reviewer,
        article=article,
        version=article.version,
        values={"title": "Bridge shut"},
        outlet=None,
    )
    told = manager.get(URL, {"limit": 1}).json()["results"][0]
    assert (told["who"], told["verb"], told["what"]) == ("Reviewer", "changed", "article")
    assert told["said"] == "corrected the record of the article Bridge shut"
    assert told["changes"][0]["what"] == "title" and told["changes"][0]["after"] == "Bridge shut"
    assert told["page"] == f"/p/here/articles/{article.uuid}/" and told["of"] == "Bridge shut"
    title = next(one for one in told["values"] if one["column"] == "title")
    assert title["before"].startswith("Velm bridge closed") and title["after"] == "Bridge shut"


@pytest.mark.lengthy
def test_it_goes_page_by_page_and_is_narrowed(manager: Client, world: World) -> None:
    every = walked(manager, URL, limit=150)
    mine = Change.objects.filter(project_id=world.here.project.pk).exclude(table="annotator_savedsearch")
    assert len(every) == mine.count()
    by = walked(manager, URL, limit=150, person=world.reviewer.username)
    assert 0 < len(by) < len(every) and {one["who"] for one in by} == {str(world.reviewer)}
    kinds = {one["what"] for one in walked(manager, URL, limit=150, kind="member")}
    assert "membership" in kinds <= {"membership", "invitation", "accepted invitation"}
    assert manager.get(URL, {"until": "2001-01-01"}).json()["results"] == []
    day = every[0]["at"][:10]
    assert manager.get(URL, {"since": day, "until": day}).json()["results"]
    of = manager.get(URL, {"article": str(world.here.article.uuid)}).json()["results"]
    assert of and {one["what"] for one in of} <= {"article", "part of a text"}
    (mark,) = ActorMention.objects.filter(actor=world.here.office).select_related("annotation")
    kinds = [one["what"] for one in manager.get(URL, {"mark": str(mark.annotation.uuid)}).json()["results"]]
    assert kinds == ["mention of a speaker", "mark"]
    member = manager.get(URL, {"member": world.reviewer.username}).json()["results"]
    assert member and {one["what"] for one in member} <= {"membership", "accepted invitation"}


@pytest.mark.parametrize(
    ("asked", "field", "rule"),
    [
        ({"person": "nobody"}, "person", "known"),
        ({"member": "stranger"}, "member", "known"),
        ({"kind": "weather"}, "kind", "choice"),
        ({"since": "yesterday"}, "since", "date"),
        ({"since": "2025-02-01", "until": "2025-01-01"}, "until", "order"),
        ({"article": "1"}, "article", "uuid"),
    ],
)
def test_what_is_no_question_is_refused(manager: Client, asked: Any, field: str, rule: str) -> None:
    answer = manager.get(URL, asked)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["rule"]) == (400, field, rule)


def test_members_alone_read_it_and_managers_alone_whom_was_written_to(
    manager: Client, world: World, client_of: Callable[[User], Client]
) -> None:
    project = world.here.project
    edit_project(by=world.manager, project=project, name="Here", description="", is_public=True)
    assert Client().get(URL).status_code == 401
    assert client_of(world.stranger).get(URL).status_code == 403
    invite(by=world.manager, project=project, role="viewer", email="ilse@velm.example")
    assert "ilse@velm.example" in manager.get(URL).content.decode()
    assert "ilse@velm.example" not in client_of(world.reviewer).get(URL).content.decode()


def test_it_costs_the_same(manager: Client, world: World) -> None:
    def more() -> None:
        for n in range(20):
            set_member(by=world.manager, project=world.here.project, user=person(f"m{n}"), role="viewer")

    costs_the_same(manager, URL, more, kind="member")
    assert queries_of(manager, URL, limit=200) <= 36


def test_all_of_it_is_a_file_the_oldest_first(manager: Client, world: World) -> None:
    url, kind = f"{URL}download/", {"kind": "member"}
    answer = manager.get(url, kind)
    assert answer["Content-Disposition"] == 'attachment; filename="here-history.jsonl"'
    lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    mine = Change.objects.filter(project_id=world.here.project.pk)
    of_members = ("sources_membership", "sources_invitation", "sources_acceptance")
    known = mine.filter(table__in=of_members).order_by("pk").values_list("pk", flat=True)
    assert [one["id"] for one in lines] == list(known)
    assert "token_sha256" not in str(lines)
    table = manager.get(url, {**kind, "form": "csv"})
    assert (table["Content-Type"], table["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="here-history.csv"',
    )
    rows = list(csv.DictReader(io.StringIO(table.getvalue().decode())))
    assert [(int(row["id"]), row["user"], row["kind"]) for row in rows] == [
        (one["id"], one["user"], one["kind"]) for one in lines
    ]
    page = manager.get("/p/here/history/all.csv", kind)
    assert page.getvalue() == b"".join(manager.get(url, {**kind, "form": "csv"}))
    assert manager.get(url, {"form": "xml"}).status_code == 400
    assert manager.get(url, {"limit": 1}).status_code == 400
    assert Client().get(url).status_code == 401
