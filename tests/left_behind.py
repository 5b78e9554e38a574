"""Whether tests left something committed in a database that others work in.

What is committed there changes what the tests after it find, and which these are depends on the order of the
run: the failures point everywhere but at the test that wrote. So each module is looked at when it is over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from annotator.embedded_postgres import Server

_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
# The newest transaction of those that wrote what is there: greater after each row that is added or changed.
_ROWS = "SELECT '{0}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {0}"

Rows = dict[str, tuple[int, int]]
"""Of each table how many rows it holds, and the number of the last transaction that wrote one of them."""


@dataclass
class _Kept:
    connection: psycopg.Connection
    question: str
    before: Rows


@dataclass
class LeftBehind:
    """Asks on connections of its own, which see what is committed and nothing else."""

    server: Server
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _visited: set[str] = field(default_factory=set)
    _inside: list[str] = field(default_factory=list)

    @contextmanager
    def visit(self, name: str) -> Iterator[None]:
        """Meanwhile tests work in this database and take back what they write."""
        self._visited.add(name)
        self._inside.append(name)
        if name not in self._kept:
            connection = psycopg.connect(self.server.url("sourceline_owner", name), autocommit=True)
            tables = connection.execute(_TABLES).fetchall()
            question = " UNION ALL ".join(_ROWS.format(table) for (table,) in tables)
            self._kept[name] = _Kept(connection, question, _rows(connection, question))
        try:
            yield
        finally:
            self._inside.remove(name)

    def found(self) -> list[str]:
        """A line for each table that changed where somebody has been since this was asked last."""
        lines = []
        for name in sorted({*self._visited, *self._inside}):
            kept = self._kept[name]
            now = _rows(kept.connection, kept.question)
            for table, rows in now.items():
                if rows != kept.before[table]:
                    lines.append(
                        f"{name}: {table} was written in, {kept.before[table][0]} rows then, {rows[0]} now"
                    )
            kept.before = now
        self._visited.clear()
        return lines

    def close(self) -> None:
        for kept in self._kept.values():
            kept.connection.close()
        self._kept.clear()


def _rows(connection: psycopg.Connection, question: str) -> Rows:
    return {table: (count, newest) for table, count, newest in connection.execute(question, prepare=True)}
