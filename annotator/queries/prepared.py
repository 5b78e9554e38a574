"""Long statements that are asked often: parsed and planned once a connection, not at every question.

Django sends its statements with the values written in, so PostgreSQL plans each anew, which takes longer
than answering them where many small tables are joined. What is asked here goes with its values apart, and
psycopg prepares it (docs: psycopg, "Prepared statements").
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
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


class MadeOnce:
    """A question whose statement Django makes once a process, since that takes longer than answering it.

    `question` returns for any values the same queryset but for these, with `values_list`. `examples` stand
    for them while it is made: of their types, and unlike each other and all else that is written in it.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]], *examples: int | str) -> None:
        self._question, self._examples = question, examples

    @cached_property
    def _made(self) -> tuple[str, list[Any]]:
        statement, values = self._question(*self._examples).query.sql_with_params()
        if unused := set(self._examples) - set(values):
            raise ValueError(f"Of these values nothing is asked: {unused}")
        return statement, list(values)

    def ask(self, *values: int | str) -> list[tuple[Any, ...]]:
        """All rows, asked with these values in place of the examples."""
        statement, written = self._made
        given = dict(zip(self._examples, values, strict=True))
        return rows(statement, [given.get(one, one) if type(one) in (int, str) else one for one in written])
