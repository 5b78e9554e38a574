"""Attempts to say of a backup what cannot be, or to take it back."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "sources_backuptaken"


def _row(world: World, cursor: Any) -> dict[str, Any]:
    return {"row": rows.another(cursor, world, TABLE)}


ATTEMPTS: list[Attempt] = [
    adding("backup_began_before_it_was_taken", TABLE, began_at="2099-01-01"),
    adding("backup_digested", TABLE, sha256="X"),
    running(
        "sources_backuptaken_pkey",
        TABLE,
        f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE id = %(row)s",
        given=_row,
        why="the same key",
    ),
    *(
        running("backup_taken_kept", TABLE, statement, given=_row, by="owner", why=statement)
        for statement in (
            f"UPDATE {TABLE} SET size = 9 WHERE id = %(row)s",
            f"DELETE FROM {TABLE} WHERE id = %(row)s",
        )
    ),
]
