"""Who is whom as the API tells it: actors side by side, merges, resolutions, what was said of the alike."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from annotator.models import Actor, ActorComparison, ActorMerge, ActorResolution
from sources.models import Project, Role, User

from .actor_records import Name
from .actor_sides import Side, sides_of
from .actors_open import actors_open_to
from .annotation_json import Json, actors_json
from .identities import called
from .likenesses import Alike, likenesses

MOST_MERGES = 200
PEOPLE = ("by", "undone_by")


def sides_json(project: Project, uuids: list[UUID], role: Role | None) -> list[Json]:
    """Actors as they stand before a merge, each with the `version` that merging it has to name."""
    sides = sides_of(project, uuids, role)
    told = _by_uuid(side.actor for side in sides)
    return [told[side.actor.uuid] | _side(side) for side in sides]


def _side(side: Side) -> Json:
    actor = side.actor
    return {
        "version": actor.version,
        "wikidata": actor.wikidata,
        "note": actor.note,
        "names": [_name(one) for one in side.names],
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in side.identifiers],
        "affiliations": [
            {
                "tie": tie.tie,
                "organisation": str(tie.organisation.survivor.uuid),
                "organisation_name": tie.organisation.survivor.name,
                "role": tie.role,
                "since": tie.since,
                "until": tie.until,
            }
            for tie in side.ties
        ],
        "claims": side.n_claims,
        "passed_on": side.n_passed_on,
        "articles": side.n_articles,
        "mentions": side.n_mentions,
        "first": side.first,
        "last": side.last,
        "mentioned_as": [{"words": words, "times": times} for words, times in side.mentioned_as],
    }


def _name(name: Name) -> Json:
    """`of` is the merged actor that was called so, null for the actor's own."""
    of = name.of and str(name.of.uuid)
    return {"name": name.name, "language": name.language, "script": name.script, "of": of}


def merges_of(project: Project, actor: UUID, role: Role | None) -> QuerySet[ActorMerge]:
    """The merges that the actor is in, on either side; for members those undone too."""
    either = Q(merged__uuid=actor) | Q(survivor__uuid=actor)
    found = ActorMerge.objects.filter(either, project=project)
    return found if role else found.filter(undone_at=None, merged__in=actors_open_to(project, role))


def merges_json(merges: QuerySet[ActorMerge]) -> list[Json]:
    """The newest first. One query."""
    rows = merges.select_related("merged", "survivor", *PEOPLE).order_by("-pk")[:MOST_MERGES]
    return [
        {
            "uuid": str(row.uuid),
            "merged": _actor(row.merged),
            "survivor": _actor(row.survivor),
            "reason": row.reason,
            **_act(row),
        }
        for row in rows
    ]


def resolutions_json(resolutions: QuerySet[ActorResolution]) -> list[Json]:
    """The newest first. Two queries."""
    rows = list(resolutions.select_related("anonymous", "named", *PEOPLE).order_by("-pk"))
    names = called(row.anonymous for row in rows)
    return [
        {
            "uuid": str(row.uuid),
            "anonymous": _actor(row.anonymous) | {"name": names[row.anonymous.pk]},
            "named": _actor(row.named),
            "reason": row.reason,
            "evidence": row.evidence,
            **_act(row),
        }
        for row in rows
    ]


def comparison_json(said: ActorComparison | None) -> Json | None:
    """None where it was taken back."""
    if said is None:
        return None
    rows = ActorComparison.objects.select_related("first__survivor", "second__survivor", "by")
    return _comparison(rows.get(pk=said.pk))


def _comparison(row: ActorComparison) -> Json:
    """Comes with both actors' survivors."""
    return {
        "first": _actor(row.first.survivor),
        "second": _actor(row.second.survivor),
        "sameness": row.sameness,
        "note": row.note,
        "by": _person(row.by),
        "at": row.at.isoformat(),
    }


def likenesses_json(project: Project, role: Role | None) -> Json:
    """Who may be one: `proposed` with the reason (`total` of them, of which the first are listed), and what
    somebody said."""
    found = likenesses(project, role)
    told = _by_uuid(one for pair in found.proposed for one in (pair.first, pair.second))
    return {
        "total": found.total,
        "proposed": [_proposed(pair, told) for pair in found.proposed],
        "perhaps": [_comparison(pair.said) for pair in found.perhaps if pair.said],
        "different": [_comparison(pair.said) for pair in found.different if pair.said],
    }


def _proposed(pair: Alike, told: dict[UUID, Json]) -> Json:
    return {
        "first": told[pair.first.uuid] | {"claims": pair.n_first},
        "second": told[pair.second.uuid] | {"claims": pair.n_second},
        "reason": pair.reason,
    }


def _by_uuid(actors: Iterable[Actor]) -> dict[UUID, Json]:
    rows = Actor.objects.filter(pk__in={actor.pk for actor in actors})
    return {UUID(one["uuid"]): one for one in actors_json(rows)}


def _actor(actor: Actor) -> Json:
    return {"uuid": str(actor.uuid), "name": actor.name}


def _act(row: Any) -> Json:
    return {
        "by": _person(row.by),
        "at": row.at.isoformat(),
        "undone_by": _person(row.undone_by),
        "undone_at": row.undone_at and row.undone_at.isoformat(),
    }


def _person(user: User | None) -> str:
    return str(user or "")
