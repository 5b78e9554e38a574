"""The questions of `dataset.py` in SQL. Each column is named as the dataset names it."""

# ruff: noqa: S608  (all of it is written in this file)

from .counting import said_again_sql
from .dataset_links_sql import ADDRESSED_EACH, CALLED, MEANT_EACH, OUTLETS_NAMED

# A claim's own links, then those of the claims that it lies inside of: link numbers go on, chain numbers are
# the outer claim's. A claim without a link of its own still has a first place, of whoever is not named.
LINKS = """
    CREATE TEMPORARY TABLE release_link ON COMMIT DROP AS
    WITH RECURSIVE up(claim, uuid, around, step, before) AS (
        SELECT r.id, r.uuid, c.inside_id, 1, greatest(1, (SELECT coalesce(max(t.position) + 1, 0)
            FROM annotator_attribution t WHERE t.claim_id = r.id))
        FROM release_claim r JOIN annotator_claim c ON c.annotation_id = r.id WHERE c.inside_id IS NOT NULL
        UNION ALL
        SELECT up.claim, up.uuid, c.inside_id, up.step + 1, up.before + (
            SELECT coalesce(max(t.position) + 1, 0) FROM annotator_attribution t WHERE t.claim_id = up.around)
        FROM up JOIN annotator_claim c ON c.annotation_id = up.around
        WHERE c.inside_id IS NOT NULL AND up.step < 20
    )
    SELECT t.id, t.uuid::text AS name, r.id AS claim, t.position + 1 AS link, NULL::bigint AS outer_claim
    FROM annotator_attribution t JOIN release_claim r ON r.id = t.claim_id
    UNION ALL
    SELECT t.id, t.uuid::text || '.' || up.uuid, up.claim, up.before + t.position + 1, up.around
    FROM up JOIN annotator_attribution t ON t.claim_id = up.around
"""
AGAIN = said_again_sql("(SELECT id AS annotation_id FROM release_claim)", "%(project)s")
TEMPORARY = (
    *("claim", "article", "outlet", "again", "link", "actor", "called", "event", "mention", "annotation"),
    *("snapshot", "sentence"),
)
# Mentions of events in the very words of a claim.
SPOKEN_OF = """
    SELECT m.annotation_id, m.event_id FROM release_claim r JOIN annotator_annotation c ON c.id = r.id
    JOIN annotator_annotation x ON x.snapshot_id = c.snapshot_id AND x.extent && c.extent AND x.kind = 'event'
    JOIN annotator_eventmention m ON m.annotation_id = x.id
"""
# `chosen` is the statement that gives the keys of the claims.
CLAIM = """
    CREATE TEMPORARY TABLE release_claim ON COMMIT DROP AS
    SELECT c.annotation_id AS id, c.uuid, n.snapshot_id, s.article_id
    FROM annotator_claim c
    JOIN annotator_annotation n ON n.id = c.annotation_id
    JOIN sources_snapshot s ON s.id = n.snapshot_id
    WHERE c.annotation_id IN ({chosen})
"""
SELECTION = (
    "CREATE UNIQUE INDEX ON release_claim (id)",
    """
    CREATE TEMPORARY TABLE release_article ON COMMIT DROP AS
    SELECT a.id, row_number() OVER (ORDER BY a.published_min NULLS LAST, a.uuid) AS rank, c.n_claims
    FROM sources_article a
    JOIN (SELECT article_id, count(*) AS n_claims FROM release_claim GROUP BY 1) c ON c.article_id = a.id
    """,
    "CREATE UNIQUE INDEX ON release_article (id)",
    OUTLETS_NAMED,
    f"CREATE TEMPORARY TABLE release_again ON COMMIT DROP AS {AGAIN}",
    LINKS,
    f"""
    CREATE TEMPORARY TABLE release_event ON COMMIT DROP AS
    SELECT e.survivor_key AS id FROM annotator_quantity q JOIN release_claim r ON r.id = q.claim_id
    JOIN annotator_event e ON e.id = q.event_id
    UNION
    SELECT e.survivor_key FROM ({SPOKEN_OF}) m JOIN annotator_event e ON e.id = m.event_id
    UNION
    SELECT e.survivor_key FROM annotator_eventmention m JOIN annotator_annotation n ON n.id = m.annotation_id
    JOIN annotator_event e ON e.id = m.event_id
    JOIN sources_snapshot s ON s.id = n.snapshot_id JOIN release_article a ON a.id = s.article_id
    WHERE %(every_mention)s
    """,
    """
    CREATE TEMPORARY TABLE release_actor ON COMMIT DROP AS
    SELECT DISTINCT who.survivor_id AS id FROM annotator_actor who WHERE who.id IN (
        SELECT s.actor_id FROM annotator_attributionsource s JOIN release_link l ON l.id = s.attribution_id
        UNION
        SELECT y.actor_id FROM annotator_party y JOIN release_link l ON l.id = y.attribution_id
        UNION
        SELECT y.actor_id FROM annotator_party y JOIN release_claim r ON r.id = y.claim_id
        UNION
        SELECT m.actor_id FROM annotator_actormention m JOIN annotator_annotation n ON n.id = m.annotation_id
        JOIN sources_snapshot s ON s.id = n.snapshot_id JOIN release_article a ON a.id = s.article_id
        WHERE %(every_mention)s
        UNION
        SELECT p.actor_id FROM annotator_eventparticipant p JOIN annotator_event x ON x.id = p.event_id
        JOIN release_event e ON e.id = x.survivor_key)
    """,
    # Whom an anonymous speaker turned out to be is somebody the dataset speaks of.
    """
    INSERT INTO release_actor SELECT n.survivor_id FROM annotator_actorresolution x
    JOIN release_actor r ON r.id = x.anonymous_id JOIN annotator_actor n ON n.id = x.named_id
    WHERE x.undone_at IS NULL
    EXCEPT SELECT id FROM release_actor
    """,
    # What whoever is anonymous is called outside the article (`identities.py`); `dataset.py` fills it.
    "CREATE TEMPORARY TABLE release_called (id bigint PRIMARY KEY, label text NOT NULL) ON COMMIT DROP",
    f"""
    CREATE TEMPORARY TABLE release_mention ON COMMIT DROP AS
    SELECT annotation_id AS id FROM ({SPOKEN_OF}) m
    UNION
    SELECT s.mention_id FROM annotator_attributionsource s JOIN release_link l ON l.id = s.attribution_id
    UNION
    SELECT y.mention_id FROM annotator_party y JOIN release_link l ON l.id = y.attribution_id
    UNION
    SELECT y.mention_id FROM annotator_party y JOIN release_claim r ON r.id = y.claim_id
    UNION
    SELECT p.mention_id FROM annotator_eventparticipant p JOIN annotator_event x ON x.id = p.event_id
    JOIN release_event e ON e.id = x.survivor_key
    UNION
    SELECT annotation_id FROM annotator_actormention WHERE %(every_mention)s AND project_id = %(project)s
    UNION
    SELECT annotation_id FROM annotator_eventmention WHERE %(every_mention)s AND project_id = %(project)s
    """,
    """
    CREATE TEMPORARY TABLE release_annotation ON COMMIT DROP AS
    SELECT n.id, n.snapshot_id, o.of_id FROM (
        SELECT id, uuid::text AS of_id FROM release_claim
        UNION ALL
        SELECT m.annotation_id, a.uuid::text FROM annotator_actormention m
        JOIN release_mention held ON held.id = m.annotation_id
        JOIN annotator_actor who ON who.id = m.actor_id
        JOIN release_actor r ON r.id = who.survivor_id JOIN annotator_actor a ON a.id = r.id
        UNION ALL
        SELECT m.annotation_id, e.uuid::text FROM annotator_eventmention m
        JOIN release_mention held ON held.id = m.annotation_id
        JOIN annotator_event x ON x.id = m.event_id
        JOIN release_event r ON r.id = x.survivor_key JOIN annotator_event e ON e.id = r.id
        UNION ALL
        SELECT s.annotation_id, t.uuid::text FROM annotator_supportingspan s
        LEFT JOIN annotator_attributionsource w ON w.id = s.source_id
        LEFT JOIN annotator_party y ON y.id = s.party_id
        JOIN annotator_attribution t ON t.id = coalesce(s.link_id, w.attribution_id, y.attribution_id)
        JOIN release_claim r ON r.id = t.claim_id
        UNION ALL
        SELECT s.annotation_id, a.uuid::text FROM annotator_supportingspan s
        JOIN annotator_actor who ON who.id = s.actor_id
        JOIN release_actor r ON r.id = who.survivor_id JOIN annotator_actor a ON a.id = r.id
        UNION ALL
        SELECT s.annotation_id, r.uuid::text FROM annotator_supportingspan s
        LEFT JOIN annotator_party y ON y.id = s.party_id
        JOIN release_claim r ON r.id = coalesce(s.claim_id, y.claim_id)
        UNION ALL
        SELECT s.annotation_id, e.uuid::text FROM annotator_supportingspan s
        JOIN annotator_event x ON x.id = s.event_id
        JOIN release_event r ON r.id = x.survivor_key JOIN annotator_event e ON e.id = r.id
    ) o
    JOIN annotator_annotation n ON n.id = o.id
    JOIN sources_snapshot s ON s.id = n.snapshot_id
    JOIN release_article a ON a.id = s.article_id
    """,
    "CREATE UNIQUE INDEX ON release_annotation (id)",
    # By its index: a list of a million annotations would be gone through for every article.
    """
    CREATE TEMPORARY TABLE release_snapshot ON COMMIT DROP AS
    SELECT s.id, row_number() OVER (ORDER BY a.rank, s.number) AS place
    FROM (SELECT DISTINCT snapshot_id AS id FROM release_annotation) r
    JOIN sources_snapshot s ON s.id = r.id JOIN release_article a ON a.id = s.article_id
    """,
    "CREATE UNIQUE INDEX ON release_snapshot (id)",
    "CREATE UNIQUE INDEX ON release_snapshot (place)",
    """
    CREATE TEMPORARY TABLE release_sentence ON COMMIT DROP AS
    SELECT DISTINCT l.sentence_id AS id FROM annotator_annotationsentence l
    JOIN release_annotation r ON r.id = l.annotation_id
    """,
    *(f"ANALYZE release_{name}" for name in TEMPORARY),
)

