"""Attempts to tie annotations to sentences of another cut than their text's current one."""

from typing import Any

from sources.models import Snapshot
from tests.factories import World

from . import rows
from .attempt import Attempt

ANNOTATION, LINK, SNAPSHOT = "annotator_annotation", "annotator_annotationsentence", "sources_snapshot"
OTHER_CUT = "annotation_of_current_cut"
MIXED = "annotation_sentences_of_one_cut"


def _cut(world: World, cursor: Any) -> tuple[int, int]:
    """Another cut of the text, with its first sentence as it is now."""
    snapshot = world.here.snapshot
    first = rows.sentence(snapshot, 1)
    cut = rows.another(cursor, world, "sources_segmentation")
    place = {"start": first.start, "end": first.end, "block_id": first.block_id, "number": 1}
    return cut, rows.another(cursor, world, "sources_sentence", segmentation_id=cut, **place)


def _take(cursor: Any, snapshot: Snapshot, cut: int) -> None:
    cursor.execute(
        "UPDATE sources_snapshot SET current_segmentation_id = %s WHERE id = %s", [cut, snapshot.pk]
    )


def _tie(cursor: Any, pk: int, sentence: int, more: str = "") -> None:
    cursor.execute(
        f"UPDATE annotator_annotation SET sentence_id = %s{more} WHERE id = %s",
        [sentence, pk],
    )


def _new_in_another_cut(world: World, cursor: Any) -> None:
    _, sentence = _cut(world, cursor)
    pk = rows.annotation(cursor, world.here, sentence_id=sentence, linked=())
    rows.link(cursor, world.here, pk, world.here.snapshot, sentence_id=sentence)


def _moved_to_another_cut(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here)
    _, sentence = _cut(world, cursor)
    cursor.execute("DELETE FROM annotator_annotationsentence WHERE annotation_id = %s", [pk])
    _tie(cursor, pk, sentence, ", version = version + 1")
    rows.link(cursor, world.here, pk, world.here.snapshot, sentence_id=sentence)


def _half_moved(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here)
    cut, sentence = _cut(world, cursor)
    _take(cursor, world.here.snapshot, cut)
    _tie(cursor, pk, sentence)


def _linked_to_another_cut(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here)
    _, sentence = _cut(world, cursor)
    rows.link(cursor, world.here, pk, world.here.snapshot, sentence_id=sentence)


def _taken_without_its_annotations(world: World, cursor: Any) -> None:
    cut, _ = _cut(world, cursor)
    _take(cursor, world.here.snapshot, cut)


def _no_cut_at_all(world: World, cursor: Any) -> None:
    cursor.execute(
        "UPDATE sources_snapshot SET current_segmentation_id = NULL WHERE id = %s", [world.here.snapshot.pk]
    )


def _tied_anew(change: str) -> Any:
    """What tying to another cut leaves the version for is that alone."""

    def act(world: World, cursor: Any) -> None:
        pk = rows.annotation(cursor, world.here)
        cut, sentence = _cut(world, cursor)
        cursor.execute("DELETE FROM annotator_annotationsentence WHERE annotation_id = %s", [pk])
        _take(cursor, world.here.snapshot, cut)
        _tie(cursor, pk, sentence, change)

    return act


def _within_its_cut(world: World, cursor: Any) -> None:
    third, text = rows.sentence(world.here.snapshot, 3), world.here.snapshot.text
    words = {"extent": f"{{[0,{third.start + 3})}}", "quotes": [text[: third.start + 3]]}
    pk = rows.annotation(cursor, world.here, linked=(1, 2, 3), **words)
    _tie(cursor, pk, third.pk)


VERSION = (ANNOTATION, "annotation_version_counts_up")

ATTEMPTS = [
    Attempt("new, in another cut", OTHER_CUT, (ANNOTATION, f"{OTHER_CUT}_insert"), _new_in_another_cut),
    Attempt("moved to another cut", OTHER_CUT, (ANNOTATION, f"{OTHER_CUT}_update"), _moved_to_another_cut),
    Attempt("old links left", MIXED, (ANNOTATION, f"{OTHER_CUT}_update"), _half_moved),
    Attempt("linked to another cut", MIXED, (LINK, "sentence_links_of_one_cut"), _linked_to_another_cut),
    Attempt(
        "a cut without what is marked",
        "cut_taken_by_all",
        (SNAPSHOT, "cut_taken_by_all"),
        _taken_without_its_annotations,
    ),
    Attempt("no cut", "cut_taken_by_all", (SNAPSHOT, "cut_taken_by_all"), _no_cut_at_all),
    Attempt("an author meanwhile", VERSION[1], VERSION, _tied_anew(", author_id = NULL, origin = 'import'")),
    Attempt("a time meanwhile", VERSION[1], VERSION, _tied_anew(", updated_at = now()")),
    Attempt("two versions at once", VERSION[1], VERSION, _tied_anew(", version = version + 2")),
    Attempt("another sentence of its cut", VERSION[1], VERSION, _within_its_cut),
]
