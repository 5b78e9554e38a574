"""What two quotes have in common, word by word, kept beside the words that are searched."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

INSTALL = """
-- The quote's words in their order, folded as they are searched for: without case, accents, marks of any kind.
CREATE FUNCTION sourceline_quoted_words(words tsvector) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(w.lexeme ORDER BY p.place), '{}')
    FROM unnest(words) w CROSS JOIN LATERAL unnest(w.positions, w.weights) AS p (place, weight)
    WHERE p.weight = 'A'
$$;

-- Each run of three words as one number. Of a very long quote a fixed choice of them, the same for the same words.
CREATE FUNCTION sourceline_word_runs(words tsvector) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(run ORDER BY run), '{}') FROM (
        SELECT DISTINCT ('x' || left(md5(said[i] || ' ' || said[i + 1] || ' ' || said[i + 2]), 16))::bit(64)::bigint
        FROM (SELECT sourceline_quoted_words(words) AS said) q, generate_series(1, cardinality(said) - 2) AS i
        ORDER BY 1 LIMIT 200) AS runs (run)
$$;
"""
REMOVE = "DROP FUNCTION sourceline_word_runs(tsvector), sourceline_quoted_words(tsvector);"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0012_batches")]
    operations = [
        migrations.RunSQL(INSTALL, REMOVE),
        migrations.AddField(
            "claimwords",
            "runs",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("words"), function="sourceline_word_runs"),
                output_field=django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), size=None),
            ),
        ),
        migrations.AddIndex(
            "claimwords", django.contrib.postgres.indexes.GinIndex(fields=["runs"], name="claims_alike")
        ),
    ]
