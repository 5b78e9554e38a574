"""Watch terms: what a project's readers want to notice in every text."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTALL = """
ALTER TABLE annotator_watchterm
    ADD CONSTRAINT watch_term_words_clean CHECK (
        words ~ '\\S' AND words = btrim(words) AND words !~ '[[:cntrl:]]' AND note !~ '[[:cntrl:]]');
SELECT sourceline_forbid('annotator_watchterm', 'UPDATE', 'watch_term_stays_in_its_project',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.created_by_id, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.created_by_id, NEW.created_at)');
SELECT sourceline_version('annotator_watchterm', 'watch_term_version_counts_up');
SELECT sourceline_keep_history('annotator_watchterm', 'id');

-- Every text of a project is looked through for all its terms, so their number has an end.
CREATE FUNCTION sourceline_watch_terms_at_most() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    full_project bigint;
BEGIN
    PERFORM sourceline_need_read_committed('annotator_watchterm');
    -- Who adds at the same time waits here, and then sees our rows. Inserting took the keys of the projects
    -- already, which this lock leaves alone.
    PERFORM FROM sources_project p WHERE p.id IN (SELECT n.project_id FROM new_rows n)
        ORDER BY p.id FOR NO KEY UPDATE;
    SELECT w.project_id INTO full_project FROM annotator_watchterm w
    WHERE w.project_id IN (SELECT n.project_id FROM new_rows n)
    GROUP BY w.project_id
    HAVING count(*) > 1000 OR count(*) FILTER (WHERE w.is_pattern) > 50
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'watch_terms_at_most: project % watches for 1000 terms or 50 patterns already', full_project
            USING ERRCODE = 'check_violation', CONSTRAINT = 'watch_terms_at_most', TABLE = 'annotator_watchterm';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_watch_terms_at_most FROM PUBLIC;
CREATE TRIGGER watch_terms_at_most_insert AFTER INSERT ON annotator_watchterm
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_watch_terms_at_most();
CREATE TRIGGER watch_terms_at_most_update AFTER UPDATE ON annotator_watchterm
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_watch_terms_at_most();
ALTER TABLE annotator_watchterm ENABLE ALWAYS TRIGGER watch_terms_at_most_insert,
    ENABLE ALWAYS TRIGGER watch_terms_at_most_update;

-- Purging takes them too. The function's text is changed where it stands, whatever else was added to it.
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project'::regproc),
        '''annotator_release'',', '''annotator_watchterm'', ''annotator_release'',');
END $$;
"""

REMOVE = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project'::regproc), '''annotator_watchterm'', ', '');
END $$;
DROP FUNCTION sourceline_watch_terms_at_most() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0004_release_without_progress"),
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="WatchTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.CharField(max_length=200)),
                ("is_pattern", models.BooleanField(default=False)),
                ("whole_words", models.BooleanField(default=True)),
                ("case_sensitive", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch_terms",
                        to="sources.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "is_pattern", "words"), name="watch_term_once")
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
