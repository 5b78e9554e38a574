"""Which project a person may enter, and as what."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from annotator.models import Claim, CommentMention, Discussion, DiscussionState, Status
from sources.models import Article, Membership, Project, Role, User

from .prepared import MadeOnce
from .visibility import HANDED_IN

COUNTED = 1000
"""Of what waits at most: every page says how much, and nobody reads it to the last of a million."""


def projects_open_to(user: User | AnonymousUser) -> QuerySet[Project]:
    """Projects that `user` is a member of or anyone may read, each with `role` (None: a reader).

    `user` may be Django's AnonymousUser, who is a member of nothing.
    """
    return _open_to(user.pk or 0)


def _open_to(user: int) -> QuerySet[Project]:
    mine = Membership.objects.filter(project=OuterRef("pk"), user=user).values("role")[:1]
    return Project.objects.annotate(role=Subquery(mine)).filter(Q(role__isnull=False) | Q(is_public=True))


_NAMES = [field.attname for field in Project._meta.concrete_fields]
_OPEN = MadeOnce(
    lambda user, slug: _open_to(user).filter(slug=slug).values_list(*_NAMES, "role"), -1, "of that slug"
)


def project_open_to(user: User | AnonymousUser, slug: str) -> tuple[Project, Role | None] | None:
    """The project of that slug and the user's role in it; None where they may not even know of it."""
    for *values, role in _OPEN.ask(user.pk or 0, slug):
        return Project.from_db(DEFAULT_DB_ALIAS, _NAMES, values), Role(role) if role else None
    return None


def may(project: Project, role: Role | None, needed: Role) -> bool:
    """Whether that role in the project is enough. Nobody changes an archived project."""
    if role is None or (project.archived_at and needed != Role.VIEWER):
        return False
    return role.may(needed)


def waiting_for_review(project: Project) -> int:
    """How many claims are submitted and not withdrawn; COUNTED + 1 means more."""
    return project.claims.filter(status=Status.SUBMITTED, withdrawn_at=None)[: COUNTED + 1].count()


def counts_of_the_bar(project: Project, user: User | AnonymousUser | None) -> tuple[int, int]:
    """How many claims wait for a review, and how many open discussions mention that member; COUNTED + 1 means
    more. One query."""
    asked = _WAITING.ask(project.pk) if not isinstance(user, User) else _BAR.ask(project.pk, user.pk)
    ((waiting, calling),) = asked
    return waiting, calling


def _counts(project: int, user: int | None = None) -> QuerySet[Project, tuple[int, int]]:
    waiting = Claim.objects.filter(project=OuterRef("pk"), status=Status.SUBMITTED, withdrawn_at=None)
    calling = Discussion.objects.filter(project=OuterRef("pk"), state=DiscussionState.OPEN)
    calls = _counted(calling.filter(mentioning(user))) if user else Value(0)
    return Project.objects.filter(pk=project).values_list(_counted(waiting), calls)


_BAR, _WAITING = MadeOnce(_counts, -1, -2), MadeOnce(_counts, -1)


def _counted(rows: QuerySet[Any]) -> Func:
    first = ArraySubquery(rows.order_by().values("pk")[: COUNTED + 1])
    return Func(first, function="cardinality", output_field=IntegerField())


def mentioning(user: int) -> Q:
    """The condition on discussions that somebody else's comment, as it stands, calls that member (a key)."""
    calls = CommentMention.objects.filter(
        user=user, comment__discussion=OuterRef("pk"), comment__withdrawn_at=None
    )
    return Q(Exists(calls.exclude(comment__author=user)))


def members(project: Project) -> QuerySet[Membership]:
    return project.memberships.select_related("user").order_by(F("user__name"), "user__username")


def projects_with_numbers(user: User | AnonymousUser) -> QuerySet[Project]:
    """The projects open to `user` with their numbers of articles, claims and claims that wait."""
    mine = Membership.objects.filter(project=OuterRef("project"), user=user.pk or 0)
    seen = Q(status__in=HANDED_IN) | Exists(mine)
    claims = (
        Claim.objects.filter(seen, project=OuterRef("pk"), withdrawn_at=None).order_by().values("project")
    )
    articles = Article.objects.filter(project=OuterRef("pk")).order_by().values("project")
    waiting = claims.filter(status=Status.SUBMITTED)
    count = Count("pk")
    return (
        projects_open_to(user)
        .annotate(
            n_articles=Coalesce(Subquery(articles.annotate(n=count).values("n")), 0),
            n_claims=Coalesce(Subquery(claims.annotate(n=count).values("n")), 0),
            n_waiting=Coalesce(Subquery(waiting.annotate(n=count).values("n")), 0),
        )
        .order_by("archived_at", "name", "pk")
    )
