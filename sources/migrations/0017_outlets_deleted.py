"""An outlet that nothing names can be deleted; one that is merged has to be taken apart first."""

from django.db import migrations

# The keys of articles, actors and outlets that name it refuse the rest.
ALLOW = """
DROP TRIGGER publication_kept ON sources_publication;
SELECT sourceline_forbid('sources_publication', 'DELETE', 'publication_merged_kept',
    'OLD.merged_into_id IS NOT NULL');
"""
FORBID = """
DROP TRIGGER publication_merged_kept ON sources_publication;
SELECT sourceline_forbid('sources_publication', 'DELETE', 'publication_kept');
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0016_invitations")]
    operations = [migrations.RunSQL(ALLOW, FORBID)]
