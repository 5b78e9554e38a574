"""A release that comes in together is what comes in one by one, the first time and again."""

from pathlib import Path

import pytest

from annotator.actions.projects import open_project
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.sourceline_release import read_sourceline
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import Report, receive
from sources.models import Project
from tests.annotator.receiving.pictures import both


@pytest.mark.slow
def test_a_release_and_the_same_again(demo: Project, demo_release: dict[str, Path]) -> None:
    bundle = read_sourceline(of_path(demo_release["texts"]), Wishes())
    other = open_project(by=demo.created_by, name="Second", slug="second")

    def take() -> list[Report]:
        asked = {"by": demo.created_by, "project": other, "bundle": bundle, "origin": "Release 1"}
        return [receive(**asked, create_codes=True), receive(**asked)]

    (first, again), _ = both(take)
    assert first.counts["stored"] > 200
    assert again.counts["known"] == first.counts["stored"]
