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

COMMON = 200
"""A run of words that more claims have is a phrase of the trade: alone it makes nobody look at them."""
LOOKED_AT = 1000
"""Of the claims that have a seldom run in common with one at most."""

# Who shares one of a quote's seldom runs of three words is found by the index; of these, who shares at least
# half of the runs of the shorter quote. How common a run is, the planner's own statistics tell
# (docs/adr/0023-common-runs.md). A quote of common runs alone is compared with those of the same.
# One that is related already, was told apart, or lies within the same words, is none. What was published
# later repeats; without both days, what was added later does.
ALIKE = """
WITH common AS MATERIALIZED (
    SELECT e.run FROM pg_stats s
    JOIN pg_namespace n ON n.nspname = s.schemaname
    JOIN pg_class c ON c.relnamespace = n.oid AND c.oid = 'annotator_claimwords'::regclass
    CROSS JOIN LATERAL unnest(s.most_common_elems::text::bigint[], s.most_common_elem_freqs) AS e (run, share)
    WHERE s.tablename = 'annotator_claimwords' AND s.attname = 'runs'
      AND e.run IS NOT NULL AND e.share * c.reltuples > %(common)s
), me AS MATERIALIZED (
    SELECT w.claim_id, w.project_id, w.published, w.words, w.runs, a.snapshot_id, a.extent,
           ARRAY(SELECT run FROM unnest(w.runs) AS run WHERE run NOT IN (SELECT run FROM common)) AS seldom
    FROM annotator_claimwords w JOIN annotator_annotation a ON a.id = w.claim_id
    WHERE w.claim_id = ANY(%(claims)s) AND w.runs <> '{}'
)
SELECT me.claim_id, o.claim_id, o.shared, o.fewest,
       sourceline_quoted_words(o.words) = sourceline_quoted_words(me.words), o.later
FROM me CROSS JOIN LATERAL (
    SELECT w.claim_id, w.words, n.shared, n.fewest,
           CASE WHEN least(w.published, me.published) > '0001-01-01' AND w.published <> me.published
                THEN w.published > me.published ELSE w.claim_id > me.claim_id END AS later
    FROM (
        (SELECT claim_id, published, words, runs FROM annotator_claimwords
         WHERE runs && me.seldom AND project_id = me.project_id LIMIT %(looked_at)s)
        UNION ALL
        SELECT * FROM (
            SELECT claim_id, published, words, runs FROM annotator_claimwords
            WHERE me.seldom = '{}' AND runs @> me.runs AND project_id = me.project_id LIMIT %(looked_at)s
        ) alike WHERE runs <@ me.runs
    ) w
    JOIN annotator_claim c ON c.annotation_id = w.claim_id
    JOIN annotator_annotation a ON a.id = w.claim_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS shared, least(cardinality(w.runs), cardinality(me.runs)) AS fewest
        FROM unnest(w.runs) AS run WHERE run = ANY(me.runs)
    ) n
    WHERE w.claim_id <> me.claim_id AND n.shared * 2 >= n.fewest
      AND (n.shared > 1 OR sourceline_quoted_words(w.words) = sourceline_quoted_words(me.words))
      AND c.withdrawn_at IS NULL AND c.status = ANY(%(seen)s)
      AND NOT (a.snapshot_id = me.snapshot_id AND a.extent && me.extent)
      AND NOT EXISTS (SELECT FROM annotator_claimrelation r
                      WHERE (r.claim_id = me.claim_id AND r.other_id = w.claim_id)
                         OR (r.claim_id = w.claim_id AND r.other_id = me.claim_id))
      AND NOT EXISTS (SELECT FROM annotator_toldapart t
                      WHERE t.one_id = least(me.claim_id, w.claim_id)
                        AND t.other_id = greatest(me.claim_id, w.claim_id))
    ORDER BY n.shared::float / n.fewest DESC, n.shared DESC, w.claim_id LIMIT %(most)s
) o
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
        bounds = {"most": MOST, "common": COMMON, "looked_at": LOOKED_AT}
        cursor.execute(ALIKE, {"claims": list(claims), "seen": list(HANDED_IN), **bounds})
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
        .select_related("by", *(f"{end}__annotation__snapshot__article" for end in ("one", "other")))
        .defer(*(f"{end}__annotation__snapshot__text" for end in ("one", "other")))
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
