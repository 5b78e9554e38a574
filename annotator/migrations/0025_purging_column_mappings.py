"""Purging takes what was said of the columns of tables."""

from django.db import migrations

INSTALL = """
-- Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_sentence', $$, $$'sources_columnmapping', 'sources_sentence', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_columnmapping', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0024_current_cut"), ("sources", "0010_columns_remembered")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
