"""Attempts to tell a claim apart from itself, from another project's, twice, or to say so otherwise later."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "annotator_toldapart"
BY = "annotator_toldapart_by_id_2a4bebed_fk_sources_user_id"


def _made(world: World, cursor: Any) -> dict[str, Any]:
    return {"row": rows.another(cursor, world, TABLE)}


ATTEMPTS: list[Attempt] = [
    adding(BY, TABLE, by_id=-1),
    adding(
        "told_apart_in_order", TABLE, other_id=lambda w: min(w.here.claim.pk, w.here.lone.pk), why="itself"
    ),
    adding("told_apart_one_same_project", TABLE, one_id=1, why="no claim"),
    adding(
        "told_apart_other_same_project", TABLE, other_id=lambda w: w.there.second_claim.pk, why="another's"
    ),
    running(
        "told_apart_once",
        TABLE,
        f"INSERT INTO {TABLE} (project_id, one_id, other_id, by_id)"
        f" SELECT project_id, one_id, other_id, by_id FROM {TABLE} WHERE id = %(row)s",
        given=_made,
        why="the same two again",
    ),
    running(
        "told_apart_as_it_was_said",
        TABLE,
        f"UPDATE {TABLE} SET at = now() - interval '1 day' WHERE id = %(row)s",
        given=_made,
        by="owner",
    ),
]
