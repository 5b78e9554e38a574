"""Who speaks in a project: how often, where, since when, and how much of it has been reviewed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Func, Max, Min, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat, Substr

from annotator.models import (
    Actor,
    ActorAlias,
    ActorMention,
    AttributionSource,
    Claim,
    EventParticipant,
    Party,
    Status,
)
from sources.models import Project, Role

from .counting import said_again
from .heard import sums_kept
from .visibility import seen_by

if TYPE_CHECKING:
    from datetime import date
    from typing import TypeAlias, TypedDict

    from django_stubs_ext import WithAnnotations
    from typing_extensions import ReadOnly

    class Heard(TypedDict):
        """What `speakers` counts. Dates are EDTF."""

        n_claims: int
        n_passed_on: int
        n_articles: int
        n_outlets: int
        n_reviewed: int
        first: ReadOnly[date | None]
        last: ReadOnly[date | None]
        first_date: ReadOnly[str | None]
        last_date: ReadOnly[str | None]

    Speaker: TypeAlias = WithAnnotations[Actor, Heard]

Named = TypeVar("Named", bound=Actor)
CLAIM = "family__attributions__attribution__claim"
ARTICLE = f"{CLAIM}__searched__article"
REVIEWED = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)


def date_of(which: type[Min | Max], article: str, only: Q | None = None) -> Substr:
    """The EDTF date, as the article gives it, of the first (Min) or the last (Max) of several articles.

    The day it sorts by stands before it while the least or greatest is sought, and is then cut off.
    """
    day = F(f"{article}__published_{'min' if which is Min else 'max'}")
    told = Func(day, Value("YYYY-MM-DD"), function="to_char", output_field=TextField())
    dated = Q(**{f"{article}__published_min__isnull": False})
    dates = Concat(told, F(f"{article}__published"), output_field=TextField())
    return Substr(which(dates, filter=dated & only if only else dated), 11)


def speakers(project: Project, role: Role | None = None, only: Q | None = None) -> "QuerySet[Speaker]":
    """Actors that say or pass on at least one claim that stands and that a visitor of that role sees; of the
    claims (CLAIM is the way to them) that `only` lets through.

    `n_claims` counts the claims whose innermost link they are, once where the text says one again in a pull
    quote or a title; articles, outlets, dates and the reviewed share (`n_reviewed`) are of those.
    `n_passed_on` counts the claims they relay; a claim inside one of theirs is its own speaker's alone.
    Counts all of them anew; where `only` is not given, `heard.heard` has the same from what is kept.
    """
    stands = Q(**{f"{CLAIM}__withdrawn_at": None}) & seen_by(role, CLAIM) & (only or Q())
    place = "family__attributions__attribution__position"
    said = stands & Q(**{place: 0}) & ~said_again(project.pk, CLAIM)
    # an article without an outlet is one by itself, as in `independent.Sources`
    outlet = Coalesce(f"{ARTICLE}__publication", -F(f"{ARTICLE}__pk"))
    return (
        Actor.objects.filter(stands, project=project, merged_into=None, family__attributions__isnull=False)
        .select_related("kind", "article__publication")
        .annotate(
            n_claims=Count(CLAIM, filter=said, distinct=True),
            n_passed_on=Count(CLAIM, filter=Q(**{f"{place}__gt": 0}), distinct=True),
            n_articles=Count(ARTICLE, filter=said, distinct=True),
            n_outlets=Count(outlet, filter=said, distinct=True),
            n_reviewed=Count(CLAIM, filter=said & Q(**{f"{CLAIM}__status__in": REVIEWED}), distinct=True),
            first=Min(f"{ARTICLE}__published_min", filter=said),
            last=Max(f"{ARTICLE}__published_max", filter=said),
            first_date=date_of(Min, ARTICLE, said),
            last_date=date_of(Max, ARTICLE, said),
        )
        .order_by("-n_claims", "-n_passed_on", "name", "pk")
    )


def named_like(actors: QuerySet[Named], words: str) -> QuerySet[Named]:
    """Those whose name, alias or affiliation, or that of one merged into them, contains `words`, whatever
    the case."""
    alias = ActorAlias.objects.filter(actor__survivor=OuterRef("pk"), name__icontains=words)
    merged = Actor.objects.filter(
        Q(name__icontains=words) | Q(affiliation__icontains=words), survivor=OuterRef("pk")
    )
    return actors.filter(Exists(merged) | Exists(alias))


def claims_by(actor: Actor, role: Role | None = None) -> QuerySet[Claim]:
    """Every claim that stands with this actor in its chain, in the order of publication, then of the text;
    of those that a visitor of that role sees."""
    source = AttributionSource.objects.filter(attribution__claim=OuterRef("pk"), actor__survivor=actor.pk)
    claims = Claim.objects.filter(Exists(source), project=actor.project_id, withdrawn_at=None)
    return claims.filter(seen_by(role)).order_by(
        F("annotation__snapshot__article__published_min").asc(nulls_last=True),
        "annotation__snapshot__article",
        "annotation__sentence__number",
        "pk",
    )


@dataclass(frozen=True)
class Sums:
    """How many claims an actor makes, how many it passes on, and how many of its own a text says again."""

    claims: int
    passed_on: int
    again: int


def sums_of(actor: Actor, role: Role | None = None) -> Sums:
    """As the list of speakers counts them. Two queries."""
    return Sums(*sums_kept(actor, role))


def roles_of(actor: Actor, visitor: Role | None = None) -> list[tuple[str, str, str]]:
    """Each role the articles give this actor, as (role, first date, last date) of publication in EDTF."""
    article = "attribution__claim__annotation__snapshot__article"
    rows = (
        AttributionSource.objects.filter(
            seen_by(visitor, "attribution__claim"),
            actor__survivor=actor.pk,
            attribution__claim__withdrawn_at=None,
        )
        .exclude(role_at_time="")
        .values("role_at_time")
        .annotate(
            day=Min(f"{article}__published_min"), first=date_of(Min, article), last=date_of(Max, article)
        )
        .order_by("day", "role_at_time")
    )
    return [(row["role_at_time"], row["first"] or "", row["last"] or "") for row in rows]


def anonymous_in(article: int, role: Role | None) -> QuerySet[Actor]:
    """The anonymous actors of an article that something names: a mention, an event, a claim that stands and
    that a visitor of that role sees.

    One whose last mention was taken back is kept, so that undoing finds it again, but is shown nowhere.
    """
    of_it = {"actor": OuterRef("pk")}
    said = seen_by(role, "attribution__claim")
    return Actor.objects.filter(
        Exists(ActorMention.objects.filter(**of_it))
        | Exists(AttributionSource.objects.filter(said, **of_it, attribution__claim__withdrawn_at=None))
        | Exists(Party.objects.filter(said, **of_it, attribution__claim__withdrawn_at=None))
        | Exists(Party.objects.filter(seen_by(role, "claim"), **of_it, claim__withdrawn_at=None))
        | Exists(EventParticipant.objects.filter(**of_it)),
        article=article,
    )


def everybody_who_speaks(project: Project, role: Role | None = None) -> QuerySet[Actor]:
    """Actors with a link in the chain of a claim that stands, by name: for a choice, without numbers."""
    speaks = AttributionSource.objects.filter(
        seen_by(role, "attribution__claim"),
        actor__survivor=OuterRef("pk"),
        attribution__claim__withdrawn_at=None,
    )
    return Actor.objects.filter(Exists(speaks), project=project).only("uuid", "name").order_by("name", "pk")


def actor_of(project: Project, uuid: UUID) -> Actor | None:
    """For a merged one, whom it was merged into is selected too."""
    return (
        Actor.objects.filter(project=project, uuid=uuid)
        .select_related("kind", "article__publication", "publication", "merged_into")
        .first()
    )


def known_by_name(project: Project, name: str) -> list[Actor]:
    """Actors of that very name or alias, whatever the case, but for anonymous ones; at most two."""
    alias = ActorAlias.objects.filter(actor=OuterRef("pk"), name__iexact=name)
    found = Actor.objects.filter(Q(name__iexact=name) | Exists(alias), project=project, article=None)
    return list(found.filter(merged_into=None).order_by("pk")[:2])
