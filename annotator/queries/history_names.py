"""Who and what the keys and values in the history's rows mean, in words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, DateTimeField, DecimalField, ForeignKey, Model

from annotator import models
from annotator.citations.date_words import in_words
from annotator.models import Actor, Annotation, Code
from annotator.models.extent_field import ExtentField
from sources.models import Article, Change, Publication, Snapshot, User

from .history_of_claims import link_in_words
from .history_words import Row, Told
from .identities import labels_of
from .numbers import grouped

WORDED: tuple[type[Model], ...] = (models.Claim, models.ActorMention, Annotation)
"""They share their key with an annotation and are called by its words."""
INSIDE: tuple[type[Model], ...] = (models.Attribution, models.AttributionSource, models.Party)
"""Parts of the object itself: called by what their rows held at the time."""
DATES = {"said_on", "date", "since", "until", "period", "published", "modified", "accessed"}
"""EDTF."""
ORDERED = {"position"}
"""Places in an order, stored from nought and told from one."""
STRETCH = re.compile(r"\[(\d+),(\d+)\)", re.ASCII)


class Known:
    """The rows as they stood while the history is told from its beginning on, and the names of what they
    point to, as those are called now."""

    def __init__(
        self,
        subject: int,
        changes: Iterable[Change],
        told: Mapping[str, Told],
        more: Iterable[tuple[type[Model], int, Row]] = (),
        called: Collection[type[Model]] = (),
    ) -> None:
        """`more` are rows that no change holds, as they stand; of the kinds in `called` what changed itself
        is named as well, and not only what others point to."""
        self.subject = subject
        self._told = told
        self._rows: dict[tuple[str, int], Row] = {}
        self._wanted: dict[type[Model], set[int]] = defaultdict(set)
        wanted = self._wanted
        for change in changes:
            for row in (change.before, change.after):
                if row is None or change.row_id is None:
                    continue
                # what was changed before what is told began
                self._rows.setdefault((change.table, change.row_id), row)
                if "annotation_key" in row:  # of a carrying, which holds no foreign key to it
                    wanted[Annotation].add(row["annotation_key"])
                model = told[change.table].model
                if told[change.table].merges or model in called:
                    wanted[model].add(change.row_id)
                self._want(model, row)
        for model, key, row in more:
            self._rows.setdefault((model._meta.db_table, key), row)
            self._want(model, row)
        self._names = _names(wanted)

    def _want(self, model: type[Model], row: Row) -> None:
        for name, to in _keys(model):
            if row.get(name) is not None:
                self._wanted[to].add(row[name])

    def now(self, change: Change) -> None:
        """From here on the row is as that change left it."""
        self._rows[change.table, change.row_id or 0] = change.after or {}

    def of(self, model: type[Model], key: int | None) -> str:
        if key is None:
            return ""
        if model not in INSIDE:
            return self._names.get((model, key), "")
        row = self._rows.get((model._meta.db_table, key))
        if row is None:
            return ""
        if model is models.Attribution:
            return link_in_words(row)
        return row.get("words") or self.of(Actor, row["actor_id"])

    def said(self, table: str, column: str, row: Row) -> str:
        value = row.get(column)
        if value is None or value == "":
            return ""
        field = _fields(self._told[table].model)[column]
        if isinstance(field, ForeignKey):
            return self.of(field.related_model, value)
        if field.choices:
            return str(dict(field.choices).get(value, value))
        return in_words(value) if column in DATES else _plain(field, value)

    def own(self, model: type[Model], key: int) -> str:
        return (self._names.get(("own", key)) if model is Actor else None) or self.of(model, key)

    def words(self, annotation: int) -> str:
        return " … ".join(self._annotation(annotation).get("quotes", ()))

    def kind(self, annotation: int) -> str:
        return str(self._annotation(annotation).get("kind", ""))

    def link(self, attribution: int) -> Row:
        """The row of a link, empty where none is known."""
        return self._rows.get((models.Attribution._meta.db_table, attribution), {})

    def code_key(self, code: int) -> str:
        return self._names.get(("key", code), "")

    def _annotation(self, key: int) -> Row:
        return self._rows.get(("annotator_annotation", key), {})


def _plain(field: Any, value: Any) -> str:
    if isinstance(field, BooleanField):
        return "yes" if value else "no"
    if isinstance(field, DecimalField):
        return grouped(Decimal(str(value)))
    if isinstance(field, DateTimeField):
        return in_words(str(value)[:10])
    if isinstance(field, ExtentField):  # as the history holds it: {[10,40),[52,90)}
        return "; ".join(f"{start}–{end}" for start, end in STRETCH.findall(value))
    if field.name in ORDERED:
        return str(value + 1)
    return " … ".join(value) if isinstance(value, list) else str(value)


@lru_cache
def _fields(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


@lru_cache
def _keys(model: type[Model]) -> list[tuple[str, type[Model]]]:
    return [(name, field.related_model) for name, field in _fields(model).items() if field.is_relation]


def _names(wanted: Mapping[type[Model], set[int]]) -> dict[Any, str]:
    """Eight queries at most."""
    names: dict[Any, str] = {}
    if len(texts := wanted.get(Snapshot, set())) > 1:  # else nothing came to another text
        numbers = Snapshot.objects.filter(pk__in=texts).values_list("pk", "number")
        names |= {(Snapshot, key): f"text {number}" for key, number in numbers}
    for code in Code.objects.filter(pk__in=wanted[Code]) if wanted.get(Code) else ():
        names[Code, code.pk], names["key", code.pk] = code.name, code.key
    if wanted.get(Actor):
        actors = list(Actor.objects.filter(pk__in=wanted[Actor]).select_related("survivor"))
        hidden = labels_of(one for one in actors if one.article_id)
        for one in actors:
            label = hidden[one.pk].short if one.pk in hidden else ""
            names[Actor, one.pk] = label or one.survivor.name
            names["own", one.pk] = label or one.name
    for model in (models.Event, User, Publication, Article):
        if wanted.get(model):
            names |= {
                (model, one.pk): str(one) for one in model._default_manager.filter(pk__in=wanted[model])
            }
    if keys := {key for model in WORDED for key in wanted.get(model, ())}:
        quotes = dict(Annotation.objects.filter(pk__in=keys).values_list("pk", "quotes"))
        names |= {
            (model, key): " … ".join(quotes[key])
            for model in WORDED
            for key in wanted.get(model, ())
            if key in quotes
        }
    return names
