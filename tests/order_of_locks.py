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


def against(taken: dict[str, bool], names: tuple[str, ...], shared: bool) -> str:
    """What is wrong with taking these after those, of which each is shared or not; empty where nothing is."""
    for name in names:
        if name in taken:
            if taken[name] and not shared:
                return f"The lock {name!r} is held with others and then taken alone: two would wait"
            continue
        later = [one for one in taken if locks.ORDER.index(kind_of(one)) > locks.ORDER.index(kind_of(name))]
        if later:
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
        taken = vars(connections["default"]).setdefault(TAKEN, {})
        if wrong := against(taken, names, shared):
            raise AssertionError(wrong)
        taken |= {name: shared and taken.get(name, True) for name in names}
        vars(connections["default"])[TAKEN] = taken
        take(*names, shared=shared)

    def entering(self: Any) -> None:
        connection = connections[self.using or "default"]
        if sys._getframe(1).f_code.co_filename.endswith(UNSEEN):
            self._from_testcase = True
        if all(block._from_testcase for block in connection.atomic_blocks):
            vars(connection)[TAKEN] = {}
        enter(self)

    locks._lock, Atomic.__enter__ = taking, entering  # type: ignore[method-assign]
    try:
        yield
    finally:
        locks._lock, Atomic.__enter__ = take, enter  # type: ignore[method-assign]
