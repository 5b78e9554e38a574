"""What the lines between the headline and the story tell, in texts as they are pasted."""

import pytest

from sources.intake.article import ReadArticle
from sources.intake.plain import read_plain
from sources.text.blocks import cut_blocks
from sources.text.bylines import bare_byline

STORY = (
    "The war in the northern valley ended on Monday, the council said in the town hall.\n\n"
    "Nobody came to see the keepers sign, and the boats went home before noon.\n"
)


@pytest.mark.parametrize(
    "when",
    [
        "4 May 2031",
        "May 4, 2031",
        "Published 10:40 AM EDT, May 4, 2031",
        "10:40 AM EDT, May 4, 2031",
        "May 4, 2031, 10:40 AM EDT",
        "Publié le 4 mai 2031 à 10h40",
        "4. Mai 2031 um 10:40 Uhr",
        "4. Mai 2031, 10:40 Uhr",
        "First published on May 4, 2031",
    ],
)
@pytest.mark.parametrize("title", ["War ends", "War ends in the northern valley"])
def test_headline_byline_and_date_are_read_apart(title: str, when: str) -> None:
    read = read_plain(f"{title}\n\nBy Ilse Marrow\n\n{when}\n\n{STORY}")
    assert (read.title, read.published_edtf[:10]) == (title, "2031-05-04")
    assert read.authors == ("Ilse Marrow",)
    assert not read.subtitle


def test_a_spoken_sentence_before_a_date_is_no_teaser() -> None:
    spoken = "“I will miss it,” said Petra Lind, 81, who was born there."
    text = f"War ends in the northern valley\n\n{STORY}\n{spoken}\n\nMay 4, 2031\n\n{STORY}"
    assert [b.masked for b in cut_blocks(text) if text[b.start : b.end] == spoken] == [False]


def test_a_teaser_that_quotes_a_name_stays_masked() -> None:
    teaser = "A keeper known as the “father of the dam,” was hurt on Friday, his family and police said."
    text = f"War ends in the northern valley\n\n{STORY}\n{teaser}\n\nMay 4, 2031\n\n{STORY}"
    assert [b.masked for b in cut_blocks(text) if text[b.start : b.end] == teaser] == [True]


T = "War ends in the northern valley"
DAY = "2031-05-04"
INA = ("Ina Dahl",)


def _perhaps(read: ReadArticle) -> tuple[str, ...]:
    """The writers that are taken or proposed."""
    told = read.told.get("authors", [])
    return tuple(told[0][0].split("\n")) if told else ()


@pytest.mark.parametrize(
    ("head", "day", "writers", "outlet"),
    [
        (f"{T}\n\nIna Dahl, May 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl and Omar Reyes, May 4, 2031", DAY, ("Ina Dahl", "Omar Reyes"), None),
        (f"{T}\n\nIna Dahl\n\nMay 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl and Omar Reyes\nMay 4, 2031", DAY, ("Ina Dahl", "Omar Reyes"), None),
        (f"{T}\n\nIna Dahl\nStaff Writer\nMay 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl, Staff Writer\nMay 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl\n@inadahl\nMay 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl in Torve\n\nSun 4 May 2031 10.40 BST", DAY, INA, None),
        (f"{T}\n\nIna Dahl | Staff Writer | May 4, 2031", DAY, INA, None),
        (f"{T}\n\nIna Dahl\n4 May 2031, 10:40am", DAY, INA, None),
        (f"Ina Dahl\nMay 4, 2031\n\n{T}", DAY, INA, None),
        (f"{T}\n\nMay 4, 2031\nIna Dahl\nStaff Writer", DAY, INA, None),
        (f"{T}\n\nMay 4, 2031\n\nIna Dahl\n\n@inadahl", DAY, INA, None),
        (f"{T}\n\nMay 4, 2031 / 10:40 AM EDT / Torve News", DAY, (), "Torve News"),
        (f"{T}\n\nBy Ina Dahl\nMay 4, 2031 / 10:40 AM EDT / Torve News", DAY, INA, "Torve News"),
        (f"{T}\n\nTorve Times, May 4, 2031", DAY, (), "Torve Times"),
        (f"{T}\nThe Torve Post, May 4, 2031", DAY, (), "The Torve Post"),
        (f"The Torve Post\n\nMay 4, 2031\n\n{T}", DAY, (), "The Torve Post"),
        (f"The Torve Post\n\n{T}\n\nBy Ina Dahl\n\nMay 4, 2031", DAY, INA, "The Torve Post"),
        (f"The Torve Post\n{T}\nMay 4, 2031", DAY, (), "The Torve Post"),
        (f"Torve Times\nMay 4, 2031\n{T}", DAY, (), "Torve Times"),
        (f"{T}\n\nBy Ina Dahl, Editor\n\nMay 4, 2031", DAY, INA, None),
        (f"{T}\n\nVon Ina Dahl, Torve\n04.05.2031, 10:40 Uhr", DAY, INA, None),
        (f"{T}\n\n4 May 2031 • 3 min read", DAY, (), None),
        (f"{T}\n\nAnalysis\nMay 4, 2031", DAY, (), None),
        (f"WORLD NEWS\nMay 4, 2031\n{T}\nBy Ina Dahl", DAY, INA, None),
    ],
)
def test_names_outlets_and_dates_of_a_head_are_told_apart(
    head: str, day: str, writers: tuple[str, ...], outlet: str | None
) -> None:
    read = read_plain(f"{head}\n\n{STORY}")
    assert (read.title, read.published_edtf, read.outlet, read.subtitle) == (T, day, outlet, None)
    assert _perhaps(read) == writers
    shown = [read.text[b.start : b.end] for b in read.blocks if not b.masked]
    assert shown == [T, *STORY.strip().split("\n\n")], "all else of the head is masked"


