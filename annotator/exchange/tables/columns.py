"""How one column of the dataset is declared: once, on the field of its row class.

The CSV header, `datapackage.json` and the column tables of `docs/dataset.md` are all made from these
declarations.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is a Frictionless type, or `list` for a string of values joined by `;`.

    `levels` are the only values allowed; `codebook` names the codebook facet whose keys are allowed
    instead. `refers` is `table.column`.
    """

    name: str
    kind: str
    description: str
    levels: tuple[str, ...] = ()
    codebook: str = ""
    required: bool = False
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `name` is the file without its ending, `key` the columns that name a row."""

    name: str
    description: str
    row: type
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return _columns(self.row)

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Each foreign key held by a single value: (column, table, column there)."""
        for column in self.columns:
            if column.refers and column.kind != "list":
                table, there = column.refers.split(".")
                yield column.name, table, there


@cache
def _columns(row: type) -> tuple[Column, ...]:
    return tuple(Column(name=f.name, **f.metadata) for f in fields(row))


def _declare(kind: str, description: str, **more: Any) -> Any:
    metadata = {"kind": kind, "description": description, **more}
    return field(metadata=metadata) if more.get("required") else field(default=None, metadata=metadata)


def string(description: str, **more: Any) -> Any:
    return _declare("string", description, **more)


def key(description: str, **more: Any) -> Any:
    """A column that every row fills: an identifier, its own or that of another row."""
    return _declare("string", description, required=True, **more)


def whole(description: str, **more: Any) -> Any:
    return _declare("integer", description, **more)


def number(description: str, **more: Any) -> Any:
    return _declare("number", description, **more)


def yes_no(description: str, **more: Any) -> Any:
    return _declare("boolean", description, **more)


def day(description: str, **more: Any) -> Any:
    return _declare("date", description, **more)


def moment(description: str, **more: Any) -> Any:
    """A point in time in UTC, written `2031-03-04T09:30:00Z`."""
    return _declare("datetime", description, **more)


def values(description: str, **more: Any) -> Any:
    """Several values in one cell, joined by `;`."""
    return _declare("list", description, **more)


def level(description: str, *levels: str, **more: Any) -> Any:
    return _declare("string", description, levels=levels, **more)


def code(description: str, facet: str, **more: Any) -> Any:
    """A key of the project's codebook."""
    return _declare("string", description, codebook=facet, **more)
