"""Tying words to a text: the row behind every annotation, checked against the stored text first."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Now

from annotator.intents.refusal import Refused, Taken
from annotator.intents.span import Span
from annotator.models import Annotation, AnnotationSentence, Origin
from annotator.queries.prepared import RecordsMadeOnce
from sources.models import Sentence, Snapshot, User
from sources.text.anchor import Selector, selector
from sources.text.offsets import BadExtent, Extent

from .gathering import asked, gathering, insert, insert_all

_imported: ContextVar[str | None] = ContextVar("imported", default=None)


@contextmanager
def imported(detail: str) -> Iterator[None]:
    """All that is placed within, cues and hedges of a claim as well, came from elsewhere: `detail` says
    whence, in at most 100 characters."""
    token = _imported.set(detail)
    try:
        yield
    finally:
        _imported.reset(token)


def checked(snapshot: Snapshot, extent: Extent, quotes: tuple[str, ...], field: str) -> Selector:
    """How to find the extent again. Raises Refused when it is not in the text or reads other words."""
    try:
        found = selector(snapshot.text, extent)
    except BadExtent as error:
        raise Refused(f"{field}extent", "within_text", error.reason) from error
    if found.quotes != quotes:
        raise Refused(
            f"{field}quotes",
            "match_text",
            f"the text at {extent} reads {' … '.join(found.quotes)[:120]!r}, not what was sent",
        )
    blank = next((number for number, words in enumerate(quotes) if words.isspace()), None)
    if blank is not None:
        # A later segmenter may cut there, and what is marked begins in a sentence.
        raise Refused(f"{field}quotes.{blank}", "words", "holds blanks alone: mark words")
    return found


def sentences_under(snapshot: Snapshot, extent: Extent) -> list[Sentence]:
    """The sentences of the current segmentation that the extent touches, in text order. Which one is current
    is asked anew: the text may have been cut again since it was read."""
    if gathering():
        every = asked(("sentences", snapshot.pk), lambda: list(_of_current_cut(snapshot)))
        return _touched(every, extent)
    found = {row.pk: row for start, end in extent.stretches for row in _UNDER.all(snapshot.pk, end, start)}
    return sorted(found.values(), key=lambda sentence: sentence.number)


def _of_current_cut(snapshot: Snapshot) -> QuerySet[Sentence]:
    return _of_cut_of(snapshot.pk).order_by("number")


def _of_cut_of(snapshot: int) -> QuerySet[Sentence]:
    cut = Snapshot.objects.filter(pk=snapshot).values("current_segmentation")[:1]
    return Sentence.objects.filter(segmentation=Subquery(cut))


_UNDER = RecordsMadeOnce(
    lambda snapshot, end, start: _of_cut_of(snapshot).filter(start__lt=end, end__gt=start),
    -1,
    2_000_000_001,  # places are not negative: Django would leave the condition away
    2_000_000_002,
)


def _touched(sentences: list[Sentence], extent: Extent) -> list[Sentence]:
    """Of a whole cut, whose sentences follow each other."""
    numbers: set[int] = set()
    for start, end in extent.stretches:
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        numbers.update(range(first, bisect_left(sentences, end, key=lambda sentence: sentence.start)))
    return [sentences[number] for number in sorted(numbers)]


def _first_sentence(sentences: list[Sentence], extent: Extent, field: str) -> Sentence:
    start, end = extent.stretches[0]
    first = next((s for s in sentences if s.start < end and s.end > start), None)
    if first is None:
        raise Refused(f"{field}extent", "touches_sentence", "lies between sentences")
    return first


def _link(annotation: Annotation, sentences: list[Sentence]) -> None:
    links = [
        AnnotationSentence(
            annotation=annotation,
            sentence=s,
            project_id=annotation.project_id,
            snapshot_id=annotation.snapshot_id,
        )
        for s in sentences
    ]
    insert_all(AnnotationSentence, links)


def place(
    *,
    by: User | None,
    snapshot: Snapshot,
    kind: str,
    span: Span,
    origin: str = Origin.HUMAN,
    origin_detail: str = "",
    field: str = "",
) -> Annotation:
    """A new annotation; its owner row must follow before the transaction ends.

    Raises Refused when the words are not the text's, Taken when the identifier is in use.
    """
    if (detail := _imported.get()) is not None:
        origin, origin_detail = Origin.IMPORT, detail
    found = checked(snapshot, span.extent, span.quotes, field)
    annotation = Annotation(
        uuid=span.uuid,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        snapshot_length=len(snapshot.text),
        kind=kind,
        extent=span.extent,
        quotes=list(found.quotes),
        prefix=found.prefix,
        suffix=found.suffix,
        author=by,
        origin=origin,
        origin_detail=origin_detail,
    )
    _link(annotation, _inserted(annotation, snapshot, field))
    return annotation


def _inserted(annotation: Annotation, snapshot: Snapshot, field: str) -> list[Sentence]:
    """Insert it into the sentences that it lies in, and tell these. Raises Refused, Taken."""
    while True:
        sentences = sentences_under(snapshot, annotation.extent)
        annotation.sentence = _first_sentence(sentences, annotation.extent, field)
        try:
            insert(annotation, savepoint=True)
        except IntegrityError as error:
            if _cut_meanwhile(error):
                continue
            if Annotation.objects.filter(uuid=annotation.uuid).exists():
                raise Taken from error
            raise
        return sentences


def _cut_meanwhile(error: IntegrityError) -> bool:
    """Whether the text was cut anew between our look at its sentences and our insert, which waited for it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == "annotation_of_current_cut"


def touch(*, annotation: Annotation, span: Span | None = None, field: str = "") -> Annotation:
    """Count the version up, and move the annotation if `span` lies elsewhere. The caller holds its lock."""
    if span is not None and span.extent != annotation.extent:
        snapshot = annotation.snapshot
        found = checked(snapshot, span.extent, span.quotes, field)
        sentences = sentences_under(snapshot, span.extent)
        annotation.extent, annotation.quotes = span.extent, list(found.quotes)
        annotation.prefix, annotation.suffix = found.prefix, found.suffix
        annotation.sentence = _first_sentence(sentences, span.extent, field)
        # Old links go first: the database refuses an extent that leaves a sentence it is linked to.
        AnnotationSentence.objects.filter(annotation=annotation).delete()
        _write(annotation)
        _link(annotation, sentences)
    else:
        _write(annotation)
    return annotation


def _write(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.updated_at = Now()
    annotation.save(
        update_fields=["extent", "quotes", "prefix", "suffix", "sentence", "version", "updated_at"]
    )


def erase(annotation: Annotation) -> None:
    """Delete an annotation whose owner row is gone already. History keeps both."""
    AnnotationSentence.objects.filter(annotation=annotation).delete()
    Annotation.objects.filter(pk=annotation.pk).delete()
