"""Texts are recognised by their wording, articles by any variant of their address; pairs alike are proposed."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce
from sources.text.addresses import address_key

INSTALL = """
SELECT sourceline_version('sources_likelyreprint', 'likely_reprint_version_counts_up');
SELECT sourceline_forbid('sources_likelyreprint', 'DELETE', 'likely_reprint_kept');
SELECT sourceline_keep_history('sources_likelyreprint', 'id');
ALTER TABLE sources_fingerprint ADD CONSTRAINT fingerprint_whole CHECK (
    octet_length(signature) IN (0, 512) AND (octet_length(signature) = 0) = (cardinality(bands) = 0));
"""
REMOVE = """
ALTER TABLE sources_fingerprint DROP CONSTRAINT fingerprint_whole;
"""


def place_articles(apps, schema_editor):
    """The first of the articles at variants of one address has it."""
    addresses = apps.get_model("sources", "ArticleAddress")
    there = apps.get_model("sources", "Article").objects.exclude(url="").order_by("pk")
    rows = []
    for key, project, url in there.values_list("pk", "project_id", "url").iterator(chunk_size=2000):
        told = address_key(url)
        if told:
            rows.append(addresses(project_id=project, article_id=key, key=told))
    addresses.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


class Migration(MigrationAtOnce):
    dependencies = [
        ("sources", "0007_intakes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
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
                "constraints": [
                    models.UniqueConstraint(fields=("project", "key"), name="article_address_once"),
                    models.UniqueConstraint(fields=("article",), name="article_has_one_address"),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[0-9a-f]{64}$")), name="article_address_is_a_key"
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "article"),
                        name="article_address_same_project",
                        to="sources.Article",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipe", models.CharField(max_length=60)),
                ("shingles", models.PositiveIntegerField()),
                ("signature", models.BinaryField()),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
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
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fingerprints",
                        to="sources.snapshot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["bands"], name="fingerprints_alike"
                    ),
                    models.Index(fields=["project", "recipe"], name="fingerprint_by_recipe"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot",), name="fingerprint_once_per_snapshot"),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "snapshot"),
                        name="fingerprint_same_project",
                        to="sources.Snapshot",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LikelyReprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reprint", "Reprint"),
                            ("same_article", "Another text of the same article"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("confirmed", "Confirmed"), ("refused", "Not a reprint")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("similarity", models.FloatField(null=True)),
                ("found_by", models.CharField(max_length=60)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likely_originals",
                        to="sources.article",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likely_reprints",
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
                "indexes": [
                    models.Index(fields=["project", "state", "-id"], name="likely_reprints_by_state"),
                    models.Index(fields=["article"], name="likely_reprints_of_article"),
                    models.Index(fields=["original"], name="likely_reprints_of_original"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["reprint", "same_article"])),
                        name="likely_reprint_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "confirmed", "refused"])),
                        name="likely_reprint_state_known",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("article", "original"),
                        django.db.models.functions.comparison.Greatest("article", "original"),
                        name="likely_reprint_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("article", models.F("original")), _negated=True),
                        name="likely_reprint_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("similarity__isnull", True),
                            models.Q(("similarity__gte", 0.0), ("similarity__lte", 1.0)),
                            _connector="OR",
                        ),
                        name="likely_reprint_similarity_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="likely_reprint_decided_by_somebody",
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "article"),
                        name="likely_reprint_article_same_project",
                        to="sources.Article",
                        to_fields=("project", "id"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "original"),
                        name="likely_reprint_original_same_project",
                        to="sources.Article",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.RunPython(place_articles, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
