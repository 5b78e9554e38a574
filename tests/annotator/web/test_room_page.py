"""The reading room's page: what it is given, in how many questions, and how its text is written."""

import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models import Snapshot
from tests.factories import World, annotate, claim, new_actor, span, stored

from .conftest import Cast

QUERIES = 22
"""Of one page: the visitor's session and standing, the article, its text, what is marked in it."""


def page_of(cast: Cast, snapshot: Snapshot) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as asked:
        answer = cast.manager.get(f"/p/here/articles/{snapshot.article.uuid}/")
    assert answer.status_code == 200
    return answer.content.decode(), len(asked)


def data_of(page: str) -> dict:
    found = re.search(r'<script id="room-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.lengthy
def test_it_asks_as_often_for_one_mark_as_for_thirty(cast: Cast, world: World) -> None:
    by, project = world.manager, world.here.project
    few = stored(by, project, "Few\n\nOne dam is shut, Tamar said. It holds.")
    many = stored(
        by, project, "Many\n\n" + "\n\n".join(f"Dam {i} is shut, Tamar said." for i in range(30)), "Radio"
    )
    for snapshot, count in ((few, 1), (many, 30)):
        for i in range(count):
            words = f"Dam {i}" if count > 1 else "One dam"
            chain = {"role": "said", "sources": [new_actor(f"Tamar {i}")], "cues": []}
            if i % 2 == 0:
                chain["cues"] = [span(snapshot, "said")]
            claim(by, snapshot, words, voice="attributed", chains=[[chain]])
            annotate(by, snapshot, "actor", "Tamar", **new_actor(f"Tamar Oduya {i}"))
    asked = [page_of(cast, snapshot)[1] for snapshot in (few, many)]
    assert asked == [QUERIES, QUERIES]


def test_marks_are_told_without_what_the_text_says_itself(cast: Cast, world: World) -> None:
    data = data_of(page_of(cast, world.here.snapshot)[0])
    assert "annotations" not in data
    assert len(data["marks"]["spans"]) > 5
    rest = json.dumps({name: rows for name, rows in data["marks"].items() if name != "whole"})
    assert "We found a crack" not in rest


def test_the_text_is_the_text_whatever_it_holds(cast: Cast, world: World) -> None:
    hostile = '<b>Loud</b> & "quoted" </span></article><script>alert(1)</script> {{ 7|add:7 }} {0} {}.'
    snapshot = stored(world.manager, world.here.project, f"A title\n\n{hostile}\n\nThe end.")
    page, _ = page_of(cast, snapshot)
    body = re.search(r'<article class="text".*?>(.*?)</article>', page, re.DOTALL)
    assert body is not None
    sentences = re.findall(
        r'<span class="s" id="s(\d+)" data-n="\1" data-start="(\d+)">([^<]*)</span>', body[1]
    )
    assert len(sentences) >= 3
    for _, start, written in sentences:
        words = html.unescape(written)
        assert snapshot.text[int(start) : int(start) + len(words)] == words
    assert "<script>alert" not in page
    shown = "".join(html.unescape(written) for *_, written in sentences)
    for words in ("</span></article><script>alert(1)</script>", "{{ 7|add:7 }} {0} {}"):
        assert words in shown
