"""What is known of an actor beyond its names: identifiers elsewhere, and what it belongs to since when."""

import uuid

from django.db import models
from django.db.models import F, Q

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference


class ActorIdentifier(models.Model):
    """What another register calls the actor: `scheme` names the register ("VIAF"), `value` the entry."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "identifiers")
    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "scheme", "value"], name="identifier_once"),
            models.CheckConstraint(condition=~Q(scheme="") & ~Q(value=""), name="identifier_whole"),
            CompositeForeignKey(
                name="identifier_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Tie(models.TextChoices):
    WORKS_FOR = "works_for", "Works for"
    MEMBER_OF = "member_of", "Member of"
    PART_OF = "part_of", "Part of"


class Affiliation(models.Model):
    """What an actor works for, is a member of or (an organisation) is part of, and in which role.

    `since` and `until` are EDTF; `since_min` is the first day the one may mean, `until_max` the last day of
    the other. `part_of` goes in no circles.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "affiliations")
    tie = models.CharField(max_length=10, choices=Tie)
    organisation = reference("annotator.Actor", "affiliates")
    role = models.CharField(max_length=200, blank=True)
    since = models.CharField(max_length=60, blank=True)
    since_min = models.DateField(null=True, blank=True)
    until = models.CharField(max_length=60, blank=True)
    until_max = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("tie", Tie, "affiliation_tie_known"),
            models.CheckConstraint(condition=~Q(actor=F("organisation")), name="affiliation_not_with_itself"),
            models.CheckConstraint(
                condition=(Q(since="", since_min=None) | (~Q(since="") & Q(since_min__isnull=False)))
                & (Q(until="", until_max=None) | (~Q(until="") & Q(until_max__isnull=False))),
                name="affiliation_dates_have_days",
            ),
            models.CheckConstraint(
                condition=Q(since_min=None) | Q(until_max=None) | Q(since_min__lte=F("until_max")),
                name="affiliation_begins_before_it_ends",
            ),
            CompositeForeignKey(
                name="affiliation_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="affiliation_organisation_same_project",
                fields=("project", "organisation"),
                to="annotator.Actor",
            ),
        ]
        indexes = [
            models.Index(fields=["actor"], name="affiliations_of_actor"),
            models.Index(fields=["organisation"], name="affiliates_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.tie} {self.organisation_id}"
