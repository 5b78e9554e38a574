"""What is archived is read-only in those tables too whose changes the history does not tell."""

from django.db import migrations

GUARDED = {
    "sources_snapshot": ("insert", "update"),
    "sources_capture": ("insert",),
    "sources_segmentation": ("insert",),
    "sources_sentence": ("insert",),
    "sources_intakeitem": ("insert",),
    "sources_fingerprint": ("insert", "update", "delete"),
    "sources_articleaddress": ("insert", "update", "delete"),
    "annotator_codebookversion": ("insert",),
    "annotator_annotationsentence": ("insert", "delete"),
}
"""Table -> what the app's role may do there and the guards of the table do not refuse anyhow."""

FUNCTION = """
CREATE FUNCTION sourceline_archived_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    archived bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT p.id INTO archived FROM sources_project p WHERE p.archived_at IS NOT NULL
            AND p.id IN (SELECT o.project_id FROM old_rows o)
            AND NOT sourceline_purging(p.id) LIMIT 1;
    ELSE
        SELECT p.id INTO archived FROM sources_project p WHERE p.archived_at IS NOT NULL
            AND p.id IN (SELECT n.project_id FROM new_rows n) LIMIT 1;
    END IF;
    IF archived IS NOT NULL THEN
        RAISE EXCEPTION 'archived_is_read_only: project % is archived, % of % is refused',
            archived, TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'archived_is_read_only', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_archived_stays FROM PUBLIC;
"""
ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


def _guard(table: str, event: str) -> str:
    return f"""
CREATE TRIGGER archived_{event} AFTER {event.upper()} ON {table} REFERENCING {ROWS[event]}
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_archived_stays();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER archived_{event};
"""


INSTALL = FUNCTION + "".join(_guard(table, event) for table, events in GUARDED.items() for event in events)
REMOVE = "DROP FUNCTION sourceline_archived_stays() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0034_purging_names_its_request"), ("sources", "0018_archived")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
