"""The guards of the edited codebook, and types of cues for the projects that are there already."""

from django.db import migrations

CUE_TYPES = [
    ("neutral", "Neutral", "Passes the words on without a stand: said, told."),
    ("according", "According", "Names the source beside the words: according to, in the words of."),
    ("doubting", "Doubting", "Keeps its distance: claimed, alleged, so-called."),
    ("granting", "Granting", "Takes it for true: pointed out, recalled, noted."),
    ("denying", "Denying", "Says that it is not so: denied, rejected."),
    ("accusing", "Accusing", "Lays it at somebody’s door: accused, blamed."),
    ("asking", "Asking", "Wants an answer or a deed: asked, urged, demanded."),
    ("committing", "Committing", "Binds the speaker: promised, vowed, threatened."),
    ("thinking", "Thinking", "Tells a thought that nobody uttered: believes, fears, hopes."),
    ("hearsay", "Hearsay", "Names nobody: reportedly, it is said."),
    ("showing", "Showing", "A document, a picture or a number tells it: shows, suggests."),
]

INSTALL = """
-- A merged code is no code of its facet any more, so that nothing can be coded with it, whoever writes.
ALTER TABLE annotator_code
    ADD COLUMN coded_as text GENERATED ALWAYS AS (CASE WHEN merged_into_id IS NULL THEN facet END) STORED,
    ADD COLUMN top boolean NOT NULL GENERATED ALWAYS AS (parent_id IS NULL) STORED,
    ADD COLUMN parent_top boolean GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN true END) STORED,
    ADD CONSTRAINT code_to_code_with UNIQUE (project_id, coded_as, id),
    ADD CONSTRAINT code_on_top UNIQUE (project_id, facet, id, top);
ALTER TABLE annotator_code ADD CONSTRAINT code_parent_is_on_top
    FOREIGN KEY (project_id, facet, parent_id, parent_top) REFERENCES annotator_code (project_id, facet, id, top);

ALTER TABLE annotator_claim DROP CONSTRAINT claim_type_is_a_claim_type,
    ADD CONSTRAINT claim_type_is_a_claim_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_claimtopic DROP CONSTRAINT claim_topic_is_a_topic,
    ADD CONSTRAINT claim_topic_is_a_topic FOREIGN KEY (project_id, topic_facet, topic_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_actor DROP CONSTRAINT actor_kind_is_an_actor_kind,
    ADD CONSTRAINT actor_kind_is_an_actor_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_event DROP CONSTRAINT event_type_is_an_event_type,
    ADD CONSTRAINT event_type_is_an_event_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_claimrelation DROP CONSTRAINT relation_kind_is_a_relation_kind,
    ADD CONSTRAINT relation_kind_is_a_relation_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_position
    ADD COLUMN concept_facet text NOT NULL GENERATED ALWAYS AS ('concept') STORED,
    ADD CONSTRAINT position_concept_is_a_concept FOREIGN KEY (project_id, concept_facet, concept_id)
        REFERENCES annotator_code (project_id, coded_as, id);
ALTER TABLE annotator_supportingspan
    ADD COLUMN cue_facet text NOT NULL GENERATED ALWAYS AS ('cue_type') STORED,
    ADD CONSTRAINT support_cue_type_is_a_cue_type FOREIGN KEY (project_id, cue_facet, cue_type_id)
        REFERENCES annotator_code (project_id, coded_as, id);

SELECT sourceline_version('annotator_code', 'code_version_counts_up');
SELECT sourceline_forbid('annotator_codemerge', 'DELETE', 'code_merge_kept');
SELECT sourceline_forbid('annotator_codemerge', 'UPDATE', 'code_merge_undone_once',
    'OLD.undone_at IS NOT NULL OR
     (OLD.id, OLD.uuid, OLD.project_id, OLD.facet, OLD.gone_id, OLD.kept_id, OLD.moved, OLD.author_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.facet, NEW.gone_id, NEW.kept_id, NEW.moved, NEW.author_id, NEW.at)');
SELECT sourceline_keep_history('annotator_codemerge', 'id');
SELECT sourceline_keep_history('annotator_position', 'id');

-- Purging takes the new tables too: first of all, for they point to what goes after them.
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        '''annotator_release'', ', '''annotator_codemerge'', ''annotator_position'', ''annotator_release'', ');
END $$;
"""

