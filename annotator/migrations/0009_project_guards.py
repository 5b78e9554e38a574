"""The guards of watch terms, saved searches and releases."""

from django.db import migrations

INSTALL = """
ALTER TABLE annotator_watchterm
    ADD CONSTRAINT watch_term_words_clean CHECK (
        words ~ '\\S' AND words = btrim(words) AND words !~ '[[:cntrl:]]' AND note !~ '[[:cntrl:]]');
SELECT sourceline_forbid('annotator_watchterm', 'UPDATE', 'watch_term_stays_in_its_project',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.created_by_id, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.created_by_id, NEW.created_at)');
SELECT sourceline_version('annotator_watchterm', 'watch_term_version_counts_up');

-- Every text of a project is looked through for all its terms, so their number has an end.
CREATE FUNCTION sourceline_watch_terms_at_most() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    full_project bigint;
BEGIN
    PERFORM sourceline_need_read_committed('annotator_watchterm');
    -- Who adds at the same time waits here, and then sees our rows. Inserting took the keys of the projects
    -- already, which this lock leaves alone.
    PERFORM FROM sources_project p WHERE p.id IN (SELECT n.project_id FROM new_rows n)
        ORDER BY p.id FOR NO KEY UPDATE;
    SELECT w.project_id INTO full_project FROM annotator_watchterm w
    WHERE w.project_id IN (SELECT n.project_id FROM new_rows n)
    GROUP BY w.project_id
    HAVING count(*) > 1000 OR count(*) FILTER (WHERE w.is_pattern) > 50
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'watch_terms_at_most: project % watches for 1000 terms or 50 patterns already', full_project
            USING ERRCODE = 'check_violation', CONSTRAINT = 'watch_terms_at_most', TABLE = 'annotator_watchterm';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_watch_terms_at_most FROM PUBLIC;
CREATE TRIGGER watch_terms_at_most_insert AFTER INSERT ON annotator_watchterm
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_watch_terms_at_most();
CREATE TRIGGER watch_terms_at_most_update AFTER UPDATE ON annotator_watchterm
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_watch_terms_at_most();
ALTER TABLE annotator_watchterm ENABLE ALWAYS TRIGGER watch_terms_at_most_insert,
    ENABLE ALWAYS TRIGGER watch_terms_at_most_update;

ALTER TABLE annotator_savedsearch
    ADD CONSTRAINT saved_search_clean CHECK (
        name ~ '\\S' AND name = btrim(name) AND name !~ '[[:cntrl:]]' AND search !~ '[[:cntrl:]]');
SELECT sourceline_forbid('annotator_savedsearch', 'UPDATE', 'saved_search_stays_its_owners',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.owner_id, OLD.search, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.owner_id, NEW.search, NEW.created_at)');
SELECT sourceline_version('annotator_savedsearch', 'saved_search_version_counts_up');

SELECT sourceline_forbid('annotator_release', 'UPDATE', 'release_ready_frozen', $$OLD.state = 'ready'$$);
"""

REMOVE = """
DROP TRIGGER release_ready_frozen ON annotator_release;
DROP TRIGGER saved_search_version_counts_up ON annotator_savedsearch;
DROP TRIGGER saved_search_stays_its_owners ON annotator_savedsearch;
ALTER TABLE annotator_savedsearch DROP CONSTRAINT saved_search_clean;
DROP FUNCTION sourceline_watch_terms_at_most() CASCADE;
DROP TRIGGER watch_term_version_counts_up ON annotator_watchterm;
DROP TRIGGER watch_term_stays_in_its_project ON annotator_watchterm;
ALTER TABLE annotator_watchterm DROP CONSTRAINT watch_term_words_clean;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0005_watch_terms"), ("annotator", "0021_saved_searches")]
    dependencies = [("annotator", "0008_claim_words")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
