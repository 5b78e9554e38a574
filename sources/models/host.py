"""What is kept of the machines that are asked for pages: for the whole installation, of no project."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .constraints import one_of


class Host(models.Model):
    """Whose turn it is to ask a host, and when the next one may. `holder` is whoever asks it now, until
    `busy_until` at the latest: who is killed keeps nobody waiting for longer."""

    name = models.CharField(max_length=253, primary_key=True)
    holder = models.UUIDField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__regex=r"^[a-z0-9_.:-]+$"), name="host_name_formed"),
            models.CheckConstraint(
                condition=Q(holder=None, busy_until=None) | Q(holder__isnull=False, busy_until__isnull=False),
                name="host_held_until",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="hosts_by_time")]

    def __str__(self) -> str:
        return self.name


class RulesFound(models.TextChoices):
    RULES = "rules", "Rules"
    NONE = "none", "None: all is allowed"
    LATER = "later", "Not to be had for now"
    UNREACHABLE = "unreachable", "The site cannot be reached"


class SiteRules(models.Model):
    """A site's robots.txt, as far as it speaks of us; `text` says why where it could not be had. `site` is
    scheme, host and port, which one robots.txt speaks for."""

    site = models.CharField(max_length=270, primary_key=True)
    found = models.CharField(max_length=20, choices=RulesFound)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(db_default=Now())
    counts_until = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("found", RulesFound, "site_rules_found_known"),
            models.CheckConstraint(
                condition=Q(site__regex=r"^https?://[]a-z0-9_.:[-]+$"), name="site_rules_site_formed"
            ),
            models.CheckConstraint(
                condition=(Q(found="none") & Q(text="")) | (~Q(found="none") & ~Q(text="")),
                name="site_rules_text_as_found",
            ),
        ]
        indexes = [models.Index(fields=["counts_until"], name="site_rules_by_time")]

    def __str__(self) -> str:
        return self.site
