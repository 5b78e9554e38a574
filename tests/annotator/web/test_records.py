"""The one form for an article's record: where each field was read, what else was read, what is missing."""

import json
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from annotator.citations.csl import ArticleRecord
from annotator.citations.missing import missing
from annotator.queries.articles import articles_like, lacking
from annotator.web.forms.record_fields import record_fields, taken
from annotator.web.forms.records import RecordForm, Standing, archive_search
from sources.actions import RawFile, edit_article, import_article
from sources.intake.page import read_page
from sources.models import INCOMPLETE, Article, Project, User
from tests.factories import World

from .conftest import Cast

STORY = "<p>The ferry stayed in port on Monday, the harbour master said, and eleven people waited there.</p>"
TOLD = {
    "@type": "NewsArticle",
    "headline": "Ferry stays in port",
    "datePublished": "2025-03-14",
    "dateModified": "2025-03-16",
    "author": "Ilse Varga",
    "publisher": {"name": "Kai Radio"},
}
PAGE = (
    f'<html lang="en"><head><script type="application/ld+json">{json.dumps(TOLD)}</script>'
    '<meta property="article:published_time" content="2025-03-15">'
    '<link rel="canonical" href="https://kai.example/ferry"></head>'
    f"<body><h1>Ferry stays in port</h1>{STORY}</body></html>"
)


@pytest.fixture
def ferry(world: World) -> Article:
    raw = PAGE.encode()
    read = read_page(raw, "ferry.html")
    return import_article(
        by=world.manager, project=world.here.project, read=read, raw=RawFile(raw, "text/html")
    ).article


def at(article: Article) -> str:
    return reverse("article_edit", args=["here", article.uuid])


def sent(article: Article, **more: str) -> dict[str, str]:
    """The form as the page shows it, with what somebody typed."""
    told = {name: str(value or "") for name, value in RecordForm.of(article).items()}
    return told | more


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ({"outlet": "O", "published": "2024", "url": "https://a.example"}, ()),
        ({"authors": ("A",), "published": "2024", "archive_url": "https://a.example"}, ()),
        ({"outlet": "O", "published": "2024"}, ("address, or that of an archived copy",)),
        ({"published": "2024", "url": "https://a.example"}, ("author or outlet",)),
        ({"outlet": "O", "url": "https://a.example"}, ("date of publication, or the day it was read",)),
    ],
)
def test_what_a_full_citation_lacks(told: dict[str, object], lacks: tuple[str, ...]) -> None:
    assert missing(ArticleRecord(uuid="", title="T", **told)) == lacks


def test_a_page_that_says_two_things_has_both_kept(ferry: Article) -> None:
    told = ferry.snapshots.get().cleaning["told"]
    assert told["published_edtf"] == [["2025-03-14", "JSON-LD"], ["2025-03-15", "Open Graph"]]
    assert told["title"] == [["Ferry stays in port", "JSON-LD"]]
    assert (ferry.published, ferry.modified) == ("2025-03-14", "2025-03-16")


def test_each_field_says_where_it_was_read_and_what_else_was(cast: Cast, ferry: Article) -> None:
    html = cast.annotator.get(at(ferry)).content.decode()
    assert "from JSON-LD" in html and "from the link to its canonical address" in html
    assert 'value="published:1"' in html and "2025-03-15" in html and "Open Graph" in html
    assert "Changed by hand" not in html
    assert "Varga, I. (2025, March 14). Ferry stays in port." in html
    assert "Nothing is missing for a full citation." in html
    assert "https://web.archive.org/web/20250314/https://kai.example/ferry" in html


