"""Codes with examples, colours, keys and parents; recorded merges; positions; what a cue does."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0005_watch_terms"),
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "facet",
                    models.CharField(
                        choices=[
                            ("claim_type", "Claim types"),
                            ("topic", "Topics"),
                            ("concept", "Concepts"),
                            ("cue_type", "Cue types"),
                            ("actor_kind", "Actor kinds"),
                            ("event_type", "Event types"),
                            ("relation_kind", "Relation kinds"),
                        ],
                        max_length=20,
                    ),
                ),
                ("moved", models.JSONField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[("against", "Against"), ("neutral", "Neutral"), ("for", "For")],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="code",
            name="code_facet_known",
        ),
        migrations.AddField(
            model_name="code",
            name="colour",
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddField(
            model_name="code",
            name="examples",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="code",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_codes",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="shortcut",
            field=models.CharField(blank=True, max_length=1),
        ),
        migrations.AddField(
            model_name="code",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="cue_type",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cues",
                to="annotator.code",
            ),
        ),
        migrations.AlterField(
            model_name="code",
            name="facet",
            field=models.CharField(
                choices=[
                    ("claim_type", "Claim types"),
                    ("topic", "Topics"),
                    ("concept", "Concepts"),
                    ("cue_type", "Cue types"),
                    ("actor_kind", "Actor kinds"),
                    ("event_type", "Event types"),
                    ("relation_kind", "Relation kinds"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="code",
            name="name",
            field=models.CharField(max_length=300),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "facet__in",
                        [
                            "claim_type",
                            "topic",
                            "concept",
                            "cue_type",
                            "actor_kind",
                            "event_type",
                            "relation_kind",
                        ],
                    )
                ),
                name="code_facet_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("shortcut", ""), _negated=True), ("retired_at", None)),
                fields=("project", "facet", "shortcut"),
                name="code_shortcut_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="code_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(("colour__regex", "^(#[0-9a-f]{6})?$")), name="code_colour_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(("shortcut__regex", "^[a-z0-9]?$")), name="code_shortcut_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", None), ("facet", "topic"), _connector="OR"),
                name="code_parent_of_topic",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), models.Q(("retired_at", None), _negated=True), _connector="OR"
                ),
                name="code_merged_is_retired",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="code_not_merged_with_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "facet", "merged_into"),
                name="code_merged_into_same_facet",
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=models.CheckConstraint(
                condition=models.Q(("cue_type", None), ("link__isnull", False), _connector="OR"),
                name="support_cue_type_of_cue",
            ),
        ),
        migrations.AddField(
            model_name="codemerge",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="codemerge",
            name="gone",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="codemerge",
            name="kept",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_in",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="codemerge",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="codemerge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="positions",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="concept",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="positions",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddConstraint(
            model_name="codemerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("gone",), name="code_merged_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="codemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", models.F("kept")), _negated=True), name="code_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="codemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_by", None), models.Q(("undone_at", None), _negated=True), _connector="OR"
                ),
                name="code_merge_undone_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="codemerge",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "facet", "gone"),
                name="code_merge_gone_same_facet",
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="codemerge",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "facet", "kept"),
                name="code_merge_kept_same_facet",
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["concept"], name="positions_on_concept"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("stand__in", ["against", "neutral", "for"])), name="position_stand_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(fields=("claim", "concept"), name="position_once"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="position_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
    ]
