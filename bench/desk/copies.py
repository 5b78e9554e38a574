"""More claims of what is there already, copied inside the database: a million in minutes.

The owner copies rows whose checks were made when they were first written, so its triggers stand still
meanwhile. Keys between tables, exclusions and indexes are taken away first and built anew over all rows in
the end: PostgreSQL then looks at every key once, and at none row by row. All of it is one transaction, so
that what is interrupted leaves the folder as it was.

Where words are searched for, each copy changes the vowels of the invented words among themselves, as if its
texts were its own: no claim is likely to repeat nine copies of itself. What many texts share stays the same.
"""

import itertools
import time
from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from .workload import SHARED

# What a copied table's rows refer to comes before it.
TABLES = (
    *("sources.Article", "sources.Snapshot", "sources.Block", "sources.Segmentation", "sources.Sentence"),
    *("sources.TextWords", "annotator.Annotation", "annotator.AnnotationSentence", "annotator.Claim"),
    *("annotator.Attribution", "annotator.AttributionSource", "annotator.ClaimTopic", "annotator.ClaimWords"),
    *("annotator.Review", "annotator.ClaimRelation", "annotator.EventMention"),
)
SETTINGS = {
    "statement_timeout": "0",
    "synchronous_commit": "off",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
}
VOWELS = "aeiou"
OTHERS = ["".join(order) for order in itertools.permutations(VOWELS)][1:]
"""What a copy puts for them, by its number."""

TRIGGERS = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND c.relname = ANY(%s)
"""
KEYS = """
SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype IN ('f', 'x') AND c.relname = ANY(%s) ORDER BY k.contype DESC, k.oid
"""
INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x
JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE NOT x.indisunique AND NOT x.indisexclusion AND c.relname = ANY(%s) ORDER BY i.oid
"""

COUNTED = (
    "INSERT INTO annotator_heardmark (project_id, article_id) SELECT project_id, id FROM sources_article",
    "SELECT sourceline_hear(id) FROM sources_project",
)
"""What the triggers that stood still would have marked, counted."""


def copy(times: int, owner: str) -> None:
    """As many copies of all articles, texts and claims, beside what there is; `owner` is the address by which
    the tables' owner comes in."""
    tables = [apps.get_model(name) for name in TABLES]
    began = time.monotonic()
    with psycopg.connect(owner, autocommit=True) as connection:
        with connection.transaction():
            for name, value in SETTINGS.items():
                connection.execute(SQL("SET LOCAL {} = {}").format(SQL(name), Literal(value)))
            most = {table: _highest(connection, table) for table in tables}
            again = _taken_away(connection, [table._meta.db_table for table in tables])
            for table in tables:
                connection.execute(_copied(table, most, times))
                print(f"{time.monotonic() - began:6.0f} s  {table._meta.db_table}", flush=True)
            for statement in again:
                connection.execute(statement)
        print(f"{time.monotonic() - began:6.0f} s  indexes and keys", flush=True)
        connection.execute("SET statement_timeout = 0")
        for statement in COUNTED:
            connection.execute(SQL(statement))
            print(f"{time.monotonic() - began:6.0f} s  {statement.split()[0].lower()}: counts that are kept")
        connection.execute("VACUUM ANALYZE")
    print(f"{time.monotonic() - began:6.0f} s  vacuumed")


def _taken_away(connection: psycopg.Connection[Any], names: list[str]) -> list[Composed]:
    """What makes the tables again what they were: their indexes, then exclusions and keys, then triggers."""
    triggers = connection.execute(TRIGGERS, [names]).fetchall()
    keys = connection.execute(KEYS, [names]).fetchall()
    indexes = connection.execute(INDEXES, [names]).fetchall()
    for name in names:
        connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(name)))
    for name, key, _ in reversed(keys):
        connection.execute(SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(Identifier(name), Identifier(key)))
    for index, _ in indexes:
        connection.execute(SQL("DROP INDEX {}").format(Identifier(index)))
    added, always = "ALTER TABLE {} ADD CONSTRAINT {} {}", "ALTER TABLE {} ENABLE ALWAYS TRIGGER {}"
    return [
        *(_as_it_is(said) for _, said in indexes),
        *(SQL(added).format(Identifier(name), Identifier(key), _as_it_is(said)) for name, key, said in keys),
        *(SQL(always).format(Identifier(name), Identifier(trigger)) for name, trigger in triggers),
    ]


def _as_it_is(said: str) -> Composed:
    """A statement of PostgreSQL's own making, whose braces are no places for values."""
    return Composed([SQL(said.replace("{", "{{").replace("}", "}}")).format()])


def _highest(connection: psycopg.Connection[Any], table: type[models.Model]) -> int:
    key, name = Identifier(table._meta.pk.column), Identifier(table._meta.db_table)
    row = connection.execute(SQL("SELECT max({}) FROM {}").format(key, name)).fetchone()
    return int(row[0] or 0) if row else 0


def _copied(table: type[models.Model], most: dict[type[models.Model], int], times: int) -> Composed:
    """So many copies of the rows that were there first, their keys as far from theirs as a copy's number
    says."""
    given = [field for field in table._meta.concrete_fields if not field.generated]
    values = [_value(field, most) for field in given]
    said = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM generate_series(1, {}) AS copy, {}"
    return SQL(f"{said} WHERE {{}} <= {{}} ORDER BY copy, {{}}").format(
        Identifier(table._meta.db_table),
        SQL(", ").join(Identifier(field.column) for field in given),
        SQL(", ").join(values),
        Literal(times),
        Identifier(table._meta.db_table),
        Identifier(table._meta.pk.column),
        Literal(most[table]),
        Identifier(table._meta.pk.column),
    )


def _value(field: Any, most: dict[type[models.Model], int]) -> Composable:
    column = Identifier(field.column)
    to = field.model if field.primary_key and field.remote_field is None else field.related_model
    if to in most:
        return SQL("{} + copy * {}").format(column, Literal(most[_keyed_by(to)]))
    if isinstance(field, models.UUIDField):  # a claim has its annotation's
        return SQL("md5({}::text || copy)::uuid").format(column)
    if field.column == "words":
        return _said_otherwise(column)
    return column


def _said_otherwise(words: Composable) -> Composable:
    """A vector in another copy's words; a word stands in quotation marks where PostgreSQL writes one."""
    of_copy = SQL("({}::text[])[1 + copy % {}]").format(Literal(OTHERS), Literal(len(OTHERS)))
    otherwise = SQL("translate({}, {}, {})")
    changed = otherwise.format(SQL("{}::text").format(words), Literal(VOWELS), of_copy)
    for word in SHARED:
        mine = Literal(f"'{word}'")
        theirs = otherwise.format(mine, Literal(VOWELS), of_copy)
        changed = SQL("replace({}, {}, {})").format(changed, theirs, mine)
    return SQL("{}::tsvector").format(changed)


def _keyed_by(table: type[models.Model]) -> type[models.Model]:
    """Whose keys the table's rows have."""
    key = table._meta.pk
    return _keyed_by(key.related_model) if key.remote_field is not None else table
