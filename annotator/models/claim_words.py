"""What claims are searched, sorted and counted by. Only the database writes here."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, reference

from .claim import Claim

UNDATED = date(1, 1, 1)


class ClaimWords(models.Model):
    """A claim's folded words (`sources.text.folding`): of its quotes (weight A), its paraphrase (B), the
    sentences that hold it (C), the article's title (D); no run of words goes over from one to the next.

    Of its article's record also what lists are sorted and counted by: `published` is the first day it may
    mean, UNDATED where it has none. `runs` are the quote's runs of three words, each as a number, by which
    likely repeats are found.
    """

    claim = models.OneToOneField(
        Claim, models.PROTECT, primary_key=True, db_constraint=False, related_name="searched"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    article = reference("sources.Article")
    publication = reference("sources.Publication", null=True, blank=True)
    published = models.DateField()
    words = SearchVectorField()
    runs = models.GeneratedField(
        expression=models.Func(models.F("words"), function="sourceline_word_runs"),
        output_field=ArrayField(models.BigIntegerField()),
        db_persist=True,
    )

    class Meta:
        constraints = [
            CompositeForeignKey(
                name="claim_words_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="claim_words_article_same_project", fields=("project", "article"), to="sources.Article"
            ),
            CompositeForeignKey(
                name="claim_words_publication_same_project",
                fields=("project", "publication"),
                to="sources.Publication",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="claims_found"),
            GinIndex(fields=["runs"], name="claims_alike"),
            models.Index(fields=["project", "published", "claim"], name="claims_by_day"),
            models.Index(
                fields=["claim"], include=["article", "publication", "published"], name="claims_printed"
            ),
            models.Index(fields=["article", "claim"], name="claims_of_article"),
            models.Index(fields=["publication", "claim"], name="claims_of_outlet"),
        ]

    def __str__(self) -> str:
        return f"words of {self.claim_id}"
