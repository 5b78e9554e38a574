import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .claim import Basis


class ClaimRelation(models.Model):
    """`claim` does something to `other`: repeats it, contradicts it, denies it …

    `basis` textual means that the text itself makes the link ("denied the claim"), otherwise the
    analyst does.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    claim = reference("annotator.Claim", "relations_out")
    other = reference("annotator.Claim", "relations_in")
    kind = reference("annotator.Code", "relations")
    basis = models.CharField(max_length=15, choices=Basis, default=Basis.INTERPRETIVE)
    note = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            one_of("basis", Basis, "relation_basis_known"),
            models.UniqueConstraint(fields=["claim", "other", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(claim=models.F("other")), name="relation_between_two_claims"
            ),
            CompositeForeignKey(
                name="relation_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="relation_other_same_project",
                fields=("project", "other"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["other"], name="relations_to_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id} → {self.other_id}"


class ToldApart(models.Model):
    """Somebody said that two claims which are worded alike do not repeat each other; `one` is the older.

    Taking that back deletes the row; the history keeps it.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    one = reference("annotator.Claim", "told_apart")
    other = reference("annotator.Claim", "told_apart_from_older")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="told_apart_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="told_apart_once"),
            CompositeForeignKey(
                name="told_apart_one_same_project",
                fields=("project", "one"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="told_apart_other_same_project",
                fields=("project", "other"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["other"], name="told_apart_of_younger")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
