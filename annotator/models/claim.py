import uuid

from django.db import models
from django.db.models import Q

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, dated_as_said, one_of, reference

from .annotation import Annotation


class QuotationType(models.TextChoices):
    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect"
    MIXED = "mixed", "Mixed"
    FREE_INDIRECT = "free_indirect", "Free indirect"
    REPORTED = "reported", "Reported"


class Polarity(models.TextChoices):
    ASSERTED = "asserted", "Asserted"
    DENIED = "denied", "Denied"
    DECLINED = "declined", "Declined to comment"
    QUESTIONED = "questioned", "Questioned"


class Voice(models.TextChoices):
    """Whose words these are. Never blank: that nobody is named is a statement too."""

    ATTRIBUTED = "attributed", "Attributed"
    OWN = "own", "The article’s own voice"
    AGENTLESS = "agentless", "Agentless"
    UNKNOWN = "unknown", "Unknown"


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    DISPUTED = "disputed", "Disputed"


class Basis(models.TextChoices):
    TEXTUAL = "textual", "In the text"
    INTERPRETIVE = "interpretive", "Interpreted"
    INFERENTIAL = "inferential", "Inferred"


class Confidence(models.TextChoices):
    """How sure an analyst is of a judgement; apart from what it rests on (`Basis`)."""

    CERTAIN = "certain", "Certain"
    PROBABLE = "probable", "Probable"
    POSSIBLE = "possible", "Possible"


class Assessment(models.TextChoices):
    """What the analyst thinks of what is claimed; apart from how certain the speaker is."""

    CONFIRMED = "confirmed", "Confirmed"
    PLAUSIBLE = "plausible", "Plausible"
    OPEN = "open", "Open"
    DOUBTFUL = "doubtful", "Doubtful"
    FALSE = "false", "False"


