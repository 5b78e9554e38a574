"""Making a topic or a concept while reading: similar ones are shown first."""

from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import codes
from annotator.api.access import ProjectView
from annotator.api.parsing import words_asked
from annotator.api.problems import refused, understood
from annotator.intents.codebook import MINTED, longest_name, parse_new_code
from annotator.intents.refusal import Refused
from annotator.queries.room_payload import code_json
from annotator.queries.similar_codes import similar_to
from sources.models import Role


class CodesView(ProjectView):
    """`?facet=topic|concept&q=` words: {"results": [CODE with "score" and "reason"]}, the most alike first.

    POST {"facet", "name", "definition"} makes one: 201 and {"code": CODE}. A name that is another's but for
    accents, case and punctuation is refused (422, rule "similar").
    """

    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        facet = _facet(request.query_params.get("facet"))
        found = similar_to(project, facet, words_asked(request, longest_name(facet)))
        told = [
            {**code_json(one.code), "score": round(one.alike.score, 2), "reason": one.alike.reason}
            for one in found
        ]
        return Response({"results": told})

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            new = parse_new_code(request.data)
            _facet(new.facet)
        made = codes.mint(by=request.user, project=project, new=new)
        return Response({"code": code_json(made)}, status=201)


def _facet(asked: str | None) -> str:
    """Raises Refused for a facet whose codes are made by managers, in the codebook's own pages."""
    if asked not in MINTED:
        raise refused(Refused("facet", "choice", f"must be one of {', '.join(MINTED)}"), 400)
    return str(asked)
