"""Attempts to watch for nothing, for the same twice, for too much, or to move a term elsewhere."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "annotator_watchterm"
RULE = "watch_terms_at_most"


def _many(pattern: bool, count: int) -> str:
    return (
        f"INSERT INTO {TABLE}"
        " (uuid, project_id, words, is_pattern, whole_words, case_sensitive, note, version)"
        f" SELECT gen_random_uuid(), %(project)s, 'word ' || n, {pattern}, true, false, '', 1"
        f" FROM generate_series(1, {count}) n"
    )


def _project(world: World, cursor: Any) -> dict[str, Any]:
    return {"project": world.here.project.pk}


def _row(world: World, cursor: Any) -> dict[str, Any]:
    there = world.there.project.pk
    return {"row": rows.another(cursor, world, TABLE), "there": there, "person": world.stranger.pk}


def _moved(change: str) -> Attempt:
    statement = f"UPDATE {TABLE} SET {change}, version = version + 1 WHERE id = %(row)s"
    return running("watch_term_stays_in_its_project", TABLE, statement, given=_row, why=change)


ATTEMPTS: list[Attempt] = [
    adding("watch_term_once", TABLE, words="lorr*"),
    *(
        adding("watch_term_words_clean", TABLE, words=words, why=why)
        for words, why in (
            ("", "nothing"),
            ("   ", "blanks"),
            (" ferry", "a blank before"),
            ("a\nb", "two lines"),
            ("a\x1bb", "a control character"),
        )
    ),
    adding("watch_term_words_clean", TABLE, note="a\nb", why="a note of two lines"),
    adding("annotator_watchterm_created_by_id_8364069d_fk_sources_user_id", TABLE, created_by_id=-1),
    adding("annotator_watchterm_project_id_581439b3_fk_sources_project_id", TABLE, project_id=-1),
    running(RULE, TABLE, _many(False, 1000), holder=f"{RULE}_insert", given=_project, why="1,001 terms"),
    running(RULE, TABLE, _many(True, 51), holder=f"{RULE}_insert", given=_project, why="51 patterns"),
    running(
        RULE,
        TABLE,
        _many(False, 51),
        f"UPDATE {TABLE} SET is_pattern = true, version = version + 1",
        holder=f"{RULE}_update",
        given=_project,
        why="51 terms made patterns",
    ),
    *(
        _moved(change)
        for change in (
            "uuid = gen_random_uuid()",
            "project_id = %(there)s",
            "created_by_id = %(person)s",
            "created_at = now() - interval '1 day'",
        )
    ),
    running(
        "watch_term_version_counts_up",
        TABLE,
        f"UPDATE {TABLE} SET note = 'other' WHERE id = %(row)s",
        given=_row,
        why="the same version again",
    ),
]
