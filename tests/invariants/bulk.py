"""The same attempts through the ORM's bulk calls, which run no model code, and through COPY."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import F

from annotator.models import (
    Annotation,
    AnnotationSentence,
    ClaimTopic,
    Code,
    EventMention,
    Party,
)
from sources.models import Article, Block, Sentence
from sources.text.offsets import Extent
from tests.factories import World

from . import rows
from .attempt import Attempt

TRUE_INSERT = ("annotator_annotation", "annotation_true_insert")
TRUE_UPDATE = ("annotator_annotation", "annotation_true_update")


def _annotation(world: World, **values: Any) -> Annotation:
    snapshot = world.here.snapshot
    return Annotation(
        **{
            "project": world.here.project,
            "snapshot": snapshot,
            "snapshot_length": len(snapshot.text),
            "kind": "event",
            "extent": Extent.of((0, 4)),
            "quotes": ["Velm"],
            "sentence": rows.sentence(snapshot, 1),
            **values,
        }
    )


def _made(world: World) -> Annotation:
    """One true annotation, with its link and its owner."""
    (made,) = Annotation.objects.bulk_create([_annotation(world)])
    AnnotationSentence.objects.bulk_create([_link(world, made, 1)])
    EventMention.objects.bulk_create(
        [EventMention(annotation=made, project=world.here.project, event=world.here.event)]
    )
    return made


def _link(world: World, annotation: Annotation, number: int) -> AnnotationSentence:
    sentence = rows.sentence(world.here.snapshot, number)
    return AnnotationSentence(
        annotation=annotation, sentence=sentence, project=world.here.project, snapshot=world.here.snapshot
    )


def _bulk_created_quotes(world: World, cursor: Any) -> None:
    Annotation.objects.bulk_create([_annotation(world), _annotation(world, quotes=["Valm"])])


def _bulk_created_unowned(world: World, cursor: Any) -> None:
    (made,) = Annotation.objects.bulk_create([_annotation(world)])
    AnnotationSentence.objects.bulk_create([_link(world, made, 1)])


def _bulk_created_links(world: World, cursor: Any) -> None:
    made = _made(world)
    AnnotationSentence.objects.bulk_create([_link(world, made, 4)])


def _bulk_created_across(world: World, cursor: Any) -> None:
    """Two topics at once, the second of another project."""
    here, there = world.here, world.there
    ClaimTopic.objects.bulk_create(
        ClaimTopic(project=here.project, claim=here.claim, topic=topic)
        for topic in (here.spare_topic, there.topic)
    )


def _bulk_created_sentence(world: World, cursor: Any) -> None:
    old = rows.sentence(world.here.snapshot, 2)
    old.pk, old.uuid, old.number = None, uuid4(), 99
    old.start, old.end = rows.gap(world.here.snapshot).values()
    Sentence.objects.bulk_create([old])


def _bulk_ignoring(world: World, cursor: Any) -> None:
    """ON CONFLICT DO NOTHING excuses nothing but a double."""
    Annotation.objects.bulk_create([_annotation(world, quotes=["Valm"])], ignore_conflicts=True)


def _bulk_upserted(world: World, cursor: Any) -> None:
    made = _made(world)
    again = _annotation(world, uuid=made.uuid, quotes=["Valm"], version=2)
    Annotation.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["uuid"], update_fields=["quotes", "version"]
    )


def _bulk_updated(world: World, cursor: Any) -> None:
    made = _made(world)
    made.extent, made.version = Extent.of((1, 5)), 2
    Annotation.objects.bulk_update([made], ["extent", "version"])


def _bulk_updated_without_version(world: World, cursor: Any) -> None:
    article = world.here.article
    Article.objects.bulk_update([article], ["title"])


def _updated_quotes(world: World, cursor: Any) -> None:
    made = _made(world)
    Annotation.objects.filter(pk=made.pk).update(quotes=["Valm"], version=2)


def _updated_key(world: World, cursor: Any) -> None:
    Code.objects.filter(pk=world.here.topic.pk).update(key="other", version=F("version") + 1)


def _updated_addressee(world: World, cursor: Any) -> None:
    Party.objects.filter(pk=world.here.party.pk).update(actor=world.there.actor)


def _updated_repeats(world: World, cursor: Any) -> None:
    block = Block.objects.filter(snapshot=world.here.snapshot).order_by("pk")[0]
    other = Block.objects.filter(snapshot=world.here.second_snapshot).order_by("pk")[0]
    Block.objects.filter(pk=block.pk).update(repeats=other, version=block.version + 1)


def _deleted(model: type) -> Callable[[World, Any], None]:
    """QuerySet's own delete without its collector, which would refuse before PostgreSQL is asked."""

    def act(world: World, cursor: Any) -> None:
        made = _made(world)
        model.objects.filter(pk=made.pk)._raw_delete("default")  # type: ignore[attr-defined]

    act.__name__ = f"deleted_{model.__name__.lower()}"
    return act


