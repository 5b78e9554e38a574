"""Claims of which somebody said that they are worded alike and do not repeat each other."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints

INSTALL = """
SELECT sourceline_forbid('annotator_toldapart', 'UPDATE', 'told_apart_as_it_was_said');
SELECT sourceline_keep_history('annotator_toldapart', 'id');

-- Purging takes them before the claims. Said of the function as it stands, whatever was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_release', $$, $$'annotator_toldapart', 'annotator_release', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_toldapart', $$, '');
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0016_discussions"),
        ("sources", "0003_text_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ToldApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_apart",
                        to="annotator.claim",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_apart_from_older",
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
            ],
            options={
                "indexes": [models.Index(fields=["other"], name="told_apart_of_younger")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="told_apart_in_order"
                    ),
                    models.UniqueConstraint(fields=("one", "other"), name="told_apart_once"),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "one"),
                        name="told_apart_one_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "other"),
                        name="told_apart_other_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
