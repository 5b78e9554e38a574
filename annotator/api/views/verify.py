"""A dataset that somebody sends, checked by the very program that lies in it. Nothing of it is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import IO, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotator.api.access import ApiView
from annotator.api.authentication import token_of
from annotator.api.problems import Problem
from annotator.api.shapes.release import DatasetChecked
from annotator.exchange.checked import Busy, check, received
from annotator.exchange.comparison import compare
from annotator.queries.known_releases import known_release
from sources.models import Scope

PIECE = 1024 * 1024  # bytes


class ZipParser(BaseParser):
    """The body as a stream: it is read piece by piece into a file."""

    media_type = "application/zip"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> IO[bytes]:
        return stream


class VerifyView(ApiView):
    parser_classes = [ZipParser]

    @extend_schema(
        summary="Check a dataset",
        request={"application/zip": OpenApiTypes.BINARY},
        responses=DatasetChecked,
    )
    def post(self, request: Request) -> Response:
        """The ZIP of a release as the body. 422 where it took more than there is for one file here; 503 while
        another one is being checked."""
        self.signed_in(request, Scope.READ)
        try:
            told = _looked_at(request)
        except Busy:
            said = "Another dataset is being checked at the moment. Try again in a minute."
            raise Problem(503, said) from None
        return Response(told, status=422 if told["stopped"] else 200)


def _pieces(stream: Any) -> Iterator[bytes]:
    """Of a request without a body there is no stream."""
    while hasattr(stream, "read") and (piece := stream.read(PIECE)):
        yield piece


def _looked_at(request: Request) -> dict[str, Any]:
    with received(_pieces(request.data)) as path:
        checked = check(path)
        known = known_release(request.user, sha256=checked.sha256, name=checked.of.get("name", ""))
        token = token_of(request)
        if known and token and token.one_project not in (None, known.release.project.uuid):
            known = None
        told = asdict(checked) | {"known": None, "same": False, "contradicted": [], "changed": []}
        told["problems"], told["notes"] = [asdict(one) for one in checked.problems], list(checked.notes)
        if known is not None:
            where = [known.release.project.slug, known.release.number]
            told |= {"known": reverse("api:release", args=where, request=request), "same": known.same}
        if known is not None and known.member and checked.ok:
            compared = compare(path, known.release.project)
            told |= {"contradicted": compared.contradicted, "changed": compared.changed}
        return told
