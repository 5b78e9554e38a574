"""Who said it, through whom: the links of a claim's chains, innermost speaker first.

Terms follow PARC3 and PolNeAR (source, cue, content). The outer links that follow from the article's
record (its outlet, whom it reprints) are derived by a query and never stored, so that they cannot
contradict it.
"""

import uuid

from django.db import models

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, dated_as_said, one_of, reference

from .claim import Basis, Confidence, QuotationType


class LinkRole(models.TextChoices):
    SAID = "said", "Said by"
    RELAYED = "relayed", "Relayed by"
    REPORTED = "reported", "Reported by"
    REPRINTED = "reprinted", "Reprinted by"


class Act(models.TextChoices):
    SAYS = "says", "Says"
    THINKS = "thinks", "Thinks"
    WANTS = "wants", "Wants"
    DECIDES = "decides", "Decides"
    SHOWS = "shows", "Shows"


class LinkBasis(models.TextChoices):
    STATED = "stated", "Stated"
    CARRIED_OVER = "carried_over", "Carried over"
    INFERRED = "inferred", "Inferred"
    RECORD = "record", "From the record"


class Attribution(models.Model):
    """One link: chains count from 1, positions from 0 (the innermost speaker). Its `addressees` are those to
    whom its speakers speak (`Party`), its `occasion` in what setting, in short words ("interview").

    `said_on` is when this link told it, where that is not when its speaker said it: the date of the first
    link of the first chain is the claim's. `repeated`: the text says it was told more than once ("again").
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    claim = reference("annotator.Claim", "attributions")
    chain = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=10, choices=LinkRole, default=LinkRole.SAID)
    act = models.CharField(max_length=10, choices=Act, default=Act.SAYS)
    quotation_type = models.CharField(max_length=15, choices=QuotationType, blank=True)
    basis = models.CharField(max_length=12, choices=LinkBasis, default=LinkBasis.STATED)
    occasion = models.CharField(max_length=100, blank=True)
    repeated = models.BooleanField(default=False)
    said_on = models.CharField(max_length=60, blank=True)
    said_on_basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    said_on_confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    said_on_min = models.DateField(null=True, blank=True)
    said_on_max = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("role", LinkRole, "attribution_role_known"),
            one_of("act", Act, "attribution_act_known"),
            one_of("basis", LinkBasis, "attribution_basis_known"),
            one_of("quotation_type", QuotationType, "attribution_quotation_type_known", blank=True),
            models.UniqueConstraint(fields=["project", "id"], name="attribution_in_project"),
            models.UniqueConstraint(
                fields=["claim", "chain", "position"],
                name="attribution_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=models.Q(chain__gte=1), name="attribution_chain_from_one"),
            one_of("said_on_basis", Basis, "attribution_said_on_basis_known"),
            one_of("said_on_confidence", Confidence, "attribution_said_on_confidence_known", blank=True),
            dated_as_said("said_on", "attribution_said_on_has_range"),
            models.CheckConstraint(
                condition=models.Q(said_on="") | models.Q(position__gt=0) | models.Q(chain__gt=1),
                name="attribution_first_dated_by_claim",
            ),
            CompositeForeignKey(
                name="attribution_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} chain {self.chain} link {self.position}"


class Jointly(models.TextChoices):
    ONE = "one", "One of them"
    TOGETHER = "together", "Together"
    EACH = "each", "Each"


class AttributionSource(models.Model):
    """An actor in a link, with the mention it was read from and the role held at the time.

    `basis` and `confidence` are of the judgement that it is this actor who speaks.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    attribution = reference("annotator.Attribution", "sources")
    position = models.PositiveSmallIntegerField(default=0)
    actor = reference("annotator.Actor", "attributions")
    mention = reference("annotator.ActorMention", "attributions", null=True, blank=True)
    role_at_time = models.CharField(max_length=300, blank=True)
    jointly = models.CharField(max_length=10, choices=Jointly, default=Jointly.ONE)
    basis = models.CharField(max_length=15, choices=Basis, default=Basis.TEXTUAL)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)

    class Meta:
        constraints = [
            one_of("basis", Basis, "attribution_source_basis_known"),
            one_of("confidence", Confidence, "attribution_source_confidence_known", blank=True),
            one_of("jointly", Jointly, "attribution_source_jointly_known"),
            models.UniqueConstraint(fields=["project", "id"], name="attribution_source_in_project"),
            models.UniqueConstraint(fields=["attribution", "actor"], name="attribution_source_once"),
            CompositeForeignKey(
                name="attribution_source_link_same_project",
                fields=("project", "attribution"),
                to="annotator.Attribution",
            ),
            CompositeForeignKey(
                name="attribution_source_actor_same_project",
                fields=("project", "actor"),
                to="annotator.Actor",
            ),
            # The mention means this very actor. May be deferred: a merge moves both.
            CompositeForeignKey(
                name="attribution_source_mention_of_actor",
                fields=("project", "mention", "actor"),
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
                deferred="immediate",
            ),
        ]
        indexes = [
            models.Index(fields=["actor"], name="attributions_of_actor"),
            models.Index(
                fields=["mention"], name="attributions_of_mention", condition=models.Q(mention__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.attribution_id}"
