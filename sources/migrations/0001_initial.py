import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce


class Migration(MigrationAtOnce):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("transaction", models.BigIntegerField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("request", models.CharField(blank=True, max_length=40)),
                ("project_id", models.BigIntegerField(null=True)),
                ("table", models.CharField(max_length=63)),
                ("operation", models.CharField(max_length=6)),
                ("row_id", models.BigIntegerField(null=True)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table", "row_id", "id"], name="change_by_row"),
                    models.Index(fields=["project_id", "-id"], name="change_by_project"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("is_public", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("snapshot_length", models.IntegerField()),
                ("position", models.PositiveIntegerField()),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("headline", "Headline"),
                            ("dek", "Standfirst"),
                            ("byline", "Byline"),
                            ("paragraph", "Paragraph"),
                            ("pull_quote", "Pull quote"),
                            ("caption", "Caption"),
                            ("heading", "Heading"),
                            ("boilerplate", "Boilerplate"),
                        ],
                        max_length=20,
                    ),
                ),
                ("masked", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="sources.block",
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
        ),
        migrations.CreateModel(
            name="Publication",
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
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=253)),
                ("issn", models.CharField(blank=True, max_length=9)),
                ("wikidata", models.CharField(blank=True, max_length=20)),
                ("is_agency", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="sources.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=500)),
                ("subtitle", models.CharField(blank=True, max_length=1000)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("published", models.CharField(blank=True, max_length=60)),
                ("published_min", models.DateField(blank=True, null=True)),
                ("published_max", models.DateField(blank=True, null=True)),
                ("url", models.CharField(blank=True, max_length=2000)),
                ("archive_url", models.CharField(blank=True, max_length=2000)),
                ("accessed", models.DateField(blank=True, null=True)),
                ("section", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="en", max_length=35)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reprint_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reprints",
                        to="sources.article",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="sources.project",
                    ),
                ),
                (
                    "original_publication",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reprinted_articles",
                        to="sources.publication",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="sources.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Segmentation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("segmenter", models.CharField(max_length=60)),
                ("segmenter_version", models.CharField(max_length=30)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("text", models.TextField()),
                (
                    "length",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Length("text"),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("method", models.CharField(max_length=20)),
                ("cleaning", models.JSONField(default=dict)),
                ("extractor", models.CharField(max_length=60)),
                ("extractor_version", models.CharField(max_length=30)),
                ("captured_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="sources.article",
                    ),
                ),
                (
                    "current_segmentation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.segmentation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="sources.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("snapshot_length", models.IntegerField()),
                ("number", models.PositiveIntegerField()),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                (
                    "block",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sentences",
                        to="sources.block",
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
                    "segmentation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sentences",
                        to="sources.segmentation",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sentences",
                        to="sources.snapshot",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="segmentation",
            name="snapshot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="segmentations",
                to="sources.snapshot",
            ),
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("raw", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("encoding", models.CharField(max_length=40)),
                ("media_type", models.CharField(max_length=100)),
                ("file_name", models.CharField(blank=True, max_length=255)),
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
                        related_name="captures",
                        to="sources.snapshot",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="block",
            name="snapshot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="blocks",
                to="sources.snapshot",
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("reviewer", "Reviewer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="sources.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="membership_once_per_project"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["viewer", "annotator", "reviewer", "manager"])),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="publication_in_project"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                models.F("project"),
                django.db.models.functions.text.Lower("name"),
                name="publication_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="publication_has_name"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "-published_min", "-id"], name="article_list_by_date"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "publication"], name="article_by_publication"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["reprint_of"], name="article_reprints"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="article_in_project"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="article_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published", ""), ("published_max", None), ("published_min", None)),
                    models.Q(
                        models.Q(("published", ""), _negated=True),
                        ("published_max__isnull", False),
                        ("published_min__isnull", False),
                        ("published_min__lte", models.F("published_max")),
                    ),
                    _connector="OR",
                ),
                name="article_published_has_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("reprint_of", models.F("id")), _negated=True),
                name="article_not_reprint_of_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(fields=["project", "sha256"], name="snapshot_same_text"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="snapshot_in_project"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("project", "id", "length"), name="snapshot_length_in_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="snapshot_number_once"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("article", "sha256"), name="snapshot_text_once_per_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.UniqueConstraint(
                fields=("segmentation", "number"), name="sentence_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.UniqueConstraint(
                fields=("project", "snapshot", "id"), name="sentence_in_snapshot_and_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__gt", models.F("start")),
                    ("start__gte", 0),
                    ("end__lte", models.F("snapshot_length")),
                ),
                name="sentence_within_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="segmentation",
            constraint=models.UniqueConstraint(
                fields=("project", "snapshot", "id"), name="segmentation_in_snapshot_and_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="segmentation",
            constraint=models.UniqueConstraint(
                fields=("snapshot", "segmenter", "segmenter_version"), name="segmentation_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.UniqueConstraint(fields=("snapshot",), name="capture_once_per_snapshot"),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "headline",
                            "dek",
                            "byline",
                            "paragraph",
                            "pull_quote",
                            "caption",
                            "heading",
                            "boilerplate",
                        ],
                    )
                ),
                name="block_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(fields=("snapshot", "position"), name="block_position_once"),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(fields=("snapshot", "id"), name="block_in_snapshot"),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__gt", models.F("start")),
                    ("start__gte", 0),
                    ("end__lte", models.F("snapshot_length")),
                ),
                name="block_within_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "publication"),
                name="article_publication_same_project",
                to="sources.Publication",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "original_publication"),
                name="article_original_publication_same_project",
                to="sources.Publication",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "reprint_of"),
                name="article_reprint_same_project",
                to="sources.Article",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "article"),
                name="snapshot_article_same_project",
                to="sources.Article",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred="deferred",
                fields=("project", "id", "current_segmentation"),
                name="snapshot_current_segmentation_is_its_own",
                to="sources.Segmentation",
                to_fields=("project", "snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "snapshot_length"),
                name="sentence_snapshot_same_project",
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "segmentation"),
                name="sentence_segmentation_same_snapshot",
                to="sources.Segmentation",
                to_fields=("project", "snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("snapshot", "block"),
                name="sentence_block_same_snapshot",
                to="sources.Block",
                to_fields=("snapshot", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="segmentation",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot"),
                name="segmentation_snapshot_same_project",
                to="sources.Snapshot",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot"),
                name="capture_snapshot_same_project",
                to="sources.Snapshot",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "snapshot", "snapshot_length"),
                name="block_snapshot_same_project",
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred="deferred",
                fields=("snapshot", "repeats"),
                name="block_repeats_same_snapshot",
                to="sources.Block",
                to_fields=("snapshot", "id"),
            ),
        ),
    ]
