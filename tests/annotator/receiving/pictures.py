"""What a store holds, and its history, without what differs each time: keys, times and drawn identifiers; and
what comes in together held by that against what comes in one by one."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Field, ForeignKey, Model, UUIDField

from annotator.actions.gathering import Gathering
from annotator.exchange.receiving import Report
from annotator.models import Actor, Annotation, Claim, ClaimRelation, Event, HeardMark
from sources.models import Article, Change
from tests.order_of_locks import of_the_test

NAMED = (Actor, Annotation, Claim, ClaimRelation, Event)
"""Whose identifiers the file gives; those of others are drawn."""
Row = tuple[tuple[str, Any], ...]


class Picture:
    """Each key stands as its place in its table, so what refers to what is held against each other too."""

    def __init__(self) -> None:
        models = [
            model
            for app in ("sources", "annotator")
            for model in apps.get_app_config(app).get_models()
            if model._meta.managed and model is not Change
        ]
        self.places: dict[type[Model], dict[Any, int]] = {
            model: {key: place for place, key in enumerate(_rows(model).values_list("pk", flat=True))}
            for model in models
        }
        self.tables = {
            model._meta.db_table: [self._said(model, row) for row in _rows(model).values()]
            for model in models
            if model is not HeardMark
        }
        marks = _rows(HeardMark).values_list("article", flat=True)
        # One or many of an article say the same.
        self.marked = {self.places[Article].get(article, "gone") for article in marks}
        tables = {model._meta.db_table: model for model in models}
        self.history = Counter(
            (change.table, change.operation, change.user_id, bool(change.request), self._told(model, change))
            for change in Change.objects.filter(table__in=tables)
            if (model := tables[change.table])
        )

    def _told(self, model: type[Model], change: Change) -> tuple[Row, ...]:
        return tuple(self._said(model, told) for told in (change.before, change.after) if told is not None)

    def _said(self, model: type[Model], values: dict[str, Any]) -> Row:
        columns = [field for field in model._meta.concrete_fields if not _is_its_own(model, field)]
        return tuple(
            (field.attname, self._shown(field, values[field.attname]))
            for field in columns
            if field.attname in values
        )

    def _shown(self, field: Field, value: Any) -> Any:
        if value is None:
            return None
        places = self.places.get(field.related_model if isinstance(field, ForeignKey) else field.model)
        if isinstance(field, ForeignKey) or field.primary_key:
            # What was undone with its savepoint left its key in nobody's place.
            return places.get(value, "gone") if places is not None else value
        return str(value)


def _rows(model: type[Model]) -> Any:
    return model._default_manager.order_by("pk")


def _is_its_own(model: type[Model], field: Field) -> bool:
    """Of this one time: when, and what nobody named."""
    if isinstance(field, ForeignKey):
        return False
    drawn = isinstance(field, UUIDField) and model not in NAMED
    return drawn or isinstance(field, DateTimeField) or bool(field.generated)


@contextmanager
def one_by_one() -> Iterator[None]:
    def refused(gathering: Gathering) -> None:
        raise IntegrityError("nothing comes in together")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gathering, "opened", refused)
        yield


def both(take: Callable[[], list[Report]]) -> tuple[list[Report], Picture]:
    """What came of it together, held against what comes of it one by one."""
    with of_the_test():
        told, whole = take(), Picture()
        transaction.set_rollback(True)
    with one_by_one(), of_the_test():
        singly, expected = take(), Picture()
        transaction.set_rollback(True)
    assert [asdict(one) for one in told] == [asdict(one) for one in singly]
    for table, rows in expected.tables.items():
        assert whole.tables[table] == rows, table
    assert whole.marked == expected.marked
    assert whole.history == expected.history
    return told, whole
