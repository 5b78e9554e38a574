"""An import stops where its sender may add nothing any more: what is in stays, the rest is told."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from annotator.actions.archiving import archive_project, reopen_project
from annotator.exchange.importers.bundle import Bundle
from annotator.exchange.receiving import parcels, receive
from annotator.exchange.receiving.report import summary
from annotator.jobs.imports import take_in_annotations
from annotator.models import Annotation
from sources.actions import remove_member, set_member
from sources.actions.standing import require_right
from sources.models import Article
from tests.factories import BRIDGE, person

from .conftest import Shelf, claim, document, words

OTHER = "Nobody came. The quay was shut."
ACTS: dict[str, Callable[[Shelf, Any], object]] = {
    "the project is archived": lambda shelf, ana: archive_project(by=shelf.by, project=shelf.project),
    "Ana Two, who handed this over": lambda shelf, ana: remove_member(
        by=shelf.by, project=shelf.project, user=ana
    ),
    "may not add annotations": lambda shelf, ana: set_member(
        by=shelf.by, project=shelf.project, user=ana, role="viewer"
    ),
}


@pytest.mark.lengthy
@pytest.mark.parametrize("why", ACTS)
def test_in_the_middle_of_an_import_nothing_more_comes_in(shelf: Shelf, why: str) -> None:
    ana = person("Ana Two")
    set_member(by=shelf.by, project=shelf.project, user=ana, role="annotator")
    bundle = Bundle(
        (
            document(claim(words("We found a crack")), key="a", text=BRIDGE),
            document(claim(words("Nobody came", text=OTHER)), key="b", text=OTHER),
        )
    )

    def step(name: str) -> None:
        if name == "b.txt":
            ACTS[why](shelf, ana)

    take = partial(receive, by=ana, project=shelf.project, bundle=bundle, origin="test: a.zip")
    report = take(step=step, require=partial(require_right, ana, shelf.project))
    ((rule, said),) = [(one.rule, one.why) for one in report.refused]
    assert rule == "standing" and why in said
    assert summary(report) == "1 text taken in, 1 annotation stored, 1 refused."
    assert [one.quotes for one in Annotation.objects.filter(project=shelf.project)] == [["We found a crack"]]
    assert Article.objects.filter(project=shelf.project).count() == 1
    reopen_project(by=shelf.by, project=shelf.project)
    set_member(by=shelf.by, project=shelf.project, user=ana, role="annotator")
    report = take(require=partial(require_right, ana, shelf.project))
    assert summary(report) == "1 text taken in, 1 text already there, 1 annotation stored, 1 already there."


def test_what_waited_for_a_worker_meanwhile_is_not_begun(shelf: Shelf, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    ana = person("Ana Two")
    set_member(by=shelf.by, project=shelf.project, user=ana, role="manager")
    raw = b'{"text": "Ilse Brandt said so.", "label": [[0, 11, "who"]]}'
    meaning = ("who=actor:person",)
    asked = [parcels.Asked("a.jsonl", "doccano", meaning, {}, codes, ana.pk) for codes in (False, True)]
    plain, coded = (parcels.keep(shelf.project, one, raw) for one in asked)
    set_member(by=shelf.by, project=shelf.project, user=ana, role="annotator")
    take_in_annotations(shelf.project.pk, str(coded.uuid))  # made codes as a manager, who ana is no more
    assert [one.rule for one in coded.report.refused] == ["standing"]
    assert not Article.objects.filter(project=shelf.project).exists()
    remove_member(by=shelf.by, project=shelf.project, user=ana)
    take_in_annotations(shelf.project.pk, str(plain.uuid))
    assert [one.rule for one in plain.report.refused] == ["standing"]
    assert not Article.objects.filter(project=shelf.project).exists()
    set_member(by=shelf.by, project=shelf.project, user=ana, role="annotator")
    again = parcels.keep(shelf.project, asked[0], raw)
    take_in_annotations(shelf.project.pk, str(again.uuid))
    assert again.report.whole and Article.objects.filter(project=shelf.project).count() == 1
