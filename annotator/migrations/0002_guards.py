"""The database's own guards over what we say about texts. See sources/migrations/0002_guards.py."""

from django.db import migrations

INSTALL = """
-- Each annotation has its one owner row, which shares its key. The generated columns turn "an owner of
-- the kind I am" into plain foreign keys, checked when the transaction commits.
ALTER TABLE annotator_annotation
    ADD COLUMN claim_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'claim' THEN id END) STORED,
    ADD COLUMN actor_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'actor' THEN id END) STORED,
    ADD COLUMN event_owner bigint GENERATED ALWAYS AS (CASE WHEN kind = 'event' THEN id END) STORED,
    ADD COLUMN support_owner bigint GENERATED ALWAYS AS
        (CASE WHEN kind IN ('cue', 'role', 'reason', 'time') THEN id END) STORED,
    ADD CONSTRAINT annotation_claim_owner FOREIGN KEY (claim_owner)
        REFERENCES annotator_claim (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_actor_owner FOREIGN KEY (actor_owner)
        REFERENCES annotator_actormention (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_event_owner FOREIGN KEY (event_owner)
        REFERENCES annotator_eventmention (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_support_owner FOREIGN KEY (support_owner)
        REFERENCES annotator_supportingspan (annotation_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_first_sentence_linked FOREIGN KEY (id, sentence_id)
        REFERENCES annotator_annotationsentence (annotation_id, sentence_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT annotation_within_text CHECK (
        NOT isempty(extent) AND NOT lower_inf(extent) AND NOT upper_inf(extent)
        AND lower(extent) >= 0 AND upper(extent) <= snapshot_length);

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
ALTER TABLE annotator_supportingspan
    ADD CONSTRAINT support_annotation_is_supporting
        FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (support_owner),
    ADD CONSTRAINT support_of_exactly_one
        CHECK (num_nonnulls(link_id, source_id, actor_id, claim_id, event_id) = 1);

-- A code is used in its own facet only, and in its own project.
ALTER TABLE annotator_claim
    ADD COLUMN type_facet text NOT NULL GENERATED ALWAYS AS ('claim_type') STORED,
    ADD CONSTRAINT claim_type_is_a_claim_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_claimtopic
    ADD COLUMN topic_facet text NOT NULL GENERATED ALWAYS AS ('topic') STORED,
    ADD CONSTRAINT claim_topic_is_a_topic FOREIGN KEY (project_id, topic_facet, topic_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_actor
    ADD COLUMN kind_facet text NOT NULL GENERATED ALWAYS AS ('actor_kind') STORED,
    ADD CONSTRAINT actor_kind_is_an_actor_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_event
    ADD COLUMN type_facet text NOT NULL GENERATED ALWAYS AS ('event_type') STORED,
    ADD CONSTRAINT event_type_is_an_event_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_claimrelation
    ADD COLUMN kind_facet text NOT NULL GENERATED ALWAYS AS ('relation_kind') STORED,
    ADD CONSTRAINT relation_kind_is_a_relation_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, facet, id);

CREATE FUNCTION sourceline_need_read_committed(relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'changes_need_read_committed: % is changed at READ COMMITTED only', relation
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'changes_need_read_committed', TABLE = relation;
    END IF;
END $$;

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

SELECT sourceline_forbid('annotator_annotation', 'UPDATE', 'annotation_stays_in_its_text',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.snapshot_id, OLD.kind) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.snapshot_id, NEW.kind)');
SELECT sourceline_forbid('annotator_claim', 'UPDATE', 'claim_stays_with_its_annotation',
    '(OLD.annotation_id, OLD.uuid, OLD.project_id) IS DISTINCT FROM (NEW.annotation_id, NEW.uuid, NEW.project_id)');
SELECT sourceline_forbid('annotator_attribution', 'UPDATE', 'attribution_stays_with_its_claim',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.claim_id) IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.project_id, NEW.claim_id)');
SELECT sourceline_version('annotator_annotation', 'annotation_version_counts_up');
SELECT sourceline_version('annotator_actor', 'actor_version_counts_up');
SELECT sourceline_version('annotator_event', 'event_version_counts_up');

-- Judgements are kept: claims are withdrawn, codes retired, actors and events merged.
SELECT sourceline_forbid('annotator_claim', 'DELETE', 'claim_withdrawn_not_deleted');
SELECT sourceline_forbid('annotator_actor', 'DELETE', 'actor_kept');
SELECT sourceline_forbid('annotator_event', 'DELETE', 'event_kept');
SELECT sourceline_forbid('annotator_code', 'DELETE', 'code_retired_not_deleted');
SELECT sourceline_forbid('annotator_code', 'UPDATE', 'code_key_immutable',
    '(OLD.project_id, OLD.facet, OLD.key) IS DISTINCT FROM (NEW.project_id, NEW.facet, NEW.key)');
SELECT sourceline_forbid('annotator_codebookversion', 'UPDATE OR DELETE', 'codebook_version_immutable');
SELECT sourceline_forbid_truncate('annotator_codebookversion', 'codebook_version_immutable');
SELECT sourceline_forbid('annotator_review', 'UPDATE OR DELETE', 'review_immutable');
SELECT sourceline_forbid('annotator_release', 'UPDATE', 'release_ready_frozen', $$OLD.state = 'ready'$$);
SELECT sourceline_forbid_truncate('annotator_annotationsentence', 'annotation_sentences_kept');

SELECT sourceline_keep_history(t, k) FROM (VALUES
    ('annotator_code'::regclass, 'id'), ('annotator_annotation', 'id'), ('annotator_supportingspan', 'annotation_id'),
    ('annotator_actor', 'id'), ('annotator_actoralias', 'id'), ('annotator_actormention', 'annotation_id'),
    ('annotator_claim', 'annotation_id'), ('annotator_claimtopic', 'id'), ('annotator_quantity', 'id'),
    ('annotator_attribution', 'id'), ('annotator_attributionsource', 'id'),
    ('annotator_event', 'id'), ('annotator_eventmention', 'annotation_id'), ('annotator_eventparticipant', 'id'),
    ('annotator_claimrelation', 'id'), ('annotator_review', 'id'), ('annotator_release', 'id')
) AS tables (t, k);

-- The one way to remove a project: archived for at least 30 days, all of it at once, one row left in history.
CREATE FUNCTION sourceline_purge_project(project bigint, by_user bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    archived timestamptz;
    gone jsonb;
    relation text;
BEGIN
    SELECT p.archived_at, to_jsonb(p) INTO archived, gone FROM sources_project p WHERE p.id = project FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'purge_needs_project: there is no project %', project
            USING ERRCODE = 'no_data_found', CONSTRAINT = 'purge_needs_project';
    END IF;
    IF archived IS NULL OR archived > now() - interval '30 days' THEN
        RAISE EXCEPTION 'purge_needs_archive: project % has not been archived for 30 days', project
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'purge_needs_archive';
    END IF;
    PERFORM set_config('sourceline.purge', project::text, true);
    SET CONSTRAINTS ALL DEFERRED;
    FOREACH relation IN ARRAY ARRAY[
        'annotator_release', 'annotator_review', 'annotator_claimrelation', 'annotator_quantity',
        'annotator_claimtopic', 'annotator_supportingspan', 'annotator_eventparticipant',
        'annotator_eventmention', 'annotator_event', 'annotator_attributionsource', 'annotator_attribution',
        'annotator_claim', 'annotator_actormention', 'annotator_actoralias', 'annotator_annotationsentence',
        'annotator_annotation', 'annotator_actor', 'annotator_codebookversion', 'annotator_code',
        'sources_sentence', 'sources_segmentation', 'sources_block', 'sources_capture', 'sources_snapshot',
        'sources_article', 'sources_publication', 'sources_membership'
    ] LOOP
        EXECUTE format('DELETE FROM %I WHERE project_id = $1', relation) USING project;
    END LOOP;
    DELETE FROM sources_project WHERE id = project;
    DELETE FROM sources_change WHERE project_id = project;
    PERFORM set_config('sourceline.purge', '', true);
    INSERT INTO sources_change (transaction, user_id, request, project_id, "table", operation, row_id, before)
    VALUES (txid_current(), by_user, '', project, 'sources_project', 'PURGE', project, gone);
END $$;
"""

