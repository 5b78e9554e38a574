"""Many rows at once, by COPY: under every constraint and trigger, with their history."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import JSONField, Model
from django.db.models.expressions import DatabaseDefault

_AS_THEY_ARE = {type(None), str, int, bool, UUID, date}


_AS_THEY_ARE = {type(None), str, int, bool, UUID, date}


_AS_THEY_ARE = {type(None), str, int, bool, UUID, date}


_AS_THEY_ARE = {type(None), str, int, bool, UUID, date}


def keys_for(model: type[Model], number: int) -> list[int]:
    """As many primary keys that nobody else gets: rows can point to each other before they are there."""
    if not number:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [key for (key,) in cursor.fetchall()]


def copy_in(rows: Sequence[Model]) -> None:
    """Write rows of one table, all of which have the same columns set; the others get their defaults."""
    if not rows:
        return
    first = rows[0]
    fields = [field for field in first._meta.concrete_fields if _is_set(first, field)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with (
        connection.wrap_database_errors,  # which `copy` does not do by itself
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(first._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        prepared = [(field.attname, _prepared(field)) for field in fields]
        for row in rows:
            copy.write_row([prepare(getattr(row, name)) for name, prepare in prepared])


def _prepared(field: Any) -> Callable[[Any], Any]:
    """What makes a value of the field one for the database; most are what they are, and asking each field of
    each row would take longer than writing it."""
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, JSONField):
        return lambda value: field.get_db_prep_save(value, database)
    return lambda value: value if type(value) in _AS_THEY_ARE else field.get_db_prep_save(value, database)


def _is_set(row: Model, field: Any) -> bool:
    if field.generated:
        return False
    value = getattr(row, field.attname, None)
    return not isinstance(value, DatabaseDefault) and not (field.primary_key and value is None)
