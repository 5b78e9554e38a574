"""One stored row that is untrue, written past every guard: no release is made, and its page says why."""

import psycopg
import pytest
from django.test import Client

from annotator.exchange.release_file import build, path_of
from annotator.intents.release import STATUSES, Scope
from annotator.models import Annotation, Release, ReleaseState
from tests.factories import World

EVERY = Scope(statuses=STATUSES).as_json()
ONE = "annotator_annotation", "id = %(annotation)s"
# Of each untruth: the table, which row, what is put there, and what the list says of it.
UNTRUE = {
    "digest": (
        "sources_snapshot",
        "id = %(snapshot)s",
        "sha256 = repeat('0', 64)",
        "snapshot {snapshot_uuid}",
    ),
    "quote": (*ONE, "quotes = ARRAY[overlay(quotes[1] placing 'Q' from 1 for 1)]", "the quote is not what"),
    "prefix": (*ONE, "prefix = overlay(prefix placing '§' from 1 for 1)", "the prefix is not what"),
    "suffix": (*ONE, "suffix = overlay(suffix placing '§' from 1 for 1)", "the suffix is not what"),
    "sentence": (
        "annotator_annotationsentence",
        "annotation_id = %(annotation)s",
        "sentence_id = (SELECT id FROM sources_sentence WHERE snapshot_id = %(snapshot)s "
        "ORDER BY number DESC LIMIT 1)",
        "sentence",
    ),
}


def past_the_guards(owner: psycopg.Cursor, table: str) -> None:
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(
        "SELECT conrelid::regclass, conname FROM pg_constraint WHERE (conrelid = %(t)s::regclass AND "
        "contype = 'c') OR (confrelid = %(t)s::regclass AND contype = 'f')",
        {"t": table},
    )
    for holder, name in owner.fetchall():
        owner.execute(f'ALTER TABLE {holder} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')


@pytest.mark.lengthy
@pytest.mark.parametrize("what", UNTRUE)
def test_one_untrue_row_fails_the_release_and_its_page_names_it(
    committed_world: World, owner_cursor: psycopg.Cursor, settings, tmp_path, what
):
    settings.DATA_DIR = tmp_path
    side, by = committed_world.here, committed_world.manager
    marked = Annotation.objects.get(pk=side.claim.pk)
    table, which, put, said = UNTRUE[what]
    where = {"annotation": marked.pk, "snapshot": marked.snapshot_id}
    past_the_guards(owner_cursor, table)
    owner_cursor.execute(f"UPDATE {table} SET {put} WHERE {which}", where)
    assert owner_cursor.rowcount == 1

    made = Release.objects.create(project=side.project, number=7, title="Untrue", filter=EVERY)
    build(made)
    made.refresh_from_db()
    assert made.state == ReleaseState.FAILED
    named = said.format(snapshot_uuid=marked.snapshot.uuid)
    assert any(named in line for line in made.problems), made.problems
    if what != "digest":
        assert any(str(marked.uuid) in line for line in made.problems), made.problems
    assert not path_of(made).is_file()
    client = Client()
    client.force_login(by)
    html = client.get(f"/p/{side.project.slug}/releases/7/").content.decode()
    assert "This release was not made." in html
    assert named in html
