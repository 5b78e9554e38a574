"""kill -9 of a restore over something, at every turn: what is there then is the old or the new, whole."""

import os
import signal
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connections

from annotator.keeping import files, restoring, settling
from tests.annotator.keeping.conftest import RELEASE, Origin
from tests.annotator.keeping.test_restoring import holds, refused, state

OLD = [b"another of the same name"]
pytestmark = pytest.mark.slow
NEW = sorted([RELEASE, b"workbook", b"\x00\xff" * 1000])


def killed(path: object, owner: object, name: str, call: int, *, after: bool) -> None:
    """Restore in a process that is killed at that call of a function, or once it has returned."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        calls = 0
        real: Callable[..., object] = getattr(owner, name)

        def dying(*args: object, **options: object) -> object:
            nonlocal calls
            calls += 1
            if calls == call and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **options)
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(owner, name, dying)
        try:
            call_command("restore", path, over=True, verbosity=0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("owner", "name", "call", "after", "new"),
    [
        (files, "unpacked", 1, True, False),
        (restoring, "_clear", 1, True, False),
        (restoring, "_load", 1, True, False),
        (restoring, "tables_now", 1, True, False),
        (files.Exchange, "note", 1, True, False),
        (files.Exchange, "note", 2, True, False),
        (files.Exchange, "finish", 1, False, True),
        (os, "rename", 1, True, True),
        (os, "rename", 2, True, True),
        (os, "rename", 3, True, True),
        (files.Exchange, "forget", 1, False, True),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_killed_restore_leaves_the_old_or_the_new(origin: Origin, other, owner, name, call, after, new):
    before = state()
    killed(origin.backup, owner, name, call, after=after)
    settled = settling.settle()
    rows = state()
    assert (rows != before) is new
    assert sorted(holds(other).values()) == (NEW if new else OLD)
    assert not (other / files.NOTE).exists()
    assert settled
    assert not settling.settle()


def test_a_note_of_another_database_is_not_followed(origin: Origin, other):
    files.Exchange(other, "restore-x").note(2**62)
    held = holds(other)
    assert "knows nothing of it" in refused(origin.backup, over=True)
    assert holds(other) == held


def test_while_one_restores_nobody_else_does_and_nobody_starts(origin: Origin, other):
    with files.turn(other):
        assert "is under way" in refused(origin.backup, over=True)
        with pytest.raises(settling.NotRestored, match="is under way"):
            settling.settle()
