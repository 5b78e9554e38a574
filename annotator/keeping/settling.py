"""What a restore that was killed between its transaction and its files left: finished, or taken back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DataError, connection

from . import files

_PATIENCE = 60.0  # seconds that the server gets to notice that its client is dead


class NotRestored(Exception):
    """The backup was not restored and what was there is as it was; the message says why."""


def settle() -> bool:
    """Finish, or take back, the files of a restore that was killed; whether there was one."""
    with turn() as folder:
        return settle_in(folder)


@contextmanager
def turn() -> Iterator[Path]:
    folder = Path(settings.DATA_DIR)
    try:
        with files.turn(folder):
            yield folder
    except BlockingIOError:
        raise NotRestored(f"A restore into {folder} is under way: wait for its end.") from None


def settle_in(folder: Path) -> bool:
    found = files.noted(folder)
    if found is None:
        return False
    exchange, number = found
    if _committed(number, exchange):
        exchange.finish()
    else:
        exchange.forget()
    return True


def _committed(number: int, exchange: files.Exchange) -> bool:
    """What became of that transaction. One whose process was killed ends as soon as the server notices."""
    if number == files.NEVER:
        return False
    until = time.monotonic() + _PATIENCE
    state: str | None = "in progress"
    while state == "in progress" and time.monotonic() < until:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_xact_status(%s::text::xid8)", [str(number)])
                (state,) = cursor.fetchone()
        except DataError:
            state = None  # a number that this database has not come to: it is another one
        if state == "in progress":
            time.sleep(0.05)
    if state not in {"committed", "aborted"}:
        raise NotRestored(
            f"A restore into {exchange.folder} was cut short, and this database "
            f"{'has not finished with it' if state else 'knows nothing of it'}. Its files are in "
            f"{exchange.incoming.name}; deleting {files.NOTE} leaves all as it is."
        )
    return state == "committed"
