import uuid

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import annotator.models.extent_field
import sources.models.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("by_office", "By office"),
                            ("unnamed", "Unnamed"),
                            ("anonymous", "Anonymous"),
                            ("collective", "Collective"),
                        ],
                        default="named",
                        max_length=12,
                    ),
                ),
                ("affiliation", models.CharField(blank=True, max_length=300)),
                ("stated_reason", models.TextField(blank=True)),
                ("wikidata", models.CharField(blank=True, max_length=20)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="ActorAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, max_length=35)),
            ],
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("snapshot_length", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("actor", "Actor"),
                            ("event", "Event"),
                            ("cue", "Cue"),
                            ("role", "Role"),
                            ("reason", "Reason"),
                            ("time", "Time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("extent", annotator.models.extent_field.ExtentField()),
                (
                    "quotes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("prefix", models.TextField(blank=True)),
                ("suffix", models.TextField(blank=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("human", "Made by a person"),
                            ("suggestion", "Accepted suggestion"),
                            ("import", "Imported"),
                        ],
                        default="human",
                        max_length=12,
                    ),
                ),
                ("origin_detail", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="AnnotationSentence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("chain", models.PositiveSmallIntegerField(default=1)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("said", "Said by"),
                            ("relayed", "Relayed by"),
                            ("reported", "Reported by"),
                            ("reprinted", "Reprinted by"),
                        ],
                        default="said",
                        max_length=10,
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("says", "Says"),
                            ("thinks", "Thinks"),
                            ("wants", "Wants"),
                            ("decides", "Decides"),
                            ("shows", "Shows"),
                        ],
                        default="says",
                        max_length=10,
                    ),
                ),
                (
                    "quotation_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct"),
                            ("indirect", "Indirect"),
                            ("mixed", "Mixed"),
                            ("free_indirect", "Free indirect"),
                            ("reported", "Reported"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated"),
                            ("carried_over", "Carried over"),
                            ("inferred", "Inferred"),
                            ("record", "From the record"),
                        ],
                        default="stated",
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttributionSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("role_at_time", models.CharField(blank=True, max_length=300)),
                (
                    "jointly",
                    models.CharField(
                        choices=[("one", "One of them"), ("together", "Together"), ("each", "Each")],
                        default="one",
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("textual", "In the text"),
                            ("interpretive", "Interpreted"),
                            ("inferential", "Inferred"),
                        ],
                        default="interpretive",
                        max_length=15,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="ClaimTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Code",
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
                            ("actor_kind", "Actor kinds"),
                            ("event_type", "Event types"),
                            ("relation_kind", "Relation kinds"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=100)),
                ("definition", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CodebookVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("label", models.CharField(max_length=300)),
                ("date", models.CharField(blank=True, max_length=60)),
                ("date_min", models.DateField(blank=True, null=True)),
                ("date_max", models.DateField(blank=True, null=True)),
                ("date_words", models.CharField(blank=True, max_length=300)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="EventParticipant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Quantity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("low", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("high", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("unit", models.CharField(blank=True, max_length=100)),
                ("words", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("notes", models.TextField(blank=True)),
                ("licence", models.CharField(blank=True, max_length=100)),
                ("filter", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("building", "Building"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("size", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ready_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("claim_version", models.PositiveIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("disputed", "Disputed"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="actor",
            name="article",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="anonymous_actors",
                to="sources.article",
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_actors",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actors",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actors",
                to="sources.publication",
            ),
        ),
        migrations.AddField(
            model_name="actoralias",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aliases",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actoralias",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.CreateModel(
            name="ActorMention",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mention",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("paraphrase", models.TextField(blank=True)),
                (
                    "quotation_type",
                    models.CharField(
                        choices=[
                            ("direct", "Direct"),
                            ("indirect", "Indirect"),
                            ("mixed", "Mixed"),
                            ("free_indirect", "Free indirect"),
                            ("reported", "Reported"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "polarity",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("denied", "Denied"),
                            ("declined", "Declined to comment"),
                            ("questioned", "Questioned"),
                        ],
                        default="asserted",
                        max_length=12,
                    ),
                ),
                ("negated", models.BooleanField(default=False)),
                ("certainty", models.CharField(blank=True, max_length=100)),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("attributed", "Attributed"),
                            ("own", "The article’s own voice"),
                            ("agentless", "Agentless"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("textual", "In the text"),
                            ("interpretive", "Interpreted"),
                            ("inferential", "Inferred"),
                        ],
                        default="textual",
                        max_length=15,
                    ),
                ),
                ("said_on", models.CharField(blank=True, max_length=60)),
                ("said_on_min", models.DateField(blank=True, null=True)),
                ("said_on_max", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("disputed", "Disputed"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("codebook_version", models.PositiveIntegerField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EventMention",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="event_mention",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportingSpan",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="support",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="annotation",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="annotation",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="annotation",
            name="sentence",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="first_annotations",
                to="sources.sentence",
            ),
        ),
        migrations.AddField(
            model_name="annotation",
            name="snapshot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to="sources.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="annotationsentence",
            name="annotation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sentence_links",
                to="annotator.annotation",
            ),
        ),
        migrations.AddField(
            model_name="annotationsentence",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="annotationsentence",
            name="sentence",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotation_links",
                to="sources.sentence",
            ),
        ),
        migrations.AddField(
            model_name="annotationsentence",
            name="snapshot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="annotation",
            name="sentences",
            field=models.ManyToManyField(
                related_name="annotations", through="annotator.AnnotationSentence", to="sources.sentence"
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attributions",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="attribution",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="annotator.attribution",
            ),
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="claimrelation",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimrelation",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="claimtopic",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codes",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="claimtopic",
            name="topic",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim_links",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="claimrelation",
            name="kind",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relations",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="kind",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actors",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="codebookversion",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="codebookversion",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codebook_versions",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_events",
                to="annotator.event",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="type",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="eventparticipant",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="eventparticipant",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participants",
                to="annotator.event",
            ),
        ),
        migrations.AddField(
            model_name="eventparticipant",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="quantity",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quantities",
                to="annotator.event",
            ),
        ),
        migrations.AddField(
            model_name="quantity",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="actoralias",
            constraint=models.UniqueConstraint(fields=("actor", "name"), name="alias_once"),
        ),
        migrations.AddField(
            model_name="eventparticipant",
            name="mention",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="annotator.actormention",
            ),
        ),
        migrations.AddField(
            model_name="attributionsource",
            name="mention",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attributions",
                to="annotator.actormention",
            ),
        ),
        migrations.AddField(
            model_name="actormention",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="actormention",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="quantity",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quantities",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="claimtopic",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topic_links",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="claimrelation",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relations_out",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="claimrelation",
            name="other",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relations_in",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="addressee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addressed_claims",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="inside",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inner_claims",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="topics",
            field=models.ManyToManyField(
                related_name="topic_claims", through="annotator.ClaimTopic", to="annotator.code"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="type",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="annotator.code",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="claim",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attributions",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="eventmention",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="annotator.event",
            ),
        ),
        migrations.AddField(
            model_name="eventmention",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reason_spans",
                to="annotator.actor",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="time_spans",
                to="annotator.claim",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slot_spans",
                to="annotator.event",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="link",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cues",
                to="annotator.attribution",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
        migrations.AddField(
            model_name="supportingspan",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="role_spans",
                to="annotator.attributionsource",
            ),
        ),
        migrations.AddIndex(
            model_name="annotationsentence",
            index=models.Index(fields=["sentence"], name="annotations_of_sentence"),
        ),
        migrations.AddConstraint(
            model_name="annotationsentence",
            constraint=models.UniqueConstraint(
                fields=("annotation", "sentence"), name="annotation_sentence_once"
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(fields=["snapshot", "id"], name="annotation_by_snapshot"),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["claim", "actor", "event", "cue", "role", "reason", "time"])
                ),
                name="annotation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["human", "suggestion", "import"])),
                name="annotation_origin_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="annotation_in_project"),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                fields=("project", "snapshot", "id"), name="annotation_in_snapshot_and_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("facet__in", ["claim_type", "topic", "actor_kind", "event_type", "relation_kind"])
                ),
                name="code_facet_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("project", "facet", "key"), name="code_key_once"),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("project", "facet", "id"), name="code_in_facet"),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                models.F("project"), django.db.models.functions.text.Lower("name"), name="actor_by_name"
            ),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                condition=models.Q(("article__isnull", False)), fields=["article"], name="actor_by_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("naming__in", ["named", "by_office", "unnamed", "anonymous", "collective"])
                ),
                name="actor_naming_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="actor_in_project"),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="actor_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("naming", "anonymous"), _negated=True),
                    ("article__isnull", False),
                    _connector="OR",
                ),
                name="actor_anonymous_within_article",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="actor_not_merged_with_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="codebookversion",
            constraint=models.UniqueConstraint(fields=("project", "number"), name="codebook_version_once"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["project", "date_min", "id"], name="event_list_by_date"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="event_in_project"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("label", ""), _negated=True), name="event_has_label"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date", ""), ("date_max", None), ("date_min", None)),
                    models.Q(
                        models.Q(("date", ""), _negated=True),
                        ("date_max__isnull", False),
                        ("date_min__isnull", False),
                        ("date_min__lte", models.F("date_max")),
                    ),
                    _connector="OR",
                ),
                name="event_date_has_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="event_not_merged_with_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "building", "ready", "failed"])),
                name="release_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("project", "number"), name="release_number_once"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("file_name", ""), _negated=True),
                        ("size__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="release_ready_has_file",
            ),
        ),
        migrations.AddIndex(
            model_name="eventparticipant",
            index=models.Index(fields=["actor"], name="participations_of_actor"),
        ),
        migrations.AddConstraint(
            model_name="eventparticipant",
            constraint=models.UniqueConstraint(fields=("event", "actor", "role"), name="participant_once"),
        ),
        migrations.AddIndex(
            model_name="attributionsource",
            index=models.Index(fields=["actor"], name="attributions_of_actor"),
        ),
        migrations.AddIndex(
            model_name="attributionsource",
            index=models.Index(
                condition=models.Q(("mention__isnull", False)),
                fields=["mention"],
                name="attributions_of_mention",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("jointly__in", ["one", "together", "each"])),
                name="attribution_source_jointly_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=models.UniqueConstraint(
                fields=("project", "id"), name="attribution_source_in_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=models.UniqueConstraint(
                fields=("attribution", "actor"), name="attribution_source_once"
            ),
        ),
        migrations.AddIndex(
            model_name="actormention",
            index=models.Index(fields=["actor"], name="mentions_of_actor"),
        ),
        migrations.AddConstraint(
            model_name="actormention",
            constraint=models.UniqueConstraint(
                fields=("project", "annotation", "actor"), name="mention_of_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["claim", "-id"], name="reviews_of_claim"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["accepted", "rejected", "disputed", "reopened"])),
                name="review_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__in", ["rejected", "disputed"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_against_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="quantity",
            index=models.Index(fields=["claim"], name="quantities_of_claim"),
        ),
        migrations.AddConstraint(
            model_name="quantity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("low__isnull", True),
                    ("high__isnull", True),
                    ("low__lte", models.F("high")),
                    _connector="OR",
                ),
                name="quantity_low_below_high",
            ),
        ),
        migrations.AddConstraint(
            model_name="quantity",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__isnull", False), ("high__isnull", False), _connector="OR"),
                name="quantity_has_number",
            ),
        ),
        migrations.AddIndex(
            model_name="claimtopic",
            index=models.Index(fields=["topic"], name="claims_of_topic"),
        ),
        migrations.AddConstraint(
            model_name="claimtopic",
            constraint=models.UniqueConstraint(fields=("claim", "topic"), name="claim_topic_once"),
        ),
        migrations.AddIndex(
            model_name="claimrelation",
            index=models.Index(fields=["other"], name="relations_to_claim"),
        ),
        migrations.AddConstraint(
            model_name="claimrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["textual", "interpretive", "inferential"])),
                name="relation_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrelation",
            constraint=models.UniqueConstraint(fields=("claim", "other", "kind"), name="relation_once"),
        ),
        migrations.AddConstraint(
            model_name="claimrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim", models.F("other")), _negated=True),
                name="relation_between_two_claims",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["project", "status", "annotation"], name="claim_queue"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["project", "-annotation"], name="claim_desk"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["type"], name="claim_by_type"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quotation_type__in", ["direct", "indirect", "mixed", "free_indirect", "reported"])
                ),
                name="claim_quotation_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("polarity__in", ["asserted", "denied", "declined", "questioned"])),
                name="claim_polarity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("voice__in", ["attributed", "own", "agentless", "unknown"])),
                name="claim_voice_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "accepted", "rejected", "disputed"])
                ),
                name="claim_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["textual", "interpretive", "inferential"])),
                name="claim_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("project", "annotation"), name="claim_in_project"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_on", ""), ("said_on_max", None), ("said_on_min", None)),
                    models.Q(
                        models.Q(("said_on", ""), _negated=True),
                        ("said_on_max__isnull", False),
                        ("said_on_min__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claim_said_on_has_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["said", "relayed", "reported", "reprinted"])),
                name="attribution_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["says", "thinks", "wants", "decides", "shows"])),
                name="attribution_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["stated", "carried_over", "inferred", "record"])),
                name="attribution_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="attribution_in_project"),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("claim", "chain", "position"),
                name="attribution_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("chain__gte", 1)), name="attribution_chain_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="eventmention",
            index=models.Index(fields=["event"], name="mentions_of_event"),
        ),
        migrations.AddIndex(
            model_name="supportingspan",
            index=models.Index(
                condition=models.Q(("link__isnull", False)), fields=["link"], name="support_of_link"
            ),
        ),
        migrations.AddIndex(
            model_name="supportingspan",
            index=models.Index(
                condition=models.Q(("source__isnull", False)), fields=["source"], name="support_of_source"
            ),
        ),
        migrations.AddIndex(
            model_name="supportingspan",
            index=models.Index(
                condition=models.Q(("actor__isnull", False)), fields=["actor"], name="support_of_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="supportingspan",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)), fields=["claim"], name="support_of_claim"
            ),
        ),
        migrations.AddIndex(
            model_name="supportingspan",
            index=models.Index(
                condition=models.Q(("event__isnull", False)), fields=["event"], name="support_of_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="actoralias",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="alias_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="annotationsentence",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "annotation"),
                name="annotation_sentence_link_same_snapshot",
                to="annotator.Annotation",
                to_fields=("project", "snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="annotationsentence",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "sentence"),
                name="annotation_sentence_link_sentence_same_snapshot",
                to="sources.Sentence",
                to_fields=("project", "snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "snapshot_length"),
                name="annotation_snapshot_same_project",
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "sentence"),
                name="annotation_sentence_same_snapshot",
                to="sources.Sentence",
                to_fields=("project", "snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "article"),
                name="actor_article_same_project",
                to="sources.Article",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "publication"),
                name="actor_publication_same_project",
                to="sources.Publication",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "merged_into"),
                name="actor_merged_into_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "merged_into"),
                name="event_merged_into_same_project",
                to="annotator.Event",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparticipant",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "event"),
                name="participant_event_same_project",
                to="annotator.Event",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparticipant",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="participant_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparticipant",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred="immediate",
                fields=("project", "mention", "actor"),
                name="participant_mention_of_actor",
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "attribution"),
                name="attribution_source_link_same_project",
                to="annotator.Attribution",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="attribution_source_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="attributionsource",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred="immediate",
                fields=("project", "mention", "actor"),
                name="attribution_source_mention_of_actor",
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actormention",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "annotation"),
                name="mention_annotation_same_project",
                to="annotator.Annotation",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="actormention",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="mention_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="review_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="quantity",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="quantity_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="quantity",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "event"),
                name="quantity_event_same_project",
                to="annotator.Event",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claimtopic",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="claim_topic_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrelation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="relation_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrelation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "other"),
                name="relation_other_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "annotation"),
                name="claim_annotation_same_project",
                to="annotator.Annotation",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "addressee"),
                name="claim_addressee_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "inside"),
                name="claim_inside_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "codebook_version"),
                name="claim_codebook_version_exists",
                to="annotator.CodebookVersion",
                to_fields=("project", "number"),
            ),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="attribution_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="eventmention",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "annotation"),
                name="event_mention_annotation_same_project",
                to="annotator.Annotation",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="eventmention",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "event"),
                name="event_mention_event_same_project",
                to="annotator.Event",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "annotation"),
                name="support_annotation_same_project",
                to="annotator.Annotation",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "link"),
                name="support_link_same_project",
                to="annotator.Attribution",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "source"),
                name="support_source_same_project",
                to="annotator.AttributionSource",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "actor"),
                name="support_actor_same_project",
                to="annotator.Actor",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "claim"),
                name="support_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportingspan",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "event"),
                name="support_event_same_project",
                to="annotator.Event",
                to_fields=("project", "id"),
            ),
        ),
    ]
