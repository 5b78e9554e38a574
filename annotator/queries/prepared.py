"""Long statements that are asked often: parsed and planned once a connection, not at every question.

Django sends its statements with the values written in, so PostgreSQL plans each anew, which takes longer
than answering them where many small tables are joined. What is asked here goes with its values apart, and
psycopg prepares it (docs: psycopg, "Prepared statements").
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Value = int | str | UUID | list[int] | list[UUID]
Record = TypeVar("Record", bound=Model)


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
        if connection.queries_logged:
            told = psycopg.ClientCursor(connection.connection).mogrify(statement, values)
            connection.queries_log[-1]["sql"] = told  # which Django knows of its own cursors alone
        return list(cursor.fetchall())


def listed(keys: Iterable[int]) -> RawSQL:
    """Thousands of keys for the right side of `__in`, as one value."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


def named(uuids: Iterable[UUID]) -> RawSQL:
    """The same of identifiers."""
    return RawSQL("SELECT unnest(%s::uuid[])", [list(uuids)])


class Made(NamedTuple):
    """A statement with the values that were written in it while it was made, and of each the number of the
    example that it was, if it was one; `converters` by the number of a column."""

    statement: str
    written: list[Any]
    places: list[int | None]
    converters: Mapping[int, Any]
    whole: "_Whole | None"


class MadeOnce:
    """A question whose statement Django makes once a process, since that takes longer than answering it.

    `question` returns for any values the same queryset but for these, with `values_list`. `examples` stand
    for them while it is made: of their types, and unlike each other and all else that is written in it. Keys
    of any number are one value, where the question says `listed(keys)` or `named(uuids)`.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]], *examples: Value) -> None:
        self._question, self._examples = question, examples

    @cached_property
    def _made(self) -> Made:
        compiler = self._question(*self._examples).query.get_compiler(DEFAULT_DB_ALIAS)
        statement, written = compiler.as_sql()
        places = [self._place(one) for one in written]
        if unused := [one for number, one in enumerate(self._examples) if number not in places]:
            raise ValueError(f"Of these values nothing is asked: {unused}")
        columns = [column for column, *_ in compiler.select]
        return Made(statement, list(written), places, compiler.get_converters(columns), self._whole(compiler))

    def _whole(self, compiler: SQLCompiler) -> "_Whole | None":
        return None

    def _place(self, written: Any) -> int | None:
        """The number of the example that was written there."""
        kinds = type(written).__mro__  # psycopg's own of an integer where Django knows its column
        same = (n for n, one in enumerate(self._examples) if type(one) in kinds and one == written)
        return next(same, None)

    def ask(self, *values: Value) -> list[tuple[Any, ...]]:
        """All rows, asked with these values in place of the examples."""
        made = self._made
        if len(values) != len(self._examples):
            raise ValueError(f"{len(self._examples)} values are asked for, and {len(values)} given")
        given = zip(made.written, made.places, strict=True)
        found = rows(made.statement, [one if at is None else values[at] for one, at in given])
        return [_converted(row, made.converters) for row in found] if made.converters else found


class RecordsMadeOnce(MadeOnce, Generic[Record]):
    """The same of a queryset of records, which may bring others by `select_related`."""

    def __init__(self, question: Callable[..., QuerySet[Record, Any]], *examples: Value) -> None:
        super().__init__(question, *examples)

    def all(self, *values: Value) -> list[Record]:
        """All records, asked with these values in place of the examples."""
        found, whole = self.ask(*values), self._made.whole
        assert whole is not None  # noqa: S101  it is made below
        return [whole.of(row) for row in found]

    def _whole(self, compiler: SQLCompiler) -> "_Whole":
        return _Whole(compiler)


def _converted(row: tuple[Any, ...], converters: Mapping[int, Any]) -> tuple[Any, ...]:
    told = list(row)
    for at, (steps, column) in converters.items():
        for step in steps:
            told[at] = step(told[at], column, connection)
    return tuple(told)


class _Whole:
    """How a record is made of a row, as Django's ModelIterable does it."""

    def __init__(self, compiler: SQLCompiler) -> None:
        told: Any = compiler.klass_info
        self._model, first, last = told["model"], told["select_fields"][0], told["select_fields"][-1]
        self._own = slice(first, last + 1)
        self._names = [column.target.attname for column, *_ in compiler.select[self._own]]
        self._related = get_related_populators(told, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # types of a later Django
        self._annotated = dict(compiler.annotation_col_map or {})

    def of(self, row: tuple[Any, ...]) -> Any:
        record = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for related in self._related:
            related.populate(row, record)
        for name, at in self._annotated.items():
            setattr(record, name, row[at])
        return record
