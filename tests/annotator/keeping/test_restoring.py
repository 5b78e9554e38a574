"""A backup restored is what was backed up: rows, rules, rights and files; or it changed nothing."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from annotator import preparation
from annotator.database_roles import PRIVILEGES, as_owner, refuse_unsafe_role
from annotator.keeping import archive, files, restoring, taking
from annotator.keeping.digests import differing, digest_of_all, tables_now
from annotator.keeping.manifest import Table
from sources.models import Project, Publication, User
from tests.annotator.keeping.conftest import RELEASE, Origin
from tests.annotator.keeping.forging import copied
from tests.databases import pointed_at

CATALOGUE = {
    "tables": """
        SELECT c.relname, c.relkind, c.relacl::text, a.attname, format_type(atttypid, atttypmod), attnotnull,
               attacl::text, attgenerated, pg_get_expr(adbin, adrelid)
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
          LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = attnum
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, convalidated, condeferrable, condeferred,
               pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgenabled, pg_get_triggerdef(t.oid) FROM pg_trigger t
          JOIN pg_class c ON c.oid = tgrelid
         WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal""",
    "functions": """
        SELECT pg_get_functiondef(oid), proowner::regrole::text,
               (SELECT string_agg(x.grantee::regrole::text || x.privilege_type, ' ' ORDER BY 1)
                  FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) x)
          FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "numbers": "SELECT schemaname, sequencename, last_value FROM pg_sequences",
    "statistics": "SELECT stxname, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext",
}


def catalogue() -> dict[str, list[tuple[object, ...]]]:
    with connection.cursor() as cursor:
        found = {}
        for what, question in CATALOGUE.items():
            cursor.execute(question)
            found[what] = sorted(cursor.fetchall(), key=repr)
        return found


def unlike(
    one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]
) -> list[tuple[str, str]]:
    """What only one of two catalogues has. Reading a condition back adds or drops brackets and casts."""

    def plain(row: tuple[object, ...]) -> str:
        return re.sub(r"::(character varying|text)(\[\])?|[()]", "", repr(row))

    return [(what, row) for what in one for row in {*map(plain, one[what])} ^ {*map(plain, other[what])}]


def state() -> dict[str, Table]:
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        return tables_now(cursor.cursor)


def holds(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for place in ("releases", "imports", *(p.name for p in folder.glob("restor*")))
        for p in [folder / place, *(folder / place).rglob("*")]
        if p.is_file() and p.name != "restoring.lock"
    }


def restored(path: Path, **options: object) -> str:
    out = io.StringIO()
    connections.close_all()
    call_command("restore", path, stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(path: Path, **options: object) -> str:
    with pytest.raises(CommandError) as error:
        restored(path, **options)
    return str(error.value)


@pytest.mark.lengthy
def test_what_comes_back_is_what_was_there(origin: Origin, nothing, embedded_server):
    said = restored(origin.backup)
    there, after = catalogue(), state()
    with pointed_at(embedded_server, origin.database):
        assert not unlike(catalogue(), there)
        assert state() == after
    with archive.opened(origin.backup) as backup:
        assert backup.manifest.tables == after
        (lost,) = backup.manifest.missing
    assert f"Digest of all tables: {digest_of_all(after)}" in said
    assert f"{sum(t.rows for t in after.values()):,} rows, each equal" in said
    assert (
        lost.endswith("/lost.zip") and f"Was not as its release says when the backup was made: {lost}" in said
    )
    kept = holds(origin.folder)
    assert holds(nothing) == {
        name: content for name, content in kept.items() if not name.endswith((".part", ".txt"))
    }
    assert RELEASE in kept.values() and len(kept) == 5
    assert not (nothing / "secret_key").exists()
    for path in nothing.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.lengthy
def test_the_app_works_in_it_within_its_rights_and_nobody_is_signed_in(origin: Origin, nothing):
    restored(origin.backup)
    refuse_unsafe_role()
    project = Project.objects.first()
    project.name = "Written after the restore"
    project.save()  # its history is written by the owner's trigger
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sources_change")
    assert PRIVILEGES["sources_change"] == ("SELECT",)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
    Publication.objects.create(project=project, name="A number that is free")


@pytest.mark.lengthy
def test_one_changed_value_is_noticed(origin: Origin, nothing, monkeypatch):
    """In any table: here the backup says so itself, of a row that was changed on the way."""
    load = restoring._load

    def changing(cursor, text, manifest):
        load(cursor, text, manifest)
        cursor.execute("UPDATE public.sources_project SET name = name || ' '")

    monkeypatch.setattr(restoring, "_load", changing)
    said = refused(origin.backup)
    assert "What came out is not what went in: sources_project has other values in its 2 rows." in said
    assert state() == {}
    assert holds(nothing) == {}


def test_differences_are_told_table_by_table():
    one, more, other = Table(1, 9, "a" * 64), Table(2, 9, "a" * 64), Table(1, 9, "b" * 64)
    assert differing({"t": one}, {"t": one}) == []
    assert differing({"t": one, "u": one, "v": one}, {"t": more, "u": other, "w": one}) == [
        "t has 2 rows, expected 1",
        "u has other values in its 1 rows",
        "v is missing",
        "w is not expected",
    ]


def test_something_is_not_replaced_by_mistake(origin: Origin, other):
    before, held = state(), holds(other)
    said = refused(origin.backup)
    assert "There is something already: 2 projects, " in said and "--over" in said and "releases/" in said
    assert (state(), holds(other)) == (before, held)


@pytest.mark.lengthy
def test_over_what_is_there_replaces_all_of_it(origin: Origin, other, embedded_server):
    restored(origin.backup, over=True)
    after = catalogue()
    with pointed_at(embedded_server, origin.database):
        assert not unlike(catalogue(), after)
    assert sorted(holds(other).values()) == sorted([RELEASE, b"workbook", b"\x00\xff" * 1000])


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"postgres": 99}, "made from PostgreSQL 99, and this server is"),
        (
            {"migrations": (("annotator", "9999_x'; DROP"),), "version": "9.9"},
            "made by a newer Sourceline (9.9)",
        ),
        ({"tables": {}}, "holds more than its manifest says"),
        ({"tables": {"x; DROP TABLE y": Table(0, 10**9, "0" * 64)}}, "annotator_actor is not expected"),
    ],
)
def test_what_cannot_be_restored_changes_nothing(origin: Origin, other, tmp_path, changes, said):
    before, held = state(), holds(other)
    assert said in refused(copied(origin.backup, tmp_path / "forged", **changes), over=True)
    assert (state(), holds(other)) == (before, held)


