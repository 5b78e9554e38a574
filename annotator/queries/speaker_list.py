"""The list of speakers: which, in which order, and how their claims lie along time."""

# ruff: noqa: S608  (all of it is written in this file)

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from annotator.models import Actor, Affiliation, AttributionSource, ClaimWords, Code, Facet, Naming
from annotator.models.claim_words import UNDATED
from sources.models import Project, Publication, Role

from .actors_open import actors_open_to
from .counting import STANDING, said_again_sql
from .heard import ALONG, Carried, bring_up_to_date_of, carried, heard
from .independent import Sources, sources_of_speakers
from .keyset import Order, day, whole, words
from .periods import days_of
from .speakers import CLAIM, Named, named_like, speakers
from .visibility import HANDED_IN, seen_by

if TYPE_CHECKING:
    from .speakers import Speaker

LAST_DAY = date(9999, 12, 31)
CHOICES = 300
"""Of a field to choose from at most."""
DAYS, MONTHS = 62, 24
"""Beyond so many days a plot goes by months, beyond so many months by years."""


@dataclass(frozen=True)
class WantedSpeakers:
    """An empty field asks for nothing. `outlet`, `period` (as `claims.days_of` reads it), `status` and
    `topic` are of their claims, and then everything is counted of those claims alone; `belongs` is what they
    belong to, by name; `naming` is "named" or "anonymous"."""

    words: str = ""
    kind: str = ""
    belongs: str = ""
    outlet: UUID | None = None
    period: str = ""
    status: str = ""
    topic: str = ""
    naming: str = ""


ORDERS = {
    "claims": Order(("n_claims", "n_passed_on", "pk"), (whole, whole, whole)),
    "name": Order(("name", "pk"), (words, whole), descending=False),
    "articles": Order(("n_articles", "n_claims", "pk"), (whole, whole, whole)),
    "outlets": Order(("n_outlets", "n_claims", "pk"), (whole, whole, whole)),
    "first": Order(("first_day", "pk"), (day, whole), descending=False),
    "last": Order(("last_day", "pk"), (day, whole)),
    "unreviewed": Order(("reviewed", "pk"), (whole, whole), descending=False),
}
BY_ARTICLE = Order(("article_day", "article_id", "pk"), (day, whole, whole))
"""How those are listed who are not named: article by article."""


def speakers_like(project: Project, wanted: WantedSpeakers, role: Role | None = None) -> "QuerySet[Speaker]":
    """Those who speak, with what `ORDERS` sorts them by besides. `reviewed` is the share in thousandths; who
    only passes on comes last."""
    share: Combinable = F("n_reviewed") * 1000 / NullIf(F("n_claims"), Value(0))
    only = _of_claims(wanted)
    every = speakers(project, role, only) if only else heard(project, role)
    return _narrowed(every, wanted).annotate(
        first_day=Coalesce(F("first"), Value(LAST_DAY)),
        last_day=Coalesce(F("last"), Value(UNDATED)),
        reviewed=Coalesce(Cast(share, IntegerField()), Value(1001)),
        article_day=Coalesce(F("article__published_min"), Value(UNDATED)),
    )


def listed_by(order: Order, project: Project, wanted: WantedSpeakers, role: Role | None) -> QuerySet[Actor]:
    """The same ones, with what that order sorts by alone: nobody's claims are counted for a list by name."""
    if order not in (ORDERS["name"], BY_ARTICLE) or not _of_claims(wanted):
        return speakers_like(project, wanted, role)
    said = AttributionSource.objects.filter(
        _of_claims(wanted, "attribution__claim"),
        seen_by(role, "attribution__claim"),
        actor__survivor=OuterRef("pk"),
        attribution__claim__withdrawn_at=None,
    )
    found = _narrowed(Actor.objects.filter(Exists(said), project=project, merged_into=None), wanted)
    return found.annotate(article_day=Coalesce(F("article__published_min"), Value(UNDATED)))


