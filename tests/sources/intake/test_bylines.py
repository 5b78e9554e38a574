"""Author, outlet and date of a byline are read apart, and nothing is guessed."""

import pytest

from sources.intake.dates import to_edtf
from sources.intake.registry import read as read_document
from sources.text.bylines import read_byline

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
        ("By Ivo Kern on 2 June 2025", None, None, DAY),
        ("By Ivo Kern on Monday, June 2, 2025 at 10:15 am", None, None, DAY),
        ("By Ivo Kern June 2, 2025", None, None, DAY),
        ("By Ivo Kern / 2 June 2025", None, None, DAY),
        ("2 June 2025 | By Ivo Kern", None, None, DAY),
        ("June 2, 2025 — By Ivo Kern, Velm Gazette", "Velm Gazette", None, DAY),
        ("By Ivo Kern, Velm Gazette on 2 June 2025", "Velm Gazette", None, DAY),
        ("Von Ivo Kern am 2. Juni 2025", None, None, DAY),
        ("Von Ivo Kern, veröffentlicht am 2. Juni 2025", None, None, DAY),
        ("Von Ivo Kern 02.06.2025, 10:15", None, None, DAY),
        ("By Ivo Kern on 2 June 2025 · Velm Gazette", "Velm Gazette", None, DAY),
        ("Par Ivo Kern le 2 juin 2025", None, None, DAY),
        ("Par Ivo Kern, publié le 2 juin 2025", None, None, DAY),
        ("Por Ivo Kern el 2 de junio de 2025", None, None, DAY),
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


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("بقلم: سليم كرن، 2 يونيو 2025", ("سليم كرن",)),
        ("بقلم سليم كرن في 2 يونيو 2025", ("سليم كرن",)),
        ("كتبت: ليلى حداد | ٢ حزيران ٢٠٢٥", ("ليلى حداد",)),
        ("تحریر: سلیم کرن، 2 جون 2025", ("سلیم کرن",)),
        ("رپورٹ: سلیم کرن بتاریخ 2 جون 2025", ("سلیم کرن",)),
        ("تحریر: سلیم کرن، ۲ جون ۲۰۲۵ کو", ("سلیم کرن",)),
    ],
)
def test_a_date_beside_the_writers_is_none_of_them_in_arabic_and_urdu(byline, names):
    found = read_byline(byline)
    assert found is not None
    assert (found.names, to_edtf(found.date or "")) == (names, DAY)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ivo Kern | June 2, 2025", KERN),
        ("Ivo Kern · 2. Juni 2025", KERN),
        ("Ivo Kern – 2 juin 2025", KERN),
        ("Ivo Kern - 2 de junio de 2025, 10:15", KERN),
        ("2 June 2025 | Ivo Kern and Rana Sell", ("Ivo Kern", "Rana Sell")),
    ],
)
def test_names_beside_a_date_are_proposed_as_the_writers(line, names):
    found = read(line)
    assert found.published_edtf == DAY and found.authors == ()
    assert found.told["authors"] == [["\n".join(names), "perhaps, by the names beside the date"]]


@pytest.mark.parametrize(
    "line",
    [
        "New Delhi, 2 June 2025",
        "Velm Gazette | June 2, 2025",
        "Breaking News | June 2, 2025",
        "World | June 2, 2025",
        "The Tide · 2 June 2025",
        "Ivo Kern | the coast in 2025",
        "He left Velm | 2 June 2025",
    ],
)
def test_what_stands_beside_a_date_may_be_no_writer(line):
    assert read_byline(line) is None


def test_a_month_that_may_be_the_writers_name_is_no_date():
    found = read_byline("By Theresa May 2, 2025")
    assert found is None or found.date is None


def test_a_row_of_commas_is_no_byline():
    assert read("By Ivo Kern" + ", 1999" * 30).outlet is None
