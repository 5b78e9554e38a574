"""The anchor of everything said about a text: which stretches, in which snapshot, in which sentences.

An annotation has exactly one owner row: the `Claim`, `ActorMention`, `EventMention` or
`SupportingSpan` that shares its primary key. PostgreSQL holds both directions (the columns
`claim_owner`, `actor_owner`, `event_owner`, `support_owner` are generated there from the kind).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .extent_field import ExtentField


class Kind(models.TextChoices):
    CLAIM = "claim", "Claim"
    ACTOR = "actor", "Actor"
    EVENT = "event", "Event"
    CUE = "cue", "Cue"
    ROLE = "role", "Role"
    REASON = "reason", "Reason"
    TIME = "time", "Time"
    PLACE = "place", "Place"
    HEDGE = "hedge", "Hedge"
    GLOSS = "gloss", "Gloss"
    QUOTED = "quoted", "Quotation marks"
    ADDRESSEE = "addressee", "Addressee"
    TARGET = "target", "Target"
    OCCASION = "occasion", "Occasion"
    PERIOD = "period", "Period"


SUPPORTING = (
    *(Kind.CUE, Kind.ROLE, Kind.REASON, Kind.TIME, Kind.PLACE),
    *(Kind.HEDGE, Kind.GLOSS, Kind.QUOTED, Kind.ADDRESSEE, Kind.TARGET, Kind.OCCASION, Kind.PERIOD),
)


class Whose(models.TextChoices):
    """Who takes something back by a hedge: the speaker ("probably") or the reporter ("allegedly")."""

    SPEAKER = "speaker", "The speaker’s"
    REPORTER = "reporter", "The reporter’s"


class MarksUse(models.TextChoices):
    """What quotation marks do. Where nobody says, they hold the speaker's words."""

    SPEAKER = "speaker", "The speaker’s words"
    ANOTHER = "another", "Another’s words"
    SCARE = "scare", "Scare quotes"
    WORD = "word", "The word itself"


class Origin(models.TextChoices):
    HUMAN = "human", "Made by a person"
    SUGGESTION = "suggestion", "Accepted suggestion"
    IMPORT = "import", "Imported"


class Annotation(models.Model):
    """`extent` in code points of the snapshot's text; `quotes` are its slices, one per stretch."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "annotations")
    snapshot_length = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    extent = ExtentField()
    quotes = ArrayField(models.TextField())
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    sentence = reference("sources.Sentence", "first_annotations")
    sentences = models.ManyToManyField(
        "sources.Sentence", through="AnnotationSentence", related_name="annotations"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.HUMAN)
    origin_detail = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("kind", Kind, "annotation_kind_known"),
            one_of("origin", Origin, "annotation_origin_known"),
            models.UniqueConstraint(fields=["project", "id"], name="annotation_in_project"),
            models.UniqueConstraint(
                fields=["project", "snapshot", "id"], name="annotation_in_snapshot_and_project"
            ),
            CompositeForeignKey(
                name="annotation_snapshot_same_project",
                fields=("project", "snapshot", "snapshot_length"),
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
            CompositeForeignKey(
                name="annotation_sentence_same_snapshot",
                fields=("project", "snapshot", "sentence"),
                to="sources.Sentence",
                to_fields=("project", "snapshot", "id"),
            ),
        ]
        indexes = [models.Index(fields=["snapshot", "id"], name="annotation_by_snapshot")]

    def __str__(self) -> str:
        return f"{self.kind} {self.extent}"


class AnnotationSentence(models.Model):
    """Every sentence that an annotation touches."""

    annotation = reference("annotator.Annotation", "sentence_links")
    sentence = reference("sources.Sentence", "annotation_links")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation", "sentence"], name="annotation_sentence_once"),
            CompositeForeignKey(
                name="annotation_sentence_link_same_snapshot",
                fields=("project", "snapshot", "annotation"),
                to="annotator.Annotation",
                to_fields=("project", "snapshot", "id"),
            ),
            CompositeForeignKey(
                name="annotation_sentence_link_sentence_same_snapshot",
                fields=("project", "snapshot", "sentence"),
                to="sources.Sentence",
                to_fields=("project", "snapshot", "id"),
            ),
        ]
        indexes = [models.Index(fields=["sentence"], name="annotations_of_sentence")]

    def __str__(self) -> str:
        return f"{self.annotation_id} in {self.sentence_id}"


class SupportingSpan(models.Model):
    """The words a judgement was read from: the owner of a cue, role, reason, time or place annotation.

    Exactly one of `link`, `source`, `party`, `actor`, `claim`, `event` says whose words they are: the cue of
    a link, its occasion or its own date, the role of a source, the addressee of a link or target of a claim,
    the reason of an anonymous actor, the time of a claim and the period it speaks of; for an event the cue
    tells its type, the time its date, the place its place. Of a claim also its hedges (`whose`), what the
    reporter added within its words (gloss) and what quotation marks in them do (quoted, `use`). `cue_type` is
    what the reporter's word does ("claims" doubts), None where nobody said.
    """

    annotation = models.OneToOneField(
        Annotation, models.PROTECT, primary_key=True, db_constraint=False, related_name="support"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    link = reference("annotator.Attribution", "cues", null=True, blank=True)
    source = reference("annotator.AttributionSource", "role_spans", null=True, blank=True)
    party = reference("annotator.Party", "spans", null=True, blank=True)
    actor = reference("annotator.Actor", "reason_spans", null=True, blank=True)
    claim = reference("annotator.Claim", "spans", null=True, blank=True)
    event = reference("annotator.Event", "slot_spans", null=True, blank=True)
    cue_type = reference("annotator.Code", "cues", null=True, blank=True)
    whose = models.CharField(max_length=10, choices=Whose, blank=True)
    use = models.CharField(max_length=10, choices=MarksUse, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cue_type=None) | models.Q(link__isnull=False),
                name="support_cue_type_of_cue",
            ),
            one_of("whose", Whose, "support_whose_known", blank=True),
            one_of("use", MarksUse, "support_use_known", blank=True),
            CompositeForeignKey(
                name="support_annotation_same_project",
                fields=("project", "annotation"),
                to="annotator.Annotation",
            ),
            CompositeForeignKey(
                name="support_link_same_project", fields=("project", "link"), to="annotator.Attribution"
            ),
            CompositeForeignKey(
                name="support_source_same_project",
                fields=("project", "source"),
                to="annotator.AttributionSource",
            ),
            CompositeForeignKey(
                name="support_party_same_project", fields=("project", "party"), to="annotator.Party"
            ),
            CompositeForeignKey(
                name="support_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="support_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="support_event_same_project", fields=("project", "event"), to="annotator.Event"
            ),
        ]
        indexes = [
            models.Index(
                fields=[name], name=f"support_of_{name}", condition=models.Q(**{f"{name}__isnull": False})
            )
            for name in ("link", "source", "party", "actor", "claim", "event")
        ]

    def __str__(self) -> str:
        return f"words for {self.annotation_id}"
