"""What texts are recognised by: their wording, and the addresses they stand at. Both follow from others."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from sources.text.addresses import RULE

from .constraints import CompositeForeignKey, reference
from .project import Project


class Fingerprint(models.Model):
    """The wording of what is not masked of a text (`sources.text.wording`), under the recipe that made it.

    Of a text that is too short to be compared there are `shingles` alone. One of another recipe is never
    compared, but made anew.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "fingerprints")
    recipe = models.CharField(max_length=60)
    shingles = models.PositiveIntegerField()
    signature = models.BinaryField()
    bands = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot"], name="fingerprint_once_per_snapshot"),
            CompositeForeignKey(
                name="fingerprint_same_project", fields=("project", "snapshot"), to="sources.Snapshot"
            ),
        ]
        indexes = [GinIndex(fields=["bands"], name="fingerprints_alike", fastupdate=False)]

    def __str__(self) -> str:
        return f"wording of {self.snapshot_id}"


class ArticleAddress(models.Model):
    """By `key` (`sources.text.addresses`) an article is found at any variant of its address.

    Of two articles whose addresses are variants of one, as older projects may have them, the first has it.
    `rule` is the version of the rule that made the key (`sources.text.addresses.RULE`); those of an older one
    are made anew by the command `fingerprint`.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    article = reference("sources.Article", "addresses")
    key = models.CharField(max_length=64)
    rule = models.PositiveSmallIntegerField(default=RULE, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="article_address_once"),
            models.UniqueConstraint(fields=["article"], name="article_has_one_address"),
            models.CheckConstraint(
                condition=models.Q(key__regex="^[0-9a-f]{64}$"), name="article_address_is_a_key"
            ),
            CompositeForeignKey(
                name="article_address_same_project", fields=("project", "article"), to="sources.Article"
            ),
        ]

    def __str__(self) -> str:
        return self.key[:12]
