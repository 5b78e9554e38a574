"""What a start does once is done by a copy of the process, which takes its memory along.

Each in a process of its own, as a copy of one with several threads might wait for what they held.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house_rules import ROOT

BEGIN = """
import os, signal, sys, time
from pathlib import Path
from annotator.serving import CannotServe, done_by_a_copy
loaded, place = [], Path(sys.argv[1])
signal.signal(signal.SIGINT, signal.default_int_handler)  # which some who run tests have switched off
def refuse(words): raise ValueError(words)
try:
    done_by_a_copy("copy", {}, ValueError)
    print("done", loaded, os.getpid())
except (CannotServe, ValueError) as error:
    print(type(error).__name__, error)
"""


def begun(run: str, place: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN.replace("{}", run), str(place)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(run: str, place: Path) -> tuple[str, str]:
    out, err = begun(run, place).communicate(timeout=120)
    return out.strip(), err


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_is_done_when_the_call_returns_and_leaves_nothing_here(tmp_path: Path) -> None:
    run = 'lambda: (loaded.append(1), time.sleep(0.1), (place / "done").write_text(str(os.getpid())))'
    out, err = said(run, tmp_path)
    done, loaded, here = out.split()
    assert (done, loaded, err) == ("done", "[]", "")
    assert (tmp_path / "done").read_text() != here


@pytest.mark.parametrize(
    ("run", "told", "traced"),
    [
        (
            'lambda: refuse("The disk is full: make room on “data”.")',
            "ValueError The disk is full: make room on “data”.",
            "",
        ),
        (
            "lambda: 1 // 0",
            "CannotServe The copy ended before it was done (status 1); see above.",
            "ZeroDivisionError",
        ),
        (
            "lambda: os.kill(os.getpid(), signal.SIGKILL)",
            "CannotServe The copy ended before it was done (status -9); see above.",
            "",
        ),
    ],
)
def test_what_keeps_it_from_being_done_is_told(tmp_path: Path, run: str, told: str, traced: str) -> None:
    out, err = said(run, tmp_path)
    assert out == told
    assert traced in err if traced else err == ""


def test_who_is_told_to_stop_stops_it_too(tmp_path: Path) -> None:
    tells = '(place / "begun").write_text(str(os.getpid())), (place / "begun").rename(place / "copy")'
    with begun(f"lambda: ({tells}, time.sleep(600))", tmp_path) as process:
        while not (tmp_path / "copy").exists():
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in process.communicate(timeout=120)[1]
    copy = int((tmp_path / "copy").read_text())
    end = time.monotonic() + 120
    while lives(copy):  # the kernel ends it with its parent, wherever that was interrupted
        assert time.monotonic() < end
        time.sleep(0.01)
