"""Whole pages of ours as they are saved from the web: each line of the page is masked, no line of the story.

In `masks/` a line that does not belong to the story has a tilde before it.
"""

from pathlib import Path

import pytest

from sources.text.blocks import cut_blocks

PAGES = sorted((Path(__file__).parent / "masks").glob("*.txt"))
KINDS = {
    "Heads up.": "a notice before the story",
    "Advertisement": "an advertisement's place",
    "(Ana Ferro / Associated Press)": "a picture's credit",
    "May 30, 2031": "a date on a line of its own, as teasers of other stories carry it",
    "A dam that was never finished, and the three ministers who opened it.": (
        "a teaser of another story: a date of its own follows it"
    ),
    "Follow Ilse Marrow on Twitter: @ilsemarrow": "an invitation to follow",
    "Leave a Reply": "a comment form",
    "Keepers and Council Strike a Quiet Deal on the Dam": "gives the title again",
    "Source : The Valley Post": "says whom the text was taken from",
    "'We were told that boats would be here by noon'": "says again what another paragraph says",
}


def pages() -> dict[str, list[str]]:
    return {path.stem: path.read_text().split("\n") for path in PAGES}


@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_every_line_of_the_page_is_masked_and_none_of_the_story(name: str) -> None:
    lines = pages()[name]
    text = "\n".join(line.removeprefix("~") for line in lines)
    masked = {line: b for b in cut_blocks(text) if b.masked for line in text[b.start : b.end].split("\n")}
    wanted = [line.removeprefix("~") for line in lines if line.startswith("~")]
    assert [line for line in wanted if line not in masked] == []
    assert [line for line in masked if line not in wanted] == []
    assert all(block.reason for block in masked.values())


def test_the_pages_hold_every_kind_and_say_why_it_is_masked() -> None:
    told = {}
    for lines in pages().values():
        text = "\n".join(line.removeprefix("~") for line in lines)
        told |= {text[b.start : b.end]: b.reason for b in cut_blocks(text) if b.masked}
    assert {line: told.get(line) for line in KINDS} == KINDS