def _narrowed(found: QuerySet[Named], wanted: WantedSpeakers) -> QuerySet[Named]:
    if wanted.kind:
        found = found.filter(kind__key=wanted.kind)
    if wanted.naming:
        anonymous = Q(naming=Naming.ANONYMOUS)
        found = found.filter(anonymous if wanted.naming == "anonymous" else ~anonymous)
    if wanted.belongs:
        ties = Affiliation.objects.filter(
            actor__survivor=OuterRef("pk"), organisation__survivor__name=wanted.belongs
        )
        told = Actor.objects.filter(survivor=OuterRef("pk"), affiliation=wanted.belongs)
        found = found.filter(Exists(ties) | Exists(told))
    if wanted.words:
        found = named_like(found, wanted.words)
    return found


def _of_claims(wanted: WantedSpeakers, claim: str = CLAIM) -> Q:
    """`claim` is the way to the claims."""
    asked = {
        "status": wanted.status,
        "topic_links__topic__key": wanted.topic,
        "searched__publication__uuid": wanted.outlet,
        "searched__published__range": days_of(wanted.period),
    }
    return Q(**{f"{claim}__{way}": value for way, value in asked.items() if value})


def sources_like(
    actors: Iterable[int], wanted: WantedSpeakers, role: Role | None
) -> Mapping[int, Sources | Carried]:
    """By actor, where the claims that are wanted stand and where their stories are reprinted, but within an
    outlet or a period that was asked for. Two queries."""
    if not _of_claims(wanted):
        return carried(list(actors), role)
    alone = bool(wanted.outlet or wanted.period)
    return sources_of_speakers(actors, role, _of_claims(wanted, "attribution__claim"), alone=alone)


@dataclass(frozen=True)
class Offered:
    """What the list can be filtered by."""

    kinds: list[tuple[str, str]]
    topics: list[tuple[str, str]]
    outlets: list[tuple[str, str]]
    belongs: list[str]
    years: list[str]
    first: date | None
    last: date | None


def offered(project: Project, role: Role | None = Role.VIEWER) -> Offered:
    """What those belong to whom a visitor of that role is told of. Four queries."""
    codes = Code.objects.filter(
        project=project, facet__in=(Facet.ACTOR_KIND, Facet.TOPIC), merged_into=None
    ).order_by("position", "name")
    by_facet = defaultdict(list)
    for facet, key, name in codes.values_list("facet", "key", "name"):
        by_facet[facet].append((key, name))
    outlets = (
        Publication.objects.filter(project=project, merged_into=None)
        .order_by("name")
        .values_list("uuid", "name")
    )
    shown = actors_open_to(project, role)
    told = shown.exclude(affiliation="").values_list("affiliation")
    ties = Affiliation.objects.filter(project=project, actor__in=shown)
    of_ties = ties.values_list("organisation__survivor__name")
    names = [name for (name,) in told.union(of_ties).order_by("affiliation")[:CHOICES]]
    ends = ClaimWords.objects.filter(project=project, published__gt=UNDATED).aggregate(
        first=Min("published"), last=Max("published")
    )
    first, last = ends["first"], ends["last"]
    years = [str(year) for year in range(last.year, first.year - 1, -1)][:CHOICES] if first else []
    return Offered(
        by_facet[Facet.ACTOR_KIND],
        by_facet[Facet.TOPIC],
        [(str(uuid), name) for uuid, name in outlets[:CHOICES]],
        names,
        years,
        first,
        last,
    )


@dataclass(frozen=True)
class Bar:
    """Of a day, month or year (`at`, EDTF), in units of a plot that is 100 wide and 20 high."""

    at: str
    count: int

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    bars: list[Bar]

    @property
    def said(self) -> list[tuple[str, int]]:
        """What stands for each bar, and how many claims."""
        return [(bar.at, bar.count) for bar in self.bars]


