"""What every list of the API owes: pages that go on, parameters that are known, a fixed number of queries."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def walked(client: Client, url: str, limit: int = 2, **asked: Any) -> list[Any]:
    """All the rows, page by page to the end, and the very same backwards."""
    answer = client.get(url, {**asked, "limit": limit}).json()
    pages = [answer["results"]]
    assert answer["previous"] is None
    while answer["next"]:
        assert len(answer["results"]) == limit
        answer = client.get(answer["next"]).json()
        pages.append(answer["results"])
    forwards = [row for page in pages for row in page]
    back = [answer["results"]]
    while answer["previous"]:
        answer = client.get(answer["previous"]).json()
        back.append(answer["results"])
    assert [row for page in reversed(back) for row in page] == forwards
    return forwards


def queries_of(client: Client, url: str, **asked: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url, asked).status_code == 200
    return len(seen)


def refuses_strange_parameters(client: Client, url: str) -> None:
    """An unknown name, half a character, a limit and a place that are none: 400 that names each."""
    for query, field, rule in (
        ("nonsense=1", "nonsense", "known_parameter"),
        ("limit=0", "limit", "whole"),
        ("limit=201", "limit", "whole"),
        ("limit=x", "limit", "whole"),
        ("limit=%00", "limit", "unicode"),
        ("limit=1&limit=2", "limit", "times"),
        ("after=nowhere", "after", "cursor"),
        ("before=%F0%9F", "before", "cursor"),
    ):
        answer = client.get(f"{url}?{query}")
        assert answer.status_code == 400, (query, answer.content)
        (error,) = answer.json()["errors"]
        assert (error["field"], error["rule"]) == (field, rule)


def costs_the_same(client: Client, url: str, more: Callable[[], Any], **asked: Any) -> None:
    """As many queries with twenty rows as with two: `more` makes as many, all alike."""
    more()
    assert len(client.get(url, {**asked, "limit": 20}).json()["results"]) == 20
    assert queries_of(client, url, **asked, limit=20) == queries_of(client, url, **asked, limit=2)
