"""The questions of `dataset.py` about what claims stand on, in SQL; and about whom and what they name."""

# ruff: noqa: S608  (all of it is written in this file)

from .dataset_links_sql import CALLED
from .dataset_sql import SENTENCES

ANNOTATIONS = f"""
    SELECT n.uuid::text AS annotation_id, n.kind, r.of_id, art.uuid::text AS article_id, n.snapshot_id,
        snap.uuid::text AS snapshot, snap.sha256 AS snapshot_sha256, snap.length AS snapshot_length,
        n.extent, n.quotes, n.prefix, n.suffix, sen.*, n.origin, n.created_at AS made_at, n.version,
        (SELECT nullif(s.whose || s.use, '') FROM annotator_supportingspan s
            WHERE s.annotation_id = n.id) AS says,
        (SELECT k.key FROM annotator_supportingspan s JOIN annotator_code k ON k.id = s.cue_type_id
            WHERE s.annotation_id = n.id) AS cue_type,
        coalesce(nullif(author.name, ''), split_part(author.username, '@', 1)) AS author
    FROM release_annotation r JOIN annotator_annotation n ON n.id = r.id
    JOIN sources_snapshot snap ON snap.id = n.snapshot_id
    JOIN release_article a ON a.id = snap.article_id JOIN sources_article art ON art.id = a.id
    LEFT JOIN sources_user author ON author.id = n.author_id
    {SENTENCES}
    ORDER BY a.rank, snap.number, lower(n.extent), n.uuid
"""

POSITIONS = """
    SELECT r.uuid::text AS claim_id, k.key AS concept, k.name AS proposition, p.stand
    FROM release_claim r JOIN release_article a ON a.id = r.article_id
    JOIN annotator_position p ON p.claim_id = r.id JOIN annotator_code k ON k.id = p.concept_id
    ORDER BY a.rank, r.uuid, k.position, k.key
"""

SENTENCES_CITED = """
    SELECT s.uuid::text AS sentence_id, art.uuid::text AS article_id, s.snapshot_id,
        snap.uuid::text AS snapshot, snap.sha256 AS snapshot_sha256, s.number, s.start, s."end",
        coalesce(next.start, snap.length) AS next_start, b.role AS block_role, b.masked,
        g.segmenter || ' ' || g.segmenter_version AS segmenter, art.url
    FROM release_sentence r JOIN sources_sentence s ON s.id = r.id
    JOIN sources_segmentation g ON g.id = s.segmentation_id
    JOIN sources_snapshot snap ON snap.id = s.snapshot_id
    JOIN release_article a ON a.id = snap.article_id JOIN sources_article art ON art.id = a.id
    LEFT JOIN sources_block b ON b.id = s.block_id
    LEFT JOIN sources_sentence next
        ON next.segmentation_id = s.segmentation_id AND next.number = s.number + 1
    ORDER BY a.rank, snap.number, s.start, s.uuid
"""

SNAPSHOTS = """
    SELECT snap.id AS snapshot_key, snap.uuid::text AS snapshot_id, art.uuid::text AS article_id, snap.number,
        snap.sha256, snap.length, snap.captured_at, snap.method,
        trim(snap.extractor || ' ' || snap.extractor_version) AS extractor, raw.sha256 AS raw_sha256
    FROM sources_snapshot snap
    JOIN release_article a ON a.id = snap.article_id JOIN sources_article art ON art.id = a.id
    LEFT JOIN sources_capture raw ON raw.snapshot_id = snap.id
    WHERE snap.id IN (SELECT id FROM release_snapshot)
    ORDER BY a.rank, snap.number
"""

# A text and those after it, as long as what stands before each is not too long together.
TEXTS = """
    SELECT id, text FROM (
        SELECT r.id, s.text, r.place, sum(s.length) OVER (ORDER BY r.place) - s.length AS before
        FROM release_snapshot r JOIN sources_snapshot s ON s.id = r.id
        WHERE r.place >= (SELECT place FROM release_snapshot WHERE id = %(first)s)
            AND r.place < (SELECT place FROM release_snapshot WHERE id = %(first)s) + %(most)s
    ) held WHERE before < %(letters)s
"""

