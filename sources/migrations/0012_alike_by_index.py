"""Texts that are alike are looked for by the index of their bands, whatever the planner thinks of it.

It has no idea how many of sixty-four numbers another row shares, guesses that most rows do, and reads them all.
"""

from django.db import migrations

INSTALL = """
CREATE FUNCTION sourceline_alike(sought integer[], shelf bigint, made_by text, but bigint, most integer)
RETURNS TABLE (snapshot bigint, signature bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
    SELECT f.snapshot_id, f.signature FROM sources_fingerprint f
    WHERE f.bands && sought AND f.project_id = shelf AND f.recipe = made_by AND f.snapshot_id <> but LIMIT most
$$;
-- The same, and of more than are asked for those with the most numbers in common, each in its place.
CREATE FUNCTION sourceline_most_alike(sought integer[], shelf bigint, made_by text, but bigint, most integer)
RETURNS TABLE (snapshot bigint, signature bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
    SELECT f.snapshot_id, f.signature FROM sources_fingerprint f
    WHERE f.bands && sought AND f.project_id = shelf AND f.recipe = made_by AND f.snapshot_id <> but
    ORDER BY (SELECT count(*) FROM unnest(f.bands, sought) AS both_have (one, other) WHERE one = other) DESC,
        f.snapshot_id DESC LIMIT most
$$;
ALTER TABLE sources_fingerprint ALTER COLUMN bands SET STATISTICS 0;
"""
REMOVE = """
DROP FUNCTION sourceline_most_alike(integer[], bigint, text, bigint, integer);
DROP FUNCTION sourceline_alike(integer[], bigint, text, bigint, integer);
ALTER TABLE sources_fingerprint ALTER COLUMN bands SET STATISTICS -1;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0011_outlets")]
    operations = [
        migrations.RemoveIndex("fingerprint", "fingerprint_by_recipe"),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
