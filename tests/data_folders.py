"""Data folders that are copied from one that a server has made: what a start from nothing does is dear."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.embedded_postgres import places
from tests.in_memory import held_folder, in_memory
from tests.serving import data_folder, serving

_OF_THE_RUN = "SOURCELINE_TESTS_MADE"


@contextmanager
def folder_of_the_run() -> Iterator[None]:
    """Where all processes of a run of tests keep what is made once; gone after the last of them."""
    with held_folder(in_memory()) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(_OF_THE_RUN, str(folder))
        yield


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that whoever asks first fills by `make`, while others wait; it is only copied from."""
    place = Path(os.environ[_OF_THE_RUN])
    made, done = place / name, place / f"{name}.made"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(made, ignore_errors=True)  # what one that failed left
            made.mkdir()
            made.chmod(0o711)  # as root the database runs as another user, who has to pass
            make(made)
            done.touch()
    return made


def copy_of(original: Path, copy: Path) -> None:
    """Copy a stopped data folder and its database files, wherever these lie."""
    subprocess.run(["cp", "-a", str(original), str(copy)], check=True)
    if (original.parent / "databases").exists():
        databases = copy.parent / "databases"
        databases.mkdir(exist_ok=True)
        subprocess.run(["cp", "-a", f"{original.parent}/databases/.", str(databases)], check=True)
    marker = places.DataFolder(copy).marker
    told = json.loads(marker.read_text())
    told["home"] = told["home"].replace(str(original.parent), str(copy.parent))
    marker.write_text(json.dumps(told | {"data_folder": str(copy)}))


def _served() -> Path:
    return made_once("served", _serve) / "data"


def _serve(base: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        with serving("--data", str(base / "data")) as running:
            running.link()
    for ballast in base.rglob("ballast"):
        ballast.unlink()  # each start makes it anew, faster than it is copied


def serve_before(folder: Path) -> None:
    """Make the data folder such as a server leaves it, which has been started once and stopped."""
    copy_of(_served(), folder)


def collect_before(folder: Path) -> None:
    """Make the data folder, with the static files in it that a start would collect and nothing else."""
    folder.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", str(_served() / "static"), str(folder)], check=True)


@contextmanager
def served_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder on which a server ran before; gone afterwards with its database."""
    with data_folder(monkeypatch) as folder:
        serve_before(folder)
        yield folder