# The group is the article at the end of the chain of reprints.
ARTICLES = """
    WITH RECURSIVE line(article, at, step) AS (
        SELECT a.id, a.id, 0 FROM release_article a
        UNION ALL
        SELECT line.article, s.reprint_of_id, line.step + 1 FROM line
        JOIN sources_article s ON s.id = line.at WHERE s.reprint_of_id IS NOT NULL AND line.step < 20
    ), origin AS (SELECT DISTINCT ON (article) article, at FROM line ORDER BY article, step DESC)
    SELECT art.id AS key, art.uuid::text AS article_id, art.title, art.subtitle, art.authors,
        seen.uuid::text AS outlet_id, seen.name AS outlet_seen,
        coalesce(own.uuid, origin_outlet.uuid)::text AS outlet_original_id,
        coalesce(own.name, origin_outlet.name) AS outlet_original,
        (SELECT count(*) FROM sources_snapshot snap WHERE snap.article_id = art.id) AS n_texts,
        nullif(seen.issn, '') AS outlet_issn, nullif(seen.issn_l, '') AS outlet_issn_l,
        coalesce(seen.domains, '{}') AS outlet_domains, nullif(seen.wikidata, '') AS outlet_wikidata,
        CASE WHEN held.id IS NOT NULL THEN original.uuid::text END AS reprint_of_id,
        first.uuid::text AS independent_source_group,
        art.published AS published_edtf, art.published_min, art.published_max,
        art.modified AS modified_edtf, art.accessed, art.section,
        art.language, art.url, art.archive_url, a.n_claims,
        ARRAY(SELECT snap.sha256 FROM sources_snapshot snap JOIN release_snapshot r ON r.id = snap.id
            WHERE snap.article_id = art.id ORDER BY snap.number) AS digests
    FROM release_article a JOIN sources_article art ON art.id = a.id
    JOIN origin ON origin.article = a.id JOIN sources_article first ON first.id = origin.at
    LEFT JOIN sources_publication seen ON seen.id = art.publication_id
    LEFT JOIN sources_publication own ON own.id = art.original_publication_id
    LEFT JOIN sources_article original ON original.id = art.reprint_of_id
    LEFT JOIN release_article held ON held.id = original.id
    LEFT JOIN sources_publication origin_outlet ON origin_outlet.id = original.publication_id
    ORDER BY a.rank
"""

OUTLETS = """
    SELECT p.uuid::text AS outlet_id, p.name, p.aliases, p.domains, nullif(p.issn, '') AS issn,
        nullif(p.issn_l, '') AS issn_l, nullif(p.wikidata, '') AS wikidata, nullif(p.country, '') AS country,
        nullif(p.language, '') AS language, p.is_agency, into_.uuid::text AS merged_into_id
    FROM release_outlet r JOIN sources_publication p ON p.id = r.id
    LEFT JOIN sources_publication into_ ON into_.id = p.merged_into_id
    ORDER BY lower(p.name), p.uuid
"""

ACTORS = """
    SELECT p.id AS key, p.uuid::text AS actor_id, p.name, k.key AS kind, p.naming,
        (SELECT x.label FROM release_called x WHERE x.id = p.id) AS label, p.affiliation, p.wikidata,
        art.uuid::text AS only_in_article_id, p.stated_reason AS anonymity_reason,
        p.number AS anonymous_number,
        ARRAY(SELECT x.name FROM annotator_actoralias x JOIN annotator_actor f ON f.id = x.actor_id
            WHERE f.survivor_id = p.id
            UNION SELECT f.name FROM annotator_actor f WHERE f.merged_into_id = p.id AND f.name <> p.name
            ORDER BY 1) AS names,
        ARRAY(SELECT f.uuid::text FROM annotator_actor f WHERE f.merged_into_id = p.id ORDER BY f.uuid)
            AS merged_ids,
        ARRAY(SELECT DISTINCT ARRAY[x.scheme, x.value]::text[] FROM annotator_actoridentifier x
            JOIN annotator_actor f ON f.id = x.actor_id WHERE f.survivor_id = p.id ORDER BY 1) AS registers,
        (SELECT s.uuid::text FROM annotator_actorresolution x JOIN annotator_actor n ON n.id = x.named_id
            JOIN annotator_actor s ON s.id = n.survivor_id
            WHERE x.anonymous_id = p.id AND x.undone_at IS NULL) AS resolved_to_id,
        (SELECT x.reason FROM annotator_actorresolution x
            WHERE x.anonymous_id = p.id AND x.undone_at IS NULL) AS resolution_reason,
        (SELECT x.evidence FROM annotator_actorresolution x
            WHERE x.anonymous_id = p.id AND x.undone_at IS NULL) AS resolution_evidence,
        ARRAY(SELECT n.uuid::text FROM annotator_actormention m JOIN annotator_actor f ON f.id = m.actor_id
            JOIN release_annotation r ON r.id = m.annotation_id JOIN annotator_annotation n ON n.id = r.id
            WHERE f.survivor_id = p.id ORDER BY n.uuid) AS mention_ids,
        ARRAY(SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            WHERE s.actor_id = p.id ORDER BY lower(x.extent), x.uuid) AS reason_ids
    FROM release_actor r JOIN annotator_actor p ON p.id = r.id JOIN annotator_code k ON k.id = p.kind_id
    LEFT JOIN release_article held ON held.id = p.article_id
    LEFT JOIN sources_article art ON art.id = held.id
    ORDER BY lower(p.name), p.uuid
"""

