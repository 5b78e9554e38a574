"""Reading a page takes no longer than it is long, whatever it is made of."""

from collections.abc import Callable

import pytest

from sources.intake.page import read_page
from sources.intake.refusal import Refused
from tests.growth import growth

STORY = "<p>The ferry stayed in port, the harbour master said on Monday at the quay, and nobody left.</p>" * 4
PAGES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: (
        "<article>" + "".join(f"<p>The ferry {i} stayed in port." for i in range(n // 20 + 9))
    ),
    "nested": lambda n: "<div>" * n + STORY,
    "open tags": lambda n: STORY + "<a " * n,
    "references": lambda n: f"{STORY}<p>{'&x;&amp;' * n}",
    "items": lambda n: "<ul>" + "<li>an item" * (n // 20) + STORY,
    "cells": lambda n: f"{STORY}<table><tr>" + "<td>a" * (n // 10),
    "breaks": lambda n: f"{STORY}<div>" + "a<br>" * (n // 4),
    "blanks": lambda n: f"{STORY}<p>a{' ' * n}b{'&nbsp;' * n}c",
    "classes": lambda n: f"<div class='{'ad- ' * n}' id='{'comment' * n}'>{STORY}",
    "bylines": lambda n: STORY + "<p class=byline>By A B</p>" * (n // 20),
    "scripts": lambda n: f"<script type='application/ld+json'>{'[' * n}</script>{STORY}",
    "objects": lambda n: (
        f"""<script type='application/ld+json'>[{'{"@type":"Article","author":[]},' * (n // 10)}1]</script>"""
        + STORY
    ),
    "a kind": lambda n: f"""<script type='application/ld+json'>{{"@type":"{"a" * n}"}}</script>{STORY}""",
    "entities": lambda n: (
        '<?xml version="1.0"?><!DOCTYPE html ['
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, n // 50))
        + f"]><html><body>{STORY}<p>&a9;"
    ),
}


def _read(page: str) -> None:
    try:
        read_page(page.encode(), "hostile.html")
    except Refused as error:
        assert "500 deep" in error.refusal.why


@pytest.mark.lengthy
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_made_of_one_thing(page: Callable[[int], str]) -> None:
    _read(page(1))  # the libraries are loaded once
    assert growth(lambda n: _read(page(n))) < 8


def test_a_billion_laughs_are_no_text() -> None:
    read = read_page(PAGES["entities"](1000).encode(), "a.html")
    assert len(read.text) < 1000
