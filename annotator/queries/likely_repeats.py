"""Claims that may repeat one another, by the words of their quotes: proposed with the reason, never made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from annotator.models import Claim, ToldApart
from sources.models import User

from .visibility import HANDED_IN

MOST = 4
"""Of one claim, those with the most in common."""

# The index gives those that share a run of three words; of these, who share at least half of the runs of the
# shorter quote. One that is related already, was told apart, or lies within the same words,
# is none. What was published later repeats; without both days, what was added later does.
ALIKE = """
SELECT me.claim_id, o.claim_id, o.shared, o.fewest, o.same, o.later
FROM annotator_claimwords me JOIN annotator_annotation mine ON mine.id = me.claim_id
CROSS JOIN LATERAL (
    SELECT found.*, found.said = sourceline_quoted_words(me.words) AS same FROM (
        SELECT w.claim_id, sourceline_quoted_words(w.words) AS said,
               least(cardinality(w.runs), cardinality(me.runs)) AS fewest,
               cardinality(ARRAY(SELECT unnest(w.runs) INTERSECT SELECT unnest(me.runs))) AS shared,
               CASE WHEN least(w.published, me.published) > '0001-01-01' AND w.published <> me.published
                    THEN w.published > me.published ELSE w.claim_id > me.claim_id END AS later
        FROM annotator_claimwords w
        JOIN annotator_claim c ON c.annotation_id = w.claim_id
        JOIN annotator_annotation a ON a.id = w.claim_id
        WHERE w.runs && me.runs AND w.project_id = me.project_id AND w.claim_id <> me.claim_id
          AND c.withdrawn_at IS NULL AND c.status = ANY(%(seen)s)
          AND NOT (a.snapshot_id = mine.snapshot_id AND a.extent && mine.extent)
          AND NOT EXISTS (SELECT FROM annotator_claimrelation r
                          WHERE (r.claim_id = me.claim_id AND r.other_id = w.claim_id)
                             OR (r.claim_id = w.claim_id AND r.other_id = me.claim_id))
          AND NOT EXISTS (SELECT FROM annotator_toldapart t
                          WHERE t.one_id = least(me.claim_id, w.claim_id)
                            AND t.other_id = greatest(me.claim_id, w.claim_id))
    ) found
    WHERE found.shared * 2 >= found.fewest
      AND (found.shared > 1 OR found.said = sourceline_quoted_words(me.words))
    ORDER BY found.shared::float / found.fewest DESC, found.shared DESC, found.claim_id LIMIT %(most)s
) o
WHERE me.claim_id = ANY(%(claims)s)
ORDER BY me.claim_id, o.shared::float / o.fewest DESC, o.shared DESC, o.claim_id
"""


@dataclass(frozen=True)
class LikelyRepeat:
    """`other` comes with its words and its article; `later`: it is the other one that would repeat."""

    other: Claim
    reason: str
    later: bool


def likely_repeats(claims: Iterable[int]) -> dict[int, list[LikelyRepeat]]:
    """By claim, which others say the same words or nearly so, the likest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"claims": list(claims), "seen": list(HANDED_IN), "most": MOST})
        rows = cursor.fetchall()
    others = Claim.objects.filter(pk__in={0, *(row[1] for row in rows)}).select_related(
        "annotation__snapshot__article__publication"
    )
    by_key = {other.pk: other for other in others.defer("annotation__snapshot__text")}
    found: dict[int, list[LikelyRepeat]] = defaultdict(list)
    for claim, other, shared, fewest, same, later in rows:
        found[claim].append(LikelyRepeat(by_key[other], _reason(shared, fewest, same), later))
    return found


@dataclass(frozen=True)
class Apart:
    """Another claim of which somebody said that it is no repeat of this one."""

    other: Claim
    by: User
    at: datetime


def told_apart_of(claim: Claim) -> list[Apart]:
    """In the order in which it was said, but for claims that were withdrawn. One query."""
    rows = (
        ToldApart.objects.filter(Q(one=claim) | Q(other=claim))
        .select_related("by", "one__annotation", "other__annotation")
        .order_by("pk")
    )
    ends = [(row, row.other if row.one_id == claim.pk else row.one) for row in rows]
    return [Apart(other, row.by, row.at) for row, other in ends if other.withdrawn_at is None]


def _reason(shared: int, fewest: int, same: bool) -> str:
    if same:
        return "the same words"
    if shared == fewest:
        return "all words of the shorter one, in the same order"
    return f"{round(100 * shared / fewest)} % of the shorter one’s words, in runs of three"
