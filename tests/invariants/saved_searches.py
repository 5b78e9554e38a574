"""Attempts to keep a search without a name, twice by one name, for another, or to change whose it is."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "annotator_savedsearch"
OWNER = "annotator_savedsearch_owner_id_3d6ede99_fk_sources_user_id"
PROJECT = "annotator_savedsearch_project_id_d55e0c8a_fk_sources_project_id"


def _row(world: World, cursor: Any) -> dict[str, Any]:
    return {
        "row": rows.another(cursor, world, TABLE),
        "there": world.there.project.pk,
        "person": world.stranger.pk,
    }


def _moved(change: str) -> Attempt:
    statement = f"UPDATE {TABLE} SET {change}, version = version + 1 WHERE id = %(row)s"
    return running("saved_search_stays_its_owners", TABLE, statement, given=_row, why=change)


ATTEMPTS: list[Attempt] = [
    adding("saved_search_name_once", TABLE, name="Cracks", why="the same name"),
    *(
        adding("saved_search_clean", TABLE, why=why, **values)
        for why, values in (
            ("no name", {"name": ""}),
            ("a name of blanks", {"name": "  "}),
            ("a blank before", {"name": " Cracks"}),
            ("a name of two lines", {"name": "a\nb"}),
            ("a search of two lines", {"search": "q=a\nb"}),
        )
    ),
    adding(OWNER, TABLE, owner_id=-1),
    adding(PROJECT, TABLE, project_id=-1),
    *(
        _moved(change)
        for change in (
            "uuid = gen_random_uuid()",
            "project_id = %(there)s",
            "owner_id = %(person)s",
            "search = 'q=other'",
            "created_at = now() - interval '1 day'",
        )
    ),
    running(
        "saved_search_version_counts_up",
        TABLE,
        f"UPDATE {TABLE} SET name = 'other' WHERE id = %(row)s",
        given=_row,
        why="the same version again",
    ),
]
