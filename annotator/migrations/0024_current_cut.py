"""Annotations lie in the sentences of their text's current cut, also while a text is being cut anew."""

from django.db import migrations

INSTALL = """
-- Cutting a text anew ties every annotation of it to other sentences. That changes nothing that anybody said of
-- it: the version stays, so that forms which are open can be saved and decisions on that version go on to hold.
CREATE FUNCTION sourceline_annotation_count_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- PostgreSQL has not generated the last four yet.
    apart text[] := ARRAY['sentence_id', 'claim_owner', 'actor_owner', 'event_owner', 'support_owner'];
BEGIN
    IF NEW.version = OLD.version AND to_jsonb(NEW) - apart = to_jsonb(OLD) - apart
       AND (SELECT segmentation_id FROM sources_sentence WHERE id = NEW.sentence_id)
           <> (SELECT segmentation_id FROM sources_sentence WHERE id = OLD.sentence_id) THEN
        RETURN NEW;
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION '%: version % does not follow %', TG_ARGV[0], NEW.version, OLD.version
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER annotation_version_counts_up ON annotator_annotation;
CREATE TRIGGER annotation_version_counts_up BEFORE UPDATE ON annotator_annotation
    FOR EACH ROW EXECUTE FUNCTION sourceline_annotation_count_up('annotation_version_counts_up');

CREATE FUNCTION sourceline_annotation_of_current_cut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    -- Nobody cuts the text anew between our look and our commit. Whoever does never waits for an annotation
    -- while holding the text's row, so that waiting for it here ends.
    PERFORM FROM sources_snapshot s WHERE s.id IN (SELECT n.snapshot_id FROM new_rows n)
        ORDER BY s.id FOR SHARE;
    SELECT n.uuid INTO bad
    FROM new_rows n
    JOIN sources_snapshot s ON s.id = n.snapshot_id
    JOIN sources_sentence f ON f.id = n.sentence_id
    WHERE f.segmentation_id IS DISTINCT FROM s.current_segmentation_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'annotation_of_current_cut: annotation % is tied to a sentence of another cut', bad.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'annotation_of_current_cut',
                  TABLE = 'annotator_annotation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER annotation_of_current_cut_insert AFTER INSERT ON annotator_annotation
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_annotation_of_current_cut();

-- An annotation that stays in its sentence is asked nothing: cutting anew needs its row, which we hold.
CREATE FUNCTION sourceline_annotation_keeps_to_its_cut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows n JOIN old_rows o USING (id) WHERE n.sentence_id <> o.sentence_id) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM sources_snapshot s WHERE s.id IN (SELECT n.snapshot_id FROM new_rows n)
        ORDER BY s.id FOR SHARE;
    SELECT n.uuid, CASE WHEN f.segmentation_id IS DISTINCT FROM s.current_segmentation_id
                        THEN 'annotation_of_current_cut' ELSE 'annotation_sentences_of_one_cut' END AS rule
    INTO bad
    FROM new_rows n
    JOIN sources_snapshot s ON s.id = n.snapshot_id
    JOIN sources_sentence f ON f.id = n.sentence_id
    WHERE f.segmentation_id IS DISTINCT FROM s.current_segmentation_id
       OR EXISTS (SELECT FROM annotator_annotationsentence l JOIN sources_sentence x ON x.id = l.sentence_id
                  WHERE l.annotation_id = n.id AND x.segmentation_id <> f.segmentation_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: annotation % is tied to sentences of another cut', bad.rule, bad.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = bad.rule, TABLE = 'annotator_annotation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER annotation_of_current_cut_update AFTER UPDATE ON annotator_annotation
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_annotation_keeps_to_its_cut();

CREATE FUNCTION sourceline_link_of_its_cut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT a.uuid INTO bad
    FROM new_rows n
    JOIN annotator_annotation a ON a.id = n.annotation_id
    JOIN sources_sentence f ON f.id = a.sentence_id
    JOIN sources_sentence s ON s.id = n.sentence_id
    WHERE s.segmentation_id <> f.segmentation_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'annotation_sentences_of_one_cut: annotation % has sentences of two cuts', bad.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'annotation_sentences_of_one_cut',
                  TABLE = 'annotator_annotationsentence';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sentence_links_of_one_cut AFTER INSERT ON annotator_annotationsentence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_link_of_its_cut();

-- A text takes another cut together with all that is marked in it.
CREATE FUNCTION sourceline_cut_taken_by_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sources_snapshot s
               JOIN annotator_annotation a ON a.snapshot_id = s.id
               JOIN sources_sentence f ON f.id = a.sentence_id
               WHERE s.id = NEW.id AND f.segmentation_id IS DISTINCT FROM s.current_segmentation_id) THEN
        RAISE EXCEPTION 'cut_taken_by_all: annotations of text % are tied to another cut', NEW.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cut_taken_by_all', TABLE = 'sources_snapshot';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cut_taken_by_all AFTER UPDATE OF current_segmentation_id ON sources_snapshot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_cut_taken_by_all();

ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER annotation_version_counts_up,
    ENABLE ALWAYS TRIGGER annotation_of_current_cut_insert,
    ENABLE ALWAYS TRIGGER annotation_of_current_cut_update;
ALTER TABLE annotator_annotationsentence ENABLE ALWAYS TRIGGER sentence_links_of_one_cut;
ALTER TABLE sources_snapshot ENABLE ALWAYS TRIGGER cut_taken_by_all;
REVOKE EXECUTE ON FUNCTION sourceline_annotation_of_current_cut, sourceline_annotation_keeps_to_its_cut,
    sourceline_link_of_its_cut, sourceline_cut_taken_by_all FROM PUBLIC;
"""

REMOVE = """
DROP TRIGGER annotation_version_counts_up ON annotator_annotation;
SELECT sourceline_version('annotator_annotation', 'annotation_version_counts_up');
DROP FUNCTION sourceline_annotation_count_up(), sourceline_annotation_of_current_cut(),
    sourceline_annotation_keeps_to_its_cut(), sourceline_link_of_its_cut(), sourceline_cut_taken_by_all() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0023_reprints_purged"),
        ("sources", "0008_reprints_recognised"),
    ]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