# Where an annotation's sentences lie, and where the next one begins.
SENTENCES = """
    LEFT JOIN LATERAL (
        SELECT array_agg(s.uuid::text ORDER BY s.start) AS sentence_ids,
            array_agg(s.number ORDER BY s.start) AS numbers,
            array_agg(s.start ORDER BY s.start) AS starts, array_agg(s."end" ORDER BY s.start) AS ends
        FROM annotator_annotationsentence l JOIN sources_sentence s ON s.id = l.sentence_id
        WHERE l.annotation_id = n.id
    ) sen ON TRUE
"""

PLACE = "ORDER BY lower(x.extent), x.uuid"
PARTS = ", ".join(
    f"array_agg(x.uuid::text {PLACE}) FILTER (WHERE x.kind = '{kind}') AS {name}_ids"
    for kind, name in (
        ("time", "time"),
        ("period", "period"),
        ("hedge", "hedge"),
        ("gloss", "gloss"),
        ("quoted", "marks"),
    )
)
QUOTED_AROUND = """
    WITH RECURSIVE around AS (
        SELECT o.annotation_id, o.inside_id, o.quotation_type FROM annotator_claim o
        WHERE o.annotation_id = c.inside_id
        UNION SELECT o.annotation_id, o.inside_id, o.quotation_type FROM around
        JOIN annotator_claim o ON o.annotation_id = around.inside_id
    ) SELECT FROM around WHERE quotation_type IN ('direct', 'mixed')
"""
CLAIMS = f"""
    SELECT c.annotation_id AS key, n.snapshot_id, n.quotes, n.extent, n.prefix, n.suffix,
        c.uuid::text AS claim_id, c.paraphrase, type.key AS claim_type, c.quotation_type, c.voice, c.polarity,
        c.polarity_basis, c.polarity_confidence, c.negated, c.translated, c.basis, c.certainty,
        c.assessment, c.assessment_reason, c.status AS review_status,
        c.said_on AS said_on_edtf, c.said_on_min, c.said_on_max, c.said_on_confidence,
        CASE WHEN c.said_on <> '' THEN c.said_on_basis END AS said_on_basis,
        c.period AS period_edtf, c.period_min, c.period_max, c.period_confidence,
        CASE WHEN c.period <> '' THEN c.period_basis END AS period_basis,
        n.uuid::text AS annotation_id, c.annotation_id IN (SELECT id FROM release_again) AS said_again,
        n.updated_at AS coded_at, c.codebook_version::text, a.id AS article,
        coalesce(nullif(author.name, ''), split_part(author.username, '@', 1)) AS annotator,
        inside.uuid::text AS inside_claim_id, snap.uuid::text AS snapshot, snap.number AS text_number,
        snap.sha256 AS snapshot_sha256, snap.length AS snapshot_length, sen.*, speakers.*, heard.*, parts.*,
        ARRAY(SELECT k.key FROM annotator_claimtopic t JOIN annotator_code k ON k.id = t.topic_id
            WHERE t.claim_id = c.annotation_id ORDER BY k.position, k.key) AS topics,
        ARRAY(SELECT e.uuid::text FROM annotator_event e WHERE e.id IN (
            SELECT h.survivor_key FROM annotator_quantity q JOIN annotator_event h ON h.id = q.event_id
                WHERE q.claim_id = c.annotation_id
            UNION SELECT h.survivor_key FROM annotator_eventmention m
                JOIN annotator_event h ON h.id = m.event_id
                JOIN annotator_annotation x ON x.id = m.annotation_id
                WHERE x.snapshot_id = n.snapshot_id AND x.extent && n.extent
            ) ORDER BY e.uuid) AS event_ids,
        ARRAY(SELECT o.uuid::text FROM annotator_claimrelation l JOIN release_claim o ON o.id = l.other_id
            WHERE l.claim_id = c.annotation_id AND l.basis = 'textual'
            ORDER BY o.uuid) AS refers_to_claim_ids,
        ARRAY(SELECT y.actor_id FROM (SELECT c.annotation_id AS id) t {MEANT_EACH}
            WHERE y.actor_id IS NOT NULL ORDER BY y.place, y.id) AS target_ids,
        ARRAY(SELECT y.party FROM (SELECT c.annotation_id AS id) t {MEANT_EACH} ORDER BY y.place, y.id)
            AS target_names,
        ARRAY(SELECT x.uuid::text FROM annotator_party y JOIN annotator_supportingspan s ON s.party_id = y.id
            JOIN release_annotation m ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE y.claim_id = c.annotation_id ORDER BY lower(x.extent), x.uuid) AS target_words_ids,
        (SELECT t.act FROM annotator_attribution t WHERE t.claim_id = c.annotation_id AND t.position = 0
            ORDER BY t.chain LIMIT 1) AS act,
        -- Marked words may be those of whoever speaks in a claim around it that is quoted too.
        (SELECT coalesce(nullif(t.quotation_type, ''), CASE WHEN c.quotation_type NOT IN ('direct', 'mixed')
                OR NOT EXISTS ({QUOTED_AROUND}) THEN c.quotation_type END)
            FROM annotator_attribution t WHERE t.claim_id = c.annotation_id AND t.position = 0
            ORDER BY t.chain LIMIT 1) AS speaker_quotation_type,
        ARRAY(SELECT unnest(x.quotes) FROM annotator_attribution t
            JOIN annotator_supportingspan s ON s.link_id = t.id
            JOIN annotator_annotation x ON x.id = s.annotation_id AND x.kind = 'cue'
            WHERE t.claim_id = c.annotation_id AND t.position = 0 ORDER BY t.chain, lower(x.extent)) AS cues,
        ARRAY(SELECT DISTINCT k.key FROM annotator_attribution t
            JOIN annotator_supportingspan s ON s.link_id = t.id JOIN annotator_code k ON k.id = s.cue_type_id
            WHERE t.claim_id = c.annotation_id AND t.position = 0 ORDER BY k.key) AS cue_types,
        (SELECT coalesce(nullif(u.name, ''), split_part(u.username, '@', 1)) FROM annotator_review v
            JOIN sources_user u ON u.id = v.reviewer_id WHERE v.claim_id = c.annotation_id
            ORDER BY v.id DESC LIMIT 1) AS reviewer
    FROM release_claim r
    JOIN annotator_claim c ON c.annotation_id = r.id
    JOIN annotator_annotation n ON n.id = r.id
    JOIN sources_snapshot snap ON snap.id = n.snapshot_id
    JOIN release_article a ON a.id = r.article_id
    JOIN annotator_code type ON type.id = c.type_id
    LEFT JOIN release_claim inside ON inside.id = c.inside_id
    LEFT JOIN sources_user author ON author.id = n.author_id
    {SENTENCES}
    LEFT JOIN LATERAL (
        SELECT array_agg(x.uuid::text ORDER BY x.chain, x.place) AS speaker_ids,
            array_agg(x.name ORDER BY x.chain, x.place) AS speaker_names,
            array_agg(x.key ORDER BY x.chain, x.place) AS speaker_kinds,
            array_agg(x.naming ORDER BY x.chain, x.place) AS speaker_namings,
            array_agg(x.role_at_time ORDER BY x.chain, x.place) AS speaker_roles
        FROM (SELECT DISTINCT ON (p.id) p.uuid, {CALLED.format("p")} AS name, k.key, p.naming, w.role_at_time,
                t.chain, w.position AS place
            FROM annotator_attribution t JOIN annotator_attributionsource w ON w.attribution_id = t.id
            JOIN annotator_actor who ON who.id = w.actor_id JOIN annotator_actor p ON p.id = who.survivor_id
            JOIN annotator_code k ON k.id = p.kind_id
            WHERE t.claim_id = c.annotation_id AND t.position = 0
            ORDER BY p.id, t.chain, w.position) x
    ) speakers ON TRUE
    LEFT JOIN LATERAL (
        SELECT array_agg(x.actor_id ORDER BY x.chain, x.place) AS heard_ids,
            array_agg(x.party ORDER BY x.chain, x.place) AS heard_names,
            array_agg(x.mention_id ORDER BY x.chain, x.place) AS heard_mentions
        FROM (SELECT DISTINCT ON (coalesce(y.actor_id, y.words)) y.*, t.chain
            FROM annotator_attribution t {ADDRESSED_EACH}
            WHERE t.claim_id = c.annotation_id AND t.position = 0
            ORDER BY coalesce(y.actor_id, y.words), t.chain, y.place) x
    ) heard ON TRUE
    LEFT JOIN LATERAL (
        SELECT {PARTS},
            array_agg(array_to_string(x.quotes, ' […] ') {PLACE}) FILTER (WHERE s.whose = 'speaker')
                AS speakers_hedges,
            array_agg(array_to_string(x.quotes, ' […] ') {PLACE}) FILTER (WHERE s.whose = 'reporter')
                AS reporters_hedges,
            range_agg(x.extent) FILTER (WHERE x.kind = 'gloss') AS glosses
        FROM annotator_supportingspan s JOIN release_annotation m ON m.id = s.annotation_id
        JOIN annotator_annotation x ON x.id = m.id WHERE s.claim_id = c.annotation_id
    ) parts ON TRUE
    ORDER BY a.rank, snap.number, lower(n.extent), c.uuid
"""
