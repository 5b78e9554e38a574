"""Whom a reviewer may mean when a claim gets another speaker: first of all who stands near its words."""

from dataclasses import dataclass

from django.db import connection

from annotator.models import Actor, Claim

from .annotation_json import Json, actors_json
from .choices import actors_called

MOST = 30

# The nearest mention of each actor by its survivor: in the claim's own sentence first, then by how far its
# words stand from the claim's, in code points; one within the claim's words is rather who they are about.
NEAR = """
SELECT DISTINCT ON (a.survivor_id) a.survivor_id, m.uuid::text, s.number,
       (m.sentence_id <> c.sentence_id)::int * 200
       + (m.extent && c.extent)::int * 750
       + greatest(0, lower(m.extent) - upper(c.extent), lower(c.extent) - upper(m.extent)) AS away
FROM annotator_annotation c
JOIN annotator_annotation m ON m.snapshot_id = c.snapshot_id AND m.kind = 'actor'
JOIN annotator_actormention t ON t.annotation_id = m.id
JOIN annotator_actor a ON a.id = t.actor_id
JOIN sources_sentence s ON s.id = m.sentence_id
WHERE c.id = %(claim)s
ORDER BY a.survivor_id, away, m.id
"""


@dataclass(frozen=True)
class _Near:
    mention: str
    sentence: int
    away: int


def speakers_proposed(claim: Claim, words: str = "") -> list[Json]:
    """Those named in the claim's text, the nearest first; with `words` those called so, here and elsewhere.

    Each tells as `mention` the annotation that names them nearest, in which `sentence`, and as `here` that
    the text names them. Seven queries at most.
    """
    near = _near(claim)
    if not words:
        actors = actors_json(Actor.objects.filter(pk__in=near))
    else:
        actors = actors_called(claim.project, words, claim.annotation.snapshot.article)
    keys = dict(Actor.objects.filter(uuid__in=[one["uuid"] for one in actors]).values_list("uuid", "pk"))
    places = {str(uuid): near.get(key) for uuid, key in keys.items()}
    told = [_told(one, places[one["uuid"]]) for one in actors]
    far = max((place.away for place in near.values()), default=0) + 1
    away = {uuid: place.away if place else far for uuid, place in places.items()}
    return sorted(told, key=lambda one: away[one["uuid"]])[:MOST]


def _near(claim: Claim) -> dict[int, _Near]:
    with connection.cursor() as cursor:
        cursor.execute(NEAR, {"claim": claim.pk})
        return {actor: _Near(*row) for actor, *row in cursor.fetchall()}


def _told(actor: Json, place: _Near | None) -> Json:
    said = {"mention": place.mention, "sentence": place.sentence} if place else {}
    return {**actor, **said, "here": place is not None}
