"""Every field of every form that takes one line: what turns text about is refused there."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError

from annotator.intents.codebook import parse_new_code
from annotator.intents.event import coordinate, geonames, wikidata
from annotator.intents.refusal import Refused
from annotator.intents.saved_search import parse_saving
from annotator.intents.watch_term import parse_change
from annotator.web import forms as ours
from sources.intake.columns import BadColumns, Columns, checked

TURNS = ("a\u202eb", "\u202aa\u202c", "a\u2066b\u2069", "\u202da", "a\u2067b", "a\u2068b", "a\u202bb")


def _code(name: str) -> Callable[[str], Any]:
    return lambda typed: parse_new_code({"facet": "topic", "name": "Bridge", "key": "bridge", name: typed})


def _watched(typed: str) -> Any:
    return parse_change(
        {"words": typed, "version": 1, "is_pattern": False, "whole_words": True, "case_sensitive": False}
    )


READ_WHOLE: dict[str, Callable[[str], Any]] = {
    **{f"codebook.CodeForm.{name}": _code(name) for name in ("name", "key", "colour", "shortcut")},
    "events.EventForm.latitude": lambda typed: coordinate(typed, "latitude", 90),
    "events.EventForm.longitude": lambda typed: coordinate(typed, "longitude", 180),
    "events.EventForm.place_wikidata": lambda typed: wikidata(typed, "place_wikidata"),
    "events.EventForm.place_geonames": lambda typed: geonames(typed, "place_geonames"),
    "watch_terms.ChangeForm.words": _watched,
    "saved_searches.SaveForm.search": lambda typed: parse_saving({"name": "n", "search": typed}),
    "columns.ColumnsForm.row_language": lambda typed: checked(
        Columns({"text": "t"}, "day", "", typed, "plain"), ["t"]
    ),
    "forms.SignUpForm.username": lambda typed: get_adapter().clean_username(typed, shallow=True),
    "forms.SignUpByOtherForm.username": lambda typed: get_adapter().clean_username(typed, shallow=True),
}
"""Fields whose form is handed to an intent as a whole, and what reads them there."""
HONEST = {
    **{"name": "Bridges", "key": "bridges", "colour": "#336699", "shortcut": "k", "username": "bea"},
    **{"latitude": "48.1", "longitude": "11.5", "place_wikidata": "Q64", "place_geonames": "2950159"},
    **{"words": "bridge", "search": "q=crack", "row_language": "ur"},
}
COMPARED = {
    "codebook.CodeForm.version",
    "actors.BelongingForm.organisation_was",
    "members.MemberForm.username",
    "projects.SettingsForm.version",
}
COMPARED |= {f"forms.{name}.code" for name in ("CodeForm", "CodeAgainForm", "ActivateAppForm")}
"""What is held against what is there, and never stored or shown."""


def every_form() -> Iterator[type[forms.BaseForm]]:
    modules = [f"{ours.__name__}.{one.name}" for one in iter_modules(ours.__path__)]
    for name in (*modules, "annotator.web.accounts.forms"):
        for one in vars(import_module(name)).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm) and one.__module__ == name:
                yield one


def lines() -> Iterator[tuple[str, forms.Field]]:
    for form in every_form():
        for name, field in form.base_fields.items():
            long = isinstance(field.widget, forms.Textarea | forms.PasswordInput)
            if isinstance(field, forms.CharField) and not long:
                yield f"{form.__module__.rpartition('.')[2]}.{form.__name__}.{name}", field


LINES = dict(lines())


def test_what_is_passed_over_is_there() -> None:
    assert len(LINES) > 30
    assert set(READ_WHOLE) | COMPARED <= set(LINES)


def test_what_is_passed_over_would_be_read_without_it() -> None:
    for name, read in READ_WHOLE.items():
        read(HONEST[name.rpartition(".")[2]])


@pytest.mark.parametrize("name", sorted(LINES.keys() - COMPARED))
def test_no_line_of_a_form_takes_what_turns_text_about(name: str) -> None:
    for typed in TURNS:
        with pytest.raises((ValidationError, Refused, BadColumns)):
            READ_WHOLE.get(name, LINES[name].clean)(typed)
