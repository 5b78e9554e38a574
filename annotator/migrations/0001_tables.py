"""Every table of what we say about texts, with the constraints that Django can say.

What the database's own guards add (generated columns, keys that rest on them, triggers) stands in the files that
follow, one a noun.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import CheckConstraint, Deferrable, F, Q, UniqueConstraint
from django.db.models.functions import Coalesce, Lower, Now

from annotator.models.actor import SurvivorKey
from annotator.models.extent_field import ExtentField
from sources.models.at_once import MigrationAtOnce
from sources.models.constraints import CompositeForeignKey

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
OPTIONAL = {"blank": True, "null": True}


def project(related_name):
    return models.ForeignKey("sources.project", models.PROTECT, related_name=related_name, db_index=False)


def user(related_name, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, **options)


def reference(to, related_name, **options):
    """For the ORM alone; the rule behind it is a CompositeForeignKey."""
    return models.ForeignKey(
        to, models.PROTECT, related_name=related_name, db_constraint=False, db_index=False, **options
    )


# A column that PostgreSQL generates: whom an actor's rows are shown and counted for.
SURVIVOR = """
ALTER TABLE annotator_actor ADD COLUMN survivor_id bigint GENERATED ALWAYS AS (coalesce(merged_into_id, id)) STORED;
ALTER TABLE annotator_actor ADD CONSTRAINT actor_is_survivor UNIQUE (project_id, id, survivor_id);
CREATE INDEX actor_family ON annotator_actor (survivor_id);
"""
NO_SURVIVOR = "ALTER TABLE annotator_actor DROP COLUMN survivor_id"


class Migration(MigrationAtOnce):
    replaces = [
        ("annotator", "0001_initial"),
        ("annotator", "0004_release_without_progress"),
        ("annotator", "0006_codebook_edited"),
        ("annotator", "0008_event_details"),
        ("annotator", "0009_attribution_depth"),
        ("annotator", "0011_actor_identities"),
        ("annotator", "0013_event_identities"),
        ("annotator", "0016_number_qualifiers"),
        ("annotator", "0018_event_factuality"),
        ("annotator", "0022_occasions"),
    ]

    initial = True

    dependencies = [("sources", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("codes")),
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
                ("key", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=300)),
                ("definition", models.TextField(blank=True)),
                ("examples", models.TextField(blank=True)),
                ("colour", models.CharField(blank=True, max_length=7)),
                ("shortcut", models.CharField(blank=True, max_length=1)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("parent", reference("annotator.code", "children", **OPTIONAL)),
                ("merged_into", reference("annotator.code", "merged_codes", **OPTIONAL)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    CheckConstraint(
                        condition=Q(
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
                    UniqueConstraint(fields=("project", "facet", "key"), name="code_key_once"),
                    UniqueConstraint(fields=("project", "facet", "id"), name="code_in_facet"),
                    UniqueConstraint(
                        condition=Q(Q(("shortcut", ""), _negated=True), ("retired_at", None)),
                        fields=("project", "facet", "shortcut"),
                        name="code_shortcut_once",
                    ),
                    CheckConstraint(condition=Q(("name", ""), _negated=True), name="code_has_name"),
                    CheckConstraint(
                        condition=Q(("colour__regex", "^(#[0-9a-f]{6})?$")), name="code_colour_known"
                    ),
                    CheckConstraint(
                        condition=Q(("shortcut__regex", "^[a-z0-9]?$")), name="code_shortcut_known"
                    ),
                    CheckConstraint(
                        condition=Q(("parent", None), ("facet", "topic"), _connector="OR"),
                        name="code_parent_of_topic",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("merged_into", None), Q(("retired_at", None), _negated=True), _connector="OR"
                        ),
                        name="code_merged_is_retired",
                    ),
                    CheckConstraint(
                        condition=Q(("merged_into", F("id")), _negated=True),
                        name="code_not_merged_with_itself",
                    ),
                    CompositeForeignKey(
                        fields=("project", "facet", "merged_into"),
                        name="code_merged_into_same_facet",
                        to="annotator.Code",
                        to_fields=("project", "facet", "id"),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="CodebookVersion",
            fields=[
                ID,
                ("project", project("codebook_versions")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("created_by", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [UniqueConstraint(fields=("project", "number"), name="codebook_version_once")]
            },
        ),
        migrations.CreateModel(
            name="CodeMerge",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
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
                ("gone", reference("annotator.code", "merges")),
                ("kept", reference("annotator.code", "merges_in")),
                ("moved", models.JSONField()),
                ("author", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
                ("undone_by", user("+", null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    UniqueConstraint(
                        condition=Q(("undone_at", None)), fields=("gone",), name="code_merged_once"
                    ),
                    CheckConstraint(
                        condition=Q(("gone", F("kept")), _negated=True), name="code_merge_of_two"
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("undone_by", None), Q(("undone_at", None), _negated=True), _connector="OR"
                        ),
                        name="code_merge_undone_at_a_time",
                    ),
                    CompositeForeignKey(
                        fields=("project", "facet", "gone"),
                        name="code_merge_gone_same_facet",
                        to="annotator.Code",
                        to_fields=("project", "facet", "id"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "facet", "kept"),
                        name="code_merge_kept_same_facet",
                        to="annotator.Code",
                        to_fields=("project", "facet", "id"),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("snapshot", reference("sources.snapshot", "annotations")),
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
                            ("place", "Place"),
                            ("hedge", "Hedge"),
                            ("gloss", "Gloss"),
                            ("quoted", "Quotation marks"),
                            ("addressee", "Addressee"),
                            ("target", "Target"),
                            ("occasion", "Occasion"),
                        ],
                        max_length=10,
                    ),
                ),
                ("extent", ExtentField()),
                ("quotes", ArrayField(base_field=models.TextField(), size=None)),
                ("prefix", models.TextField(blank=True)),
                ("suffix", models.TextField(blank=True)),
                ("sentence", reference("sources.sentence", "first_annotations")),
                ("author", user("+", null=True)),
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
                ("created_at", models.DateTimeField(db_default=Now())),
                ("updated_at", models.DateTimeField(db_default=Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["snapshot", "id"], name="annotation_by_snapshot")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            (
                                "kind__in",
                                [
                                    "claim",
                                    "actor",
                                    "event",
                                    "cue",
                                    "role",
                                    "reason",
                                    "time",
                                    "place",
                                    "hedge",
                                    "gloss",
                                    "quoted",
                                    "addressee",
                                    "target",
                                    "occasion",
                                ],
                            )
                        ),
                        name="annotation_kind_known",
                    ),
                    CheckConstraint(
                        condition=Q(("origin__in", ["human", "suggestion", "import"])),
                        name="annotation_origin_known",
                    ),
                    UniqueConstraint(fields=("project", "id"), name="annotation_in_project"),
                    UniqueConstraint(
                        fields=("project", "snapshot", "id"), name="annotation_in_snapshot_and_project"
                    ),
                    CompositeForeignKey(
                        fields=("project", "snapshot", "snapshot_length"),
                        name="annotation_snapshot_same_project",
                        to="sources.Snapshot",
                        to_fields=("project", "id", "length"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "snapshot", "sentence"),
                        name="annotation_sentence_same_snapshot",
                        to="sources.Sentence",
                        to_fields=("project", "snapshot", "id"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnotationSentence",
            fields=[
                ID,
                ("annotation", reference("annotator.annotation", "sentence_links")),
                ("sentence", reference("sources.sentence", "annotation_links")),
                ("project", project("+")),
                ("snapshot", reference("sources.snapshot", "+")),
            ],
            options={
                "indexes": [models.Index(fields=["sentence"], name="annotations_of_sentence")],
                "constraints": [
                    UniqueConstraint(fields=("annotation", "sentence"), name="annotation_sentence_once"),
                    CompositeForeignKey(
                        fields=("project", "snapshot", "annotation"),
                        name="annotation_sentence_link_same_snapshot",
                        to="annotator.Annotation",
                        to_fields=("project", "snapshot", "id"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "snapshot", "sentence"),
                        name="annotation_sentence_link_sentence_same_snapshot",
                        to="sources.Sentence",
                        to_fields=("project", "snapshot", "id"),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="annotation",
            name="sentences",
            field=models.ManyToManyField(
                related_name="annotations", through="annotator.AnnotationSentence", to="sources.sentence"
            ),
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("actors")),
                ("name", models.CharField(max_length=200)),
                ("kind", reference("annotator.code", "actors")),
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
                ("article", reference("sources.article", "anonymous_actors", **OPTIONAL)),
                ("affiliation", models.CharField(blank=True, max_length=300)),
                ("stated_reason", models.TextField(blank=True)),
                (
                    "number",
                    models.CharField(
                        blank=True, choices=[("one", "One"), ("several", "Several")], max_length=8
                    ),
                ),
                ("wikidata", models.CharField(blank=True, max_length=20)),
                ("note", models.TextField(blank=True)),
                ("publication", reference("sources.publication", "actors", **OPTIONAL)),
                ("merged_into", reference("annotator.actor", "merged_actors", **OPTIONAL)),
                ("created_by", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(F("project"), Lower("name"), name="actor_by_name"),
                    models.Index(
                        condition=Q(("article__isnull", False)), fields=["article"], name="actor_by_article"
                    ),
                    models.Index(
                        condition=Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="actor_by_merged",
                    ),
                ],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            ("naming__in", ["named", "by_office", "unnamed", "anonymous", "collective"])
                        ),
                        name="actor_naming_known",
                    ),
                    UniqueConstraint(fields=("project", "id"), name="actor_in_project"),
                    CheckConstraint(condition=Q(("name", ""), _negated=True), name="actor_has_name"),
                    CheckConstraint(
                        condition=Q(
                            Q(("naming", "anonymous"), _negated=True),
                            ("article__isnull", False),
                            _connector="OR",
                        ),
                        name="actor_anonymous_within_article",
                    ),
                    CheckConstraint(
                        condition=Q(("merged_into", F("id")), _negated=True),
                        name="actor_not_merged_with_itself",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("merged_into", None), Q(("naming", "anonymous"), _negated=True), _connector="OR"
                        ),
                        name="actor_anonymous_not_merged",
                    ),
                    CheckConstraint(
                        condition=Q(("number", ""), ("number__in", ["one", "several"]), _connector="OR"),
                        name="actor_number_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("wikidata", ""), ("wikidata__regex", "^Q[1-9][0-9]{0,11}$"), _connector="OR"
                        ),
                        name="actor_wikidata_form",
                    ),
                    CompositeForeignKey(
                        fields=("project", "article"), name="actor_article_same_project", to="sources.Article"
                    ),
                    CompositeForeignKey(
                        fields=("project", "publication"),
                        name="actor_publication_same_project",
                        to="sources.Publication",
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SURVIVOR, NO_SURVIVOR)],
            state_operations=[
                migrations.AddField(
                    model_name="actor",
                    name="survivor",
                    field=SurvivorKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="family",
                        to="annotator.actor",
                    ),
                )
            ],
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=CompositeForeignKey(
                fields=("project", "merged_into", "merged_into"),
                name="actor_merged_into_survivor",
                to="annotator.Actor",
                to_fields=("project", "id", "survivor"),
            ),
        ),
        migrations.CreateModel(
            name="ActorAlias",
            fields=[
                ID,
                ("project", project("+")),
                ("actor", reference("annotator.actor", "aliases")),
                ("name", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("script", models.CharField(blank=True, max_length=4)),
            ],
            options={
                "constraints": [
                    UniqueConstraint(fields=("actor", "name"), name="alias_once"),
                    CompositeForeignKey(
                        fields=("project", "actor"), name="alias_actor_same_project", to="annotator.Actor"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ActorIdentifier",
            fields=[
                ID,
                ("project", project("+")),
                ("actor", reference("annotator.actor", "identifiers")),
                ("scheme", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    UniqueConstraint(fields=("actor", "scheme", "value"), name="identifier_once"),
                    CheckConstraint(
                        condition=Q(Q(("scheme", ""), _negated=True), Q(("value", ""), _negated=True)),
                        name="identifier_whole",
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"),
                        name="identifier_actor_same_project",
                        to="annotator.Actor",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ActorMention",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="mention",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
                ("project", project("+")),
                ("actor", reference("annotator.actor", "mentions")),
            ],
            options={
                "indexes": [models.Index(fields=["actor"], name="mentions_of_actor")],
                "constraints": [
                    UniqueConstraint(fields=("project", "annotation", "actor"), name="mention_of_actor"),
                    CompositeForeignKey(
                        fields=("project", "annotation"),
                        name="mention_annotation_same_project",
                        to="annotator.Annotation",
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"), name="mention_actor_same_project", to="annotator.Actor"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("actor", reference("annotator.actor", "affiliations")),
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
                ("organisation", reference("annotator.actor", "affiliates")),
                ("role", models.CharField(blank=True, max_length=200)),
                ("since", models.CharField(blank=True, max_length=60)),
                ("since_min", models.DateField(blank=True, null=True)),
                ("until", models.CharField(blank=True, max_length=60)),
                ("until_max", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor"], name="affiliations_of_actor"),
                    models.Index(fields=["organisation"], name="affiliates_of_actor"),
                ],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("tie__in", ["works_for", "member_of", "part_of"])),
                        name="affiliation_tie_known",
                    ),
                    CheckConstraint(
                        condition=Q(("actor", F("organisation")), _negated=True),
                        name="affiliation_not_with_itself",
                    ),
                    CheckConstraint(
                        condition=Q(
                            Q(
                                Q(("since", ""), ("since_min", None)),
                                Q(Q(("since", ""), _negated=True), ("since_min__isnull", False)),
                                _connector="OR",
                            ),
                            Q(
                                Q(("until", ""), ("until_max", None)),
                                Q(Q(("until", ""), _negated=True), ("until_max__isnull", False)),
                                _connector="OR",
                            ),
                        ),
                        name="affiliation_dates_have_days",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("since_min", None),
                            ("until_max", None),
                            ("since_min__lte", F("until_max")),
                            _connector="OR",
                        ),
                        name="affiliation_begins_before_it_ends",
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"),
                        name="affiliation_actor_same_project",
                        to="annotator.Actor",
                    ),
                    CompositeForeignKey(
                        fields=("project", "organisation"),
                        name="affiliation_organisation_same_project",
                        to="annotator.Actor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorMerge",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("merged", reference("annotator.actor", "merges")),
                ("survivor", reference("annotator.actor", "merges_into_it")),
                ("reason", models.TextField(blank=True)),
                ("by", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
                ("undone_by", user("+", null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["survivor"], name="merges_by_survivor"),
                    models.Index(fields=["project", "-at"], name="merges_by_project"),
                ],
                "constraints": [
                    UniqueConstraint(
                        condition=Q(("undone_at", None)), fields=("merged",), name="merge_in_force_once"
                    ),
                    CheckConstraint(
                        condition=Q(("merged", F("survivor")), _negated=True), name="merge_of_two_actors"
                    ),
                    CompositeForeignKey(
                        fields=("project", "merged"), name="merge_merged_same_project", to="annotator.Actor"
                    ),
                    CompositeForeignKey(
                        fields=("project", "survivor"),
                        name="merge_survivor_same_project",
                        to="annotator.Actor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorResolution",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("anonymous", reference("annotator.actor", "resolutions")),
                ("named", reference("annotator.actor", "resolved_speakers")),
                ("reason", models.TextField()),
                ("evidence", models.TextField()),
                ("by", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
                ("undone_by", user("+", null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["named"], name="resolutions_by_named")],
                "constraints": [
                    UniqueConstraint(
                        condition=Q(("undone_at", None)),
                        fields=("anonymous",),
                        name="resolution_in_force_once",
                    ),
                    CheckConstraint(
                        condition=Q(Q(("reason", ""), _negated=True), Q(("evidence", ""), _negated=True)),
                        name="resolution_has_reason_and_evidence",
                    ),
                    CompositeForeignKey(
                        fields=("project", "anonymous"),
                        name="resolution_anonymous_same_project",
                        to="annotator.Actor",
                    ),
                    CompositeForeignKey(
                        fields=("project", "named"),
                        name="resolution_named_same_project",
                        to="annotator.Actor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorComparison",
            fields=[
                ID,
                ("project", project("+")),
                ("first", reference("annotator.actor", "+")),
                ("second", reference("annotator.actor", "+")),
                (
                    "sameness",
                    models.CharField(
                        choices=[("perhaps", "Perhaps the same"), ("different", "Not the same")],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("by", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["second"], name="comparisons_of_second")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("sameness__in", ["perhaps", "different"])),
                        name="comparison_sameness_known",
                    ),
                    UniqueConstraint(fields=("project", "first", "second"), name="comparison_once"),
                    CheckConstraint(condition=Q(("first__lt", F("second"))), name="comparison_smaller_first"),
                    CompositeForeignKey(
                        fields=("project", "first"),
                        name="comparison_first_same_project",
                        to="annotator.Actor",
                    ),
                    CompositeForeignKey(
                        fields=("project", "second"),
                        name="comparison_second_same_project",
                        to="annotator.Actor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("events")),
                ("label", models.CharField(max_length=300)),
                ("type", reference("annotator.code", "events")),
                ("date", models.CharField(blank=True, max_length=60)),
                ("date_min", models.DateField(blank=True, null=True)),
                ("date_max", models.DateField(blank=True, null=True)),
                ("date_words", models.CharField(blank=True, max_length=300)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("place_wikidata", models.CharField(blank=True, max_length=20)),
                ("place_geonames", models.CharField(blank=True, max_length=12)),
                ("note", models.TextField(blank=True)),
                ("merged_into", reference("annotator.event", "merged_events", **OPTIONAL)),
                (
                    "survivor_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=Coalesce("merged_into_id", "id"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                ("created_by", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "date_min", "id"], name="event_list_by_date"),
                    models.Index(fields=["survivor_key"], name="event_family"),
                ],
                "constraints": [
                    UniqueConstraint(fields=("project", "id"), name="event_in_project"),
                    CheckConstraint(condition=Q(("label", ""), _negated=True), name="event_has_label"),
                    CheckConstraint(
                        condition=Q(
                            Q(("date", ""), ("date_max", None), ("date_min", None)),
                            Q(
                                Q(("date", ""), _negated=True),
                                ("date_max__isnull", False),
                                ("date_min__isnull", False),
                                ("date_min__lte", F("date_max")),
                            ),
                            _connector="OR",
                        ),
                        name="event_date_has_range",
                    ),
                    CheckConstraint(
                        condition=Q(
                            Q(("latitude", None), ("longitude", None)),
                            Q(
                                ("latitude__gte", -90),
                                ("latitude__isnull", False),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__isnull", False),
                                ("longitude__lte", 180),
                            ),
                            _connector="OR",
                        ),
                        name="event_point_on_earth",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("place_wikidata", ""),
                            ("place_wikidata__regex", "^Q[1-9][0-9]{0,11}$"),
                            _connector="OR",
                        ),
                        name="event_place_wikidata_formed",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("place_geonames", ""),
                            ("place_geonames__regex", "^[1-9][0-9]{0,9}$"),
                            _connector="OR",
                        ),
                        name="event_place_geonames_formed",
                    ),
                    CheckConstraint(
                        condition=Q(("merged_into", F("id")), _negated=True),
                        name="event_not_merged_with_itself",
                    ),
                    UniqueConstraint(fields=("project", "id", "survivor_key"), name="event_is_survivor"),
                    CompositeForeignKey(
                        deferred="deferred",
                        fields=("project", "merged_into", "merged_into"),
                        name="event_merged_into_survivor",
                        to="annotator.Event",
                        to_fields=("project", "id", "survivor_key"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventMention",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="event_mention",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
                ("project", project("+")),
                ("event", reference("annotator.event", "mentions")),
                (
                    "factuality",
                    models.CharField(
                        choices=[
                            ("happened", "Happened"),
                            ("ongoing", "Ongoing"),
                            ("planned", "Planned"),
                            ("hypothetical", "Hypothetical"),
                            ("denied", "Denied"),
                        ],
                        default="happened",
                        max_length=12,
                    ),
                ),
                ("factuality_words", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["event"], name="mentions_of_event")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            ("factuality__in", ["happened", "ongoing", "planned", "hypothetical", "denied"])
                        ),
                        name="event_mention_factuality_known",
                    ),
                    CompositeForeignKey(
                        fields=("project", "annotation"),
                        name="event_mention_annotation_same_project",
                        to="annotator.Annotation",
                    ),
                    CompositeForeignKey(
                        fields=("project", "event"),
                        name="event_mention_event_same_project",
                        to="annotator.Event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventParticipant",
            fields=[
                ID,
                ("project", project("+")),
                ("event", reference("annotator.event", "participants")),
                ("actor", reference("annotator.actor", "participations")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("actor", "Actor"),
                            ("recipient", "Recipient"),
                            ("victim", "Victim"),
                            ("party", "Party"),
                            ("mediator", "Mediator"),
                            ("organiser", "Organiser"),
                            ("supporter", "Supporter"),
                            ("witness", "Witness"),
                            ("other", "Other"),
                        ],
                        max_length=60,
                    ),
                ),
                ("part", models.CharField(blank=True, max_length=100)),
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
                ("mention", reference("annotator.actormention", "participations", **OPTIONAL)),
            ],
            options={
                "indexes": [models.Index(fields=["actor"], name="participations_of_actor")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            (
                                "role__in",
                                [
                                    "actor",
                                    "recipient",
                                    "victim",
                                    "party",
                                    "mediator",
                                    "organiser",
                                    "supporter",
                                    "witness",
                                    "other",
                                ],
                            )
                        ),
                        name="participant_role_known",
                    ),
                    CheckConstraint(
                        condition=Q(("basis__in", ["textual", "interpretive", "inferential"])),
                        name="participant_basis_known",
                    ),
                    UniqueConstraint(fields=("event", "actor", "role", "part"), name="participant_once"),
                    CompositeForeignKey(
                        fields=("project", "event"),
                        name="participant_event_same_project",
                        to="annotator.Event",
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"),
                        name="participant_actor_same_project",
                        to="annotator.Actor",
                    ),
                    CompositeForeignKey(
                        deferred="immediate",
                        fields=("project", "mention", "actor"),
                        name="participant_mention_of_actor",
                        to="annotator.ActorMention",
                        to_fields=("project", "annotation", "actor"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventMerge",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("merged", reference("annotator.event", "merges")),
                ("survivor", reference("annotator.event", "merges_taken_in")),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("by", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
                ("undone_by", user("+", null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["survivor"], name="event_merges_by_survivor")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("merged", F("survivor")), _negated=True), name="event_merge_of_two"
                    ),
                    UniqueConstraint(
                        condition=Q(("undone_at", None)),
                        fields=("merged",),
                        name="event_merged_once_at_a_time",
                    ),
                    CompositeForeignKey(
                        fields=("project", "merged"),
                        name="event_merge_merged_same_project",
                        to="annotator.Event",
                    ),
                    CompositeForeignKey(
                        fields=("project", "survivor"),
                        name="event_merge_survivor_same_project",
                        to="annotator.Event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventComparison",
            fields=[
                ID,
                ("project", project("+")),
                ("one", reference("annotator.event", "comparisons")),
                ("other", reference("annotator.event", "comparisons_with_older")),
                (
                    "sameness",
                    models.CharField(
                        choices=[("perhaps", "Perhaps the same"), ("different", "Not the same")],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", user("+", null=True)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["other"], name="event_comparisons_of_younger")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("sameness__in", ["perhaps", "different"])), name="event_sameness_known"
                    ),
                    CheckConstraint(condition=Q(("one__lt", F("other"))), name="event_comparison_in_order"),
                    UniqueConstraint(fields=("one", "other"), name="event_comparison_once"),
                    CompositeForeignKey(
                        fields=("project", "one"),
                        name="event_comparison_one_same_project",
                        to="annotator.Event",
                    ),
                    CompositeForeignKey(
                        fields=("project", "other"),
                        name="event_comparison_other_same_project",
                        to="annotator.Event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("claims")),
                ("type", reference("annotator.code", "claims")),
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
                (
                    "polarity_basis",
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
                (
                    "polarity_confidence",
                    models.CharField(
                        blank=True,
                        choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                        max_length=10,
                    ),
                ),
                ("negated", models.BooleanField(default=False)),
                ("translated", models.BooleanField(blank=True, null=True)),
                ("certainty", models.CharField(blank=True, max_length=100)),
                (
                    "assessment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("plausible", "Plausible"),
                            ("open", "Open"),
                            ("doubtful", "Doubtful"),
                            ("false", "False"),
                        ],
                        max_length=10,
                    ),
                ),
                ("assessment_reason", models.TextField(blank=True)),
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
                ("inside", reference("annotator.claim", "inner_claims", **OPTIONAL)),
                ("said_on", models.CharField(blank=True, max_length=60)),
                (
                    "said_on_basis",
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
                (
                    "said_on_confidence",
                    models.CharField(
                        blank=True,
                        choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                        max_length=10,
                    ),
                ),
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
            options={
                "indexes": [
                    models.Index(fields=["project", "status", "annotation"], name="claim_queue"),
                    models.Index(fields=["project", "-annotation"], name="claim_desk"),
                    models.Index(fields=["type"], name="claim_by_type"),
                    models.Index(
                        condition=Q(("inside__isnull", False)), fields=["inside"], name="claims_inside"
                    ),
                ],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            (
                                "quotation_type__in",
                                ["direct", "indirect", "mixed", "free_indirect", "reported"],
                            )
                        ),
                        name="claim_quotation_type_known",
                    ),
                    CheckConstraint(
                        condition=Q(("polarity__in", ["asserted", "denied", "declined", "questioned"])),
                        name="claim_polarity_known",
                    ),
                    CheckConstraint(
                        condition=Q(("voice__in", ["attributed", "own", "agentless", "unknown"])),
                        name="claim_voice_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("status__in", ["draft", "submitted", "accepted", "rejected", "disputed"])
                        ),
                        name="claim_status_known",
                    ),
                    CheckConstraint(
                        condition=Q(("basis__in", ["textual", "interpretive", "inferential"])),
                        name="claim_basis_known",
                    ),
                    CheckConstraint(
                        condition=Q(("polarity_basis__in", ["textual", "interpretive", "inferential"])),
                        name="claim_polarity_basis_known",
                    ),
                    CheckConstraint(
                        condition=Q(("polarity_confidence__in", ["certain", "probable", "possible", ""])),
                        name="claim_polarity_confidence_known",
                    ),
                    CheckConstraint(
                        condition=Q(("said_on_basis__in", ["textual", "interpretive", "inferential"])),
                        name="claim_said_on_basis_known",
                    ),
                    CheckConstraint(
                        condition=Q(("said_on_confidence__in", ["certain", "probable", "possible", ""])),
                        name="claim_said_on_confidence_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("assessment__in", ["confirmed", "plausible", "open", "doubtful", "false", ""])
                        ),
                        name="claim_assessment_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            Q(("assessment", ""), ("assessment_reason", "")),
                            Q(
                                Q(("assessment", ""), _negated=True),
                                Q(("assessment_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_assessment_has_reason",
                    ),
                    UniqueConstraint(fields=("project", "annotation"), name="claim_in_project"),
                    CheckConstraint(
                        condition=Q(
                            Q(("said_on", ""), ("said_on_max", None), ("said_on_min", None)),
                            Q(
                                Q(("said_on", ""), _negated=True),
                                ("said_on_max__isnull", False),
                                ("said_on_min__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_said_on_has_range",
                    ),
                    CompositeForeignKey(
                        fields=("project", "annotation"),
                        name="claim_annotation_same_project",
                        to="annotator.Annotation",
                    ),
                    CompositeForeignKey(
                        fields=("project", "inside"),
                        name="claim_inside_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "codebook_version"),
                        name="claim_codebook_version_exists",
                        to="annotator.CodebookVersion",
                        to_fields=("project", "number"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimTopic",
            fields=[
                ID,
                ("project", project("+")),
                ("claim", reference("annotator.claim", "topic_links")),
                ("topic", reference("annotator.code", "claim_links")),
            ],
            options={
                "indexes": [models.Index(fields=["topic"], name="claims_of_topic")],
                "constraints": [
                    UniqueConstraint(fields=("claim", "topic"), name="claim_topic_once"),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="claim_topic_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="topics",
            field=models.ManyToManyField(
                related_name="topic_claims", through="annotator.ClaimTopic", to="annotator.code"
            ),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ID,
                ("project", project("+")),
                ("claim", reference("annotator.claim", "positions")),
                ("concept", reference("annotator.code", "positions")),
                (
                    "stand",
                    models.CharField(
                        choices=[("against", "Against"), ("neutral", "Neutral"), ("for", "For")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["concept"], name="positions_on_concept")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("stand__in", ["against", "neutral", "for"])), name="position_stand_known"
                    ),
                    UniqueConstraint(fields=("claim", "concept"), name="position_once"),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="position_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quantity",
            fields=[
                ID,
                ("project", project("+")),
                ("claim", reference("annotator.claim", "quantities")),
                ("what", models.CharField(max_length=200)),
                ("low", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("high", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exactly", "Exactly"),
                            ("about", "About"),
                            ("at_least", "At least"),
                            ("more_than", "More than"),
                            ("at_most", "At most"),
                            ("fewer_than", "Fewer than"),
                            ("range", "From – to"),
                        ],
                        max_length=10,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=100)),
                ("words", models.CharField(max_length=300)),
                ("event", reference("annotator.event", "quantities", **OPTIONAL)),
            ],
            options={
                "indexes": [models.Index(fields=["claim"], name="quantities_of_claim")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(
                            ("low__isnull", True),
                            ("high__isnull", True),
                            ("low__lte", F("high")),
                            _connector="OR",
                        ),
                        name="quantity_low_below_high",
                    ),
                    CheckConstraint(
                        condition=Q(
                            Q(
                                ("high", F("low")),
                                ("high__isnull", False),
                                ("low__isnull", False),
                                ("qualifier", "exactly"),
                            ),
                            Q(("high__isnull", False), ("low__isnull", False), ("qualifier", "about")),
                            Q(("high__isnull", True), ("low__isnull", True), ("qualifier", "about")),
                            Q(
                                ("high__isnull", True),
                                ("low__isnull", False),
                                ("qualifier__in", ("at_least", "more_than")),
                            ),
                            Q(
                                ("high__isnull", False),
                                ("low__isnull", True),
                                ("qualifier__in", ("at_most", "fewer_than")),
                            ),
                            Q(
                                ("high__gt", F("low")),
                                ("high__isnull", False),
                                ("low__isnull", False),
                                ("qualifier", "range"),
                            ),
                            _connector="OR",
                        ),
                        name="quantity_bounded_as_said",
                    ),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="quantity_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "event"), name="quantity_event_same_project", to="annotator.Event"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimRelation",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("claim", reference("annotator.claim", "relations_out")),
                ("other", reference("annotator.claim", "relations_in")),
                ("kind", reference("annotator.code", "relations")),
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
                ("author", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["other"], name="relations_to_claim")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("basis__in", ["textual", "interpretive", "inferential"])),
                        name="relation_basis_known",
                    ),
                    UniqueConstraint(fields=("claim", "other", "kind"), name="relation_once"),
                    CheckConstraint(
                        condition=Q(("claim", F("other")), _negated=True), name="relation_between_two_claims"
                    ),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="relation_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "other"),
                        name="relation_other_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("reviews")),
                ("claim", reference("annotator.claim", "reviews")),
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
                ("reviewer", user("+")),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["claim", "-id"], name="reviews_of_claim")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("decision__in", ["accepted", "rejected", "disputed", "reopened"])),
                        name="review_decision_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            Q(("decision__in", ["rejected", "disputed"]), _negated=True),
                            Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_against_has_reason",
                    ),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="review_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("+")),
                ("claim", reference("annotator.claim", "attributions")),
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
                ("occasion", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "constraints": [
                    CheckConstraint(
                        condition=Q(("role__in", ["said", "relayed", "reported", "reprinted"])),
                        name="attribution_role_known",
                    ),
                    CheckConstraint(
                        condition=Q(("act__in", ["says", "thinks", "wants", "decides", "shows"])),
                        name="attribution_act_known",
                    ),
                    CheckConstraint(
                        condition=Q(("basis__in", ["stated", "carried_over", "inferred", "record"])),
                        name="attribution_basis_known",
                    ),
                    CheckConstraint(
                        condition=Q(
                            (
                                "quotation_type__in",
                                ["direct", "indirect", "mixed", "free_indirect", "reported", ""],
                            )
                        ),
                        name="attribution_quotation_type_known",
                    ),
                    UniqueConstraint(fields=("project", "id"), name="attribution_in_project"),
                    UniqueConstraint(
                        deferrable=Deferrable.DEFERRED,
                        fields=("claim", "chain", "position"),
                        name="attribution_position_once",
                    ),
                    CheckConstraint(condition=Q(("chain__gte", 1)), name="attribution_chain_from_one"),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="attribution_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="AttributionSource",
            fields=[
                ID,
                ("project", project("+")),
                ("attribution", reference("annotator.attribution", "sources")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("actor", reference("annotator.actor", "attributions")),
                ("mention", reference("annotator.actormention", "attributions", **OPTIONAL)),
                ("role_at_time", models.CharField(blank=True, max_length=300)),
                (
                    "jointly",
                    models.CharField(
                        choices=[("one", "One of them"), ("together", "Together"), ("each", "Each")],
                        default="one",
                        max_length=10,
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
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor"], name="attributions_of_actor"),
                    models.Index(
                        condition=Q(("mention__isnull", False)),
                        fields=["mention"],
                        name="attributions_of_mention",
                    ),
                ],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("basis__in", ["textual", "interpretive", "inferential"])),
                        name="attribution_source_basis_known",
                    ),
                    CheckConstraint(
                        condition=Q(("confidence__in", ["certain", "probable", "possible", ""])),
                        name="attribution_source_confidence_known",
                    ),
                    CheckConstraint(
                        condition=Q(("jointly__in", ["one", "together", "each"])),
                        name="attribution_source_jointly_known",
                    ),
                    UniqueConstraint(fields=("project", "id"), name="attribution_source_in_project"),
                    UniqueConstraint(fields=("attribution", "actor"), name="attribution_source_once"),
                    CompositeForeignKey(
                        fields=("project", "attribution"),
                        name="attribution_source_link_same_project",
                        to="annotator.Attribution",
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"),
                        name="attribution_source_actor_same_project",
                        to="annotator.Actor",
                    ),
                    CompositeForeignKey(
                        deferred="immediate",
                        fields=("project", "mention", "actor"),
                        name="attribution_source_mention_of_actor",
                        to="annotator.ActorMention",
                        to_fields=("project", "annotation", "actor"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ID,
                ("project", reference("sources.project", "+")),
                ("attribution", reference("annotator.attribution", "addressees", **OPTIONAL)),
                ("claim", reference("annotator.claim", "targets", **OPTIONAL)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("actor", reference("annotator.actor", "parties", **OPTIONAL)),
                ("mention", reference("annotator.actormention", "parties", **OPTIONAL)),
                ("words", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("actor__isnull", False)), fields=["actor"], name="parties_of_actor"
                    ),
                    models.Index(
                        condition=Q(("mention__isnull", False)), fields=["mention"], name="parties_of_mention"
                    ),
                ],
                "constraints": [
                    UniqueConstraint(fields=("project", "id"), name="party_in_project"),
                    UniqueConstraint(fields=("attribution", "actor"), name="party_once"),
                    UniqueConstraint(fields=("claim", "actor"), name="party_target_once"),
                    CheckConstraint(
                        condition=Q(
                            Q(("attribution", None), ("claim__isnull", False)),
                            Q(("attribution__isnull", False), ("claim", None)),
                            _connector="OR",
                        ),
                        name="party_of_exactly_one",
                    ),
                    CheckConstraint(
                        condition=Q(
                            ("actor__isnull", False), Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="party_is_somebody",
                    ),
                    CheckConstraint(
                        condition=Q(("mention", None), ("actor__isnull", False), _connector="OR"),
                        name="party_mention_of_somebody",
                    ),
                    CompositeForeignKey(
                        fields=("project", "attribution"),
                        name="party_link_same_project",
                        to="annotator.Attribution",
                    ),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="party_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"), name="party_actor_same_project", to="annotator.Actor"
                    ),
                    CompositeForeignKey(
                        deferred="immediate",
                        fields=("project", "mention", "actor"),
                        name="party_mention_of_actor",
                        to="annotator.ActorMention",
                        to_fields=("project", "annotation", "actor"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportingSpan",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="support",
                        serialize=False,
                        to="annotator.annotation",
                    ),
                ),
                ("project", project("+")),
                ("link", reference("annotator.attribution", "cues", **OPTIONAL)),
                ("source", reference("annotator.attributionsource", "role_spans", **OPTIONAL)),
                ("party", reference("annotator.party", "spans", **OPTIONAL)),
                ("actor", reference("annotator.actor", "reason_spans", **OPTIONAL)),
                ("claim", reference("annotator.claim", "spans", **OPTIONAL)),
                ("event", reference("annotator.event", "slot_spans", **OPTIONAL)),
                ("cue_type", reference("annotator.code", "cues", **OPTIONAL)),
                (
                    "whose",
                    models.CharField(
                        blank=True,
                        choices=[("speaker", "The speaker’s"), ("reporter", "The reporter’s")],
                        max_length=10,
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("speaker", "The speaker’s words"),
                            ("another", "Another’s words"),
                            ("scare", "Scare quotes"),
                            ("word", "The word itself"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("link__isnull", False)), fields=["link"], name="support_of_link"
                    ),
                    models.Index(
                        condition=Q(("source__isnull", False)), fields=["source"], name="support_of_source"
                    ),
                    models.Index(
                        condition=Q(("party__isnull", False)), fields=["party"], name="support_of_party"
                    ),
                    models.Index(
                        condition=Q(("actor__isnull", False)), fields=["actor"], name="support_of_actor"
                    ),
                    models.Index(
                        condition=Q(("claim__isnull", False)), fields=["claim"], name="support_of_claim"
                    ),
                    models.Index(
                        condition=Q(("event__isnull", False)), fields=["event"], name="support_of_event"
                    ),
                ],
                "constraints": [
                    CheckConstraint(
                        condition=Q(("cue_type", None), ("link__isnull", False), _connector="OR"),
                        name="support_cue_type_of_cue",
                    ),
                    CheckConstraint(
                        condition=Q(("whose__in", ["speaker", "reporter", ""])), name="support_whose_known"
                    ),
                    CheckConstraint(
                        condition=Q(("use__in", ["speaker", "another", "scare", "word", ""])),
                        name="support_use_known",
                    ),
                    CompositeForeignKey(
                        fields=("project", "annotation"),
                        name="support_annotation_same_project",
                        to="annotator.Annotation",
                    ),
                    CompositeForeignKey(
                        fields=("project", "link"),
                        name="support_link_same_project",
                        to="annotator.Attribution",
                    ),
                    CompositeForeignKey(
                        fields=("project", "source"),
                        name="support_source_same_project",
                        to="annotator.AttributionSource",
                    ),
                    CompositeForeignKey(
                        fields=("project", "party"), name="support_party_same_project", to="annotator.Party"
                    ),
                    CompositeForeignKey(
                        fields=("project", "actor"), name="support_actor_same_project", to="annotator.Actor"
                    ),
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="support_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "event"), name="support_event_same_project", to="annotator.Event"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimWords",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="searched",
                        serialize=False,
                        to="annotator.claim",
                    ),
                ),
                ("project", project("+")),
                ("article", reference("sources.article", "+")),
                ("publication", reference("sources.publication", "+", **OPTIONAL)),
                ("published", models.DateField()),
                ("words", SearchVectorField()),
            ],
            options={
                "indexes": [
                    GinIndex(fields=["words"], name="claims_found"),
                    models.Index(fields=["project", "published", "claim"], name="claims_by_day"),
                    models.Index(fields=["article", "claim"], name="claims_of_article"),
                    models.Index(fields=["publication", "claim"], name="claims_of_outlet"),
                ],
                "constraints": [
                    CompositeForeignKey(
                        fields=("project", "claim"),
                        name="claim_words_claim_same_project",
                        to="annotator.Claim",
                        to_fields=("project", "annotation"),
                    ),
                    CompositeForeignKey(
                        fields=("project", "article"),
                        name="claim_words_article_same_project",
                        to="sources.Article",
                    ),
                    CompositeForeignKey(
                        fields=("project", "publication"),
                        name="claim_words_publication_same_project",
                        to="sources.Publication",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("saved_searches")),
                ("owner", user("saved_searches")),
                ("name", models.CharField(max_length=100)),
                ("search", models.CharField(blank=True, max_length=4000)),
                ("shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    UniqueConstraint(fields=("project", "owner", "name"), name="saved_search_name_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="WatchTerm",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("watch_terms")),
                ("words", models.CharField(max_length=200)),
                ("is_pattern", models.BooleanField(default=False)),
                ("whole_words", models.BooleanField(default=True)),
                ("case_sensitive", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("created_by", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    UniqueConstraint(fields=("project", "is_pattern", "words"), name="watch_term_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ID,
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("project", project("releases")),
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
                ("problems", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("size", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("created_by", user("+", null=True)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("ready_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    CheckConstraint(
                        condition=Q(("state__in", ["queued", "building", "ready", "failed"])),
                        name="release_state_known",
                    ),
                    UniqueConstraint(fields=("project", "number"), name="release_number_once"),
                    CheckConstraint(
                        condition=Q(
                            Q(("state", "ready"), _negated=True),
                            Q(
                                Q(("sha256", ""), _negated=True),
                                Q(("file_name", ""), _negated=True),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="release_ready_has_file",
                    ),
                ]
            },
        ),
    ]
