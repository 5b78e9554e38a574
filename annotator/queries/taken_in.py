"""What somebody has to know of articles that were just taken in: what became of what was marked on an earlier
text of them, and which article each is likely a reprint of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from annotator.models import PLACED, Annotation, Carrying, CarryingState, Claim
from sources.models import Article, IntakeItem, IntakeOutcome, LikelyReprint, Project

from .reprints import likely_reprints


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """An open pair as seen from one of its two articles; `later` is whether that one is the reprint."""

    row: LikelyReprint
    other: Article
    later: bool


def come_along(lines: Sequence[IntakeItem]) -> dict[int, tuple[int, int]]:
    """By text (key) that changed an article: how many annotations of earlier ones came to stand on it, and
    how many wait for a person. One query, or none."""
    texts = [line.snapshot_id for line in lines if line.outcome == IntakeOutcome.CHANGED and line.snapshot_id]
    if not texts:
        return {}
    stands = Annotation.objects.filter(pk=OuterRef("annotation_key"), snapshot=OuterRef("old_snapshot"))
    withdrawn = Claim.objects.filter(pk=OuterRef("unit"), withdrawn_at__isnull=False)
    waits = Q(Exists(stands), ~Exists(withdrawn), state=CarryingState.WAITING)
    rows = Carrying.objects.filter(new_snapshot__in=texts).order_by().values("new_snapshot")
    counted = rows.annotate(came=Count("pk", filter=Q(state__in=PLACED)), wait=Count("pk", filter=waits))
    return {text: (came, wait) for text, came, wait in counted.values_list("new_snapshot", "came", "wait")}


def likely_pairs(project: Project, articles: Sequence[int]) -> dict[int, LikelyPair]:
    """By article (key) the most alike of those that it is likely a reprint of, or is likely reprinted by,
    and on which nobody has spoken. One query, or none."""
    if not articles:
        return {}
    wanted, found = set(articles), dict[int, LikelyPair]()
    for row in likely_reprints(project).filter(Q(article__in=wanted) | Q(original__in=wanted)):
        if row.article_id in wanted:
            found.setdefault(row.article_id, LikelyPair(row, row.original, later=True))
        if row.original_id in wanted:
            found.setdefault(row.original_id, LikelyPair(row, row.article, later=False))
    return found
