"""Purging a project takes what its texts are recognised by, and what was said of reprints."""

from django.db import migrations

INSTALL = """
-- Said of the function as it stands, whatever was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_sentence', $$,
        $$'sources_fingerprint', 'sources_articleaddress', 'sources_likelyreprint', 'sources_sentence', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'sources_fingerprint', 'sources_articleaddress', 'sources_likelyreprint', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0022_purging_intakes"),
        ("sources", "0008_reprints_recognised"),
    ]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
