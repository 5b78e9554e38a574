"""From the old server to the new one: as a backup is taken and restored, proof and all, without the files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from annotator.database_roles import as_owner
from annotator.database_urls import parse

from . import archive
from .restoring import bring_in
from .taking import back_up


def copy(old: str, new: str, through: Path, tell: Callable[[str], None]) -> int:
    """Bring all of the database at `old` to the empty one at `new`; how many rows that were.

    Both are the owner's addresses. `through` is the file in between. Raises unless both hold the same.
    """
    through.unlink(missing_ok=True)
    try:
        with _working_at(old):
            back_up(through, tell, whole=False)
        with archive.opened(through) as backup, _working_at(new), as_owner(), transaction.atomic():
            bring_in(backup, tell)
        return backup.manifest.rows
    finally:
        through.unlink(missing_ok=True)


@contextmanager
def _working_at(address: str) -> Iterator[None]:
    before, owner = connection.settings_dict, dict(settings.OWNER_DATABASE)
    connection.close()
    connection.settings_dict = {**before, **parse(address)}
    settings.OWNER_DATABASE.update(parse(address))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
        settings.OWNER_DATABASE.update(owner)
