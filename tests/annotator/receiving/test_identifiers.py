"""Identifiers of what is imported: the file's own are kept, and what a reader made tells nothing."""

import json
from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from annotator.actions.projects import open_project
from annotator.exchange.importers.bundle import (
    NAMESPACE,
    ActorEntry,
    Bundle,
    identifier,
    made_by_reader,
    placed,
)
from annotator.exchange.importers.files import of_bytes
from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.importers.wishes import parse_wishes
from annotator.exchange.receiving import receive
from annotator.models import Actor, Annotation, Event
from sources.models import Project

from .conftest import Shelf, at, claim, document, name_of, words

TEXT = "Ilse Informant said the crack was known."
QUOTE = {"type": "TextQuoteSelector", "exact": "Ilse Informant"}
NOTE = {
    "body": [{"purpose": "tagging", "value": "who"}],
    "target": {"source": "https://velm.example/1", "selector": QUOTE},
}
SPAN = {"start": 0, "end": 14, "text": "Ilse Informant", "labels": ["who"]}
TASK = {
    "data": {"text": TEXT},
    "annotations": [
        {"result": [{"id": "r1", "type": "labels", "from_name": "l", "to_name": "text", "value": SPAN}]}
    ],
}
FILES = {
    "w3c": ("notes.jsonld", json.dumps([NOTE])),
    "doccano": ("all.jsonl", json.dumps({"id": 1, "text": TEXT, "label": [[0, 14, "who"]]})),
    "label_studio": ("all.json", json.dumps([TASK])),
}


def stored(project: Project) -> set[UUID]:
    return {
        uuid
        for model in (Annotation, Actor, Event)
        for uuid in model._default_manager.filter(project=project).values_list("uuid", flat=True)
    }


@pytest.mark.parametrize("format_", FILES)
def test_no_import_tells_what_another_project_has(shelf: Shelf, format_: str) -> None:
    """What readers make of words is the same for everybody, so none of it may be seen to be free or taken."""
    name, raw = FILES[format_]
    wishes = parse_wishes(meanings=["who=actor:person"])
    bundle = FORMATS[format_].read(of_bytes(name, raw.encode()), wishes)
    if format_ == "w3c":
        bundle = replace(bundle, documents=(replace(bundle.documents[0], text=TEXT),))
    guessed = {one.uuid for one in bundle.actors} | {one.uuid for one in bundle.documents[0].placed}
    assert len(guessed) == 2
    for slug in ("first", "second"):
        project = open_project(by=shelf.by, name=slug, slug=slug)
        for stores in (2, 0):
            report = receive(by=shelf.by, project=project, bundle=bundle, origin="test")
            assert (report.refused, report.counts["stored"] + report.counts["actors"]) == ([], stores)
        assert stored(project) == {uuid5(project.uuid, str(one)) for one in guessed}


def test_made_identifiers_are_derived_wherever_they_stand(shelf: Shelf) -> None:
    outer, inner, cue, ilse = (identifier("test", name) for name in ("outer", "inner", "cue", "ilse"))
    link = {"sources": [{"actor": str(ilse)}], "cues": [words("told the agency", uuid=cue)]}
    around = claim(words("We found a crack"), voice="attributed", chains=[[link]]).body
    body = claim(words("a crack")).body
    bundle = Bundle(
        (
            document(
                placed(at(), outer, "claim", words("We found a crack"), around["claim"]),
                placed(at(), inner, "claim", words("a crack"), {**body["claim"], "inside": str(outer)}),
            ),
        ),
        actors=(ActorEntry(at(), ilse, {"name": "Ilse", "kind": "person"}),),
    )
    report = receive(by=shelf.by, project=shelf.project, bundle=bundle, origin="test")
    assert report.refused == []
    made = {uuid5(shelf.project.uuid, str(one)) for one in (outer, inner, cue, ilse)}
    assert stored(shelf.project) == made


def test_the_files_own_are_kept_where_they_are_free(shelf: Shelf) -> None:
    own = claim(words("crack"))
    shelf.take(document(own))
    assert stored(shelf.project) == {own.uuid}


def test_what_a_reader_made_is_told_from_a_files_own() -> None:
    made = identifier("w3c", "actor", "person", "Ilse Informant")
    assert made == identifier("w3c", "actor", "person", "Ilse Informant")
    assert made != identifier("w3c", "actor", "person", "Ilse  Informant")
    assert made_by_reader(made)
    assert made_by_reader(UUID(str(made).upper()))
    for other in (name_of("a"), uuid5(NAMESPACE, "a"), UUID(int=0), UUID(bytes=b"made" + bytes(12))):
        assert not made_by_reader(other)
