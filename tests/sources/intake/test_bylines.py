"""Author, outlet and date of a byline are read apart, and nothing is guessed."""

import pytest

from sources.intake.registry import read as read_document

STORY = "The water came at night and took the bridge, the people of Lower Sell say. Nobody had warned them.\n"
DAY = "2025-06-02"
KERN = ("Ivo Kern",)


def read(byline: str, suffix: str = "txt"):
    title = "# What the Water Took" if suffix == "md" else "What the Water Took"
    return read_document(f"{title}\n\n{byline}\n\n{STORY}".encode(), f"story.{suffix}")


@pytest.mark.parametrize(
    ("byline", "outlet", "origin", "day"),
    [
        ("By Ivo Kern, 2 June 2025", None, None, DAY),
        ("By Ivo Kern on 2 June 2025", None, None, None),
        ("By Ivo Kern, Velm Gazette, 2 June 2025", "Velm Gazette", None, DAY),
        ("By Ivo Kern, Velm Gazette", "Velm Gazette", None, None),
        ("By Ivo Kern, Associated Press, June 2, 2025", None, "Associated Press", DAY),
        ("By Ivo Kern, Velm Gazette, Monday, June 2, 2025, 10:15", "Velm Gazette", None, DAY),
        ("By Ivo Kern | Velm Gazette | 2 June 2025", "Velm Gazette", None, DAY),
        ("By Ivo Kern · 2 June 2025 · Velm Gazette", "Velm Gazette", None, DAY),
        ("By Ivo Kern | Published: 2 June 2025", None, None, DAY),
        ("By Ivo Kern – 2025-06-02", None, None, DAY),
        ("Von Ivo Kern, Velmer Zeitung, 2. Juni 2025", "Velmer Zeitung", None, DAY),
        ("Von Ivo Kern, Velmer Zeitung, Montag, 2. Juni 2025", "Velmer Zeitung", None, DAY),
        ("Par Ivo Kern, Le Matin de Velm, le 2 juin 2025", "Le Matin de Velm", None, DAY),
        ("Por Ivo Kern, El Faro, 2 de junio de 2025", "El Faro", None, DAY),
        ("By Ivo Kern, staff writer", None, None, None),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_author_outlet_and_date_are_read_apart(byline, outlet, origin, day, suffix):
    found = read(byline, suffix)
    assert (found.outlet, found.original_outlet, found.published_edtf) == (outlet, origin, day)
    if " on " not in byline:
        assert found.authors == KERN


@pytest.mark.parametrize(
    ("byline", "authors", "perhaps"),
    [
        ("By Ivo Kern, Emily Post, 2 June 2025", ("Ivo Kern", "Emily Post"), "Emily Post"),
        ("By Ivo Kern and Emily Post, 2 June 2025", ("Ivo Kern", "Emily Post"), None),
        ("By Ivo Kern, Küstenblick, 2 June 2025", KERN, "Küstenblick"),
        ("By Ivo Kern | the coast in brief", KERN, "the coast in brief"),
    ],
)
def test_what_only_may_be_an_outlet_is_proposed_and_not_filled_in(byline, authors, perhaps):
    found = read(byline)
    assert (found.outlet, found.authors) == (None, authors)
    assert [value for value, _ in found.told.get("outlet", [])] == ([perhaps] if perhaps else [])


def test_a_row_of_commas_is_no_byline():
    assert read("By Ivo Kern" + ", 1999" * 30).outlet is None
