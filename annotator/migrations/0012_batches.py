"""Acts on many claims, which are kept as they were done; what was taken back of them is said once."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce

INSTALL = """
SELECT sourceline_forbid('annotator_batch', 'UPDATE OR DELETE', 'batch_kept');
SELECT sourceline_forbid('annotator_batchrow', 'UPDATE', 'batch_row_only_undone',
    '(OLD.id, OLD.project_id, OLD.batch_id, OLD.claim_id, OLD.version_before, OLD.version, OLD.review,
      OLD.first_change, OLD.last_change, OLD.was, OLD.became) IS DISTINCT FROM
     (NEW.id, NEW.project_id, NEW.batch_id, NEW.claim_id, NEW.version_before, NEW.version, NEW.review,
      NEW.first_change, NEW.last_change, NEW.was, NEW.became)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_batchrow', 'DELETE', 'batch_row_kept');
SELECT sourceline_keep_history('annotator_batch', 'id');
SELECT sourceline_keep_history('annotator_batchrow', 'id');

-- Purging takes them before the claims. Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_release', $$, $$'annotator_batchrow', 'annotator_batch', 'annotator_release', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_batchrow', 'annotator_batch', $$, '');
END $do$;
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("annotator", "0011_history_of_deleted"),
        ("sources", "0003_text_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("deed", models.CharField(max_length=20)),
                ("said", models.JSONField(default=list)),
                ("act", models.CharField(max_length=40)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
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
                        related_name="+",
                        to="sources.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "id"), name="batch_in_project"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version_before", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("review", models.CharField(blank=True, max_length=36)),
                ("first_change", models.BigIntegerField()),
                ("last_change", models.BigIntegerField()),
                ("was", models.JSONField(default=dict)),
                ("became", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("version_undone", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="annotator.batch",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_rows",
                        to="annotator.claim",
                    ),
                ),
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
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["claim"], name="batch_rows_of_claim"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "claim"), name="batch_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("version_undone", None)),
                            models.Q(("undone_at__isnull", False), ("version_undone__isnull", False)),
                            _connector="OR",
                        ),
                        name="batch_row_undone_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_change__lt", models.F("last_change"))),
                        name="batch_row_has_changes",
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "batch"),
                        name="batch_row_batch_same_project",
                        to="annotator.Batch",
                        to_fields=("project", "id"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "claim"),
                        name="batch_row_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