REMOVE = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        '''annotator_codemerge'', ''annotator_position'', ', '');
END $$;
DO $$
DECLARE relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['annotator_codemerge', 'annotator_position'] LOOP
        EXECUTE format('DROP TRIGGER history_insert ON %1$s; DROP TRIGGER history_update ON %1$s;
            DROP TRIGGER history_delete ON %1$s; DROP TRIGGER history_truncate ON %1$s', relation);
    END LOOP;
END $$;
DROP TRIGGER code_merge_undone_once ON annotator_codemerge;
DROP TRIGGER code_merge_kept ON annotator_codemerge;
DROP TRIGGER code_version_counts_up ON annotator_code;
ALTER TABLE annotator_supportingspan DROP COLUMN cue_facet;
ALTER TABLE annotator_position DROP COLUMN concept_facet;
ALTER TABLE annotator_claimrelation DROP CONSTRAINT relation_kind_is_a_relation_kind,
    ADD CONSTRAINT relation_kind_is_a_relation_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_event DROP CONSTRAINT event_type_is_an_event_type,
    ADD CONSTRAINT event_type_is_an_event_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_actor DROP CONSTRAINT actor_kind_is_an_actor_kind,
    ADD CONSTRAINT actor_kind_is_an_actor_kind FOREIGN KEY (project_id, kind_facet, kind_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_claimtopic DROP CONSTRAINT claim_topic_is_a_topic,
    ADD CONSTRAINT claim_topic_is_a_topic FOREIGN KEY (project_id, topic_facet, topic_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_claim DROP CONSTRAINT claim_type_is_a_claim_type,
    ADD CONSTRAINT claim_type_is_a_claim_type FOREIGN KEY (project_id, type_facet, type_id)
        REFERENCES annotator_code (project_id, facet, id);
ALTER TABLE annotator_code DROP CONSTRAINT code_parent_is_on_top, DROP COLUMN coded_as, DROP COLUMN top,
    DROP COLUMN parent_top;
"""

# What the older rules know nothing of goes, and only then can they be put on again.
FORGET = """
DO $$
DECLARE project bigint;
BEGIN
    DELETE FROM annotator_position;
    UPDATE annotator_supportingspan SET cue_type_id = NULL WHERE cue_type_id IS NOT NULL;
    FOR project IN SELECT id FROM sources_project LOOP
        PERFORM set_config('sourceline.purge', project::text, true);
        DELETE FROM annotator_codemerge WHERE project_id = project;
        UPDATE annotator_code SET merged_into_id = NULL, parent_id = NULL, version = version + 1
            WHERE project_id = project AND (merged_into_id IS NOT NULL OR parent_id IS NOT NULL);
        DELETE FROM annotator_code WHERE project_id = project AND facet IN ('concept', 'cue_type');
    END LOOP;
    PERFORM set_config('sourceline.purge', '', true);
END $$;
"""


def add_cue_types(apps, schema_editor):
    """In every project that is there, with the codebook version that follows from it."""
    code, frozen = apps.get_model("annotator", "Code"), apps.get_model("annotator", "CodebookVersion")
    for project in apps.get_model("sources", "Project").objects.order_by("pk"):
        last = frozen.objects.filter(project=project).order_by("-number").first()
        if last is None or code.objects.filter(project=project, facet="cue_type").exists():
            continue
        code.objects.bulk_create(
            code(project=project, facet="cue_type", key=key, name=name, definition=definition, position=i)
            for i, (key, name, definition) in enumerate(CUE_TYPES)
        )
        added = [
            {"key": key, "name": name, "definition": definition, "retired": False}
            for key, name, definition in CUE_TYPES
        ]
        content = {**last.content, "concept": [], "cue_type": added}
        frozen.objects.create(project=project, number=last.number + 1, content=content)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0006_codebook_edited")]
    operations = [
        migrations.RunSQL(INSTALL, REMOVE),
        migrations.RunPython(add_cue_types, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
