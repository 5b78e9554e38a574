"""Merging two codes, and taking that back, also after coding has gone on."""

import json
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now
from psycopg.types.json import Jsonb

from annotator.intents.refusal import Refused, Stale
from annotator.models import Code, CodeMerge
from annotator.queries.code_uses import Use, use_of
from sources.models import Project, User, acting

from . import codebook, codes

Moved = dict[str, Any]


def merge(
    *, by: User | None, project: Project, gone: UUID, kept: UUID, versions: tuple[int, int] | None = None
) -> CodeMerge:
    """Code with `kept` whatever is coded with `gone`, which is retired and leads to it from now on.

    `versions` are those of the two that were looked at. Raises Code.DoesNotExist, Stale, Refused.
    """
    with acting(by):
        codebook.lock(project)
        away, into = _both(project, gone, kept)
        if versions is not None and versions != (away.version, into.version):
            raise Stale(away if away.version != versions[0] else into)
        _refuse_unfit(away, into)
        moved = _move(use_of(away.facet), away, into)
        moved["children"] = _give_children(away, into)
        moved["retired"] = away.retired_at is not None
        moved["parent"] = away.parent_id
        away.parent = None
        away.merged_into, away.retired_at = into, away.retired_at or Now()
        _save(away)
        moved["watermark"] = _watermark()
        made = CodeMerge.objects.create(
            project=project, facet=away.facet, gone=away, kept=into, moved=moved, author=by
        )
        codebook.freeze(by=by, project=project)
    return made


def undo(*, by: User | None, project: Project, uuid: UUID) -> CodeMerge:
    """Give back to the code that went what the merge took from it, but for what was coded anew since.

    Undoing twice is undoing once. Raises CodeMerge.DoesNotExist, Refused while a later merge stands on it
    or another code has its name.
    """
    with acting(by):
        codebook.lock(project)
        done = CodeMerge.objects.select_for_update(of=("self",)).get(project=project, uuid=uuid)
        if done.undone_at is not None:
            return done
        back, kept = _both(project, done.gone.uuid, done.kept.uuid)
        if kept.merged_into is not None:
            raise Refused(
                "", "undo_later_first", f"first take back that “{kept}” went into “{kept.merged_into}”"
            )
        moved = done.moved
        codebook.refuse_taken_name(project, back.facet, back.name, str(moved["parent"] or ""))
        back.merged_into = None
        if not moved["retired"]:
            back.retired_at = None
            codes.free_shortcut(back)
        _save(back)
        use = use_of(back.facet)
        _move_back(use, back, kept, moved)
        _put_back(use, kept, moved["dropped"])
        _take_children_back(back, kept, moved)
        done.undone_at, done.undone_by = Now(), by
        done.save(update_fields=["undone_at", "undone_by"])
        codebook.freeze(by=by, project=project)
        done.refresh_from_db()
    return done


def _both(project: Project, first: UUID, second: UUID) -> tuple[Code, Code]:
    """Both locked in one order, so that two merges of the same two never wait for each other."""
    rows = Code.objects.select_for_update(of=("self",)).select_related("merged_into", "project")
    found = {
        code.uuid: code for code in rows.filter(project=project, uuid__in=(first, second)).order_by("pk")
    }
    if {first, second} - set(found):
        raise Code.DoesNotExist
    return found[first], found[second]


def _refuse_unfit(away: Code, into: Code) -> None:
    if away.pk == into.pk:
        raise Refused("kept", "two_codes", "a code cannot be merged into itself")
    if away.facet != into.facet:
        raise Refused("kept", "same_facet", "only codes of one kind can be merged")
    for code in (away, into):
        if code.merged_into is not None:
            raise Refused("kept", "merged", f"“{code}” was merged into “{code.merged_into}” already")
    if into.retired_at is not None:
        raise Refused("kept", "retired", f"“{into}” is retired: bring it back first")
    if into.parent_id is not None and (into.parent_id == away.pk or away.children.exists()):
        raise Refused(
            "kept", "two_levels", f"“{into}” lies under another topic, and “{away}” has some under it"
        )


