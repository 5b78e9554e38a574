"""Beside each field of a record: where it was read, what the page says otherwise, what was changed since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import BoundField

from sources.intake.article import PERHAPS, ReadArticle, Told
from sources.models import Article

from .records import FIELDS, RecordForm, names_in

NAMED = tuple(name for name in RecordForm.base_fields if name != "version")


@dataclass(frozen=True)
class Other:
    """What the page says and the field does not; `key` is what the button sends that takes it."""

    key: str
    value: str
    where: str


@dataclass(frozen=True)
class RecordField:
    """`where` says where the value was read. `changed` where something was read and it is now something else;
    `was` then says where that was."""

    field: BoundField
    where: str
    changed: bool
    was: str
    others: tuple[Other, ...]


def record_fields(form: RecordForm, told: Told) -> dict[str, RecordField]:
    """The fields in the form's order, with what was read of each."""
    return {name: _field(form[name], told.get(name, [])) for name in NAMED}


def _field(field: BoundField, told: list[list[str]]) -> RecordField:
    now = _same(field.name, field.value())
    where = next((place for value, place in told if _same(field.name, value) == now), "")
    # Imports once kept the place alone: then nobody knows whether the value was changed since.
    unknown = [place for value, place in told if not value]
    others = tuple(
        Other(f"{field.name}:{number}", value, place)
        for number, (value, place) in enumerate(told)
        if value and _same(field.name, value) != now
    )
    changed = not where and any(not other.where.startswith(PERHAPS) for other in others)
    return RecordField(
        field, where or (unknown[0] if unknown else ""), changed, told[0][1] if changed else "", others
    )


def _same(name: str, value: object) -> str:
    """Told to be the same whatever the blanks and, of a language, the case."""
    text = "" if value is None else str(value)
    if name == "authors":
        return "\n".join(names_in(text))
    return " ".join(text.split()).lower() if name == "language" else " ".join(text.split())


def taken(form_told: Told, key: str) -> dict[str, str]:
    """By field what `key` takes; nothing for a key that no button has."""
    name, _, number = key.partition(":")
    values = [value for value, _ in form_told.get(name, ())]
    if number.isascii() and number.isdigit() and int(number[:3]) < len(values) and values[int(number[:3])]:
        return {name: values[int(number[:3])]}
    return {}


def told_of_read(read: ReadArticle) -> Told:
    """By field of the form."""
    told = {FIELDS[field]: list(every) for field, every in read.told.items() if field in FIELDS}
    for field, where in read.read_off.items():
        if field in FIELDS and FIELDS[field] not in told:
            told[FIELDS[field]] = [["", where]]
    return told


def told_of_article(article: Article) -> Told:
    """What was read of an article with each of its texts, the first text first; one query."""
    texts = list(article.snapshots.order_by("number").values_list("number", "cleaning"))
    told: Told = {}
    for number, cleaning in texts:
        for field, value, where in _kept(cleaning):
            here = told.setdefault(field, [])
            if not any(_same(field, value) == _same(field, known) for known, _ in here):
                here.append([value, where if number == 1 else f"{where}, with text {number}"])
    return told


def _kept(cleaning: object) -> Iterator[tuple[str, str, str]]:
    """Field, value and place, of what an import kept beside its text; older ones kept places alone."""
    if not isinstance(cleaning, dict):
        return
    told, places = cleaning.get("told") or {}, cleaning.get("read_off") or {}
    for field, every in told.items():
        for value, where in _pairs(every):
            if field in FIELDS:
                yield FIELDS[field], value, where
    for field, where in places.items():
        if field in FIELDS and field not in told:
            known = cleaning.get("modified", "") if field == "modified_edtf" else ""
            yield FIELDS[field], str(known), str(where)


def _pairs(every: object) -> Iterable[tuple[str, str]]:
    found = every if isinstance(every, list) else []
    return [(str(one[0]), str(one[1])) for one in found if isinstance(one, list) and len(one) == 2]
