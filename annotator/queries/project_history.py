"""All that was ever changed in a project, by whom and when: its history as its members read and export it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotator.models import Annotation
from sources.models import Article, Block, Change, Project, Role, User

from .history_entries import Entry, entries_of, told
from .history_kinds import KIND_OF, KINDS
from .keyset import Order, whole

LATEST = Order(("id",), (whole,))
ROWS = 2000
"""Read at a time by an export."""
MARK = (
    "annotator_annotation",
    "annotator_claim",
    "annotator_actormention",
    "annotator_eventmention",
    "annotator_supportingspan",
)
"""Tables whose rows have the key of a mark."""
OWN = ("annotator_savedsearch",)
"""What is each person's own, and told to nobody."""


@dataclass(frozen=True)
class Asked:
    """Which changes: by whom, of what kind, from one day to another (both included, UTC), of one article, of
    one member's standing, or of one mark in a text with what it marks."""

    person: User | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None
    article: UUID | None = None
    member: User | None = None
    mark: UUID | None = None


def changes_in(project: Project, asked: Asked) -> QuerySet[Change]:
    """Those that meet every condition, in no order yet; an index has each person's and the project's."""
    found = Change.objects.filter(project_id=project.pk).exclude(table__in=OWN)
    if asked.person is not None:
        found = found.filter(user_id=asked.person.pk)
    if asked.kind:
        found = found.filter(table__in=list(KINDS[asked.kind].tables))
    if asked.first is not None:
        found = found.filter(at__gte=_midnight(asked.first))
    if asked.last is not None and asked.last < date.max:
        found = found.filter(at__lt=_midnight(asked.last) + timedelta(days=1))
    if asked.article is not None:
        articles = Article.objects.filter(project=project, uuid=asked.article)
        blocks = Block.objects.filter(snapshot__article__in=articles)
        found = found.filter(
            Q(table="sources_article", row_id__in=articles.values("pk"))
            | Q(table="sources_block", row_id__in=blocks.values("pk"))
        )
    if asked.mark is not None:
        marks = Annotation.objects.filter(project=project, uuid=asked.mark)
        found = found.filter(table__in=MARK, row_id__in=marks.values("pk"))
    if asked.member is not None:
        theirs = Q(before__user_id=asked.member.pk) | Q(after__user_id=asked.member.pk)
        found = found.filter(theirs, table__in=("sources_membership", "sources_acceptance"))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone=timezone.get_default_timezone())


def people_of(project: Project) -> list[User]:
    """Whoever is or was a member, by name. Two queries."""
    told = Change.objects.filter(table="sources_membership", project_id=project.pk)
    were = {row["user_id"] for pair in told.values_list("before", "after") for row in pair if row}
    return sorted(User.objects.filter(pk__in=were), key=lambda user: (str(user).casefold(), user.pk))


def entries(project: Project, keys: list[int], role: Role | None) -> list[Entry]:
    """The changes of those keys, the latest first. One query more than `entries_of`."""
    found = Change.objects.filter(project_id=project.pk, pk__in=keys)
    return entries_of(project, found, role)


def exported(found: QuerySet[Change], role: Role | None) -> Iterator[dict[str, Any]]:
    """Each change as a flat record, the oldest first, read a few thousand at a time."""
    names: dict[int, str] = {}
    for change in found.order_by("pk").iterator(ROWS):
        if change.user_id is not None and change.user_id not in names:
            names |= {user.pk: str(user) for user in User.objects.filter(pk=change.user_id)}
        yield {
            "id": change.pk,
            "at": change.at.isoformat(),
            "user": names.get(change.user_id or 0, ""),
            "request": change.request_id,
            "act": change.request,
            "kind": KIND_OF.get(change.table, ""),
            "table": change.table,
            "operation": change.operation,
            "row": change.row_id,
            "before": told(change.before, role),
            "after": told(change.after, role),
        }
