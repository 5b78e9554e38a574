"""Putting annotations to another text of their article: all rows of one act in a few statements."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import connection
from django.db.models import Q

from annotator.intents.span import Span
from annotator.models import (
    PENDING,
    ActorMention,
    Annotation,
    AnnotationSentence,
    AttributionSource,
    Carrying,
    CarryingState,
    Kind,
    Party,
)
from annotator.queries.carrying_units import sharing
from sources.models import Sentence, Snapshot
from sources.text.anchor import selector
from sources.text.offsets import Extent

from . import anchors

_MOVE = """
UPDATE annotator_annotation a
SET snapshot_id = %(snapshot)s, snapshot_length = %(length)s, extent = v.extent, quotes = v.quotes,
    prefix = v.prefix, suffix = v.suffix, sentence_id = v.sentence, version = a.version + 1,
    updated_at = now()
FROM jsonb_to_recordset(%(rows)s::jsonb) AS v(
    id bigint, extent int4multirange, quotes text[], prefix text, suffix text, sentence bigint)
WHERE a.id = v.id
"""


@dataclass
class Ground:
    """A text with its sentences, read once. Nobody cuts it again while the transaction lasts."""

    snapshot: Snapshot
    sentences: list[Sentence] = field(default_factory=list)

    def __post_init__(self) -> None:
        cut = _held_cut(self.snapshot)
        self.sentences = list(Sentence.objects.filter(segmentation=cut).order_by("start"))
        self._starts = [sentence.start for sentence in self.sentences]
        self._ends = [sentence.end for sentence in self.sentences]

    def under(self, extent: Extent) -> list[Sentence]:
        """The sentences that the extent touches."""
        found: list[Sentence] = []
        for start, end in extent.stretches:
            touched = self.sentences[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
            found += touched[1:] if found and touched and touched[0] is found[-1] else touched
        return found

    def words_under(self, extent: Extent) -> list[str]:
        """What the sentences say that the extent touches."""
        return [self.snapshot.text[one.start : one.end] for one in self.under(extent)]

    def first_under(self, extent: Extent) -> Sentence | None:
        start, end = extent.stretches[0]
        return next((s for s in self.under(extent) if s.start < end and s.end > start), None)


def _held_cut(snapshot: Snapshot) -> int:
    """Which cut the text has now; whoever cuts it again waits for us, and does so holding nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_segmentation_id FROM sources_snapshot WHERE id = %s FOR SHARE", [snapshot.pk]
        )
        row = cursor.fetchone()
    return row[0] or 0 if row else 0


def move(ground: Ground, places: Sequence[tuple[int, Extent]]) -> None:
    """Put each annotation (by its key) to its place in the new text. The carrying of each is recorded
    already, as settled in this transaction; each place touches a sentence."""
    rows, links = [], []
    snapshot = ground.snapshot
    for key, extent in places:
        found, first = selector(snapshot.text, extent), ground.first_under(extent)
        if first is None:
            raise ValueError(f"{extent} touches no sentence")
        written = "{" + ",".join(f"[{start},{end})" for start, end in extent.stretches) + "}"
        rows.append(
            {
                **{"id": key, "extent": written, "quotes": found.quotes},
                **{"prefix": found.prefix, "suffix": found.suffix, "sentence": first.pk},
            }
        )
        links += [
            AnnotationSentence(
                annotation_id=key, sentence=one, project_id=snapshot.project_id, snapshot_id=snapshot.pk
            )
            for one in ground.under(extent)
        ]
    # Old links go first: the database refuses an extent that leaves a sentence it is linked to.
    AnnotationSentence.objects.filter(annotation__in=[key for key, _ in places]).delete()
    with connection.cursor() as cursor:
        given: dict[str, int | str] = {
            "snapshot": snapshot.pk,
            "length": len(snapshot.text),
            "rows": json.dumps(rows),
        }
        cursor.execute(_MOVE, given)
    AnnotationSentence.objects.bulk_create(links)


def leave_twins(*, old: Snapshot, moving: Iterable[int], claims: set[int]) -> None:
    """Of mentions among `moving` to which claims that stay on the old text point as well, a mention of the
    same actor is left at the same place, those claims point to it, and what is noted of the one is noted of
    the other."""
    mentions = ActorMention.objects.filter(pk__in=list(moving)).select_related("annotation")
    by_key = {mention.pk: mention for mention in mentions}
    for key, staying in sharing(old, by_key, claims).items():
        mention = by_key[key]
        was = mention.annotation
        span = Span(uuid4(), was.extent, tuple(was.quotes))
        twin = anchors.place(
            by=was.author,
            snapshot=old,
            kind=Kind.ACTOR,
            span=span,
            origin=was.origin,
            origin_detail=was.origin_detail,
        )
        made = ActorMention.objects.create(
            annotation=twin, project_id=mention.project_id, actor_id=mention.actor_id
        )
        sources = AttributionSource.objects.filter(mention=mention, attribution__claim__in=staying)
        sources.update(mention=made)
        heard = Q(claim__in=staying) | Q(attribution__claim__in=staying)
        Party.objects.filter(heard, mention=mention).update(mention=made)
        _note_too(mention.pk, twin, staying)


def _note_too(key: int, twin: Annotation, staying: set[int]) -> None:
    """The twin waits, or is left, as the claims do that it stays with."""
    row = Carrying.objects.filter(annotation_key=key, state__in=PENDING).first()
    if row is None:
        return
    theirs = list(Carrying.objects.filter(annotation_key__in=staying, state__in=PENDING))
    states = {one.state for one in theirs} or {row.state}
    row.pk, row.annotation_key, row.version = None, twin.pk, twin.version
    row.unit = min((one.unit for one in theirs), default=min(staying))
    row.state = CarryingState.WAITING if CarryingState.WAITING in states else CarryingState.LEFT
    row._state.adding = True
    row.save(force_insert=True)


def join_twins(places: Sequence[tuple[int, Extent]], ground: Ground) -> list[tuple[int, Extent]]:
    """Of mentions to be put where the same actor's mention stands already, the claims point to that one, and
    they are deleted; the other places are returned."""
    mentions = ActorMention.objects.filter(pk__in=[key for key, _ in places]).in_bulk()
    there = ActorMention.objects.filter(
        annotation__snapshot=ground.snapshot, actor__in={mention.actor_id for mention in mentions.values()}
    ).select_related("annotation")
    standing = {(mention.actor_id, mention.annotation.extent): mention for mention in there}
    left = []
    for key, extent in places:
        mention = mentions.get(key)
        twin = standing.get((mention.actor_id, extent)) if mention else None
        if mention is None or twin is None:
            left.append((key, extent))
            continue
        for rows in (mention.attributions, mention.parties, mention.participations):
            rows.update(mention=twin)
        annotation = Annotation.objects.get(pk=key)
        mention.delete()
        anchors.erase(annotation)
    return left
