"""Attempts to make events one, or two, otherwise than their merges say; and to rewrite who merged what."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

RECORDED = "event_merge_recorded"


def _there(world: World) -> int:
    return world.there.event.pk


def _two(world: World, cursor: Any) -> dict[str, Any]:
    """A merge in force and a further event that is merged into nothing."""
    return {
        "merge": rows.another(cursor, world, "annotator_eventmerge"),
        "free": rows.another(cursor, world, "annotator_event"),
        "event": world.here.event.pk,
        "project": world.here.project.pk,
    }


def _changed(change: str, **more: Any) -> Attempt:
    return running(
        "event_merge_only_undone",
        "annotator_eventmerge",
        f"UPDATE annotator_eventmerge SET {change} WHERE id = %(merge)s",
        given=lambda world, cursor: {"merge": rows.another(cursor, world, "annotator_eventmerge", **more)},
        by="owner" if more else "app",
    )


NOBODY = 99_999
MERGES, COMPARISONS = "annotator_eventmerge", "annotator_eventcomparison"
UNDONE: dict[str, Any] = {"undone_at": "now"}
PEOPLE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("annotator_eventmerge_by_id_d6336ff2_fk_sources_user_id", MERGES, "by_id", {}),
    ("annotator_eventmerge_undone_by_id_559e8a24_fk_sources_user_id", MERGES, "undone_by_id", UNDONE),
    ("annotator_eventcomparison_by_id_ce281d48_fk_sources_user_id", COMPARISONS, "by_id", {}),
]
ATTEMPTS: list[Attempt] = [
    adding("event_merged_into_survivor", "annotator_event", merged_into_id=_there),
    adding(
        RECORDED,
        "annotator_event",
        holder="event_merges_agree_insert",
        merged_into_id=lambda w: w.here.event.pk,
        why="merged from the start, and nobody did it",
    ),
    running(
        RECORDED,
        "annotator_event",
        "UPDATE annotator_event SET merged_into_id = %(event)s, version = version + 1 WHERE id = %(free)s",
        holder="event_merges_agree_update",
        given=_two,
        why="merged, and nobody did it",
    ),
    running(
        RECORDED,
        MERGES,
        "INSERT INTO annotator_eventmerge (uuid, project_id, merged_id, survivor_id, reason)"
        " VALUES (gen_random_uuid(), %(project)s, %(free)s, %(event)s, '')",
        holder="event_merges_agree",
        given=_two,
        why="a merge that changed nothing",
    ),
    running(
        RECORDED,
        MERGES,
        "UPDATE annotator_eventmerge SET undone_at = now() WHERE id = %(merge)s",
        holder="event_merges_agree",
        given=_two,
        why="undone, and still merged",
    ),
    running(
        "event_merged_once_at_a_time",
        MERGES,
        "INSERT INTO annotator_eventmerge (uuid, project_id, merged_id, survivor_id, reason)"
        " SELECT gen_random_uuid(), project_id, merged_id, survivor_id, '' FROM annotator_eventmerge"
        " WHERE id = %(merge)s",
        given=_two,
    ),
    adding("event_merge_of_two", MERGES, merged_id=lambda w: w.here.event.pk),
    adding("event_merge_merged_same_project", MERGES, merged_id=_there, undone_at="now"),
    adding("event_merge_survivor_same_project", MERGES, survivor_id=_there, undone_at="now"),
    _changed("reason = 'other'"),
    _changed("at = now() - interval '1 day'"),
    _changed("undone_at = NULL", undone_at="now"),
    running(
        "event_merge_kept",
        MERGES,
        "DELETE FROM annotator_eventmerge WHERE id = %(merge)s",
        given=lambda world, cursor: {"merge": rows.another(cursor, world, MERGES, undone_at="now")},
        by="owner",
    ),
    adding("event_sameness_known", COMPARISONS, sameness="else"),
    adding("event_comparison_in_order", COMPARISONS, other_id=lambda w: w.here.event.pk),
    running(
        "event_comparison_once",
        COMPARISONS,
        "INSERT INTO annotator_eventcomparison (project_id, one_id, other_id, sameness, note)"
        " SELECT project_id, one_id, other_id, 'perhaps', '' FROM annotator_eventcomparison"
        " WHERE id = %(pair)s",
        given=lambda world, cursor: {"pair": rows.another(cursor, world, COMPARISONS)},
    ),
    adding("event_comparison_one_same_project", COMPARISONS, one_id=_there),
    adding("event_comparison_other_same_project", COMPARISONS, other_id=_there),
    *(adding(rule, table, **{column: NOBODY}, **more) for rule, table, column, more in PEOPLE),
]
