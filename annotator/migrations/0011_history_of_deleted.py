"""How the history of a claim, an actor or an event finds what of it was deleted."""

from django.db import migrations

INSTALL = """
CREATE INDEX change_of_deleted ON sources_change ((coalesce(
    before->>'link_id', before->>'source_id', before->>'party_id', before->>'attribution_id',
    before->>'claim_id', before->>'event_id', before->>'actor_id'))) WHERE operation = 'DELETE';
CREATE INDEX change_of_deleted_relation ON sources_change ((before->>'other_id'))
    WHERE operation = 'DELETE' AND "table" = 'annotator_claimrelation';
"""
REMOVE = "DROP INDEX change_of_deleted, change_of_deleted_relation;"


class Migration(migrations.Migration):
    replaces = [("annotator", "0023_history_of_deleted")]
    dependencies = [("annotator", "0010_history_and_purging")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
