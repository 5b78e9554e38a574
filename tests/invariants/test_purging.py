"""Purging: the one way to remove a project, and all that it does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.models.functions import Now

from annotator.actions import codes
from annotator.actions.projects import open_project
from annotator.actions.releases import note_download
from annotator.intents.codebook import parse_new_code
from annotator.models import Claim, Release
from annotator.queries.heard import bring_up_to_date
from sources.actions import refuse_reprint
from sources.models import ArticleAddress, BackupTaken, Change, Membership, Project
from tests.factories import World, stored

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


EVERYTHING = {
    "statuses": ["draft", "submitted", "accepted", "rejected", "disputed"],
    "published": {"from": "", "to": "", "first_day": None, "last_day": None},
    "speakers": [],
    "topics": [],
    "with_texts": True,
}


def _exported(project: Project, *, taken_away: bool = True, **filters: Any) -> Release:
    """A release of everything, but for `filters`, that was asked for, is ready and was downloaded now."""
    made = {"state": "ready", "file_name": "a.zip", "size": 4, "sha256": "0" * 64, "ready_at": Now()}
    taken = {"downloaded_at": Now(), "downloaded_by": project.memberships.get(role="manager").user}
    return Release.objects.create(
        project=project,
        number=7,
        title="All",
        filter=EVERYTHING | filters,
        **made,
        **(taken if taken_away else {}),
    )


def _age(owner: Any, project: Project, days: int, *, exported: bool = True) -> None:
    """Time does not pass in tests: only the owner, with the guard off, can archive in the past."""
    if exported:
        _exported(project)
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


def _named(owner: Any, project: Project) -> set[str]:
    """Tables, of all there are, in which a row still names the project, as the catalogue knows its columns:
    by a foreign key to the project, or by a column of that name."""
    pointing = owner.execute(
        """
        SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
         WHERE c.contype = 'f' AND c.confrelid = 'sources_project'::regclass
        UNION
        SELECT a.attrelid::regclass::text, a.attname FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid
         WHERE a.attname = 'project_id' AND r.relkind = 'r' AND r.relnamespace = 'public'::regnamespace
        """
    ).fetchall()
    assert len(pointing) > 40
    left = {
        table
        for table, column in pointing
        if owner.execute(
            f'SELECT EXISTS (SELECT FROM {table} WHERE "{column}" = %s)', [project.pk]
        ).fetchone()[0]
    }
    return left


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


@pytest.mark.lengthy
def test_takes_everything_of_the_project_and_nothing_else(committed: World, owner_cursor: Any) -> None:
    here, there = committed.here.project, committed.there.project
    tables = tables_of_projects(owner_cursor)
    for project in (here, there):  # counted, and then something was changed
        bring_up_to_date(project.pk)
        Claim.objects.filter(project=project, status="submitted").update(status="disputed")
    before = _digests(owner_cursor, tables, there)
    assert all(count for count, _ in _digests(owner_cursor, tables, here).values()), "a row in every table"
    assert all(count for count, _ in before.values())
    people = owner_cursor.execute("SELECT count(*) FROM sources_user").fetchone()
    _age(owner_cursor, here, 31)
    _purge(committed, here)
    left = {table: count for table, (count, _) in _digests(owner_cursor, tables, here).items()}
    assert left.pop("sources_change") == 1, "of the project's own table, as all of the others"
    assert _named(owner_cursor, here) == {"sources_change"}
    assert set(left.values()) == {0}, left
    assert _digests(owner_cursor, tables, there) == before
    assert not Project.objects.filter(pk=here.pk).exists()
    assert owner_cursor.execute("SELECT count(*) FROM sources_user").fetchone() == people


def test_leaves_one_row_in_the_history(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    claims = Claim.objects.filter(project=here).count()
    _age(owner_cursor, here, 31)
    _purge(committed, here)
    (row,) = Change.objects.filter(project_id=here.pk)
    assert (row.operation, row.table, row.row_id) == ("PURGE", "sources_project", here.pk)
    assert row.user_id == committed.manager.pk
    assert row.before["slug"] == "here"
    assert row.after["export"]["kind"] == "release"
    rows = row.after["rows"]
    assert rows["annotator_claim"] == claims and rows["sources_change"] > 100
    assert all(isinstance(count, int) for count in rows.values())


def test_refuses_somebody_who_does_not_manage_it(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31)
    for user in (committed.reviewer, committed.stranger):
        with (
            pytest.raises(IntegrityError) as refusal,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(PURGE, [here.pk, user.pk])
        assert _rule(refusal.value) == "purge_by_a_manager"


@pytest.mark.parametrize(
    "filters",
    [
        {"statuses": ["accepted"]},
        {"with_texts": False},
        {"speakers": [{"id": "x", "name": "y"}]},
        {"topics": [{"id": "x", "name": "y"}]},
        {"published": {"from": "2020", "to": ""}},
    ],
)
def test_refuses_what_was_exported_in_part(
    committed: World, owner_cursor: Any, filters: dict[str, Any]
) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31, exported=False)
    _exported(here, **filters)
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, here)
    assert _rule(refusal.value) == "purge_needs_export"
    assert Project.objects.filter(pk=here.pk).exists()


def test_refuses_a_release_that_nobody_downloaded(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31, exported=False)
    made = _exported(here, taken_away=False)
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, here)
    assert _rule(refusal.value) == "purge_needs_export"
    note_download(by=committed.manager, release=made)
    _purge(committed, here)
    told = Change.objects.get(project_id=here.pk).after["export"]
    assert told["downloaded_by"] == committed.manager.pk and told["downloaded_at"] >= told["at"]


@pytest.mark.parametrize("said", ["now() + interval '1 day'", "now() - interval '32 days'"])
def test_refuses_a_download_at_another_time(committed: World, owner_cursor: Any, said: str) -> None:
    """What the app's role may write says nothing of a download yet to come, or before it was archived."""
    here = committed.here.project
    _age(owner_cursor, here, 31, exported=False)
    made = _exported(here, taken_away=False)
    owner_cursor.execute("ALTER TABLE annotator_release DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE annotator_release SET ready_at = now() - interval '33 days'")
    owner_cursor.execute("ALTER TABLE annotator_release ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE annotator_release SET downloaded_at = {said}, downloaded_by_id = %s WHERE id = %s",
            [committed.manager.pk, made.pk],
        )
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, here)
    assert _rule(refusal.value) == "purge_needs_export"


