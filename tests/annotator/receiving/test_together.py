"""What comes in together is what comes in one by one: rows, what they refer to, history and report."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings

from annotator.actions import anchors
from annotator.exchange.importers.bundle import Bundle, Placed
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.importers.wishes import parse_wishes
from annotator.exchange.receiving import Report, receive
from sources.models import Project, Snapshot
from sources.text.anchor import Selector
from sources.text.offsets import Extent
from tests.order_of_locks import of_the_test

from .conftest import Shelf, actor, claim, document, mention, name_of, words
from .pictures import both
from .random_projects import bundles

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"
MEANINGS = {
    "doccano": ("Claim=claim:fact", "Person=actor:person", "Cue=cue", "said by=speaker", "marks=cue"),
    "polnear": ("Content=claim:fact",),
}


def received(shelf: Shelf, bundle: Bundle, project: Project | None = None, **more: Any) -> Report:
    return receive(by=shelf.by, project=project or shelf.project, bundle=bundle, origin="file", **more)


@pytest.mark.parametrize("name", ["brat", "doccano", "label_studio", "polnear"])
def test_files_of_other_tools(shelf: Shelf, name: str) -> None:
    wishes = parse_wishes(
        meanings=[*MEANINGS.get(name, MEANINGS["doccano"])],
        quotation_type="indirect",
        voice="agentless",
        actor_kind="person",
    )
    bundle = FORMATS[name].read(of_path(FOLDER / name), wishes)

    def take() -> list[Report]:
        return [received(shelf, bundle, create_codes=True) for _ in range(2)]

    (first, again), _ = both(take)
    assert first.counts["stored"] > 1
    assert (again.counts["stored"], again.counts["known"]) == (0, first.counts["stored"])


@pytest.mark.slow
def test_random_projects(shelf: Shelf) -> None:
    stored: list[int] = []

    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(bundle=bundles())
    def each(bundle: Bundle) -> None:
        def take() -> list[Report]:
            return [received(shelf, bundle, create_codes=True) for _ in range(2)]

        (first, _), _ = both(take)
        stored.append(first.counts["stored"])

    each()
    assert sum(map(bool, stored)) > len(stored) / 2
    assert max(stored) > 5


def test_what_is_refused_is_told_of_the_very_one_and_the_rest_comes_in(shelf: Shelf) -> None:
    """By an intent, by the database, and by what is in use already."""
    good = [
        mention("Ilse Brandt", words("Ilse Brandt")),
        claim(words("We found a crack"), line=3, by="kai"),
        claim(words("crack"), "elsewhere", line=5),
    ]
    wrong = claim(words("the crack was known in spring"), "wrong", line=4, type="nonsense")
    twice = claim(words("the crack was known in spring"), "elsewhere", line=9)
    people = (actor("Ilse Brandt"),)

    def take(*marked: Placed) -> list[Report]:
        return [shelf.take(document(*marked), actors=people)]

    (told,), _ = both(partial(take, good[0], wrong, *good[1:]))
    assert [(one.at.line, one.rule) for one in told.refused] == [(4, "code")]
    assert told.counts["stored"] == 3
    (told,), _ = both(partial(take, *good, twice))
    assert (told.counts["stored"], [one.at.line for one in told.changed]) == (3, [9])


def test_a_guard_of_the_database_refuses_one_alone(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """What surrounds the words of one is not what the text says: a trigger on all that is written sees it."""
    checked, wrong = anchors.checked, words("We found a crack")

    def careless(snapshot: Snapshot, extent: Extent, *more: Any) -> Selector:
        found = checked(snapshot, extent, *more)
        return replace(found, prefix="another") if found.quotes == ("We found a crack",) else found

    monkeypatch.setattr(anchors, "checked", careless)
    marked = [
        claim(words("spring"), line=3),
        claim(wrong, line=4),
        mention("Ilse Brandt", words("Ilse Brandt")),
    ]
    (told,), _ = both(lambda: [shelf.take(document(*marked), actors=(actor("Ilse Brandt"),))])
    assert [(one.at.line, one.rule) for one in told.refused] == [(4, "annotation_context_is_text")]
    assert (told.counts["stored"], told.counts["actors"]) == (2, 1)


def test_questions_do_not_grow_with_what_is_marked(shelf: Shelf) -> None:
    """Neither of what is new, nor of what is here already."""
    said = ("We found a crack", "the crack was", "spring")

    def asked(number: int) -> list[int]:
        found = []
        with of_the_test():
            marked = [mention("Ilse Brandt", words("Ilse Brandt"))]
            speaks = {"sources": [{"actor": str(name_of("actor", "Ilse Brandt"))}]}
            marked += [
                claim(words(one), str(n), voice="attributed", chains=[[speaks]])
                for n, one in enumerate(said[:number])
            ]
            for outcome in ("stored", "known"):
                with CaptureQueriesContext(connection) as context:
                    report = shelf.take(document(*marked), actors=(actor("Ilse Brandt"),))
                assert report.counts[outcome] == number + 1
                found.append(len(context))
            transaction.set_rollback(True)
        return found

    assert asked(1) == asked(3)
