"""Which tables have a history, and the one way to remove a project."""

from django.db import migrations

# Table -> its key, which may be its annotation's.
HISTORY = {
    "annotator_annotation": "id",
    "annotator_supportingspan": "annotation_id",
    "annotator_code": "id",
    "annotator_codemerge": "id",
    "annotator_claim": "annotation_id",
    "annotator_claimtopic": "id",
    "annotator_position": "id",
    "annotator_quantity": "id",
    "annotator_claimrelation": "id",
    "annotator_review": "id",
    "annotator_attribution": "id",
    "annotator_attributionsource": "id",
    "annotator_party": "id",
    "annotator_actor": "id",
    "annotator_actoralias": "id",
    "annotator_actormention": "annotation_id",
    "annotator_actoridentifier": "id",
    "annotator_affiliation": "id",
    "annotator_actormerge": "id",
    "annotator_actorresolution": "id",
    "annotator_actorcomparison": "id",
    "annotator_event": "id",
    "annotator_eventmention": "annotation_id",
    "annotator_eventparticipant": "id",
    "annotator_eventmerge": "id",
    "annotator_eventcomparison": "id",
    "annotator_release": "id",
    "annotator_watchterm": "id",
    "annotator_savedsearch": "id",
}
KEEP_HISTORY = "".join(f"SELECT sourceline_keep_history('{t}', '{key}');\n" for t, key in HISTORY.items())
KEEP_NO_HISTORY = "".join(
    f"DROP TRIGGER history_{event} ON {table};\n"
    for table in HISTORY
    for event in ("insert", "update", "delete", "truncate")
)

PURGE = """
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
        'annotator_watchterm', 'annotator_codemerge', 'annotator_position', 'annotator_claimwords',
        'sources_textwords', 'annotator_savedsearch', 'annotator_release', 'annotator_review',
        'annotator_claimrelation', 'annotator_quantity', 'annotator_claimtopic', 'annotator_supportingspan',
        'annotator_eventparticipant', 'annotator_eventmention', 'annotator_eventmerge',
        'annotator_eventcomparison', 'annotator_event', 'annotator_party', 'annotator_attributionsource',
        'annotator_attribution', 'annotator_claim', 'annotator_actormention', 'annotator_actoralias',
        'annotator_annotationsentence', 'annotator_annotation', 'annotator_actoridentifier',
        'annotator_affiliation', 'annotator_actormerge', 'annotator_actorresolution',
        'annotator_actorcomparison', 'annotator_actor', 'annotator_codebookversion', 'annotator_code',
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

NO_PURGE = "DROP FUNCTION sourceline_purge_project(bigint, bigint)"


class Migration(migrations.Migration):
    replaces = [("annotator", "0019_addressees")]
    dependencies = [("annotator", "0009_project_guards")]
    operations = [
        migrations.RunSQL(KEEP_HISTORY, KEEP_NO_HISTORY),
        migrations.RunSQL(PURGE, NO_PURGE),
    ]
