import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import annotator.models.actor
import sources.models.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0010_attribution_guards"),
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActorComparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sameness",
                    models.CharField(
                        choices=[("perhaps", "Perhaps the same"), ("different", "Not the same")],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="ActorIdentifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="ActorMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ActorResolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField()),
                ("evidence", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("works_for", "Works for"),
                            ("member_of", "Member of"),
                            ("part_of", "Part of"),
                        ],
                        max_length=10,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
                ("since", models.CharField(blank=True, max_length=60)),
                ("since_min", models.DateField(blank=True, null=True)),
                ("until", models.CharField(blank=True, max_length=60)),
                ("until_max", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="actor",
            name="actor_merged_into_same_project",
        ),
        migrations.AddField(
            model_name="actor",
            name="number",
            field=models.CharField(
                blank=True, choices=[("one", "One"), ("several", "Several")], max_length=8
            ),
        ),
        migrations.AddField(
            model_name="actoralias",
            name="script",
            field=models.CharField(blank=True, max_length=4),
        ),
        # A column that PostgreSQL generates: whom an actor's rows are shown and counted for.
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE annotator_actor ADD COLUMN survivor_id bigint"
                    " GENERATED ALWAYS AS (coalesce(merged_into_id, id)) STORED;"
                    "ALTER TABLE annotator_actor ADD CONSTRAINT actor_is_survivor UNIQUE (project_id, id, survivor_id);"
                    "CREATE INDEX actor_family ON annotator_actor (survivor_id);",
                    "ALTER TABLE annotator_actor DROP COLUMN survivor_id;",
                )
            ],
            [
                migrations.AddField(
                    model_name="actor",
                    name="survivor",
                    field=annotator.models.actor.SurvivorKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family",
                        to="annotator.actor",
                    ),
                )
            ],
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "merged_into", "merged_into"),
                name="actor_merged_into_survivor",
                to="annotator.Actor",
                to_fields=("project", "id", "survivor"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), models.Q(("naming", "anonymous"), _negated=True), _connector="OR"
                ),
                name="actor_anonymous_not_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), ("number__in", ["one", "several"]), _connector="OR"),
                name="actor_number_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wikidata", ""), ("wikidata__regex", "^Q[1-9][0-9]{0,11}$"), _connector="OR"
                ),
                name="actor_wikidata_form",
            ),
        ),
        migrations.AddField(
            model_name="actorcomparison",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actorcomparison",
            name="first",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actorcomparison",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="actorcomparison",
            name="second",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actoridentifier",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identifiers",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actoridentifier",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="actormerge",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actormerge",
            name="merged",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actormerge",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="actormerge",
            name="survivor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_into_it",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actormerge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actorresolution",
            name="anonymous",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actorresolution",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actorresolution",
            name="named",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolved_speakers",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actorresolution",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="actorresolution",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affiliations",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affiliates",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="actor_by_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="actorcomparison",
            index=models.Index(fields=["second"], name="comparisons_of_second"),
        ),
        migrations.AddConstraint(
            model_name="actorcomparison",
            constraint=models.CheckConstraint(
                condition=models.Q(("sameness__in", ["perhaps", "different"])),
                name="comparison_sameness_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="actorcomparison",
            constraint=models.UniqueConstraint(fields=("project", "first", "second"), name="comparison_once"),
        ),
        migrations.AddConstraint(
            model_name="actorcomparison",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="comparison_smaller_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="actorcomparison",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "first"),
                name="comparison_first_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actorcomparison",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "second"),
                name="comparison_second_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actoridentifier",
            constraint=models.UniqueConstraint(fields=("actor", "scheme", "value"), name="identifier_once"),
        ),
        migrations.AddConstraint(
            model_name="actoridentifier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scheme", ""), _negated=True), models.Q(("value", ""), _negated=True)
                ),
                name="identifier_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="actoridentifier",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="identifier_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddIndex(
            model_name="actormerge",
            index=models.Index(fields=["survivor"], name="merges_by_survivor"),
        ),
        migrations.AddIndex(
            model_name="actormerge",
            index=models.Index(fields=["project", "-at"], name="merges_by_project"),
        ),
        migrations.AddConstraint(
            model_name="actormerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("merged",), name="merge_in_force_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="actormerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged", models.F("survivor")), _negated=True),
                name="merge_of_two_actors",
            ),
        ),
        migrations.AddConstraint(
            model_name="actormerge",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "merged"),
                name="merge_merged_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actormerge",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "survivor"),
                name="merge_survivor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddIndex(
            model_name="actorresolution",
            index=models.Index(fields=["named"], name="resolutions_by_named"),
        ),
        migrations.AddConstraint(
            model_name="actorresolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("anonymous",),
                name="resolution_in_force_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="actorresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                ),
                name="resolution_has_reason_and_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="actorresolution",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "anonymous"),
                name="resolution_anonymous_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actorresolution",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "named"),
                name="resolution_named_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddIndex(
            model_name="affiliation",
            index=models.Index(fields=["actor"], name="affiliations_of_actor"),
        ),
        migrations.AddIndex(
            model_name="affiliation",
            index=models.Index(fields=["organisation"], name="affiliates_of_actor"),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("tie__in", ["works_for", "member_of", "part_of"])),
                name="affiliation_tie_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", models.F("organisation")), _negated=True),
                name="affiliation_not_with_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("since", ""), ("since_min", None)),
                        models.Q(models.Q(("since", ""), _negated=True), ("since_min__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("until", ""), ("until_max", None)),
                        models.Q(models.Q(("until", ""), _negated=True), ("until_max__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="affiliation_dates_have_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_min", None),
                    ("until_max", None),
                    ("since_min__lte", models.F("until_max")),
                    _connector="OR",
                ),
                name="affiliation_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="affiliation_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "organisation"),
                name="affiliation_organisation_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
    ]
