"""The guards can be taken back and put on again, one migration at a time, down to nothing."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from annotator.database_roles import as_owner
from annotator.models import CodebookVersion

from .catalogue import guards, inventory

APPS = "annotator", "sources"
REPLACED = {"publication_name_once"}  # by publication_called_once, which knows of aliases too
OURS = "SELECT proname FROM pg_proc WHERE proname LIKE 'sourceline%'"


def _held(cursor: Any) -> set[tuple[str, ...]]:
    """Every guard as it reads, and the functions behind them."""
    functions = {("function", name) for (name,) in cursor.execute(OURS).fetchall()}
    return functions | {(guard.table, guard.name, guard.definition) for guard in guards(cursor)}


def _to(app: str, name: str | None, then: Callable[[str], None] = lambda name: None) -> None:
    """Go there; `then` is told the name of each of the annotator's migrations that was run or taken back.

    All at once: each new start would put the models of all migrations together again.
    """

    def done(action: str, migration: Any = None, fake: bool = False) -> None:
        if action in ("apply_success", "unapply_success") and migration.app_label == "annotator":
            then(migration.name)

    with as_owner():
        MigrationExecutor(connection, done).migrate([(app, name)])


@pytest.mark.slow
def test_the_guards_reverse_down_to_nothing(committed_db: str, owner_cursor: Any) -> None:
    nodes = MigrationExecutor(connection).loader.graph.nodes
    names = sorted(name for app, name in nodes if app == "annotator")
    before = dict(zip(names[1:], names, strict=False))
    all_there = inventory()
    assert len(all_there["triggers"]) > 50
    held = {names[-1]: _held(owner_cursor)}

    def note(name: str) -> None:
        held[before[name]] = _held(owner_cursor)

    _to("annotator", names[0], note)
    assert sorted(held) == names
    _to("sources", "0001_initial")
    assert {guard for guard in _held(owner_cursor) if guard[1] not in REPLACED} < held[names[0]]
    assert not [guard for guard in guards(owner_cursor) if guard.kind == "trigger"]
    assert owner_cursor.execute(OURS).fetchall() == []
    _to("annotator", None)
    _to("sources", None)
    left = "\n".join(line for lines in inventory().values() for line in lines)
    tables = [model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models()]
    assert [name for name in ("sourceline_", *tables) if name in left] == []
    _to("sources", max(name for app, name in nodes if app == "sources"))
    made = []

    def compare(name: str) -> None:  # from nothing: what a step back left behind would be missing here
        assert _held(owner_cursor) == held[name], name
        made.append(name)

    _to("annotator", names[-1], compare)
    assert made == names
    call_command("migrate", verbosity=0)
    assert inventory() == all_there


def test_what_earlier_versions_of_a_codebook_touched_is_found_as_it_is_now(as_the_owner: None) -> None:
    versions = CodebookVersion.objects.order_by("pk").values_list("pk", "touched")
    stored = list(versions)
    assert sum(bool(touched) for _, touched in stored) >= 2, "a merge in each of two projects"
    found = import_module("annotator.migrations.0018_codes_touched").FOUND
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotator_codebookversion DISABLE TRIGGER codebook_version_immutable")
        cursor.execute("UPDATE annotator_codebookversion SET touched = '{}'")
        cursor.execute(found)
        assert list(versions.all()) == stored
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'codebook_version_immutable'")
        assert cursor.fetchone() == ("A",)
        transaction.set_rollback(True)
