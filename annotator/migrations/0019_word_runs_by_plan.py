"""The runs of a quote's words, counted by statements that are planned once a connection and not at each claim."""

from importlib import import_module

from django.db import migrations

FASTER = """
-- The quote's words in their order, folded as they are searched for: without case, accents, marks of any kind.
CREATE OR REPLACE FUNCTION sourceline_quoted_words(words tsvector) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(w.lexeme ORDER BY p.place)
        FROM unnest(ts_filter(words, '{a}')) w CROSS JOIN LATERAL unnest(w.positions) AS p (place)), '{}');
END $$;

-- Each run of three words as one number. Of a very long quote a fixed choice of them, the same for the same words.
CREATE OR REPLACE FUNCTION sourceline_word_runs(words tsvector) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text[] := sourceline_quoted_words(words);
BEGIN
    RETURN coalesce((
        SELECT array_agg(run ORDER BY run) FROM (
            SELECT DISTINCT ('x' || left(md5(said[i] || ' ' || said[i + 1] || ' ' || said[i + 2]), 16))::bit(64)::bigint
            FROM generate_series(1, cardinality(said) - 2) AS i ORDER BY 1 LIMIT 200) AS runs (run)), '{}');
END $$;
"""
AS_BEFORE = import_module("annotator.migrations.0013_word_runs").INSTALL.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0018_codes_touched")]
    operations = [migrations.RunSQL(FASTER, AS_BEFORE)]
