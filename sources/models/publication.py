import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from .constraints import CompositeForeignKey, reference
from .project import Project

WIKIDATA = r"^Q[1-9][0-9]{0,11}$"


class Publication(models.Model):
    """An outlet: a newspaper, a site, a broadcaster, a news agency. One row a project.

    What stands for itself has its names (`name` and `aliases`, whatever their case) and its `domains` for
    itself in the project; the database says so (`publication_called_once`, `publication_domain_once`). One
    that is `merged_into` another keeps what it had, so that taking it back finds it; nothing points to it any
    more. `domains` are in lower case and ASCII (`xn--…`), without `www.`. `issn_l` is the number that all its
    media share, `issn` that of the one that is cited.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="publications", db_index=False)
    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    issn = models.CharField(max_length=9, blank=True)
    issn_l = models.CharField(max_length=9, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35, blank=True)
    is_agency = models.BooleanField(default=False)
    merged_into = reference("self", "merged_outlets", null=True, blank=True)
    merged_because = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="publication_in_project"),
            models.CheckConstraint(condition=~Q(name=""), name="publication_has_name"),
            models.CheckConstraint(
                condition=Q(wikidata="") | Q(wikidata__regex=WIKIDATA), name="publication_wikidata_form"
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"^([A-Z]{2})?$"), name="publication_country_form"
            ),
            models.CheckConstraint(
                condition=Q(language__regex=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?$"),
                name="publication_language_form",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="publication_not_merged_with_itself"
            ),
            CompositeForeignKey(
                name="publication_merged_same_project",
                fields=("project", "merged_into"),
                to="sources.Publication",
            ),
        ]
        indexes = [models.Index("project", Lower("name"), name="publication_by_name")]

    def __str__(self) -> str:
        return self.name
