"""More claims of what is there already, copied inside the database: a million in minutes.

The owner copies rows whose checks were made when they were first written, so its triggers stand still
meanwhile; keys between tables are still looked at. Copies have the same words: each claim is likely to repeat
all of its own.
"""

from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

# What a copied table's rows refer to comes before it.
TABLES = (
    *("sources.Article", "sources.Snapshot", "sources.Block", "sources.Segmentation", "sources.Sentence"),
    *("sources.TextWords", "annotator.Annotation", "annotator.AnnotationSentence", "annotator.Claim"),
    *("annotator.Attribution", "annotator.AttributionSource", "annotator.ClaimTopic", "annotator.ClaimWords"),
    *("annotator.Review", "annotator.ClaimRelation"),
)


def copy(times: int, owner: str) -> None:
    """As many copies of all articles, texts and claims, beside what there is; `owner` is the address by which
    the tables' owner comes in."""
    tables = [apps.get_model(name) for name in TABLES]
    names = [table._meta.db_table for table in tables]
    with psycopg.connect(owner, autocommit=True) as connection:
        with connection.transaction():
            connection.execute("SET LOCAL statement_timeout = 0")
            connection.execute("SET CONSTRAINTS ALL DEFERRED")
            most = {table: _highest(connection, table) for table in tables}
            triggers = connection.execute(TRIGGERS, [names]).fetchall()
            for name in names:
                connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(name)))
            for number in range(1, times + 1):
                for table in tables:
                    connection.execute(_copied(table, most, number))
                print(f"\r{number} of {times} copies", end="", flush=True)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name, trigger in triggers:
                again = SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}")
                connection.execute(again.format(Identifier(name), Identifier(trigger)))
        connection.execute("SET statement_timeout = 0")
        connection.execute("VACUUM ANALYZE")
    print()


TRIGGERS = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND c.relname = ANY(%s)
"""


def _highest(connection: psycopg.Connection[Any], table: type[models.Model]) -> int:
    key, name = Identifier(table._meta.pk.column), Identifier(table._meta.db_table)
    row = connection.execute(SQL("SELECT max({}) FROM {}").format(key, name)).fetchone()
    return int(row[0] or 0) if row else 0


def _copied(table: type[models.Model], most: dict[type[models.Model], int], number: int) -> Composed:
    """One copy of the rows that were there first, its keys as far from theirs as the copy's number says."""
    given = [field for field in table._meta.concrete_fields if not field.generated]
    values = [_value(field, most, number) for field in given]
    return SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} WHERE {} <= {}").format(
        Identifier(table._meta.db_table),
        SQL(", ").join(Identifier(field.column) for field in given),
        SQL(", ").join(values),
        Identifier(table._meta.db_table),
        Identifier(table._meta.pk.column),
        Literal(most[table]),
    )


def _value(field: Any, most: dict[type[models.Model], int], number: int) -> Composable:
    column = Identifier(field.column)
    to = field.model if field.primary_key and field.remote_field is None else field.related_model
    if to in most:
        return SQL("{} + {}").format(column, Literal(number * most[_keyed_by(to)]))
    if isinstance(field, models.UUIDField):  # a claim has its annotation's
        return SQL("md5({}::text || {})::uuid").format(column, Literal(str(number)))
    return column


def _keyed_by(table: type[models.Model]) -> type[models.Model]:
    """Whose keys the table's rows have."""
    key = table._meta.pk
    return _keyed_by(key.related_model) if key.remote_field is not None else table
