"""Merging events: both stay what they are, and one stands for the other until that is undone.

No mention, participant, number or word is moved, so undoing gives back exactly what each had, with whatever
was said of either meanwhile.
"""

from uuid import UUID

from django.db.models.functions import Now

from annotator.intents.event_merge import CompareEvents, MergeEvents
from annotator.intents.refusal import Refused, Stale
from annotator.models import Event, EventComparison, EventMerge
from sources.models import Project, User, acting


def merge(*, by: User | None, project: Project, intent: MergeEvents) -> EventMerge:
    """From now on `other` is the survivor, and so is whatever was merged into it before.

    Asking twice is asking once. Raises Refused, Stale (one of them is no longer as it was looked at).
    """
    with acting(by):
        locked = _locked(project, intent.survivor, intent.other)
        survivor, other = locked[intent.survivor], locked[intent.other]
        if other.merged_into_id is not None:
            made = EventMerge.objects.filter(merged=other, undone_at=None).first()
            if made is not None and made.survivor_id == survivor.pk:
                return made
            raise Refused("other", "not_merged", "is merged into another event already")
        if survivor.merged_into_id is not None:
            raise Refused("survivor", "not_merged", "is merged into another event already")
        for event, version in ((survivor, intent.survivor_version), (other, intent.other_version)):
            if version is not None and version != event.version:
                raise Stale(event)
        made = EventMerge.objects.create(
            project=project, merged=other, survivor=survivor, reason=intent.reason, by=by
        )
        for member in Event.objects.select_for_update().filter(merged_into=other).order_by("pk"):
            _point(member, survivor)
        _point(other, survivor)
        _point(survivor, None)
        return made


def undo(*, by: User | None, project: Project, uuid: UUID) -> EventMerge:
    """Both events stand for themselves again. Undoing twice is undoing once.

    Raises EventMerge.DoesNotExist.
    """
    with acting(by):
        found = EventMerge.objects.select_related("merged", "survivor").get(project=project, uuid=uuid)
        _locked(project, found.merged.uuid, found.survivor.uuid)
        found = EventMerge.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if found.undone_at is not None:
            return found
        merged = Event.objects.get(pk=found.merged_id)
        root = merged.merged_into
        found.undone_by, found.undone_at = by, Now()
        found.save(update_fields=["undone_by", "undone_at"])
        own = _family_of(merged)
        for member in Event.objects.select_for_update().filter(pk__in=own - {merged.pk}).order_by("pk"):
            _point(member, merged)
        _point(merged, None)
        if root is not None:
            _point(Event.objects.select_for_update().get(pk=root.pk), None)
        found.refresh_from_db()
        return found


def _locked(project: Project, *uuids: UUID) -> dict[UUID, Event]:
    """The events, locked in one order with whatever they are merged into.

    Raises Refused for one that is not there.
    """
    asked = Event.objects.filter(project=project, uuid__in=uuids)
    keys = {key for pair in asked.values_list("pk", "survivor_key") for key in pair}
    rows = Event.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {event.uuid: event for event in rows}
    for field, uuid in zip(("survivor", "other"), uuids, strict=True):
        if uuid not in found:
            raise Refused(field, "exists", "there is no such event in this project")
    return found


def _point(event: Event, survivor: Event | None) -> None:
    """Also the survivor counts up: whoever looks at it learns that more belongs to it, or less."""
    event.merged_into = survivor
    event.version += 1
    event.save(update_fields=["merged_into", "version"])


def _family_of(event: Event) -> set[int]:
    """The event and all that the merges in force have brought into it."""
    found, added = {event.pk}, {event.pk}
    while added:
        merges = EventMerge.objects.filter(survivor__in=added, undone_at=None)
        added = set(merges.values_list("merged", flat=True)) - found
        found |= added
    return found


def compare(*, by: User | None, project: Project, intent: CompareEvents) -> EventComparison | None:
    """Keep what is said of two events, the latest word counting; None when it was taken back."""
    with acting(by):
        found = _locked(project, intent.one, intent.other)
        one, other = sorted((found[intent.one], found[intent.other]), key=lambda event: event.pk)
        if not intent.sameness:
            EventComparison.objects.filter(one=one, other=other).delete()
            return None
        said, _ = EventComparison.objects.update_or_create(
            one=one,
            other=other,
            defaults={"project": project, "sameness": intent.sameness, "note": intent.note, "by": by},
        )
        return said