def test_refuses_what_was_exported_before_it_was_archived(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31)
    owner_cursor.execute("ALTER TABLE annotator_release DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE annotator_release SET created_at = now() - interval '32 days'")
    BackupTaken.objects.create(began_at=Now() - timedelta(days=32), sha256="0" * 64, size=1)
    BackupTaken.objects.create(began_at=Now(), sha256="0" * 64, size=1)
    owner_cursor.execute("ALTER TABLE sources_backuptaken DISABLE TRIGGER USER")
    owner_cursor.execute("UPDATE sources_backuptaken SET began_at = began_at - interval '32 days'")
    with pytest.raises(IntegrityError) as refusal:
        _purge(committed, here)
    assert _rule(refusal.value) == "purge_needs_export"


def test_a_backup_of_the_installation_is_an_export(committed: World, owner_cursor: Any) -> None:
    here = committed.here.project
    _age(owner_cursor, here, 31, exported=False)
    BackupTaken.objects.create(began_at=Now(), sha256="0" * 64, size=1)
    _purge(committed, here)
    assert Change.objects.get(project_id=here.pk).after["export"]["kind"] == "backup"


def test_in_an_archived_project_nothing_is_written(committed: World) -> None:
    """But for exports of it, and for people who leave it."""
    here = committed.here
    Project.objects.filter(pk=here.project.pk).update(archived_at=Now())
    for statement in (
        "UPDATE annotator_claim SET paraphrase = 'x' WHERE project_id = %s",
        "UPDATE sources_membership SET role = 'viewer' WHERE project_id = %s AND role = 'reviewer'",
        "INSERT INTO sources_invitation"
        " (uuid, project_id, role, email, uses_most, token_sha256, token_prefix, expires_at, made_by_id)"
        " SELECT gen_random_uuid(), project_id, role, '', 1, repeat('a', 64), '', expires_at, made_by_id"
        " FROM sources_invitation WHERE project_id = %s",
        "DELETE FROM annotator_savedsearch WHERE project_id = %s",
        f"SELECT set_config('sourceline.purge', '{here.project.pk}', false);"
        "UPDATE annotator_claim SET paraphrase = 'x' WHERE project_id = %s",
    ):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [here.project.pk])
        assert _rule(refusal.value) == "archived_is_read_only", statement
    _exported(here.project)
    assert Membership.objects.filter(project=here.project, user=committed.reviewer).delete()[0] == 1
    Claim.objects.filter(project=committed.there.project).update(paraphrase="still worked on")
    Project.objects.filter(pk=here.project.pk).update(archived_at=None)
    Claim.objects.filter(project=here.project).update(paraphrase="open again")


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


def test_what_holds_nothing_needs_no_export(committed: World, owner_cursor: Any) -> None:
    """As a project is when it is opened: neither with a text nor with codes of its own."""
    by = committed.manager
    empty, with_a_text, with_codes = (open_project(by=by, name=x, slug=x) for x in ("bare", "text", "codes"))
    stored(by, with_a_text, "A bridge is shut")
    codes.make(by=by, project=with_codes, new=parse_new_code({"facet": "topic", "name": "Weirs"}))
    for project in (empty, with_a_text, with_codes):
        _age(owner_cursor, project, 31, exported=False)
    for project in (with_a_text, with_codes):
        with pytest.raises(IntegrityError) as refusal:
            _purge(committed, project)
        assert _rule(refusal.value) == "purge_needs_export"
    _purge(committed, empty)
    assert not Project.objects.filter(pk=empty.pk).exists()
    assert Change.objects.get(project_id=empty.pk).after["export"]["kind"] == "nothing"


def owner_delete(project: Project) -> None:
    from annotator.database_roles import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotator_claim WHERE project_id = %s", [project.pk])
