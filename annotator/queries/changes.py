"""What others changed in a text since a page last looked."""

from django.db import connection
from django.db.models import Q, QuerySet

from annotator.models import Annotation, Kind
from sources.models import Block, Role, Snapshot

from .annotation_json import Json, actors_json, annotations_json
from .event_json import events_json
from .reading import TO_CLAIM, actors_in, events_in, marked_in
from .relations import counted_relations
from .text_state import State
from .visibility import kept_for

# PostgreSQL's own mark of the transaction that wrote a row; age() compares such marks whatever their wrap.
_TOUCHED = """
SELECT a.id FROM annotator_annotation a LEFT JOIN annotator_claim c ON c.annotation_id = a.id
 WHERE a.snapshot_id = %(text)s
   AND (age(a.xmin) <= age(%(since)s::xid8::xid) OR age(c.xmin) <= age(%(since)s::xid8::xid))
"""
_JUDGED = """
SELECT id FROM sources_block WHERE snapshot_id = %(text)s AND age(xmin) <= age(%(since)s::xid8::xid)
"""


def changes_json(state: State, since: str | None, role: Role | None = None) -> Json:
    """What was written from the transaction `since` on; all there is (`whole`) for None.

    `standing` is the number of annotations that stand: who has another number after taking the changes
    missed a deletion, and asks for all. `gone` names claims that are withdrawn. `watched` is another word
    whenever hits of watch terms may stand elsewhere. `relations` is told whole, by claim.
    `role` is the caller's in the project, None a reader's: drafts are not told, nor that one was withdrawn.
    """
    snapshot = Snapshot.objects.get(pk=state.snapshot)
    marked = marked_in(snapshot, role)
    chosen, gone = marked, Annotation.objects.none()
    blocks = Block.objects.filter(snapshot=snapshot)
    if since is not None:
        touched = _written(_TOUCHED, state, since)
        chosen = marked.filter(_and_support(touched))
        gone = Annotation.objects.filter(
            kept_for(role, "claim"), pk__in=touched, claim__withdrawn_at__isnull=False
        )
        blocks = blocks.filter(pk__in=_written(_JUDGED, state, since))
    return {
        "whole": since is None,
        "standing": marked.count(),
        "annotations": annotations_json(chosen, role),
        "gone": [str(uuid) for uuid in gone.values_list("uuid", flat=True)],
        "actors": actors_json(actors_in(snapshot, role)),
        "events": events_json(events_in(snapshot)),
        "blocks": blocks_json(blocks),
        "relations": _relations(marked, role),
        "watched": state.watched_for(role),
    }


def _relations(marked: QuerySet[Annotation], role: Role | None) -> Json:
    claims = dict(marked.filter(kind=Kind.CLAIM).values_list("pk", "uuid"))
    return {str(claims[claim]): counted for claim, counted in counted_relations(claims, role).items()}


def _written(question: str, state: State, since: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(question, {"text": state.snapshot, "since": since})
        return [key for (key,) in cursor.fetchall()]


def _and_support(touched: list[int]) -> Q:
    """A claim that is brought back brings its cues with it, whose own rows nobody wrote."""
    chosen = Q(pk__in=touched)
    for way in TO_CLAIM:
        chosen |= Q(**{f"support__{way}__in": touched})
    return chosen


def blocks_json(blocks: QuerySet[Block]) -> list[Json]:
    """The judgements of blocks, each by its position in the text."""
    told = blocks.order_by("position").values("position", "role", "masked", "reason", "version")
    return [dict(block) for block in told]
