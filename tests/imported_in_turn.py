"""Who imports which test module first, in a run of several processes.

pytest puts its own words into the asserts of each test module when it is first imported, which takes half of
what collecting takes, and keeps what came out beside the file. In a fresh checkout processes that all begin
with the same module would each do that for all of them; each begins elsewhere, and finds the rest done.
"""

import importlib
from contextlib import suppress
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent


def import_in_turn(config: pytest.Config) -> None:
    """Import all test modules, beginning with this process's share, where all of them will be collected."""
    worker = getattr(config, "workerinput", None)
    if worker is None or {Path(one).resolve() for one in config.args} != {TESTS}:
        return
    files = sorted(TESTS.rglob("test_*.py"))
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in files[first:] + files[:first]:
        name = ".".join(file.relative_to(TESTS.parent).with_suffix("").parts)
        with suppress(Exception, pytest.skip.Exception):  # collecting it will tell
            importlib.import_module(name)
