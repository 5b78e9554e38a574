"""The words of texts as they are searched for, kept by the database.

What is folded how is said in sources/text/folding.py; a test holds the two together. The ranges stand here as they
were when the words were folded: a rule that changes needs a migration that folds them anew.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import sources.models.constraints

IGNORED = (
    r"\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u180b-\u180f\u1ab0-\u1aff"
    r"\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    r"\ufeff"
)
SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u037e"
    r"\u0387\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f"
    r"\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u0700-\u070f\u0964\u0965\u0970\u0e3f\u0e4f\u0e5a\u0e5b"
    r"\u0f01-\u0f17\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166d\u166e"
    r"\u1680\u169b\u169c\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u1944\u1945"
    r"\u2000-\u200a\u2010-\u2029\u202f-\u205f\u206a-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f"
    r"\u2ff0-\u3004\u3008-\u3020\u3030\u3036\u3037\u303d-\u303f\u30a0\u30fb\ua6f2-\ua6f7\ua8ce\ua8cf"
    r"\ua92e\ua92f\ue000-\uf8ff\ufd3e\ufd3f\ufff0-\uffff\U0001f000-\U0001faff\U000e0000-\U0010ffff"
)
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3021-\u302f"
    r"\u3031-\u3035\u303b\u303c\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
LIKE = ("øłđħŧıςىةیکہھٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "oldhtiσيهيكهها01234567890123456789")

INSTALL = r"""
CREATE FUNCTION sourceline_folded(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT btrim(regexp_replace(regexp_replace(
        replace(replace(replace(replace(
            translate(lower(normalize(regexp_replace(normalize(said, NFKD), '[<ignored>]', '', 'g'), NFKC)),
                      '<like>', '<counts>'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        '([<unspaced>])', ' \1 ', 'g'), '[<separators>]+', ' ', 'g'), ' ')
$$;

-- No parser of the server's is asked what a word is: they differ by locale, and know no Chinese.
CREATE FUNCTION sourceline_words(said text, weight text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(string_agg('''' || left(word, 60) || ''':' || least(place, 16383) || weight, ' '), '')::tsvector
    FROM unnest(string_to_array(sourceline_folded(said), ' ')) WITH ORDINALITY AS w (word, place)
    WHERE word <> ''
$$;

-- Each part but the last goes 1,000 code points on into the next; words that a seam cuts are left to the other part.
CREATE FUNCTION sourceline_words_by_part(said text) RETURNS TABLE (part bigint, words tsvector)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n, sourceline_words(
        regexp_replace(
            regexp_replace(substr(said, (n * 30000 + 1)::integer, 31000),
                           CASE WHEN n > 0 THEN '^\S{1,100}' ELSE '^' END, ''),
            CASE WHEN length(said) > n * 30000 + 31000 THEN '\S{1,100}$' ELSE '$' END, ''), 'D')
    FROM generate_series(0, greatest(length(said) - 1, 0) / 30000) AS parts (n)
$$;

CREATE FUNCTION sourceline_text_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO sources_textwords (project_id, snapshot_id, part, words)
    SELECT n.project_id, n.id, p.part, p.words FROM new_rows n CROSS JOIN sourceline_words_by_part(n.text) p;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_text_words FROM PUBLIC;
CREATE TRIGGER text_words_kept AFTER INSERT ON sources_snapshot
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_text_words();
ALTER TABLE sources_snapshot ENABLE ALWAYS TRIGGER text_words_kept;

INSERT INTO sources_textwords (project_id, snapshot_id, part, words)
SELECT n.project_id, n.id, p.part, p.words FROM sources_snapshot n CROSS JOIN sourceline_words_by_part(n.text) p;
"""
for mark, meant in {
    "<ignored>": IGNORED,
    "<separators>": SEPARATORS,
    "<unspaced>": UNSPACED,
    "<like>": LIKE[0],
    "<counts>": LIKE[1],
}.items():
    INSTALL = INSTALL.replace(mark, meant)

REMOVE = """
DROP FUNCTION sourceline_text_words() CASCADE;
DROP FUNCTION sourceline_words_by_part(text), sourceline_words(text, text), sourceline_folded(text);
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="TextWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveIntegerField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.project",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_words",
                        to="sources.snapshot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="text_words_found")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "part"), name="text_words_once"),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "snapshot"),
                        name="text_words_same_project",
                        to="sources.Snapshot",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
