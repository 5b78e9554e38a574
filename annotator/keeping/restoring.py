"""A restore: one transaction that removes what was there, brings in the backup and proves it, or did nothing.

All that can be undone lies in PostgreSQL's transaction, so a kill at any moment leaves the old database or
the new one, whole. The files follow the commit; `settling` finishes or takes back what a kill left of them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import Error as DjangoError
from psycopg import Error, sql
from psycopg.pq import TransactionStatus

from annotator.database_roles import as_owner, grant_app_role

from . import files, programs
from .archive import CHUNK, Backup
from .digests import LEFT_OUT, differing, tables_now
from .manifest import DUMP, PLACES, Manifest
from .settling import NotRestored, settle_in, turn

_COPY = re.compile(rb'COPY public\.("?)[a-z0-9_]+\1 \((?:"?[a-z0-9_]+"?(?:, )?)+\) FROM stdin;\n', re.ASCII)
_COUNTED = {"project": "sources_project", "article": "sources_article", "claim": "annotator_claim"}

_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
"""
_THINGS = """
    SELECT 'TABLE', oid::regclass::text FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relowner = current_user::regrole
    UNION ALL
    SELECT 'VIEW', oid::regclass::text FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relowner = current_user::regrole
    UNION ALL
    SELECT 'ROUTINE', oid::regprocedure::text FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
    UNION ALL
    SELECT CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, oid::regtype::text FROM pg_type
     WHERE typnamespace = 'public'::regnamespace
       AND (typtype IN ('e', 'd', 'r') 
            OR EXISTS (SELECT FROM pg_class WHERE oid = typrelid AND relkind = 'c'))
       AND typowner = current_user::regrole
"""


def restore(backup: Backup, *, over: bool, tell: Callable[[str], None]) -> None:
    """Put the backup in place of what is there, proved equal before it is.

    Without `over` only where nothing is. Raises NotRestored, Damaged, ProgramFailed or OSError.
    """
    with turn() as folder:
        settle_in(folder)
        with as_owner():
            _refuse_newer(backup.manifest)
            _refuse_company()
            if not over:
                _refuse_what_is_there(folder)
            tell("the files")
            exchange = files.unpacked(backup, folder)
            try:
                with transaction.atomic():
                    bring_in(backup, tell)
                    exchange.note(_transaction())
            except (Error, DjangoError) as error:
                settle_in(folder)
                raise NotRestored(f"The database refused it: {str(error).strip()}") from None
            except BaseException:
                settle_in(folder)
                raise
        exchange.finish()


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    known |= {name for one in loader.replacements.values() for name in one.replaces}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (postgres,) = cursor.fetchone()
    strange = sorted(set(manifest.migrations) - known)
    if strange:
        raise NotRestored(
            f"It was made by a newer Sourceline ({manifest.version}), whose database has what this version "
            f"does not know ({'.'.join(strange[0])}). Restore it with that version or a newer one."
        )
    if manifest.postgres > postgres:
        raise NotRestored(
            f"It was made from PostgreSQL {manifest.postgres}, and this server is {postgres}: older versions "
            f"cannot read what newer ones wrote. Restore it into PostgreSQL {manifest.postgres} or newer."
        )


def _refuse_company() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        (others,) = cursor.fetchone()
    if others:
        raise NotRestored(
            f"{others} other connections use this database. Stop Sourceline, and whatever else works in it, "
            "first."
        )


def _refuse_what_is_there(folder: Path) -> None:
    there = []
    with connection.cursor() as cursor:
        cursor.execute(_THINGS)
        tables = {name for kind, name in cursor.fetchall() if kind == "TABLE"}
        for word, table in _COUNTED.items():
            if table in tables:
                cursor.execute(f"SELECT count(*) FROM public.{table}")  # noqa: S608 - names of ours
                (count,) = cursor.fetchone()
                there += [f"{count:,} {word}{'' if count == 1 else 's'}"]
        if tables and not there:
            there = [f"{len(tables)} tables"]
    there += [f"{place}/" for place in PLACES if any((folder / place).rglob("*"))]
    if there:
        raise NotRestored(
            f"There is something already: {', '.join(there)}. Name an empty data folder (or database), or "
            "give --over to put the backup in its place; what is there is then gone for good, so back it up "
            "first."
        )


