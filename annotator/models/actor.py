import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .annotation import Annotation

WIKIDATA = r"^Q[1-9][0-9]{0,11}$"


class Naming(models.TextChoices):
    NAMED = "named", "Named"
    BY_OFFICE = "by_office", "By office"
    UNNAMED = "unnamed", "Unnamed"
    ANONYMOUS = "anonymous", "Anonymous"
    COLLECTIVE = "collective", "Collective"


class HowMany(models.TextChoices):
    ONE = "one", "One"
    SEVERAL = "several", "Several"


class SurvivorKey(models.ForeignKey):
    """A column that PostgreSQL generates; migrations add it in SQL, and Django only reads it. It is never
    null, which a generated column cannot be told to be."""

    generated = True
    expression = Coalesce("merged_into", "id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"editable": False, "null": True} | kwargs
        super().__init__(*args, **kwargs)


class Actor(models.Model):
    """Somebody or something that speaks or acts. Anonymous ones live in one article only.

    `kind` is a code of the facet actor_kind. `publication` is set for an outlet that speaks.
    `stated_reason` is why a source is not named, in the article's words; `number` whether the words mean one
    or several, where they say it.

    A merged actor keeps all that points to it. `merged_into` is never a merged one itself; `survivor` is
    whom its rows are counted and shown for: that one, or itself. `family` are all whose survivor it is.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="actors", db_index=False)
    name = models.CharField(max_length=200)
    kind = reference("annotator.Code", "actors")
    naming = models.CharField(max_length=12, choices=Naming, default=Naming.NAMED)
    article = reference("sources.Article", "anonymous_actors", null=True, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    stated_reason = models.TextField(blank=True)
    number = models.CharField(max_length=8, choices=HowMany, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    publication = reference("sources.Publication", "actors", null=True, blank=True)
    merged_into = reference("self", "merged_actors", null=True, blank=True)
    survivor: "models.ForeignKey[Actor, Actor]" = SurvivorKey(
        "self", models.PROTECT, related_name="family", db_constraint=False, db_index=False
    )
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
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(naming="anonymous"), name="actor_anonymous_not_merged"
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(number__in=HowMany.values), name="actor_number_known"
            ),
            models.CheckConstraint(
                condition=Q(wikidata="") | Q(wikidata__regex=WIKIDATA), name="actor_wikidata_form"
            ),
            # Merged into one that is its own survivor: no chains, no circles.
            CompositeForeignKey(
                name="actor_merged_into_survivor",
                fields=("project", "merged_into", "merged_into"),
                to="annotator.Actor",
                to_fields=("project", "id", "survivor"),
            ),
            CompositeForeignKey(
                name="actor_article_same_project", fields=("project", "article"), to="sources.Article"
            ),
            CompositeForeignKey(
                name="actor_publication_same_project",
                fields=("project", "publication"),
                to="sources.Publication",
            ),
        ]
        indexes = [
            models.Index("project", models.functions.Lower("name"), name="actor_by_name"),
            models.Index(fields=["article"], name="actor_by_article", condition=Q(article__isnull=False)),
            models.Index(
                fields=["merged_into"], name="actor_by_merged", condition=Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActorAlias(models.Model):
    """Another name of an actor, in the language (BCP 47) and script (ISO 15924) it was met in."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "aliases")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True)
    script = models.CharField(max_length=4, blank=True)

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
