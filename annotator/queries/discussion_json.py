"""Discussions as the API tells them."""

from typing import Any

from annotator.models import Comment, Discussion

from .discussions import Said, Thread, subject_of, threads

Json = dict[str, Any]


def discussions_json(discussions: list[Thread]) -> list[Json]:
    return [_thread_json(one) for one in discussions]


def comment_json(comment: Comment) -> Json:
    """The comment of that key as it is now."""
    (thread,) = threads(Discussion.objects.filter(pk=comment.discussion_id))
    return next(_said_json(one) for one in thread.said if one.comment.pk == comment.pk)


def _thread_json(thread: Thread) -> Json:
    row = thread.discussion
    thing = subject_of(row)
    return {
        "uuid": str(row.uuid),
        "about": {"kind": type(thing)._meta.model_name, "uuid": str(thing.uuid)},
        "state": row.state,
        "opened_by": str(row.opened_by),
        "opened_at": row.opened_at.isoformat(),
        "turned_by": str(row.turned_by) if row.turned_by else None,
        "turned_at": row.turned_at.isoformat() if row.turned_at else None,
        "comments": [_said_json(one) for one in thread.said],
    }


def _said_json(said: Said) -> Json:
    """What was withdrawn tells who said it and when, and nothing of what."""
    row = said.comment
    return {
        "uuid": str(row.uuid),
        "author": str(row.author),
        "at": row.at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
        "withdrawn": row.withdrawn_at is not None,
        "text": "" if row.withdrawn_at else row.text,
        "mentions": [] if row.withdrawn_at else sorted(said.names),
        "version": row.version,
    }