_PROJECT = "(SELECT project_id FROM annotator_actor WHERE id = ANY(%(actors)s) LIMIT 1)"
OVER_TIME = f"""
SELECT a.survivor_id, to_char(w.published, %(by)s) AS at, count(DISTINCT w.claim_id)
FROM annotator_actor a
JOIN annotator_attributionsource s ON s.actor_id = a.id
JOIN annotator_attribution l ON l.id = s.attribution_id AND l.position = 0
JOIN annotator_claim c ON c.annotation_id = l.claim_id AND c.withdrawn_at IS NULL
JOIN annotator_claimwords w ON w.claim_id = c.annotation_id AND w.published > '0001-01-01'
WHERE a.survivor_id = ANY(%(actors)s) AND (%(all)s OR c.status = ANY(%(open)s))
  AND (%(status)s = '' OR c.status = %(status)s)
  AND (%(topic)s = '' OR EXISTS (SELECT FROM annotator_claimtopic x JOIN annotator_code k ON k.id = x.topic_id
                                 WHERE x.claim_id = c.annotation_id AND k.key = %(topic)s))
  AND (%(outlet)s::uuid IS NULL OR EXISTS (SELECT FROM sources_publication o
                                           WHERE o.id = w.publication_id AND o.uuid = %(outlet)s))
  AND (%(from)s::date IS NULL OR w.published BETWEEN %(from)s AND %(to)s)
  AND c.annotation_id NOT IN ({said_again_sql(STANDING, _PROJECT)})
GROUP BY 1, 2 ORDER BY 1, 2
"""


def plots_of(
    actors: Iterable[int],
    first: date | None,
    last: date | None,
    role: Role | None,
    wanted: WantedSpeakers | None = None,
) -> dict[int, Plot]:
    """By actor, the claims they make from `first` to `last`, each once where its text says it again, on the
    same scale for all; of the claims that are wanted alone, and of the period asked for. The actors are of
    one project. Two queries at most."""
    keys = list(actors)
    wanted = wanted or WantedSpeakers()
    days = days_of(wanted.period)
    if days and days[0] > UNDATED:
        first, last = days
    if not keys or not first or not last:
        return {}
    form, steps = _scale(first, last)
    values: dict[str, Any] = {
        "actors": keys,
        "by": form,
        "all": role is not None,
        "open": [status.value for status in HANDED_IN],
        "status": wanted.status,
        "topic": wanted.topic,
        "outlet": wanted.outlet,
        "from": days[0] if days else None,
        "to": days[1] if days else None,
    }
    if not _of_claims(wanted):
        bring_up_to_date_of(keys)
    with connection.cursor() as cursor:
        cursor.execute(OVER_TIME if _of_claims(wanted) else ALONG, values)
        rows = cursor.fetchall()
    most = max((n for _, _, n in rows), default=1)
    width = 100 / steps
    plots: dict[int, Plot] = defaultdict(lambda: Plot([]))
    for actor, at, n in rows:
        height = round(max(2.0, 20 * n / most), 2)
        x = round(_place(at, first) * width, 2)
        bar = Bar(at, n, x, round(20 - height, 2), round(max(width - 0.8, 0.6), 2), height)
        plots[actor].bars.append(bar)
    return plots


def _scale(first: date, last: date) -> tuple[str, int]:
    """By what the days are put together, as PostgreSQL writes it, and how many steps that makes."""
    days, months = (last - first).days + 1, (last.year - first.year) * 12 + last.month - first.month + 1
    if days <= DAYS:
        return "YYYY-MM-DD", days
    return ("YYYY-MM", months) if months <= MONTHS else ("YYYY", last.year - first.year + 1)


def _place(at: str, first: date) -> int:
    """Which step a day, month or year is, the first being 0."""
    if len(at) == len("YYYY-MM-DD"):
        return (date.fromisoformat(at) - first).days
    years = int(at[:4]) - first.year
    return years * 12 + int(at[5:]) - first.month if len(at) > len("YYYY") else years
