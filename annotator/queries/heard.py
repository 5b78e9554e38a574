"""What is kept of speakers, brought up to date before it is read.

The numbers are those of `speakers.speakers` and `independent.sources_of_speakers`, which count them anew and
so say what they mean; `sourceline_hear` in the database counts the articles again in which something has
changed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, QuerySet

from annotator.models import Actor, Heard, HeardMark
from sources.models import Project, Role

if TYPE_CHECKING:
    from .speakers import Speaker


def bring_up_to_date(project: int) -> None:
    """Count again what has changed in the project of that key since it was counted last. One query; some more
    where thousands of articles have changed, each below what a statement may take, and what it counted stays.
    """
    _heard("SELECT sourceline_hear(%s)", project)


def bring_up_to_date_of(actors: list[int]) -> None:
    """The same for actors of one project. No query where there are none."""
    if actors:
        _heard("SELECT sourceline_hear(project_id) FROM annotator_actor WHERE id = %s", actors[0])


def _heard(statement: str, key: int) -> None:
    """Asked again as long as it says that there may be more."""
    with connection.cursor() as cursor:
        while cursor.execute(statement, [key]).fetchone() == (True,):
            pass


def bring_all_up_to_date() -> None:
    """The same in every project that has marks, each by itself."""
    for project in HeardMark.objects.order_by("project").values_list("project", flat=True).distinct():
        bring_up_to_date(project)


def heard(project: Project, role: Role | None = None) -> "QuerySet[Speaker]":
    """As `speakers.speakers` finds and counts them, of all claims that a visitor of that role sees. One query
    besides."""
    bring_up_to_date(project.pk)
    return (
        Actor.objects.filter(project=project, heard__drafts=role is not None)
        .select_related("kind", "article__publication")
        .annotate(
            n_claims=F("heard__n_claims"),
            n_passed_on=F("heard__n_passed_on"),
            n_articles=F("heard__n_articles"),
            n_outlets=F("heard__n_outlets"),
            n_reviewed=F("heard__n_reviewed"),
            first=F("heard__first"),
            last=F("heard__last"),
            first_date=F("heard__first_date"),
            last_date=F("heard__last_date"),
        )
        .order_by("-n_claims", "-n_passed_on", "name", "pk")
    )


@dataclass(frozen=True)
class Carried:
    """In how many outlets a speaker is heard, reprints too; how many have it from somewhere of their own."""

    outlets: int
    independent: int


def carried(actors: list[int], role: Role | None) -> dict[int, Carried]:
    """By actor, of actors of one project. Two queries."""
    bring_up_to_date_of(actors)
    rows = Heard.objects.filter(actor__in=actors, drafts=role is not None, n_said__gt=0)
    return {
        actor: Carried(outlets, independent)
        for actor, outlets, independent in rows.values_list("actor", "n_carried", "n_independent")
    }


def sums_kept(actor: Actor, role: Role | None) -> tuple[int, int, int]:
    """Of an actor that stands for itself the claims, those passed on, and its own that a text says again. Two
    queries."""
    bring_up_to_date(actor.project_id)
    kept = Heard.objects.filter(actor=actor, drafts=role is not None)
    found = kept.values_list("n_claims", "n_passed_on", F("n_said") - F("n_claims")).first()
    return found or (0, 0, 0)


ALONG = """
SELECT h.actor_id, to_char(d.day, %(by)s), sum(d.n)::integer
FROM annotator_heard h CROSS JOIN LATERAL unnest(h.days, h.counts) AS d (day, n)
WHERE h.actor_id = ANY(%(actors)s) AND h.drafts = %(all)s GROUP BY 1, 2 ORDER BY 1, 2
"""
"""As `speaker_list.OVER_TIME` counts them of all claims."""
