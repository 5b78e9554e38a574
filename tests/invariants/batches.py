"""Attempts to rewrite what was done to many claims at once, or what of it was taken back."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

BATCH, ROW = "annotator_batch", "annotator_batchrow"
UNDONE: dict[str, Any] = {"undone_at": "now", "version_undone": 3}


def _made(table: str, **values: Any) -> Any:
    def given(world: World, cursor: Any) -> dict[str, Any]:
        made = rows.another(cursor, world, table, **values)
        return {"row": made, "there": world.there.project.pk, "lone": world.here.lone.pk}

    return given


def _changed(change: str, **values: Any) -> Attempt:
    """The app may write to the columns of undoing alone: the owner tries the others."""
    statement = f"UPDATE {ROW} SET {change} WHERE id = %(row)s"
    by = "app" if values else "owner"
    why = f"{change} again" if values else change
    return running("batch_row_only_undone", ROW, statement, given=_made(ROW, **values), by=by, why=why)


def _kept(rule: str, table: str, statement: str) -> Attempt:
    whole = f"{statement} WHERE id = %(row)s"
    return running(rule, table, whole, given=_made(table), by="owner", why=whole[:30])


ATTEMPTS: list[Attempt] = [
    adding("annotator_batch_by_id_f5ff69f5_fk_sources_user_id", BATCH, by_id=-1),
    adding("annotator_batch_project_id_73f0b86f_fk_sources_project_id", BATCH, project_id=-1),
    adding("annotator_batchrow_undone_by_id_54706be1_fk_sources_user_id", ROW, undone_by_id=-1, **UNDONE),
    adding("annotator_batchrow_version_undone_check", ROW, undone_at="now", version_undone=-1),
    _kept("batch_kept", BATCH, f"UPDATE {BATCH} SET deed = 'other'"),
    _kept("batch_kept", BATCH, f"DELETE FROM {BATCH}"),
    _kept("batch_row_kept", ROW, f"DELETE FROM {ROW}"),
    *(
        _changed(change)
        for change in (
            "version_before = 7",
            "version = 7",
            "review = 'x'",
            "first_change = 0",
            "last_change = 9",
            "was = '{}', became = '[]'",
            "claim_id = %(lone)s",
        )
    ),
    _changed("undone_at = now(), version_undone = 4", **UNDONE),
    adding("batch_row_undone_whole", ROW, undone_at="now", why="undone, and nobody knows as what"),
    adding("batch_row_undone_whole", ROW, version_undone=3, why="not undone, and stands again"),
    adding("batch_row_has_changes", ROW, last_change=1, why="a row that changed nothing"),
    adding("batch_row_claim_same_project", ROW, claim_id=lambda w: w.there.claim.pk),
    running(
        "batch_row_batch_same_project",
        ROW,
        f"INSERT INTO {ROW} (project_id, batch_id, claim_id, version_before, version, review, first_change,"
        " last_change, was, became) SELECT %(here)s, %(batch)s, %(claim)s, 1, 2, '', 1, 2, '{}', '{}'",
        given=lambda world, cursor: {
            "here": world.here.project.pk,
            "claim": world.here.claim.pk,
            "batch": rows.another(cursor, world, BATCH, side=world.there),
        },
        why="a row of another project's act",
    ),
    running(
        "batch_row_once",
        ROW,
        f"INSERT INTO {ROW} (project_id, batch_id, claim_id, version_before, version, review, first_change,"
        f" last_change, was, became) SELECT project_id, batch_id, claim_id, 1, 2, '', 1, 2, '{{}}', '{{}}'"
        f" FROM {ROW} WHERE id = %(row)s",
        given=_made(ROW),
        why="a claim twice in one act",
    ),
]
