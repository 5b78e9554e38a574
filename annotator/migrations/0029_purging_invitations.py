"""Purging takes invitations, and who came in by them."""

from django.db import migrations

INSTALL = """
-- Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_membership'$$, $$'sources_acceptance', 'sources_invitation', 'sources_membership'$$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_acceptance', 'sources_invitation', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0028_claims_whole"), ("sources", "0016_invitations")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