AFFILIATIONS = """
    SELECT x.uuid::text AS affiliation_id, p.uuid::text AS actor_id, x.tie,
        CASE WHEN held.id IS NOT NULL THEN o.uuid::text END AS organisation_id, o.name AS organisation,
        x.role, x.since AS since_edtf, x.since_min, x.until AS until_edtf, x.until_max
    FROM release_actor r JOIN annotator_actor p ON p.id = r.id
    JOIN annotator_actor f ON f.survivor_id = p.id JOIN annotator_affiliation x ON x.actor_id = f.id
    JOIN annotator_actor g ON g.id = x.organisation_id JOIN annotator_actor o ON o.id = g.survivor_id
    LEFT JOIN release_actor held ON held.id = o.id
    WHERE o.id <> p.id
    ORDER BY lower(p.name), p.uuid, x.since_min NULLS FIRST, x.uuid
"""

NAMES = """
    SELECT actor_id, name, language, script, merged_id FROM (
    SELECT DISTINCT ON (p.id, x.name) p.uuid::text AS actor_id, x.name, x.language, x.script,
        CASE WHEN f.id <> p.id THEN f.uuid::text END AS merged_id, lower(p.name) AS rank
    FROM release_actor r JOIN annotator_actor p ON p.id = r.id
    JOIN annotator_actor f ON f.survivor_id = p.id
    JOIN LATERAL (
        SELECT f.name, '' AS language, '' AS script, 0 AS place
        UNION ALL
        SELECT a.name, a.language, a.script, a.id FROM annotator_actoralias a WHERE a.actor_id = f.id
    ) x ON TRUE
    ORDER BY p.id, x.name, f.id <> p.id, x.place DESC, f.uuid
    ) named ORDER BY rank, actor_id, merged_id NULLS FIRST, name
"""

EVENTS = """
    SELECT e.uuid::text AS event_id, e.label, k.key AS type, e.date AS date_edtf, e.date_min, e.date_max,
        e.date_words, e.place, trim_scale(e.latitude) AS latitude, trim_scale(e.longitude) AS longitude,
        e.place_wikidata, e.place_geonames, e.note,
        (SELECT count(DISTINCT (who.survivor_id, p.role, p.part)) FROM annotator_eventparticipant p
            JOIN annotator_actor who ON who.id = p.actor_id
            JOIN annotator_event x ON x.id = p.event_id WHERE x.survivor_key = e.id) AS n_participants,
        ARRAY(SELECT x.uuid::text FROM annotator_event x WHERE x.merged_into_id = e.id ORDER BY x.uuid)
            AS merged_ids,
        ARRAY(SELECT n.uuid::text FROM annotator_eventmention m JOIN release_annotation r
            ON r.id = m.annotation_id JOIN annotator_annotation n ON n.id = r.id
            JOIN annotator_event x ON x.id = m.event_id
            WHERE x.survivor_key = e.id ORDER BY n.uuid) AS mention_ids,
        ARRAY(SELECT x.uuid::text FROM annotator_supportingspan s JOIN release_annotation m
            ON m.id = s.annotation_id JOIN annotator_annotation x ON x.id = m.id
            JOIN annotator_event h ON h.id = s.event_id
            WHERE h.survivor_key = e.id ORDER BY lower(x.extent), x.uuid) AS slot_ids
    FROM release_event r JOIN annotator_event e ON e.id = r.id JOIN annotator_code k ON k.id = e.type_id
    ORDER BY coalesce(e.date_min, e.date_max) NULLS LAST, e.uuid
"""

