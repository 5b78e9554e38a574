"""What is counted once: claims whose words the text says again in a pull quote or a repeated title.

A claim in such a block counts unless the same words, or words that hold them, are claimed in the story too,
or it is said to repeat a claim of the story: a pull quote often drops a word.
A claim inside another counts for whoever is said to say it, and not again for who passes it on: that part of
its chain is the outer claim's (`chains.py`).
"""

# ruff: noqa: S608, S611  (all of it is written in this file)

from django.db.models import Q
from django.db.models.expressions import RawSQL

STANDING = "(SELECT annotation_id FROM annotator_claim WHERE withdrawn_at IS NULL)"


def _folded(quotes: str) -> str:
    words = f"regexp_replace(lower(array_to_string({quotes}, ' ')), '[^[:alnum:]]+', ' ', 'g')"
    return f"btrim({words})"


def said_again_sql(claims: str, project: str, others: str = "") -> str:
    """The keys of those among `claims` (a relation of `annotation_id`s) that their text only says again, of
    what `others` (the same, where it is not given) say."""
    # OFFSET 0: the few claims in such blocks are found first, and words compared of these alone
    return f"""
        SELECT n.id FROM (
            SELECT n.id, n.snapshot_id, n.quotes FROM sources_block b
            JOIN annotator_annotation n ON n.snapshot_id = b.snapshot_id AND n.kind = 'claim'
            JOIN sources_sentence s ON s.id = n.sentence_id AND s.block_id = b.id
            JOIN {claims} c ON c.annotation_id = n.id
            WHERE b.project_id = {project} AND (b.repeats_id IS NOT NULL OR b.role = 'pull_quote')
            OFFSET 0
        ) n
        WHERE EXISTS (
            SELECT FROM annotator_annotation o JOIN {others or claims} c2 ON c2.annotation_id = o.id
            JOIN sources_sentence s2 ON s2.id = o.sentence_id JOIN sources_block b2 ON b2.id = s2.block_id
            WHERE o.snapshot_id = n.snapshot_id AND o.kind = 'claim'
            AND b2.repeats_id IS NULL AND b2.role <> 'pull_quote'
            AND (position({_folded("n.quotes")} IN {_folded("o.quotes")}) > 0 OR EXISTS (
                SELECT FROM annotator_claimrelation r JOIN annotator_code k ON k.id = r.kind_id
                WHERE r.claim_id = n.id AND r.other_id = o.id AND k.key = 'repeats')))
    """


def said_again(project: int, claim: str = "pk") -> Q:
    """The condition on claims of that project that their text only says again; `claim` is the way to them."""
    return Q(**{f"{claim}__in": RawSQL(said_again_sql(STANDING, "%s"), [project])})
