"""What members say to each other about a claim, an actor, an event or an article."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

SUBJECTS = ("claim", "actor", "event", "article")


class DiscussionState(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


def _about(subject: str) -> Q:
    return Q(**{f"{one}__isnull": one != subject for one in SUBJECTS})


class Discussion(models.Model):
    """A thread about exactly one thing, with which it stays whatever becomes of that.

    `turned_by` is who resolved it or opened it again last, at `turned_at`; nobody while nobody has.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = reference("sources.Project", "discussions")  # whatever it is about is of the project
    claim = reference("annotator.Claim", "discussions", null=True)
    actor = reference("annotator.Actor", "discussions", null=True)
    event = reference("annotator.Event", "discussions", null=True)
    article = reference("sources.Article", "discussions", null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=DiscussionState, default=DiscussionState.OPEN)
    turned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    turned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", DiscussionState, "discussion_state_known"),
            models.UniqueConstraint(fields=["project", "id"], name="discussion_in_project"),
            models.CheckConstraint(
                condition=_about("claim") | _about("actor") | _about("event") | _about("article"),
                name="discussion_of_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(turned_at=None, turned_by=None, state=DiscussionState.OPEN)
                | Q(turned_at__isnull=False, turned_by__isnull=False),
                name="discussion_turned_by_somebody",
            ),
            CompositeForeignKey(
                name="discussion_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
            CompositeForeignKey(
                name="discussion_actor_same_project", fields=("project", "actor"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="discussion_event_same_project", fields=("project", "event"), to="annotator.Event"
            ),
            CompositeForeignKey(
                name="discussion_article_same_project", fields=("project", "article"), to="sources.Article"
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[subject],
                    name=f"discussions_of_{subject}",
                    condition=Q(**{f"{subject}__isnull": False}),
                )
                for subject in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid}: {self.state}"


class Comment(models.Model):
    """Plain text. Its author alone changes or withdraws it; what it said before is in the history."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    discussion = reference("annotator.Discussion", "comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="comment_in_project"),
            CompositeForeignKey(
                name="comment_discussion_same_project",
                fields=("project", "discussion"),
                to="annotator.Discussion",
            ),
        ]
        indexes = [models.Index(fields=["discussion", "id"], name="comments_of_discussion")]

    def __str__(self) -> str:
        return self.text[:60]


class CommentMention(models.Model):
    """A member whom a comment calls by their sign-in name, as it is written now."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    comment = reference("annotator.Comment", "mentions")
    user = reference(settings.AUTH_USER_MODEL, "mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="comment_mention_once"),
            CompositeForeignKey(
                name="comment_mention_same_project", fields=("project", "comment"), to="annotator.Comment"
            ),
        ]
        indexes = [models.Index(fields=["user", "project"], name="mentions_of_member")]

    def __str__(self) -> str:
        return f"{self.comment_id} mentions {self.user_id}"