@pytest.mark.lengthy
def test_a_backup_from_an_older_postgresql_is_restored(origin: Origin, nothing, tmp_path):
    assert "Restored" in restored(copied(origin.backup, tmp_path / "older", postgres=15))


@pytest.mark.parametrize("ending", ["COMMIT; BEGIN", "ROLLBACK; BEGIN", "COMMIT"])
def test_a_database_that_ends_its_transaction_is_refused(origin: Origin, nothing, monkeypatch, ending):
    run = restoring._run

    def ends(cursor, text, manifest):
        run(cursor, text, manifest)
        cursor.execute(ending, prepare=False)

    monkeypatch.setattr(restoring, "_run", ends)
    assert "ends the transaction" in refused(origin.backup)
    assert holds(nothing) == {}


def test_nobody_else_may_be_at_work(origin: Origin, other, embedded_server):
    import psycopg

    with psycopg.connect(embedded_server.url("sourceline_app", "sourceline_other")):
        assert "1 other connections use this database. Stop Sourceline" in refused(origin.backup, over=True)


@pytest.mark.lengthy
def test_who_works_meanwhile_is_in_the_backup_with_all_or_nothing(
    other, embedded_server, tmp_path, monkeypatch
):
    """Rows that come between the snapshot, the dump and the digests are in none of them."""
    kept = files.kept

    def meanwhile(folder):
        import psycopg

        with psycopg.connect(embedded_server.url("sourceline_owner", "sourceline_other")) as writer:
            writer.execute("UPDATE sources_project SET name = 'written meanwhile'")
        yield from kept(folder)

    before = state()
    monkeypatch.setattr(files, "kept", meanwhile)
    call_command("backup", tmp_path / "b", verbosity=0)
    assert state() != before
    restored(tmp_path / "b", over=True)
    assert state() == before


@pytest.mark.lengthy
def test_a_value_that_looks_like_the_end_of_its_table_is_none(other, tmp_path, monkeypatch):
    """Long rows are read in pieces, and a piece may be what ends a table: here at one of three lengths."""
    monkeypatch.setattr(restoring, "CHUNK", 3)
    with as_owner():
        for number in range(3):
            User.objects.create(username=f"u{number}", name=f"{'x' * number}\\.")  # the row's last column
    before = state()
    call_command("backup", tmp_path / "b", verbosity=0)
    restored(tmp_path / "b", over=True)
    assert state() == before


@pytest.mark.slow
def test_a_backup_of_an_older_version_is_brought_up_to_date(other, embedded_server, tmp_path, origin: Origin):
    graph = MigrationLoader(None).graph
    last = max(graph.leaf_nodes("annotator"))
    before = max(parent for parent in graph.node_map[last].parents if parent.key[0] == "annotator").key
    call_command("migrate", *before, verbosity=0)
    call_command("backup", tmp_path / "b", verbosity=0)
    with archive.opened(tmp_path / "b") as backup:
        assert last not in backup.manifest.migrations
    assert "each equal" in restored(tmp_path / "b", over=True)
    refuse_unsafe_role()
    after = catalogue()
    with pointed_at(embedded_server, origin.database):
        assert {what for what, _row in unlike(catalogue(), after)} <= {"numbers"}


def test_an_empty_database_is_no_backup(nothing, tmp_path):
    with pytest.raises(CommandError, match="nothing to back up"):
        call_command("backup", tmp_path / "b")
    assert not list(tmp_path.glob("b*"))


def test_a_dump_that_fails_leaves_nothing_and_says_why(other, tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "LEFT_OUT", frozenset({"django_session"}))
    monkeypatch.setattr("annotator.keeping.programs._conninfo", lambda connection: "host=/nowhere")
    with pytest.raises(CommandError, match=r"pg_dump failed: .*nowhere"):
        call_command("backup", tmp_path / "b")
    assert not list(tmp_path.glob("b*"))


@pytest.mark.parametrize("arguments", [[], ["none"], ["-v", "2", "none"], ["damaged"], ["--over", "damaged"]])
def test_what_is_no_backup_makes_no_data_folder(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("damaged").write_bytes(b"x" * 1000)
    with pytest.raises(
        preparation.CannotPrepare, match=r"none: No such file|cannot be restored|needs the name"
    ):
        preparation.prepare(["manage.py", "restore", *arguments], {"SOURCELINE_DATA": str(tmp_path / "data")})
    assert not (tmp_path / "data").exists()


def test_the_manifest_says_what_it_was_made_from(origin: Origin):
    with archive.opened(origin.backup) as backup:
        said = backup.manifest
    assert (said.version, said.postgres, said.format) == (taking.version(), 18, 1)
    assert ("sources", "0001_tables") in said.migrations or said.migrations
    assert "django_session" not in said.tables and "sources_project" in said.tables
    assert said.rows > 0
