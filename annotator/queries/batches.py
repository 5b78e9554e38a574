"""Acts on many claims: how claims stand in words, what was done to them, and whom they can be given to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotator.intents.batch import CodeMany
from annotator.intents.review import DecideClaim
from annotator.models import (
    Actor,
    Batch,
    BatchRow,
    Carrying,
    Claim,
    Code,
    Decision,
    Facet,
    Review,
    Status,
    Voice,
)
from sources.models import Project

from .chains import UNSAID
from .speakers import known_by_name, named_like
from .texts import n_texts, of_text

State: TypeAlias = dict[str, str]
MOST_BATCHES = 100
CANDIDATES = 20

# Speakers are those of the innermost links; whoever was merged is told by whom they were merged into.
STATES = """
SELECT c.annotation_id, c.status, c.voice, k.name,
    (SELECT string_agg(t.name, '; ' ORDER BY t.position, t.name)
     FROM annotator_claimtopic l JOIN annotator_code t ON t.id = l.topic_id
     WHERE l.claim_id = c.annotation_id),
    (SELECT string_agg(DISTINCT s.name, '; ')
     FROM annotator_attribution a JOIN annotator_attributionsource x ON x.attribution_id = a.id
     JOIN annotator_actor w ON w.id = x.actor_id JOIN annotator_actor s ON s.id = w.survivor_id
     WHERE a.claim_id = c.annotation_id AND a.position = 0)
FROM annotator_claim c JOIN annotator_code k ON k.id = c.type_id WHERE c.annotation_id = ANY(%s)
"""


def states_of(claims: Iterable[int]) -> dict[int, State]:
    """By claim, what acts on many change of it, in words. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STATES, [list(claims)])
        return {
            key: {
                "Type": kind,
                "Topics": topics or "none",
                "Speaker": speakers or UNSAID.get(Voice(voice), "nobody who is named"),
                "Status": str(Status(status).label),
            }
            for key, status, voice, kind, topics, speakers in cursor.fetchall()
        }


def latest_reviews(claims: Iterable[int]) -> dict[int, str]:
    """By claim, the identifier of the latest decision on it; claims without one are left out. One query."""
    rows = Review.objects.filter(claim__in=list(claims)).order_by("claim", "-pk").distinct("claim")
    return {claim: str(uuid) for claim, uuid in rows.values_list("claim", "uuid")}


@dataclass(frozen=True)
class Line:
    """A claim in a line: its words and where they stand."""

    uuid: UUID
    quote: str
    title: str
    language: str
    article: UUID
    place: str


def lines_of(project: Project, uuids: Sequence[UUID]) -> dict[UUID, Line]:
    """One query."""
    rows = Claim.objects.filter(project=project, uuid__in=list(uuids)).values_list(
        "uuid",
        "annotation__quotes",
        "annotation__snapshot__article__title",
        "annotation__snapshot__article__language",
        "annotation__snapshot__article__uuid",
        "annotation__snapshot__number",
        "annotation__sentence__number",
        n_texts("annotation__snapshot__article"),
    )
    return {
        uuid: Line(
            uuid,
            " … ".join(quotes),
            title,
            language,
            article,
            f"{of_text(text, texts)}#s{sentence}",
        )
        for uuid, quotes, title, language, article, text, sentence, texts in rows
    }


def batches_of(project: Project) -> list[Batch]:
    """The latest, newest first, each with its number of rows (`n_rows`) and of those undone (`n_undone`)."""
    return list(counted(Batch.objects.filter(project=project)).order_by("-pk")[:MOST_BATCHES])


def counted(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """With who did them, and the numbers `n_rows` and `n_undone`."""
    rows = BatchRow.objects.filter(batch=OuterRef("pk")).order_by().values("batch")
    numbers = {
        "n_rows": _count(rows),
        "n_undone": _count(rows.filter(undone_at__isnull=False)),
    }
    return batches.select_related("by").annotate(**numbers)


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def batch_of(project: Project, uuid: UUID) -> Batch | None:
    return Batch.objects.filter(project=project, uuid=uuid).select_related("by").first()


def rows_of(batch: Batch) -> list[BatchRow]:
    """Its rows in the order of the claims; `claim.annotation.version` and `latest` (the identifier of the
    latest decision, None for none) say whether the claim was changed since. One query."""
    latest = Review.objects.filter(claim=OuterRef("claim")).order_by("-pk").values("uuid")[:1]
    rows = BatchRow.objects.filter(batch=batch).select_related("claim__annotation", "undone_by")
    return list(rows.annotate(latest=Subquery(latest)).order_by("claim"))


def codes_to_give(project: Project) -> dict[str, list[Code]]:
    """Types and topics in use, by facet. One query."""
    found: dict[str, list[Code]] = {Facet.CLAIM_TYPE: [], Facet.TOPIC: []}
    codes = Code.objects.filter(project=project, facet__in=list(found), retired_at=None, merged_into=None)
    for code in codes.order_by("position", "name"):
        found[code.facet].append(code)
    return found


def said_of_coding(
    intent: CodeMany, codes: dict[str, list[Code]], speaker: Actor | None
) -> list[tuple[str, str]]:
    """What is asked for, as (name, words) for people; `codes` are those that can be given."""
    names = {code.key: code.name for group in codes.values() for code in group}
    told = [
        ("Type", names.get(intent.type, intent.type)),
        ("Topics more", "; ".join(names.get(key, key) for key in intent.add)),
        ("Topics fewer", "; ".join(names.get(key, key) for key in intent.take)),
        ("Speaker", speaker.name if speaker else ""),
    ]
    return [(name, words) for name, words in told if words]


def said_of_decision(intent: DecideClaim) -> list[tuple[str, str]]:
    told = [("Decision", str(Decision(intent.decision).label)), ("Why", intent.reason)]
    return [(name, words) for name, words in told if words]


def speakers_called(project: Project, name: str) -> list[Actor]:
    """The one of that very name or alias; else those whose name holds it, the anonymous ones last."""
    exact = known_by_name(project, name)
    if len(exact) == 1:
        return exact
    found = named_like(Actor.objects.filter(project=project, merged_into=None), name)
    found = found.select_related("article__publication", "kind")
    return list(found.order_by(F("article").asc(nulls_first=True), "name", "pk")[:CANDIDATES])


def same_as_before(claims: Iterable[int]) -> dict[int, dict[int, int]]:
    """By claim, which version gave back what which earlier one had: undoing an act on many, or carrying it to
    a newer text with the same words, counts a version up and changes nothing that was judged. One query."""
    keys = list(claims)
    undone_acts = BatchRow.objects.filter(version_undone__isnull=False, claim__in=keys)
    carried = Carrying.objects.filter(annotation_key__in=keys, same_words=True, placed__isnull=False)
    rows = undone_acts.values_list("claim", "version_undone", "version_before").union(
        carried.values_list("annotation_key", "version_placed", "version"), all=True
    )
    found: dict[int, dict[int, int]] = {}
    for claim, undone, before in rows:
        found.setdefault(claim, {})[undone or 0] = before
    return found


def stands(row: Any) -> bool:
    """Whether a row of `rows_of` is as its batch left it, so that it can be given back what it had."""
    latest = str(row.latest or "")
    return row.undone_at is None and (row.claim.annotation.version, latest) == (row.version, row.review)