def _copied(world: World, cursor: Any, quote: str) -> None:
    snapshot = world.here.snapshot
    row = (uuid4(), world.here.project.pk, snapshot.pk, len(snapshot.text), "event", "{[0,4)}", [quote])
    rest = ("", "", rows.sentence(snapshot, 1).pk, "human", "", 1)
    names = (
        "uuid, project_id, snapshot_id, snapshot_length, kind, extent, quotes,"
        " prefix, suffix, sentence_id, origin, origin_detail, version"
    )
    with cursor.copy(f"COPY annotator_annotation ({names}) FROM STDIN") as copy:
        copy.write_row((*row, *rest))


def _copied_quotes(world: World, cursor: Any) -> None:
    _copied(world, cursor, "Valm")


def _copied_unlinked(world: World, cursor: Any) -> None:
    _copied(world, cursor, "Velm")
    cursor.execute("SELECT max(id) FROM annotator_annotation")
    pk = cursor.fetchone()[0]
    EventMention.objects.bulk_create(
        [EventMention(annotation_id=pk, project=world.here.project, event=world.here.event)]
    )


def _copied_links(world: World, cursor: Any) -> None:
    made = _made(world)
    row = (made.pk, rows.sentence(world.here.snapshot, 4).pk, world.here.project.pk, world.here.snapshot.pk)
    with cursor.copy(
        "COPY annotator_annotationsentence (annotation_id, sentence_id, project_id, snapshot_id) FROM STDIN"
    ) as copy:
        copy.write_row(row)


def _copied_review(world: World, cursor: Any) -> None:
    here = world.here
    row = (uuid4(), here.project.pk, here.claim.pk, 1, "rejected", "", world.reviewer.pk)
    with cursor.copy(
        "COPY annotator_review (uuid, project_id, claim_id, claim_version, decision, reason, reviewer_id)"
        " FROM STDIN"
    ) as copy:
        copy.write_row(row)


def _attempt(rule: str, holder: tuple[str, str] | str, act: Callable[[World, Any], None]) -> Attempt:
    where = (holder, rule) if isinstance(holder, str) else holder
    return Attempt(act.__name__.strip("_"), rule, where, act)


ATTEMPTS: list[Attempt] = [
    _attempt("annotation_quotes_are_slices", TRUE_INSERT, _bulk_created_quotes),
    _attempt("annotation_quotes_are_slices", TRUE_INSERT, _bulk_ignoring),
    _attempt("annotation_quotes_are_slices", TRUE_INSERT, _copied_quotes),
    _attempt("annotation_quotes_are_slices", TRUE_UPDATE, _bulk_upserted),
    _attempt("annotation_quotes_are_slices", TRUE_UPDATE, _bulk_updated),
    _attempt("annotation_quotes_are_slices", TRUE_UPDATE, _updated_quotes),
    _attempt("annotation_event_owner", "annotator_annotation", _bulk_created_unowned),
    _attempt("annotation_event_owner", "annotator_annotation", _deleted(EventMention)),
    _attempt("annotation_first_sentence_linked", "annotator_annotation", _copied_unlinked),
    _attempt(
        "annotation_sentences_overlap",
        ("annotator_annotationsentence", "sentence_link_true"),
        _bulk_created_links,
    ),
    _attempt(
        "annotation_sentences_overlap", ("annotator_annotationsentence", "sentence_link_true"), _copied_links
    ),
    _attempt("annotation_sentence_link_same_snapshot", "annotator_annotationsentence", _deleted(Annotation)),
    _attempt("claim_topic_is_a_topic", "annotator_claimtopic", _bulk_created_across),
    _attempt("party_actor_same_project", "annotator_party", _updated_addressee),
    _attempt("sentence_comes_with_its_cut", "sources_sentence", _bulk_created_sentence),
    _attempt("article_version_counts_up", "sources_article", _bulk_updated_without_version),
    _attempt("code_key_immutable", "annotator_code", _updated_key),
    _attempt("block_repeats_same_snapshot", "sources_block", _updated_repeats),
    _attempt("review_against_has_reason", "annotator_review", _copied_review),
]
