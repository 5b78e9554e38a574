"""Purging: the one way to remove a project, and all that it does."""

from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from sources.actions import refuse_reprint
from sources.models import ArticleAddress, Change, Project
from tests.factories import World

from .catalogue import tables_of_projects

PURGE = "SELECT sourceline_purge_project(%s, %s)"


@pytest.fixture
def committed(committed_world: World) -> World:
    for side in (committed_world.here, committed_world.there):
        one, other = side.article, side.second_article
        refuse_reprint(by=committed_world.manager, article=other, original=one)
        ArticleAddress.objects.create(project=side.project, article=one, key="a" * 64)
    return committed_world


def _rule(error: BaseException) -> str:
    return error.__cause__.diag.constraint_name  # type: ignore[union-attr]


def _purge(world: World, project: Project) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PURGE, [project.pk, world.manager.pk])


def _age(owner: Any, project: Project, days: int) -> None:
    """Time does not pass in tests: only the owner, with the guard off, can archive in the past."""
    owner.execute("ALTER TABLE sources_project DISABLE TRIGGER project_archived_now")
    owner.execute(
        "UPDATE sources_project SET archived_at = now() - make_interval(days => %s) WHERE id = %s",
        [days, project.pk],
    )
    owner.execute("ALTER TABLE sources_project ENABLE ALWAYS TRIGGER project_archived_now")


def _digests(owner: Any, tables: set[str], project: Project) -> dict[str, tuple[int, str]]:
    """Rows and their digest, by table."""
    return {
        table: owner.execute(
            f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
            f" FROM {table} t WHERE project_id = %s",
            [project.pk],
        ).fetchone()
        for table in sorted(tables)
    }


def test_refuses_a_project_that_is_not_archived(committed: World) -> None:
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, committed.here.project)
    assert _rule(refusal.value) == "purge_needs_archive"


def test_refuses_a_project_archived_29_days_ago(committed: World, owner_cursor: Any) -> None:
    _age(owner_cursor, committed.here.project, 29)
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, committed.here.project)
    assert _rule(refusal.value) == "purge_needs_archive"
    assert Project.objects.filter(pk=committed.here.project.pk).exists()


def test_refuses_a_project_that_is_not_there(committed: World) -> None:
    with pytest.raises(Error) as refusal:
        _purge(committed, Project(pk=99_999))
    assert _rule(refusal.value) == "purge_needs_project"


def test_the_app_archives_now_and_at_no_other_time(committed: World) -> None:
    for past in ("now() - interval '31 days'", "'-infinity'"):
        with pytest.raises(IntegrityError) as refusal, connection.cursor() as cursor:
            cursor.execute(f"UPDATE sources_project SET archived_at = {past}")
        assert _rule(refusal.value) == "project_archived_now"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sources_project SET archived_at = now()")
        cursor.execute("UPDATE sources_project SET name = name || '!'")


def test_takes_everything_of_the_project_and_nothing_else(committed: World, owner_cursor: Any) -> None:
    here, there = committed.here.project, committed.there.project
    tables = tables_of_projects(owner_cursor)
    before = _digests(owner_cursor, tables, there)
    assert all(count for count, _ in _digests(owner_cursor, tables, here).values()), "a row in every table"
    assert all(count for count, _ in before.values())
    people = owner_cursor.execute("SELECT count(*) FROM sources_user").fetchone()
    _age(owner_cursor, here, 31)
    _purge(committed, here)
    left = {table: count for table, (count, _) in _digests(owner_cursor, tables, here).items()}
    assert left.pop("sources_change") == 1
    assert set(left.values()) == {0}, left
    assert _digests(owner_cursor, tables, there) == before
    assert not Project.objects.filter(pk=here.pk).exists()
    assert owner_cursor.execute("SELECT count(*) FROM sources_user").fetchone() == people


def test_leaves_one_row_in_the_history(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31)
    _purge(committed, here)
    (row,) = Change.objects.filter(project_id=here.pk)
    assert (row.operation, row.table, row.row_id) == ("PURGE", "sources_project", here.pk)
    assert row.user_id == committed.manager.pk
    assert row.before["slug"] == "here"
    assert row.after is None


def test_leaves_the_guards_on_afterwards(committed: World, owner_cursor: Any) -> None:
    """In the same transaction too: nothing else can be deleted, not even of the purged project's number."""
    here, there = committed.here.project, committed.there.project
    _age(owner_cursor, here, 31)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PURGE, [here.pk, committed.manager.pk])
        cursor.execute("SELECT current_setting('sourceline.purge', true)")
        assert cursor.fetchone() == ("",)
    with pytest.raises(IntegrityError) as refusal:
        owner_delete(there)
    assert _rule(refusal.value) == "claim_withdrawn_not_deleted"


def owner_delete(project: Project) -> None:
    from annotator.database_roles import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotator_claim WHERE project_id = %s", [project.pk])
