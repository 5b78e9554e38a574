"""What a text is marked with and watched for, in one short word: a page learns
cheaply that nothing changed."""

import re
from dataclasses import dataclass
from uuid import UUID

from sources.models import Project, Role

from .prepared import rows

# The state of a text, and up to which transaction it is seen. Whatever is not yet visible to this very
# statement belongs to a transaction numbered `seen` or later, so nothing falls between two questions.
_STATE = """
SELECT text.id, pg_snapshot_xmin(pg_current_snapshot())::text AS seen, md5(concat_ws('.',
    (SELECT concat_ws(',', count(*), sum(hashint8extended(a.id, a.version)),
                      sum(hashtextextended(c.status || (c.withdrawn_at IS NOT NULL), c.annotation_id)))
       FROM annotator_annotation a LEFT JOIN annotator_claim c ON c.annotation_id = a.id
      WHERE a.snapshot_id = text.id),
    judged.told, watch.told,
    (SELECT sum(hashint8extended(who.id, who.version)) FROM annotator_actor who WHERE who.id IN (
        SELECT m.actor_id FROM annotator_actormention m
          JOIN annotator_annotation a ON a.id = m.annotation_id WHERE a.snapshot_id = text.id
        UNION ALL
        SELECT s.actor_id FROM annotator_attributionsource s
          JOIN annotator_attribution l ON l.id = s.attribution_id
          JOIN annotator_annotation a ON a.id = l.claim_id WHERE a.snapshot_id = text.id
        UNION ALL
        SELECT y.actor_id FROM annotator_party y
          LEFT JOIN annotator_attribution l ON l.id = y.attribution_id
          JOIN annotator_annotation a ON a.id = coalesce(y.claim_id, l.claim_id)
         WHERE a.snapshot_id = text.id)),
    (SELECT sum(hashtextextended(far.status || (far.withdrawn_at IS NOT NULL), stated.id)) FROM (
        SELECT r.id, r.other_id AS far FROM annotator_claimrelation r
          JOIN annotator_annotation a ON a.id = r.claim_id WHERE a.snapshot_id = text.id AND a.kind = 'claim'
        UNION ALL
        SELECT r.id, r.claim_id FROM annotator_claimrelation r
          JOIN annotator_annotation a ON a.id = r.other_id WHERE a.snapshot_id = text.id AND a.kind = 'claim'
     ) stated JOIN annotator_claim far ON far.annotation_id = stated.far),
    (SELECT sum(hashint8extended(e.id, e.version)) FROM annotator_event e WHERE e.id IN (
        SELECT named.survivor_key FROM annotator_eventmention m
          JOIN annotator_event named ON named.id = m.event_id
          JOIN annotator_annotation a ON a.id = m.annotation_id WHERE a.snapshot_id = text.id)))),
    CASE WHEN watch.terms = 0 THEN '' ELSE md5(concat_ws('.', watch.told, judged.told)) END
FROM sources_snapshot text
CROSS JOIN LATERAL (SELECT sum(hashint8extended(b.id, b.version)) AS told
                      FROM sources_block b WHERE b.snapshot_id = text.id) judged
CROSS JOIN LATERAL (SELECT count(*) AS terms, sum(hashint8extended(w.id, w.version)) AS told
                      FROM annotator_watchterm w WHERE w.project_id = text.project_id) watch
WHERE text.project_id = %(project)s AND text.uuid = %(text)s
"""
_TAG = re.compile(r"([0-9]{1,19})-([0-9a-f]{32})")


@dataclass(frozen=True)
class State:
    """`seen` numbers the first transaction whose work may be missing; `digest` says what there is, `watched`
    what is watched for in which parts, and nothing where nothing is."""

    snapshot: int
    seen: str
    digest: str
    watched: str

    @property
    def tag(self) -> str:
        return f"{self.seen}-{self.digest}"

    def watched_for(self, role: Role | None) -> str:
        """What a page compares to learn that hits may stand elsewhere now; only members are told."""
        return self.watched if role is not None else ""

    def is_at(self, tag: str) -> bool:
        found = _TAG.fullmatch(tag)
        return found is not None and found[2] == self.digest

    def since(self, tag: str) -> str | None:
        """The transaction from which on `tag` has not seen everything; None where it says nothing, or
        comes from another database, whose numbers were ahead of ours."""
        found = _TAG.fullmatch(tag)
        return found[1] if found is not None and int(found[1]) <= int(self.seen) else None


def state_of(project: Project, uuid: UUID) -> State | None:
    """What the text of that identifier is marked with and watched for now, in one query; None without it."""
    found = rows(_STATE, {"project": project.pk, "text": uuid})
    return State(*found[0]) if found else None
