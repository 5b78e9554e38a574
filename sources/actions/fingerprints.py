"""The wording of texts, stored as they are taken in, and which texts are alike by it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sources.models import Block, Fingerprint, Project, Snapshot
from sources.text.wording import LEAST_ALIKE, RECIPE, bands, likeness, wording_of

MOST_COMPARED = 500
"""Texts that share a band with another: more come of a form that is filled in again and again,
or of a note that stands under all of an outlet's. Those that share the most are compared."""
AT_ONCE = 200
_NOT_STORED = 0
SHARING = """
SELECT f.snapshot_id FROM sources_fingerprint f
WHERE f.snapshot_id = ANY(%s) AND f.recipe = %s
  AND EXISTS (SELECT FROM sourceline_alike(f.bands, f.project_id, f.recipe, f.snapshot_id, 1))
"""
NEAR = "SELECT snapshot, signature FROM sourceline_most_alike(%s::integer[], %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Alike:
    """Another text, by key, and the share of wording in common."""

    snapshot: int
    similarity: float


def store_fingerprint(snapshot: Snapshot, parts: Iterable[str]) -> Fingerprint:
    """`parts` are the text's blocks that are not masked. Another fingerprint of the text is replaced."""
    (made,) = store_fingerprints([(snapshot, parts)])
    return made


def store_fingerprints(texts: Iterable[tuple[Snapshot, Iterable[str]]]) -> list[Fingerprint]:
    """The same of several, in one statement."""
    made = [_made(snapshot.project_id, snapshot.pk, parts) for snapshot, parts in texts]
    Fingerprint.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["snapshot"],
        update_fields=["recipe", "shingles", "signature", "bands"],
    )
    return made


def in_company(snapshots: Iterable[int]) -> set[int]:
    """Those of the texts, by key, that share a band with another one of their project. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [list(snapshots), RECIPE])
        return {snapshot for (snapshot,) in cursor.fetchall()}


def fingerprint_again(snapshot: Snapshot) -> Fingerprint:
    """After its blocks were judged anew."""
    return store_fingerprint(snapshot, _kept(snapshot))


def fingerprint_missing(project: Project) -> list[int]:
    """Fingerprint the texts that have none of this recipe, and tell which (keys). Memory stays flat."""
    done = Fingerprint.objects.filter(project=project, recipe=RECIPE).values("snapshot")
    keys = list(
        Snapshot.objects.filter(project=project)
        .exclude(pk__in=done)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for first in range(0, len(keys), AT_ONCE):
        texts = Snapshot.objects.in_bulk(keys[first : first + AT_ONCE])
        kept: dict[int, list[tuple[int, int]]] = defaultdict(list)
        blocks = Block.objects.filter(snapshot__in=texts, masked=False).order_by("snapshot", "position")
        for snapshot, start, end in blocks.values_list("snapshot", "start", "end"):
            kept[snapshot].append((start, end))
        for key, text in texts.items():
            store_fingerprint(text, [text.text[start:end] for start, end in kept[key]])
    return keys


def alike(fingerprint: Fingerprint) -> list[Alike]:
    """The project's other texts that are alike, the most alike first. One query, by index."""
    if not fingerprint.bands:
        return []
    mine = bytes(fingerprint.signature)
    asked: list[Any] = [
        fingerprint.bands,
        fingerprint.project_id,
        fingerprint.recipe,
        fingerprint.snapshot_id,
    ]
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [*asked, MOST_COMPARED])
        near = cursor.fetchall()
    found = [
        Alike(snapshot, similarity)
        for snapshot, signature in near
        if (similarity := likeness(mine, bytes(signature))) >= LEAST_ALIKE
    ]
    return sorted(found, key=lambda one: (-one.similarity, one.snapshot))


def alike_to(project: Project, parts: Iterable[str]) -> list[Alike]:
    """The same for a text that is not stored, by its blocks that are not masked."""
    return alike(_made(project.pk, _NOT_STORED, parts))


def similarity_of(one: Snapshot, other: Snapshot) -> float | None:
    """The share of wording in common; None where one of them is too short to tell. Three queries at most.

    What has no fingerprint is given none here: this is asked by those who read, also in what is archived.
    """
    pair = {f.snapshot_id: f for f in Fingerprint.objects.filter(snapshot__in=[one, other], recipe=RECIPE)}
    found = [
        bytes((pair.get(text.pk) or _made(text.project_id, text.pk, _kept(text))).signature)
        for text in (one, other)
    ]
    return likeness(*found) if all(found) else None


def _kept(snapshot: Snapshot) -> list[str]:
    """The text's blocks that are not masked."""
    blocks = Block.objects.filter(snapshot=snapshot, masked=False).order_by("position")
    return [snapshot.text[b.start : b.end] for b in blocks]


def _made(project: int, snapshot: int, parts: Iterable[str]) -> Fingerprint:
    wording = wording_of(parts)
    return Fingerprint(
        project_id=project,
        snapshot_id=snapshot,
        recipe=RECIPE,
        shingles=wording.shingles,
        signature=wording.signature,
        bands=bands(wording.signature, project),
    )
