"""Attempts to change what was published, or to tie an annotation to words that are not there."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, running

SNAPSHOT, CAPTURE, BLOCK = "sources_snapshot", "sources_capture", "sources_block"
SEGMENTATION, SENTENCE = "sources_segmentation", "sources_sentence"
ANNOTATION, LINK = "annotator_annotation", "annotator_annotationsentence"


def _texts(world: World, cursor: Any) -> dict[str, Any]:
    """Ours as it is, and with one letter changed, of the same length."""
    old = world.here.snapshot.text
    new = old.replace("Velm", "Valm")
    return {"text": world.here.snapshot.pk, "new": new, "digest": rows.digest(new)}


def _ids(table: str, **where: Any) -> Any:
    """The parameter `row`: a fresh row of `table`."""
    return lambda world, cursor: {"row": rows.another(cursor, world, table, **where)}


def _owner(rule: str, table: str, *statements: str, **more: Any) -> Attempt:
    return running(rule, table, *statements, by="owner", **more)


def _here(world: World, cursor: Any) -> dict[str, Any]:
    snapshot = world.here.snapshot
    return {
        "text": snapshot.pk,
        "other": world.here.second_article.pk,
        "byline": rows.sentence(snapshot, 2).pk,
        "cut": snapshot.current_segmentation_id,
    }


IMMUTABLE: list[Attempt] = [
    _owner(
        "snapshot_immutable",
        SNAPSHOT,
        "UPDATE sources_snapshot SET text = %(new)s, sha256 = %(digest)s WHERE id = %(text)s",
        given=_texts,
        why="another letter, with its digest",
    ),
    *(
        _owner(
            "snapshot_immutable",
            SNAPSHOT,
            f"UPDATE sources_snapshot SET {change} WHERE id = %(text)s",
            given=_here,
        )
        for change in (
            "article_id = %(other)s, number = 9",
            "captured_at = captured_at - interval '1 day'",
            "uuid = gen_random_uuid()",
            "number = 9",
            "extractor_version = '0'",
            "method = 'url'",
            "cleaning = '{}'",
        )
    ),
    _owner(
        "snapshot_kept",
        SNAPSHOT,
        "DELETE FROM sources_textwords WHERE snapshot_id = %(row)s",
        "DELETE FROM sources_snapshot WHERE id = %(row)s",
        given=_ids(SNAPSHOT),
    ),
    _owner(
        "capture_immutable",
        CAPTURE,
        "UPDATE sources_capture SET raw = 'other', sha256 = encode(sha256('other'), 'hex')",
    ),
    _owner("capture_immutable", CAPTURE, "DELETE FROM sources_capture"),
    _owner("segmentation_immutable", SEGMENTATION, "UPDATE sources_segmentation SET segmenter = 'other'"),
    _owner("segmentation_immutable", SEGMENTATION, "UPDATE sources_segmentation SET made_in = ''"),
    _owner(
        "segmentation_immutable",
        SEGMENTATION,
        "DELETE FROM sources_segmentation WHERE id = %(row)s",
        given=_ids(SEGMENTATION),
    ),
    _owner(
        "sentence_immutable",
        SENTENCE,
        'UPDATE sources_sentence SET "end" = "end" - 1 WHERE id = %(byline)s',
        given=_here,
    ),
    _owner("sentence_immutable", SENTENCE, "UPDATE sources_sentence SET number = number + 100"),
    _owner("sentence_immutable", SENTENCE, "DELETE FROM sources_sentence WHERE id = %(byline)s", given=_here),
    *(
        _owner(
            "block_extent_immutable",
            BLOCK,
            f"UPDATE sources_block SET {change}, version = version + 1 WHERE snapshot_id = %(text)s",
            given=_here,
        )
        for change in ('"end" = "end" - 1', "start = start + 1", "position = position + 100")
    ),
    _owner("block_kept", BLOCK, "DELETE FROM sources_block WHERE id = %(row)s", given=_ids(BLOCK)),
]


def _late_sentence(world: World, cursor: Any) -> None:
    cut = world.here.snapshot.current_segmentation_id
    late = {**rows.gap(world.here.snapshot), "number": 99}
    rows.another(cursor, world, SENTENCE, segmentation_id=cut, **late)


def _forged_stamp(world: World, cursor: Any) -> str:
    pk = rows.another(cursor, world, SEGMENTATION, made_in="forged")
    cursor.execute("SELECT made_in FROM sources_segmentation WHERE id = %s", [pk])
    return "segmentation_stamped" if cursor.fetchone()[0] != "forged" else ""


def _two_stretches(world: World) -> dict[str, Any]:
    """Words of the first and the third sentence."""
    third, text = rows.sentence(world.here.snapshot, 3), world.here.snapshot.text
    return {
        "extent": f"{{[0,4),[{third.start},{third.start + 3})}}",
        "quotes": [text[0:4], text[third.start : third.start + 3]],
    }


def _wrong(rule: str, why: str, **values: Any) -> Attempt:
    """A new annotation whose words are not the text's."""

    def act(world: World, cursor: Any) -> None:
        given = {k: v(world) if callable(v) else v for k, v in values.items()}
        rows.annotation(cursor, world.here, **given)

    return Attempt(why, rule, (ANNOTATION, "annotation_true_insert"), act)


