"""What a claim lies inside of, from the nearest claim outwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile

from django.db import connection

from annotator.models import Claim

from .visibility import kept_for

OUTWARDS = """
    WITH RECURSIVE up(claim, around, step) AS (
        SELECT annotation_id, inside_id, 1 FROM annotator_claim
        WHERE annotation_id = ANY(%s) AND inside_id IS NOT NULL
        UNION ALL
        SELECT up.claim, c.inside_id, step + 1 FROM up JOIN annotator_claim c ON c.annotation_id = up.around
        WHERE c.inside_id IS NOT NULL AND step < 20
    ) SELECT claim, around FROM up ORDER BY claim, step
"""


def claims_around(claim_ids: Iterable[int]) -> dict[int, list[int]]:
    """By claim, the claims that it lies inside of, the nearest first. One query."""
    around: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(OUTWARDS, [list(claim_ids)])
        for claim, outer in cursor.fetchall():
            around[claim].append(outer)
    return around


def outside_drafts(around: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Of the claims around each those within the nearest draft. One query."""
    outers = {outer for found in around.values() for outer in found}
    drafts = set(Claim.objects.exclude(kept_for(None)).filter(pk__in=outers).values_list("pk", flat=True))
    return {claim: list(takewhile(lambda one: one not in drafts, found)) for claim, found in around.items()}
