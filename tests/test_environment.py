"""Which Python script/environment makes the environment of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules import ROOT

FIND = '. "$1"; find_python; printf %s "$found"'
OLD = "exit 1"
PLAIN = 'case "$2" in *--enable-optimizations*) exit 1;; esac'
SWIFT = "exit 0"


def found(path: str, **environment: str) -> tuple[str, str]:
    """(the interpreter, what was said instead)."""
    command = ["/bin/sh", "-c", FIND, str(ROOT / "script/any"), "script/environment"]
    asked = {"PATH": path} | environment
    ran = subprocess.run(command, check=False, cwd=ROOT, env=asked, capture_output=True, text=True)
    return ran.stdout, ran.stderr


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder of folders with what the script asks for besides Pythons."""
    tools = tmp_path / "zz tools"
    tools.mkdir()
    for name in ("dirname", "head"):
        (tools / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def holding(path: Path, *pythons: str) -> str:
    """A PATH on which they stand, in that order."""
    for number, python in enumerate(pythons):
        folder = path / f"{number} with a blank"
        folder.mkdir()
        (folder / "python3").write_text(f"#!/bin/sh\n{python}\n")
        (folder / "python3").chmod(0o755)
    return ":".join(str(folder) for folder in sorted(path.iterdir()))


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ([PLAIN, SWIFT], 1),
        ([SWIFT, PLAIN], 0),
        ([SWIFT, SWIFT], 0),
        ([OLD, PLAIN, PLAIN], 1),
        ([OLD, OLD, SWIFT], 2),
    ],
)
def test_the_first_that_is_swift_else_the_first(path: Path, pythons: list[str], taken: int) -> None:
    where = holding(path, *pythons)
    assert found(where) == (str(path / f"{taken} with a blank/python3"), "")


def test_one_that_is_named_is_taken_as_it_is(path: Path) -> None:
    where = holding(path, SWIFT, PLAIN)
    named = str(path / "1 with a blank/python3")
    assert found(where, PYTHON=named) == (named, "")
    assert found(where, PYTHON="/nowhere/python3") == (str(path / "0 with a blank/python3"), "")


def test_none_is_said(path: Path) -> None:
    interpreter, said = found(holding(path, OLD))
    assert interpreter == "" and "Sourceline needs Python 3.11 or newer; none was found" in said


def test_what_is_asked_of_them_is_python(path: Path) -> None:
    """The questions themselves, by a Python that is here."""
    tools = path / "zz tools"
    (tools / "python3").symlink_to(sys.executable)
    assert found(str(tools)) == (str(tools / "python3"), "")
    assert found(os.environ["PATH"])[1] == ""
