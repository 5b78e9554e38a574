"""References are the same by the pruned styles and by the whole ones, whatever an article has or lacks."""

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from annotator.citations import styled
from annotator.citations.csl import ArticleRecord, cite
from annotator.citations.pruning import CSL, HAS, prune

WHOLE = ArticleRecord(
    uuid="01990000-0000-7000-8000-0123456789ab",
    title="Who “left” the lock?",
    authors=("Okoro, Ada", "van der Berg, Jan"),
    outlet="The Courier",
    issn="1234-5679",
    published="2031-03-04",
    url="https://a.example",
    accessed=date(2031, 3, 9),
    section="Region",
    language="en",
)
LACKING: list[dict[str, Any]] = [
    {},
    {"authors": ()},
    {"authors": ("The Quay",), "outlet": ""},
    {"authors": (), "outlet": "", "url": ""},
    {"published": ""},
    {"published": "", "accessed": None, "authors": ()},
    {"published": "2031-03?", "section": ""},
    {"published": "2031-03-04/2032-01-02", "language": "de", "issn": ""},
    {"published": "2031-21", "accessed": None, "section": "", "authors": ("A B", "C D", "E F", "G H")},
    {"published": "203X", "url": "", "language": ""},
    {"authors": (), "section": "", "accessed": None, "url": "", "published": "2031"},
]


def references(style: str) -> list[str]:
    return [cite(replace(WHOLE, **lacks), style) for lacks in LACKING]


@pytest.mark.parametrize("style", styled.STYLES)
def test_references_stay_the_same(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pruned = references(style)
    monkeypatch.setattr(styled, "prune", lambda _: None)
    styled._read.cache_clear()
    styled._styled.cache_clear()
    try:
        assert references(style) == pruned
    finally:
        styled._read.cache_clear()
        styled._styled.cache_clear()
    assert len(set(pruned)) == len(pruned)


@pytest.mark.parametrize("style", styled.STYLES.values(), ids=styled.STYLES)
def test_what_a_style_has_for_others_is_left_out(style: styled.Style) -> None:
    root = ElementTree.parse(styled.FOLDER / style.file).getroot()
    before = len(list(root.iter()))
    prune(root)
    assert len(list(root.iter())) < 0.8 * before
    assert not [one for one in root.iter(f"{CSL}if") if "type" in one.attrib]
    left = {one.get("variable") for name in ("text", "date", "names") for one in root.iter(CSL + name)}
    assert {"title", "issued", "author"} <= left & HAS
