"""Those to whom a claim is told, and those at whom it is directed: named, or only described."""

from django.db import models
from django.db.models import Q

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, reference


class Party(models.Model):
    """Whom the speakers of a link (`attribution`) address ("told reporters"), or whom a `claim` blames or
    credits, its target: an actor, words that describe somebody, or both.

    `mention` is the actor annotation it was read from. `words` are the text's where they are no mention of an
    actor; a supporting span of kind addressee or target says where they stand.
    """

    # the key of its link or of its claim holds it in the project
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    attribution = reference("annotator.Attribution", "addressees", null=True, blank=True)
    claim = reference("annotator.Claim", "targets", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    actor = reference("annotator.Actor", "parties", null=True, blank=True)
    mention = reference("annotator.ActorMention", "parties", null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="party_in_project"),
            models.UniqueConstraint(fields=["attribution", "actor"], name="party_once"),
            models.UniqueConstraint(fields=["claim", "actor"], name="party_target_once"),
            models.CheckConstraint(
                condition=Q(attribution=None, claim__isnull=False) | Q(attribution__isnull=False, claim=None),
                name="party_of_exactly_one",
            ),
            models.CheckConstraint(condition=Q(actor__isnull=False) | ~Q(words=""), name="party_is_somebody"),
            models.CheckConstraint(
                condition=Q(mention=None) | Q(actor__isnull=False), name="party_mention_of_somebody"
            ),
            CompositeForeignKey(
                name="party_link_same_project",
                fields=("project", "attribution"),
                to="annotator.Attribution",
            ),
            CompositeForeignKey(
                name="party_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="party_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
            # The mention means this very actor. May be deferred: a merge moves both.
            CompositeForeignKey(
                name="party_mention_of_actor",
                fields=("project", "mention", "actor"),
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
                deferred="immediate",
            ),
        ]
        indexes = [
            models.Index(fields=["actor"], name="parties_of_actor", condition=Q(actor__isnull=False)),
            models.Index(fields=["mention"], name="parties_of_mention", condition=Q(mention__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.words or self.actor_id} in {self.attribution_id or self.claim_id}"
