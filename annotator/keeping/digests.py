"""By what two databases are known to hold the same: each table's rows in the order of its key, digested.

The rows are read as PostgreSQL writes them out for COPY, under settings that make the same value the same
text in every session and on every version, and are never held: memory stays flat.
"""

import hashlib
from typing import Any

from psycopg import sql

from .manifest import Table

LEFT_OUT = frozenset(
    {"django_session", "usersessions_usersession", "sourceline_cache", "sourceline_api_cache"}
)
"""Who was signed in and from where: a way in for whoever reads the backup, and worth nothing without the
secret key. And how often somebody tried to get in, which is forgotten within the hour anyway."""

_SAME_TEXT = """
    SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL lc_monetary = 'C';
    SET LOCAL search_path = pg_catalog; SET LOCAL statement_timeout = 0;
"""

_TABLES = """
    SELECT relname,
           ARRAY(SELECT attname FROM pg_attribute
                  WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum),
           ARRAY(SELECT attname FROM pg_index, unnest(indkey) WITH ORDINALITY AS k (number, place)
                   JOIN pg_attribute ON attnum = number
                  WHERE indrelid = c.oid AND indisprimary AND attrelid = c.oid ORDER BY place),
           ARRAY(SELECT attname FROM pg_attribute
                  WHERE attrelid = c.oid AND attnum > 0 AND attcollation <> 0)
      FROM pg_class c
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     ORDER BY relname COLLATE "C"
"""


def tables_now(cursor: Any, left_out: frozenset[str] = LEFT_OUT) -> dict[str, Table]:
    """Every other table's digest, as the transaction of `cursor` (psycopg's) sees it."""
    cursor.execute("SAVEPOINT digests", prepare=False)
    cursor.execute(_SAME_TEXT, prepare=False)
    cursor.execute(_TABLES)
    found = {name: _digest(cursor, name, *rest) for name, *rest in cursor.fetchall() if name not in left_out}
    # Takes the settings back; nothing was written.
    cursor.execute("ROLLBACK TO SAVEPOINT digests; RELEASE SAVEPOINT digests", prepare=False)
    return found


def differing(expected: dict[str, Table], found: dict[str, Table]) -> list[str]:
    """In words, table by table, what is not the same; empty if everything is."""
    told = []
    for name in sorted(expected.keys() | found.keys()):
        one, other = expected.get(name), found.get(name)
        if one is None or other is None:
            told.append(f"{name} is {'not expected' if one is None else 'missing'}")
        elif one.rows != other.rows:
            told.append(f"{name} has {other.rows:,} rows, expected {one.rows:,}")
        elif one.sha256 != other.sha256:
            told.append(f"{name} has other values in its {one.rows:,} rows")
    return told


def digest_of_all(tables: dict[str, Table]) -> str:
    """One digest for all tables together, to be compared by eye."""
    lines = (f"{name} {table.rows} {table.sha256}\n" for name, table in sorted(tables.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _digest(cursor: Any, name: str, columns: list[str], key: list[str], collated: list[str]) -> Table:
    order: list[sql.Composable] = [
        sql.SQL('{} COLLATE "C"' if column in collated else "{}").format(sql.Identifier(column))
        for column in key
    ] or [sql.SQL('t::text COLLATE "C"')]
    question = sql.SQL("COPY (SELECT {} FROM public.{} t ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(name), sql.SQL(", ").join(order)
    )
    digest, size = hashlib.sha256("\t".join(columns).encode()), 0
    with cursor.copy(question) as rows:
        for block in rows:
            digest.update(block)
            size += len(block)
    return Table(cursor.rowcount, size, digest.hexdigest())
