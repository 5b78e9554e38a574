"""The questions of `dataset.py` about the links of chains, in SQL: who speaks in them, and to whom."""

# ruff: noqa: S608  (all of it is written in this file)

# What an actor `{0}` is called: by their label whoever is anonymous.
CALLED = "coalesce((SELECT x.label FROM release_called x WHERE x.id = {0}.id), {0}.name)"

# The sources of a link `t`; of those who were merged with each other the first.
ONE_EACH = """
    JOIN LATERAL (
        SELECT DISTINCT ON (who.survivor_id) who.survivor_id, s.position, s.jointly, s.role_at_time, s.basis,
            s.confidence, s.mention_id
        FROM annotator_attributionsource s JOIN annotator_actor who ON who.id = s.actor_id
        WHERE s.attribution_id = t.id ORDER BY who.survivor_id, s.position, s.id
    ) w ON TRUE
"""

# Those addressed in a link `t` or meant by a claim `t`; of those who were merged with each other the first.
PARTIES_EACH = f"""
    JOIN LATERAL (
        SELECT DISTINCT ON (coalesce(p.id, -h.id)) p.uuid::text AS actor_id,
            coalesce({CALLED.format("p")}, h.words) AS party, h.words, h.position AS place, h.id,
            m.uuid::text AS mention_id
        FROM annotator_party h LEFT JOIN annotator_actor who ON who.id = h.actor_id
        LEFT JOIN annotator_actor p ON p.id = who.survivor_id
        LEFT JOIN release_annotation r ON r.id = h.mention_id LEFT JOIN annotator_annotation m ON m.id = r.id
        WHERE h.{{owner}} = t.id ORDER BY coalesce(p.id, -h.id), h.position, h.id
    ) y ON TRUE
"""
ADDRESSED_EACH = PARTIES_EACH.format(owner="attribution_id")
MEANT_EACH = PARTIES_EACH.format(owner="claim_id")

CLAIM_SPEAKERS = f"""
    SELECT r.uuid::text AS claim_id, l.name AS attribution_id, p.uuid::text AS actor_id,
        {CALLED.format("p")} AS actor, k.key AS actor_kind, p.naming, t.chain, l.link,
        t.role AS link_role, w.position + 1 AS position, w.jointly, w.role_at_time, w.basis, w.confidence,
        x.uuid::text AS mention_id
    FROM release_claim r JOIN release_article a ON a.id = r.article_id
    JOIN release_link l ON l.claim = r.id JOIN annotator_attribution t ON t.id = l.id
    {ONE_EACH}
    JOIN annotator_actor p ON p.id = w.survivor_id JOIN annotator_code k ON k.id = p.kind_id
    LEFT JOIN release_annotation m ON m.id = w.mention_id LEFT JOIN annotator_annotation x ON x.id = m.id
    ORDER BY a.rank, r.uuid, l.link, t.chain, w.position, p.uuid
"""

ADDRESSEES = f"""
    SELECT r.uuid::text AS claim_id, l.name AS attribution_id, t.chain, l.link,
        row_number() OVER (PARTITION BY l.name ORDER BY y.place, y.id) AS position,
        y.actor_id, y.party AS addressee, y.words, y.mention_id,
        (SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.party_id = y.id) AS words_id
    FROM release_claim r JOIN release_article a ON a.id = r.article_id
    JOIN release_link l ON l.claim = r.id JOIN annotator_attribution t ON t.id = l.id
    {ADDRESSED_EACH}
    ORDER BY a.rank, r.uuid, l.link, t.chain, y.place, y.id
"""

TARGETS = f"""
    SELECT t.uuid::text AS claim_id, row_number() OVER (PARTITION BY t.id ORDER BY y.place, y.id) AS position,
        y.actor_id, y.party AS target, y.words, y.mention_id,
        (SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.party_id = y.id) AS words_id
    FROM release_claim t JOIN release_article a ON a.id = t.article_id {MEANT_EACH}
    ORDER BY a.rank, t.uuid, y.place, y.id
"""

