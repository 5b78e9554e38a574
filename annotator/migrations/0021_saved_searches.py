"""Searches that people keep."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTALL = """
ALTER TABLE annotator_savedsearch
    ADD CONSTRAINT saved_search_clean CHECK (
        name ~ '\\S' AND name = btrim(name) AND name !~ '[[:cntrl:]]' AND search !~ '[[:cntrl:]]');
SELECT sourceline_forbid('annotator_savedsearch', 'UPDATE', 'saved_search_stays_its_owners',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.owner_id, OLD.search, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.owner_id, NEW.search, NEW.created_at)');
SELECT sourceline_version('annotator_savedsearch', 'saved_search_version_counts_up');
SELECT sourceline_keep_history('annotator_savedsearch', 'id');

-- Purging takes them too. Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_release', $$, $$'annotator_savedsearch', 'annotator_release', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_savedsearch', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0020_targets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("search", models.CharField(blank=True, max_length=4000)),
                ("shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_searches",
                        to="sources.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "owner", "name"), name="saved_search_name_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
