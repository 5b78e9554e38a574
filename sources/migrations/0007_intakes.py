"""Acts of taking articles in, and what became of each thing that was handed over."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce

INSTALL = """
-- Who hands over what stays; how it is read may be said until it is read, and nothing once it is over.
SELECT sourceline_forbid('sources_intake', 'UPDATE', 'intake_stays_what_it_is',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.by_id, OLD.method, OLD.name, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.by_id, NEW.method, NEW.name, NEW.created_at)');
SELECT sourceline_forbid('sources_intake', 'UPDATE', 'intake_over_is_over',
    'OLD.state IN (''done'', ''stopped'')');
SELECT sourceline_forbid('sources_intake', 'UPDATE', 'intake_read_as_it_was_asked',
    'OLD.state = ''running'' AND NEW.options IS DISTINCT FROM OLD.options');
SELECT sourceline_forbid('sources_intake', 'DELETE', 'intake_kept');
SELECT sourceline_keep_history('sources_intake', 'id');

-- What became of a thing is written once.
ALTER TABLE sources_intakeitem ADD CONSTRAINT intake_item_refused_says_why
    CHECK (outcome <> 'refused' OR coalesce(told ->> 'why', '') <> '');
SELECT sourceline_forbid('sources_intakeitem', 'UPDATE OR DELETE', 'intake_item_immutable');
SELECT sourceline_forbid_truncate('sources_intakeitem', 'intake_item_immutable');
"""

REMOVE = """
DROP TRIGGER intake_item_immutable ON sources_intakeitem;
DROP TRIGGER intake_item_immutable_truncate ON sources_intakeitem;
ALTER TABLE sources_intakeitem DROP CONSTRAINT intake_item_refused_says_why;
DROP TRIGGER history_insert ON sources_intake;
DROP TRIGGER history_update ON sources_intake;
DROP TRIGGER history_delete ON sources_intake;
DROP TRIGGER history_truncate ON sources_intake;
DROP TRIGGER intake_kept ON sources_intake;
DROP TRIGGER intake_read_as_it_was_asked ON sources_intake;
DROP TRIGGER intake_over_is_over ON sources_intake;
DROP TRIGGER intake_stays_what_it_is ON sources_intake;
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("sources", "0006_records_completed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("upload", "Files"),
                            ("archive", "Archive"),
                            ("addresses", "Addresses"),
                            ("command", "Command line"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("asking", "Waiting for an answer"),
                            ("running", "Being taken in"),
                            ("done", "Taken in"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("expected", models.PositiveIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IntakeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("address", models.CharField(blank=True, max_length=2000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("known", "Already here"),
                            ("reprint", "Reprint"),
                            ("changed", "Changed text"),
                            ("refused", "Refused"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("project", "article", "id"), name="snapshot_in_article"
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intakes",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="intakeitem",
            name="article",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intake_items",
                to="sources.article",
            ),
        ),
        migrations.AddField(
            model_name="intakeitem",
            name="intake",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="sources.intake",
            ),
        ),
        migrations.AddField(
            model_name="intakeitem",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="intakeitem",
            name="snapshot",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intake_items",
                to="sources.snapshot",
            ),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["project", "-id"], name="intakes_by_project"),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="intake_in_project"),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["upload", "archive", "addresses", "command"])),
                name="intake_method_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "asking", "running", "done", "stopped"])),
                name="intake_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state__in", ["done", "stopped"])),
                    models.Q(
                        models.Q(("state__in", ["done", "stopped"]), _negated=True), ("finished_at", None)
                    ),
                    _connector="OR",
                ),
                name="intake_finished_at_its_end",
            ),
        ),
        migrations.AddIndex(
            model_name="intakeitem",
            index=models.Index(fields=["intake", "outcome", "position"], name="intake_items_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=models.UniqueConstraint(fields=("intake", "position"), name="intake_position_once"),
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["new", "known", "reprint", "changed", "refused"])),
                name="intake_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), ("outcome", "refused"), ("snapshot", None)),
                    models.Q(
                        models.Q(("outcome", "refused"), _negated=True),
                        ("article__isnull", False),
                        ("snapshot__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="intake_item_taken_or_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "intake"),
                name="intake_item_intake_same_project",
                to="sources.Intake",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "article", "snapshot"),
                name="intake_item_snapshot_of_its_article",
                to="sources.Snapshot",
                to_fields=("project", "article", "id"),
            ),
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
