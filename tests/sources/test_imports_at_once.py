"""Several imports from one address at once: one article, every text kept."""

from collections.abc import Callable
from typing import Any

import pytest

from sources.actions import RawFile, create_project, import_article
from sources.intake.plain import read_plain
from sources.models import Article, Project, Snapshot
from tests.factories import person
from tests.racing import race

RACERS = 5


@pytest.fixture
def shelf(committed_db: str) -> Project:
    return create_project(by=person("ana"), name="Quay", slug="quay")


def bring(shelf: Project, text: str, outlet: str = "The Tide") -> Callable[[], Any]:
    raw = f"Outlet: {outlet}\nURL: https://tide.example/ferry\n\n{text}".encode()
    return lambda: import_article(by=None, project=shelf, read=read_plain(raw), raw=RawFile(raw))


def test_different_texts_of_one_address_are_texts_of_one_article(shelf: Project) -> None:
    results = race(bring(shelf, f"Ferry stays\n\nThe ferry stayed {n} days.") for n in range(RACERS))
    assert sorted(r.outcome for r in results) == ["changed"] * (RACERS - 1) + ["new"]
    article = Article.objects.get()
    numbers = article.snapshots.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, RACERS + 1))


def test_one_text_of_one_address_from_two_outlets_is_known(shelf: Project) -> None:
    text = "Ferry stays\n\nThe ferry stayed in port."
    results = race(bring(shelf, text, f"Outlet {n}") for n in range(RACERS))
    assert sorted(r.outcome for r in results) == ["known"] * (RACERS - 1) + ["new"]
    assert Snapshot.objects.count() == 1
