"""An actor's record: names, kind, identifiers, what it belongs to. Lists have two blank rows to add to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from annotator.actions import actor_records
from annotator.intents.actor_record import TIES, parse_record
from annotator.intents.refusal import Refused
from annotator.models import Actor, HowMany, Naming, Tie
from annotator.queries.actor_records import Known
from sources.models import User

from .fields import EdtfField, NameField, ProseField, Styled

SHORT = {"rows": 2, "class": "textarea textarea-short"}
LISTS = ("aliases", "identifiers", "belongings")


class RecordForm(Styled):
    name = NameField(max_length=200)
    kind = forms.ChoiceField()
    naming = forms.ChoiceField(choices=Naming.choices, help_text="How the texts name them.")
    affiliation = NameField(
        max_length=300, required=False, label="As described", help_text="In the articles’ words."
    )
    number = forms.ChoiceField(
        choices=[("", "not said"), *HowMany.choices], required=False, label="One or several"
    )
    stated_reason = ProseField(
        required=False,
        label="Why not named",
        help_text="The reason the text gives.",
        widget=forms.Textarea(SHORT),
    )
    reason_words = ProseField(
        required=False,
        label="The article’s words for it",
        help_text="Copied from the article: they are marked there, and shown on the actor’s page.",
        widget=forms.Textarea(SHORT),
    )
    wikidata = NameField(
        max_length=200, required=False, label="Wikidata", help_text="Q and digits, or the page’s address."
    )
    note = ProseField(max_length=4000, required=False, widget=forms.Textarea(SHORT))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds)
        if "reason_words" not in (self.initial or {}):
            del self.fields["reason_words"]


class Row(Styled):
    """One row of a list. `telling` are the fields that make it one: with none of them it is no row."""

    telling: tuple[str, ...] = ()


class AliasForm(Row):
    telling = ("name", "language", "script")
    name = NameField(required=False, label="Also called")
    language = NameField(max_length=35, required=False, label="Language")
    script = NameField(max_length=4, required=False, label="Script")


class IdentifierForm(Row):
    telling = ("scheme", "value")
    scheme = NameField(max_length=60, required=False, label="Register")
    value = NameField(max_length=300, required=False, label="Identifier")


class BelongingForm(Row):
    """`organisation` and `organisation_was` say whom the row named when the page was shown."""

    telling = ("organisation_name", "role", "since", "until")

    tie = forms.ChoiceField(choices=Tie.choices, required=False, label="Tie")
    organisation_name = NameField(required=False, label="Organisation")
    role = NameField(required=False, label="As")
    since = EdtfField(required=False, label="Since")
    until = EdtfField(required=False, label="Until")
    organisation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    organisation_was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_name"].widget.attrs["list"] = "organisations"


def _rows(
    form: type[Row], prefix: str, data: Any, initial: Sequence[Mapping[str, Any]]
) -> "BaseFormSet[Row]":
    made = formset_factory(form, extra=2, max_num=100, absolute_max=110, validate_max=True)
    return made(data, prefix=prefix, initial=initial)


def _said(rows: "BaseFormSet[Row]") -> list[Row]:
    """The rows that say something: one whose fields are emptied is taken out."""
    return [row for row in rows.forms if any(row.cleaned_data.get(name) for name in row.telling)]


class ActorForms:
    """The record's form and those of its three lists, read and refused together."""

    def __init__(self, known: Known, data: Any = None) -> None:
        self.record = RecordForm(data, initial=known.record, kinds=known.kinds)
        self.aliases = _rows(AliasForm, "aliases", data, known.aliases)
        self.identifiers = _rows(IdentifierForm, "identifiers", data, known.identifiers)
        self.belongings = _rows(BelongingForm, "belongings", data, known.belongings)

    def is_valid(self) -> bool:
        return all([self.record.is_valid(), *(getattr(self, name).is_valid() for name in LISTS)])

    @property
    def errors(self) -> list[str]:
        """What is wrong with a list as a whole, in words."""
        return [error for name in LISTS for error in getattr(self, name).non_form_errors()]

    @property
    def refused(self) -> bool:
        lists = (getattr(self, name) for name in LISTS)
        return bool(self.record.errors) or any(any(rows.errors) or rows.non_form_errors() for rows in lists)

    def correct(self, *, by: User, actor: Actor) -> Actor | None:
        """The corrected actor; None when it was refused, which the forms then say.

        Raises `annotator.intents.refusal.Stale` when somebody else was faster.
        """
        try:
            return actor_records.correct(by=by, actor=actor, record=parse_record(self._body()))
        except Refused as error:
            self._tell(error)
            return None

    def _body(self) -> dict[str, Any]:
        body: dict[str, Any] = dict(self.record.cleaned_data)
        for name in LISTS:
            body[name] = [_entry(row.cleaned_data) for row in _said(getattr(self, name))]
        return body

    def _tell(self, error: Refused) -> None:
        name, _, rest = error.field.partition(".")
        number, _, field = rest.partition(".")
        if name in LISTS and number.isdigit():
            form = _said(getattr(self, name))[int(number)]
            form.add_error(field if field in form.telling else form.telling[0], error.message)
        else:
            self.record.add_error(name if name in self.record.fields else None, error.message)


def _entry(cleaned: dict[str, Any]) -> dict[str, Any]:
    """As the intent takes it: an organisation whose name nobody changed is the one that was shown."""
    values = dict(cleaned)
    if "organisation_was" in values:
        was = values.pop("organisation_was")
        if was != values["organisation_name"]:
            values["organisation"] = None
        values["tie"] = values["tie"] or TIES[0]
    return values
