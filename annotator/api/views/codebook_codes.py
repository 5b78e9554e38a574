"""The codes of a codebook as managers keep them: made, changed, retired, moved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import codes
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.problems import understood
from annotator.api.shapes import code as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.api.shapes.search import flag, several
from annotator.intents import fields
from annotator.intents.codebook import FACETS, parse_content, parse_edit, parse_new_code
from annotator.models import Code
from annotator.queries.codes_listed import AS_MADE, codes_json, codes_like
from sources.models import Project, Role


class CodebookCodesView(ProjectView):
    @extend_schema(
        summary="List codes",
        parameters=[
            several("facet", "Of these facets alone.", list(FACETS)),
            flag("retired", "Retired ones alone, or none of them."),
            *PAGE,
        ],
        responses=page_of(shapes.CodeWhole),
    )
    def get(self, request: Request, slug: str) -> Response:
        """As they were made, merged ones too, each with the times it is used in what you may see."""
        project, role = self.enter(request, slug)
        asked = lists.Parameters(request, "retired", several=("facet",), paged=True)
        retired = asked.flag("retired") if asked.text("retired") else None
        found = codes_like(project, asked.choices("facet", FACETS), retired)
        return lists.page(asked, found, AS_MADE, lists.in_order(Code, lambda codes: codes_json(codes, role)))

    @extend_schema(
        summary="Make a code",
        request=shapes.CodeSent,
        parameters=[ETAG],
        responses={201: shapes.CodeWholeAnswer},
        examples=[shapes.A_CODE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """At the end of its facet; a new version of the codebook. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            new = parse_new_code(request.data)
        return _told(request, codes.make(by=request.user, project=project, new=new), 201)


class CodebookCodeView(ProjectView):
    @extend_schema(
        summary="Read a code",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.CodeWholeAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """With the times it is used."""
        project, role = self.enter(request, slug)
        return _told(request, _found(project, uuid), role=role)

    @extend_schema(
        summary="Change a code",
        request=shapes.CodeContentSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.CodeWholeAnswer,
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """All that it says, but for its key. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        code = _found(project, uuid)
        with understood():
            parse_content(request.data, code.facet)
            intent = parse_edit({**request.data, "version": versions.needed(request)}, code.facet)
        return _told(request, codes.edit(by=request.user, project=project, uuid=uuid, intent=intent))


class CodeStateView(ProjectView):
    @extend_schema(
        summary="Retire a code, or offer it again",
        request=shapes.CodeStateSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.CodeWholeAnswer,
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What was coded with it stays. Twice is once. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            sent = fields.mapping(request.data, "", ("retired",))
            retired = fields.flag(sent.get("retired"), "retired")
        act: Callable[..., Code] = codes.retire if retired else codes.bring_back
        return _told(request, _acted(request, act, project, uuid))


class CodeMoveView(ProjectView):
    @extend_schema(
        summary="Move a code",
        request=shapes.CodeMoveSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.CodeWholeAnswer,
    )
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """It changes places with the one before or after it. At the end of its row nothing happens. For
        managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            way = fields.mapping(request.data, "", ("way",)).get("way")
            fields.choice(way, "way", ("up", "down"))
        return _told(request, _acted(request, codes.move, project, uuid, up=way == "up"))


def _found(project: Project, uuid: UUID) -> Code:
    code = Code.objects.filter(project=project, uuid=uuid).first()
    if code is None:
        raise Http404
    return code


def _acted(request: Request, act: Callable[..., Code], project: Project, uuid: UUID, **more: Any) -> Code:
    _found(project, uuid)
    version = versions.needed(request)
    return act(by=request.user, project=project, uuid=uuid, version=version, **more)


def _told(request: Request, code: Code, status: int = 200, role: Role | None = Role.MANAGER) -> Response:
    (told,) = codes_json(Code.objects.filter(pk=code.pk), role)
    body = {"code": told}
    return versions.tagged(request, body, versions.of_all(code.version, body), status=status)
