"""Proposals that two events are one: with reasons, the same both ways, and silent where too little speaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.detect.same_events import LEAST, Happening, likeness

FLOOD = Happening("other", "Flood in Sulen", "Sulen, Tesmar", date(2025, 4, 3), date(2025, 4, 3))


def like(**more: object) -> Happening:
    given = {"type": "other", "label": "Flood in Sulen", "place": "Sulen, Tesmar"}
    return Happening(**(given | {"first": date(2025, 4, 3), "last": date(2025, 4, 3)} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        like(),
        like(label="Wave hits Brickfields"),
        like(place=""),
        like(first=date(2025, 4, 1), last=date(2025, 4, 30)),
        like(first=None, last=None),
        like(type="operation", label="Sulen flooded"),
        like(place="Súlen"),
    ],
)
def test_what_may_be_one_is_proposed_with_reasons(other: Happening) -> None:
    found = likeness(FLOOD, other)
    assert found is not None
    assert len(found.reasons) >= 2
    assert LEAST <= found.score <= 1


@pytest.mark.parametrize(
    "other",
    [
        like(first=date(2025, 4, 9), last=date(2025, 4, 9)),
        like(first=date(2024, 4, 3), last=date(2024, 4, 3)),
        like(label="Strike", place="Port Hesna", type="refusal"),
        like(label="Strike", place=""),
        Happening("other", "Flood in Sulen"),
        Happening("other", ""),
    ],
)
def test_where_too_little_speaks_for_it_nothing_is_proposed(other: Happening) -> None:
    assert likeness(FLOOD, other) is None


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 3, 1))


@st.composite
def happenings(draw: st.DrawFn) -> Happening:
    first = draw(DAYS)
    last = first and first + timedelta(draw(st.integers(0, 20)))
    texts = st.sampled_from(
        ["", "Flood in Sulen", "Sulen", "The Sulen flood", "Strike at Hesna", "فيضان سولين"]
    )
    return Happening(draw(st.sampled_from(["clash", "aid"])), draw(texts), draw(texts), first, last)


@pytest.mark.lengthy
@given(happenings(), happenings())
@settings(deadline=None)
def test_it_is_the_same_both_ways_and_far_dates_are_never_one(one: Happening, other: Happening) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    if one.last and other.first and (other.first - one.last).days > 3:
        assert found is None


@given(st.text(), st.text())
@settings(deadline=None, max_examples=60)
def test_any_words_are_compared(label: str, place: str) -> None:
    found = likeness(Happening("clash", label, place), Happening("clash", place, label))
    assert found is None or found.score <= 1
