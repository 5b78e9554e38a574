"""Taking back what one act did to one claim, read off the history that the database's triggers wrote."""

import json
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection

from annotator.intents.refusal import Refused
from annotator.models import BatchRow, Claim
from sources.models import Change, User

TABLES = frozenset(
    {
        "annotator_annotation",
        "annotator_attribution",
        "annotator_attributionsource",
        "annotator_claim",
        "annotator_claimtopic",
        "annotator_supportingspan",
    }
)
"""Where an act on a claim may have written for its undoing to be left to the history."""
# Links to sentences follow from an annotation's extent and are in no history.
LINKED = """
INSERT INTO annotator_annotationsentence (project_id, snapshot_id, annotation_id, sentence_id)
SELECT a.project_id, a.snapshot_id, a.id, s.id
FROM annotator_annotation a
JOIN sources_sentence f ON f.id = a.sentence_id
JOIN sources_sentence s ON s.segmentation_id = f.segmentation_id AND int4range(s.start, s."end") && a.extent
WHERE a.id = %s
"""
# The text may have been cut anew since: its sentence of then is given up for the one of now.
IN_SENTENCE = """
SELECT s.id FROM sources_snapshot n
JOIN sources_sentence s ON s.segmentation_id = n.current_segmentation_id
WHERE n.id = %s AND int4range(s.start, s."end") && %s::int4multirange ORDER BY s.number LIMIT 1
"""
UNLINKED = "DELETE FROM annotator_annotationsentence WHERE annotation_id = %s"
COUNTED = {"version", "updated_at"}
"""Columns that go on instead of back."""


def give_back(*, by: User, claim: Claim, row: BatchRow) -> None:
    """Undo the row's changes, the last one first, each only where things stand as it left them.

    Raises Refused when something was changed since that no version counts, or is gone (a merged code).
    """
    changes = Change.objects.filter(
        project_id=row.project_id,
        request=row.batch.act,
        pk__gt=row.first_change,
        pk__lte=row.last_change,
    ).order_by("-pk")
    try:
        for change in changes:
            _take_back(change)
    except IntegrityError as error:
        raise Refused("", "changed_since", "what it had is no longer there") from error


def _take_back(change: Change) -> None:
    if change.table not in TABLES:
        raise Refused("", "not_undone", f"a change of {change.table} is not undone")
    anchor = change.table == "annotator_annotation"
    if change.operation == "INSERT":
        if anchor:
            _run(UNLINKED, change.row_id)
        done = _run(f"DELETE FROM {change.table} WHERE {_key(change.table)} = %s", change.row_id)  # noqa: S608
    elif change.operation == "DELETE":
        before = dict(change.before or {})
        if anchor:
            before["sentence_id"] = _sentence_now(before)
        done = _put_back(change.table, before)
        if anchor:
            _run(LINKED, change.row_id)
    else:
        done = _change_back(change.table, change.row_id, change.before or {}, change.after or {})
    if not done:
        raise Refused("", "changed_since", "somebody changed it since")


# The names of tables and columns come from TABLES and the models alone.


def _put_back(table: str, before: Any) -> int:
    columns = ", ".join(f'"{name}"' for name in _columns(table))
    return _run(
        f"INSERT INTO {table} ({columns}) SELECT {columns} "  # noqa: S608
        f"FROM jsonb_populate_record(NULL::{table}, %s::jsonb)",
        json.dumps(before),
    )


def _sentence_now(before: dict[str, Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(IN_SENTENCE, [before["snapshot_id"], before["extent"]])
        row = cursor.fetchone()
    return row[0] if row else None


def _change_back(table: str, key: int | None, before: dict[str, Any], after: dict[str, Any]) -> int:
    """A row that was locked to no end is counted up all the same: others saw the version between."""
    known = _columns(table)
    changed = [c for c in known if before.get(c) != after.get(c) and c not in COUNTED]
    sets = [f'"{c}" = b."{c}"' for c in changed]
    sets += ["version = t.version + 1"] if "version" in known else []
    sets += ["updated_at = now()"] if "updated_at" in known else []
    if not sets:
        return 1
    return _run(
        f"UPDATE {table} t SET {', '.join(sets)} FROM jsonb_populate_record(NULL::{table}, %s::jsonb) b "  # noqa: S608
        f"WHERE t.{_key(table)} = %s AND to_jsonb(t) @> %s::jsonb",
        json.dumps(before),
        key,
        json.dumps({c: after[c] for c in changed}),
    )


def _run(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _model(table: str) -> Any:
    return next(m for m in apps.get_app_config("annotator").get_models() if m._meta.db_table == table)


def _columns(table: str) -> list[str]:
    return [field.column for field in _model(table)._meta.concrete_fields]


def _key(table: str) -> str:
    return str(_model(table)._meta.pk.column)
