import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .annotation import Annotation


class Naming(models.TextChoices):
    NAMED = "named", "Named"
    BY_OFFICE = "by_office", "By office"
    UNNAMED = "unnamed", "Unnamed"
    ANONYMOUS = "anonymous", "Anonymous"
    COLLECTIVE = "collective", "Collective"


class Actor(models.Model):
    """Somebody or something that speaks or acts. Anonymous ones live in one article only.

    `kind` is a code of the facet actor_kind. `publication` is set for an outlet that speaks.
    `stated_reason` is why a source is not named, in the article's words.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="actors", db_index=False)
    name = models.CharField(max_length=200)
    kind = reference("annotator.Code", "actors")
    naming = models.CharField(max_length=12, choices=Naming, default=Naming.NAMED)
    article = reference("sources.Article", "anonymous_actors", null=True, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    stated_reason = models.TextField(blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    publication = reference("sources.Publication", "actors", null=True, blank=True)
    merged_into = reference("self", "merged_actors", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("naming", Naming, "actor_naming_known"),
            models.UniqueConstraint(fields=["project", "id"], name="actor_in_project"),
            models.CheckConstraint(condition=~Q(name=""), name="actor_has_name"),
            models.CheckConstraint(
                condition=~Q(naming="anonymous") | Q(article__isnull=False),
                name="actor_anonymous_within_article",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="actor_not_merged_with_itself"
            ),
            CompositeForeignKey(
                name="actor_article_same_project", fields=("project", "article"), to="sources.Article"
            ),
            CompositeForeignKey(
                name="actor_publication_same_project",
                fields=("project", "publication"),
                to="sources.Publication",
            ),
            CompositeForeignKey(
                name="actor_merged_into_same_project",
                fields=("project", "merged_into"),
                to="annotator.Actor",
            ),
        ]
        indexes = [
            models.Index("project", models.functions.Lower("name"), name="actor_by_name"),
            models.Index(fields=["article"], name="actor_by_article", condition=Q(article__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class ActorAlias(models.Model):
    """Another name of an actor, in the language and script it was met in."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "aliases")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "name"], name="alias_once"),
            CompositeForeignKey(
                name="alias_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActorMention(models.Model):
    """The words of a text that mean this actor: the owner of an annotation of kind actor."""

    annotation = models.OneToOneField(
        Annotation, models.PROTECT, primary_key=True, db_constraint=False, related_name="mention"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "annotation", "actor"], name="mention_of_actor"),
            CompositeForeignKey(
                name="mention_annotation_same_project",
                fields=("project", "annotation"),
                to="annotator.Annotation",
            ),
            CompositeForeignKey(
                name="mention_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
        ]
        indexes = [models.Index(fields=["actor"], name="mentions_of_actor")]

    def __str__(self) -> str:
        return f"mention of {self.actor_id}"
