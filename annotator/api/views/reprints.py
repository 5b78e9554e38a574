"""Reprints: which are likely, what differs between two texts, and what somebody says of them."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.reprints import judge, refuse_many
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page, wrong
from annotator.api.problems import refused_items, understood
from annotator.api.shapes import reprint as shapes
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.intents import fields
from annotator.intents.refusal import RefusedItems
from annotator.intents.reprint import parse_judgement, parse_refusals
from annotator.queries import reprint_json as told
from annotator.queries import reprints as query
from annotator.queries.articles import article_of
from annotator.queries.compared_texts import numbers_of, texts_side_by_side
from sources.models import Article, LikelyReprint, LikelyState, Project, Role

MOST_TEXTS = 9999


def _number(name: str, whose: str) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        {"type": "integer", "minimum": 1, "maximum": MOST_TEXTS},
        description=f"The number of {whose} text; else the one that was found alike, or the latest.",
    )


class ReprintsView(ProjectView):
    @extend_schema(
        summary="List likely reprints",
        parameters=[
            choice("state", "If not open, on which nobody has spoken.", list(LikelyState.values)),
            uuid_asked("outlet", "Who published either of the two."),
            *PAGE,
        ],
        responses=page_of(shapes.ReprintPair),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Pairs of articles whose texts are alike, those with the most wording in common first."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, "state", "outlet", paged=True)
        state = asked.choice("state", LikelyState.values, LikelyState.OPEN)
        pairs = told.by_likeness(query.likely_reprints(project, state, asked.uuid("outlet")))
        return page(asked, pairs, told.MOST_ALIKE, lambda keys: told.reprints_json(pairs, keys))

    @extend_schema(
        summary="Say of many pairs that they are no reprints",
        request=shapes.RefusalsSent,
        responses=shapes.RefusalsDone,
        examples=[shapes.TWO_REFUSED],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Of pairs as the list names them, all in one act. One on which somebody has spoken meanwhile is left
        as it is, and so is one that what was said of others holds together; one that nothing proposed is
        refused (422), and then all are."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_refusals(request.data)
        try:
            refused, keys = refuse_many(by=request.user, project=project, intent=intent)
        except RefusedItems as error:
            raise refused_items(error, 422, "refuse") from error
        pairs = LikelyReprint.objects.select_related(
            "article__publication", "original__publication", "decided_by"
        )
        return Response({"refused": refused, "results": told.reprints_json(pairs, keys)})


class ReprintView(ProjectView):
    """Two articles: the first may be the reprint, the other one its original."""

    @extend_schema(
        summary="Compare an article with what it may reprint",
        parameters=[_number("text", "the original’s"), _number("with", "the article’s")],
        responses=shapes.ReprintCompared,
    )
    def get(self, request: Request, slug: str, uuid: UUID, other: UUID) -> Response:
        """With what was said of the two, whichever way round."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, "text", "with")
        numbers = [asked.number(name, MOST_TEXTS, 0) for name in ("text", "with")]
        article, original = _both(project, uuid, other)
        said = query.said_of(article, original)
        wanted = [str(number) if number else "" for number in numbers]
        first, second = texts_side_by_side(original, article, said, (wanted[0], wanted[1]))
        if first is None or second is None:
            raise Http404
        compared = told.comparison_json(query.comparison(first, second))
        return Response({"said": told.reprint_json(said) if said else None, "texts": compared})

    @extend_schema(
        summary="Say whether an article reprints another",
        request=shapes.ReprintSent,
        responses=shapes.ReprintJudged,
        examples=[shapes.A_REPRINT],
    )
    def post(self, request: Request, slug: str, uuid: UUID, other: UUID) -> Response:
        """`reprint`: it is one, and the two count as one source; `same_article`: another text of the same;
        `swap`: the other one reprints it; `not`: they are no reprints and are not proposed again; `undo`
        takes back what was said."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_judgement(fields.mapping(request.data, "", ("do",)).get("do"))
        article, original = _both(project, uuid, other)
        row = judge(by=request.user, article=article, original=original, intent=intent)
        return Response({"said": told.reprint_json(LikelyReprint.objects.get(pk=row.pk))})


class TextsComparedView(ProjectView):
    @extend_schema(
        summary="Compare two texts of an article",
        parameters=[
            OpenApiParameter(
                name,
                {"type": "integer", "minimum": 1, "maximum": MOST_TEXTS},
                description=f"A number; else the {which} text’s.",
            )
            for name, which in (("text", "last but one"), ("with", "last"))
        ],
        responses=shapes.TextsCompared,
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What the second does with the first, sentence by sentence. 404 where it has one text alone."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, "text", "with")
        article = article_of(project, uuid)
        last = numbers_of(article)[-2:] if article else []
        if article is None or len(last) < 2:
            raise Http404
        numbers = [
            asked.number(name, MOST_TEXTS, number)
            for name, number in zip(("text", "with"), last, strict=True)
        ]
        if numbers[0] == numbers[1]:
            raise wrong("with", "two_texts", "is the same text")
        first, second = (query.text_of(article, str(number)) for number in numbers)
        if first is None or second is None:
            raise Http404
        return Response(told.comparison_json(query.comparison(first, second)))


def _both(project: Project, uuid: UUID, other: UUID) -> tuple[Article, Article]:
    """Raises Http404, of one article alone too."""
    article, original = article_of(project, uuid), article_of(project, other)
    if article is None or original is None or article.pk == original.pk:
        raise Http404
    return article, original
