"""One code a name: of a facet's codes that lie under no other, no two are called alike but for capitals."""

from django.db import migrations

INSTALL = """
-- Those that are called alike already keep their coding; the later ones show their key, which tells them apart.
UPDATE annotator_code c SET name = left(c.name, 230) || ' (' || c.key || ')', version = c.version + 1
WHERE c.merged_into_id IS NULL AND c.parent_id IS NULL AND EXISTS (
    SELECT FROM annotator_code o
    WHERE o.project_id = c.project_id AND o.facet = c.facet AND lower(o.name) = lower(c.name) AND o.id < c.id
      AND o.merged_into_id IS NULL AND o.parent_id IS NULL);

SET CONSTRAINTS ALL IMMEDIATE;
-- Looked at when the transaction ends, so that two codes can change names.
ALTER TABLE annotator_code ADD CONSTRAINT code_name_once
    EXCLUDE USING btree (project_id WITH =, facet WITH =, lower(name) WITH =)
    WHERE (merged_into_id IS NULL AND parent_id IS NULL) DEFERRABLE INITIALLY DEFERRED;
"""

REMOVE = "ALTER TABLE annotator_code DROP CONSTRAINT code_name_once"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0014_event_merge_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
