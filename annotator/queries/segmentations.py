"""Which texts another segmenter has cut than the one that is here, and what it would cut otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from sources.actions import segmentations
from sources.models import Block, Project, Segmentation, Sentence, Snapshot

AT_ONCE = 50
"""Texts that are held in memory at a time."""
MOST_LOOKED = 200
"""Texts that are cut for a look while somebody waits."""


@dataclass(frozen=True)
class CutBy:
    """So many texts are as this segmenter cut them."""

    segmenter: str
    version: str
    texts: int


@dataclass(frozen=True)
class Otherwise:
    """What the segmenter that is here would change of the `texts` looked at: `sentences` of it that are none
    now, in so many `changed` texts."""

    texts: int
    changed: int
    sentences: int


def segmenter_here() -> str:
    """The segmenter that is here, as releases name it."""
    return f"{segmentations.SEGMENTER} {segmentations.VERSION}"


def cut_by_others(project: Project) -> QuerySet[Snapshot]:
    """Texts that another segmenter cut and the one that is here never did, in the order of their keys."""
    here = Segmentation.objects.filter(
        snapshot=OuterRef("pk"),
        segmenter=segmentations.SEGMENTER,
        segmenter_version=segmentations.VERSION,
    )
    cut = Snapshot.objects.filter(project=project, current_segmentation__isnull=False)
    return cut.filter(~Exists(here)).order_by("pk")


def segmenters_of(project: Project) -> list[CutBy]:
    """Who cut the project's texts that the segmenter here has not cut, the most texts first. One query."""
    rows = (
        cut_by_others(project)
        .order_by()
        .values(
            segmenter=F("current_segmentation__segmenter"),
            version=F("current_segmentation__segmenter_version"),
        )
        .annotate(texts=Count("pk"))
        .order_by("-texts", "segmenter", "version")
    )
    return [CutBy(**row) for row in rows]


def otherwise(project: Project, most: int | None = None) -> Otherwise:
    """What would change of the project's texts, or of the first `most` of them. Three queries for each
    AT_ONCE texts."""
    texts = changed = sentences = 0
    for new in _changes(cut_by_others(project)[:most]):
        texts += 1
        changed += bool(new)
        sentences += new
    return Otherwise(texts, changed, sentences)


def _changes(snapshots: QuerySet[Snapshot]) -> Iterator[int]:
    """For each text how many sentences of the new cut are none of the current one."""
    keys = list(snapshots.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        blocks: dict[int, list[Block]] = {key: [] for key in some}
        for block in Block.objects.filter(snapshot__in=some).order_by("snapshot", "position"):
            blocks[block.snapshot_id].append(block)
        now: dict[int, set[tuple[int, int]]] = {key: set() for key in some}
        current = Sentence.objects.filter(
            snapshot__in=some, segmentation=F("snapshot__current_segmentation")
        ).values_list("snapshot", "start", "end")
        for key, start, end in current:
            now[key].add((start, end))
        for snapshot in Snapshot.objects.filter(pk__in=some).select_related("article"):
            cut = segmentations.sentences_of(snapshot.text, blocks[snapshot.pk], snapshot.article.language)
            yield len({(s.start, s.end) for s in cut} - now[snapshot.pk])
