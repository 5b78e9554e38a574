"""An event's record, and who took part, to be changed outside the reading room."""

from typing import Any

from django import forms

from annotator.intents.event import BASES, PARTICIPANT_ROLES, EditEvent, parse_event_edit
from annotator.intents.refusal import Refused
from annotator.models import Code, Event, EventParticipant, ParticipantRole
from annotator.models.claim import Basis
from annotator.queries.event_json import degrees
from annotator.queries.speakers import known_by_name
from sources.models import Project

from .fields import EdtfField, NameField, ProseField, Styled


class EventForm(Styled):
    label = NameField(max_length=300)
    type = forms.ChoiceField()
    date = EdtfField(
        may_be_open=True,
        required=False,
        max_length=60,
        help_text="2015-04, 2014-03/2014-04, 2021-08~, 2 May 2015 or since April 2015.",
    )
    date_words = NameField(
        required=False,
        max_length=300,
        label="Date as the text says it",
        help_text="Such as “over the weekend”.",
    )
    place = NameField(required=False, max_length=300)
    latitude = forms.CharField(required=False, max_length=30, help_text="Degrees, north is positive: 48.137.")
    longitude = forms.CharField(required=False, max_length=30, help_text="Degrees, east is positive: 11.575.")
    place_wikidata = forms.CharField(
        required=False, max_length=100, label="Wikidata", help_text="Such as Q64."
    )
    place_geonames = forms.CharField(
        required=False, max_length=100, label="GeoNames", help_text="Such as 2950159."
    )
    note = ProseField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("type", [(code.key, code.name) for code in types])

    @staticmethod
    def of(event: Event) -> dict[str, Any]:
        plain = (
            "label",
            "date",
            "date_words",
            "place",
            "place_wikidata",
            "place_geonames",
            "note",
            "version",
        )
        return {name: getattr(event, name) for name in plain} | {
            "type": event.type.key,
            "latitude": "" if event.latitude is None else degrees(event.latitude),
            "longitude": "" if event.longitude is None else degrees(event.longitude),
        }

    def intent(self, participants: list[dict[str, Any]]) -> EditEvent | None:
        """What was asked for, or None after telling each field what is wrong with it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        try:
            return parse_event_edit(said | {"participants": participants})
        except Refused as error:
            self.refuse(error)
        return None

    def refuse(self, error: Refused) -> None:
        """Says at its field what is wrong."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, error.message if field else str(error))


class ParticipantForm(Styled):
    """One row. `actor` is the name to look for, or the UUID kept from the row as it was shown."""

    actor = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = NameField(required=False, max_length=200, label="Who")
    role = forms.ChoiceField(choices=ParticipantRole.choices, initial=PARTICIPANT_ROLES[0])
    part = NameField(required=False, max_length=100, label="Part in words")
    basis = forms.ChoiceField(choices=Basis.choices, initial=BASES[0])
    mention = forms.UUIDField(required=False, widget=forms.HiddenInput)
    gone = forms.BooleanField(required=False, label="Take out")

    project: Project

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        name = said.get("name")
        if name and not said.get("actor"):
            found = known_by_name(self.project, name)
            if len(found) == 1:
                said["actor"] = found[0].uuid
            elif found:
                self.add_error("name", "Several are called so. Mark this one in the text of an article.")
            else:
                self.add_error("name", "Nobody here is called so. New actors are marked in an article.")
        return said

    @property
    def said(self) -> dict[str, Any] | None:
        """As the intent reads it; None for an empty row or one that goes."""
        data = self.cleaned_data
        if data.get("gone") or not data.get("actor"):
            return None
        return {name: data[name] for name in ("actor", "role", "part", "basis", "mention")}


def participant_forms(data: Any, project: Project, rows: list[EventParticipant]) -> Any:
    """The rows as they are, and two empty ones."""
    kind = type("ProjectParticipantForm", (ParticipantForm,), {"project": project})
    initial = [
        {
            "actor": one.actor.uuid,
            "name": one.actor.name,
            "role": one.role,
            "part": one.part,
            "basis": one.basis,
            "mention": one.mention.annotation.uuid if one.mention else None,
        }
        for one in rows
    ]
    return forms.formset_factory(kind, extra=2, max_num=100, absolute_max=100)(
        data, initial=initial, prefix="who"
    )
