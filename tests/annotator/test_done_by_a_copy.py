"""What a start does once is done by a copy of the process, which takes its memory along."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from annotator.serving import CannotServe, done_by_a_copy


def test_it_is_done_when_the_call_returns_and_leaves_nothing_here(tmp_path: Path) -> None:
    loaded: list[int] = []

    def run() -> None:
        loaded.append(1)
        time.sleep(0.1)
        (tmp_path / "done").write_text(str(os.getpid()))

    done_by_a_copy("copy", run, CommandError)
    assert int((tmp_path / "done").read_text()) != os.getpid()
    assert loaded == []


def test_its_refusal_is_told_in_its_words() -> None:
    def run() -> None:
        raise CommandError("The disk of Velm is full; make room on “data”.")

    with pytest.raises(CommandError, match=r"^The disk of Velm is full; make room on “data”\.$"):
        done_by_a_copy("copy", run, CommandError)


def test_an_error_is_traced_and_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotServe, match=r"^The copy ended before it was done \(status 1\); see above\.$"):
        done_by_a_copy("copy", lambda: print(1 // 0), CommandError)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_one_that_is_killed_is_told() -> None:
    with pytest.raises(CannotServe, match=r"status -9"):
        done_by_a_copy("copy", lambda: os.kill(os.getpid(), signal.SIGKILL), CommandError)


def test_who_is_told_to_stop_stops_it_too(tmp_path: Path) -> None:
    def run() -> None:
        (tmp_path / "begun").write_text(str(os.getpid()))
        (tmp_path / "begun").rename(tmp_path / "copy")
        time.sleep(600)

    def interrupt() -> None:
        while not (tmp_path / "copy").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    pressing = threading.Thread(target=interrupt)
    with pytest.raises(KeyboardInterrupt):
        pressing.start()
        done_by_a_copy("copy", run, CommandError)
    pressing.join()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "copy").read_text()), 0)
