"""What PostgreSQL checks when a transaction ends is told of the thing that broke it, and stops no other."""

from typing import Any

import pytest
from django.db import connection

from annotator.actions import annotations, relations
from annotator.exchange.importers.bundle import RelationEntry
from annotator.models import Annotation, ClaimRelation

from .conftest import Shelf, at, claim, document, name_of, words

ONE, OTHER = claim(words("We found a crack"), line=3), claim(words("the crack was known in spring"), line=4)


def loses_its_sentences(annotation: Annotation) -> None:
    """A deferred foreign key holds every annotation to the sentence it begins in."""
    with connection.cursor() as cursor:
        asked = "DELETE FROM annotator_annotationsentence WHERE annotation_id = %s"
        cursor.execute(asked, [annotation.pk])


def test_of_an_annotation(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = annotations.settle

    def careless(**asked: Any) -> annotations.Saved:
        saved = settle(**asked)
        if asked["intent"].span.uuid == ONE.uuid:
            loses_its_sentences(saved.annotation)
        return saved

    monkeypatch.setattr(annotations, "settle", careless)
    report = shelf.take(document(ONE, OTHER))
    assert [(str(one.at), one.rule) for one in report.refused] == [("a.ann:3", SENTENCE)]
    assert (report.counts["stored"], Annotation.objects.get().uuid) == (1, OTHER.uuid)


def test_of_a_relation(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {"claim": str(ONE.uuid), "other": str(OTHER.uuid)}
    made = [RelationEntry(at(7), name_of("a"), {**ends, "kind": "supports"})]
    made.append(RelationEntry(at(8), name_of("b"), {**ends, "kind": "repeats"}))
    state = relations.state

    def careless(**asked: Any) -> tuple[ClaimRelation, bool]:
        stated = state(**asked)
        if asked["intent"].kind == "supports":
            loses_its_sentences(Annotation.objects.get(uuid=ONE.uuid))
        return stated

    monkeypatch.setattr(relations, "state", careless)
    report = shelf.take(document(ONE, OTHER), relations=tuple(made))
    assert [(str(one.at), one.rule) for one in report.refused] == [("a.ann:7", SENTENCE)]
    assert (report.counts["relations"], ClaimRelation.objects.get().kind.key) == (1, "repeats")


SENTENCE = "annotation_first_sentence_linked"
