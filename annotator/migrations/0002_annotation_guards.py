"""The guards of annotations: words that stand in their text, one owner row each, and what supports what.

See sources/migrations/0002_guards.py for the installers and for what all guards have in common.
"""

from django.db import migrations

OWNERS = """
-- Each annotation has its one owner row, which shares its key. The generated columns turn "an owner of
-- the kind I am" into plain foreign keys, checked when the transaction commits. Whatever is not a claim, an
-- actor or an event supports one.
ALTER TABLE annotator_annotation
    ADD COLUMN claim_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'claim' THEN id END) STORED,
    ADD COLUMN actor_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'actor' THEN id END) STORED,
    ADD COLUMN event_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'event' THEN id END) STORED,
    ADD COLUMN support_owner bigint GENERATED ALWAYS AS
        (CASE WHEN kind NOT IN ('claim', 'actor', 'event') THEN id END) STORED,
    ADD CONSTRAINT annotation_claim_owner FOREIGN KEY (claim_owner)
        REFERENCES annotator_claim (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_actor_owner FOREIGN KEY (actor_owner)
        REFERENCES annotator_actormention (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_event_owner FOREIGN KEY (event_owner)
        REFERENCES annotator_eventmention (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_support_owner FOREIGN KEY (support_owner)
        REFERENCES annotator_supportingspan (annotation_id) DEFERRABLE INITIALLY DEFERRED;

-- And the other way round: an owner row's annotation is of the owner's kind.
ALTER TABLE annotator_annotation
    ADD CONSTRAINT annotation_claim_owner_once UNIQUE (claim_owner),
    ADD CONSTRAINT annotation_actor_owner_once UNIQUE (actor_owner),
    ADD CONSTRAINT annotation_event_owner_once UNIQUE (event_owner),
    ADD CONSTRAINT annotation_support_owner_once UNIQUE (support_owner);
ALTER TABLE annotator_claim ADD CONSTRAINT claim_annotation_is_a_claim
    FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (claim_owner);
ALTER TABLE annotator_actormention ADD CONSTRAINT mention_annotation_is_an_actor
    FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (actor_owner);
ALTER TABLE annotator_eventmention ADD CONSTRAINT event_mention_annotation_is_an_event
    FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (event_owner);
ALTER TABLE annotator_supportingspan ADD CONSTRAINT support_annotation_is_supporting
    FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (support_owner);

SELECT sourceline_forbid('annotator_annotation', 'UPDATE', 'annotation_stays_in_its_text',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.snapshot_id, OLD.kind) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.snapshot_id, NEW.kind)');
SELECT sourceline_version('annotator_annotation', 'annotation_version_counts_up');
"""

NO_OWNERS = """
DROP TRIGGER annotation_stays_in_its_text ON annotator_annotation;
DROP TRIGGER annotation_version_counts_up ON annotator_annotation;
ALTER TABLE annotator_claim DROP CONSTRAINT claim_annotation_is_a_claim;
ALTER TABLE annotator_actormention DROP CONSTRAINT mention_annotation_is_an_actor;
ALTER TABLE annotator_eventmention DROP CONSTRAINT event_mention_annotation_is_an_event;
ALTER TABLE annotator_supportingspan DROP CONSTRAINT support_annotation_is_supporting;
ALTER TABLE annotator_annotation DROP COLUMN claim_owner, DROP COLUMN actor_owner, DROP COLUMN event_owner,
    DROP COLUMN support_owner;
"""

