"""Articles: the list, taking in a text, one record and correcting it; and the texts of one."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotator.actions.article_records import correct, take_in_text
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.problems import understood
from annotator.api.shapes.article import Article, ArticleRecord, NewArticle, TakenIn, Text
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, choice, page_of, uuid, words
from annotator.detect.search import parse_search
from annotator.intents.article import parse_article, parse_record
from annotator.queries import article_json as query
from annotator.queries.articles import SHOWN, article_of, articles_like
from sources import models
from sources.actions.disk_room import require_room
from sources.models import Project, Role

ONLY = [key for key in SHOWN if key]
BRIDGE = OpenApiExample(
    "A short article",
    {
        "text": "Velm bridge closed\n\nThe bridge stays shut for nine days, the harbour office said.",
        "outlet": "The Velm Courier",
        "published": "2025-03-14",
        "url": "https://courier.example/bridge",
    },
    request_only=True,
)


class ArticlesView(ProjectView):
    """The articles of a project."""

    @extend_schema(
        summary="List articles",
        parameters=[
            *PAGE,
            words("q", "Words of title, outlet or text, as in the search of the pages.", 500),
            choice("only", "Articles without claims, with claims that wait, with incomplete records.", ONLY),
            uuid("outlet", "Of this outlet."),
            words("language", "A language tag, such as `en`.", 35),
            choice("order", "`added` (the default) or `published`, the newest first.", list(query.ORDERS)),
        ],
        responses=page_of(Article),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Records with what was done on them. Numbers of claims are those that you may see."""
        project, role = self.enter(request, slug)
        asked = Parameters(request, "q", "only", "outlet", "language", "order", paged=True)
        order = asked.choice("order", query.ORDERS, "added")
        sought, only = parse_search(asked.text("q", 500)), asked.choice("only", ONLY)
        found = articles_like(project, sought, only=only, role=role)
        if outlet := asked.uuid("outlet"):
            found = found.filter(publication__uuid=outlet)
        if language := asked.text("language", 35):
            found = found.filter(language=language)
        return page(
            asked,
            query.ordered(found),
            query.ORDERS[order],
            lambda keys: query.articles_json(project, keys, role),
        )

    @extend_schema(
        summary="Take in a text",
        parameters=[ETAG],
        request=NewArticle,
        responses={201: TakenIn, 200: TakenIn},
        examples=[BRIDGE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """An article handed over as text, at once; files and addresses are handed over as an intake. What is
        said beside the text stands in place of what is read off its head. 200 where this very text from this
        outlet or address is here already (`outcome` is `known`): sending twice is sending once. `Location` is
        the article’s record, and the `ETag` its version, to correct it by."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_article(request.data)
        require_room()
        taken = take_in_text(by=request.user, project=project, intent=intent)
        (article,) = query.articles_json(project, [taken.article.pk], role)
        (text,) = query.texts_json(taken.article, [taken.snapshot.pk])
        told = {"outcome": taken.outcome, "note": taken.note, "article": article, "text": text}
        where = reverse("api:article", args=[slug, article["uuid"]], request=request)
        version = versions.of_all(article["version"], article)
        code = 200 if taken.outcome == "known" else 201
        return versions.tagged(request, told, version, status=code, Location=where)


class ArticleView(ProjectView):
    """One article's bibliographic record."""

    @extend_schema(
        summary="Read an article's record",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: Article, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        Parameters(request)
        (told,) = query.articles_json(project, [_found(project, uuid).pk], role)
        return versions.tagged(request, told, versions.of_all(told["version"], told))

    @extend_schema(
        summary="Correct an article's record",
        parameters=[IF_MATCH, ETAG],
        request=ArticleRecord,
        responses=Article,
        examples=[OpenApiExample("Its day", {"published": "14 March 2025"}, request_only=True)],
    )
    def patch(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What is sent is changed, the rest stays; texts stay as they were captured. Dates are EDTF or in
        words."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version = versions.needed(request)
        with understood():
            intent = parse_record(request.data)
        article = correct(by=request.user, article=_found(project, uuid), version=version, intent=intent)
        (told,) = query.articles_json(project, [article.pk], role)
        return versions.tagged(request, told, versions.of_all(told["version"], told))


class TextsView(ProjectView):
    """The texts of an article, each as it was captured."""

    @extend_schema(summary="List an article's texts", parameters=[*PAGE], responses=page_of(Text))
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The first one first, without their words: those are at the text's own address."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, paged=True)
        article = _found(project, uuid)
        return page(
            asked, article.snapshots.all(), query.BY_NUMBER, lambda keys: query.texts_json(article, keys)
        )


def _found(project: Project, uuid: UUID) -> models.Article:
    """Raises Http404."""
    article = article_of(project, uuid)
    if article is None:
        raise Http404
    article.project = project
    return article
