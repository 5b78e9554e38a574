"""An attempt to break an invariant, and what PostgreSQL makes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import Error, connection, transaction

from tests.factories import World

from . import rows

Value = Any
Act = Callable[[World, Any], str | None]


@dataclass(frozen=True)
class Attempt:
    """`act` tries it as `by`; `holder` (table, constraint or trigger) alone refuses it, naming `rule`.

    An act that cannot be refused, only looked at, returns the rule if it finds it kept, else "".
    """

    name: str
    rule: str
    holder: tuple[str, str]
    act: Act
    by: str = "app"


@dataclass(frozen=True)
class Outcome:
    """`rule` is None when nothing refused the attempt, at once or at the transaction's end."""

    rule: str | None
    table: str | None = None
    said: str = ""


def adding(
    rule: str, table: str, *, holder: str = "", by: str = "app", why: str = "", **values: Value
) -> Attempt:
    """Inserting a row that is true but for `values`; a callable among them gets the world."""

    def act(world: World, cursor: Any) -> None:
        given = {c: v(world) if callable(v) else v for c, v in values.items()}
        rows.another(cursor, world, table, **given)

    return Attempt(why or f"add {' '.join(values)}", rule, (table, holder or rule), act, by)


def running(
    rule: str,
    table: str,
    *statements: str,
    holder: str = "",
    by: str = "app",
    why: str = "",
    given: Callable[[World, Any], dict[str, Any]] = lambda world, cursor: {},
) -> Attempt:
    """Running SQL; `given` makes its parameters, and rows it needs."""

    def act(world: World, cursor: Any) -> None:
        values = given(world, cursor)
        for statement in statements:
            cursor.execute(statement, values)

    return Attempt(why or statements[0][:60], rule, (table, holder or rule), act, by)


def outcome(attempt: Attempt, world: World, first: str = "") -> Outcome:
    """Try it and take it back, whatever came of it; `first` is run before by whoever is connected."""
    with transaction.atomic(), connection.cursor() as cursor:
        if first:
            cursor.execute(first)
        cursor.execute(
            f"SET LOCAL ROLE sourceline_{attempt.by};"
            " SELECT set_config('sourceline.user', %s, true), set_config('sourceline.act', 'try', true)",
            [str(world.manager.pk)],
        )
        try:
            with transaction.atomic():
                found = attempt.act(world, cursor)
                if found is None:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                result = Outcome(found or None)
        except (Error, psycopg.Error) as error:  # COPY speaks to psycopg without Django between
            bare = error if isinstance(error, psycopg.Error) else error.__cause__
            assert isinstance(bare, psycopg.Error), error
            diag = bare.diag
            result = Outcome(diag.constraint_name or diag.sqlstate, diag.table_name, str(error))
        transaction.set_rollback(True)
    return result
