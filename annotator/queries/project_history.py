"""All that was ever changed in a project, by whom and when: its history as its members read and export it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from annotator.models import Actor, Attribution, Claim, Event
from sources.models import Article, Block, Change, Project, Role, User

from .history_deeds import deed
from .history_kinds import KIND_OF, KINDS, WORDS
from .keyset import Order, whole

LATEST = Order(("id",), (whole,))
ROWS = 2000
"""Read at a time by an export."""
LONGEST = 300
"""Code points of a value on the page; the export has all of it."""


OWN = ("annotator_savedsearch",)
"""What is each person's own, and told to nobody."""
SECRET = frozenset({"token_sha256", "mailed_sha256"})
FOR_MANAGERS = frozenset({"email", "token_prefix"})
PEOPLE = ("user_id", "by_id", "author_id", "reviewer_id")
NOT_TOLD = ("id", "uuid", "project_id", "version")
"""On the page; the file has them."""
VERBS = {"INSERT": "made", "UPDATE": "changed", "DELETE": "deleted"}


@dataclass(frozen=True)
class Asked:
    """Which changes: by whom, of what kind, from one day to another (both included, UTC), of one article, or
    of one member's standing."""

    person: User | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None
    article: UUID | None = None
    member: User | None = None


@dataclass(frozen=True)
class Value:
    """A column from what to what, as stored; of people their names."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row. `said` is what was done in words, empty where `verb` and `what` say it. `url`
    leads to what it belongs to, called `of`; both empty where it is gone."""

    at: datetime
    who: str
    what: str
    verb: str
    of: str
    url: str
    request: str
    said: str = ""
    values: list[Value] = field(default_factory=list)


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
    """The changes of those keys, the latest first. At most seven queries, however many."""
    changes = list(Change.objects.filter(project_id=project.pk, pk__in=keys).order_by("-pk"))
    names = _names(changes)
    subjects = _subjects(project, changes)
    return [
        Entry(
            at=change.at,
            who=names.get(change.user_id or 0, "the system"),
            what=WORDS.get(change.table, change.table),
            verb=VERBS.get(change.operation, change.operation.lower()),
            of=of,
            url=url,
            request=change.request_id,
            said=deed(change, names),
            values=list(_values(change, names, role)),
        )
        for change, (of, url) in zip(changes, subjects, strict=True)
    ]


def told(row: dict[str, Any] | None, role: Role | None) -> dict[str, Any] | None:
    """The row without what opens something, and without what managers alone are told."""
    hidden = SECRET if role == Role.MANAGER else SECRET | FOR_MANAGERS
    return None if row is None else {name: value for name, value in row.items() if name not in hidden}


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


def _names(changes: Iterable[Change]) -> dict[int, str]:
    wanted: set[Any] = {change.user_id for change in changes}
    for change in changes:
        for row in (change.before, change.after):
            wanted |= {value for name, value in (row or {}).items() if name.endswith(PEOPLE)}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted - {None})}


def _values(change: Change, names: dict[int, str], role: Role | None) -> Iterator[Value]:
    before, after = told(change.before, role) or {}, told(change.after, role) or {}
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new or name in NOT_TOLD:
            continue
        value = Value(name.removesuffix("_id"), _said(name, old, names), _said(name, new, names))
        if value.before or value.after:
            yield value


def _said(name: str, value: Any, names: dict[int, str]) -> str:
    if value is None or value == "":
        return ""
    if name.endswith(PEOPLE) and value in names:
        return names[value]
    words = str(value)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def _subjects(project: Project, changes: list[Change]) -> list[tuple[str, str]]:
    """What each change belongs to, as words and address."""
    wanted: dict[str, set[int]] = defaultdict(set)
    places = [_place(change) for change in changes]
    for place, key in places:
        wanted[place].add(key)
    links = Attribution.objects.filter(pk__in=wanted["attribution"]).values_list("pk", "claim_id")
    of_link = dict(links) if wanted["attribution"] else {}
    claims = {
        one.pk: ("“" + " … ".join(one.annotation.quotes)[:LONGEST] + "”", reverse("claim", args=[one.uuid]))
        for one in Claim.objects.filter(
            project=project, pk__in=wanted["claim"] | set(of_link.values())
        ).select_related("annotation")
    }
    found: dict[str, dict[int, tuple[str, str]]] = {
        "claim": claims,
        "attribution": {link: claims[key] for link, key in of_link.items() if key in claims},
    }
    for place, model, page in (
        ("actor", Actor, "speaker"),
        ("event", Event, "event"),
        ("article", Article, "article"),
    ):
        rows = model._default_manager.filter(project=project, pk__in=wanted[place])
        found[place] = {one.pk: (str(one), reverse(page, args=[project.slug, one.uuid])) for one in rows}
    return [found.get(place, {}).get(key, ("", "")) for place, key in places]


def _place(change: Change) -> tuple[str, int]:
    """Of what the row is a part, and that thing's key."""
    row = change.after or change.before or {}
    own = {
        "annotator_claim": "claim",
        "annotator_actor": "actor",
        "annotator_event": "event",
        "sources_article": "article",
    }
    if change.table in own:
        return own[change.table], change.row_id or 0
    for name in (
        "claim_id",
        "attribution_id",
        "link_id",
        "event_id",
        "actor_id",
        "survivor_id",
        "article_id",
    ):
        if row.get(name) is not None:
            place = {"link_id": "attribution"}.get(name, name.removesuffix("_id"))
            if place == "survivor":
                place = "actor" if change.table == "annotator_actormerge" else "event"
            return place, row[name]
    return "", 0
