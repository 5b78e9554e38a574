"""The guards of events: they are kept, and which of them are one is what the merges in force say."""

from django.db import migrations

INSTALL = """
SELECT sourceline_version('annotator_event', 'event_version_counts_up');
SELECT sourceline_forbid('annotator_event', 'DELETE', 'event_kept');

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
"""

REMOVE = """
DROP TRIGGER event_merge_only_undone ON annotator_eventmerge;
DROP TRIGGER event_merge_kept ON annotator_eventmerge;
DROP FUNCTION sourceline_event_merges_agree() CASCADE;
DROP TRIGGER event_kept ON annotator_event;
DROP TRIGGER event_version_counts_up ON annotator_event;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0014_event_merge_guards")]
    dependencies = [("annotator", "0006_actor_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
