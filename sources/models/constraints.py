"""Constraints that Django does not know: composite foreign keys.

Every row of a project's data names its project in its foreign keys, so PostgreSQL itself refuses a
link between two projects. A `ForeignKey(db_constraint=False)` gives the ORM its joins; the
`CompositeForeignKey` beside it in `Meta.constraints` gives the database its rule.
"""

from typing import Any

from django.db import models
from django.db.models.constraints import BaseConstraint


def reference(to: str, related_name: str = "+", **options: Any) -> models.ForeignKey:
    """A foreign key for the ORM alone; the rule behind it is a `CompositeForeignKey`."""
    options.setdefault("on_delete", models.PROTECT)
    options.setdefault("db_index", False)
    return models.ForeignKey(to, db_constraint=False, related_name=related_name, **options)


class CompositeForeignKey(BaseConstraint):
    """`FOREIGN KEY (fields) REFERENCES to (to_fields)`, never cascading.

    `deferred` is None (checked at once), "immediate" (may be deferred by a transaction that asks for it)
    or "deferred" (checked when the transaction commits).
    """

    def __init__(
        self,
        *,
        name: str,
        fields: tuple[str, ...],
        to: str,
        to_fields: tuple[str, ...] = ("project", "id"),
        deferred: str | None = None,
    ) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields, self.deferred = tuple(fields), to, tuple(to_fields), deferred

    def _columns(self, model: Any, fields: tuple[str, ...], schema_editor: Any) -> str:
        meta = model._meta
        names = [meta.pk.column if f == "id" else meta.get_field(f).column for f in fields]
        return ", ".join(schema_editor.quote_name(n) for n in names)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        target = model._meta.apps.get_model(self.to)
        clause = (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} "
            f"FOREIGN KEY ({self._columns(model, self.fields, schema_editor)}) "
            f"REFERENCES {schema_editor.quote_name(target._meta.db_table)} "
            f"({self._columns(target, self.to_fields, schema_editor)})"
        )
        return f"{clause} DEFERRABLE INITIALLY {self.deferred.upper()}" if self.deferred else clause

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Left to the database, which alone can check it without a race."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        path = f"{self.__class__.__module__}.{self.__class__.__name__}"
        kwargs = {
            "name": self.name,
            "fields": self.fields,
            "to": self.to,
            "to_fields": self.to_fields,
            "deferred": self.deferred,
        }
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.to, self.to_fields))


def one_of(
    field: str, choices: type[models.TextChoices], name: str, *, blank: bool = False
) -> models.CheckConstraint:
    """The column holds one of the enumeration's values (`blank`: or none), in the database as in the form."""
    values = [*choices.values, ""] if blank else choices.values
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def dated_as_said(field: str, name: str) -> models.CheckConstraint:
    """An EDTF date and its range `…_min`, `…_max` come together; an interval may be open at one end. Each
    branch says which ends there are: a comparison with NULL would hold by itself."""
    low, high = f"{field}_min", f"{field}_max"
    return models.CheckConstraint(
        condition=models.Q(**{field: "", low: None, high: None})
        | ~models.Q(**{field: ""})
        & (
            models.Q(**{f"{low}__isnull": False, high: None})
            | models.Q(**{low: None, f"{high}__isnull": False})
            | models.Q(**{f"{low}__isnull": False, f"{high}__isnull": False, f"{low}__lte": models.F(high)})
        ),
        name=name,
    )
