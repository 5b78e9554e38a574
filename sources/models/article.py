import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .constraints import CompositeForeignKey, reference
from .project import Project

# What keeps a record from being cited in full: nobody to name, no day (not even of reading), no place to find
# it. `annotator/citations/missing.py` says the same of one record in words.
INCOMPLETE = Q(authors=[], publication=None) | Q(published="", accessed=None) | Q(url="", archive_url="")


class Article(models.Model):
    """The bibliographic record; its captured texts are `Snapshot`s. Metadata may be corrected.

    `published` is EDTF (ISO 8601-2 level 1); `published_min` and `published_max` are the first and
    last day it may mean. `reprint_of` names the same story in this project; `original_publication`
    names whose story it is when that article is not here. `modified` (EDTF) is the day of its last change as
    the outlet states it; what each captured page said of that stays with its text (`Snapshot.cleaning`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="articles", db_index=False)
    title = models.CharField(max_length=500)
    subtitle = models.CharField(max_length=1000, blank=True)
    authors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    publication = reference("sources.Publication", "articles", null=True, blank=True)
    original_publication = reference("sources.Publication", "reprinted_articles", null=True, blank=True)
    reprint_of = reference("self", "reprints", null=True, blank=True)
    published = models.CharField(max_length=60, blank=True)
    published_min = models.DateField(null=True, blank=True)
    published_max = models.DateField(null=True, blank=True)
    modified = models.CharField(max_length=60, blank=True, db_default="")
    url = models.CharField(max_length=2000, blank=True)
    archive_url = models.CharField(max_length=2000, blank=True)
    accessed = models.DateField(null=True, blank=True)
    section = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, default="en")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="article_in_project"),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
            models.CheckConstraint(
                condition=Q(published="", published_min=None, published_max=None)
                | (
                    ~Q(published="")
                    & Q(published_min__isnull=False, published_max__isnull=False)
                    & Q(published_min__lte=models.F("published_max"))
                ),
                name="article_published_has_range",
            ),
            models.CheckConstraint(
                condition=~Q(reprint_of=models.F("id")), name="article_not_reprint_of_itself"
            ),
            CompositeForeignKey(
                name="article_publication_same_project",
                fields=("project", "publication"),
                to="sources.Publication",
            ),
            CompositeForeignKey(
                name="article_original_publication_same_project",
                fields=("project", "original_publication"),
                to="sources.Publication",
            ),
            CompositeForeignKey(
                name="article_reprint_same_project",
                fields=("project", "reprint_of"),
                to="sources.Article",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-published_min", "-id"], name="article_list_by_date"),
            models.Index(fields=["project", "publication"], name="article_by_publication"),
            models.Index(fields=["reprint_of"], name="article_reprints"),
            models.Index(
                fields=["original_publication"],
                condition=Q(original_publication__isnull=False),
                name="article_taken_from",
            ),
            models.Index(fields=["project"], condition=INCOMPLETE, name="article_incomplete"),
            GinIndex(
                models.Func(models.F("title"), models.Value("D"), function="sourceline_words"),
                name="article_titles_found",
            ),
        ]

    def __str__(self) -> str:
        return self.title
