"""A project's annotations as a list: those that stand, by where, what, whose and since when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import Annotation, EventMention, Status
from sources.models import Project, Role

from .keyset import Order, whole
from .people import with_keys
from .reading import TO_CLAIM

IN_TURN = Order(("pk",), (whole,), descending=False)
"""As they were made, so that who goes on from the last one misses none."""


@dataclass(frozen=True)
class WantedAnnotations:
    """An empty field asks for nothing; of several values any one will do. `author` is as in `people.py`."""

    text: UUID | None = None
    article: UUID | None = None
    kind: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    since: datetime | None = None


def annotations_like(project: Project, role: Role | None, wanted: WantedAnnotations) -> QuerySet[Annotation]:
    """As `reading.marked_in` tells those of one text: without withdrawn claims and their words; for a visitor
    who is no member, without drafts and theirs."""
    mentioned = EventMention.objects.filter(
        event__survivor_key=OuterRef("support__event__survivor_key"),
        annotation__snapshot=OuterRef("snapshot"),
    )
    hidden = Q(support__event__isnull=False) & Q(~Exists(mentioned))
    for claim in ("claim", *(f"support__{way}" for way in TO_CLAIM)):
        hidden |= Q(**{f"{claim}__withdrawn_at__isnull": False})
        if role is None:
            hidden |= Q(**{f"{claim}__status": Status.DRAFT})
    found = Annotation.objects.filter(~Exists(Annotation.objects.filter(hidden, pk=OuterRef("pk"))))
    found = found.filter(project=project)
    if wanted.text:
        found = found.filter(snapshot__uuid=wanted.text)
    if wanted.article:
        found = found.filter(snapshot__article__uuid=wanted.article)
    if wanted.kind:
        found = found.filter(kind__in=wanted.kind)
    if wanted.author:
        found = found.filter(with_keys(wanted.author, "author"))
    if wanted.origin:
        found = found.filter(origin__in=wanted.origin)
    if wanted.since:
        found = found.filter(updated_at__gte=wanted.since)
    return found
