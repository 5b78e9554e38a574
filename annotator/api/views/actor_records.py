"""The actors of a project, and one with its whole record: made, read, corrected."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import actor_records
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked, words_asked
from annotator.api.problems import understood
from annotator.api.shapes import actor as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of, words
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.api.shapes.search import several
from annotator.intents.actor_record import parse_record_of
from annotator.models import Actor, Naming
from annotator.queries import choices
from annotator.queries.actors_listed import AS_MADE, WantedActors, actors_like, record_json
from annotator.queries.actors_open import actor_open_to
from annotator.queries.annotation_json import actors_json
from annotator.queries.articles import article_of
from annotator.queries.counting import said_again
from annotator.queries.similar_actors import similar_actors
from annotator.queries.speakers import claims_by
from annotator.queries.speech_over_time import over_time, over_time_json
from sources.models import Project, Role


class ActorsView(ProjectView):
    @extend_schema(
        summary="List actors, or find some to choose from",
        parameters=[
            words("name", "Letters of a name, an alias or an affiliation."),
            several("kind", "Keys of the codebook's actor kinds."),
            several("naming", "How the texts name them.", Naming.values),
            uuid_asked("article", "The one article that anonymous actors speak in."),
            words("q", "Letters, to choose from the first that are called so.", 4000),
            words("like", "A name, to choose from those that are called alike, with the reason."),
            *PAGE,
        ],
        responses=page_of(shapes.ActorChoice),
    )
    def get(self, request: Request, slug: str) -> Response:
        """As they were made; merged ones are told as their survivors. Readers of a public project are told of
        those whom a text, an event or a claim that was handed in names.

        With `q` or `like`, of which the first 200 characters are looked at, one page of proposals instead,
        the best first; `article` then is the one in which the name stands, whose anonymous speakers may be
        meant too.
        """
        project, role = self.enter(request, slug)
        asked = lists.Parameters(
            request, "name", "article", "q", "like", several=("kind", "naming"), paged=True
        )
        if not {"q", "like"} & set(request.query_params):
            wanted = WantedActors(
                words=asked.text("name"),
                kind=asked.texts("kind"),
                naming=asked.choices("naming", Naming.values),
                article=asked.uuid("article"),
            )
            found = actors_like(project, wanted, role)
            return lists.page(asked, found, AS_MADE, lists.in_order(Actor, actors_json))
        here = asked.uuid("article")
        article = article_of(project, here) if here else None
        if "like" in request.query_params:
            told = similar_actors(project, words_asked(request, parameter="like"), article, role)
        else:
            told = choices.actors_called(project, words_asked(request), article, role)
        return Response({"results": told, "next": None, "previous": None})


class ActorOverTimeView(ProjectView):
    @extend_schema(summary="Count what an actor says along time", responses=shapes.ActorOverTime)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The claims in whose chains it stands, by the dates of their articles, each once where a text says
        it again; of one that was merged into another those of that one."""
        project, role = self.enter(request, slug)
        lists.Parameters(request)
        actor = actor_open_to(project, uuid, role)
        if actor is None:
            raise Http404
        claims = claims_by(actor.merged_into or actor, role).exclude(said_again(project.pk))
        return Response(over_time_json(over_time(claims)))


class ActorView(ProjectView):
    @extend_schema(
        summary="Read an actor's record",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.ActorAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Also of one that was merged into another, which `merged_into` names."""
        project, role = self.enter(request, slug)
        lists.Parameters(request)
        return self._told(request, project, uuid, role)

    @extend_schema(
        summary="Make or correct an actor",
        request=shapes.ActorSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.ActorAnswer, 201: shapes.ActorAnswer},
        examples=[shapes.AN_ACTOR],
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Under a UUID of the client's making. Somebody anonymous is made by marking words of an article."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            record = parse_record_of(request.data, version or 1)
        _, made = actor_records.place(
            by=request.user, project=project, uuid=uuid, record=record, version=version
        )
        return self._told(request, project, uuid, role, 201 if made else 200)

    def _told(
        self, request: Request, project: Project, uuid: UUID, role: Role | None, status: int = 200
    ) -> Response:
        actor = actor_open_to(project, uuid, role)
        if actor is None:
            raise Http404
        told, version = record_json(actor)
        body = {"actor": told}
        return versions.tagged(request, body, versions.of_all(version, body), status=status)
