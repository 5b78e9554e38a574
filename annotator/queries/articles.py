"""A project's articles with what has been done on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Count, Exists, F, Func, Max, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Length

from annotator.detect.search import Sought, Term, as_tsquery, hits
from annotator.models import Claim, Status
from sources.models import INCOMPLETE, Article, Project, Publication, Role, Sentence, Snapshot, TextWords

from .visibility import seen_by
from .worded import matching

ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "date": (F("published_min").desc(nulls_last=True), "-pk"),
    "-date": (F("published_min").asc(nulls_last=True), "pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "outlet": (F("publication__name").asc(nulls_last=True), "title", "pk"),
    "-outlet": (F("publication__name").desc(nulls_last=True), "title", "pk"),
    "added": ("-pk",),
}


@dataclass(frozen=True)
class ArticleRow:
    """`claims` counts the claims that stand by status; `sentences` those of the latest text."""

    article: Article
    sentences: int
    claims: dict[str, int]

    @property
    def lacks(self) -> list[str]:
        """In words, what it lacks to be cited in full."""
        return [words for _, words in lacking(self.article)]

    @property
    def n_claims(self) -> int:
        return sum(self.claims.values())


def lacking(article: Article) -> list[tuple[str, str]]:
    """What a record lacks to be cited in full, as INCOMPLETE asks it: the field, and it in words."""
    wanted = (
        (article.authors or article.publication_id, "authors", "author or outlet"),
        (article.published or article.accessed, "published", "date"),
        (article.url or article.archive_url, "url", "address"),
    )
    return [(field, words) for told, field, words in wanted if not told]


SHOWN = {
    "": "All articles",
    "without": "Without claims",
    "waiting": "With claims waiting",
    "incomplete": "Incomplete records",
}


def articles_like(
    project: Project,
    sought: Sought | None = None,
    order: str = "date",
    only: str = "",
    role: Role | None = Role.VIEWER,
) -> QuerySet[Article]:
    """Articles in whose title, outlet or text stands every word that is sought, and none that must not be;
    `order` is a key of ORDERS, `only` of SHOWN, as a visitor of that role may know it: to whom drafts are not
    shown, an article with nothing else is one without claims."""
    articles = Article.objects.filter(project=project).select_related(
        "publication", "original_publication", "reprint_of__publication"
    )
    if sought:
        for term in sought.terms:
            articles = articles.filter(pk__in=_holding(project, term))
        for term in sought.without:
            articles = articles.exclude(pk__in=_holding(project, term))
    of_it = Claim.objects.filter(annotation__snapshot__article=OuterRef("pk"), withdrawn_at=None)
    claims = of_it.filter(seen_by(role))
    if only == "without":
        articles = articles.filter(~Exists(claims))
    elif only == "waiting":
        articles = articles.filter(Exists(claims.filter(status=Status.SUBMITTED)))
    elif only == "incomplete":
        articles = articles.filter(INCOMPLETE)
    return articles.order_by(*ORDERS[order])


def _holding(project: Project, term: Term) -> QuerySet[Any]:
    """The keys of the articles whose text, title or outlet holds it: each asked of its own index."""
    asked = as_tsquery(Sought((term,)))
    of_project = Article.objects.filter(project=project).order_by()
    texts = TextWords.objects.filter(matching("words", asked), project=project)
    outlets = Publication.objects.filter(matching(_words_of("name"), asked), project=project)
    return texts.values("snapshot__article").union(
        of_project.filter(matching(_words_of("title"), asked)).values("pk"),
        of_project.filter(publication__in=outlets.values("pk")).values("pk"),
    )


def _words_of(column: str) -> Func:
    return Func(F(column), Value("D"), function="sourceline_words", output_field=SearchVectorField())


AROUND = 90
"""Code points of a text on either side of what was found in it."""


def where_found(articles: Iterable[Article], sought: Sought) -> dict[int, str]:
    """By article, what stands around the first place in its latest text with one of the words, the title
    apart, which its text may begin with. One query."""
    if not sought.terms:
        return {}
    titles = {article.pk: article.title for article in articles}
    latest = Snapshot.objects.filter(article__in=list(titles)).order_by("article", "-number")
    found = {}
    for article, text in latest.distinct("article").values_list("article", "text"):
        around = (_around(text, *place) for place in hits(text, sought))
        if told := next((words for words in around if words != titles[article].strip()), ""):
            found[article] = told
    return found


def _around(text: str, start: int, end: int) -> str:
    """Of its line, cut at blanks."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - AROUND > first:
        first = text.find(" ", start - AROUND, start) + 1 or start - AROUND
    before = "… " if first and text[first - 1] != "\n" else ""
    if end + AROUND < last:
        last = text.rfind(" ", end, end + AROUND)
        last = end + AROUND if last < 0 else last
    after = " …" if last < len(text) and text[last] != "\n" else ""
    return f"{before}{text[first:last].strip()}{after}"


