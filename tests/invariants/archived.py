"""Attempts to write into a project that is archived, where the history's trigger does not stand."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, running

RULE = "archived_is_read_only"
ARCHIVE = "UPDATE sources_project SET archived_at = now() WHERE id = %s"
LINK = "annotator_annotationsentence"
PRINTS, ADDRESSES = "sources_fingerprint", "sources_articleaddress"
ARCHIVE_IT = ARCHIVE % "%(project)s"
COPIED = (
    f"INSERT INTO {PRINTS} (project_id, snapshot_id, recipe, shingles, signature, bands)"
    " VALUES (%(project)s, %(bare)s, 'x', 0, '', '{}')"
)


def _print(world: World, cursor: Any) -> dict[str, Any]:
    bare = rows.another(cursor, world, "sources_snapshot")
    return {"project": world.here.project.pk, "text": world.here.snapshot.pk, "bare": bare}


class _ArchivingBefore:
    """A cursor that archives the project right before a row is put into `table`, for which all is there."""

    def __init__(self, cursor: Any, table: str, project: int) -> None:
        self._cursor, self._first, self._project = cursor, f'INSERT INTO "{table}"', project

    def execute(self, statement: str, given: Any = None) -> Any:
        if statement.startswith(self._first):
            self._cursor.execute(ARCHIVE, [self._project])
        return self._cursor.execute(statement, given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def _inserted(table: str) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        rows.another(_ArchivingBefore(cursor, table, world.here.project.pk), world, table)

    return Attempt("a row more", RULE, (table, "archived_insert"), act)


def _run(table: str, event: str, statement: str) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        pk = rows.another(cursor, world, table)
        cursor.execute(ARCHIVE, [world.here.project.pk])
        cursor.execute(statement, [pk])

    return Attempt(statement, RULE, (table, f"archived_{event}"), act)


def _tied(world: World, cursor: Any) -> None:
    """Of an actor's words: a claim's are counted anew with each link, which another guard refuses too."""
    which = f"FROM {LINK} l JOIN annotator_annotation a ON a.id = l.annotation_id"
    cursor.execute(
        f"SELECT l.annotation_id, l.project_id, l.snapshot_id, l.sentence_id {which}"
        " WHERE a.kind = 'actor' AND l.project_id = %s LIMIT 1",
        [world.here.project.pk],
    )
    link = cursor.fetchone()
    cursor.execute(f"DELETE FROM {LINK} WHERE annotation_id = %s AND sentence_id = %s", [link[0], link[3]])
    cursor.execute(ARCHIVE, [world.here.project.pk])
    columns = "annotation_id, project_id, snapshot_id, sentence_id"
    cursor.execute(f"INSERT INTO {LINK} ({columns}) VALUES (%s, %s, %s, %s)", link)


def _untied(world: World, cursor: Any) -> None:
    """Once the project is open again, what was taken away is put back, as every annotation needs it."""
    project = world.here.project.pk
    columns = "annotation_id, project_id, snapshot_id, sentence_id"
    cursor.execute(f"SELECT {columns} FROM {LINK} WHERE annotation_id = %s", [world.here.lone.pk])
    links = cursor.fetchall()
    cursor.execute(ARCHIVE, [project])
    cursor.execute(f"DELETE FROM {LINK} WHERE annotation_id = %s", [world.here.lone.pk])
    cursor.execute("UPDATE sources_project SET archived_at = NULL WHERE id = %s", [project])
    for link in links:
        cursor.execute(f"INSERT INTO {LINK} ({columns}) VALUES (%s, %s, %s, %s)", link)


ATTEMPTS: list[Attempt] = [
    *(
        _inserted(table)
        for table in (
            "sources_snapshot",
            "sources_capture",
            "sources_segmentation",
            "sources_sentence",
            "sources_intakeitem",
            ADDRESSES,
            "annotator_codebookversion",
        )
    ),
    _run(
        "sources_snapshot",
        "update",
        "UPDATE sources_snapshot SET current_segmentation_id = current_segmentation_id WHERE id = %s",
    ),
    _run(ADDRESSES, "update", f"UPDATE {ADDRESSES} SET project_id = project_id WHERE id = %s"),
    _run(ADDRESSES, "delete", f"DELETE FROM {ADDRESSES} WHERE id = %s"),
    *(
        running(RULE, PRINTS, *statements, holder=f"archived_{event}", given=_print, why=statements[-1])
        for event, statements in (
            ("insert", (ARCHIVE_IT, COPIED)),
            ("update", (ARCHIVE_IT, f"UPDATE {PRINTS} SET recipe = 'x' WHERE snapshot_id = %(text)s")),
            ("delete", (ARCHIVE_IT, f"DELETE FROM {PRINTS} WHERE snapshot_id = %(text)s")),
        )
    ),
    Attempt("tied to a sentence", RULE, (LINK, "archived_insert"), _tied),
    Attempt("untied from its sentences", RULE, (LINK, "archived_delete"), _untied),
]
