"""The guards can be taken back and put on again, and agree with the models."""

from typing import Any

import pytest
from django.core.management import call_command

from annotator.database_roles import as_owner

from .catalogue import guards

OTHER_THEN = {"annotator_release_progress_check", "code_facet_known", "annotation_kind_known"}
OTHER_THEN |= {"participant_once", "actor_merged_into_same_project", "event_merged_into_same_project"}
OTHER_THEN |= {"quantity_has_number"}
OTHER_THEN |= {"claim_addressee_same_project", "claim_addressee_mention_of_somebody"}
"""Guards that read otherwise before a later migration, or were of a column that it dropped."""


@pytest.mark.slow
def test_the_guards_reverse(committed_db: str, owner_cursor: Any) -> None:
    before = {(g.table, g.name, g.definition) for g in guards(owner_cursor)}
    with as_owner():
        call_command("migrate", "annotator", "0001", verbosity=0)
        call_command("migrate", "sources", "0001", verbosity=0)
    bare = {(g.table, g.name, g.definition) for g in guards(owner_cursor)}
    assert not [g for g in guards(owner_cursor) if g.kind == "trigger"]
    assert {guard for guard in bare if guard[1] not in OTHER_THEN} < before
    left = owner_cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'sourceline%'").fetchall()
    assert left == []
    with as_owner():
        call_command("migrate", verbosity=0)
    assert {(g.table, g.name, g.definition) for g in guards(owner_cursor)} == before


def test_no_model_has_changed_without_its_migration(committed_db: str) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
