"""What PostgreSQL's catalogue must say of every table of ours, also of tables that are yet to come."""

import re
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from annotator.database_roles import APP_FUNCTIONS
from tests.factories import World

from .catalogue import (
    OURS,
    Guard,
    guards,
    keys_without_their_project,
    tables_of_projects,
    tables_that_point_to_no_project,
    tables_without_a_project,
)
from .histories import NOT_RECORDED, RECORDED
from .test_attempts import ATTEMPTS

# Foreign keys within a project that do not name it, and why nothing can cross there.
KEEPS_ITS_PROJECT_OTHERWISE = {
    "block_repeats_same_snapshot": "names the snapshot, whose project block_snapshot_same_project holds",
    "sentence_block_same_snapshot": "names the snapshot, whose project sentence_snapshot_same_project holds",
    "annotation_first_sentence_linked": "names its own link, held by annotation_sentence_link_same_snapshot",
    "annotation_claim_owner": "the same annotation: claim_annotation_same_project",
    "annotation_actor_owner": "the same annotation: mention_annotation_same_project",
    "annotation_event_owner": "the same annotation: event_mention_annotation_same_project",
    "annotation_support_owner": "the same annotation: support_annotation_same_project",
    "claim_annotation_is_a_claim": "the same annotation: claim_annotation_same_project",
    "mention_annotation_is_an_actor": "the same annotation: mention_annotation_same_project",
    "event_mention_annotation_is_an_event": "the same annotation: event_mention_annotation_same_project",
    "support_annotation_is_supporting": "the same annotation: support_annotation_same_project",
}
# Tables of ours that belong to no project, and may be pointed to from any.
OF_NO_PROJECT = {
    "sources_user",
    "sources_apitoken",
    "sources_project",
    "sources_host",
    "sources_siterules",
    "sources_backuptaken",
}
POINTS_TO_NONE = {"sources_change"}
"""History outlives what it tells of."""


@pytest.fixture
def found(world: World) -> list[Guard]:
    with connection.cursor() as cursor:
        return guards(cursor)


