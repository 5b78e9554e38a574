"""Events: a list, one with all that is known of it, and which date an article's words may mean."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import events
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import storable, version_asked, words_asked
from annotator.api.problems import understood
from annotator.api.shapes import event as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, choice, page_of, words
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.intents.event import parse_event_edit
from annotator.models import Event, Factuality
from annotator.queries import choices
from annotator.queries.articles import article_of
from annotator.queries.date_proposals import date_meant
from annotator.queries.event_json import events_json
from annotator.queries.events import WantedEvents, event_open_to, events_like, spans_in_text
from annotator.queries.events_listed import AS_MADE, listed_json
from sources.models import Project, Role


class EventsView(ProjectView):
    @extend_schema(
        summary="List events, or find some to choose from",
        parameters=[
            words("words", "In its label or its note."),
            words("type", "The key of an event type.", 60),
            words("place", "In its place."),
            words("from", "A day: what ended before is left out.", 60),
            words("to", "A day: what began after is left out.", 60),
            uuid_asked("participant", "Who took part."),
            uuid_asked("article", "Which mentions it."),
            choice("as", "As what some text tells it.", Factuality.values),
            words("q", "Words, to choose from the first whose label holds them or some of them."),
            *PAGE,
        ],
        responses=page_of(shapes.EventListed),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Those that something speaks of, as they were made; merged ones are told as their survivors. With
        `q`, one page of proposals instead, the best first."""
        project, role = self.enter(request, slug)
        one = ("words", "type", "place", "from", "to", "participant", "article", "as", "q")
        asked = lists.Parameters(request, *one, paged=True)
        if "q" in request.query_params:
            told = choices.events_called(project, words_asked(request), role)
            return Response({"results": told, "next": None, "previous": None})
        wanted = WantedEvents(
            words=asked.text("words"),
            type=asked.text("type", 60),
            place=asked.text("place"),
            first=asked.day("from"),
            last=asked.day("to"),
            participant=asked.uuid("participant"),
            article=asked.uuid("article"),
            factuality=asked.choice("as", Factuality.values),
        )
        found = events_like(project, wanted, role)
        return lists.page(asked, found, AS_MADE, lambda keys: listed_json(project, keys, role))


class EventView(ProjectView):
    @extend_schema(
        summary="Read an event",
        parameters=[
            uuid_asked("text", "A text, whose words that its slots were read from are told."),
            IF_NONE_MATCH,
            ETAG,
        ],
        responses={200: shapes.EventAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """One that was merged into another is told as that one."""
        project, role = self.enter(request, slug)
        found = event_open_to(project, uuid, role)
        if found is None:
            raise Http404
        return _answer(request, project, found, request.query_params.get("text", ""))

    @extend_schema(
        summary="Make or change an event",
        request=shapes.EventSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.EventAnswer, 201: shapes.EventAnswer},
        examples=[shapes.AN_EVENT],
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Under a UUID of the client's making. It stands in lists once an annotation mentions it."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_event_edit(request.data)
        event, made = events.place(
            by=request.user, project=project, uuid=uuid, intent=intent, version=version
        )
        return _answer(request, project, event, str(intent.snapshot or ""), 201 if made else 200)


def _answer(request: Request, project: Project, event: Event, text: str, status: int = 200) -> Response:
    told = events_json(Event.objects.filter(pk=event.pk))[0]
    body = {"event": told, "also": spans_in_text(project, event, _uuid(text))}
    return versions.tagged(request, body, versions.of_all(told["version"], body), status=status)


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


class DateWordsView(ProjectView):
    """`?words=` of `?article=` (its UUID): {"date", "reason"}, both null where nothing can be proposed."""

    @extend_schema(
        summary="Propose which date words mean",
        parameters=[words("words", "As they stand there.", 300), uuid_asked("article", "Where they stand.")],
        responses=shapes.DateMeant,
    )
    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug)
        said = storable(request.query_params.get("words", ""), "words")[:300]
        article = (
            article_of(project, uuid) if (uuid := _uuid(request.query_params.get("article", ""))) else None
        )
        if article is None:
            raise Http404
        found = date_meant(said, article)
        return Response({"date": found and found.date, "reason": found and found.reason})