WORDS = """
-- A guard that looks at other rows has to see them as they are, not as they were when the transaction began.
CREATE FUNCTION sourceline_need_read_committed(relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'changes_need_read_committed: % is changed at READ COMMITTED only', relation
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'changes_need_read_committed', TABLE = relation;
    END IF;
END $$;

ALTER TABLE annotator_annotation
    ADD CONSTRAINT annotation_first_sentence_linked FOREIGN KEY (id, sentence_id)
        REFERENCES annotator_annotationsentence (annotation_id, sentence_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_within_text CHECK (
        NOT isempty(extent) AND NOT lower_inf(extent) AND NOT upper_inf(extent)
        AND lower(extent) >= 0 AND upper(extent) <= snapshot_length);

-- Quotes, prefix and suffix are what the text says at the extent; the sentences lie under it.
-- One pass per statement; the text of each snapshot is read once for all its new rows.
CREATE FUNCTION sourceline_annotation_true() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    WITH texts AS MATERIALIZED (
        SELECT s.id, s.text || '' AS text FROM sources_snapshot s
        WHERE s.id IN (SELECT n.snapshot_id FROM new_rows n)
    )
    SELECT n.uuid, n.extent,
           CASE WHEN n.quotes IS DISTINCT FROM cut.slices THEN 'annotation_quotes_are_slices'
                WHEN n.prefix <> substr(t.text, lower(n.extent) + 1 - length(n.prefix), length(n.prefix))
                  OR n.suffix <> substr(t.text, upper(n.extent) + 1, length(n.suffix))
                THEN 'annotation_context_is_text'
                WHEN NOT int4range(f.start, f."end") && cut.first THEN 'annotation_first_sentence_overlaps'
           END AS rule
    INTO bad
    FROM new_rows n
    JOIN texts t ON t.id = n.snapshot_id
    JOIN sources_sentence f ON f.id = n.sentence_id
    CROSS JOIN LATERAL (
        SELECT array_agg(substr(t.text, lower(r) + 1, upper(r) - lower(r)) ORDER BY lower(r)) AS slices,
               (array_agg(r ORDER BY lower(r)))[1] AS first
        FROM unnest(n.extent) r
    ) cut
    WHERE n.quotes IS DISTINCT FROM cut.slices
       OR n.prefix <> substr(t.text, lower(n.extent) + 1 - length(n.prefix), length(n.prefix))
       OR n.suffix <> substr(t.text, upper(n.extent) + 1, length(n.suffix))
       OR NOT int4range(f.start, f."end") && cut.first
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: annotation % at % does not hold', bad.rule, bad.uuid, bad.extent
            USING ERRCODE = 'check_violation', CONSTRAINT = bad.rule, TABLE = 'annotator_annotation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        -- A link written meanwhile is seen because its trigger below locked our row, unless we look at the
        -- database as it was when the transaction began.
        PERFORM sourceline_need_read_committed('annotator_annotation');
        SELECT n.uuid, n.extent INTO bad
        FROM new_rows n
        JOIN annotator_annotationsentence l ON l.annotation_id = n.id
        JOIN sources_sentence s ON s.id = l.sentence_id
        WHERE NOT int4range(s.start, s."end") && n.extent
        LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'annotation_sentences_overlap: annotation % at % left a sentence it is linked to',
                bad.uuid, bad.extent
                USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_sentences_overlap',
                      TABLE = 'annotator_annotation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER annotation_true_insert AFTER INSERT ON annotator_annotation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_annotation_true();
CREATE TRIGGER annotation_true_update AFTER UPDATE ON annotator_annotation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_annotation_true();
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER annotation_true_insert,
    ENABLE ALWAYS TRIGGER annotation_true_update;

CREATE FUNCTION sourceline_sentence_link_true() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    -- Nobody moves the annotation between our look and our commit. A lock in the query below would only
    -- take the rows that it finds wrong.
    PERFORM FROM annotator_annotation a WHERE a.id IN (SELECT n.annotation_id FROM new_rows n)
        ORDER BY a.id FOR SHARE;
    SELECT a.uuid, s.number INTO bad
    FROM new_rows n
    JOIN annotator_annotation a ON a.id = n.annotation_id
    JOIN sources_sentence s ON s.id = n.sentence_id
    WHERE NOT int4range(s.start, s."end") && a.extent
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'annotation_sentences_overlap: annotation % does not touch sentence %',
            bad.uuid, bad.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_sentences_overlap',
                  TABLE = 'annotator_annotationsentence';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sentence_link_true AFTER INSERT ON annotator_annotationsentence
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_sentence_link_true();
ALTER TABLE annotator_annotationsentence ENABLE ALWAYS TRIGGER sentence_link_true;
REVOKE EXECUTE ON FUNCTION sourceline_annotation_true, sourceline_sentence_link_true FROM PUBLIC;
SELECT sourceline_forbid('annotator_annotationsentence', 'UPDATE', 'annotation_sentence_link_immutable');
SELECT sourceline_forbid_truncate('annotator_annotationsentence', 'annotation_sentences_kept');
"""

NO_WORDS = """
DROP TRIGGER annotation_sentence_link_immutable ON annotator_annotationsentence;
DROP TRIGGER annotation_sentences_kept_truncate ON annotator_annotationsentence;
DROP FUNCTION sourceline_annotation_true(), sourceline_sentence_link_true() CASCADE;
DROP FUNCTION sourceline_need_read_committed(text);
ALTER TABLE annotator_annotation DROP CONSTRAINT annotation_first_sentence_linked,
    DROP CONSTRAINT annotation_within_text;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0002_guards")]
    dependencies = [("annotator", "0001_tables"), ("sources", "0002_guards")]
    operations = [migrations.RunSQL(OWNERS, NO_OWNERS), migrations.RunSQL(WORDS, NO_WORDS)]