ATTRIBUTIONS = f"""
    SELECT l.name AS attribution_id, r.uuid::text AS claim_id, t.chain, l.link, t.role,
        outer_claim.uuid::text AS outer_claim_id, l.outer_claim IS NOT NULL AS outer_link,
        ARRAY(SELECT y.actor_id FROM (SELECT t.id) link {ADDRESSED_EACH}
            WHERE y.actor_id IS NOT NULL ORDER BY y.place, y.id) AS addressee_ids,
        t.act, t.quotation_type, t.basis,
        who.actor_ids,
        ARRAY(SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.link_id = t.id AND x.kind = 'cue' ORDER BY lower(x.extent), x.uuid) AS cue_ids,
        ARRAY(SELECT unnest(x.quotes) FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.link_id = t.id AND x.kind = 'cue' ORDER BY lower(x.extent), x.uuid) AS cues,
        ARRAY(SELECT DISTINCT k.key FROM annotator_supportingspan s
            JOIN annotator_code k ON k.id = s.cue_type_id WHERE s.link_id = t.id ORDER BY k.key) AS cue_types,
        -- Joined, not `OR … IN (SELECT …)`: PostgreSQL 18.4 answered that with nothing (hashed subplan).
        ARRAY(SELECT x.uuid::text FROM annotator_attributionsource w
            JOIN annotator_supportingspan s ON s.source_id = w.id
            JOIN release_annotation m ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE w.attribution_id = t.id ORDER BY lower(x.extent), x.uuid) AS role_ids,
        ARRAY(SELECT x.uuid::text FROM annotator_party y
            JOIN annotator_supportingspan s ON s.party_id = y.id
            JOIN release_annotation m ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE y.attribution_id = t.id ORDER BY lower(x.extent), x.uuid) AS addressee_words_ids,
        t.occasion, ARRAY(SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.link_id = t.id AND x.kind = 'occasion' ORDER BY x.uuid) AS occasion_ids,
        t.repeated, told.*, ARRAY(SELECT x.uuid::text FROM annotator_supportingspan s
            JOIN release_annotation m ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.link_id = t.id AND x.kind = 'time' ORDER BY x.uuid) AS time_ids
    FROM release_claim r JOIN release_article a ON a.id = r.article_id
    JOIN release_link l ON l.claim = r.id JOIN annotator_attribution t ON t.id = l.id
    LEFT JOIN release_claim outer_claim ON outer_claim.id = l.outer_claim
    LEFT JOIN LATERAL (
        SELECT array_agg(p.uuid::text ORDER BY w.position, p.uuid) AS actor_ids
        FROM (SELECT t.id) link {ONE_EACH} JOIN annotator_actor p ON p.id = w.survivor_id
    ) who ON TRUE
    -- The first link of the first chain said it when its claim says.
    JOIN annotator_claim own ON own.annotation_id = t.claim_id
    CROSS JOIN LATERAL (
        SELECT d.said_on AS said_on_edtf, d.said_on_min, d.said_on_max,
            CASE WHEN d.said_on <> '' THEN d.said_on_basis END AS said_on_basis, d.said_on_confidence
        FROM (
            SELECT t.said_on, t.said_on_min, t.said_on_max, t.said_on_basis, t.said_on_confidence
            WHERE t.chain > 1 OR t.position > 0
            UNION ALL
            SELECT own.said_on, own.said_on_min, own.said_on_max, own.said_on_basis, own.said_on_confidence
            WHERE t.chain = 1 AND t.position = 0
        ) d
    ) told
    ORDER BY a.rank, r.uuid, l.link, t.chain
"""

# Whom articles name, with what was merged into them, and into that.
OUTLETS_NAMED = """
    CREATE TEMPORARY TABLE release_outlet ON COMMIT DROP AS
    WITH RECURSIVE named(id) AS (
        SELECT unnest(ARRAY[s.publication_id, s.original_publication_id, o.publication_id])
        FROM release_article a JOIN sources_article s ON s.id = a.id
        LEFT JOIN sources_article o ON o.id = s.reprint_of_id
        UNION
        SELECT p.id FROM named JOIN sources_publication p ON p.merged_into_id = named.id
    ) SELECT id FROM named WHERE id IS NOT NULL
    """