@pytest.mark.parametrize(
    ("head", "where"),
    [
        (f"The Torve Post\n\nMay 4, 2031\n\n{T}", "a line by the headline that names it"),
        (f"{T}\n\nMay 4, 2031 / 10:40 AM EDT / Torve News", "a line by the headline that names it"),
        (f"{T}\n\nBy Ina Dahl, The Torve Post\n\nMay 4, 2031", "the byline, after the writers"),
    ],
)
def test_it_is_told_where_the_outlet_was_read(head: str, where: str) -> None:
    assert read_plain(f"{head}\n\n{STORY}").read_off["outlet"] == where


def test_unsigned_names_are_only_proposed_as_writers() -> None:
    assert read_plain(f"{T}\n\nIna Dahl\nMay 4, 2031\n\n{STORY}").authors == ()


def test_an_agency_below_the_writers_is_the_original_outlet() -> None:
    read = read_plain(f"{T}\n\nBy INA DAHL\nAssociated Press\nMay 4, 2031\n\n{STORY}")
    assert (read.authors, read.outlet, read.original_outlet) == (("INA DAHL",), None, "Associated Press")


def test_the_last_change_beside_an_outlet_is_read() -> None:
    read = read_plain(f"{T}\n\nUpdated on: May 4, 2031 / 10:40 AM EDT / Torve News\n\n{STORY}")
    assert (read.published_edtf, read.modified_edtf, read.outlet) == (None, DAY, "Torve News")


@pytest.mark.parametrize(
    "dek",
    [
        "The council spoke of a long winter and of many houses lost",
        "The council spoke of a long winter and of many houses lost.",
        "What the keepers signed on May 4, 2031",
        "A keeper tells",
    ],
)
@pytest.mark.parametrize(
    "below", ["Ina Dahl\nMay 4, 2031", "Ina Dahl, May 4, 2031", "By Ina Dahl, 4 May 2031"]
)
def test_a_standfirst_above_names_and_date_stays_one(dek: str, below: str) -> None:
    read = read_plain(f"{T}\n\n{dek}\n\n{below}\n\n{STORY}")
    assert (read.title, read.subtitle, read.published_edtf, _perhaps(read)) == (T, dek, DAY, INA)


@pytest.mark.parametrize(
    "title",
    [
        "Weekly Briefing, May 4, 2031",
        "The Day the War Ended",
        "The Torve Post",
        "Northern Valley",
        "Hard Times",
        "War Ends Today",
    ],
)
def test_titles_that_look_like_names_and_outlets_stay_titles(title: str) -> None:
    read = read_plain(f"{title}\n\nBy Ina Dahl\n\n4 May 2031\n\n{STORY}")
    assert (read.title, read.authors, read.outlet) == (title, INA, None)


@pytest.mark.parametrize("heading", ["Key Points", "Northern Peace", "The Torve Post", "Staff Writer"])
def test_a_heading_of_the_story_that_looks_like_a_name_is_shown(heading: str) -> None:
    read = read_plain(f"{T}\n\nBy Ina Dahl\n\n4 May 2031\n\n{heading}\n\n{STORY}\n{heading}\n\n{STORY}")
    assert read.authors == INA
    roles = [(b.role, b.masked) for b in read.blocks if read.text[b.start : b.end] == heading]
    assert roles == [("heading", False)] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Ina Dahl " * 11,
        "A " * 5000,
        "A B, " * 2000,
        "@" + "a" * 9000,
        "The " + "Torve " * 3000 + "Post",
    ],
)
def test_long_lines_are_no_bare_bylines(line: str) -> None:
    assert bare_byline(line) is None
