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


@pytest.mark.lengthy
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
        "Velm Gazette | June 2, 2025",
        "Breaking News | June 2, 2025",
        "World | June 2, 2025",
        "The Tide · 2 June 2025",
        "New York | 2 June 2025",
        "NEW YORK | 2 June 2025",
        "2 June 2025 | New York",
        "São Paulo – 2 June 2025",
        "San Ignacio · June 2, 2025",
        "Marrow County | 2 June 2025",
        "Washington, D.C. | June 2, 2025",
        "New York, London | 2 June 2025",
        "Paris, Texas | 2 June 2025",
        "Aleppo | 2 June 2025",
        "New Delhi, 2 June 2025",
        "New York, NY, Monday, June 2, 2025",
    ],
)
def test_a_place_section_or_outlet_beside_a_date_is_no_writer_and_the_date_counts(line):
    assert read_byline(line).names == ()
    found = read(line)
    assert (found.authors, found.told.get("authors"), found.published_edtf) == ((), None, DAY)
    assert (found.title, found.subtitle) == ("What the Water Took", None)


@pytest.mark.parametrize(
    "line",
    [
        "Ivo Kern, New York | 2 June 2025",
        "By Ivo Kern, New York, 2 June 2025",
        "By Ivo Kern, London",
        "By Ivo Kern in New York | 2 June 2025",
        "By Ivo Kern | New York | Updated 3 June 2025",
        "Von Ivo Kern, Berlin",
    ],
)
def test_a_place_beside_the_writers_is_none_of_them(line):
    found = read_byline(line)
    assert (found.names, found.outlet, found.perhaps) == (KERN, None, None)


def test_a_place_and_a_date_are_no_title_and_a_daily_columns_name_is():
    body = f"\n\nWhat the Water Took\n\n{STORY}".encode()
    placed = read_document(b"New York | 2 June 2025" + body, "story.txt")
    assert (placed.title, placed.published_edtf) == ("What the Water Took", DAY)
    daily = read_document(f"Morning Update – 2 June 2025\n\n{STORY}".encode(), "story.txt")
    assert daily.title == "Morning Update – 2 June 2025"


@pytest.mark.parametrize(
    "line",
    [
        "Ivo Kern | the coast in 2025",
        "He left Velm | 2 June 2025",
    ],
)
def test_what_stands_beside_a_date_may_be_no_writer(line):
    assert read_byline(line) is None


LATER = "2025-06-03"


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("By Ivo Kern | Updated 3 June 2025", None, LATER),
        ("By Ivo Kern, updated 3 June 2025", None, LATER),
        ("By Ivo Kern Updated June 3, 2025", None, LATER),
        ("By Ivo Kern, updated on Tuesday, June 3, 2025 at 10:15 am", None, LATER),
        ("By Ivo Kern updated on 3 June 2025", None, LATER),
        ("By Ivo Kern (last updated: 3 June 2025)", None, LATER),
        ("By Ivo Kern · Last modified on 3 June 2025", None, LATER),
        ("Updated 3 June 2025 | By Ivo Kern", None, LATER),
        ("By Ivo Kern, Velm Gazette | Last updated: 3 June 2025", None, LATER),
        ("By Ivo Kern | 2 June 2025 | Updated 3 June 2025", DAY, LATER),
        ("By Ivo Kern | Updated 3 June 2025 | Published 2 June 2025", DAY, LATER),
        ("By Ivo Kern, 2 June 2025, updated 3 June 2025", DAY, LATER),
        ("By Ivo Kern, June 2, 2025 (updated June 3, 2025)", DAY, LATER),
        ("2 June 2025 | By Ivo Kern | Modified: 3 June 2025", DAY, LATER),
        ("Von Ivo Kern, aktualisiert am 3. Juni 2025", None, LATER),
        ("Von Ivo Kern | 02.06.2025, 10:15 Uhr | Stand: 03.06.2025, 8:00 Uhr", DAY, LATER),
        ("Par Ivo Kern, publié le 2 juin 2025, mis à jour le 3 juin 2025", DAY, LATER),
        ("Por Ivo Kern | Actualizado el 3 de junio de 2025", None, LATER),
        ("Ivo Kern | Updated 3 June 2025", None, LATER),
        ("Updated 3 June 2025", None, LATER),
        ("Last updated: June 3, 2025 10:15 am", None, LATER),
        ("Modified on 3 June 2025", None, LATER),
        ("Zuletzt aktualisiert: 3. Juni 2025", None, LATER),
        ("Dernière mise à jour : 3 juin 2025", None, LATER),
        ("آخر تحديث: 3 يونيو 2025", None, LATER),
        ("Published: 2 June 2025 | Updated: 3 June 2025", DAY, LATER),
        ("June 2, 2025 Updated June 3, 2025", DAY, LATER),
        ("2 June 2025 (updated 3 June 2025)", DAY, LATER),
        ("Updated 3 June 2025, first published 2 June 2025", DAY, LATER),
        ("Published 2 June 2025", DAY, None),
        ("Posted on 2 June 2025 at 9:00", DAY, None),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_the_day_of_the_last_change_is_not_taken_for_that_of_publication(line, published, modified, suffix):
    found = read(line, suffix)
    assert (found.published_edtf, found.modified_edtf) == (published, modified)
    assert found.subtitle is None
    told = [one for one, _ in found.told.get("authors", [])]
    assert told == (["Ivo Kern"] if "Ivo" in line else [])
    assert [one for one, _ in found.told.get("outlet", [])] == (["Velm Gazette"] if "Velm" in line else [])


@pytest.mark.parametrize("key", ["Updated", "Last modified", "Modified"])
def test_a_header_tells_the_day_of_the_last_change(key):
    found = read_document(f"Title: Water\nDate: 2 June 2025\n{key}: 3 June 2025\n\n{STORY}".encode(), "a.txt")
    assert (found.published_edtf, found.modified_edtf) == (DAY, LATER)
    found = read_document(f"Title: Water\nDate: updated 3 June 2025\n\n{STORY}".encode(), "a.txt")
    assert (found.published_edtf, found.modified_edtf) == (None, LATER)


def test_a_month_that_may_be_the_writers_name_is_no_date():
    found = read_byline("By Theresa May 2, 2025")
    assert found is None or found.date is None


def test_a_row_of_commas_is_no_byline():
    assert read("By Ivo Kern" + ", 1999" * 30).outlet is None
