"""Long statements that are asked often: parsed and planned once a connection, not at every question.

Django sends its statements with the values written in, so PostgreSQL plans each anew, which takes longer
than answering them where many small tables are joined. What is asked here goes with its values apart, and
psycopg prepares it (docs: psycopg, "Prepared statements").
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def keys_of(scope: QuerySet[Any]) -> list[int]:
    """The primary keys of a queryset's rows, in no order."""
    statement, values = scope.order_by().values_list("pk", flat=True).query.sql_with_params()
    return [key for (key,) in rows(statement, values)]


def rows(statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of the statement's answer. Values of which the server could not tell the type need a cast."""
    connection.ensure_connection()
    connection.validate_thread_sharing()
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    apart: Any = psycopg.Cursor(connection.connection)  # Django's own writes the values into the statement
    with wrapped(apart) as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def listed(keys: Iterable[int]) -> RawSQL:
    """Thousands of keys for the right side of `__in`, as one value."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
