"""What a change of the codebook touches: codes that say something else since, and claims judged by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from annotator.models import Claim
from sources.models import Project

from .codebook import Content

MEANING = ("name", "definition", "examples", "parent", "retired", "merged_into")
"""What a code says to whoever judges by it: not its colour, its key press or its place in the list."""


def touched_by(before: Content, after: Content) -> dict[str, list[str]]:
    """By facet, the keys of the codes that say something else than `before`, and those that took in, or gave
    back, what was coded with another. A new code touches none: nothing was judged by it."""
    found = {facet: sorted(set(_touched(before.get(facet, []), codes))) for facet, codes in after.items()}
    return {facet: keys for facet, keys in found.items() if keys}


def _touched(before: list[dict[str, object]], after: list[dict[str, object]]) -> Iterator[str]:
    was = {code["key"]: code for code in before}
    for code in after:
        old = was.get(code["key"])
        if old is None or all(old.get(part) == code.get(part) for part in MEANING):
            continue
        yield str(code["key"])
        if old.get("merged_into") != code.get("merged_into"):
            yield from (str(one["merged_into"]) for one in (old, code) if one.get("merged_into"))


# By code the newest version that touched it, and which claims are judged by it.
_TOUCHED = """
    SELECT code.id, max(v.number) AS since
    FROM annotator_codebookversion v, jsonb_each(v.touched) facet, jsonb_array_elements_text(facet.value) key
    JOIN annotator_code code ON code.project_id = %s AND code.key = key.value
    WHERE v.project_id = %s AND code.facet = facet.key
    GROUP BY code.id"""
_USES = """
    SELECT annotation_id AS claim, type_id AS code FROM annotator_claim WHERE {claim}
    UNION ALL SELECT claim_id, topic_id FROM annotator_claimtopic WHERE {part}
    UNION ALL SELECT claim_id, concept_id FROM annotator_position WHERE {part}
    UNION ALL SELECT link.claim_id, cue.cue_type_id FROM annotator_supportingspan cue
        JOIN annotator_attribution link ON link.id = cue.link_id
        WHERE cue.cue_type_id IS NOT NULL AND {link}"""
_ALL = f"""
    WITH touched AS MATERIALIZED ({_TOUCHED})
    SELECT claim.annotation_id FROM touched
    JOIN ({_USES.format(claim="project_id = %s", part="project_id = %s", link="link.project_id = %s")}) used
        ON used.code = touched.id
    JOIN annotator_claim claim ON claim.annotation_id = used.claim AND claim.codebook_version < touched.since
"""  # noqa: S608  constants of this file
_ONE = f"""
    WITH touched AS MATERIALIZED ({_TOUCHED})
    SELECT DISTINCT code.uuid, code.name, touched.since FROM touched
    JOIN ({_USES.format(claim="annotation_id = %s", part="claim_id = %s", link="link.claim_id = %s")}) used
        ON used.code = touched.id
    JOIN annotator_code code ON code.id = touched.id
    WHERE touched.since > %s ORDER BY touched.since, code.name
"""  # noqa: S608  constants of this file


@dataclass(frozen=True)
class ChangedCode:
    """A code that a claim was judged by; since that version of the codebook it says something else."""

    uuid: UUID
    name: str
    since: int


def outdated(project: Project, claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those judged by a code (its type, topics, concepts, what its cues do) that was touched since."""
    return claims.filter(pk__in=RawSQL(_ALL, [project.pk] * 6))  # noqa: S611  a constant; values are parameters


def changed_since(claim: Claim) -> list[ChangedCode]:
    """The codes by which it was judged that were touched since. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [claim.project_id] * 2 + [claim.pk] * 4 + [claim.codebook_version])
        return [ChangedCode(*row) for row in cursor.fetchall()]
