"""Asking for a release."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from annotator.actions.releases import chosen_scope, request_release
from annotator.intents.refusal import Refused
from annotator.intents.release import MOST_CHOSEN, AskedScope, parse_scope
from annotator.intents.site import parse_site
from annotator.models import Release, Status
from annotator.queries.claims import LABELS
from annotator.queries.scope import speakers_offered, taken, topics_offered
from sources.models import Project, User

from ..access import as_uuid
from .fields import EdtfField, NameField, ProseField, SiteField, Styled

SCOPE = ("statuses", "published_from", "published_to", "speakers", "topics")
"""The fields that say which claims go in."""


class ChosenField(forms.MultipleChoiceField):
    """Several of what is offered or was found by its letters; whether it is there is looked for later."""

    def __init__(self, nothing: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"data-find": nothing, "size": 5}

    def valid_value(self, value: str) -> bool:
        return True


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
    published_from = EdtfField(required=False, label="Published from", help_text="2025-03, or March 2025.")
    published_to = EdtfField(
        required=False, label="Published until", help_text="With all of that month or year."
    )
    speakers = ChosenField(
        "Nobody of that name here", help_text="Claims that any one of them says or passes on."
    )
    topics = ChosenField(
        "No topic like that", help_text="Claims on any one of these topics, or on a topic below it."
    )
    licence = NameField(
        max_length=100,
        required=False,
        help_text="Of your coding, not of the articles: CC BY 4.0, for instance.",
    )
    notes = ProseField(
        required=False, help_text="What readers should know: how texts were chosen, open questions."
    )
    site = SiteField(
        required=False,
        max_length=300,
        label="Address of this site",
        help_text="Permanent links in the file begin with it, for good. If empty, the one you came by.",
    )
    with_texts = forms.BooleanField(
        required=False,
        label="Put the full texts in",
        help_text="Only where you may hand them on. Without, every row still carries its sentence.",
    )

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        asked = self.data.getlist("speakers") if isinstance(self.data, QueryDict) else []
        uuids = tuple(str(one) for one in map(as_uuid, asked[:MOST_CHOSEN]) if one)
        self.offer("speakers", speakers_offered(project, uuids))
        self.offer("topics", topics_offered(project))
        self.fields["speakers"].widget.attrs["data-find-more"] = reverse("api:actors", args=[project.slug])

    def begins(self) -> str:
        """What permanent links would begin with, as far as it can be read."""
        written = self.data.get("site") if self.is_bound else None
        try:
            return parse_site(written or self.initial.get("site", ""))
        except Refused:
            return ""

    def ask(self, *, by: User, site: str) -> Release | None:
        """The release that waits to be built, or None with an error on the field that is at fault. Permanent
        links begin with `site` where the form names no other."""
        asked = {name: value for name, value in self.cleaned_data.items() if name not in SCOPE}
        asked["site"] = asked["site"] or site
        try:
            return request_release(by=by, project=self.project, scope=self._scope(), **asked)
        except Refused as refusal:
            self._refuse(refusal)
            return None

    def count(self) -> tuple[int, int] | None:
        """How many claims it would take, of how many articles; None with an error where that is not asked
        rightly."""
        try:
            return taken(self.project, chosen_scope(self.project, self._scope()))
        except Refused as refusal:
            self._refuse(refusal)
            return None

    def told(self) -> list[tuple[str, str]]:
        """Away from the fields: the name of each that is at fault, or nothing, and what is said of it."""
        return [
            (str(self[name].label) if name in self.fields else "", str(errors[0]))
            for name, errors in self.errors.items()
        ]

    def _scope(self) -> AskedScope:
        return parse_scope({name: self.cleaned_data[name] for name in SCOPE})

    def _refuse(self, refusal: Refused) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, f"{refusal.message[:1].upper()}{refusal.message[1:]}.")
