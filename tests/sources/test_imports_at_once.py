"""Several imports from one address at once: one article, every text kept."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction

from sources.actions import (
    AddressTaken,
    Imported,
    RawFile,
    create_project,
    edit_article,
    import_article,
    mark_reprint,
)
from sources.intake.plain import read_plain
from sources.models import Article, ArticleAddress, LikelyReprint, Project, Publication, Snapshot
from tests.factories import person
from tests.racing import race
from tests.reprinted import AGENCY, REPRINTS

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


@pytest.mark.lengthy
def test_two_outlets_new_to_both_in_opposite_order_are_made_once(shelf: Project) -> None:
    for n in range(8):
        pair = (f"The Tide {n}", f"the sluice {n}")
        results = race(taken_from(shelf, *names) for names in (pair, pair[::-1]))
        assert [getattr(result, "outcome", result) for result in results] == ["new", "new"]
        assert Publication.objects.filter(name__in=pair).count() == 2


@pytest.mark.lengthy
def test_an_import_and_a_correction_that_name_a_new_outlet_both_stay(shelf: Project) -> None:
    for n in range(6):
        article = bring(shelf, f"Ferry stays {n}\n\nIt stayed.", f"Quay {n}")().article
        correct = partial(
            edit_article,
            by=shelf.created_by,
            article=article,
            version=article.version,
            values={},
            outlet=f"Quay {n}",
            original_outlet=f"Nordpost {n}",
        )
        results = race([correct, taken_from(shelf, f"Nordpost {n}", f"The Sluice {n}", f"stays {n}")])
        assert not [result for result in results if isinstance(result, Exception)]


@pytest.mark.lengthy
def test_one_address_is_given_to_one_article(shelf: Project) -> None:
    for n in range(6):
        url = f"https://tide.example/given-{n}"
        articles = [taken_from(shelf, "The Tide", "", f"{n} {word}")().article for word in ("one", "two")]
        acts: list[Callable[[], Any]] = [
            partial(edit_article, by=None, article=a, version=a.version, values={"url": url}, outlet="")
            for a in articles
        ]
        raw = f"URL: {url}\n\n{n} three stays\n\nThe ferry stayed, and came back.".encode()
        acts.append(
            lambda raw=raw: import_article(by=None, project=shelf, read=read_plain(raw), raw=RawFile(raw))
        )
        results = race(acts)
        assert Article.objects.filter(url=url).count() == 1, results
        assert all(isinstance(r, Article | Imported | AddressTaken) for r in results), results


@pytest.mark.lengthy
def test_reprints_of_each_other_said_at_once_have_one_original(shelf: Project) -> None:
    for n in range(6):
        three = [taken_from(shelf, f"Outlet {m}", "", f"{n} {m}")().article for m in range(3)]
        pairs = [(three[0], three[1]), (three[1], three[2]), (three[2], three[0]), (three[1], three[0])]
        results = race(partial(mark_reprint, by=None, article=a, original=b) for a, b in pairs)
        assert not [result for result in results if isinstance(result, Exception)]
        roots = [a.reprint_of_id for a in Article.objects.filter(pk__in=[a.pk for a in three])]
        assert roots.count(None) == 1 and len(set(roots)) == 2


def taken_from(shelf: Project, outlet: str, original: str, text: str = "") -> Callable[[], Any]:
    raw = f"Outlet: {outlet}\nSource: {original}\n\n{text or outlet} stays\n\nThe ferry stayed.".encode()
    return lambda: import_article(by=None, project=shelf, read=read_plain(raw), raw=RawFile(raw))


def test_variants_of_one_address_at_once_are_one_article(shelf: Project) -> None:
    def at(url: str, number: int) -> Callable[[], Any]:
        raw = f"URL: {url}\n\nFerry stays\n\nThe ferry stayed {number} days.".encode()
        return lambda: import_article(by=None, project=shelf, read=read_plain(raw), raw=RawFile(raw))

    urls = ("http://tide.example/a", "https://www.tide.example/a/", "https://m.tide.example/a?utm_source=x")
    results = race(at(url, number) for number, url in enumerate(urls))
    assert sorted(getattr(r, "outcome", r) for r in results) == ["changed", "changed", "new"]
    assert Article.objects.count() == ArticleAddress.objects.count() == 1


@pytest.mark.lengthy
def test_texts_that_are_alike_and_come_at_once_are_all_proposed(shelf: Project) -> None:
    """None of them may see another while all are being stored; looking again afterwards finds them."""
    texts = [AGENCY, *list(REPRINTS.values())[1:RACERS]]
    ready = Barrier(len(texts), timeout=120)

    def take(number: int, text: str) -> Callable[[], Any]:
        raw = f"Outlet: Outlet {number}\n\n{text}".encode()

        def act() -> Any:
            with transaction.atomic():
                found = import_article(by=None, project=shelf, read=read_plain(raw), raw=RawFile(raw))
                ready.wait()
            return found

        return act

    for number in range(len(texts)):  # so that nobody waits for the lock under which outlets are made
        Publication.objects.create(project=shelf, name=f"Outlet {number}")
    Publication.objects.create(project=shelf, name="Associated Press")
    results = race(take(number, text) for number, text in enumerate(texts))
    pairs = LikelyReprint.objects.values_list("article", "original")
    assert {key for pair in pairs for key in pair} == {result.article.pk for result in results}
