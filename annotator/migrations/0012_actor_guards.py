"""The database's own guards over who is whom: merges, resolutions, comparisons, affiliations."""

from django.db import migrations

INSTALL = """
-- What `merged_into` says follows from the merges in force, at the end of each transaction. Each merge is
-- looked at with its two ends; that no survivor is merged itself is the key actor_merged_into_survivor.
CREATE FUNCTION sourceline_merges_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint := CASE WHEN TG_TABLE_NAME = 'annotator_actor' THEN (to_jsonb(NEW) ->> 'id')::bigint
                           ELSE (to_jsonb(NEW) ->> 'merged_id')::bigint END;
    bad text;
BEGIN
    IF TG_TABLE_NAME = 'annotator_actor' AND TG_OP = 'INSERT' AND to_jsonb(NEW) ->> 'merged_into_id' IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    SELECT a.name INTO bad
    FROM annotator_actor a
    LEFT JOIN annotator_actormerge m ON m.merged_id = a.id AND m.undone_at IS NULL
    LEFT JOIN annotator_actor s ON s.id = m.survivor_id
    WHERE a.id = ANY (touched || ARRAY(SELECT u.merged_id FROM annotator_actormerge u
                                       WHERE u.survivor_id = touched AND u.undone_at IS NULL))
      AND a.merged_into_id IS DISTINCT FROM s.survivor_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'actor_merge_recorded: % is not merged as its merges say', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_merge_recorded', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (
        WITH RECURSIVE up(id) AS (
            SELECT m.survivor_id FROM annotator_actormerge m WHERE m.merged_id = touched AND m.undone_at IS NULL
            UNION
            SELECT m.survivor_id FROM up JOIN annotator_actormerge m
                ON m.merged_id = up.id AND m.undone_at IS NULL)
        SELECT FROM up WHERE id = touched) THEN
        RAISE EXCEPTION 'merges_go_in_no_circle: % would be merged into itself', touched
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merges_go_in_no_circle', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT FROM annotator_actor a WHERE a.id = touched AND a.naming = 'anonymous'
               AND EXISTS (SELECT FROM annotator_actor o WHERE o.survivor_id = a.id AND o.id <> a.id))
       OR EXISTS (SELECT FROM annotator_actor a JOIN annotator_actor s ON s.id = a.merged_into_id
                  WHERE a.id = touched AND s.naming = 'anonymous') THEN
        RAISE EXCEPTION 'nobody_merged_into_anonymous: an anonymous speaker is resolved, not merged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_merged_into_anonymous',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER merges_agree AFTER INSERT OR UPDATE OF merged_into_id, naming ON annotator_actor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_merges_agree();
CREATE CONSTRAINT TRIGGER merges_agree AFTER INSERT OR UPDATE ON annotator_actormerge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_merges_agree();
ALTER TABLE annotator_actor ENABLE ALWAYS TRIGGER merges_agree;
ALTER TABLE annotator_actormerge ENABLE ALWAYS TRIGGER merges_agree;

-- A resolution in force is of somebody anonymous, to somebody who is not.
CREATE FUNCTION sourceline_resolutions_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint := (to_jsonb(NEW) ->> 'id')::bigint;
BEGIN
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    IF EXISTS (SELECT FROM annotator_actorresolution r
               JOIN annotator_actor a ON a.id = r.anonymous_id JOIN annotator_actor n ON n.id = r.named_id
               WHERE r.undone_at IS NULL AND (a.naming <> 'anonymous' OR n.naming = 'anonymous')
                 AND r.id IN (SELECT touched WHERE TG_TABLE_NAME <> 'annotator_actor' UNION ALL
                              SELECT x.id FROM annotator_actorresolution x
                              WHERE TG_TABLE_NAME = 'annotator_actor' AND x.anonymous_id = touched UNION ALL
                              SELECT x.id FROM annotator_actorresolution x
                              WHERE TG_TABLE_NAME = 'annotator_actor' AND x.named_id = touched)) THEN
        RAISE EXCEPTION 'resolution_of_an_anonymous: an anonymous speaker is resolved to one who is not'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_of_an_anonymous',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER resolutions_agree AFTER INSERT OR UPDATE ON annotator_actorresolution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_resolutions_agree();
CREATE CONSTRAINT TRIGGER resolutions_agree AFTER UPDATE OF naming ON annotator_actor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_resolutions_agree();
ALTER TABLE annotator_actorresolution ENABLE ALWAYS TRIGGER resolutions_agree;
ALTER TABLE annotator_actor ENABLE ALWAYS TRIGGER resolutions_agree;

-- Who merged or resolved what, when and why is not rewritten: it is undone once, and kept.
SELECT sourceline_forbid('annotator_actormerge', 'UPDATE', 'merge_only_undone',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.merged_id, OLD.survivor_id, OLD.reason, OLD.by_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.merged_id, NEW.survivor_id, NEW.reason, NEW.by_id, NEW.at)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_actormerge', 'DELETE', 'merge_kept');
SELECT sourceline_forbid('annotator_actorresolution', 'UPDATE', 'resolution_only_undone',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.anonymous_id, OLD.named_id, OLD.reason, OLD.evidence, OLD.by_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.anonymous_id, NEW.named_id, NEW.reason, NEW.evidence, NEW.by_id, NEW.at)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_actorresolution', 'DELETE', 'resolution_kept');

-- No organisation is part of itself, by whatever way round.
CREATE FUNCTION sourceline_parts_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.tie <> 'part_of' THEN
        RETURN NULL;
    END IF;
    PERFORM sourceline_need_read_committed('annotator_affiliation');
    -- Two who each close one half of a circle take turns.
    PERFORM pg_advisory_xact_lock(hashtextextended('sourceline part_of', NEW.project_id));
    IF EXISTS (
        WITH RECURSIVE up(id) AS (
            SELECT NEW.organisation_id
            UNION
            SELECT f.organisation_id FROM up JOIN annotator_affiliation f
                ON f.actor_id = up.id AND f.tie = 'part_of')
        SELECT FROM up WHERE id = NEW.actor_id) THEN
        RAISE EXCEPTION 'affiliation_goes_in_no_circle: % would be part of itself', NEW.actor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'affiliation_goes_in_no_circle',
                  TABLE = 'annotator_affiliation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER affiliation_goes_in_no_circle AFTER INSERT OR UPDATE ON annotator_affiliation
    FOR EACH ROW EXECUTE FUNCTION sourceline_parts_agree();
ALTER TABLE annotator_affiliation ENABLE ALWAYS TRIGGER affiliation_goes_in_no_circle;

SELECT sourceline_keep_history(t, 'id') FROM unnest(ARRAY['annotator_actoridentifier', 'annotator_affiliation',
    'annotator_actormerge', 'annotator_actorresolution', 'annotator_actorcomparison']::regclass[]) t;

-- Purging takes these before the actors. Said of the function as it stands, whatever else was added to it.
DO $do$
BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_actor', $$,
        $$'annotator_actoridentifier', 'annotator_affiliation', 'annotator_actormerge',
        'annotator_actorresolution', 'annotator_actorcomparison', 'annotator_actor', $$);
END $do$;
"""

REMOVE = """
DO $do$
BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_actoridentifier', 'annotator_affiliation', 'annotator_actormerge',
        'annotator_actorresolution', 'annotator_actorcomparison', $$, '');
END $do$;
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
             WHERE NOT tgisinternal AND tgrelid = ANY (ARRAY['annotator_actoridentifier', 'annotator_affiliation',
                 'annotator_actormerge', 'annotator_actorresolution', 'annotator_actorcomparison']::regclass[]) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
    END LOOP;
END $$;
DROP FUNCTION sourceline_merges_agree(), sourceline_resolutions_agree(), sourceline_parts_agree() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0011_actor_identities")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