class Claim(models.Model):
    """What somebody says is so. Shares its key with its one annotation; is withdrawn, never deleted.

    `said_on` is when the first link of its first chain said it, `period` the time of which it speaks ("in
    2019", "next year"): both EDTF with first and last day, of which an open interval has one. `certainty` is
    the speaker's own, in their words, and `assessment` the analyst's, with its reason. `negated`: what is
    claimed is that something is not so, while a denial is a `polarity`. `translated`: whether the quoted
    words are a translation; None where nobody said. A claim that lies `inside` another is what that one's
    speaker says that others say: its own chain goes on with the outer claim's
    (`annotator/queries/chains.py`), so that the two cannot disagree.
    The annotation's `version` is the claim's too.
    """

    annotation = models.OneToOneField(
        Annotation, models.PROTECT, primary_key=True, db_constraint=False, related_name="claim"
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="claims", db_index=False)
    type = reference("annotator.Code", "claims")
    paraphrase = models.TextField(blank=True)
    quotation_type = models.CharField(max_length=15, choices=QuotationType)
    polarity = models.CharField(max_length=12, choices=Polarity, default=Polarity.ASSERTED)
    polarity_basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    polarity_confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    negated = models.BooleanField(default=False)
    translated = models.BooleanField(null=True, blank=True)
    certainty = models.CharField(max_length=100, blank=True)
    assessment = models.CharField(max_length=10, choices=Assessment, blank=True)
    assessment_reason = models.TextField(blank=True)
    voice = models.CharField(max_length=12, choices=Voice)
    basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    inside = reference("self", "inner_claims", null=True, blank=True)
    said_on = models.CharField(max_length=60, blank=True)
    said_on_basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    said_on_confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    said_on_min = models.DateField(null=True, blank=True)
    said_on_max = models.DateField(null=True, blank=True)
    period = models.CharField(max_length=60, blank=True)
    period_basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    period_confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    period_min = models.DateField(null=True, blank=True)
    period_max = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUBMITTED)
    codebook_version = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    topics = models.ManyToManyField("annotator.Code", through="ClaimTopic", related_name="topic_claims")

    class Meta:
        constraints = [
            one_of("quotation_type", QuotationType, "claim_quotation_type_known"),
            one_of("polarity", Polarity, "claim_polarity_known"),
            one_of("voice", Voice, "claim_voice_known"),
            one_of("status", Status, "claim_status_known"),
            one_of("basis", Basis, "claim_basis_known"),
            one_of("polarity_basis", Basis, "claim_polarity_basis_known"),
            one_of("polarity_confidence", Confidence, "claim_polarity_confidence_known", blank=True),
            one_of("said_on_basis", Basis, "claim_said_on_basis_known"),
            one_of("said_on_confidence", Confidence, "claim_said_on_confidence_known", blank=True),
            one_of("assessment", Assessment, "claim_assessment_known", blank=True),
            models.CheckConstraint(
                condition=Q(assessment="", assessment_reason="")
                | (~Q(assessment="") & ~Q(assessment_reason="")),
                name="claim_assessment_has_reason",
            ),
            models.UniqueConstraint(fields=["project", "annotation"], name="claim_in_project"),
            dated_as_said("said_on", "claim_said_on_has_range"),
            one_of("period_basis", Basis, "claim_period_basis_known"),
            one_of("period_confidence", Confidence, "claim_period_confidence_known", blank=True),
            dated_as_said("period", "claim_period_has_range"),
            CompositeForeignKey(
                name="claim_annotation_same_project",
                fields=("project", "annotation"),
                to="annotator.Annotation",
            ),
            CompositeForeignKey(
                name="claim_inside_same_project",
                fields=("project", "inside"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="claim_codebook_version_exists",
                fields=("project", "codebook_version"),
                to="annotator.CodebookVersion",
                to_fields=("project", "number"),
            ),
        ]
        indexes = [
            models.Index(fields=["project", "status", "annotation"], name="claim_queue"),
            models.Index(fields=["project", "-annotation"], name="claim_desk"),
            models.Index(fields=["type"], name="claim_by_type"),
            models.Index(fields=["inside"], name="claims_inside", condition=Q(inside__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.paraphrase or f"claim {self.pk}"


class ClaimTopic(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    claim = reference("annotator.Claim", "topic_links")
    topic = reference("annotator.Code", "claim_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "topic"], name="claim_topic_once"),
            CompositeForeignKey(
                name="claim_topic_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["topic"], name="claims_of_topic")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.topic_id}"


class Qualifier(models.TextChoices):
    """How the words bound a number. `MORE_THAN` and `FEWER_THAN` leave the number itself out; `ABOUT` without
    any number is a mere order of size ("dozens")."""

    EXACTLY = "exactly", "Exactly"
    ABOUT = "about", "About"
    AT_LEAST = "at_least", "At least"
    MORE_THAN = "more_than", "More than"
    AT_MOST = "at_most", "At most"
    FEWER_THAN = "fewer_than", "Fewer than"
    RANGE = "range", "From – to"


class Quantity(models.Model):
    """A number as this claim says it: "at least 18 soldiers" is low 18, no high, unit soldiers."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    claim = reference("annotator.Claim", "quantities")
    what = models.CharField(max_length=200)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier)
    unit = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=300)
    event = reference("annotator.Event", "quantities", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=models.F("high")),
                name="quantity_low_below_high",
            ),
            # Each branch says which ends there are: a comparison with NULL would hold by itself. It also is
            # what keeps the qualifier to its enumeration.
            models.CheckConstraint(
                condition=Q(qualifier="exactly", low__isnull=False, high__isnull=False, high=models.F("low"))
                | Q(qualifier="about", low__isnull=False, high__isnull=False)
                | Q(qualifier="about", low__isnull=True, high__isnull=True)
                | Q(qualifier__in=("at_least", "more_than"), low__isnull=False, high__isnull=True)
                | Q(qualifier__in=("at_most", "fewer_than"), low__isnull=True, high__isnull=False)
                | Q(qualifier="range", low__isnull=False, high__isnull=False, high__gt=models.F("low")),
                name="quantity_bounded_as_said",
            ),
            CompositeForeignKey(
                name="quantity_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="quantity_event_same_project", fields=("project", "event"), to="annotator.Event"
            ),
        ]
        indexes = [models.Index(fields=["claim"], name="quantities_of_claim")]

    def __str__(self) -> str:
        return self.words