def _asked(sql: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def test_every_table_is_of_a_project_or_said_to_be_of_none(world: World) -> None:
    with connection.cursor() as cursor:
        of_projects = tables_of_projects(cursor)
    ours = {
        m._meta.db_table for app in ("sources", "annotator") for m in apps.get_app_config(app).get_models()
    }
    assert ours == of_projects | OF_NO_PROJECT


def test_every_foreign_key_of_a_project_carries_its_project(found: list[Guard]) -> None:
    assert len([g for g in found if g.kind == "foreign key" and g.target not in OF_NO_PROJECT]) > 50
    assert keys_without_their_project(found, OF_NO_PROJECT) == set(KEEPS_ITS_PROJECT_OTHERWISE)


PLANTED = {
    "names a claim without its project": "project_id bigint REFERENCES sources_project,"
    " claim_id bigint CONSTRAINT planted REFERENCES annotator_claim",
    "holds its project to something else": "project_id bigint REFERENCES sources_project,"
    " actor_id bigint, other bigint,"
    " CONSTRAINT planted FOREIGN KEY (other, actor_id) REFERENCES annotator_actor (project_id, id)",
    "names its project against no project": "project_id bigint CONSTRAINT planted REFERENCES annotator_claim",
}


@pytest.mark.parametrize("columns", PLANTED.values(), ids=PLANTED)
def test_a_planted_table_whose_key_lacks_its_project_is_found(
    world: World, owner_transaction: psycopg.Connection, columns: str
) -> None:
    cursor = owner_transaction.cursor()
    cursor.execute(f"CREATE TABLE annotator_planted ({columns})")
    found = guards(cursor)
    assert keys_without_their_project(found, OF_NO_PROJECT) - set(KEEPS_ITS_PROJECT_OTHERWISE) == {"planted"}
    assert tables_without_a_project(cursor, OF_NO_PROJECT) == set()


def test_a_planted_table_of_no_project_is_found(world: World, owner_transaction: psycopg.Connection) -> None:
    cursor = owner_transaction.cursor()
    assert tables_without_a_project(cursor, OF_NO_PROJECT) == set()
    cursor.execute("CREATE TABLE annotator_stray (claim_id bigint REFERENCES annotator_claim)")
    cursor.execute("CREATE TABLE annotator_loose (project_id bigint)")
    assert tables_without_a_project(cursor, OF_NO_PROJECT) == {"annotator_stray"}
    loose = tables_that_point_to_no_project(cursor, guards(cursor))
    assert loose == {"annotator_loose"} | POINTS_TO_NONE


def test_the_reasons_name_constraints_that_carry_the_project(found: list[Guard]) -> None:
    carrying = {g.name for g in found if g.kind == "foreign key" and "project_id" in g.columns}
    for name, reason in KEEPS_ITS_PROJECT_OTHERWISE.items():
        assert any(word.strip(",") in carrying for word in reason.split()), name


def test_every_row_of_a_project_points_to_it(found: list[Guard], world: World) -> None:
    with connection.cursor() as cursor:
        assert tables_that_point_to_no_project(cursor, found) == POINTS_TO_NONE


def test_nothing_cascades(found: list[Guard]) -> None:
    keys = [g for g in found if g.kind == "foreign key"]
    assert {g.on_delete for g in keys} == {"aa"}, "NO ACTION on delete and on update"
    foreign = _asked(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text ~ %s"
        " AND confdeltype <> 'a'",
        OURS,
    )
    assert foreign == []


def test_every_trigger_fires_whatever_the_session_says(found: list[Guard]) -> None:
    triggers = [g for g in found if g.kind == "trigger"]
    assert len(triggers) > 100
    assert {g.on_delete for g in triggers} == {"A"}


def test_every_table_of_a_project_is_in_the_history_or_says_why_not(found: list[Guard], world: World) -> None:
    with connection.cursor() as cursor:
        of_projects = tables_of_projects(cursor)
    assert set(RECORDED) | set(NOT_RECORDED) == of_projects | {"sources_project"}
    assert not set(RECORDED) & set(NOT_RECORDED)
    recorded = {g.table for g in found if g.name == "history_insert"}
    assert recorded == set(RECORDED)


# (table, event) that the app's role may do also where the project is archived, and why.
WHILE_ARCHIVED = {
    ("annotator_release", "INSERT"): "releases are made of what is archived: one is needed to purge it",
    ("annotator_release", "UPDATE"): "so are they marked ready, and downloaded",
    ("sources_membership", "DELETE"): "people leave, and are removed, at any time",
    ("sources_project", "INSERT"): "makes a project, which is not archived",
    ("sources_project", "UPDATE"): "opens it again",
}
MAY = """
SELECT c.relname, e.event FROM pg_class c, (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) e(event)
WHERE c.relname = ANY (%s) AND c.relnamespace = 'public'::regnamespace
  AND (has_table_privilege('sourceline_app', c.oid, e.event)
       OR (e.event <> 'DELETE' AND has_any_column_privilege('sourceline_app', c.oid, e.event)))
"""
HOLDS = """
SELECT r.relname, e.event FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
  JOIN pg_proc f ON f.oid = t.tgfoid, (VALUES ('INSERT', 4), ('DELETE', 8), ('UPDATE', 16)) e(event, bit)
WHERE t.tgenabled = 'A' AND t.tgtype & e.bit <> 0
  AND f.proname IN ('sourceline_write_history', 'sourceline_archived_stays')
"""


def test_what_the_app_may_write_in_a_project_it_may_not_once_that_is_archived(world: World) -> None:
    with connection.cursor() as cursor:
        of_projects = tables_of_projects(cursor) | {"sources_project"}
    may, held = set(_asked(MAY, sorted(of_projects))), set(_asked(HOLDS))
    assert len(may) > 90
    assert may - held == set()
    open_still = {pair for pair in WHILE_ARCHIVED if pair in may}
    assert open_still == set(WHILE_ARCHIVED), "an exception that is none"


def test_functions_that_run_as_the_owner_are_closed_to_the_app(world: World) -> None:
    """Also as a trigger: whoever may execute one can hang it on a temporary table of their own."""
    functions = _asked(
        "SELECT proname, has_function_privilege('sourceline_app', oid, 'EXECUTE'), proconfig::text"
        " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    assert len(functions) > 4
    assert {name for name, open_, _ in functions if open_} == APP_FUNCTIONS
    for name, _, settings in functions:
        assert "search_path=pg_catalog, public, pg_temp" in settings, name


def test_functions_of_ours_say_where_they_look(world: World) -> None:
    loose = _asked(
        "SELECT proname FROM pg_proc WHERE proname LIKE 'sourceline%%' AND proconfig IS NULL AND %s", True
    )
    assert loose == []


def test_the_rules_in_the_data_model_are_the_databases(found: list[Guard]) -> None:
    """Every rule that docs/data-model.md names is a guard, or what one of its functions refuses by."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "data-model.md").read_text()
    section = page.split("## Rules that PostgreSQL holds")[1].split("\n## ")[0]
    named = set(re.findall(r"`([a-z_]+)`", section.split("|---|---|")[1])) - APP_FUNCTIONS
    known = {g.name for g in found} | {a.rule for a in ATTEMPTS}
    known |= {"purge_needs_archive", "purge_needs_export", "purge_by_a_manager"}
    known |= {"archived_is_read_only", "changes_need_read_committed"}
    assert len(named) > 40
    assert named <= known, named - known
