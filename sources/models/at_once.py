"""Migrations whose changes of models are carried out together.

After each operation that makes or changes a model, Django puts together anew all models that hang on it; here
those are nearly all, and doing it 230 times was half the work of migrating an empty database. An operation
needs no more than the models before it and after it; many that do not touch each other can share these.
"""

from collections.abc import Iterable
from typing import Any

from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation

CHANGES = FieldOperation, IndexOperation


class AtOnce(Operation):
    """Operations of which each is shown the models as they were before the first and after the last."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        # Whoever asks for the models next puts them together.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class MigrationAtOnce(Migration):
    """One whose operations are carried out in their order, and together where they can be."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        self.operations = list(grouped(self.operations))  # type: ignore[misc]  # as Django does


def grouped(operations: Iterable[Operation]) -> Iterable[Operation]:
    """Neighbours are put together, but for SQL and Python, and for what changes a model that the others make:
    made as it will be afterwards, it would have the change already."""
    together: list[Operation] = []
    made: set[str] = set()
    for operation in operations:
        changed = operation.model_name_lower if isinstance(operation, CHANGES) else None
        apart = changed is None and not isinstance(operation, CreateModel)
        if together and (apart or changed in made):
            yield _one(together)
            together, made = [], set()
        if apart:
            yield operation
            continue
        together.append(operation)
        if isinstance(operation, CreateModel):
            made.add(operation.name_lower)
    if together:
        yield _one(together)


def _one(together: list[Operation]) -> Operation:
    return AtOnce(together) if len(together) > 1 else together[0]
