"""What a page says of itself, and where it says it."""

import json

import pytest

from sources.intake.article import ReadArticle
from sources.intake.page import read_page

STORY = (
    "<p>The ferry to Marrow Island stayed in port on Monday, the harbour master said, and eleven people "
    "waited on the quay with their bread and their mail, while the wind from the north grew stronger.</p>"
    "<p>Nobody could say when the next one would leave; the pilot had not been paid since the winter.</p>"
)


def page(head: str = "", body: str = STORY, attributes: str = "") -> ReadArticle:
    return read_page(
        f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode(), "a"
    )


def ld(**told: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | told)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "field", "value", "where"),
    [
        (ld(headline="Ferry stays"), "title", "Ferry stays", "JSON-LD"),
        ('<meta property="og:title" content="Ferry &amp; sea">', "title", "Ferry & sea", "Open Graph"),
        (meta("citation_title", "Ferry"), "title", "Ferry", "the meta tag citation_title"),
        (ld(author={"name": "Ilse Varga"}), "authors", ("Ilse Varga",), "JSON-LD"),
        (ld(author=["Ilse Varga", {"name": "Bo Ek"}]), "authors", ("Ilse Varga", "Bo Ek"), "JSON-LD"),
        (meta("author", "Bo Ek") + meta("author", "Bo Ek"), "authors", ("Bo Ek",), "the meta tag author"),
        (ld(publisher={"name": "The Amber Courier"}), "outlet", "The Amber Courier", "JSON-LD"),
        ('<meta property="og:site_name" content="Kai Radio">', "outlet", "Kai Radio", "Open Graph"),
        (ld(datePublished="2025-03-14T23:30:00-05:00"), "published_edtf", "2025-03-14", "JSON-LD"),
        (ld(datePublished="2025-03"), "published_edtf", "2025-03", "JSON-LD"),
        (ld(datePublished="2025"), "published_edtf", "2025", "JSON-LD"),
        (meta("dc.date", "14 March 2025"), "published_edtf", "2025-03-14", "the meta tag dc.date"),
        (ld(dateModified="2025-03-15"), "modified_edtf", "2025-03-15", "JSON-LD"),
        (ld(articleSection=["Business", "Sea"]), "section", "Business", "JSON-LD"),
        ('<meta property="article:section" content="Sea">', "section", "Sea", "Open Graph"),
        (
            '<link rel="canonical" href="https://kai.example/f">',
            "url",
            "https://kai.example/f",
            "the link to its canonical address",
        ),
        (ld(mainEntityOfPage={"@id": "https://kai.example/g"}), "url", "https://kai.example/g", "JSON-LD"),
        (
            "<!-- saved from url=(0021)https://kai.example/h -->",
            "url",
            "https://kai.example/h",
            "the browser's note on where it was saved",
        ),
        ("<title>Ferry stays in port | Kai Radio</title>", "title", "Ferry stays in port", None),
    ],
)
def test_each_field_and_where_it_was_read(head: str, field: str, value: object, where: str | None) -> None:
    read = page(head)
    assert getattr(read, field) == value
    assert where is None or read.read_off[field] == where


