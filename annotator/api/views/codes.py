"""Making a topic or a concept while reading: similar ones are shown first; and taking it back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import codes
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked, words_asked
from annotator.api.problems import refused, understood
from annotator.api.shapes import code as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH
from annotator.api.shapes.page import choice, words
from annotator.intents.codebook import MINTED, longest_name, parse_new_code
from annotator.intents.refusal import Refused, VersionNeeded
from annotator.models import Code
from annotator.queries.codebook import made_by
from annotator.queries.room_payload import code_json
from annotator.queries.similar_codes import similar_to
from annotator.queries.standing import may
from sources.models import Role


@extend_schema_view(
    get=extend_schema(
        summary="Find codes that are called alike",
        parameters=[choice("facet", "Of which.", list(MINTED)), words("q", "A name.", 4000)],
        responses=shapes.SimilarCodes,
    ),
    post=extend_schema(
        summary="Make a topic or a concept while reading",
        request=shapes.MintedCode,
        parameters=[ETAG],
        responses={201: shapes.MintedAnswer},
    ),
)
class CodesView(ProjectView):
    """`?facet=topic|concept&q=` words: {"results": [CODE with "score" and "reason"]}, the most alike first.

    A retired one has "returns": whether the caller may offer it again, which making one of its name does.

    POST {"facet", "name", "definition"} makes one: 201 and {"code": CODE, "returned"}; "returned" says that
    it was there, retired, and is offered again. A name that is another's but for accents, case and
    punctuation is refused (422, rule "similar").
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug, Role.VIEWER)
        manages = may(project, role, Role.MANAGER)
        facet = _facet(request.query_params.get("facet"))
        found = similar_to(project, facet, words_asked(request, longest_name(facet)))
        told = []
        for one in found:
            alike = {"score": round(one.alike.score, 2), "reason": one.alike.reason}
            if one.code.retired_at is not None:
                alike["returns"] = codes.may_return(one.code, request.user, manages)
            told.append({**code_json(one.code), **alike})
        return Response({"results": told})

    def post(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            new = parse_new_code(request.data)
            _facet(new.facet)
        manages = may(project, role, Role.MANAGER)
        made, returned = codes.mint(by=request.user, project=project, new=new, manages=manages)
        return _told(made, 201, returned=returned)


@extend_schema_view(
    delete=extend_schema(
        summary="Take back a code that was made while reading",
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.CodeAnswer},
    ),
)
class CodeView(ProjectView):
    """DELETE takes a code back that was made while reading: it is retired, as long as no claim has it. For
    whoever made it, and for managers, with `If-Match`. Both this and bringing it back twice is once."""

    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        code, version = _own(self, request, slug, uuid)
        return _told(codes.take_back(by=request.user, project=code.project, uuid=uuid, version=version))


@extend_schema_view(
    post=extend_schema(
        summary="Bring back a code that was made while reading",
        request=None,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.CodeAnswer,
    ),
)
class RestoredCodeView(ProjectView):
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        code, version = _own(self, request, slug, uuid)
        _facet(code.facet)
        return _told(codes.bring_back(by=request.user, project=code.project, uuid=uuid, version=version))


def _own(view: ProjectView, request: Request, slug: str, uuid: UUID) -> tuple[Code, int]:
    """A code that the caller made or manages, and the version that is asked about."""
    project, role = view.enter(request, slug, Role.ANNOTATOR)
    code = Code.objects.filter(project=project, uuid=uuid).select_related("project").first()
    if code is None:
        raise Http404
    if not may(project, role, Role.MANAGER) and not made_by(code, request.user):
        raise PermissionDenied("Only a manager takes back what somebody else made.")
    version = version_asked(request)
    if version is None:
        raise VersionNeeded
    return code, version


def _told(code: Code, status: int = 200, **more: Any) -> Response:
    told = code_json(code) | {"uuid": str(code.uuid), "facet": code.facet, "version": code.version}
    return Response({"code": told, **more}, status=status, headers={"ETag": f'"{code.version}"'})


def _facet(asked: str | None) -> str:
    """Raises Refused for a facet whose codes are made by managers, in the codebook's own pages."""
    if asked not in MINTED:
        raise refused(Refused("facet", "choice", f"must be one of {', '.join(MINTED)}"), 400)
    return str(asked)
