"""What the columns of tables mean, remembered: the same columns are not asked about twice in a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from sources.intake.columns import BadColumns, Columns, checked, columns_from, key_of
from sources.intake.items import as_remembered, tables_of
from sources.intake.refusal import Refused
from sources.intake.table import Opened
from sources.models import ColumnMapping, Intake, Project, User, acting

from .kept_files import kept


def remember(*, by: User, project: Project, names: Iterable[str], columns: Columns) -> ColumnMapping:
    """From now on tables with these columns are read so. Raises BadColumns where they cannot be."""
    names = tuple(names)
    meaning = checked(columns, names).as_json()
    with acting(by):
        found, made = ColumnMapping.objects.get_or_create(
            project=project,
            key=key_of(names),
            defaults={"names": [_storable(name) for name in names], "meaning": meaning, "by": by},
        )
        if not made:
            rows = ColumnMapping.objects.filter(pk=found.pk)
            rows.update(meaning=meaning, by=by, at=Now(), version=F("version") + 1)
            found.refresh_from_db()
    return found


class StaleMapping(Exception):
    """Somebody said anew what the columns mean, or had it forgotten: `current` is what stands, or None."""

    def __init__(self, current: ColumnMapping | None) -> None:
        super().__init__("somebody said anew what these columns mean")
        self.current = current


def say_anew(*, by: User, mapping: ColumnMapping, columns: Columns, version: int | None) -> ColumnMapping:
    """As `remember`, of what is remembered already, in the place of that `version` of it. Saying what is
    said already changes nothing, whatever the version.

    Raises BadColumns, StaleMapping, and NoVersion where none is said.
    """
    meaning = checked(columns, mapping.names).as_json()
    with acting(by):
        now = _now(mapping)
        if now.meaning == meaning:
            return now
        _check_version(now, version)
        row = ColumnMapping.objects.filter(pk=now.pk)
        row.update(meaning=meaning, by=by, at=Now(), version=F("version") + 1)
        return row.select_related("by").get()


def forget(*, by: User, mapping: ColumnMapping, version: int | None = None) -> None:
    """The next table with these columns is asked about; where a `version` is said, of that one alone
    (StaleMapping). Forgetting twice is forgetting once."""
    with acting(by):
        if version is not None:
            _check_version(_now(mapping), version)
        ColumnMapping.objects.filter(pk=mapping.pk).delete()


class NoVersion(Exception):
    """Nobody said which version is to be changed."""


def _now(mapping: ColumnMapping) -> ColumnMapping:
    """As it is until the act ends. Raises StaleMapping where it is forgotten."""
    now = ColumnMapping.objects.select_for_update(of=("self",)).select_related("by").filter(pk=mapping.pk)
    if (found := now.first()) is None:
        raise StaleMapping(None)
    return found


def _check_version(now: ColumnMapping, version: int | None) -> None:
    if version is None:
        raise NoVersion
    if now.version != version:
        raise StaleMapping(now)


def remembered(project: Project, keys: Iterable[str]) -> dict[str, Columns]:
    """By key, what was said of those columns. What can no longer be read is asked again. One query."""
    known: dict[str, Columns] = {}
    for mapping in ColumnMapping.objects.filter(project=project, key__in=set(keys)):
        with suppress(BadColumns):
            known[mapping.key] = checked(columns_from(mapping.meaning), mapping.names)
    return known


def mappings_of(intake: Intake) -> list[ColumnMapping]:
    """Those that an intake's tables are read by, as they stand now. One query, or none without tables."""
    keys = intake.options.get("columns") or {}
    if not keys:
        return []
    rows = ColumnMapping.objects.filter(project_id=intake.project_id, key__in=list(keys))
    return list(rows.select_related("by").order_by("pk"))


def mapping_of(project: Project, uuid: UUID) -> ColumnMapping | None:
    return ColumnMapping.objects.select_related("by").filter(project=project, uuid=uuid).first()


@contextmanager
def tables_kept(intake: Intake) -> Iterator[list[Opened]]:
    """The tables among the files that are kept for it, to be read within the context."""
    with ExitStack() as stack:
        found: list[Opened] = []
        for path, name in kept(intake):
            with suppress(Refused):
                declared = intake.options.get("encoding") or None
                found += stack.enter_context(tables_of(path, name, declared=declared))
        yield found


def told_or_remembered(
    *,
    by: User,
    project: Project,
    files: Iterable[tuple[Path, str]],
    told: Columns | None,
    order: str,
    encoding: str,
) -> dict[str, Any]:
    """For `Options.columns`: what was `told` of the columns of all tables among the files, from now on
    remembered of those that have them; else what is remembered, its dates read in `order` where that was
    said."""
    keys = set()
    told = replace(told, encoding=encoding) if told and encoding else told
    for path, name in files:
        with suppress(Refused), tables_of(path, name, declared=encoding or None) as tables:
            for table in tables:
                keys.add(key_of(table.columns))
                if told is not None:
                    with suppress(BadColumns):  # another table's; its item says so
                        remember(by=by, project=project, names=table.columns, columns=told)
    if told is not None:
        return told.as_json()
    known = remembered(project, keys) if keys else {}
    return {key: replace(one, order=order or one.order).as_json() for key, one in known.items()}


def answered(intake: Intake) -> tuple[dict[str, dict[str, object]], bool]:
    """For `Intake.options`, by key what the columns of its tables mean, as far as that is remembered, and
    whether nothing is left to be asked of them."""
    with tables_kept(intake) as tables:
        known = remembered(intake.project, [key_of(table.columns) for table in tables]) if tables else {}
        nothing_left = not any(_asked_about(table, intake, known) for table in tables)
    return {key: columns.as_json() for key, columns in known.items()}, nothing_left


def unanswered(intake: Intake, tables: Iterable[Opened]) -> tuple[Opened | None, Columns | None]:
    """The first table that somebody has to be asked about, and what is remembered of its columns: those of
    which only the letters were guessed have a meaning already."""
    tables = list(tables)
    known = remembered(intake.project, [key_of(table.columns) for table in tables])
    found = next((table for table in tables if _asked_about(table, intake, known)), None)
    return found, known.get(key_of(found.columns)) if found else None


def letters_of(table: Opened) -> str:
    """For `Intake.options["letters"]`: a guess that somebody looked at holds for tables that are alike."""
    return f"{key_of(table.columns)} {table.encoding}"


def _asked_about(table: Opened, intake: Intake, known: Mapping[str, Columns]) -> bool:
    meant = known.get(key_of(table.columns))
    if meant is None or not table.note or letters_of(table) in intake.options.get("letters", ()):
        return meant is None
    return not as_remembered(table, meant).letters_known


def _storable(name: str) -> str:
    return name.replace("\x00", "")
