"""Discussing claims, actors, events and articles. Nothing of it changes what is discussed."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from annotator.detect.comment_words import MOST_MENTIONS, called_in, candidates_in
from annotator.intents.discussion import ChangeComment, SayComment, Subject
from annotator.intents.refusal import Refused, Stale, Taken
from annotator.models import Actor, Claim, Comment, CommentMention, Discussion, DiscussionState, Event
from annotator.queries.discussions import Thing, subject_of
from annotator.queries.discussions import about as about_thing
from sources.models import Article, Membership, Project, Role, User, acting

MOST_COMMENTS = 200
"""In one discussion: all of it stands on one page."""
MOST_OPEN = 50
"""Discussions of one thing."""
MOST_AT_ONCE = 30
"""Comments of one person in one project within AT_ONCE."""
AT_ONCE = timedelta(minutes=10)


def say(*, by: User, project: Project, intent: SayComment) -> tuple[Comment, bool]:
    """The comment, and whether it is new; its discussion begins with it where there is none yet. Saying it
    twice is saying it once.

    Raises Taken where an identifier is another's, Refused where what it is about is not there or too much is
    said, PermissionDenied for who is no member.
    """
    with acting(by):
        _one_at_a_time(by, project)
        known = Comment.objects.select_related("discussion").filter(uuid=intent.uuid).first()
        if known is not None:
            if not _is_said(known, by, project, intent):
                raise Taken
            return known, False
        discussion = _discussion(by, project, intent)
        _not_too_much(by, project, discussion)
        comment = Comment.objects.create(
            uuid=intent.uuid, project=project, discussion=discussion, author=by, text=intent.text
        )
        _call(comment)
    comment.refresh_from_db()
    return comment, True


def change(*, by: User, comment: Comment, intent: ChangeComment) -> Comment:
    """One's own comment says something else from now on. Changing it twice to the same is changing it once.

    Raises Stale when it was changed since, Refused when it was withdrawn, PermissionDenied for another's.
    """
    with acting(by):
        comment = _own(by, comment)
        if comment.withdrawn_at is not None:
            raise Refused("text", "not_withdrawn", "this comment was withdrawn")
        if comment.text == intent.text:
            return comment
        if comment.version != intent.version:
            raise Stale(comment)
        comment.text, comment.edited_at, comment.version = intent.text, Now(), comment.version + 1
        comment.save(update_fields=["text", "edited_at", "version"])
        _call(comment)
    comment.refresh_from_db()
    return comment


def withdraw(*, by: User, comment: Comment) -> Comment:
    """One's own comment is shown no more, and calls nobody. A discussion with nothing left in it is resolved.

    Withdrawing twice is withdrawing once. Raises PermissionDenied for another's.
    """
    with acting(by):
        discussion = Discussion.objects.select_for_update(no_key=True).get(pk=comment.discussion_id)
        comment = _own(by, comment)
        if comment.withdrawn_at is None:
            comment.withdrawn_at, comment.version = Now(), comment.version + 1
            comment.save(update_fields=["withdrawn_at", "version"])
            if not Comment.objects.filter(discussion=discussion, withdrawn_at=None).exists():
                _turn(by, discussion, DiscussionState.RESOLVED)
    comment.refresh_from_db()
    return comment


def settle(*, by: User, discussion: Discussion, state: str) -> Discussion:
    """Resolves it or opens it again; what is so already stays as it is, with who made it so.

    Raises PermissionDenied for a viewer who did not begin it, Refused when too many are open already.
    """
    with acting(by):
        role = _role(by, discussion.project)
        discussion = Discussion.objects.select_for_update(no_key=True).get(pk=discussion.pk)
        if discussion.opened_by_id != by.pk and not role.may(Role.ANNOTATOR):
            raise PermissionDenied("Whoever began it, or somebody who annotates, settles a discussion.")
        if state == DiscussionState.OPEN and discussion.state != state:
            _leave_room(subject_of(discussion), "state")
        _turn(by, discussion, state)
    discussion.refresh_from_db()
    return discussion


def _turn(by: User, discussion: Discussion, state: str) -> None:
    if discussion.state == state:
        return
    discussion.state, discussion.turned_by, discussion.turned_at = state, by, Now()
    discussion.save(update_fields=["state", "turned_by", "turned_at"])


def _one_at_a_time(by: User, project: Project) -> None:
    """Who sends the same twice at once, or much, takes turns: it is looked up and counted under the lock."""
    mine = Membership.objects.filter(project=project, user=by)
    if mine.select_for_update(no_key=True).first() is None:
        raise PermissionDenied("Members of the project discuss it.")


def _role(by: User, project: Project) -> Role:
    mine = Membership.objects.filter(project=project, user=by).first()
    if mine is None:
        raise PermissionDenied("Members of the project discuss it.")
    return Role(mine.role)


def _is_said(known: Comment, by: User, project: Project, intent: SayComment) -> bool:
    same = (project.pk, intent.discussion, by.pk)
    if (known.project_id, known.discussion.uuid, known.author_id) != same:
        return False
    # said, and changed or withdrawn since: its answer got lost
    return known.text == intent.text or known.version > 1


def _discussion(by: User, project: Project, intent: SayComment) -> Discussion:
    """The discussion, locked; a new one where it is not there yet."""
    found = Discussion.objects.select_for_update(no_key=True).filter(uuid=intent.discussion).first()
    if found is not None and found.project_id != project.pk:
        raise Taken
    if intent.about is None:
        if found is None:
            raise Refused("discussion", "exists", "there is no such discussion in this project")
        return found
    about = _subject(project, intent.about)
    if found is not None:
        if _is_about(found, about):
            return found
        raise Taken
    _leave_room(about, "about")
    return Discussion.objects.create(
        uuid=intent.discussion, project=project, opened_by=by, **{intent.about.kind: about}
    )


def _subject(project: Project, about: Subject) -> Thing:
    """What is discussed, or what it was merged into."""
    rows: Any = {"claim": Claim, "actor": Actor, "event": Event, "article": Article}[about.kind]
    found = rows.objects.filter(project=project, uuid=about.uuid).first()
    if found is None:
        raise Refused("about.uuid", "exists", f"there is no such {about.kind} in this project")
    return getattr(found, "merged_into", None) or found


def _is_about(discussion: Discussion, about: Thing) -> bool:
    kind = type(about)._meta.model_name or ""
    held = getattr(discussion, kind)
    return held is not None and about.pk in (held.pk, getattr(held, "merged_into_id", None))


def _leave_room(thing: Thing, field: str) -> None:
    """Raises Refused unless one more may be open about it, or about what was merged into it."""
    # Those who open one at once take turns: they are counted under the lock of what they are about.
    type(thing)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=thing.pk)
    if Discussion.objects.filter(about_thing(thing), state=DiscussionState.OPEN).count() >= MOST_OPEN:
        message = f"at most {MOST_OPEN} discussions of one thing are open at once; resolve one"
        raise Refused(field, "max_discussions", message)


def _not_too_much(by: User, project: Project, discussion: Discussion) -> None:
    if Comment.objects.filter(discussion=discussion).count() >= MOST_COMMENTS:
        message = f"a discussion has at most {MOST_COMMENTS} comments; begin another one"
        raise Refused("text", "max_comments", message)
    mine = Comment.objects.filter(author=by, project=project, at__gt=Now() - AT_ONCE)
    if mine.count() >= MOST_AT_ONCE:
        minutes = AT_ONCE // timedelta(minutes=1)
        raise Refused("text", "rate", f"these are too many within {minutes} minutes; wait a little")


def _own(by: User, comment: Comment) -> Comment:
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if comment.author_id != by.pk:
        raise PermissionDenied("Only who wrote a comment changes it.")
    return comment


def _call(comment: Comment) -> None:
    """Keeps whom the text calls now: members alone. A name that is nobody's here stays words."""
    members = Membership.objects.filter(
        project=comment.project_id, user__username__in=candidates_in(comment.text)
    )
    keys = dict(members.values_list("user__username", "user"))
    called = called_in(comment.text, keys)
    if len(called) > MOST_MENTIONS:
        message = f"calls {len(called)} members, at most {MOST_MENTIONS} are called at once"
        raise Refused("text", "max_mentions", message)
    CommentMention.objects.filter(comment=comment).delete()
    CommentMention.objects.bulk_create(
        CommentMention(project_id=comment.project_id, comment=comment, user_id=keys[name]) for name in called
    )
