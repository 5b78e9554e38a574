"""A project's outlets, and one of them with what it published and who speaks for it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotator.models import Actor
from sources.actions.publications import called
from sources.models import Article, Change, Project, Publication, Snapshot, User
from sources.text.credits import AGENCIES
from sources.text.sites import domain_said, own_site, sites_of

ORDERS = {
    "articles": ("-n_articles", "name", "pk"),
    "name": ("name", "pk"),
    "taken": ("-n_taken", "name", "pk"),
}
LOOKED_AT = 5000
"""Of an outlet's articles so many, the last ones, are asked what their pages call it and where they are."""


DELETED_SHOWN = 20


def _counted(articles: QuerySet[Any]) -> Coalesce:
    """How many; each counted by itself, so that none multiplies the other."""
    number = Func(F("pk"), function="count", output_field=IntegerField())
    return Coalesce(Subquery(articles.order_by().annotate(n=number).values("n")), 0)


def outlets_like(project: Project, sought: str = "", order: str = "articles") -> QuerySet[Publication]:
    """Those that stand for themselves, in whose name, aliases or domains the words stand. `n_articles` are
    theirs, `n_taken` those of others that took their story over, as records say."""
    found = Publication.objects.filter(project=project, merged_into=None)
    for word in sought.split()[:10]:
        found = found.filter(
            Q(name__icontains=word) | Q(aliases__icontains=word) | Q(domains__icontains=word)
        )
    others = Article.objects.exclude(publication=OuterRef("pk"))
    reprints = others.filter(original_publication=None, reprint_of__publication=OuterRef("pk"))
    return found.annotate(
        n_articles=_counted(Article.objects.filter(publication=OuterRef("pk"))),
        n_taken=_counted(others.filter(original_publication=OuterRef("pk"))) + _counted(reprints),
    ).order_by(*ORDERS[order])


def outlet_of(project: Project, uuid: UUID) -> Publication | None:
    rows = Publication.objects.filter(project=project, uuid=uuid)
    return rows.select_related("merged_into", "project").first()


@dataclass(frozen=True)
class Proposal:
    """A name that its pages give, or a site they are on, in how many articles; `of` is another outlet that
    has it, so that the two may be one."""

    value: str
    articles: int
    of: Publication | None = None


def named_by(outlet: Publication) -> list[str]:
    """What names it, counted, in words; empty where it may be deleted. One query."""
    counts = Publication.objects.filter(pk=outlet.pk).values_list(
        _counted(Article.objects.filter(publication=OuterRef("pk"))),
        _counted(Article.objects.filter(original_publication=OuterRef("pk"))),
        _counted(Actor.objects.filter(publication=OuterRef("pk"))),
        _counted(Publication.objects.filter(merged_into=OuterRef("pk"))),
    )
    words = ("article", "article that was taken from it", "actor", "outlet that was merged into it")
    many = ("articles", "articles that were taken from it", "actors", "outlets that were merged into it")
    found = zip(counts.get(), words, many, strict=True)
    return [f"{n} {one if n == 1 else several}" for n, one, several in found if n]


@dataclass(frozen=True)
class Deleted:
    name: str
    who: str
    at: datetime


def deleted(project: Project) -> list[Deleted]:
    """Outlets that were deleted, the last first, at most DELETED_SHOWN. Two queries."""
    gone = Change.objects.filter(
        project_id=project.pk, table=Publication._meta.db_table, operation="DELETE"
    ).order_by("-pk")[:DELETED_SHOWN]
    rows = list(gone)
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={row.user_id for row in rows})}
    return [
        Deleted((row.before or {}).get("name", ""), people.get(row.user_id or 0, "the system"), row.at)
        for row in rows
    ]


def articles_of(outlet: Publication) -> QuerySet[Article]:
    return outlet.articles.select_related("publication", "original_publication").order_by(
        "-published_min", "-pk"
    )


def taken_from(outlet: Publication) -> QuerySet[Article]:
    """What others published of its stories, as their records say."""
    reprint = Q(original_publication=None, reprint_of__publication=outlet)
    said = Q(original_publication=outlet) | reprint
    found = Article.objects.filter(said, project=outlet.project_id).exclude(publication=outlet)
    return found.select_related("publication").order_by("-published_min", "-pk")


def speaking_for(outlet: Publication) -> QuerySet[Actor]:
    """The actors that it is when it speaks itself."""
    return outlet.actors.filter(merged_into=None).order_by("name", "pk")


def another_called(outlet: Publication, name: str) -> Publication | None:
    """Another outlet that stands for itself and has that name or alias, in any case."""
    others = Publication.objects.filter(project=outlet.project_id, merged_into=None).exclude(pk=outlet.pk)
    return called(others, name).first()


def merged_into(outlet: Publication) -> QuerySet[Publication]:
    return outlet.merged_outlets.order_by("name", "pk")


def names_proposed(outlet: Publication) -> list[Proposal]:
    """What its pages call it otherwise, the most frequent first. Two queries."""
    texts = Snapshot.objects.filter(article__publication=outlet, number=1).order_by("-pk")
    told = texts.values_list("cleaning__told__outlet", flat=True)[:LOOKED_AT]
    named = Counter(
        str(value) for every in told if isinstance(every, list) for value in {one[0] for one in every if one}
    )
    spelt = [name for name, of in AGENCIES.items() if _is_agency(outlet, of)]
    named.update(dict.fromkeys(spelt, 0))
    known = {name.casefold() for name in (outlet.name, *outlet.aliases)}
    found = {
        name: n
        for name, n in named.most_common(50)
        if name and name.casefold() not in known and domain_said(name) not in outlet.domains
    }
    return _proposals(outlet, found)


def _is_agency(outlet: Publication, agency: str) -> bool:
    spelt = {name.casefold() for name, of in AGENCIES.items() if of == agency}
    return any(name.casefold() in spelt for name in (outlet.name, *outlet.aliases))


def _proposals(outlet: Publication, found: dict[str, int]) -> list[Proposal]:
    others = Publication.objects.filter(project=outlet.project_id, merged_into=None).exclude(pk=outlet.pk)
    called = {name.casefold(): one for one in others for name in (one.name, *one.aliases)}
    return [Proposal(name, n, called.get(name.casefold())) for name, n in found.items()]


def sites_proposed(outlet: Publication) -> list[Proposal]:
    """Sites that its articles are on and that are nobody's yet, the most frequent first. Two queries."""
    urls = outlet.articles.exclude(url="").order_by("-pk").values_list("url", flat=True)[:LOOKED_AT]
    taken = set(outlet.domains)
    found = Counter(own_site(url) for url in urls if not taken & set(sites_of(url)))
    found.pop("", None)
    asked = list(found)
    others = Publication.objects.filter(
        project=outlet.project_id, merged_into=None, domains__overlap=asked
    ).exclude(pk=outlet.pk)
    of = {domain: one for one in others for domain in one.domains} if asked else {}
    return [Proposal(site, n, of.get(site)) for site, n in found.most_common(20)]