def test_one_key_takes_what_was_read_elsewhere_and_stores_nothing(cast: Cast, ferry: Article) -> None:
    answer = cast.annotator.post(at(ferry), sent(ferry, title="Typed", take="published:1"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="2025-03-15"' in html and 'value="Typed"' in html and "from Open Graph" in html
    assert 'value="published:0"' in html, "and the first can be taken again"
    ferry.refresh_from_db()
    assert (ferry.title, ferry.published) == ("Ferry stays in port", "2025-03-14")


@pytest.mark.parametrize("key", ["published:9", "published:-1", "published:٠", "version:0", ":", "x" * 9999])
def test_a_key_that_no_button_has_takes_nothing(key: str) -> None:
    assert taken({"published": [["2025-03-14", "JSON-LD"]]}, key) == {}


@pytest.mark.lengthy
def test_what_was_changed_by_hand_says_so(cast: Cast, world: World, ferry: Article) -> None:
    answer = cast.annotator.post(
        at(ferry),
        sent(
            ferry,
            published="13 March 2025",
            modified="17 March 2025",
            section="Harbour",
            archive_url="https://web.archive.org/web/2025/https://kai.example/ferry",
            accessed="2025-04-01",
        ),
    )
    assert answer.status_code == 302
    ferry.refresh_from_db()
    assert (ferry.published, ferry.modified, ferry.section) == ("2025-03-13", "2025-03-17", "Harbour")
    assert (str(ferry.accessed), ferry.archive_url[:23]) == ("2025-04-01", "https://web.archive.org")
    html = cast.annotator.get(at(ferry)).content.decode()
    assert html.count("Changed by hand since it was read from JSON-LD") == 2
    assert 'value="published:0"' in html and 'value="modified:0"' in html
    assert ferry.snapshots.get().cleaning["modified"] == "2025-03-16", (
        "what the page said stays with its text"
    )


def test_a_later_text_may_say_something_else(cast: Cast, world: World, ferry: Article) -> None:
    raw = PAGE.replace("Ferry stays", "Ferry still stays").replace("eleven", "nine").encode()
    read = replace(read_page(raw, "ferry.html"), url="https://kai.example/ferry")
    taken_in = import_article(
        by=world.manager, project=world.here.project, read=read, raw=RawFile(raw, "text/html")
    )
    assert taken_in.outcome == "changed"
    html = cast.annotator.get(at(ferry)).content.decode()
    assert "Ferry still stays in port" in html and "JSON-LD, with text 2" in html


def test_an_import_that_kept_places_alone_is_told_as_far_as_it_goes() -> None:
    form = RecordForm(initial={"title": "Now", "outlet": "Kai Radio"})
    fields = record_fields(form, {"title": [["", "the header"]]})
    assert (fields["title"].where, fields["title"].changed, fields["title"].others) == (
        "the header",
        False,
        (),
    )
    assert fields["outlet"].where == ""


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("url", "javascript:alert(1)", "begins with http"),
        ("archive_url", "javascript:alert(1)", "begins with http"),
        ("archive_url", "https://", "names a site"),
        ("archive_url", "https://ana:pw@kai.example/", "account or password"),
        ("archive_url", "https://[::1", "no address"),
        ("archive_url", "https://kai.example/\u202egnp", "no blanks"),
        ("archive_url", 'https://kai.example/"onclick', "no blanks"),
        ("archive_url", "https://kai.example/" + "x" * 10_000, "at most 2,000"),
        ("section", "a\u202eb", "reorder text"),
        ("section", "x" * 10_000, "at most 200"),
        ("modified", "yesterday", "not a date"),
        ("modified", "9" * 10_000, "not a date"),
        ("accessed", "2025-02-30", "valid date"),
        ("accessed", "0001-01-01", "on that day"),
        ("accessed", "9999-12-31", "on that day"),
        ("title", "a\x00b", "Null characters"),
    ],
)
def test_what_a_record_cannot_hold_is_refused_in_words(
    cast: Cast, ferry: Article, field: str, value: str, said: str
) -> None:
    answer = cast.annotator.post(at(ferry), sent(ferry, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    ferry.refresh_from_db()
    assert ferry.version == 1


def test_the_preview_tells_the_record_as_it_is_typed(cast: Cast, ferry: Article) -> None:
    typed = sent(ferry, published="spring 2015", url="", title="<b>Ferry</b>", modified="rubbish")
    answer = cast.annotator.post("/p/here/articles/record/", typed)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "(2015, Spring)" in html and "&lt;b&gt;Ferry&lt;/b&gt;" in html
    assert "address, or that of an archived copy" in html
    assert '<span id="published-in-words" hx-swap-oob="true">spring 2015</span>' in html
    hostile = sent(ferry, title="a\x00b", published="٣" * 9999, url="javascript:x", accessed="soon")
    answer = cast.annotator.post("/p/here/articles/record/", hostile)
    assert (answer.status_code, b"javascript" in answer.content) == (422, False)
    ferry.refresh_from_db()
    assert ferry.version == 1


@pytest.mark.parametrize(
    ("url", "published", "found"),
    [
        ("https://a.example/x?y=1#z", "2025-03-14", "/20250314/https://a.example/x?y=1#z"),
        ("https://a.example/", "2025-03", "/*/https://a.example/"),
        ("https://a.example/", "2025-03-14/2025-03-16", "/20250314/https://a.example/"),
        ("https://a.example/", "1985~", "/*/https://a.example/"),
        ('https://a.example/"<', "", "/*/https://a.example/%22%3C"),
        ("ftp://a.example/", "2025", None),
        ("", "2025", None),
    ],
)
def test_the_way_to_an_archived_copy(url: str, published: str, found: str | None) -> None:
    assert archive_search(url, published) == (f"https://web.archive.org/web{found}" if found else "")


def test_a_record_without_a_title_is_no_citation() -> None:
    standing = Standing.of({"title": " ", "url": "https://a.example"})
    assert standing.citation == "" and "title" in standing.missing


def complete(by: User, article: Article, **values: object) -> None:
    article.refresh_from_db()
    edit_article(
        by=by,
        article=article,
        version=article.version,
        values={"url": f"https://kai.example/{article.pk}"} | values,
        outlet="Kai Radio",
        published="2024",
    )


@pytest.mark.lengthy
def test_incomplete_records_are_counted_and_gone_through(cast: Cast, world: World, ferry: Article) -> None:
    project: Project = world.here.project
    one, other = world.here.article, world.here.second_article
    for article in Article.objects.filter(project=project).exclude(pk__in=[one.pk, other.pk, ferry.pk]):
        complete(world.manager, article)
    first, second = articles_like(project, only="incomplete")
    assert {first, second} == {one, other}
    assert "Incomplete records (2)" in cast.viewer.get("/p/here/articles/").content.decode()
    html = cast.annotator.get(at(first)).content.decode()
    listed = cast.annotator.get("/p/here/articles/?show=incomplete").content.decode()
    assert f'href="{at(second)}?missing"' in listed and "<small>Missing: date, address</small>" in listed
    assert f'href="{at(second)}' not in cast.viewer.get("/p/here/articles/?show=incomplete").content.decode()
    assert f'rel="next" href="{at(second)}?missing"' in html and 'rel="prev"' not in html
    whole = {"outlet": "Kai Radio", "published": "2024-01-01", "then": "next"}
    answer = cast.annotator.post(at(first), sent(first, url="https://kai.example/1", **whole))
    assert answer["Location"] == at(second) + "?missing"
    opened = cast.annotator.get(answer["Location"]).content.decode()
    first_missing = lacking(second)[0][0]
    assert re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"[^>]* autofocus', opened) == [first_missing]
    answer = cast.annotator.post(at(second), sent(second, url="https://kai.example/2", **whole), follow=True)
    assert "Every record can be cited in full." in answer.content.decode()
    assert not Article.objects.filter(INCOMPLETE, project=project).exists()


def test_a_refused_value_is_named_and_has_the_focus(cast: Cast, world: World) -> None:
    article = world.here.article
    refused = cast.annotator.post(at(article), sent(article, published="never", url="no address"))
    html = refused.content.decode()
    assert '<a href="#id_published">Published</a>, <a href="#id_url">Address (URL)</a>' in html
    assert re.findall(r'name="(\w+)"[^>]* autofocus', html) == ["published"]


def test_the_last_one_leads_back_to_the_first(client: Client, cast: Cast, world: World) -> None:
    project = world.here.project
    *_, last = articles_like(project, only="incomplete")
    first = articles_like(project, only="incomplete").first()
    answer = cast.annotator.post(at(last), sent(last, then="next"))
    assert answer["Location"] == at(first) + "?missing"


@pytest.mark.lengthy
def test_the_database_and_the_words_agree_on_what_is_incomplete(world: World, ferry: Article) -> None:
    project = world.here.project
    cases = (
        {"authors": [], "url": "https://a.example/1"},
        {"authors": ["A"], "url": "", "archive_url": ""},
        {"authors": ["A"], "url": "", "archive_url": "https://a.example/2"},
    )
    for values in cases:
        for outlet in ("Kai Radio", None):
            for published in ("2024", ""):
                for accessed in ("2025-01-01", None):
                    ferry.refresh_from_db()
                    edited = edit_article(
                        by=world.manager,
                        article=ferry,
                        version=ferry.version,
                        values=values | {"accessed": accessed},
                        outlet=outlet,
                        published=published,
                    )
                    lacks = Standing.of(RecordForm.of(edited)).missing
                    found = Article.objects.filter(INCOMPLETE, project=project, pk=ferry.pk).exists()
                    assert found == bool(lacks), (values, outlet, published, accessed)
