"""The project's vocabulary. A code is retired, never deleted; each judgement keeps the version."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference


class Facet(models.TextChoices):
    CLAIM_TYPE = "claim_type", "Claim types"
    TOPIC = "topic", "Topics"
    CONCEPT = "concept", "Concepts"
    CUE_TYPE = "cue_type", "Cue types"
    ACTOR_KIND = "actor_kind", "Actor kinds"
    EVENT_TYPE = "event_type", "Event types"
    RELATION_KIND = "relation_kind", "Relation kinds"


class Code(models.Model):
    """`key` is what files and the API say and never changes; `name` is what people read.

    A code of the facet concept is a proposition that claims take a stand on. `examples` holds one a line,
    `colour` is `#rrggbb` or empty, `shortcut` one small letter or digit or empty. Only a topic has a
    `parent`, which has none itself. Nothing is coded with a code that is `merged_into` another.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="codes", db_index=False)
    facet = models.CharField(max_length=20, choices=Facet)
    key = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    examples = models.TextField(blank=True)
    colour = models.CharField(max_length=7, blank=True)
    shortcut = models.CharField(max_length=1, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    parent = reference("self", "children", null=True, blank=True)
    merged_into = reference("self", "merged_codes", null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("facet", Facet, "code_facet_known"),
            models.UniqueConstraint(fields=["project", "facet", "key"], name="code_key_once"),
            models.UniqueConstraint(fields=["project", "facet", "id"], name="code_in_facet"),
            models.UniqueConstraint(
                fields=["project", "facet", "shortcut"],
                condition=~Q(shortcut="") & Q(retired_at=None),
                name="code_shortcut_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="code_has_name"),
            models.CheckConstraint(condition=Q(colour__regex=r"^(#[0-9a-f]{6})?$"), name="code_colour_known"),
            models.CheckConstraint(condition=Q(shortcut__regex=r"^[a-z0-9]?$"), name="code_shortcut_known"),
            models.CheckConstraint(condition=Q(parent=None) | Q(facet="topic"), name="code_parent_of_topic"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(retired_at=None), name="code_merged_is_retired"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="code_not_merged_with_itself"),
            CompositeForeignKey(
                name="code_merged_into_same_facet",
                fields=("project", "facet", "merged_into"),
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CodebookVersion(models.Model):
    """The whole codebook as it stood, frozen. Claims name the version they were judged under.

    `touched` holds by facet the keys of the codes that say something else than in the version before
    (queries/codebook_changes.py); empty for the first.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="codebook_versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    touched = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="codebook_version_once")]

    def __str__(self) -> str:
        return f"codebook v{self.number}"


class CodeMerge(models.Model):
    """What was coded with `gone` became coded with `kept`; `moved` lists which rows (actions/code_merges.py).

    It can be undone; the row then stays and says when and by whom.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    facet = models.CharField(max_length=20, choices=Facet)
    gone = reference("annotator.Code", "merges")
    kept = reference("annotator.Code", "merges_in")
    moved = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="code_merged_once"),
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="code_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by=None) | ~Q(undone_at=None), name="code_merge_undone_at_a_time"
            ),
            CompositeForeignKey(
                name="code_merge_gone_same_facet",
                fields=("project", "facet", "gone"),
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
            CompositeForeignKey(
                name="code_merge_kept_same_facet",
                fields=("project", "facet", "kept"),
                to="annotator.Code",
                to_fields=("project", "facet", "id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
