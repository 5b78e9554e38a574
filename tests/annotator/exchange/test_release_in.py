"""A release of ours taken into another project of the same store."""

from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.actions.projects import open_project
from annotator.exchange.exporters.tables_csv import register_list, registers_in
from annotator.exchange.importers.bundle import NotRead
from annotator.exchange.importers.files import of_bytes, of_path
from annotator.exchange.importers.sourceline_release import read_sourceline
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.exchange.receiving import Report, receive
from annotator.models import ActorIdentifier, Annotation
from sources.models import Project, Snapshot
from sources.models.history import acting
from tests.factories import small_world

from .alike import told
from .releases import table, unpack, write, write_table


def taken(path: Path, project: Project, **more) -> Report:
    bundle = read_sourceline(of_path(path), Wishes())
    return receive(by=project.created_by, project=project, bundle=bundle, origin="Release 1", **more)


@pytest.mark.slow
def test_the_demo_goes_out_in_and_out_the_same(
    demo: Project, demo_release: dict[str, Path], tmp_path: Path
) -> None:
    other = open_project(by=demo.created_by, name="Second", slug="second")
    report = taken(demo_release["texts"], other, create_codes=True)
    assert (report.refused, report.changed, report.moved) == ([], [], [])
    assert {one.why for one in report.unmapped} == {
        "what was decided elsewhere is decided anew here",
        "merges are not repeated: the survivor is taken over",
    }
    marked = Annotation.objects.filter(project=other)
    assert set(marked.values_list("origin", flat=True)) == {"import"}
    assert marked.count() == len(told(demo_release["texts"])["annotations"]) > 400
    first = told(demo_release["texts"], lambda uuid: str(uuid5(other.uuid, str(UUID(uuid)))))
    second = told(write(other, tmp_path / "again.zip", with_texts=True))
    for name, rows in first.items():
        assert rows, name
        assert second[name] == rows, name
    again = taken(demo_release["texts"], other)
    kept = {name: count for name, count in again.counts.items() if count}
    assert kept == {"known": report.counts["stored"], "texts_known": report.counts["texts_new"]}
    fewer = read_sourceline(of_path(demo_release["plain"]), Wishes()).documents
    again = taken(demo_release["plain"], other)
    kept = {name: count for name, count in again.counts.items() if count}
    assert kept == {"known": sum(len(one.placed) for one in fewer), "texts_known": len(fewer)}


@pytest.mark.lengthy
def test_a_release_without_texts_needs_them_here(demo: Project, demo_release: dict[str, Path]) -> None:
    other = open_project(by=demo.created_by, name="Second", slug="second")
    report = taken(demo_release["plain"], other)
    assert {one.rule for one in report.refused} >= {"text_is_here", "no_text"}
    assert not Snapshot.objects.filter(project=other).exists()
    assert report.counts["stored"] == report.counts["actors"] == 0


@pytest.mark.lengthy
def test_into_its_own_project_it_is_there_already(demo: Project, demo_release: dict[str, Path]) -> None:
    bundle = read_sourceline(of_path(demo_release["plain"]), Wishes())
    few = type(bundle)(bundle.documents[:1], bundle.actors, bundle.events)
    report = receive(by=demo.created_by, project=demo, bundle=few, origin="Release 1")
    assert {name: count for name, count in report.counts.items() if count} == {
        "texts_known": 1,
        "known": len(few.documents[0].placed),
    }


@pytest.mark.lengthy
def test_what_does_not_hold_is_not_read(top: Path) -> None:
    rows = table(top, "claims")
    rows[1][1] += "!"
    write_table(top, "claims", rows)
    with pytest.raises(NotRead, match=r"not all of the release holds: .*claims\.csv"):
        read_sourceline(of_path(top), Wishes())


def test_what_is_no_release_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(NotRead, match="does not hold one bagit"):
        read_sourceline(of_bytes("x.txt", b"Rain"), Wishes())


@pytest.mark.lengthy
def test_a_folder_and_a_zip_read_the_same(demo_release: dict[str, Path], tmp_path: Path) -> None:
    unpacked = unpack(demo_release["texts"], tmp_path / "unpacked")
    assert read_sourceline(of_path(unpacked), Wishes()) == read_sourceline(
        of_path(demo_release["texts"]), Wishes()
    )


@pytest.mark.lengthy
def test_codes_may_be_called_otherwise_here(demo_release: dict[str, Path]) -> None:
    wishes = parse_wishes(meanings=["fact=claim:finding", "relief=topic:aid"])
    bundle = read_sourceline(of_path(demo_release["plain"]), wishes)
    used = {(code.facet, code.key) for code in bundle.codes}
    assert {("claim_type", "finding"), ("topic", "aid")} <= used
    assert not {("claim_type", "fact"), ("topic", "relief")} & used
    claims = [one.body["claim"] for text in bundle.documents for one in text.placed if "claim" in one.body]
    assert {"finding"} <= {claim["type"] for claim in claims}
    assert {"aid"} <= {topic for claim in claims for topic in claim["topics"]}


ODD = [("urn:isni", "0000:1"), ("urn", "isni:0000;1"), ("100%", "%3A;%253B"), ("%", "a:b")]


@pytest.mark.lengthy
def test_identifiers_of_actors_come_back_as_they_were(db: None, tmp_path: Path) -> None:
    world = small_world()
    here = world.here
    with acting(world.manager):
        for scheme, value in ODD:
            ActorIdentifier.objects.create(project=here.project, actor=here.actor, scheme=scheme, value=value)
    bundle = read_sourceline(of_path(write(here.project, tmp_path / "a.zip", with_texts=True)), Wishes())
    (back,) = (one for one in bundle.actors if one.uuid == here.actor.uuid)
    entries = {(one["scheme"], one["value"]) for one in back.record["identifiers"]}
    assert entries == {(one.scheme, one.value) for one in here.actor.identifiers.all()} >= set(ODD)


@pytest.mark.lengthy
@given(st.lists(st.tuples(*[st.text(alphabet="a:;%3AB25", min_size=1)] * 2)))
def test_any_identifiers_come_back_from_their_cell(entries: list[tuple[str, str]]) -> None:
    assert registers_in(register_list(entries)) == entries
    assert registers_in("no colon") == [("no colon", "")]


@pytest.mark.lengthy
def test_outer_claims_come_before_those_inside_them(demo_release: dict[str, Path]) -> None:
    bundle = read_sourceline(of_path(demo_release["plain"]), Wishes())
    inside = 0
    for text in bundle.documents:
        seen = set()
        for one in text.placed:
            if around := one.body.get("claim", {}).get("inside"):
                assert around in seen
                inside += 1
            seen.add(str(one.uuid))
    assert inside
