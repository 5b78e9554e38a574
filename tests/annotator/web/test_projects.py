"""Making a project, its settings and members, and correcting an article's record."""

import re

import pytest
from django.urls import reverse

from annotator.models import Code
from annotator.queries.project_json import state_of
from sources.actions import edit_article
from sources.models import Article, Membership, Project
from tests.factories import World, person

from .conftest import Cast, browser_of


def test_a_new_project_has_a_codebook_and_its_maker_as_manager(db: None) -> None:
    by = person("ada")
    answer = browser_of(by).post("/p/new/", {"name": "Harbour strike 2025", "description": "Who said what."})
    made = Project.objects.get(slug="harbour-strike-2025")
    assert answer["Location"] == "/p/harbour-strike-2025/articles/import/"
    assert Membership.objects.get(project=made).role == "manager"
    assert Code.objects.filter(project=made, facet="claim_type").count() == 12


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "إضراب الميناء"}, "write one here"),
        ({"name": "New"}, "taken by a page of its own"),
        ({"name": "Here"}, "Choose another"),
        ({"name": "x", "slug": "a b"}, "valid"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "x" * 300}, "at most 200"),
    ],
)
def test_a_project_that_cannot_be_made_says_why(
    world: World, cast: Cast, fields: dict[str, str], said: str
) -> None:
    before = Project.objects.count()
    answer = cast.stranger.post("/p/new/", fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Project.objects.count() == before


def test_making_one_takes_an_account(cast: Cast) -> None:
    assert cast.nobody.get("/p/new/").status_code == 302
    assert cast.nobody.post("/p/new/", {"name": "x"}).status_code == 302


def test_a_manager_changes_the_settings_and_others_only_read(world: World, cast: Cast) -> None:
    fields = {"name": "Velm", "description": "About a bridge", "is_public": "on"}
    for who in ("reviewer", "annotator", "viewer"):
        assert getattr(cast, who).post("/p/here/settings/", fields).status_code == 403
        assert "<textarea" not in getattr(cast, who).get("/p/here/settings/").content.decode()
    assert cast.manager.post("/p/here/settings/", fields | seen_settings()).status_code == 302
    world.here.project.refresh_from_db()
    assert (world.here.project.name, world.here.project.is_public) == ("Velm", True)


def test_a_second_tab_undoes_no_settings_unseen(world: World, cast: Cast) -> None:
    """Also where nothing is said of what was seen: a page from before says so once more."""
    opened = seen_settings()
    cast.manager.post("/p/here/settings/", {"name": "Velm", "is_public": "on", **opened})
    for seen in (opened, {}):
        answer = cast.manager.post("/p/here/settings/", {"name": "Here", "description": "Typed", **seen})
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody changed this meanwhile" in html
        assert "<bdi>Velm</bdi>" in html  # theirs
        assert ">\nTyped</textarea>" in html  # mine
        kept = Project.objects.get(slug="here")
        assert (kept.name, kept.description, kept.is_public) == ("Velm", "", True)
    (state,) = re.findall(r'name="version" value="(\w+)"', html)
    again = {"name": "Velm", "description": "Typed", "is_public": "on", "version": state}
    assert cast.manager.post("/p/here/settings/", again).status_code == 302
    kept = Project.objects.get(slug="here")
    assert (kept.name, kept.description, kept.is_public) == ("Velm", "Typed", True)


def seen_settings() -> dict[str, str]:
    return {"version": state_of(Project.objects.get(slug="here"))}


def record(article: Article, **changes: str) -> dict[str, str]:
    return {
        "title": article.title,
        "language": "en",
        "version": str(article.version),
        "outlet": "Kai Radio",
    } | changes


def test_a_record_is_corrected_and_the_text_stays(world: World, cast: Cast) -> None:
    article = world.here.article
    url = reverse("article_edit", args=["here", article.uuid])
    html = cast.annotator.get(url).content.decode()
    assert article.title in html
    assert world.here.snapshot.sha256 in html
    answer = cast.annotator.post(url, record(article, published="May 2024", authors="Tamar Oduya"))
    assert answer["Location"] == f"/p/here/articles/{article.uuid}/"
    article.refresh_from_db()
    assert (article.published, str(article.published_max), article.publication.name) == (
        "2024-05",
        "2024-05-31",
        "Kai Radio",
    )
    assert article.snapshots.get().text == world.here.snapshot.text


def test_two_people_at_one_record_do_not_overwrite_each_other(world: World, cast: Cast) -> None:
    article = world.here.article
    stale = record(article, title="Mine")
    edit_article(
        by=world.manager, article=article, version=article.version, values={"title": "Theirs"}, outlet=None
    )
    answer = cast.annotator.post(reverse("article_edit", args=["here", article.uuid]), stale)
    assert answer.status_code == 409
    assert "somebody changed this record meanwhile" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    article.refresh_from_db()
    assert article.title == "Theirs"


def test_an_address_that_another_article_has_is_refused_in_words(world: World, cast: Cast) -> None:
    url = "https://kai.example/taken"
    other, article = world.here.second_article, world.here.article
    edit_article(by=world.manager, article=other, version=other.version, values={"url": url}, outlet=None)
    edit = reverse("article_edit", args=["here", article.uuid])
    answer = cast.annotator.post(edit, record(article, url=url, title="Typed"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f"“{other.title}” is at this address already." in html and "Typed" in html


@pytest.mark.parametrize(
    "changes", [{"version": ""}, {"version": "x"}, {"title": ""}, {"published": "2024-13"}]
)
def test_a_bad_record_is_refused(world: World, cast: Cast, changes: dict[str, str]) -> None:
    url = reverse("article_edit", args=["here", world.here.article.uuid])
    assert cast.annotator.post(url, record(world.here.article, **changes)).status_code in (409, 422)