def incomplete_records(project: Project) -> int:
    """How many articles could not be cited in full; counted in an index of these alone."""
    return Article.objects.filter(INCOMPLETE, project=project).count()


def first_incomplete(besides: Article) -> Article | None:
    """The first in the list's own order that could not be cited in full, this one apart."""
    found = Article.objects.filter(INCOMPLETE, project=besides.project_id).exclude(pk=besides.pk)
    return found.order_by(*ORDERS["date"]).first()


def neighbours(article: Article, among: Q | None = None) -> tuple[Article | None, Article | None]:
    """The articles before and after this one in the list's own order, by date; `among` leaves some out.
    Two queries."""
    day, pk = article.published_min, article.pk
    others = Article.objects.filter(among or Q(), project=article.project_id)
    others = others.only("uuid", "title", "language")
    if day is None:
        before = Q(published_min__isnull=False) | Q(published_min=None, pk__gt=pk)
        after = Q(published_min=None, pk__lt=pk)
    else:
        before = Q(published_min__gt=day) | Q(published_min=day, pk__gt=pk)
        after = Q(published_min__lt=day) | Q(published_min=None) | Q(published_min=day, pk__lt=pk)
    return (
        others.filter(before).order_by(F("published_min").asc(nulls_first=True), "pk").first(),
        others.filter(after).order_by(*ORDERS["date"]).first(),
    )


def rows(articles: list[Article], role: Role | None = None) -> list[ArticleRow]:
    """The articles of one page with what a visitor of that role may count, in two queries more."""
    sentences = dict(
        Sentence.objects.filter(
            snapshot__article__in=articles, segmentation=F("snapshot__current_segmentation")
        )
        .values("snapshot__article", "snapshot__number")
        .annotate(n=Count("pk"))
        .order_by("snapshot__number")
        .values_list("snapshot__article", "n")
    )
    claims: dict[int, dict[str, int]] = {}
    counted = (
        Claim.objects.filter(seen_by(role), annotation__snapshot__article__in=articles, withdrawn_at=None)
        .values("annotation__snapshot__article", "status")
        .annotate(n=Count("pk"))
        .values_list("annotation__snapshot__article", "status", "n")
    )
    for article, status, n in counted:
        claims.setdefault(article, dict.fromkeys(Status.values, 0))[status] = n
    return [
        ArticleRow(article, sentences.get(article.pk, 0), claims.get(article.pk, {})) for article in articles
    ]


def article_of(project: Project, uuid: UUID) -> Article | None:
    return articles_like(project).filter(uuid=uuid).first()


def texts_of(article: Article) -> QuerySet[Snapshot]:
    """The article's captured texts without their words, the latest first; `file_name`, `raw_sha256` and
    `raw_size` (bytes) are of what each was read from."""
    found = article.snapshots.defer("text").annotate(
        file_name=Max("captures__file_name"),
        raw_sha256=Max("captures__sha256"),
        raw_size=Max(Length("captures__raw")),
    )
    return found.order_by("-number")