def bring_in(backup: Backup, tell: Callable[[str], None]) -> None:
    """In the owner's transaction: remove what is there, load the backup, prove it. Raises where it cannot."""
    with connection.cursor() as django_cursor:
        cursor = django_cursor.cursor
        number = _transaction()
        cursor.execute(
            "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '10s'", prepare=False
        )
        _clear(cursor)
        for section, load in (("pre-data", _run), ("data", _load), ("post-data", _run)):
            tell(
                {"pre-data": "the tables", "data": "their rows", "post-data": "indexes, rules and guards"}[
                    section
                ]
            )
            with (
                closing(backup.chunks(DUMP)) as chunks,
                programs.as_sql(chunks, section, backup.manifest.postgres) as text,
            ):
                load(cursor, text, backup.manifest)
            # What the backup brings is SQL: none of it may have ended the transaction that guards the old.
            if (
                cursor.connection.info.transaction_status != TransactionStatus.INTRANS
                or _transaction() != number
            ):
                raise NotRestored(
                    "Its database ends the transaction that it is restored in; no backup does that."
                )
        cursor.execute("RESET ALL; RESET SESSION AUTHORIZATION", prepare=False)
        _close_functions(cursor, backup.manifest.closed)
        if set(MigrationLoader(None).disk_migrations) <= set(backup.manifest.migrations):
            grant_app_role()  # else `migrate` does, which brings an older database up to what is granted
        tell("the proof")
        found = tables_now(cursor, LEFT_OUT - backup.manifest.tables.keys())
        if different := differing(backup.manifest.tables, found):
            raise NotRestored(f"What came out is not what went in: {'; '.join(different[:5])}.")
        _refuse_half_checked(cursor)


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        return int(cursor.fetchone()[0])


def _clear(cursor: Any) -> None:
    """Remove all that the owner has in the schema; it is there again if the transaction does not commit."""
    things = cursor.execute(_THINGS).fetchall()
    for kind in ("VIEW", "TABLE", "ROUTINE", "DOMAIN", "TYPE"):
        if names := [name for what, name in things if what == kind]:
            # regclass and its kin quote what has to be quoted.
            cursor.execute(f"DROP {kind} IF EXISTS {', '.join(names)} CASCADE", prepare=False)


def _run(cursor: Any, text: IO[bytes], manifest: Manifest) -> None:
    """The statements that make tables or rules: some hundred kilobytes, run as one."""
    version = cursor.connection.info.server_version
    lines = [line for line in text if not _for_others(line, version)]
    cursor.execute(b"".join(lines), prepare=False)


def _load(cursor: Any, text: IO[bytes], manifest: Manifest) -> None:
    """The rows, table by table; nothing of them is held."""
    room = manifest.text_size
    statements: list[bytes] = []
    for line in text:
        if not _COPY.fullmatch(line):
            if not _for_others(line, cursor.connection.info.server_version):
                statements.append(line)
            continue
        if statements:
            cursor.execute(b"".join(statements), prepare=False)
            statements = []
        with cursor.copy(line.rstrip(b";\n")) as copy:
            for piece in _rows(text):
                room -= len(piece)
                if room < 0:
                    raise NotRestored("Its database holds more than its manifest says.")
                copy.write(piece)
    if statements:
        cursor.execute(b"".join(statements), prepare=False)


def _rows(text: IO[bytes]) -> Iterator[bytes]:
    """The lines up to the one that ends a table; long ones in pieces, of which none may be taken for it."""
    begins = True
    while (piece := text.readline(CHUNK)) and not (begins and piece == b"\\.\n"):
        yield piece
        begins = piece.endswith(b"\n")


def _for_others(line: bytes, version: int) -> bool:
    """What psql alone understands, what is there already, and a setting that older servers do not have."""
    return (
        line.startswith((b"\\restrict ", b"\\unrestrict "))
        or line == b"CREATE SCHEMA public;\n"
        or (version < 170000 and line == b"SET transaction_timeout = 0;\n")
    )


def _close_functions(cursor: Any, closed: tuple[str, ...]) -> None:
    """Take from the public the functions that it could not call where the backup was made."""
    cursor.execute("SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    for (signature,) in cursor.fetchall():
        if signature in closed:
            cursor.execute(sql.SQL("REVOKE ALL ON ROUTINE {} FROM PUBLIC").format(sql.SQL(signature)))


def _refuse_half_checked(cursor: Any) -> None:
    """Every constraint was checked on every row, every guard is awake, every counter is past its numbers."""
    cursor.execute(
        """
        SELECT conname FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND NOT convalidated
        UNION ALL
        SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
         WHERE relnamespace = 'public'::regnamespace AND tgenabled NOT IN ('O', 'A')
        UNION ALL
        SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indrelid
         WHERE relnamespace = 'public'::regnamespace AND NOT indisvalid
        """
    )
    if asleep := [name for (name,) in cursor.fetchall()]:
        raise NotRestored(f"Its database has rules that do not hold or are switched off: {asleep[0]}.")
