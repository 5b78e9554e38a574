"""Tables of what is counted of speakers and of work, so that no page counts all claims."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from sources.models.at_once import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [
        ("annotator", "0036_purging_what_is_empty"),
        ("sources", "0021_places_freed"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeardMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.article",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sources.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drafts", models.BooleanField()),
                ("n_said", models.IntegerField()),
                ("n_claims", models.IntegerField()),
                ("n_passed_on", models.IntegerField()),
                ("n_articles", models.IntegerField()),
                ("n_outlets", models.IntegerField()),
                ("n_reviewed", models.IntegerField()),
                ("n_carried", models.IntegerField()),
                ("n_independent", models.IntegerField()),
                ("first", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                ("first_date", models.CharField(max_length=80, null=True)),
                ("last_date", models.CharField(max_length=80, null=True)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                (
                    "counts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heard",
                        to="annotator.actor",
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
                "indexes": [
                    models.Index(
                        models.F("project"),
                        models.F("drafts"),
                        models.OrderBy(models.F("n_claims"), descending=True),
                        models.OrderBy(models.F("n_passed_on"), descending=True),
                        name="heard_most",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("actor", "drafts"), name="heard_once")],
            },
        ),
        migrations.CreateModel(
            name="HeardIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said", models.IntegerField()),
                ("claims", models.IntegerField()),
                ("reviewed", models.IntegerField()),
                ("passed_on", models.IntegerField()),
                ("open_said", models.IntegerField()),
                ("open_claims", models.IntegerField()),
                ("open_passed_on", models.IntegerField()),
                ("outlet", models.BigIntegerField()),
                ("origin", models.BigIntegerField()),
                (
                    "outlets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("published", models.CharField(max_length=60)),
                ("published_min", models.DateField(null=True)),
                ("published_max", models.DateField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotator.actor",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.article",
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
                "indexes": [models.Index(fields=["actor"], name="heard_in_by_actor")],
                "constraints": [models.UniqueConstraint(fields=("article", "actor"), name="heard_in_once")],
            },
        ),
        migrations.CreateModel(
            name="WorkIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("author", models.BigIntegerField(null=True)),
                ("status", models.CharField(max_length=10)),
                ("claims", models.IntegerField()),
                ("again", models.IntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.article",
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
                "indexes": [models.Index(fields=["project", "article"], name="work_in_project")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "author", "status"), name="work_in_once", nulls_distinct=False
                    )
                ],
            },
        ),
    ]