EVENT_MENTIONS = """
    SELECT n.uuid::text AS annotation_id, e.uuid::text AS event_id, m.factuality, m.factuality_words
    FROM annotator_eventmention m JOIN release_annotation r ON r.id = m.annotation_id
    JOIN annotator_annotation n ON n.id = r.id JOIN annotator_event x ON x.id = m.event_id
    JOIN annotator_event e ON e.id = x.survivor_key JOIN release_event held ON held.id = e.id
    ORDER BY coalesce(e.date_min, e.date_max) NULLS LAST, e.uuid, n.uuid
"""

EVENT_PARTICIPANTS = f"""
    SELECT e.uuid::text || '.' || row_number() OVER (PARTITION BY e.id ORDER BY p.id) AS participant_id,
        e.uuid::text AS event_id, a.uuid::text AS actor_id, {CALLED.format("a")} AS actor,
        p.role, p.part, p.basis,
        x.uuid::text AS mention_id
    FROM release_event r JOIN annotator_event e ON e.id = r.id
    JOIN LATERAL (SELECT DISTINCT ON (who.survivor_id, y.role, y.part) y.*, who.survivor_id
        FROM annotator_eventparticipant y JOIN annotator_event h ON h.id = y.event_id
        JOIN annotator_actor who ON who.id = y.actor_id WHERE h.survivor_key = e.id
        -- of whom the event itself says how they took part, as it says alone
        AND (h.merged_into_id IS NULL OR NOT EXISTS (
            SELECT FROM annotator_eventparticipant o JOIN annotator_actor w ON w.id = o.actor_id
            WHERE o.event_id = e.id AND w.survivor_id = who.survivor_id))
        ORDER BY who.survivor_id, y.role, y.part, h.merged_into_id NULLS FIRST, y.id) p ON TRUE
    JOIN annotator_actor a ON a.id = p.survivor_id
    LEFT JOIN release_annotation m ON m.id = p.mention_id LEFT JOIN annotator_annotation x ON x.id = m.id
    ORDER BY coalesce(e.date_min, e.date_max) NULLS LAST, e.uuid, p.id
"""

QUANTITIES = """
    SELECT r.uuid::text || '.' || row_number() OVER (PARTITION BY r.id ORDER BY q.id) AS quantity_id,
        r.uuid::text AS claim_id, q.what, q.qualifier, trim_scale(q.low) AS low,
        trim_scale(q.high) AS high, q.unit, q.words, e.uuid::text AS event_id
    FROM release_claim r JOIN release_article a ON a.id = r.article_id
    JOIN annotator_quantity q ON q.claim_id = r.id LEFT JOIN annotator_event x ON x.id = q.event_id
    LEFT JOIN annotator_event e ON e.id = x.survivor_key
    ORDER BY a.rank, r.uuid, q.id
"""

RELATIONS = """
    SELECT l.uuid::text AS relation_id, r.uuid::text AS from_claim_id, k.key AS kind,
        o.uuid::text AS to_claim_id, l.basis, l.note AS reason, l.created_at AS made_at,
        coalesce(nullif(u.name, ''), split_part(u.username, '@', 1)) AS author
    FROM annotator_claimrelation l JOIN release_claim r ON r.id = l.claim_id
    JOIN release_claim o ON o.id = l.other_id JOIN annotator_code k ON k.id = l.kind_id
    LEFT JOIN sources_user u ON u.id = l.author_id
    ORDER BY r.uuid, o.uuid, k.key
"""

REVIEWS = """
    SELECT v.uuid::text AS review_id, r.uuid::text AS claim_id, v.decision, v.reason, v.at AS decided_at,
        coalesce(nullif(u.name, ''), split_part(u.username, '@', 1)) AS reviewer
    FROM annotator_review v JOIN release_claim r ON r.id = v.claim_id
    JOIN sources_user u ON u.id = v.reviewer_id
    ORDER BY v.at, v.uuid
"""

LATEST = """
    SELECT greatest(
        (SELECT max(n.updated_at) FROM annotator_annotation n JOIN release_annotation r ON r.id = n.id),
        (SELECT max(v.at) FROM annotator_review v JOIN release_claim r ON r.id = v.claim_id),
        (SELECT max(l.created_at) FROM annotator_claimrelation l JOIN release_claim r ON r.id = l.claim_id),
        (SELECT created_at FROM sources_project WHERE id = %(project)s))
"""
