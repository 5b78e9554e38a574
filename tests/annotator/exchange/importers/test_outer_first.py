"""Claims inside claims: outer ones first, circles told, and no more work than there are claims."""

import json
from uuid import UUID

import pytest

from annotator.exchange.importers.files import Files
from annotator.exchange.importers.outer_first import outer_first
from annotator.exchange.importers.web_annotation import read_web_annotations
from annotator.exchange.importers.wishes import Wishes
from tests.growth import growth


@pytest.mark.parametrize(
    ("around", "order"),
    [
        ({}, ""),
        ({"a": "", "b": ""}, "ab"),
        ({"a": "b", "b": "c", "c": ""}, "cba"),
        ({"a": "", "b": "a", "c": "b"}, "abc"),
        ({"a": "c", "b": "c", "c": "elsewhere"}, "cab"),
        ({"a": "a", "b": "a"}, "ab"),
        ({"a": "b", "b": "c", "c": "a", "d": "b"}, "cbad"),
    ],
)
def test_none_comes_before_the_one_around_it_but_in_circles(around, order):
    assert "".join(outer_first(around)) == order


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "around",
    [
        lambda n: {str(i): str(i + 1) for i in range(n)},
        lambda n: {str(i): str(i - 1) for i in range(n)},
        lambda n: {str(i): str((i + 1) % n) for i in range(n)},
        lambda n: {str(i): "0" if i > n // 2 else str((i + 1) % (n // 2)) for i in range(n)},
    ],
)
def test_the_work_grows_with_the_claims_alone(around):
    assert growth(lambda size: list(outer_first(around(size)))) < 9


@pytest.mark.lengthy
def test_a_circle_in_our_own_web_annotations_gives_each_claim_once():
    names = [str(UUID(int=n)) for n in range(1, 2001)]
    page = "https://orle.example/tram"
    made = [
        {
            "id": f"urn:uuid:{name}",
            "motivation": "classifying",
            "body": [
                {"purpose": "classifying", "value": "fact"},
                {"purpose": "linking", "source": {"id": f"urn:uuid:{names[number - 1]}"}},
            ],
            "target": {
                "source": page,
                "selector": [
                    {"type": "TextQuoteSelector", "exact": "yes"},
                    {"type": "TextPositionSelector", "start": 9, "end": 12},
                ],
            },
        }
        for number, name in enumerate(names)
    ]
    raw = json.dumps({"generator": {"name": "Sourceline"}, "items": made}).encode()
    bundle = read_web_annotations(Files("x", {"x.jsonld": lambda: raw}), Wishes())
    (document,) = bundle.documents
    assert sorted(str(one.uuid) for one in document.placed) == names
