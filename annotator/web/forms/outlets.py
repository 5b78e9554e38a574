"""An outlet's record."""

from typing import Any

from django import forms

from annotator.actions import outlets
from annotator.intents.outlet import parse_outlet
from annotator.intents.refusal import Refused
from sources.models import Publication, User

from .fields import NameField, ProseField, Styled

SHORT = {"rows": 3, "class": "textarea textarea-short"}
LISTS = ("aliases", "domains")


class OutletForm(Styled):
    name = NameField(max_length=200)
    aliases = ProseField(
        max_length=25_000,
        required=False,
        label="Also called",
        help_text="One name a line. An article whose record gives one of them is this outlet’s.",
        widget=forms.Textarea(SHORT),
    )
    domains = ProseField(
        max_length=15_000,
        required=False,
        label="Sites",
        help_text="One a line, such as thetide.example. Pages there are this outlet’s.",
        widget=forms.Textarea(SHORT | {"dir": "ltr", "inputmode": "url"}),
    )
    issn = NameField(max_length=40, required=False, label="ISSN", help_text="As in 0261-3077.")
    issn_l = NameField(
        max_length=40, required=False, label="ISSN-L", help_text="The one that print and site share."
    )
    wikidata = NameField(
        max_length=200, required=False, label="Wikidata", help_text="Q and digits, or the page’s address."
    )
    country = NameField(max_length=2, required=False, help_text="Two letters, such as GB or SY.")
    language = NameField(max_length=35, required=False, help_text="A tag such as en, ar, ur.")
    is_agency = forms.BooleanField(
        required=False, label="A news agency", help_text="Others print its stories under their own name."
    )
    called_already = ""
    """The name that was refused as another outlet's."""
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def of(outlet: Publication) -> dict[str, Any]:
        told = {name: getattr(outlet, name) for name in OutletForm.base_fields}
        return told | {name: "\n".join(told[name]) for name in LISTS}

    def correct(self, *, by: User, outlet: Publication) -> Publication | None:
        """The corrected outlet; None when it was refused, which the form then says.

        Raises `annotator.intents.refusal.Stale` when somebody else was faster.
        """
        body = dict(self.cleaned_data)
        for name in LISTS:
            body[name] = [line for line in map(str.strip, body[name].splitlines()) if line]
        try:
            return outlets.correct(by=by, outlet=outlet, record=parse_outlet(body))
        except Refused as error:
            name, _, number = error.field.partition(".")
            if error.rule == "called_once":
                self.called_already = body[name][int(number)] if name in LISTS else body[name]
            which = f"“{body[name][int(number)][:60]}” " if name in LISTS and number.isdigit() else ""
            said = f"{which}{error.message}."
            self.add_error(name if name in self.fields else None, said[0].upper() + said[1:])
            return None
