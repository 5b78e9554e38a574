"""What the lines between the headline and the story tell, in texts as they are pasted."""

import pytest

from sources.intake.plain import read_plain
from sources.text.blocks import cut_blocks

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
