"""Asking for a release."""

from django import forms

from annotator.actions.releases import request_release
from annotator.intents.refusal import Refused
from annotator.models import Release, Status
from annotator.queries.claims import LABELS
from sources.models import Project, User

from .fields import NameField, ProseField, Styled


class ReleaseForm(Styled):
    title = NameField(
        max_length=200, required=False, help_text="How it will be cited. The project’s name if left empty."
    )
    statuses = forms.MultipleChoiceField(
        choices=LABELS,
        initial=[Status.ACCEPTED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    licence = NameField(
        max_length=100,
        required=False,
        help_text="Of your coding, not of the articles: CC BY 4.0, for instance.",
    )
    notes = ProseField(
        required=False, help_text="What readers should know: period, selection, open questions."
    )
    with_texts = forms.BooleanField(
        required=False,
        label="Put the full texts in",
        help_text="Only where you may hand them on. Without, every row still carries its sentence.",
    )

    def ask(self, *, by: User, project: Project, site: str) -> Release | None:
        """The release that waits to be built, or None with an error on the field that is at fault."""
        try:
            return request_release(by=by, project=project, site=site, **self.cleaned_data)
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, f"{refusal.message[:1].upper()}{refusal.message[1:]}.")
            return None
