"""Attempts to rewrite what was handed over to be taken in, or what became of it."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

INTAKE, ITEM = "sources_intake", "sources_intakeitem"


def _made(table: str, **values: Any) -> Any:
    def given(world: World, cursor: Any) -> dict[str, Any]:
        made = rows.another(cursor, world, table, **values)
        return {"row": made, "there": world.there.project.pk, "other": world.reviewer.pk}

    return given


def _changed(rule: str, change: str, **values: Any) -> Attempt:
    statement = f"UPDATE {INTAKE} SET {change} WHERE id = %(row)s"
    return running(rule, INTAKE, statement, given=_made(INTAKE, **values), by="owner", why=change)


ATTEMPTS: list[Attempt] = [
    adding("sources_intake_by_id_b3e03f85_fk_sources_user_id", INTAKE, by_id=-1),
    adding("sources_intake_project_id_21f4537a_fk_sources_project_id", INTAKE, project_id=-1),
    adding("intake_finished_at_its_end", INTAKE, state="done", why="done at no time"),
    adding("intake_finished_at_its_end", INTAKE, finished_at="now", why="waits and is over"),
    *(
        _changed("intake_stays_what_it_is", change)
        for change in (
            "uuid = gen_random_uuid()",
            "project_id = %(there)s",
            "by_id = %(other)s",
            "method = 'command'",
            "name = 'other'",
            "created_at = now() - interval '1 day'",
        )
    ),
    _changed("intake_over_is_over", "state = 'running', finished_at = NULL", state="done", finished_at="now"),
    _changed("intake_over_is_over", "expected = 7", state="stopped", finished_at="now"),
    _changed("intake_read_as_it_was_asked", 'options = \'{"outlet": "X"}\'', state="running"),
    running(
        "intake_kept", INTAKE, f"DELETE FROM {INTAKE} WHERE id = %(row)s", given=_made(INTAKE), by="owner"
    ),
    adding("intake_outcome_known", ITEM, outcome="else", why="unknown word"),
    adding(
        "intake_item_taken_or_refused", ITEM, article_id=None, snapshot_id=None, why="new, and no article"
    ),
    adding("intake_item_taken_or_refused", ITEM, snapshot_id=None, why="new, and no text"),
    adding(
        "intake_item_taken_or_refused", ITEM, outcome="refused", told='{"why": "X"}', why="refused, and taken"
    ),
    adding(
        "intake_item_refused_says_why",
        ITEM,
        outcome="refused",
        article_id=None,
        snapshot_id=None,
        why="refused, and nobody knows why",
    ),
    adding(
        "intake_item_snapshot_of_its_article",
        ITEM,
        snapshot_id=lambda w: w.here.second_snapshot.pk,
        why="another article's text",
    ),
    adding(
        "intake_item_snapshot_of_its_article",
        ITEM,
        article_id=lambda w: w.there.article.pk,
        snapshot_id=lambda w: w.there.snapshot.pk,
        why="another project's article",
    ),
    running(
        "intake_item_intake_same_project",
        ITEM,
        f"INSERT INTO {ITEM} (project_id, intake_id, position, name, address, outcome, told, article_id,"
        " snapshot_id) SELECT %(here)s, %(intake)s, 0, 'X', '', 'new', '{}', %(article)s, %(snapshot)s",
        given=lambda world, cursor: {
            "here": world.here.project.pk,
            "article": world.here.article.pk,
            "snapshot": world.here.snapshot.pk,
            "intake": rows.another(cursor, world, INTAKE, side=world.there),
        },
        why="an item of another project's intake",
    ),
    running(
        "intake_position_once",
        ITEM,
        f"INSERT INTO {ITEM} (project_id, intake_id, position, name, address, outcome, told, article_id,"
        " snapshot_id) SELECT project_id, intake_id, position, 'X', '', 'new', '{}', article_id, snapshot_id"
        f" FROM {ITEM} WHERE id = %(row)s",
        given=_made(ITEM),
        why="a position twice",
    ),
    *(
        running("intake_item_immutable", ITEM, statement, given=_made(ITEM), by="owner", why=statement[:40])
        for statement in (
            f"UPDATE {ITEM} SET outcome = 'known' WHERE id = %(row)s",
            f"DELETE FROM {ITEM} WHERE id = %(row)s",
        )
    ),
    running(
        "intake_item_immutable",
        ITEM,
        f"TRUNCATE {ITEM}",
        holder="intake_item_immutable_truncate",
        by="owner",
    ),
]
