"""The changes of an object's own row and of every row that belongs to it, also of those that were deleted.

The history holds no foreign keys. What stands is found by its tables; what was deleted by what it belonged to
when it went, for which the history has indexes of its own.
"""

# ruff: noqa: S608  (every name is written in this file)

from dataclasses import dataclass

from annotator.models import Actor, Carrying, Claim, Code, Event
from sources.models import Article, Change, Publication

CARRIED = Carrying._meta.db_table
MOST = 3000
"""Of the changes, the latest: what was before is not told."""


@dataclass(frozen=True)
class Part:
    """Rows of `table` belong to what `column` names. `gone` is the column by whose index deleted ones are
    found, empty where none ever is; `key` the table's own."""

    table: str
    column: str
    parts: tuple["Part", ...] = ()
    gone: str = "owner"
    key: str = "id"


def _words(column: str) -> Part:
    """Supporting spans, each with the annotation that holds their words."""
    return Part("annotator_supportingspan", column, key="annotation_id")


OF_CLAIM = (
    Part("annotator_claimtopic", "claim_id"),
    Part("annotator_position", "claim_id"),
    Part("annotator_quantity", "claim_id"),
    Part("annotator_claimrelation", "claim_id"),
    Part("annotator_claimrelation", "other_id", gone="other_id"),
    Part("annotator_review", "claim_id", gone=""),
    Part("annotator_party", "claim_id", (_words("party_id"),)),
    Part(
        "annotator_attribution",
        "claim_id",
        (
            Part("annotator_attributionsource", "attribution_id", (_words("source_id"),)),
            Part("annotator_party", "attribution_id", (_words("party_id"),)),
            _words("link_id"),
        ),
    ),
    _words("claim_id"),
)
OF_ACTOR = (
    Part("annotator_actoralias", "actor_id"),
    Part("annotator_actoridentifier", "actor_id"),
    Part("annotator_affiliation", "actor_id"),
    Part("annotator_actormerge", "merged_id", gone=""),
    Part("annotator_actormerge", "survivor_id", gone=""),
    Part("annotator_actorresolution", "anonymous_id", gone=""),
    Part("annotator_actorresolution", "named_id", gone=""),
    Part("annotator_actorcomparison", "first_id", gone=""),
    Part("annotator_actorcomparison", "second_id", gone=""),
    _words("actor_id"),
)
OF_EVENT = (
    Part("annotator_eventparticipant", "event_id"),
    Part("annotator_eventmention", "event_id", key="annotation_id"),
    Part("annotator_eventmerge", "merged_id", gone=""),
    Part("annotator_eventmerge", "survivor_id", gone=""),
    Part("annotator_eventcomparison", "one_id", gone=""),
    Part("annotator_eventcomparison", "other_id", gone=""),
    _words("event_id"),
)
WORDED = ("annotator_supportingspan", "annotator_eventmention")
"""Their key is that of the annotation which holds their words."""

OWNER = (
    "coalesce(x.before->>'link_id', x.before->>'source_id', x.before->>'party_id',"
    " x.before->>'attribution_id', x.before->>'claim_id', x.before->>'event_id', x.before->>'actor_id')"
)
"""What a deleted row belonged to, as the index `change_of_deleted` has it."""


CLAIM = "annotator_claim"
MENTIONS_CARRIED = f"""
SELECT '{CARRIED}', c.id FROM annotator_carrying c WHERE NOT c.same_words AND c.annotation_key IN (
    SELECT s.mention_id FROM annotator_attribution l
    JOIN annotator_attributionsource s ON s.attribution_id = l.id WHERE l.claim_id = %(key)s
    UNION SELECT p.mention_id FROM annotator_attribution l
    JOIN annotator_party p ON p.attribution_id = l.id WHERE l.claim_id = %(key)s
    UNION SELECT p.mention_id FROM annotator_party p WHERE p.claim_id = %(key)s)
"""
"""Mentions that somebody placed on other words of a later text. The claim's own words, its cues and whatever
else supports it tell that by rows of their own."""
ONLY_PLACED = (
    f"(parts.kept_in <> '{CARRIED}' OR x.operation = 'UPDATE'"
    " AND x.after->>'state' IN ('confirmed', 'corrected'))"
)


