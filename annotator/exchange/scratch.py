"""Room on the disk for what is not finished."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """A folder on the disk that will hold `path`, gone afterwards.

    What a killed run left has the same name and goes first.
    """
    folder = path.with_name(path.name + ".scratch")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
