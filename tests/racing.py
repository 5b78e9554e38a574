"""Several threads at one starting line, each with its own connection."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def race(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run all at once; for each what it returned, or the exception it raised."""
    acts = list(acts)
    line = Barrier(len(acts), timeout=120)

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            line.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
