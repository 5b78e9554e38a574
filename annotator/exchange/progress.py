"""How far the build of a release is: told in a small file beside it, seldom, and read by whoever shows it.

A file, since the build reads the store in one transaction, out of which nothing could be told to others.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
STAGES = {
    "selecting": "Selecting the claims",
    "checking": "Checking every quote against its text",
    "tables": "Writing the tables",
    "formats": "Writing the other formats",
    "workbook": "Writing the workbook",
}
PAUSE = 1.0
"""Seconds between two things told of one stage."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `expected` rows of the stage; nobody knows how many where `expected` is 0."""

    stage: str
    done: int
    expected: int

    @property
    def number(self) -> int:
        return list(STAGES).index(self.stage) + 1

    @property
    def of(self) -> int:
        return len(STAGES)

    @property
    def words(self) -> str:
        return STAGES[self.stage]

    @property
    def rows(self) -> str:
        """ "3 of 20 rows"; empty where nobody knows how many there are."""
        return f"{self.done:,} of {self.expected:,} rows" if self.expected else ""

    @property
    def percent(self) -> int:
        """Of all stages, as if each took as long."""
        part = min(1.0, self.done / self.expected) if self.expected else 0.0
        return int((self.number - 1 + part) * 100 / self.of)


class Teller:
    """Tells in `path` how far it is; nobody, without one."""

    def __init__(self, path: Path | None = None, pause: float = PAUSE) -> None:
        self._path, self._pause, self._next = path, pause, 0.0
        self._stage, self._done, self._expected = "selecting", 0, 0

    def begin(self, stage: str, expected: int = 0) -> None:
        """The stage begins, with so many rows to come."""
        self._stage, self._done, self._expected = stage, 0, expected
        self._tell()

    def counted(self, rows: Iterable[T]) -> Iterator[T]:
        """The same rows, each told of as it passes."""
        for row in rows:
            self.step()
            yield row

    def part(self, rows: Iterable[T], expected: int) -> Iterator[T]:
        """The same rows, which count as `expected` in the end, however many they are."""
        before = self._done
        for row in rows:
            if self._done < before + expected:
                self.step()
            yield row
        self._done = before + expected

    def step(self) -> None:
        self._done += 1
        if self._path is not None and time.monotonic() >= self._next:
            self._tell()

    def end(self) -> None:
        """Nothing is told any more."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def _tell(self) -> None:
        if self._path is None:
            return
        told = json.dumps({"stage": self._stage, "done": self._done, "expected": self._expected})
        written = self._path.with_name(self._path.name + ".new")
        written.write_text(told, encoding="utf-8")
        written.replace(self._path)  # whoever reads sees all of it
        self._next = time.monotonic() + self._pause


def told_in(path: Path) -> Progress | None:
    """What was told last; None where nothing is, or nothing sensible."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        found = Progress(said["stage"], int(said["done"]), int(said["expected"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.stage in STAGES else None
