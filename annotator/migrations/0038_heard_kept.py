"""What is counted of speakers and of work follows what it is counted from: marked by whoever changes that, in the
same transaction, and counted again for the marked articles by whoever reads it next."""

from django.db import migrations

HEAR = """
-- Counts again what marks say of the project, and returns whether there were any. One at a time does so for a
-- project; nobody who saves ever waits for it, nor it for them: a mark that is not yet committed stays for the next.
CREATE FUNCTION sourceline_hear(project bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET lock_timeout = '25s' SET work_mem = '64MB' AS $$
DECLARE
    stale bigint[];
    who bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM annotator_heardmark m WHERE m.project_id = project) THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('heard ' || project, 0));
    -- From here on each statement sees what was committed before it: nothing is counted older than its mark.
    WITH gone AS (DELETE FROM annotator_heardmark m WHERE m.project_id = project RETURNING m.article_id)
    SELECT array_agg(DISTINCT g.article_id) INTO stale FROM gone g;
    IF stale IS NULL THEN
        RETURN false;
    END IF;
    -- Who has a story from whom is said of all that print it.
    WITH RECURSIVE story (id) AS (
        SELECT unnest(stale)
        UNION
        SELECT n.id FROM story s CROSS JOIN LATERAL (
            SELECT a.reprint_of_id AS id FROM sources_article a WHERE a.id = s.id AND a.reprint_of_id IS NOT NULL
            UNION ALL SELECT a.id FROM sources_article a WHERE a.reprint_of_id = s.id) n
    ) SELECT array_agg(s.id) INTO stale FROM story s;
    WITH gone AS (DELETE FROM annotator_heardin h WHERE h.article_id = ANY (stale) RETURNING h.actor_id)
    SELECT coalesce(array_agg(DISTINCT g.actor_id), '{}') INTO who FROM gone g;
    WITH counted AS (
        INSERT INTO annotator_heardin (project_id, article_id, actor_id, said, claims, reviewed, passed_on, open_said,
            open_claims, open_passed_on, outlet, origin, outlets, published, published_min, published_max)
        SELECT project, h.* FROM sourceline_heard_in(stale) h RETURNING actor_id
    ) SELECT who || coalesce(array_agg(DISTINCT c.actor_id), '{}') INTO who FROM counted c;
    DELETE FROM annotator_heard h WHERE h.actor_id = ANY (who);
    INSERT INTO annotator_heard (project_id, actor_id, drafts, n_said, n_claims, n_passed_on, n_articles, n_outlets,
        n_reviewed, n_carried, n_independent, first, last, first_date, last_date, days, counts)
    SELECT project, h.* FROM sourceline_heard_of(who) h;
    DELETE FROM annotator_workin w WHERE w.article_id = ANY (stale);
    INSERT INTO annotator_workin (project_id, article_id, author, status, claims, again)
    SELECT project, w.article_id, n.author_id, c.status, count(*), count(g.id)
    FROM annotator_claimwords w
    JOIN annotator_claim c ON c.annotation_id = w.claim_id AND c.withdrawn_at IS NULL
    JOIN annotator_annotation n ON n.id = c.annotation_id
    LEFT JOIN sourceline_said_again(stale) g ON g.id = c.annotation_id
    WHERE w.article_id = ANY (stale) GROUP BY w.article_id, n.author_id, c.status;
    RETURN true;
END $$;
"""
COUNTING = """
-- The claims of these articles that their text only says again (queries/counting.py).
CREATE FUNCTION sourceline_said_again(articles bigint[]) RETURNS TABLE (id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.id FROM (
        SELECT n.id, n.snapshot_id, btrim(regexp_replace(lower(array_to_string(n.quotes, ' ')),
            '[^[:alnum:]]+', ' ', 'g')) AS words
        FROM sources_snapshot t
        JOIN sources_block b ON b.snapshot_id = t.id AND (b.repeats_id IS NOT NULL OR b.role = 'pull_quote')
        JOIN annotator_annotation n ON n.snapshot_id = b.snapshot_id AND n.kind = 'claim'
        JOIN sources_sentence s ON s.id = n.sentence_id AND s.block_id = b.id
        JOIN annotator_claim c ON c.annotation_id = n.id AND c.withdrawn_at IS NULL
        WHERE t.article_id = ANY (articles) OFFSET 0
    ) n
    WHERE EXISTS (
        SELECT FROM annotator_annotation o
        JOIN annotator_claim c ON c.annotation_id = o.id AND c.withdrawn_at IS NULL
        JOIN sources_sentence s ON s.id = o.sentence_id JOIN sources_block b ON b.id = s.block_id
        WHERE o.snapshot_id = n.snapshot_id AND o.kind = 'claim'
        AND b.repeats_id IS NULL AND b.role <> 'pull_quote'
        AND (position(n.words IN btrim(regexp_replace(lower(array_to_string(o.quotes, ' ')),
                '[^[:alnum:]]+', ' ', 'g'))) > 0
            OR EXISTS (SELECT FROM annotator_claimrelation r JOIN annotator_code k ON k.id = r.kind_id
                WHERE r.claim_id = n.id AND r.other_id = o.id AND k.key = 'repeats')))
$$;

-- From whom each of these articles, with all that print its story, has it (queries/independent.py).
CREATE FUNCTION sourceline_stories(articles bigint[])
RETURNS TABLE (article_id bigint, origin bigint, outlets bigint[])
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE up (article, at, step) AS (
        SELECT a.id, a.id, 0 FROM unnest(articles) a (id)
        UNION
        SELECT u.article, a.reprint_of_id, u.step + 1 FROM up u JOIN sources_article a ON a.id = u.at
        WHERE a.reprint_of_id IS NOT NULL AND u.step < 20
    ), root AS (SELECT DISTINCT ON (article) article, at FROM up ORDER BY article, step DESC),
    whole AS (
        SELECT r.at, array_agg(DISTINCT coalesce(a.publication_id, -a.id)) AS outlets,
            (array_agg(a.original_publication_id ORDER BY a.id)
                FILTER (WHERE a.original_publication_id IS NOT NULL))[1] AS told
        FROM root r JOIN sources_article a ON a.id = r.article GROUP BY r.at
    )
    SELECT r.article, coalesce(-coalesce(f.original_publication_id, w.told, f.publication_id), f.id), w.outlets
    FROM root r JOIN whole w ON w.at = r.at JOIN sources_article f ON f.id = r.at
$$;

CREATE FUNCTION sourceline_heard_in(articles bigint[])
RETURNS TABLE (article_id bigint, actor_id bigint, said bigint, claims bigint, reviewed bigint, passed_on bigint,
    open_said bigint, open_claims bigint, open_passed_on bigint, outlet bigint, origin bigint, outlets bigint[],
    published varchar, published_min date, published_max date)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH links AS (
        SELECT w.article_id, a.survivor_id AS actor, c.annotation_id AS claim, c.status,
            bool_or(l.position = 0) AS said, bool_or(l.position > 0) AS passed
        FROM annotator_claimwords w
        JOIN annotator_claim c ON c.annotation_id = w.claim_id AND c.withdrawn_at IS NULL
        JOIN annotator_attribution l ON l.claim_id = c.annotation_id
        JOIN annotator_attributionsource s ON s.attribution_id = l.id JOIN annotator_actor a ON a.id = s.actor_id
        WHERE w.article_id = ANY (articles) GROUP BY 1, 2, 3, 4
    ), told AS (
        SELECT l.*, l.said AND g.id IS NULL AS counts, l.status <> 'draft' AS open
        FROM links l LEFT JOIN sourceline_said_again(articles) g ON g.id = l.claim
    ), per AS (
        SELECT t.article_id, t.actor, count(*) FILTER (WHERE t.said) AS said, count(*) FILTER (WHERE t.counts) AS claims,
            count(*) FILTER (WHERE t.counts AND t.status IN ('accepted', 'rejected', 'disputed')) AS reviewed,
            count(*) FILTER (WHERE t.passed) AS passed_on, count(*) FILTER (WHERE t.said AND t.open) AS open_said,
            count(*) FILTER (WHERE t.counts AND t.open) AS open_claims,
            count(*) FILTER (WHERE t.passed AND t.open) AS open_passed_on
        FROM told t GROUP BY 1, 2
    )
    SELECT p.*, coalesce(r.publication_id, -r.id), f.origin, f.outlets, r.published, r.published_min, r.published_max
    FROM per p JOIN sources_article r ON r.id = p.article_id
    JOIN sourceline_stories(articles) f ON f.article_id = p.article_id
$$;

-- The sums of actors (queries/speakers.py), with drafts and without.
CREATE FUNCTION sourceline_heard_of(actors bigint[])
RETURNS TABLE (actor_id bigint, drafts boolean, n_said bigint, n_claims bigint, n_passed_on bigint, n_articles bigint,
    n_outlets bigint, n_reviewed bigint, n_carried bigint, n_independent bigint, first date, last date,
    first_date text, last_date text, days date[], counts integer[])
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH per AS MATERIALIZED (
        SELECT h.actor_id, v.*, h.outlet, h.origin, h.outlets, h.published, h.published_min, h.published_max
        FROM annotator_heardin h CROSS JOIN LATERAL (VALUES
            (true, h.said, h.claims, h.passed_on, h.reviewed),
            (false, h.open_said, h.open_claims, h.open_passed_on, h.reviewed)
        ) v (drafts, said, claims, passed_on, reviewed)
        WHERE h.actor_id = ANY (actors) AND v.said + v.passed_on > 0
    ), sums AS (
        SELECT p.actor_id, p.drafts, sum(p.said) AS said, sum(p.claims) AS claims, sum(p.passed_on) AS passed_on,
            count(*) FILTER (WHERE p.claims > 0) AS articles,
            count(DISTINCT p.outlet) FILTER (WHERE p.claims > 0) AS outlets, sum(p.reviewed) AS reviewed,
            count(DISTINCT p.origin) FILTER (WHERE p.said > 0) AS independent,
            min(p.published_min) FILTER (WHERE p.claims > 0) AS first,
            max(p.published_max) FILTER (WHERE p.claims > 0) AS last,
            substr(min(coalesce(to_char(p.published_min, 'YYYY-MM-DD'), '') || p.published)
                FILTER (WHERE p.claims > 0 AND p.published_min IS NOT NULL), 11) AS first_date,
            substr(max(coalesce(to_char(p.published_max, 'YYYY-MM-DD'), '') || p.published)
                FILTER (WHERE p.claims > 0 AND p.published_min IS NOT NULL), 11) AS last_date
        FROM per p GROUP BY 1, 2
    ), carried AS (
        SELECT p.actor_id, p.drafts, count(DISTINCT o.outlet) AS n
        FROM per p CROSS JOIN LATERAL unnest(p.outlets) o (outlet) WHERE p.said > 0 GROUP BY 1, 2
    ), along AS (
        SELECT d.actor_id, d.drafts, array_agg(d.day ORDER BY d.day) AS days, array_agg(d.n ORDER BY d.day) AS counts
        FROM (SELECT p.actor_id, p.drafts, p.published_min AS day, sum(p.claims)::integer AS n FROM per p
              WHERE p.claims > 0 AND p.published_min > '0001-01-01' GROUP BY 1, 2, 3) d GROUP BY 1, 2
    )
    SELECT s.actor_id, s.drafts, s.said, s.claims, s.passed_on, s.articles, s.outlets, s.reviewed, coalesce(c.n, 0),
        s.independent, s.first, s.last, s.first_date, s.last_date, coalesce(a.days, '{}'), coalesce(a.counts, '{}')
    FROM sums s LEFT JOIN carried c USING (actor_id, drafts) LEFT JOIN along a USING (actor_id, drafts)
$$;
"""
MARKING = """
CREATE FUNCTION sourceline_mark_heard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claims bigint[];
BEGIN
    CASE TG_ARGV[0]
    WHEN 'claims' THEN
        SELECT array_agg(n.annotation_id) INTO claims FROM new_rows n;
    WHEN 'statuses' THEN
        SELECT array_agg(n.annotation_id) INTO claims FROM new_rows n JOIN old_rows o USING (annotation_id)
        WHERE (n.status, n.withdrawn_at IS NULL) IS DISTINCT FROM (o.status, o.withdrawn_at IS NULL);
    WHEN 'quotes' THEN
        -- On another text of its article nothing else of it changes; on another article's it would.
        SELECT array_agg(n.id) INTO claims FROM new_rows n JOIN old_rows o USING (id)
        WHERE n.kind = 'claim' AND (n.snapshot_id, n.quotes, n.sentence_id, n.author_id)
            IS DISTINCT FROM (o.snapshot_id, o.quotes, o.sentence_id, o.author_id);
    WHEN 'links' THEN
        SELECT array_agg(n.claim_id) INTO claims FROM (TABLE new_rows UNION ALL TABLE old_rows) n;
    WHEN 'sources' THEN
        SELECT array_agg(DISTINCT l.claim_id) INTO claims FROM new_rows n
        JOIN annotator_attribution l ON l.id = n.attribution_id;
    WHEN 'sources changed' THEN
        SELECT array_agg(DISTINCT l.claim_id) INTO claims FROM (TABLE new_rows UNION ALL TABLE old_rows) n
        JOIN annotator_attribution l ON l.id = n.attribution_id;
    WHEN 'relations' THEN
        SELECT array_agg(DISTINCT n.claim_id) INTO claims FROM new_rows n;
    WHEN 'actors' THEN
        SELECT array_agg(DISTINCT l.claim_id) INTO claims FROM new_rows n JOIN old_rows o USING (id)
        JOIN annotator_attributionsource s ON s.actor_id = n.id JOIN annotator_attribution l ON l.id = s.attribution_id
        WHERE n.merged_into_id IS DISTINCT FROM o.merged_into_id;
    WHEN 'blocks' THEN
        INSERT INTO annotator_heardmark (project_id, article_id)
        SELECT DISTINCT t.project_id, t.article_id FROM new_rows n JOIN old_rows o USING (id)
        JOIN sources_snapshot t ON t.id = n.snapshot_id
        WHERE (n.role, n.repeats_id) IS DISTINCT FROM (o.role, o.repeats_id);
    WHEN 'reprints' THEN
        INSERT INTO annotator_heardmark (project_id, article_id)
        SELECT n.project_id, n.id FROM new_rows n WHERE n.reprint_of_id IS NOT NULL;
    WHEN 'records' THEN
        INSERT INTO annotator_heardmark (project_id, article_id)
        SELECT n.project_id, one.id FROM new_rows n JOIN old_rows o USING (id)
        CROSS JOIN LATERAL (VALUES (n.id), (o.reprint_of_id)) one (id)
        WHERE one.id IS NOT NULL AND (n.publication_id, n.original_publication_id, n.reprint_of_id, n.published,
            n.published_min, n.published_max) IS DISTINCT FROM (o.publication_id, o.original_publication_id,
            o.reprint_of_id, o.published, o.published_min, o.published_max);
    END CASE;
    IF claims IS NOT NULL THEN
        INSERT INTO annotator_heardmark (project_id, article_id)
        SELECT DISTINCT t.project_id, t.article_id FROM annotator_annotation n
        JOIN sources_snapshot t ON t.id = n.snapshot_id WHERE n.id = ANY (claims);
    END IF;
    RETURN NULL;
END $$;
"""
NEW, CHANGED, GONE = (
    "REFERENCING NEW TABLE AS new_rows",
    "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "REFERENCING OLD TABLE AS new_rows",
)
TRIGGERS = [
    ("heard_claims", "INSERT", "annotator_claim", NEW, "claims"),
    ("heard_statuses", "UPDATE", "annotator_claim", CHANGED, "statuses"),
    ("heard_quotes", "UPDATE", "annotator_annotation", CHANGED, "quotes"),
    ("heard_links", "UPDATE", "annotator_attribution", CHANGED, "links"),
    ("heard_sources", "INSERT", "annotator_attributionsource", NEW, "sources"),
    ("heard_sources_changed", "UPDATE", "annotator_attributionsource", CHANGED, "sources changed"),
    ("heard_sources_gone", "DELETE", "annotator_attributionsource", GONE, "sources"),
    ("heard_relations", "INSERT", "annotator_claimrelation", NEW, "relations"),
    ("heard_relations_changed", "UPDATE", "annotator_claimrelation", NEW, "relations"),
    ("heard_relations_gone", "DELETE", "annotator_claimrelation", GONE, "relations"),
    ("heard_blocks", "UPDATE", "sources_block", CHANGED, "blocks"),
    ("heard_reprints", "INSERT", "sources_article", NEW, "reprints"),
    ("heard_records", "UPDATE", "sources_article", CHANGED, "records"),
    ("heard_actors", "UPDATE", "annotator_actor", CHANGED, "actors"),
]
FUNCTIONS = (
    "sourceline_hear(bigint)",
    "sourceline_heard_in(bigint[])",
    "sourceline_heard_of(bigint[])",
    "sourceline_said_again(bigint[])",
    "sourceline_stories(bigint[])",
)
KEPT = "'annotator_heardin', 'annotator_heard', 'annotator_workin', "
"""Purging takes them first, and what marks its own deletions left before what they name."""
MARKS = "'annotator_heardmark', "
FILL = """
INSERT INTO annotator_heardmark (project_id, article_id)
SELECT DISTINCT w.project_id, w.article_id FROM annotator_claimwords w;
SELECT sourceline_hear(p.id) FROM sources_project p;
"""


def _purging(old: str, new: str) -> str:
    return f"""
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $${old}$$, $${new}$$);
END $do$;
"""


def _install() -> str:
    triggers = "".join(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION sourceline_mark_heard('{what}');\n"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};\n"
        for name, event, table, rows, what in TRIGGERS
    )
    closed = "".join(
        f"REVOKE EXECUTE ON FUNCTION {one} FROM PUBLIC;\n" for one in ("sourceline_mark_heard()", *FUNCTIONS)
    )
    first, last = "'annotator_watchterm', ", "'sources_sentence', "
    purging = _purging(first, KEPT + first) + _purging(last, MARKS + last)
    return COUNTING + HEAR + MARKING + triggers + closed + purging


REMOVE = (
    _purging(KEPT, "")
    + _purging(MARKS, "")
    + "DROP FUNCTION sourceline_mark_heard() CASCADE;\n"
    + "".join(f"DROP FUNCTION {one};\n" for one in FUNCTIONS)
)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0037_heard"), ("sources", "0021_places_freed")]
    operations = [
        migrations.RunSQL(_install(), REMOVE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
