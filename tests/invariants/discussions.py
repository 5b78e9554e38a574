"""Attempts to discuss nothing, two things or another project's, to put words into mouths, to call nobody."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

THREAD, SAID, CALL = "annotator_discussion", "annotator_comment", "annotator_commentmention"
TURNED: dict[str, Any] = {"turned_at": "now", "turned_by_id": lambda w: w.manager.pk}


def _made(table: str, **values: Any) -> Any:
    def given(world: World, cursor: Any) -> dict[str, Any]:
        made = rows.another(cursor, world, table, **values)
        return {
            "row": made,
            "there": world.there.project.pk,
            "other": world.here.claim.pk,
            "person": world.manager.pk,
            "thread": rows.another(cursor, world, THREAD),
        }

    return given


def _changed(rule: str, table: str, change: str, by: str = "owner", **values: Any) -> Attempt:
    """The app may write to a few columns alone: the owner tries the others."""
    statement = f"UPDATE {table} SET {change} WHERE id = %(row)s"
    return running(rule, table, statement, given=_made(table, **values), by=by, why=change)


def _deleted(rule: str, table: str) -> Attempt:
    statement = f"DELETE FROM {table} WHERE id = %(row)s"
    return running(rule, table, statement, given=_made(table), by="owner", why="delete")


def _about(subject: str, thing: Any) -> Attempt:
    rule = f"discussion_{subject}_same_project"
    return adding(rule, THREAD, **{"claim_id": None, f"{subject}_id": thing}, why=f"another's {subject}")


ATTEMPTS: list[Attempt] = [
    adding("annotator_discussion_opened_by_id_0f895507_fk_sources_user_id", THREAD, opened_by_id=-1),
    adding(
        "annotator_discussion_turned_by_id_7395df7f_fk_sources_user_id",
        THREAD,
        turned_at="now",
        turned_by_id=-1,
    ),
    adding("discussion_state_known", THREAD, state="other", **TURNED),
    adding("discussion_of_exactly_one", THREAD, claim_id=None, why="about nothing"),
    adding("discussion_of_exactly_one", THREAD, event_id=lambda w: w.here.event.pk, why="about two things"),
    adding("discussion_turned_by_somebody", THREAD, state="resolved", why="resolved by nobody"),
    adding("discussion_turned_by_somebody", THREAD, turned_at="now", why="turned by nobody"),
    _about("claim", lambda w: w.there.lone.pk),
    _about("actor", lambda w: w.there.actor.pk),
    _about("event", lambda w: w.there.event.pk),
    _about("article", lambda w: w.there.article.pk),
    *(
        _changed("discussion_stays_with_its_subject", THREAD, change)
        for change in (
            "uuid = gen_random_uuid()",
            "claim_id = %(other)s",
            "opened_by_id = %(person)s",
            "opened_at = now() - interval '1 day'",
        )
    ),
    _deleted("discussion_kept", THREAD),
    adding("annotator_comment_author_id_7ebbbabc_fk_sources_user_id", SAID, author_id=-1),
    adding("annotator_comment_version_check", SAID, version=-1),
    *(
        adding("comment_says_something", SAID, text=text, why=why)
        for text, why in (("", "nothing"), (" \n", "blanks"), ("x" * 4001, "too much"))
    ),
    *(
        _changed("comment_stays_its_authors", SAID, f"{change}, version = version + 1")
        for change in (
            "uuid = gen_random_uuid()",
            "discussion_id = %(thread)s",
            "author_id = %(person)s",
            "at = now() - interval '1 day'",
        )
    ),
    _changed("comment_version_counts_up", SAID, "text = 'other'", by="app"),
    _changed(
        "comment_withdrawn_for_good",
        SAID,
        "withdrawn_at = NULL, version = version + 1",
        by="app",
        withdrawn_at="now",
    ),
    _deleted("comment_kept", SAID),
    running(
        "comment_discussion_same_project",
        SAID,
        f"INSERT INTO {SAID} (uuid, project_id, discussion_id, author_id, text, version)"
        " SELECT gen_random_uuid(), %(here)s, %(thread)s, %(person)s, 'X', 1",
        given=lambda world, cursor: {
            "here": world.here.project.pk,
            "person": world.manager.pk,
            "thread": rows.another(cursor, world, THREAD, side=world.there),
        },
        why="in another project's discussion",
    ),
    adding("mention_of_a_member", CALL, user_id=lambda w: w.stranger.pk, why="a stranger is called"),
    adding("mention_of_a_member", CALL, user_id=-1, why="nobody is called"),
    running(
        "comment_mention_same_project",
        CALL,
        f"INSERT INTO {CALL} (project_id, comment_id, user_id) SELECT %(here)s, %(comment)s, %(person)s",
        given=lambda world, cursor: {
            "here": world.here.project.pk,
            "person": world.manager.pk,
            "comment": rows.another(cursor, world, SAID, side=world.there),
        },
        why="in another project's comment",
    ),
    running(
        "comment_mention_once",
        CALL,
        f"INSERT INTO {CALL} (project_id, comment_id, user_id)"
        f" SELECT project_id, comment_id, user_id FROM {CALL} WHERE id = %(row)s",
        given=_made(CALL),
        why="the same twice in one comment",
    ),
]
