"""What one table repeats of another."""

# ruff: noqa: S608  (all of it is written in this file)

import sqlite3

from .outlets import OF_OUTLETS

CALLED = "CASE WHEN o.label <> '' THEN o.label ELSE o.name END"
SPEAKERS = (
    "(SELECT claim_id, count(*) AS n, max(actor_id) AS one, sum(length(actor)) + count(*) - 1 AS letters "
    "FROM (SELECT DISTINCT claim_id, actor_id, actor FROM claim_speakers WHERE link = '1') GROUP BY claim_id)"
)
PROPOSITIONS = "(SELECT concept, count(DISTINCT proposition) AS n FROM positions GROUP BY concept)"
CLAIMS = "(SELECT article_id, count(*) AS n FROM claims GROUP BY article_id)"
USED = (
    "(SELECT actor_id AS id FROM claim_speakers UNION SELECT actor_id FROM addressees "
    "UNION SELECT actor_id FROM targets "
    "UNION SELECT of_id FROM annotations UNION SELECT actor_id FROM event_participants)"
)
HEARD = (
    "(SELECT claim_id, count(*) AS n, max(actor_id) AS one, sum(length(addressee)) + count(*) - 1 AS letters "
    "FROM (SELECT DISTINCT claim_id, actor_id, addressee FROM addressees WHERE link = '1') GROUP BY claim_id)"
)
MEANT = (
    "(SELECT claim_id, sum(actor_id <> '') AS n, sum(length(target)) + count(*) - 1 AS letters "
    "FROM targets GROUP BY claim_id)"
)
TOLD = "(SELECT attribution_id, count(*) AS n FROM addressees WHERE actor_id <> '' GROUP BY attribution_id)"
PARTS = "(SELECT event_id, count(*) AS n FROM event_participants GROUP BY event_id)"
SAME = (
    (
        "events",
        f"LEFT JOIN {PARTS} o ON o.event_id = t.event_id",
        "t.n_participants = CAST(coalesce(o.n, 0) AS TEXT)",
        "n_participants is not the number of its rows in event_participants.csv",
    ),
    (
        "event_mentions",
        "JOIN annotations o ON o.annotation_id = t.annotation_id",
        "o.kind = 'event' AND o.of_id = t.event_id",
        "the annotation does not mention the event",
    ),
    (
        "events",
        "LEFT JOIN (SELECT event_id, count(*) AS n FROM event_mentions GROUP BY event_id) o "
        "ON o.event_id = t.event_id",
        "coalesce(o.n, 0) = CASE t.mention_ids WHEN '' THEN 0 "
        "ELSE length(t.mention_ids) - length(replace(t.mention_ids, ';', '')) + 1 END",
        "mention_ids are not its rows in event_mentions.csv",
    ),
    (
        "event_participants",
        "JOIN actors o ON o.actor_id = t.actor_id",
        f"t.actor = {CALLED}",
        "the name is not that of the actor",
    ),
    (
        "event_participants",
        "JOIN annotations o ON o.annotation_id = t.mention_id",
        "o.kind = 'actor' AND o.of_id = t.actor_id",
        "the mention does not name the actor",
    ),
    (
        "claim_speakers",
        "JOIN attributions o ON o.attribution_id = t.attribution_id",
        "t.claim_id = o.claim_id AND t.chain = o.chain AND t.link = o.link AND t.link_role = o.role "
        "AND instr(';' || o.actor_ids || ';', ';' || t.actor_id || ';')",
        "claim, chain, link, role or actor are not those of its attribution",
    ),
    (
        "claim_speakers",
        "JOIN actors o ON o.actor_id = t.actor_id",
        f"t.actor = {CALLED} AND t.actor_kind = o.kind AND t.naming = o.naming",
        "name, kind or naming are not those of the actor",
    ),
    (
        "claims",
        "JOIN actors o ON o.actor_id = t.speaker_id",
        f"t.speaker = replace({CALLED}, ';', ',') AND t.speaker_kind = o.kind "
        "AND t.speaker_naming = o.naming",
        "name, kind or naming are not those of the speaker",
    ),
    (
        "claims",
        f"LEFT JOIN {SPEAKERS} o ON o.claim_id = t.claim_id",
        "t.n_speakers = CAST(coalesce(o.n, 0) AS TEXT) "
        "AND t.speaker_id = CASE WHEN o.n = 1 THEN o.one ELSE '' END",
        "n_speakers or speaker_id are not what claim_speakers.csv says",
    ),
    (
        "claims",
        f"LEFT JOIN {SPEAKERS} o ON o.claim_id = t.claim_id",
        "length(t.speaker) = coalesce(o.letters, 0)",
        "speaker is not made of the names that claim_speakers.csv gives it",
    ),
    (
        "claims",
        "JOIN claim_speakers o ON o.claim_id = t.claim_id AND o.link = '1'",
        "instr(';' || t.speaker || ';', ';' || replace(o.actor, ';', ',') || ';')",
        "speaker lacks a name that claim_speakers.csv gives it",
    ),
    (
        "claims",
        f"LEFT JOIN {HEARD} o ON o.claim_id = t.claim_id",
        "t.addressee_id = CASE WHEN o.n = 1 THEN o.one ELSE '' END "
        "AND length(t.addressee) = coalesce(o.letters, 0)",
        "addressee or addressee_id are not what addressees.csv says",
    ),
    (
        "claims",
        "JOIN addressees o ON o.claim_id = t.claim_id AND o.link = '1'",
        "instr(';' || t.addressee || ';', ';' || replace(o.addressee, ';', ',') || ';')",
        "addressee lacks a name that addressees.csv gives it",
    ),
    (
        "claims",
        "JOIN annotations o ON o.annotation_id = t.addressee_mention_id",
        "o.kind = 'actor' AND o.of_id = t.addressee_id",
        "addressee_mention_id does not name the addressee",
    ),
    (
        "addressees",
        "LEFT JOIN actors o ON o.actor_id = t.actor_id",
        f"t.addressee = coalesce({CALLED}, t.words)",
        "the addressee is neither the actor named nor the words",
    ),
    (
        "addressees",
        "JOIN attributions o ON o.attribution_id = t.attribution_id",
        "t.claim_id = o.claim_id AND t.chain = o.chain AND t.link = o.link "
        "AND (t.actor_id = '' OR instr(';' || o.addressee_ids || ';', ';' || t.actor_id || ';')) "
        "AND (t.words_id = '' OR instr(';' || o.addressee_words_ids || ';', ';' || t.words_id || ';'))",
        "claim, chain, link or actor are not those of its attribution",
    ),
    (
        "addressees",
        "JOIN annotations o ON o.annotation_id = t.mention_id",
        "o.kind = 'actor' AND o.of_id = t.actor_id",
        "the mention does not name the actor",
    ),
    (
        "addressees",
        "JOIN annotations o ON o.annotation_id = t.words_id",
        "o.kind = 'addressee' AND o.of_id = substr(t.attribution_id, 1, 36) AND t.words <> ''",
        "the words are not of its attribution",
    ),
    (
        "targets",
        "LEFT JOIN actors o ON o.actor_id = t.actor_id",
        f"t.target = coalesce({CALLED}, t.words)",
        "the target is neither the actor named nor the words",
    ),
    (
        "targets",
        "JOIN claims o ON o.claim_id = t.claim_id",
        "instr(';' || o.targets || ';', ';' || replace(t.target, ';', ',') || ';') "
        "AND (t.actor_id = '' OR instr(';' || o.target_ids || ';', ';' || t.actor_id || ';')) "
        "AND (t.words_id = '' OR instr(';' || o.target_words_ids || ';', ';' || t.words_id || ';'))",
        "name, actor or words are not those of its claim",
    ),
    (
        "claims",
        "JOIN targets o ON o.claim_id = t.claim_id",
        "instr(';' || t.targets || ';', ';' || replace(o.target, ';', ',') || ';')",
        "targets does not name whom targets.csv names",
    ),
    (
        "targets",
        "JOIN annotations o ON o.annotation_id = t.mention_id",
        "o.kind = 'actor' AND o.of_id = t.actor_id",
        "the mention does not name the actor",
    ),
    (
        "targets",
        "JOIN annotations o ON o.annotation_id = t.words_id",
        "o.kind = 'target' AND o.of_id = t.claim_id AND t.words <> ''",
        "the words are not of its claim",
    ),
    (
        "claims",
        f"LEFT JOIN {MEANT} o ON o.claim_id = t.claim_id",
        "length(t.targets) = coalesce(o.letters, 0) AND coalesce(o.n, 0) = length(t.target_ids) "
        "- length(replace(t.target_ids, ';', '')) + (t.target_ids <> '')",
        "targets or target_ids are not what targets.csv says",
    ),
    (
        "attributions",
        f"LEFT JOIN {TOLD} o ON o.attribution_id = t.attribution_id",
        "coalesce(o.n, 0) = length(t.addressee_ids) - length(replace(t.addressee_ids, ';', '')) "
        "+ (t.addressee_ids <> '')",
        "addressee_ids is not what addressees.csv says",
    ),
    (
        "attributions",
        "LEFT JOIN claims o ON o.claim_id = t.claim_id",
        "t.outer_link = CASE WHEN t.attribution_id LIKE '%.%' THEN 'TRUE' ELSE 'FALSE' END "
        "AND (t.outer_claim_id = '' OR t.outer_link = 'TRUE')",
        "outer_link does not fit the identifier",
    ),
    (
        "quantities",
        "",
        "is_bounded(t.qualifier, t.low, t.high)",
        "low and high are not those that its qualifier speaks of",
    ),
    (
        "positions",
        f"JOIN {PROPOSITIONS} o ON o.concept = t.concept",
        "o.n = 1",
        "its concept has another proposition in another row",
    ),
    (
        "articles",
        f"LEFT JOIN {CLAIMS} o ON o.article_id = t.article_id",
        "t.n_claims = CAST(coalesce(o.n, 0) AS TEXT)",
        "n_claims is not the number of its claims",
    ),
    (
        "actors",
        f"LEFT JOIN {USED} o ON o.id = t.actor_id",
        "o.id IS NOT NULL OR t.actor_id IN (SELECT resolved_to_id FROM actors)",
        "nothing here is said, heard or done by it, or names it",
    ),
    (
        "actor_names",
        "JOIN actors o ON o.actor_id = t.actor_id",
        "t.merged_id = '' OR instr(';' || o.merged_ids || ';', ';' || t.merged_id || ';')",
        "merged_id is not one of its actor's merged_ids",
    ),
    (
        "actors",
        "",
        "t.naming = 'anonymous' OR (t.resolved_to_id = '' AND t.label = '')",
        "it is named, and yet resolved to somebody or labelled as if it were not",
    ),
    *OF_OUTLETS,
)


def check_nesting(db, report):
    """No claim lies inside itself, by way of however many others."""
    query = "SELECT claim_id, row, inside_claim_id FROM claims WHERE inside_claim_id <> '' ORDER BY row"
    around = {claim: (row, outer) for claim, row, outer in db.execute(query)}
    walked = {}
    for start in around:
        claim = start
        while claim in around and claim not in walked:
            walked[claim] = start
            claim = around[claim][1]
        if walked.get(claim) == start:
            report.problem(
                "claims", around[claim][0], claim, "inside_claim_id leads back to the claim itself"
            )


def check_same(db, report, other=False):
    """In a dataset of an `other` format tables and columns may be missing: what asks for them is noted."""
    for table, join, condition, words in SAME:
        try:
            first = db.execute(f"SELECT * FROM {table} LIMIT 0").description[1][0]
            query = f"SELECT t.row, t.{first} FROM {table} t {join} WHERE NOT ({condition})"
            found = db.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            if not other:
                raise
            report.note(f"{table}.csv was not held to every other table: {error}")
            continue
        for row, identifier in found:
            report.problem(table, row, identifier, words)
