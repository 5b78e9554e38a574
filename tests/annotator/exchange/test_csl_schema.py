"""CSL-JSON as a library that models the CSL schema takes it: whole, and with every field known to it."""

import json
from datetime import date
from typing import Any

import pytest
from csl_reference import Reference
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from annotator.citations.csl import ArticleRecord, item
from annotator.citations.dataset import DatasetRecord, dataset_item

DATES = (
    *("2031-03-04", "2031-03", "2031", "2031?", "2031-03~", "2031-21", "203X", "2031/2032"),
    *("2031-03-04/2031-03-09", "[2031-03-04,2031-03-06]", "{2031,2033}", "2031-XX", "../2031", "2031/.."),
)


def accepted(one: dict[str, Any]) -> bool:
    """Whether it has a known type, dates and names of the schema's form, and no field of another name."""
    try:
        return Reference.model_validate(one).csl_dump() == one and no_strings(one)
    except ValidationError:
        return False


def no_strings(one: dict[str, Any]) -> bool:
    """Of dates the schema before 1.0.2 wants numbers, which every reader takes; nothing in EDTF."""
    dates = [one[name] for name in ("issued", "accessed", "submitted", "event-date") if name in one]
    parts = [part for date in dates for part in date.get("date-parts", ())]
    known = all(set(date) <= {"date-parts", "circa", "season", "literal"} for date in dates)
    return known and all(1 <= len(part) <= 3 and all(type(n) is int for n in part) for part in parts)


def test_every_reference_of_a_release_is_accepted(top):
    items = json.loads((top / "data" / "references.json").read_text())
    assert len(items) == 8
    assert [one["id"] for one in items if not accepted(one)] == []


def test_a_release_as_a_reference_is_accepted():
    record = DatasetRecord(
        key="dam-1",
        title="The dam",
        project="Floods",
        number=1,
        issued=date(2031, 3, 4),
        address="https://desk.example/p/dam/releases/1/",
        sha256="0" * 64,
        contributors=("Quill, Ada",),
    )
    assert accepted(dataset_item(record))


@pytest.mark.parametrize("published", DATES)
def test_whatever_the_date(published):
    made = item(ArticleRecord(uuid="1" * 36, title="The dam", published=published))
    assert made["issued"]
    assert accepted(made), made


@pytest.mark.lengthy
@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=30), max_size=3), st.text(max_size=30))
def test_whatever_the_words(title, authors, outlet):
    made = item(ArticleRecord(uuid="1" * 36, title=title, authors=tuple(authors), outlet=outlet))
    assert accepted(made), made


@pytest.mark.parametrize(
    "fault",
    [
        {"issued": "2031-03-04"},
        {"issued": {"edtf": "2031-03~"}},
        {"issued": {"date-parts": ["2031~"]}},
        {"issued": {"date-parts": [["2031"]]}},
        {"issued": {"date-parts": [[2031, 3, 4, 5]]}},
        {"issued": {"raw": "2031"}},
        {"type": "newspaper"},
        {"author": ["Quill, Ada"]},
        {"author": [{"name": "Quill"}]},
        {"sentence": "5"},
        {"archive_url": "https://archive.example/"},
    ],
)
def test_a_planted_fault_is_refused(fault):
    sound = item(ArticleRecord(uuid="1" * 36, title="The dam", authors=("Quill, Ada",), published="2031"))
    assert accepted(sound)
    assert not accepted(sound | fault)
