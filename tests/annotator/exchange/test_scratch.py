"""Folders for what is not finished: one's own, and none left behind by whoever was killed."""

import subprocess
import sys

import pytest

from annotator.exchange.scratch import scratch_beside

HALTS = """
import os, sys
from pathlib import Path
from annotator.exchange.scratch import scratch_beside
with scratch_beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("written")
    os._exit(9)
"""


def test_each_has_a_folder_of_its_own(tmp_path):
    target = tmp_path / "found[1].sqlite"
    with scratch_beside(target) as first:
        (first / "mine").touch()
        with scratch_beside(target) as second:
            assert first != second
        assert (first / "mine").exists() and not second.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_and_nothing_else(tmp_path):
    target = tmp_path / "found[1].sqlite"
    assert subprocess.run([sys.executable, "-c", HALTS, str(target)], check=False).returncode == 9
    (left,) = tmp_path.iterdir()
    assert (left / "half").exists()
    older = tmp_path / "found[1].sqlite.scratch"
    others = [tmp_path / "found1.sqlite.x.scratch", tmp_path / "found[1].sqlite.old"]
    for one in (older, *others):
        one.mkdir()
    with scratch_beside(target) as folder:
        assert set(tmp_path.iterdir()) == {folder, *others}


def test_what_fails_inside_is_told_and_leaves_nothing(tmp_path):
    with pytest.raises(FileNotFoundError, match="gone"), scratch_beside(tmp_path / "a"):
        raise FileNotFoundError("gone")
    assert list(tmp_path.iterdir()) == []
