"""Cues, roles, reasons and times: the words a judgement was read from."""

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from annotator.intents.refusal import Refused, Taken
from annotator.intents.span import Span
from annotator.models import Annotation, Code, Kind, SupportingSpan
from sources.models import Snapshot, User

from . import anchors, codebook
from .gathering import insert

_NONE: Mapping[UUID, Code | None] = MappingProxyType({})

Says = dict[str, dict[UUID, str]]
PARTS = (Kind.HEDGE, Kind.GLOSS, Kind.QUOTED)
SLOTS = ("link", "source", "party", "actor", "claim", "event")
"""What supporting words may belong to: one of these."""


def sync(
    *,
    by: User | None,
    snapshot: Snapshot,
    kind: str,
    spans: tuple[Span, ...],
    field: str,
    elsewhere: Set[UUID] = frozenset(),
    new: bool = False,
    cue_types: Mapping[UUID, Code | None] = _NONE,
    says: Says | None = None,
    **owner: Any,
) -> None:
    """Make the spans of `kind` that belong to `owner` (one keyword of `SLOTS`)
    be exactly `spans` in this text: new ones are placed, moved ones moved, the rest deleted. An event's
    spans in other texts stay.

    `says` is what is said of each span beyond its kind, by column and identifier.

    What is wanted `elsewhere` is left for its new owner, who takes it over within the same act. `new`: the
    owner was made in this act and has no spans yet. `cue_types` are those of the cues that say one, or none.
    """
    current = {} if new else {s.annotation.uuid: s for s in _present(snapshot, kind, owner)}
    for i, span in enumerate(spans):
        several = kind in PARTS or (kind == Kind.CUE and "link" in owner)
        at = f"{field}.{i}." if several else f"{field}."
        more = {column: by_uuid[span.uuid] for column, by_uuid in (says or {}).items()}
        known = current.pop(span.uuid, None)
        if known is None:
            _attach(by, snapshot, kind, span, at, cue_types, owner | more)
        else:
            _move(snapshot, known, span, at, cue_types)
            if any(getattr(known, column) != value for column, value in more.items()):
                SupportingSpan.objects.filter(pk=known.pk).update(**more)
    for uuid, gone in current.items():
        if uuid not in elsewhere:
            detach(gone)


def _present(snapshot: Snapshot, kind: str, owner: dict[str, Any]) -> QuerySet[SupportingSpan]:
    present = SupportingSpan.objects.filter(annotation__snapshot=snapshot, annotation__kind=kind, **owner)
    return present.select_related("annotation")


def _attach(
    by: User | None,
    snapshot: Snapshot,
    kind: str,
    span: Span,
    field: str,
    cue_types: Mapping[UUID, Code | None],
    owner: dict[str, Any],
) -> None:
    try:
        annotation = anchors.place(by=by, snapshot=snapshot, kind=kind, span=span, field=field)
    except Taken as error:
        support = _taken_over(snapshot, kind, span, owner)
        if support is None:
            raise Refused(f"{field}uuid", "taken", "is in use by another annotation") from error
        _move(snapshot, support, span, field, cue_types)
    else:
        cue_type = cue_types.get(span.uuid)
        if kind == Kind.CUE and owner.get("link") is not None and span.uuid not in cue_types:
            cue_type = codebook.unsaid_cue_type(snapshot.project)
        project = snapshot.project_id
        insert(SupportingSpan(annotation=annotation, project_id=project, cue_type=cue_type, **owner))


def _move(
    snapshot: Snapshot,
    support: SupportingSpan,
    span: Span,
    field: str,
    cue_types: Mapping[UUID, Code | None],
) -> None:
    anchors.checked(snapshot, span.extent, span.quotes, field)
    cue_type = cue_types.get(span.uuid)
    retyped = span.uuid in cue_types and support.cue_type_id != (cue_type and cue_type.pk)
    if retyped:
        support.cue_type = cue_type
        support.save(update_fields=["cue_type"])
    if retyped or support.annotation.extent != span.extent:
        anchors.touch(annotation=support.annotation, span=span, field=field)


def _taken_over(snapshot: Snapshot, kind: str, span: Span, owner: dict[str, Any]) -> SupportingSpan | None:
    """The span where it belongs to another part of the same claim: it changes hands and stays itself."""
    support = (
        SupportingSpan.objects.filter(
            annotation__uuid=span.uuid, annotation__snapshot=snapshot, annotation__kind=kind
        )
        .select_related("annotation", "link", "source__attribution", "party__attribution")
        .first()
    )
    if support is None:
        return None
    before = _claim_of({slot: getattr(support, slot) for slot in SLOTS})
    if before is None or before != _claim_of(owner):
        return None
    for slot in SLOTS:
        setattr(support, slot, owner.get(slot))
    support.save()
    return support


def _claim_of(owner: dict[str, Any]) -> int | None:
    """The claim to whose parts the owner belongs; None for an actor or an event."""
    if (party := owner.get("party")) is not None and party.claim_id is not None:
        return int(party.claim_id)
    for slot in ("source", "party"):
        if (row := owner.get(slot)) is not None:
            return int(row.attribution.claim_id)
    if (link := owner.get("link")) is not None:
        return int(link.claim_id)
    claim = owner.get("claim")
    return claim.pk if claim is not None else None


def detach(support: SupportingSpan) -> None:
    annotation = Annotation.objects.get(pk=support.annotation_id)
    SupportingSpan.objects.filter(pk=support.pk).delete()
    anchors.erase(annotation)
