"""Cues, roles, reasons and times: the words a judgement was read from."""

from typing import Any

from annotator.intents.refusal import Refused, Taken
from annotator.intents.span import Span
from annotator.models import Annotation, SupportingSpan
from sources.models import Snapshot, User

from . import anchors


def sync(
    *, by: User | None, snapshot: Snapshot, kind: str, spans: tuple[Span, ...], field: str, **owner: Any
) -> None:
    """Make the spans of `kind` that belong to `owner` (one keyword: link, source, actor, claim, event)
    be exactly `spans`: new ones are placed, moved ones moved, the rest deleted."""
    current = {
        s.annotation.uuid: s
        for s in SupportingSpan.objects.filter(annotation__kind=kind, **owner).select_related("annotation")
    }
    for i, span in enumerate(spans):
        at = f"{field}.{i}."
        known = current.pop(span.uuid, None)
        if known is None:
            _attach(by, snapshot, kind, span, at, owner)
        elif known.annotation.extent != span.extent:
            anchors.touch(annotation=known.annotation, span=span, field=at)
    for gone in current.values():
        detach(gone)


def _attach(
    by: User | None, snapshot: Snapshot, kind: str, span: Span, field: str, owner: dict[str, Any]
) -> None:
    try:
        annotation = anchors.place(by=by, snapshot=snapshot, kind=kind, span=span, field=field)
    except Taken as error:
        # A cue may move from one link of the claim to another within one save.
        mine = SupportingSpan.objects.filter(
            annotation__uuid=span.uuid, annotation__snapshot=snapshot, annotation__kind=kind
        ).select_related("annotation")
        moved = mine.first()
        if moved is None:
            raise Refused(f"{field}uuid", "taken", "is in use by another annotation") from error
        for slot in ("link", "source", "actor", "claim", "event"):
            setattr(moved, slot, owner.get(slot))
        moved.save()
        if moved.annotation.extent != span.extent:
            anchors.touch(annotation=moved.annotation, span=span, field=field)
        return
    SupportingSpan.objects.create(annotation=annotation, project_id=snapshot.project_id, **owner)


def detach(support: SupportingSpan) -> None:
    annotation = Annotation.objects.get(pk=support.annotation_id)
    SupportingSpan.objects.filter(pk=support.pk).delete()
    anchors.erase(annotation)
