"""Which codes each version of the codebook touched, so that only claims judged by those are marked."""

from django.db import migrations, models

# A table with deferred checks to come cannot be altered: they are made at once.
FOUND = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE annotator_codebookversion DISABLE TRIGGER codebook_version_immutable;
WITH codes AS MATERIALIZED (
    SELECT v.id, v.project_id, v.number, facet.key AS facet, code ->> 'key' AS key,
        code ->> 'merged_into' AS merged_into,
        jsonb_build_array(code -> 'name', code -> 'definition', code -> 'examples', code -> 'parent',
            code -> 'retired', code -> 'merged_into') AS meaning
    FROM annotator_codebookversion v, jsonb_each(v.content) facet, jsonb_array_elements(facet.value) code
), other AS (
    SELECT now.id, now.facet, now.key, now.merged_into AS goes, was.merged_into AS went
    FROM codes now JOIN codes was ON was.project_id = now.project_id AND was.facet = now.facet
        AND was.key = now.key AND was.number = now.number - 1
    WHERE was.meaning <> now.meaning
), touched AS (
    SELECT id, facet, key FROM other
    UNION SELECT id, facet, goes FROM other WHERE goes IS DISTINCT FROM went AND goes IS NOT NULL
    UNION SELECT id, facet, went FROM other WHERE goes IS DISTINCT FROM went AND went IS NOT NULL
), keys AS (
    SELECT id, facet, jsonb_agg(key ORDER BY key COLLATE "C") AS keys FROM touched GROUP BY id, facet
)
UPDATE annotator_codebookversion v SET touched = found.touched
FROM (SELECT id, jsonb_object_agg(facet, keys) AS touched FROM keys GROUP BY id) found WHERE found.id = v.id;
ALTER TABLE annotator_codebookversion ENABLE ALWAYS TRIGGER codebook_version_immutable;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0017_told_apart")]
    operations = [
        migrations.AddField(
            model_name="codebookversion",
            name="touched",
            field=models.JSONField(default=dict, db_default=models.Value({}, models.JSONField())),
        ),
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
    ]
