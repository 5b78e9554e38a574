"""What is counted of speakers and of work, kept so that no page counts all claims.

Only the database writes here: `sourceline_hear(project)` counts the articles again that marks name, and
`queries/heard.py` asks for that before it reads. What the numbers mean is said by `queries/speakers.py`,
`independent.py` and `overview.py`, which count anew what is asked for of some claims alone.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sources.models import Project
from sources.models.constraints import reference


class HeardMark(models.Model):
    """Something that is counted has changed in that article since it was last counted. Marks are only ever
    added, so that nobody who saves waits for anybody else; several may say the same."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    article = reference("sources.Article")

    def __str__(self) -> str:
        return f"article {self.article_id} changed"


class HeardIn(models.Model):
    """An actor, as whom it was merged into, in the claims of an article that stand.

    `said` are claims whose innermost link it is, `claims` those of them that the text does not only say
    again, `reviewed` how many of these are reviewed, `passed_on` claims with it further out; `open_…` are
    those that were handed in. `outlet` is the article's, or the article itself, negative, where it has none;
    `origin` whom the story is from: an outlet, negative, or the first article; `outlets` are those of all its
    reprints.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    article = reference("sources.Article")
    actor = reference("annotator.Actor")
    said = models.IntegerField()
    claims = models.IntegerField()
    reviewed = models.IntegerField()
    passed_on = models.IntegerField()
    open_said = models.IntegerField()
    open_claims = models.IntegerField()
    open_passed_on = models.IntegerField()
    outlet = models.BigIntegerField()
    origin = models.BigIntegerField()
    outlets = ArrayField(models.BigIntegerField())
    published = models.CharField(max_length=60)
    published_min = models.DateField(null=True)
    published_max = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "actor"], name="heard_in_once")]
        indexes = [models.Index(fields=["actor"], name="heard_in_by_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.article_id}"


class Heard(models.Model):
    """The sums of `HeardIn` for an actor: with drafts, as members see them, and without.

    `n_said` counts what a text says again too. `n_carried` are the outlets of its articles and of their
    reprints, `n_independent` how many of these have it from somewhere of their own. On the day `days[i]`
    `counts[i]` claims were published.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    actor = reference("annotator.Actor", "heard")
    drafts = models.BooleanField()
    n_said = models.IntegerField()
    n_claims = models.IntegerField()
    n_passed_on = models.IntegerField()
    n_articles = models.IntegerField()
    n_outlets = models.IntegerField()
    n_reviewed = models.IntegerField()
    n_carried = models.IntegerField()
    n_independent = models.IntegerField()
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    first_date = models.CharField(max_length=80, null=True)
    last_date = models.CharField(max_length=80, null=True)
    days = ArrayField(models.DateField())
    counts = ArrayField(models.IntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "drafts"], name="heard_once")]
        indexes = [
            models.Index(
                "project", "drafts", models.F("n_claims").desc(), models.F("n_passed_on").desc(),
                name="heard_most",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.actor_id}, {self.n_claims} claims"


class WorkIn(models.Model):
    """An annotator's claims in an article that stand, by status; `again` of them the text only says again."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    article = reference("sources.Article")
    author = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10)
    claims = models.IntegerField()
    again = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "status"], name="work_in_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["project", "article"], name="work_in_project")]

    def __str__(self) -> str:
        return f"{self.author} in {self.article_id}"
