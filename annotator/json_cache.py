"""The cache that all web processes share, by which tries are counted: JSON in a table of PostgreSQL.

Django's own keeps pickles, so that whoever writes a row of its table has each reader run code of theirs; and
it reads before it writes, so that of two processes that count at once one count is lost. Here each act is one
statement, by the clock of the database.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

NOW = "clock_timestamp()"
KEEPS = {
    "set": "INSERT INTO {table} AS t (cache_key, value, expires) VALUES (%s, %s, {until})"
    " ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires",
    "touch": "UPDATE {table} AS t SET expires = {until} WHERE cache_key = %s AND t.expires > {now}",
}
KEEPS["add"] = KEEPS["set"] + " WHERE t.expires <= {now}"
COUNTS = (
    "INSERT INTO {table} AS t (cache_key, value, expires) VALUES (%s, '1', {now} + make_interval(secs => %s))"
    " ON CONFLICT (cache_key) DO UPDATE SET"
    " value = CASE WHEN t.expires > {now} AND t.value ~ '^-?[0-9]{{1,15}}$'"
    " THEN (t.value::bigint + 1)::text ELSE '1' END,"
    " expires = CASE WHEN t.expires > {now} THEN t.expires ELSE EXCLUDED.expires END"
    " RETURNING t.value, t.xmax = 0"
)
RETURNS_WHETHER_NEW = " RETURNING t.xmax = 0"
"""Of a row that an INSERT made, xmax is 0; of one that was there it is the transaction that locked it."""


class JSONCache(DatabaseCache):
    """Keeps what JSON has: None, truth values, numbers, texts, and lists and objects of them, and raises
    TypeError or ValueError for anything else. A row that holds no JSON is as good as none."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.table = f'"{table}"'

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        named = {self.make_and_validate_key(key, version=version): key for key in keys}
        found = {}
        for key, text in self._rows(
            "SELECT cache_key, value FROM {table} WHERE cache_key = ANY(%s) AND expires > {now}",
            [list(named)],
        ):
            with suppress(ValueError, RecursionError):
                found[named[key]] = json.loads(text)
        return found

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return key in self.get_many([key], version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """What it counts now. As long as it was to last it lasts. Raises ValueError where nothing counts."""
        counted = self._rows(
            "UPDATE {table} SET value = (value::bigint + %s)::text"
            " WHERE cache_key = %s AND expires > {now} AND value ~ '^-?[0-9]{{1,15}}$' RETURNING value",
            [delta, self.make_and_validate_key(key, version=version)],
        )
        if not counted:
            raise ValueError(f"Nothing is counted under {key!r}.")
        return int(counted[0][0])

    def count(self, key: str, timeout: float) -> int:
        """How often this key was counted, this time with it, since it was new; after `timeout` seconds from
        then it is new again. What counts nothing counts anew."""
        kept = self.make_and_validate_key(key)
        ((counted, new),) = self._rows(COUNTS, [kept, float(timeout)])
        if new:
            self._make_room(kept)
        return int(counted)

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        until = "'infinity'::timestamptz" if timeout is None else "{now} + make_interval(secs => %s)"
        said = [] if timeout is None else [float(timeout)]
        asked = [*said, key] if mode == "touch" else [key, json.dumps(value, allow_nan=False), *said]
        done = self._rows(KEEPS[mode].replace("{until}", until) + RETURNS_WHETHER_NEW, asked)
        if done and mode != "touch" and done[0][0]:
            self._make_room(key)
        return bool(done)

    def _make_room(self, newest: str) -> None:
        """Where there are more rows than may be, what is over goes, and then a third of the others, but never
        the newest. Which, nobody can know: whoever fills the table throws out no count of their choice."""
        ((number,),) = self._rows("SELECT count(*) FROM {table}", [])
        if number > self._max_entries:
            over = self._rows("DELETE FROM {table} WHERE expires <= {now} RETURNING 1", [])
            if number - len(over) > self._max_entries:
                self._rows(
                    "DELETE FROM {table} WHERE cache_key IN (SELECT cache_key FROM {table}"
                    " WHERE cache_key <> %s ORDER BY random() LIMIT %s) RETURNING 1",
                    [newest, number // 3],
                )

    def _rows(self, statement: str, asked: list[Any]) -> list[tuple[Any, ...]]:
        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=self.table, now=NOW), asked)
            return cursor.fetchall()
