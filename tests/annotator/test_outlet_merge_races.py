"""Outlets are merged while articles are written that name them: none is left on the one that is gone."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from annotator.actions import outlets
from annotator.intents.outlet import MergeOutlets
from sources.actions import articles, imports
from sources.actions.articles import edit_article
from sources.models import Article
from tests.annotator.test_cutting_races import _in_a_thread
from tests.factories import Side, World, stored


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def _merging(here: Side) -> tuple[Thread, list[Any]]:
    """The second article's outlet is merged with the first's; returns once that is done or waits."""
    by = here.project.created_by
    kept, gone = here.article.publication, here.second_article.publication
    intent = MergeOutlets(gone.uuid, kept.uuid, (gone.version, kept.version), "called otherwise")
    merging, came = _in_a_thread(lambda: outlets.merge(by=by, project=here.project, intent=intent))
    with connection.cursor() as cursor:
        while merging.is_alive() and cursor.execute(WAITING).fetchone() == (0,):
            merging.join(0.01)
    return merging, came


def _merged_behind(
    monkeypatch: pytest.MonkeyPatch, here: Side, module: Any, name: str, act: Callable[[], Article]
) -> Article:
    """`act`, with the merge asked for once its outlet is looked up."""
    looked = getattr(module, name)
    running: list[tuple[Thread, list[Any]]] = []

    def slowly(*args: Any, **more: Any) -> Any:
        found = looked(*args, **more)
        if not running:
            running.append(_merging(here))
        return found

    monkeypatch.setattr(module, name, slowly)
    article = act()
    merging, came = running[0]
    merging.join(60)
    assert came == [here.article.publication]
    return Article.objects.select_related("publication").get(pk=article.pk)


def test_an_article_that_is_given_an_outlet_meanwhile_goes_along(
    here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article.objects.get(pk=here.article.pk)
    gone, by = here.second_article.publication.name, here.project.created_by

    def act() -> Article:
        return edit_article(by=by, article=article, version=article.version, values={}, outlet=gone)

    edited = _merged_behind(monkeypatch, here, articles, "publication_named", act)
    assert edited.publication == here.article.publication


def test_an_article_that_is_taken_in_meanwhile_goes_along(
    here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, by = here.second_article.publication.name, here.project.created_by

    def act() -> Article:
        return stored(by, here.project, "Rain\n\nNobody had this text in Velm before.\n", gone).article

    taken = _merged_behind(monkeypatch, here, imports, "standing_by_name", act)
    assert taken.publication == here.article.publication
