"""Saying what a code is, and choosing where one goes."""

from typing import Any

from django import forms

from annotator.intents.codebook import (
    CONTENT,
    CodeContent,
    EditCode,
    NewCode,
    parse_edit,
    parse_new_code,
)
from annotator.intents.refusal import Refused
from annotator.models import Code, Facet
from annotator.queries.codebook import tops
from sources.models import Project

from .fields import Styled

LISTED = (Facet.CLAIM_TYPE, Facet.CUE_TYPE, Facet.ACTOR_KIND, Facet.EVENT_TYPE)
"""Facets of which one is chosen from a list in the reading room."""


class CodeForm(Styled):
    """The intents read what is sent, so that the page and a file are refused alike."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, strip=False)
    key = forms.CharField(
        required=False,
        label="Key",
        help_text="What files and the API say. Made from the name if you leave it empty; it never changes.",
    )
    definition = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One line that tells when it fits.",
    )
    examples = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="One example a line."
    )
    colour = forms.CharField(
        required=False,
        help_text="As #rrggbb. One that cannot be seen by day and by night is adjusted, and you are told.",
    )
    shortcut = forms.CharField(
        required=False,
        label="Key press",
        help_text="One letter or digit. Pressed on the list of them in the reading room, it chooses.",
    )
    parent = forms.ChoiceField(required=False, label="Lies under")

    def __init__(self, *args: Any, project: Project, facet: str, code: Code | None = None, **kwargs: Any):
        if code is not None:
            kwargs.setdefault("initial", initial_of(code))
        super().__init__(*args, **kwargs)
        self.facet, self.code = facet, code
        self.fields["name"].required = True
        self.fields["name"].label = "Proposition" if facet == Facet.CONCEPT else "Name"
        if facet == Facet.CONCEPT:
            self.fields["name"].help_text = "A whole sentence that a claim can be for or against."
        if facet not in LISTED:
            self.fields["shortcut"].help_text = "One letter or digit. Kept with it, and in the file."
        if code is not None:
            del self.fields["key"]
        if facet == Facet.TOPIC:
            under = [(one.key, one.name) for one in tops(project) if code is None or one.pk != code.pk]
            self.offer("parent", [("", "no other topic"), *under])
        else:
            del self.fields["parent"]

    def _said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in CONTENT if self.cleaned_data.get(name)}

    def new_code(self) -> NewCode | None:
        """What a new code is to be, or None with errors on the fields."""
        body = {"facet": self.facet, "key": self.cleaned_data.get("key", ""), **self._said()}
        return self._read(lambda: parse_new_code(body))

    def edit(self) -> EditCode | None:
        body = {"version": self.cleaned_data["version"], **self._said()}
        return self._read(lambda: parse_edit(body, self.facet))

    def _read(self, read: Any) -> Any:
        try:
            return read()
        except Refused as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refused) -> None:
        """Say it at its field, or above all of them."""
        known = refusal.field if refusal.field in self.fields and refusal.field != "version" else None
        self.add_error(known, f"{refusal.message[:1].upper()}{refusal.message[1:]}.")


def initial_of(code: Code) -> dict[str, Any]:
    stored = {name: getattr(code, name) for name in CONTENT if name != "parent"}
    return {**stored, "parent": code.parent.key if code.parent else "", "version": code.version}


def told_of(content: CodeContent) -> str:
    """What was made of the colour that was asked for; empty where nothing was."""
    if not content.colour_changed:
        return ""
    asked, shown = content.colour_asked, content.colour
    return f"{asked} cannot be told from the page by day and by night, so it was made {shown}."
