"""The codebook as a file: saved, and one that is sent carried out, or only looked at."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import codebook_import
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import Problem, understood
from annotator.api.shapes import code as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.search import flag
from annotator.attachments import to_save
from annotator.intents.codebook_file import CodebookFile, parse_file, written
from annotator.intents.codebook_plan import Plan, plan
from annotator.intents.refusal import Stale
from annotator.queries.codebook import content_of, newest_version
from sources.models import Role

RETIRE = flag("retire_missing", "Retire what the facets of the file do not name.")


class CodebookFileView(ProjectView):
    @extend_schema(
        summary="Save the codebook as a file",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.CodebookFileShape, 304: None},
    )
    def get(self, request: Request, slug: str) -> Response:
        """As docs/codebook-file.md describes it: what can be sent to another project."""
        project, _ = self.enter(request, slug)
        lists.Parameters(request)
        number = newest_version(project)
        told = json.loads(written(content_of(project), project.name, number))
        answer = versions.tagged(request, told, versions.of_all(number, told))
        name = f"{project.slug}-codebook-{number}.json"
        return to_save(answer, name)

    @extend_schema(
        summary="Change the codebook as a file says",
        request=shapes.CodebookFileShape,
        parameters=[RETIRE, IF_MATCH, ETAG],
        responses=shapes.PlanShape,
        examples=[shapes.A_CODEBOOK],
    )
    def put(self, request: Request, slug: str) -> Response:
        """All of it in one new version, or nothing. `If-Match` names the version of the codebook that the
        plan was looked at for; without it, whatever the codebook is by now. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        retire = _retires(request)
        version = version_asked(request)
        with understood():
            file = _sent(request.data)
        try:
            done = codebook_import.apply(
                by=request.user, project=project, file=file, retire_missing=retire, version=version
            )
        except Stale as error:
            raise Problem(
                412, f"The codebook has version {error.current} by now: look at the plan again."
            ) from error
        told = _told(done)
        return Response(told, headers={"ETag": f'"{newest_version(project)}"'})


class CodebookPlanView(ProjectView):
    @extend_schema(
        summary="Look at what a codebook file would change",
        request=shapes.CodebookFileShape,
        parameters=[RETIRE],
        responses=shapes.PlanShape,
        examples=[shapes.A_CODEBOOK],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Nothing is stored. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        retire = _retires(request)
        with understood():
            file = _sent(request.data)
        return Response(
            _told(plan(file, content_of(project), newest_version(project), retire_missing=retire))
        )


def _retires(request: Request) -> bool:
    return lists.Parameters(request, "retire_missing").flag("retire_missing")


def _sent(value: Any) -> CodebookFile:
    return parse_file(json.dumps(value, ensure_ascii=False))


def _told(made: Plan) -> dict[str, Any]:
    return {
        "version": made.version,
        "steps": [
            {"act": one.act, "facet": one.facet, "key": one.key, "name": one.name} for one in made.steps
        ],
        "notes": list(made.notes),
    }
