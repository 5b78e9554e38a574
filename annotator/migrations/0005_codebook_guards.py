"""The guards of the codebook: what a code may be, and that each is used in its own facet and project alone."""

from django.db import migrations

CODES = """
-- A merged code is no code of its facet any more, so that nothing can be coded with it, whoever writes.
ALTER TABLE annotator_code
    ADD COLUMN coded_as text GENERATED ALWAYS AS (CASE WHEN merged_into_id IS NULL THEN facet END) STORED,
    ADD COLUMN top boolean NOT NULL GENERATED ALWAYS AS (parent_id IS NULL) STORED,
    ADD COLUMN parent_top boolean GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN true END) STORED,
    ADD CONSTRAINT code_to_code_with UNIQUE (project_id, coded_as, id),
    ADD CONSTRAINT code_on_top UNIQUE (project_id, facet, id, top);
ALTER TABLE annotator_code ADD CONSTRAINT code_parent_is_on_top
    FOREIGN KEY (project_id, facet, parent_id, parent_top) REFERENCES annotator_code (project_id, facet, id, top);

-- Looked at when the transaction ends, so that two codes can change names.
ALTER TABLE annotator_code ADD CONSTRAINT code_name_once
    EXCLUDE USING btree (project_id WITH =, facet WITH =, lower(name) WITH =)
    WHERE (merged_into_id IS NULL AND parent_id IS NULL) DEFERRABLE INITIALLY DEFERRED;

SELECT sourceline_version('annotator_code', 'code_version_counts_up');
SELECT sourceline_forbid('annotator_code', 'DELETE', 'code_retired_not_deleted');
SELECT sourceline_forbid('annotator_code', 'UPDATE', 'code_key_immutable',
    '(OLD.project_id, OLD.facet, OLD.key) IS DISTINCT FROM (NEW.project_id, NEW.facet, NEW.key)');

SELECT sourceline_forbid('annotator_codebookversion', 'UPDATE OR DELETE', 'codebook_version_immutable');
SELECT sourceline_forbid_truncate('annotator_codebookversion', 'codebook_version_immutable');

SELECT sourceline_forbid('annotator_codemerge', 'DELETE', 'code_merge_kept');
SELECT sourceline_forbid('annotator_codemerge', 'UPDATE', 'code_merge_undone_once',
    'OLD.undone_at IS NOT NULL OR
     (OLD.id, OLD.uuid, OLD.project_id, OLD.facet, OLD.gone_id, OLD.kept_id, OLD.moved, OLD.author_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.facet, NEW.gone_id, NEW.kept_id, NEW.moved, NEW.author_id, NEW.at)');
"""

NO_CODES = """
DROP TRIGGER code_merge_undone_once ON annotator_codemerge;
DROP TRIGGER code_merge_kept ON annotator_codemerge;
DROP TRIGGER codebook_version_immutable_truncate ON annotator_codebookversion;
DROP TRIGGER codebook_version_immutable ON annotator_codebookversion;
DROP TRIGGER code_key_immutable ON annotator_code;
DROP TRIGGER code_retired_not_deleted ON annotator_code;
DROP TRIGGER code_version_counts_up ON annotator_code;
ALTER TABLE annotator_code DROP CONSTRAINT code_parent_is_on_top, DROP CONSTRAINT code_name_once,
    DROP COLUMN coded_as, DROP COLUMN top, DROP COLUMN parent_top;
"""

USES = """
ALTER TABLE annotator_claim
    ADD COLUMN type_facet text NOT NULL GENERATED ALWAYS AS ('claim_type') STORED,
    ADD CONSTRAINT claim_type_is_a_claim_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_claimtopic
    ADD COLUMN topic_facet text NOT NULL GENERATED ALWAYS AS ('topic') STORED,
    ADD CONSTRAINT claim_topic_is_a_topic FOREIGN KEY (project_id, topic_facet, topic_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_position
    ADD COLUMN concept_facet text NOT NULL GENERATED ALWAYS AS ('concept') STORED,
    ADD CONSTRAINT position_concept_is_a_concept FOREIGN KEY (project_id, concept_facet, concept_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_supportingspan
    ADD COLUMN cue_facet text NOT NULL GENERATED ALWAYS AS ('cue_type') STORED,
    ADD CONSTRAINT support_cue_type_is_a_cue_type FOREIGN KEY (project_id, cue_facet, cue_type_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_actor
    ADD COLUMN kind_facet text NOT NULL GENERATED ALWAYS AS ('actor_kind') STORED,
    ADD CONSTRAINT actor_kind_is_an_actor_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_event
    ADD COLUMN type_facet text NOT NULL GENERATED ALWAYS AS ('event_type') STORED,
    ADD CONSTRAINT event_type_is_an_event_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_claimrelation
    ADD COLUMN kind_facet text NOT NULL GENERATED ALWAYS AS ('relation_kind') STORED,
    ADD CONSTRAINT relation_kind_is_a_relation_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, coded_as, id);
"""

NO_USES = """
ALTER TABLE annotator_claim DROP COLUMN type_facet;
ALTER TABLE annotator_claimtopic DROP COLUMN topic_facet;
ALTER TABLE annotator_position DROP COLUMN concept_facet;
ALTER TABLE annotator_supportingspan DROP COLUMN cue_facet;
ALTER TABLE annotator_actor DROP COLUMN kind_facet;
ALTER TABLE annotator_event DROP COLUMN type_facet;
ALTER TABLE annotator_claimrelation DROP COLUMN kind_facet;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0007_codebook_guards"), ("annotator", "0015_code_names_once")]
    dependencies = [("annotator", "0004_claim_guards")]
    operations = [migrations.RunSQL(CODES, NO_CODES), migrations.RunSQL(USES, NO_USES)]
