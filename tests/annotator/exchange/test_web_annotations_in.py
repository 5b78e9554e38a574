"""Our own annotations.jsonld taken into another project, with the texts of its release beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.actions.projects import open_project
from annotator.exchange.importers.files import of_bytes, of_path
from annotator.exchange.importers.web_annotation import read_web_annotations
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import receive
from annotator.models import Annotation
from sources.models import Project

from .releases import unpack


@pytest.mark.lengthy
def test_what_it_says_comes_in_and_what_it_does_not_is_told(
    demo: Project, demo_release: dict[str, Path], tmp_path: Path
) -> None:
    top = unpack(demo_release["texts"], tmp_path / "unpacked")
    names = ("ro-crate-metadata.json", "datapackage.json", "references.json")
    for name in names:
        (top / "data" / name).unlink()
    bundle = read_web_annotations(of_path(top / "data"), Wishes())
    hedged = [text for text in bundle.documents if any("hedges" in str(one.body) for one in text.placed)]
    few = replace(bundle, documents=tuple(hedged[:1]))
    other = open_project(by=demo.created_by, name="Second", slug="second")
    report = receive(by=demo.created_by, project=other, bundle=few, origin="w3c", create_codes=True)
    assert {one.rule for one in report.refused} <= {"exists", "own_voice_has_no_speaker"}
    marked = [one for text in few.documents for one in text.placed]
    assert report.counts["stored"] + report.counts["refused"] == len(marked)
    assert report.counts["stored"] > 0.8 * len(marked)
    assert {one.why for one in report.unmapped} == {
        "the file does not say which link of a chain it is of: import the release, which does"
    }
    first = Annotation.objects.filter(project=demo, kind="claim", snapshot__sha256=few.documents[0].sha256)
    here = Annotation.objects.filter(project=other, kind="claim", snapshot__sha256=few.documents[0].sha256)
    said = (
        "extent",
        "quotes",
        "claim__type__key",
        "claim__voice",
        "claim__quotation_type",
        "claim__polarity",
    )
    assert {repr(one) for one in here.values_list(*said)} <= {repr(one) for one in first.values_list(*said)}
    assert here.filter(claim__spans__isnull=False).exists()


@pytest.mark.lengthy
def test_without_texts_beside_it_they_are_found_by_digest(
    demo: Project, demo_release: dict[str, Path], tmp_path: Path
) -> None:
    top = unpack(demo_release["plain"], tmp_path / "unpacked")
    raw = (top / "data" / "annotations.jsonld").read_bytes()
    bundle = read_web_annotations(of_bytes("annotations.jsonld", raw), Wishes())
    mentions = tuple(one for one in bundle.documents[0].placed if one.body["kind"] == "actor")
    few = replace(bundle, documents=(replace(bundle.documents[0], placed=mentions),), codes=())
    report = receive(by=demo.created_by, project=demo, bundle=few, origin="w3c")
    assert {name: n for name, n in report.counts.items() if n} == {"texts_known": 1, "known": len(mentions)}
