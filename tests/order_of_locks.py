"""Locks by name are taken in one order within an act, in whatever test: else two could wait for each other.

An act is the outermost transaction that is not a test's own (`of_the_test`). What an act has taken may be
taken again at any time, which waits for nobody.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.transaction import Atomic, atomic

from sources.actions import locks

TAKEN = "_locks_taken_in_order"
UNSEEN = "annotator/demo/load.py"
"""Whose transaction is around many acts in a project that nobody else sees before its end."""


def kind_of(name: str) -> str:
    """Which of `ORDER` the name begins with, the longest that does. Raises ValueError for none."""
    kinds = [kind for kind in locks.ORDER if name.startswith(f"{kind} ")]
    if not kinds:
        raise ValueError(f"sources/actions/locks.py: ORDER has no place for the lock {name!r}")
    return max(kinds, key=len)


def reversed_by(taken: list[str], names: tuple[str, ...]) -> str:
    """What stands against the order when these are taken after those; empty where nothing does."""
    for name in names:
        later = [one for one in taken if locks.ORDER.index(kind_of(one)) > locks.ORDER.index(kind_of(name))]
        if name not in taken and later:
            return f"The lock {name!r} is taken after {later[0]!r}, against the order in locks.py"
    return ""


def of_the_test() -> Atomic:
    """A transaction around several acts of a test, each of which takes its locks anew."""
    around = atomic()
    around._from_testcase = True
    return around


@contextmanager
def held_to() -> Iterator[None]:
    """Meanwhile an act that takes locks against the order fails, in every thread."""
    take, enter = locks._lock, Atomic.__enter__

    def taking(*names: str, shared: bool = False) -> None:
        taken = vars(connections["default"]).setdefault(TAKEN, [])
        if against := reversed_by(taken, names):
            raise AssertionError(against)
        taken += names
        take(*names, shared=shared)

    def entering(self: Any) -> None:
        connection = connections[self.using or "default"]
        if sys._getframe(1).f_code.co_filename.endswith(UNSEEN):
            self._from_testcase = True
        if all(block._from_testcase for block in connection.atomic_blocks):
            vars(connection)[TAKEN] = []
        enter(self)

    locks._lock, Atomic.__enter__ = taking, entering  # type: ignore[method-assign]
    try:
        yield
    finally:
        locks._lock, Atomic.__enter__ = take, enter  # type: ignore[method-assign]