def _save(code: Code) -> None:
    code.version += 1
    code.save()
    code.refresh_from_db(fields=["retired_at"])


def _give_children(away: Code, into: Code) -> list[int]:
    children = list(away.children.order_by("pk"))
    for child in children:
        child.parent = into
        _save(child)
    return [child.pk for child in children]


def _take_children_back(back: Code, kept: Code, moved: Moved) -> None:
    """Topics that still lie where the merge put them; and the code's own place, where there is one still."""
    for child in Code.objects.filter(pk__in=moved["children"], parent=kept):
        child.parent = back
        _save(child)
    parent = Code.objects.filter(pk=moved["parent"], parent=None, merged_into=None).first()
    if parent is not None and not back.children.exists():
        back.parent = parent
        _save(back)


def _run(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def _watermark() -> int:
    """The last change that the history knows: whatever is coded anew after the merge stands behind it."""
    return int(_run("SELECT coalesce(max(id), 0) FROM sources_change")[0])


# The names of tables and columns below come from queries/code_uses.py and the models alone.


def _move(use: Use, away: Code, into: Code) -> Moved:
    """Keys of the rows that moved, and whole rows that went because there was one of the other code."""
    dropped: list[dict[str, Any]] = []
    if use.once:
        same = " AND ".join(f"o.{column} = t.{column}" for column in use.once)
        found = _run(
            f"DELETE FROM {use.table} t WHERE t.{use.column} = %s AND EXISTS "  # noqa: S608
            f"(SELECT FROM {use.table} o WHERE o.{use.column} = %s AND {same}) RETURNING to_jsonb(t)",
            away.pk,
            into.pk,
        )
        dropped = [json.loads(row) for row in found]
    counted = ", version = version + 1" if use.counted else ""
    rows = _run(
        f"UPDATE {use.table} SET {use.column} = %s{counted} WHERE {use.column} = %s RETURNING {use.key}",  # noqa: S608
        into.pk,
        away.pk,
    )
    return {"rows": sorted(rows), "dropped": dropped}


def _move_back(use: Use, back: Code, kept: Code, moved: Moved) -> None:
    """What somebody coded otherwise since, and then with the kept code again, is theirs and stays; and so is
    what they judged otherwise with the kept code (another stand on a concept).

    Other merges, and undoing them, are no such coding: they write to the list of merges in the same act.
    """
    counted = ", version = version + 1" if use.counted else ""
    said = (use.column, *use.judged)
    anew = " OR ".join("c.before ->> %s IS DISTINCT FROM c.after ->> %s" for _ in said)
    _run(
        f"UPDATE {use.table} SET {use.column} = %s{counted} "  # noqa: S608
        f"WHERE {use.column} = %s AND {use.key} = ANY(%s) AND NOT EXISTS ("
        'SELECT FROM sources_change c WHERE c."table" = %s AND c.row_id = '
        f"{use.table}.{use.key} AND c.operation = 'UPDATE' AND c.id > %s "
        f"AND ({anew}) AND NOT EXISTS ("
        "SELECT FROM sources_change m WHERE m.\"table\" = 'annotator_codemerge' AND m.request = c.request))",
        back.pk,
        kept.pk,
        moved["rows"],
        use.table,
        moved["watermark"],
        *(column for column in said for _ in range(2)),
    )


def _put_back(use: Use, kept: Code, dropped: list[dict[str, Any]]) -> None:
    """Rows that the merge took away, where the one they gave way to still stands."""
    if not dropped:
        return
    columns = ", ".join(f'"{field.column}"' for field in use.model._meta.concrete_fields)
    same = " AND ".join(f"o.{column} = r.{column}" for column in use.once)
    _run(
        f"INSERT INTO {use.table} ({columns}) SELECT {columns} "  # noqa: S608
        f"FROM jsonb_populate_recordset(NULL::{use.table}, %s) r WHERE EXISTS "
        f"(SELECT FROM {use.table} o WHERE o.{use.column} = %s AND {same})",
        Jsonb(dropped),
        kept.pk,
    )
