"""Databases made before migrations were put together: whole ones go on, half-way ones are refused."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from annotator.database_roles import as_owner

TOGETHER = 22  # so many were put together; the next ones, which have been run since, keep to one each


def _replacing() -> dict[str, str]:
    """The name of each migration that was -> the one that stands for it."""
    found = [
        (old, key[1]) for key, one in MigrationLoader(None).replacements.items() for _, old in one.replaces
    ]
    assert len(dict(found)) == len(found), "each is replaced once"
    return dict(found)


def _rows(cursor: Any) -> set[tuple[str, str]]:
    return set(cursor.execute("SELECT app, name FROM django_migrations").fetchall())


def _forget(cursor: Any, names: list[str]) -> None:
    cursor.execute("DELETE FROM django_migrations WHERE app = 'annotator' AND name = ANY (%s)", [names])


def _migrate(*to: str, **options: Any) -> None:
    with as_owner():
        call_command("migrate", *to, verbosity=0, **options)


def test_none_is_left_out() -> None:
    old = sorted(_replacing())
    assert [name[:4] for name in old] == [f"{n:04}" for n in range(1, len(old) + 1)]
    assert len(old) >= TOGETHER


@pytest.mark.lengthy
def test_an_older_database_has_nothing_to_do(committed_db: str, owner_cursor: Any) -> None:
    whole, now = _rows(owner_cursor), list(_replacing().values())
    _forget(owner_cursor, now)
    assert whole - _rows(owner_cursor) == {("annotator", name) for name in now}
    _migrate(check_unapplied=True)
    _migrate()
    assert _rows(owner_cursor) == whole


@pytest.mark.slow
def test_what_came_since_is_run(committed_db: str, owner_cursor: Any) -> None:
    """In a database of the last version before they were put together."""
    whole, replacing = _rows(owner_cursor), _replacing()
    _migrate("annotator", max(replacing.values()))  # the last that stands for an older one
    owner_cursor.execute("DROP INDEX change_of_deleted, change_of_deleted_relation")
    _forget(owner_cursor, [*replacing.values(), *sorted(replacing)[TOGETHER:]])
    with pytest.raises(SystemExit):
        _migrate(check_unapplied=True)
    _migrate()
    assert _rows(owner_cursor) == whole
    assert owner_cursor.execute("SELECT to_regclass('change_of_deleted') IS NOT NULL").fetchone() == (True,)


@pytest.mark.lengthy
@pytest.mark.parametrize("look", [{"check_unapplied": True}, {"plan": True}, {}])
def test_one_that_stopped_half_way_is_refused(committed_db: str, owner_cursor: Any, look: dict) -> None:
    """Wherever it stopped: from the last but one down to the very first."""
    replacing = _replacing()
    names = sorted(replacing)
    _forget(owner_cursor, [*replacing.values(), *names[TOGETHER:]])
    for last in range(TOGETHER - 1, 0, -1):
        _forget(owner_cursor, names[last:])
        rows = _rows(owner_cursor)
        with pytest.raises(
            CommandError, match=rf"as far as annotator\.{names[last - 1]}\. .*\.{names[TOGETHER - 1]} once"
        ):
            _migrate(**look)
        assert _rows(owner_cursor) == rows
