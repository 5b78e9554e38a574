"""Purging takes what was said of taking articles in, before the articles."""

from django.db import migrations

INSTALL = """
-- Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_sentence', $$, $$'sources_intakeitem', 'sources_intake', 'sources_sentence', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_intakeitem', 'sources_intake', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0021_words_known_by_planner"), ("sources", "0007_intakes")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
