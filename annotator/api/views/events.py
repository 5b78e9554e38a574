"""One event with all that is known of it, and which date an article's words may mean."""

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import events
from annotator.api.access import ProjectView
from annotator.api.parsing import storable, version_asked
from annotator.api.problems import understood
from annotator.intents.event import parse_event_edit
from annotator.models import Event
from annotator.queries.articles import article_of
from annotator.queries.date_proposals import date_meant
from annotator.queries.event_json import events_json
from annotator.queries.events import event_called, spans_in_text
from sources.models import Project, Role


class EventView(ProjectView):
    """`?text=` the UUID of a text: `also` then holds the words in it that the slots were read from."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug)
        found = event_called(project, uuid)
        if found is None:
            raise Http404
        return _answer(project, found, request.query_params.get("text", ""))

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_event_edit(request.data)
        try:
            event, _ = events.edit(
                by=request.user, project=project, uuid=uuid, intent=intent, version=version
            )
        except Event.DoesNotExist:
            raise Http404 from None
        return _answer(project, event, str(intent.snapshot or ""))


def _answer(project: Project, event: Event, text: str) -> Response:
    told = events_json(Event.objects.filter(pk=event.pk))[0]
    body = {"event": told, "also": spans_in_text(project, event, _uuid(text))}
    return Response(body, headers={"ETag": f'"{told["version"]}"'})


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


class DateWordsView(ProjectView):
    """`?words=` of `?article=` (its UUID): {"date", "reason"}, both null where nothing can be proposed."""

    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug)
        words = storable(request.query_params.get("words", ""), "words")[:300]
        article = (
            article_of(project, uuid) if (uuid := _uuid(request.query_params.get("article", ""))) else None
        )
        if article is None:
            raise Http404
        found = date_meant(words, article)
        return Response({"date": found and found.date, "reason": found and found.reason})
