"""What somebody says the columns of a table mean."""

from dataclasses import dataclass
from typing import Any

from . import fields
from .gathered import leaf
from .refusal import Refused

FIELDS = (
    *("text", "title", "subtitle", "authors", "outlet", "original_outlet", "published", "modified"),
    *("url", "archive_url", "section", "language", "id"),
)
ORDERS = ("", "day", "month")
MARKUPS = ("", "html", "plain")
MOST_COLUMNS = 1000
LONGEST_NAME = 20_000
"""Of a column, code points."""


@dataclass(frozen=True, slots=True)
class SayColumns:
    """`names` are all columns of the table that was looked at, in whatever order; `columns` says which of
    them holds which of FIELDS, and how dates and text are read; `encoding` what the table was looked at with,
    where somebody said it."""

    names: tuple[str, ...]
    columns: dict[str, str]
    order: str = ""
    outlet: str = ""
    language: str = ""
    markup: str = ""
    encoding: str = ""


def parse_columns(value: Any, *, named: bool = True) -> SayColumns:
    """Raises Refused, also where all columns are to be `named` and are not."""
    allowed = [name for name in SayColumns.__slots__ if named or name != "names"]
    data = fields.mapping(value, "", allowed)
    said = fields.mapping(data.get("columns"), "columns", FIELDS)
    names = fields.items(data.get("names"), "names", _column, MOST_COLUMNS)
    if named and not names:
        raise Refused("names", "required", "names none: say all columns of the table that you looked at")
    return SayColumns(
        names,
        {field: _column(column, f"columns.{field}") for field, column in said.items()},
        fields.choice(data.get("order"), "order", ORDERS, ""),
        fields.name(data.get("outlet"), "outlet", 200, required=False),
        fields.name(data.get("language"), "language", 35, required=False),
        fields.choice(data.get("markup"), "markup", MARKUPS, ""),
        fields.name(data.get("encoding"), "encoding", 40, required=False),
    )


@leaf("")
def _column(value: Any, field: str) -> str:
    """The name exactly as it stands in the table: nothing is trimmed."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise Refused(field, "string", "must be the name of a column")
    return value
