"""All that was changed in a project: who changed what, when, in words, as a list and as a file."""

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.files import RENDERERS, streamed
from annotator.api.lists import Parameters, page, wrong
from annotator.api.shapes.changes_made import ChangeMade
from annotator.api.shapes.page import PAGE, choice, page_of, uuid, words
from annotator.exchange.exporters.history_files import FORMS
from annotator.queries import project_history as query
from annotator.queries.history_json import entries_json
from annotator.queries.history_kinds import KINDS
from sources.models import Project, Role, User

HISTORY = (
    words("person", "By whom: the name that they sign in with.", 150),
    choice("kind", "Of what.", list(KINDS)),
    words("since", "From that day on (UTC).", 10),
    words("until", "Until that day, it included.", 10),
    uuid("article", "Of that article’s record and the parts of its texts."),
    uuid("mark", "Of that annotation, with what it marks."),
    words("member", "What was done to that member’s standing: the name that they sign in with.", 150),
)


class ProjectHistoryView(ProjectView):
    @extend_schema(
        summary="List all that was changed", parameters=[*PAGE, *HISTORY], responses=page_of(ChangeMade)
    )
    def get(self, request: Request, slug: str) -> Response:
        """One change of one row each, the latest first; what meets every condition. For members; e-mail
        addresses of invited people are told to managers alone."""
        project, role = self.enter(request, slug, Role.VIEWER)
        parameters = Parameters(request, *(one.name for one in HISTORY), paged=True)
        changes = query.changes_in(project, _asked(parameters, project))
        return page(
            parameters, changes, query.LATEST, lambda keys: entries_json(query.entries(project, keys, role))
        )


class ProjectHistoryFileView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(
        summary="Download all that was changed",
        parameters=[*HISTORY, choice("form", "`jsonl` (the default) or `csv`.", list(FORMS))],
        responses={
            (200, media_type.partition(";")[0]): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")
            for _, media_type in FORMS.values()
        },
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """The same changes, the oldest first: a record a line, with each row as it was stored before and
        after. In CSV a cell that a spreadsheet might take for a formula has an apostrophe before it. For
        members."""
        project, role = self.enter(request, slug, Role.VIEWER)
        parameters = Parameters(request, *(one.name for one in HISTORY), "form")
        form = parameters.choice("form", FORMS, "jsonl")
        changes = query.changes_in(project, _asked(parameters, project))
        write, media_type = FORMS[form]
        return streamed(write(query.exported(changes, role)), f"{project.slug}-history.{form}", media_type)


def _asked(parameters: Parameters, project: Project) -> query.Asked:
    """Raises Problem (400), naming the parameter."""
    first, last = parameters.day("since"), parameters.day("until")
    if first and last and first > last:
        raise wrong("until", "order", "ends the period before it begins")
    named = {one: parameters.text(one, 150) for one in ("person", "member")}
    people = {one.username: one for one in query.people_of(project)} if any(named.values()) else {}
    return query.Asked(
        person=_one_of(people, "person", named["person"]),
        kind=parameters.choice("kind", KINDS),
        first=first,
        last=last,
        article=parameters.uuid("article"),
        mark=parameters.uuid("mark"),
        member=_one_of(people, "member", named["member"]),
    )


def _one_of(people: dict[str, User], name: str, said: str) -> User | None:
    if said and said not in people:
        raise wrong(name, "known", "names nobody who is or was a member")
    return people[said] if said else None
