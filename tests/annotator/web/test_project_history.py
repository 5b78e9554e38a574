"""The history of a project: who changed what and when, narrowed, paged, and as a file."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotator.queries.history_kinds import KIND_OF, KINDS
from annotator.queries.project_history import OWN
from annotator.web.paging import PAGE_SIZE
from sources.actions import edit_article, edit_project, invite, set_member
from sources.models import Change, Project
from tests.factories import World, claim, person

from .conftest import Cast
from .test_histories import recorded

HISTORY = "/p/here/history/"


def read(client: Client, query: str = "") -> str:
    answer = client.get(HISTORY + query)
    assert answer.status_code == 200
    return answer.content.decode()


def records(client: Client, query: str = "") -> list[dict]:
    answer = client.get(f"{HISTORY}all.jsonl{query}")
    assert answer["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_every_kind_of_row_that_is_recorded_has_a_name(world: World) -> None:
    assert set(KIND_OF) | set(OWN) == recorded()
    assert sum(len(kind.tables) for kind in KINDS.values()) == len(KIND_OF)


def test_a_change_is_told_with_who_when_and_from_what_to_what(world: World, cast: Cast) -> None:
    article = world.here.article
    edit_article(
        by=world.reviewer,
        article=article,
        version=article.version,
        values={"title": "Bridge <shut>"},
        outlet=None,
    )
    html = read(cast.viewer)
    first = html.split('class="card entry"')[1]
    assert "<bdi>Reviewer</bdi></b> changed <span" in first and ">article</span>" in first
    assert "<ins>Bridge &lt;shut&gt;</ins>" in first and "<del>Velm bridge closed after crack" in first
    assert f'href="/p/here/articles/{article.uuid}/"' in first


def test_it_is_narrowed_to_a_person_a_kind_and_a_period(world: World, cast: Cast) -> None:
    everything = records(cast.viewer)
    assert {one["user"] for one in everything} >= {"Manager", "Reviewer"}
    by_reviewer = records(cast.viewer, f"?person={world.reviewer.uuid}")
    assert by_reviewer and {one["user"] for one in by_reviewer} == {"Reviewer"}
    reviews = records(cast.viewer, "?kind=review")
    assert {one["table"] for one in reviews} == {"annotator_review"}
    assert records(cast.viewer, f"?person={world.reviewer.uuid}&kind=codebook") == []
    today, later = timezone.now().date(), timezone.now().date() + timedelta(days=1)
    assert records(cast.viewer, f"?until={today - timedelta(days=40)}") == []
    assert records(cast.viewer, f"?since={later + timedelta(days=1)}") == []
    assert len(records(cast.viewer, f"?since={today - timedelta(days=1)}&until={later}")) == len(everything)
    assert "Nothing of that kind was changed" in read(
        cast.viewer, f"?person={world.reviewer.uuid}&kind=codebook"
    )


def test_the_record_of_an_article_and_a_members_standing_have_theirs(world: World, cast: Cast) -> None:
    of_article = records(cast.viewer, f"?article={world.here.article.uuid}")
    assert {one["table"] for one in of_article} == {"sources_article", "sources_block"}
    assert (
        f"?article={world.here.article.uuid}"
        in cast.annotator.get(f"/p/here/articles/{world.here.article.uuid}/edit/").content.decode()
    )
    set_member(by=world.manager, project=world.here.project, user=world.reviewer, role="viewer")
    of_member = records(cast.viewer, f"?member={world.reviewer.uuid}")
    assert [(one["table"], one["operation"]) for one in of_member] == [
        ("sources_acceptance", "INSERT"),
        ("sources_membership", "INSERT"),
        ("sources_membership", "UPDATE"),
    ]
    assert f"?member={world.reviewer.uuid}" in cast.viewer.get("/p/here/members/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?since=soon",
        "?since=2025-02-01&until=2025-01-01",
        "?kind=annotator_claim",
        "?person=1",
        "?article=1",
        "?member=00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_cannot_be_asked_for_says_so(cast: Cast, query: str) -> None:
    answer = cast.viewer.get(HISTORY + query)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() and "card entry" not in answer.content.decode()
    assert cast.viewer.get(f"{HISTORY}all.csv{query}").status_code == 404


def test_pages_follow_each_other_without_counting(world: World, cast: Cast, queries) -> None:
    seen: list[str] = []
    query = ""
    while True:
        html = read(cast.viewer, query)
        seen += re.findall(r'<time class="quiet numbers" datetime="([^"]+)"', html)
        following = re.search(r'href="(\?[^"]*after=[^"]+)" rel="next"', html)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    told = Change.objects.filter(project_id=world.here.project.pk).exclude(table__in=OWN)
    assert len(seen) == told.count() > PAGE_SIZE
    assert seen == sorted(seen, reverse=True)
    few = queries(cast.viewer, f"{HISTORY}?kind=review")
    many = queries(cast.viewer, HISTORY)
    assert few <= many <= 18
    claim(world.manager, world.here.snapshot, "The bridge at Velm")
    assert queries(cast.viewer, HISTORY) == many


def test_what_opens_something_or_is_ones_own_is_told_to_nobody(world: World, cast: Cast) -> None:
    made = invite(by=world.manager, project=world.here.project, role="viewer", email="ines@courier.example")
    for client, told in ((cast.manager, True), (cast.viewer, False)):
        files = [client.get(f"{HISTORY}all.{form}").getvalue().decode() for form in ("csv", "jsonl")]
        for text in (*files, read(client), read(client, "?kind=member")):
            assert made.invitation.token_sha256 not in text and "savedsearch" not in text
        assert ("ines@courier.example" in files[0], "ines@courier.example" in files[1]) == (told, told)
        assert ("ines@courier.example" in read(client, "?kind=member")) == told


def test_the_table_is_safe_to_open_and_has_every_change(world: World, cast: Cast) -> None:
    user = person("=cmd|x")
    set_member(by=world.manager, project=world.here.project, user=user, role="manager")
    edit_project(by=user, project=world.here.project, name="=1+1", description='a,\n"b"', is_public=False)
    answer = cast.viewer.get(f"{HISTORY}all.csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    lines = records(cast.viewer)
    assert [row["id"] for row in rows] == [str(one["id"]) for one in lines]
    assert rows[-1]["user"] == "'=Cmd|X"
    assert json.loads(rows[-1]["after"])["description"] == 'a,\n"b"' == lines[-1]["after"]["description"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_only_members_read_it_also_of_a_public_project(world: World, cast: Cast) -> None:
    Project.objects.filter(pk=world.here.project.pk).update(is_public=True)
    for path in (HISTORY, f"{HISTORY}all.csv", f"{HISTORY}all.jsonl"):
        assert cast.stranger.get(path).status_code == 403
        assert cast.nobody.get(path).status_code == 302
    assert cast.viewer.get(f"{HISTORY}all.xlsx").status_code == 404


def test_what_was_done_to_members_and_the_project_is_said_in_words(world: World, cast: Cast) -> None:
    ada, project = person("ada"), world.here.project
    set_member(by=world.manager, project=project, user=ada, role="viewer")
    set_member(by=world.manager, project=project, user=ada, role="annotator")
    edit_project(by=world.manager, project=project, name="Bridges", description="", is_public=False)
    html = read(cast.viewer)
    assert f"made {ada} a viewer" in html
    assert f"changed {ada}’s role from viewer to annotator" in html
    assert "renamed the project from “" in html and "to “Bridges”" in html
    assert f"<bdi>{ada}</bdi>: history of the membership" in read(cast.viewer, f"?member={ada.uuid}")