REMOVE = """
DROP FUNCTION sourceline_purge_project(bigint, bigint);
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
             WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'annotator\\_%' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
    END LOOP;
END $$;
DROP FUNCTION sourceline_annotation_true(), sourceline_sentence_link_true(),
    sourceline_need_read_committed(text);
ALTER TABLE annotator_claim DROP CONSTRAINT claim_annotation_is_a_claim, DROP COLUMN type_facet;
ALTER TABLE annotator_actormention DROP CONSTRAINT mention_annotation_is_an_actor;
ALTER TABLE annotator_eventmention DROP CONSTRAINT event_mention_annotation_is_an_event;
ALTER TABLE annotator_supportingspan DROP CONSTRAINT support_annotation_is_supporting,
    DROP CONSTRAINT support_of_exactly_one;
ALTER TABLE annotator_claimtopic DROP COLUMN topic_facet;
ALTER TABLE annotator_actor DROP COLUMN kind_facet;
ALTER TABLE annotator_event DROP COLUMN type_facet;
ALTER TABLE annotator_claimrelation DROP COLUMN kind_facet;
ALTER TABLE annotator_annotation DROP CONSTRAINT annotation_first_sentence_linked,
    DROP CONSTRAINT annotation_within_text, DROP COLUMN claim_owner, DROP COLUMN actor_owner,
    DROP COLUMN event_owner, DROP COLUMN support_owner;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0001_initial"), ("sources", "0002_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
