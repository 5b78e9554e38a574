"""Attempts to remember two meanings of the same columns, or to say one of other columns."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "sources_columnmapping"


def _row(world: World, cursor: Any) -> dict[str, Any]:
    return {"row": rows.another(cursor, world, TABLE), "there": world.there.project.pk}


ATTEMPTS: list[Attempt] = [
    adding("sources_columnmapping_by_id_20a5e19f_fk_sources_user_id", TABLE, by_id=-1),
    adding("sources_columnmapping_project_id_90527198_fk_sources_project_id", TABLE, project_id=-1),
    adding("column_mapping_key", TABLE, key="A" * 64, why="no digest"),
    adding("column_mapping_key", TABLE, key="abc", why="a short digest"),
    running(
        "column_mapping_once",
        TABLE,
        f"INSERT INTO {TABLE} (uuid, project_id, key, names, meaning, by_id, version)"
        " SELECT gen_random_uuid(), project_id, key, names, meaning, by_id, 1"
        f" FROM {TABLE} WHERE id = %(row)s",
        given=_row,
        why="the same columns twice",
    ),
    *(
        running(
            "column_mapping_stays_with_its_columns",
            TABLE,
            f"UPDATE {TABLE} SET {change}, version = version + 1 WHERE id = %(row)s",
            given=_row,
            by="owner",
            why=change,
        )
        for change in (
            "uuid = gen_random_uuid()",
            "project_id = %(there)s",
            "key = repeat('a', 64)",
            "names = '{Other}'",
        )
    ),
    running(
        "column_mapping_version_counts_up",
        TABLE,
        f"UPDATE {TABLE} SET meaning = '{{}}' WHERE id = %(row)s",
        given=_row,
        why="the same version again",
    ),
]