def _changed(rule: str, why: str, change: str) -> Attempt:
    """A true annotation made false."""
    return running(
        rule,
        ANNOTATION,
        f"UPDATE annotator_annotation SET {change}, version = version + 1 WHERE id = %(row)s",
        given=lambda w, c: {"row": rows.annotation(c, w.here)},
        holder="annotation_true_update",
        why=why,
    )


def _left_its_sentence(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here, linked=(1, 3), **_two_stretches(world))
    cursor.execute(
        "UPDATE annotator_annotation SET extent = '{[0,4)}', quotes = quotes[1:1], version = version + 1"
        " WHERE id = %s",
        [pk],
    )


def _first_stretch_elsewhere(world: World, cursor: Any) -> None:
    third = rows.sentence(world.here.snapshot, 3)
    words = _two_stretches(world)
    rows.annotation(cursor, world.here, linked=(1, 3), sentence_id=third.pk, **words)


def _first_stretch_elsewhere_later(world: World, cursor: Any) -> None:
    third = rows.sentence(world.here.snapshot, 3)
    pk = rows.annotation(cursor, world.here, linked=(1, 3), **_two_stretches(world))
    cursor.execute(
        "UPDATE annotator_annotation SET sentence_id = %s, version = version + 1 WHERE id = %s",
        [third.pk, pk],
    )


def _far_link(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here)
    far = rows.sentence(world.here.snapshot, 4)
    rows.link(cursor, world.here, pk, world.here.snapshot, sentence_id=far.pk)


def _swapped_link(world: World, cursor: Any) -> None:
    pk = rows.annotation(cursor, world.here, linked=(1, 3), **_two_stretches(world))
    third, fourth = (rows.sentence(world.here.snapshot, n).pk for n in (3, 4))
    cursor.execute(
        "UPDATE annotator_annotationsentence SET sentence_id = %s"
        " WHERE annotation_id = %s AND sentence_id = %s",
        [fourth, pk, third],
    )


QUOTES = "annotation_quotes_are_slices"
CONTEXT = "annotation_context_is_text"
FIRST = "annotation_first_sentence_overlaps"
TRUE = {"insert": (ANNOTATION, "annotation_true_insert"), "update": (ANNOTATION, "annotation_true_update")}

TIED: list[Attempt] = [
    Attempt(
        "a late sentence",
        "sentence_comes_with_its_cut",
        (SENTENCE, "sentence_comes_with_its_cut"),
        _late_sentence,
    ),
    Attempt("a forged stamp", "segmentation_stamped", (SEGMENTATION, "segmentation_stamped"), _forged_stamp),
    _wrong(QUOTES, "another word", quotes=["Valm"]),
    _wrong(QUOTES, "another case", quotes=["velm"]),
    _wrong(QUOTES, "a blank more", quotes=["Velm "]),
    _wrong(QUOTES, "no quote", quotes="{}"),
    _wrong(QUOTES, "a quote too many", quotes=["Velm", " "]),
    _wrong(QUOTES, "an array that counts from zero", quotes="[0:0]={Velm}"),
    _wrong(
        QUOTES,
        "composed for combining",
        quotes=["Caf\u00e9"],
        **{"extent": lambda w: _stretch(w, "Cafe\u0301")},
    ),
    _wrong(QUOTES, "UTF-16 offsets", quotes=["👩🏽‍🔧"], extent=lambda w: _stretch(w, "👩🏽‍🔧", units=7)),
    _wrong(QUOTES, "Arabic without a letter", quotes=["المدي"], extent=lambda w: _stretch(w, "المدير")),
    _wrong(CONTEXT, "a prefix before the text", prefix="The "),
    _wrong(CONTEXT, "another suffix", suffix=" tower"),
    _wrong(CONTEXT, "another prefix", prefix="Valm", **{"extent": "{[5,11)}", "quotes": ["bridge"]}),
    Attempt("a sentence of the second stretch", FIRST, TRUE["insert"], _first_stretch_elsewhere),
    _changed(QUOTES, "another word later", "quotes = '{Valm}'"),
    _changed(QUOTES, "moved without its quote", "extent = '{[1,5)}'"),
    _changed(CONTEXT, "another suffix later", "suffix = ' tower'"),
    Attempt("a later sentence of the second stretch", FIRST, TRUE["update"], _first_stretch_elsewhere_later),
    Attempt("left a sentence", "annotation_sentences_overlap", TRUE["update"], _left_its_sentence),
    Attempt("a far sentence", "annotation_sentences_overlap", (LINK, "sentence_link_true"), _far_link),
    Attempt(
        "a swapped sentence",
        "annotation_sentence_link_immutable",
        (LINK, "annotation_sentence_link_immutable"),
        _swapped_link,
        by="owner",
    ),
]


def _stretch(world: World, words: str, units: int = 0) -> str:
    start = world.here.snapshot.text.index(words)
    return f"{{[{start},{start + (units or len(words))})}}"


ATTEMPTS = IMMUTABLE + TIED