def test_json_ld_goes_before_meta_tags_and_a_graph_is_followed() -> None:
    graph = [
        {"@type": "WebPage", "datePublished": "2001-01-01", "headline": "The page"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry stays",
            "author": {"@id": "#bo"},
            "publisher": {"@id": "#k"},
        },
        {"@type": "Person", "@id": "#bo", "name": "Bo Ek"},
        {"@type": "Organization", "@id": "#k", "name": "Kai Radio"},
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    read = page('<meta property="og:title" content="Another">' + script)
    assert (read.title, read.authors, read.outlet) == ("Ferry stays", ("Bo Ek",), "Kai Radio")


def test_a_wayback_page_tells_the_archives_address_and_the_pages_own() -> None:
    archived = "https://web.archive.org/web/20250316101112/https://kai.example/ferry"
    read = page(f'<link rel="canonical" href="{archived}">')
    assert (read.url, read.archive_url) == ("https://kai.example/ferry", archived)
    assert "archive" in read.read_off["url"]


def test_bylines_and_dates_in_the_text_tell_where_no_tag_does() -> None:
    read = page(
        body=f"<article><h1>Ferry stays in port today</h1><p>By Ilse Varga</p><p>March 14, 2025</p>{STORY}"
    )
    assert (read.authors, read.published_edtf) == (("Ilse Varga",), "2025-03-14")
    assert read.read_off["authors"] == "the byline"
    assert read.read_off["published_edtf"] == "the date line by the headline"


def test_a_date_found_by_the_library_is_no_more_exact_than_what_was_written() -> None:
    exact = page(body=f'{STORY}<div class="date">1 May 2019</div>')
    month = page(body=f'{STORY}<div class="date">May 2019</div>')
    assert exact.published_edtf in ("2019-05-01", None)
    assert month.published_edtf in ("2019-05", None)


def test_a_page_that_lies_about_its_language() -> None:
    words = "<p>" + "قال وزير الموانئ إن العبارة بقيت في الميناء يوم الاثنين ولم يغادر أحد. " * 6 + "</p>"
    read = page(body=words, attributes='lang="en"')
    assert read.language == "ar"
    assert "says that its language is en" in read.notes[0]
    assert page(attributes='lang="en-GB"').language == "en-gb"


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>',
        ld(headline=None, author=7, publisher=[[[]]], datePublished={"a": 1}, url=["javascript:alert(1)"]),
        ld(headline={"x": 1}, author=[{"name": ["a", {"b": 1}]}], inLanguage={"name": "English"}),
        ld(datePublished="0000-00-00", dateModified="9999-99-99T00:00", url="https://a b"),
        meta("author", "https://facebook.example/kai") + meta("date", "soon") + meta("og:locale", "??"),
        '<link rel="canonical" href="javascript:alert(1)"><link rel="canonical" href="/relative">',
        '<meta property="og:title" content="&#x202e;&#0; \u200b">',
        "<title>" + "a" * 100_000 + "</title>",
    ],
)
def test_what_says_nothing_is_not_taken(head: str) -> None:
    read = page(head)
    assert read.url is None and read.published_edtf is None and read.modified_edtf is None
    assert all(name and len(name) <= 200 for name in read.authors)
    assert read.title is None or 0 < len(read.title) <= 500


def test_what_the_places_say_otherwise_is_kept_beside_what_was_taken() -> None:
    read = page(
        ld(headline="Ferry stays", datePublished="2025-03-14", author="Bo Ek")
        + '<meta property="og:title" content="Ferry stays put">'
        '<link rel="canonical" href="https://kai.example/f">'
        + '<meta property="og:url" content="https://kai.example/g">'
        + meta("og:locale", "de_DE")
        + '<meta property="article:published_time" content="2025-03-15T00:00:00Z">'
        + meta("author", "Ilse Varga"),
        attributes='lang="en"',
    )
    assert [value for value, _ in read.told["published_edtf"]][:2] == ["2025-03-14", "2025-03-15"]
    assert read.told["title"][:2] == [["Ferry stays", "JSON-LD"], ["Ferry stays put", "Open Graph"]]
    assert [value for value, _ in read.told["url"]] == ["https://kai.example/f", "https://kai.example/g"]
    assert read.told["language"][:2] == [["en", "the page's lang attribute"], ["de-de", "Open Graph"]]
    assert read.told["authors"][:2] == [["Bo Ek", "JSON-LD"], ["Ilse Varga", "the meta tag author"]]
    assert (read.url, read.language, read.authors) == ("https://kai.example/f", "en", ("Bo Ek",))


def test_of_a_hundred_dates_in_one_place_the_first_is_told() -> None:
    times = "".join(f'<time itemprop="datePublished" datetime="20{n:02d}-01-01">x</time>' for n in range(100))
    read = page(ld(datePublished="2025-03-14"), f"{STORY}{times}")
    assert len(read.told["published_edtf"]) <= 6
    assert [where for _, where in read.told["published_edtf"]].count("the page's markup (itemprop)") == 1
