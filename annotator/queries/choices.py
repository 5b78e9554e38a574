"""Actors and events to choose from while annotating, by some of their letters."""

from django.db.models import F, Q
from django.db.models.functions import Lower

from annotator.models import Actor
from sources.models import Article, Project, Role

from .actors_open import actors_open_to
from .annotation_json import Json, actors_json
from .event_twins import events_worded
from .speakers import anonymous_in

FOUND_AT_MOST = 20


def actors_called(
    project: Project, words: str, article: Article | None = None, role: Role | None = Role.VIEWER
) -> list[Json]:
    """Actors whose name or alias contains `words`; those that begin with it first, of those whom a visitor of
    that role is told of. Anonymous ones of other articles than `article` are left out: they cannot be chosen
    there."""
    of_project = Actor.objects.filter(project=project)
    named = Q(pk__in=of_project.filter(name__icontains=words).values("survivor")) | Q(
        pk__in=of_project.filter(aliases__name__icontains=words).values("survivor")
    )
    here = Q(pk__in=anonymous_in(article.pk, role).values("pk")) if article else Q()
    actors = actors_open_to(project, role).filter(named, Q(article=None) | here, merged_into=None)
    first = actors.alias(folded=Lower("name")).order_by(F("folded").asc())[:FOUND_AT_MOST]
    begins = words.lower()
    found = actors_json(Actor.objects.filter(pk__in=[actor.pk for actor in first]))
    return sorted(found, key=lambda actor: not actor["name"].lower().startswith(begins))


def events_called(project: Project, words: str, role: Role | None = Role.VIEWER) -> list[Json]:
    """Events whose label holds `words` first, then those that share some of them in label or place."""
    return events_worded(project, words, FOUND_AT_MOST, role)
