"""The database's own guards over which events are one: merges and what was said of two."""

from django.db import migrations

INSTALL = """
-- At the end of each transaction every event is merged as the merges in force say: into the one at their end.
-- That it stands for itself is the key event_merged_into_survivor.
CREATE FUNCTION sourceline_event_merges_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint := CASE WHEN TG_TABLE_NAME = 'annotator_event' THEN (to_jsonb(NEW) ->> 'id')::bigint
                           ELSE (to_jsonb(NEW) ->> 'merged_id')::bigint END;
    root bigint;
    bad text;
BEGIN
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    WITH RECURSIVE up(id) AS (
        SELECT touched
        UNION
        SELECT m.survivor_id FROM up JOIN annotator_eventmerge m ON m.merged_id = up.id AND m.undone_at IS NULL)
    SELECT up.id INTO root FROM up
    WHERE NOT EXISTS (SELECT FROM annotator_eventmerge m WHERE m.merged_id = up.id AND m.undone_at IS NULL);
    WITH RECURSIVE down(id) AS (
        SELECT touched
        UNION
        SELECT m.merged_id FROM down JOIN annotator_eventmerge m
            ON m.survivor_id = down.id AND m.undone_at IS NULL)
    SELECT e.label INTO bad FROM down JOIN annotator_event e ON e.id = down.id
    WHERE root IS NULL OR e.merged_into_id IS DISTINCT FROM nullif(root, e.id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'event_merge_recorded: “%” is not merged as its merges say', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'event_merge_recorded', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER event_merges_agree_insert AFTER INSERT ON annotator_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_event_merges_agree();
CREATE CONSTRAINT TRIGGER event_merges_agree_update AFTER UPDATE ON annotator_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id)
    EXECUTE FUNCTION sourceline_event_merges_agree();
CREATE CONSTRAINT TRIGGER event_merges_agree AFTER INSERT OR UPDATE ON annotator_eventmerge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_event_merges_agree();
ALTER TABLE annotator_event ENABLE ALWAYS TRIGGER event_merges_agree_insert,
    ENABLE ALWAYS TRIGGER event_merges_agree_update;
ALTER TABLE annotator_eventmerge ENABLE ALWAYS TRIGGER event_merges_agree;

-- Who merged what, when and why is not rewritten: it is undone once, and kept.
SELECT sourceline_forbid('annotator_eventmerge', 'UPDATE', 'event_merge_only_undone',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.merged_id, OLD.survivor_id, OLD.reason, OLD.by_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.merged_id, NEW.survivor_id, NEW.reason, NEW.by_id, NEW.at)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_eventmerge', 'DELETE', 'event_merge_kept');
SELECT sourceline_keep_history(t, 'id')
FROM unnest(ARRAY['annotator_eventmerge', 'annotator_eventcomparison']::regclass[]) t;

-- Purging takes these before the events. Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_event', $$, $$'annotator_eventmerge', 'annotator_eventcomparison', 'annotator_event', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_eventmerge', 'annotator_eventcomparison', $$, '');
END $do$;
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
             WHERE NOT tgisinternal
               AND tgrelid = ANY (ARRAY['annotator_eventmerge', 'annotator_eventcomparison']::regclass[]) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
    END LOOP;
END $$;
DROP FUNCTION sourceline_event_merges_agree() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0013_event_identities")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
