"""Extents are code points in logical order: what Python slices, PostgreSQL slices."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.actions.anchors import sentences_under
from annotator.models import Annotation
from sources.text.anchor import selector
from sources.text.offsets import Extent
from tests.factories import BRIDGE, World, claim

from . import rows
from .attempt import Attempt, outcome

WORDS = ["🌉", "👩🏽‍🔧", "Cafe\u0301 Zum Kai", "e\u0301", "قال المدير", "الجسر آمن", "“We found a crack,”"]
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def stretches(draw: Any) -> Extent:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(BRIDGE) - 1))
        found.append((start, draw(st.integers(start + 1, min(len(BRIDGE), start + 60)))))
    return Extent(tuple(found))


def _stored(world: World, cursor: Any, extent: Extent, /, **wrong: Any) -> None:
    snapshot = world.here.snapshot
    found = selector(snapshot.text, extent)
    under = sentences_under(snapshot, extent)
    start, end = extent.stretches[0]
    first = next((s for s in under if s.start < end and s.end > start), None)
    if first is None:
        raise _BetweenSentences
    values = {
        "extent": "{" + ",".join(f"[{s},{e})" for s, e in extent.stretches) + "}",
        "quotes": list(found.quotes),
        "prefix": found.prefix,
        "suffix": found.suffix,
        "sentence_id": first.pk,
    }
    rows.annotation(cursor, world.here, linked=tuple(s.number for s in under), **(values | wrong))


class _BetweenSentences(Exception):
    """The first stretch lies in the blank between two sentences."""


def _tried(world: World, extent: Extent, /, **wrong: Any) -> str | None:
    def act(w: World, cursor: Any) -> None:
        _stored(w, cursor, extent, **wrong)

    return outcome(Attempt("", "", ("", ""), act), world).rule


@pytest.mark.parametrize("words", WORDS)
def test_words_are_stored_as_they_stand(world: World, words: str) -> None:
    with transaction.atomic():
        made = claim(world.manager, world.here.snapshot, words)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT substr(s.text, lower(a.extent) + 1, upper(a.extent) - lower(a.extent)), a.quotes"
                " FROM annotator_annotation a JOIN sources_snapshot s ON s.id = a.snapshot_id"
                " WHERE a.id = %s",
                [made.pk],
            )
            assert cursor.fetchone() == (words, [words])
        assert Annotation.objects.get(pk=made.pk).extent.slices(world.here.snapshot.text) == (words,)
        transaction.set_rollback(True)


@pytest.mark.lengthy
@PROPERTY
@given(extent=stretches())
def test_any_stretches_of_python_are_those_of_postgresql(world: World, extent: Extent) -> None:
    with suppress(_BetweenSentences):
        assert _tried(world, extent) is None


@pytest.mark.lengthy
@PROPERTY
@given(extent=stretches(), at=st.integers(0, 2), other=st.text(max_size=4))
def test_no_other_quote_is_stored(world: World, extent: Extent, at: int, other: str) -> None:
    quotes = list(extent.slices(world.here.snapshot.text))
    at %= len(quotes)
    other = other.replace("\x00", "").encode(errors="ignore").decode()
    wrong = [*quotes[:at], quotes[at] + "x" + other, *quotes[at + 1 :]]
    with suppress(_BetweenSentences):
        assert _tried(world, extent, quotes=wrong) == "annotation_quotes_are_slices"


@pytest.mark.lengthy
@PROPERTY
@given(extent=stretches(), by=st.sampled_from([-1, 1]))
def test_a_shifted_extent_is_refused_or_says_the_same(world: World, extent: Extent, by: int) -> None:
    """The fault of counting an emoji as two: everything after it moves by one."""
    text = world.here.snapshot.text
    moved = [(start + by, end + by) for start, end in extent.stretches]
    if moved[0][0] < 0 or moved[-1][1] > len(text):
        expected = {"annotation_within_text"}
    elif Extent(tuple(moved)).slices(text) == extent.slices(text):
        expected = {None, "annotation_context_is_text"}
    else:
        expected = {"annotation_quotes_are_slices"}
    shifted = "{" + ",".join(f"[{s},{e})" for s, e in moved) + "}"
    with suppress(_BetweenSentences):
        assert _tried(world, extent, extent=shifted) in expected
