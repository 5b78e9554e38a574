"""The database's own guards: history that only it writes, and texts that nobody changes.

Every refusal names its rule as the error's constraint. All triggers are ENABLE ALWAYS, so no session
setting switches them off; the functions belong to the owner and fix their search path.
"""

from django.db import migrations

INSTALL = """
CREATE FUNCTION sourceline_purging(project bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(current_setting('sourceline.purge', true), '') = project::text
       AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class
                           WHERE oid = 'public.sources_project'::regclass)
$$;

CREATE FUNCTION sourceline_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND sourceline_purging(
        coalesce(to_jsonb(OLD) ->> 'project_id', to_jsonb(OLD) ->> 'id')::bigint) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '%: % of % is refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$;

CREATE FUNCTION sourceline_count_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION '%: version % does not follow %', TG_ARGV[0], NEW.version, OLD.version
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sourceline_write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := nullif(current_setting('sourceline.user', true), '')::bigint;
    act text := coalesce(current_setting('sourceline.act', true), '');
    key text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO sources_change (transaction, user_id, request, project_id, "table", operation, row_id, after)
        SELECT txid_current(), who, act, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(n) AS j FROM new_rows n) x;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO sources_change (transaction, user_id, request, project_id, "table", operation, row_id, before)
        SELECT txid_current(), who, act, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(o) AS j FROM old_rows o) x;
    ELSE
        INSERT INTO sources_change
            (transaction, user_id, request, project_id, "table", operation, row_id, before, after)
        SELECT txid_current(), who, act,
               coalesce(n.j ->> 'project_id', o.j ->> 'project_id', n.j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, coalesce(n.j ->> key, o.j ->> key)::bigint, o.j, n.j
        FROM (SELECT to_jsonb(x) AS j FROM old_rows x) o
        FULL JOIN (SELECT to_jsonb(x) AS j FROM new_rows x) n ON o.j ->> key = n.j ->> key
        WHERE o.j IS DISTINCT FROM n.j;
    END IF;
    RETURN NULL;
END $$;
-- Whoever may execute it can hang it on a temporary table of their own, and so write false history.
REVOKE EXECUTE ON FUNCTION sourceline_write_history FROM PUBLIC;

-- Installers, so that each table's guards are one line in a migration.
CREATE FUNCTION sourceline_keep_history(relation regclass, key text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION sourceline_write_history(%L)', relation, key);
    EXECUTE format('CREATE TRIGGER history_update AFTER UPDATE ON %s
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION sourceline_write_history(%L)', relation, key);
    EXECUTE format('CREATE TRIGGER history_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION sourceline_write_history(%L)', relation, key);
    EXECUTE format('CREATE TRIGGER history_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION sourceline_refuse(%L)', relation, 'history_sees_every_change');
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER history_insert, ENABLE ALWAYS TRIGGER history_update,
        ENABLE ALWAYS TRIGGER history_delete, ENABLE ALWAYS TRIGGER history_truncate', relation);
END $$;

-- `events` is what is refused for each row ("UPDATE OR DELETE"), `changed` an optional condition.
CREATE FUNCTION sourceline_forbid(relation regclass, events text, rule text, changed text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE %s ON %s FOR EACH ROW %s EXECUTE FUNCTION sourceline_refuse(%L)',
        rule, events, relation, CASE WHEN changed IS NULL THEN '' ELSE format('WHEN (%s)', changed) END, rule);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, rule);
END $$;

CREATE FUNCTION sourceline_forbid_truncate(relation regclass, rule text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %s FOR EACH STATEMENT
        EXECUTE FUNCTION sourceline_refuse(%L)', rule || '_truncate', relation, rule);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, rule || '_truncate');
END $$;

CREATE FUNCTION sourceline_version(relation regclass, rule text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %s FOR EACH ROW
        EXECUTE FUNCTION sourceline_count_up(%L)', rule, relation, rule);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, rule);
END $$;

REVOKE EXECUTE ON FUNCTION sourceline_keep_history, sourceline_forbid, sourceline_forbid_truncate,
    sourceline_version FROM PUBLIC;

-- Texts never change. A snapshot may only point to another segmentation of its own.
ALTER TABLE sources_snapshot ADD CONSTRAINT snapshot_digest_true
    CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
ALTER TABLE sources_snapshot ADD CONSTRAINT snapshot_has_text CHECK (text ~ '\\S');
ALTER TABLE sources_capture ADD CONSTRAINT capture_digest_true CHECK (sha256 = encode(sha256(raw), 'hex'));
SELECT sourceline_forbid('sources_snapshot', 'UPDATE', 'snapshot_immutable',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.article_id, OLD.number, OLD.text, OLD.sha256, OLD.method,
      OLD.cleaning, OLD.extractor, OLD.extractor_version, OLD.captured_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.article_id, NEW.number, NEW.text, NEW.sha256, NEW.method,
      NEW.cleaning, NEW.extractor, NEW.extractor_version, NEW.captured_at)');
SELECT sourceline_forbid('sources_snapshot', 'DELETE', 'snapshot_kept');
SELECT sourceline_forbid_truncate('sources_snapshot', 'snapshot_kept');
SELECT sourceline_forbid('sources_capture', 'UPDATE OR DELETE', 'capture_immutable');
SELECT sourceline_forbid_truncate('sources_capture', 'capture_immutable');

SELECT sourceline_forbid('sources_segmentation', 'UPDATE OR DELETE', 'segmentation_immutable');
SELECT sourceline_forbid_truncate('sources_segmentation', 'segmentation_immutable');
SELECT sourceline_forbid('sources_sentence', 'UPDATE OR DELETE', 'sentence_immutable');
SELECT sourceline_forbid_truncate('sources_sentence', 'sentence_immutable');
ALTER TABLE sources_sentence ADD CONSTRAINT sentence_no_overlap EXCLUDE USING gist (
    int8range(segmentation_id, segmentation_id, '[]') WITH &&, int4range(start, "end") WITH &&);

-- A cut is whole when its transaction ends: no sentence is slipped in later. xmin would not tell, since it
-- names a subtransaction; the time tells apart the same number in a restored database.
ALTER TABLE sources_segmentation ADD COLUMN made_in text;
CREATE FUNCTION sourceline_this_transaction() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_current_xact_id()::text || ' ' || extract(epoch FROM transaction_timestamp())::text
$$;
CREATE FUNCTION sourceline_stamp_segmentation() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.made_in := sourceline_this_transaction();
    RETURN NEW;
END $$;
CREATE TRIGGER segmentation_stamped BEFORE INSERT ON sources_segmentation
    FOR EACH ROW EXECUTE FUNCTION sourceline_stamp_segmentation();
ALTER TABLE sources_segmentation ENABLE ALWAYS TRIGGER segmentation_stamped;
CREATE FUNCTION sourceline_sentence_with_its_cut() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sources_segmentation g WHERE g.id IN (SELECT n.segmentation_id FROM new_rows n)
               AND g.made_in IS DISTINCT FROM sourceline_this_transaction()) THEN
        RAISE EXCEPTION 'sentence_comes_with_its_cut: a segmentation made earlier takes no more sentences'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sentence_comes_with_its_cut',
                  TABLE = 'sources_sentence';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sentence_comes_with_its_cut AFTER INSERT ON sources_sentence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_sentence_with_its_cut();
ALTER TABLE sources_sentence ENABLE ALWAYS TRIGGER sentence_comes_with_its_cut;

SELECT sourceline_forbid('sources_block', 'UPDATE', 'block_extent_immutable',
    '(OLD.id, OLD.project_id, OLD.snapshot_id, OLD.snapshot_length, OLD.position, OLD.start, OLD."end")
     IS DISTINCT FROM
     (NEW.id, NEW.project_id, NEW.snapshot_id, NEW.snapshot_length, NEW.position, NEW.start, NEW."end")');
SELECT sourceline_forbid('sources_block', 'DELETE', 'block_kept');
ALTER TABLE sources_block ADD CONSTRAINT block_no_overlap EXCLUDE USING gist (
    int8range(snapshot_id, snapshot_id, '[]') WITH &&, int4range(start, "end") WITH &&);

SELECT sourceline_version('sources_article', 'article_version_counts_up');
SELECT sourceline_version('sources_block', 'block_version_counts_up');
SELECT sourceline_forbid('sources_article', 'DELETE', 'article_kept');
SELECT sourceline_forbid('sources_project', 'DELETE', 'project_purged_only');

-- The age that purging asks for is true: nobody archives a project in the past. Five minutes for clocks.
CREATE FUNCTION sourceline_archived_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.archived_at < clock_timestamp() - interval '5 minutes'
       AND (TG_OP = 'INSERT' OR NEW.archived_at IS DISTINCT FROM OLD.archived_at) THEN
        RAISE EXCEPTION 'project_archived_now: % lies in the past', NEW.archived_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_archived_now', TABLE = 'sources_project';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER project_archived_now BEFORE INSERT OR UPDATE ON sources_project
    FOR EACH ROW EXECUTE FUNCTION sourceline_archived_now();
ALTER TABLE sources_project ENABLE ALWAYS TRIGGER project_archived_now;

SELECT sourceline_forbid('sources_change', 'UPDATE OR DELETE', 'history_append_only');
SELECT sourceline_forbid_truncate('sources_change', 'history_append_only');

SELECT sourceline_keep_history('sources_project', 'id');
SELECT sourceline_keep_history('sources_membership', 'id');
SELECT sourceline_keep_history('sources_publication', 'id');
SELECT sourceline_keep_history('sources_article', 'id');
SELECT sourceline_keep_history('sources_block', 'id');
"""

REMOVE = """
DROP FUNCTION sourceline_refuse(), sourceline_count_up(), sourceline_write_history(),
    sourceline_stamp_segmentation(), sourceline_sentence_with_its_cut(), sourceline_archived_now() CASCADE;
ALTER TABLE sources_segmentation DROP COLUMN made_in;
DROP FUNCTION sourceline_keep_history(regclass, text), sourceline_forbid(regclass, text, text, text),
    sourceline_forbid_truncate(regclass, text), sourceline_version(regclass, text),
    sourceline_purging(bigint), sourceline_this_transaction();
ALTER TABLE sources_snapshot DROP CONSTRAINT snapshot_digest_true, DROP CONSTRAINT snapshot_has_text;
ALTER TABLE sources_capture DROP CONSTRAINT capture_digest_true;
ALTER TABLE sources_sentence DROP CONSTRAINT sentence_no_overlap;
ALTER TABLE sources_block DROP CONSTRAINT block_no_overlap;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