def _question(table: str, parts: tuple[Part, ...]) -> str:
    steps = ["own AS (SELECT %(key)s::bigint AS id)"]
    found = [f"SELECT '{table}', id FROM own"]
    if table == CLAIM:
        found += ["SELECT 'annotator_annotation', id FROM own", MENTIONS_CARRIED]

    def step(part: Part, above: str) -> None:
        name = f"step{len(steps)}"
        deleted = {
            "": "",
            "owner": f"{OWNER} = p.id::text AND x.before->>'{part.column}' = p.id::text",
        }.get(part.gone, f"x.before->>'{part.gone}' = p.id::text")
        stands = f"SELECT t.{part.key} AS id FROM {above} p JOIN {part.table} t ON t.{part.column} = p.id"
        went = (
            f" UNION SELECT x.row_id FROM {above} p JOIN sources_change x ON {deleted}"
            f""" WHERE x.operation = 'DELETE' AND x."table" = '{part.table}'"""
        )
        steps.append(f"{name} AS MATERIALIZED ({stands}{went if deleted else ''})")
        found.append(f"SELECT '{part.table}', id FROM {name}")
        if part.table in WORDED:
            found.append(f"SELECT 'annotator_annotation', id FROM {name}")
        for inner in part.parts:
            step(inner, name)

    for part in parts:
        step(part, "own")
    return (
        f"WITH {', '.join(steps)}, parts(kept_in, id) AS ({' UNION '.join(found)})"
        ' SELECT x.* FROM parts JOIN sources_change x ON x."table" = parts.kept_in AND x.row_id = parts.id'
        f"{' WHERE ' + ONLY_PLACED if table == CLAIM else ''} ORDER BY x.id DESC LIMIT %(most)s"
    )


OF_OUTLET = """
WITH RECURSIVE line(id) AS (
    SELECT %(key)s::bigint
    UNION
    SELECT p.id FROM line JOIN sources_publication p ON p.merged_into_id = line.id
)
SELECT x.* FROM sources_publication own
JOIN sources_publication p ON p.project_id = own.project_id
JOIN sources_change x ON x."table" = 'sources_publication' AND x.row_id = p.id
WHERE own.id = %(key)s AND (p.id = own.id OR x.operation = 'UPDATE'
    AND x.before->>'merged_into_id' IS DISTINCT FROM x.after->>'merged_into_id'
    AND coalesce(x.after->>'merged_into_id', x.before->>'merged_into_id')::bigint IN (SELECT id FROM line))
ORDER BY x.id DESC LIMIT %(most)s
"""
"""Its own changes, and when others were merged into it, or into one that is one with it, and taken apart."""

OF_ARTICLE = """
SELECT x.* FROM sources_change x WHERE x."table" = 'sources_article' AND x.row_id = %(key)s
UNION ALL
SELECT x.* FROM sources_snapshot s JOIN sources_block b ON b.snapshot_id = s.id
JOIN sources_change x ON x."table" = 'sources_block' AND x.row_id = b.id AND x.operation = 'UPDATE'
WHERE s.article_id = %(key)s
UNION ALL
SELECT x.* FROM sources_likelyreprint r
JOIN sources_change x ON x."table" = 'sources_likelyreprint' AND x.row_id = r.id AND x.operation = 'UPDATE'
WHERE %(key)s IN (r.article_id, r.original_id)
ORDER BY id DESC LIMIT %(most)s
"""
"""Its record, what was said of the parts of its texts, and of likely reprints: how texts are cut and which
are alike is found by the machine, and told where it is shown."""
OF_CODE = """
SELECT x.* FROM sources_change x WHERE x."table" = 'annotator_code' AND x.row_id = %(key)s
UNION ALL
SELECT x.* FROM annotator_codemerge m
JOIN sources_change x ON x."table" = 'annotator_codemerge' AND x.row_id = m.id
WHERE %(key)s IN (m.gone_id, m.kept_id)
ORDER BY id DESC LIMIT %(most)s
"""

Subject = Claim | Actor | Event | Publication | Article | Code
"""What has a history of its own."""
QUESTIONS: dict[type[Subject], str] = {
    Claim: _question("annotator_claim", OF_CLAIM),
    Actor: _question("annotator_actor", OF_ACTOR),
    Event: _question("annotator_event", OF_EVENT),
    Publication: OF_OUTLET,
    Article: OF_ARTICLE,
    Code: OF_CODE,
}


def changes_of(one: Subject) -> list[Change]:
    """The oldest first. One query."""
    found = Change.objects.raw(QUESTIONS[type(one)], {"key": one.pk, "most": MOST})
    return list(found)[::-1]
