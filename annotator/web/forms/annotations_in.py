"""Asking for another tool's annotations to be taken in."""

from typing import Any

from django import forms
from django.conf import settings

from annotator.exchange.importers.bundle import NotRead
from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.receiving import parcels
from annotator.exchange.receiving.asking import OTHERS
from annotator.intents.attribution import QUOTATION_TYPES
from annotator.intents.claim import VOICES
from annotator.intents.refusal import Refused
from annotator.models import Code, Facet
from annotator.request_limits import MEGABYTE
from sources.models import Project, User

from .fields import NameField, ProseField, Styled

NOTHING = ("", "—")


class AnnotationsForm(Styled):
    """Who may change the codebook is asked whether codes are to be made."""

    format = forms.ChoiceField(label="Written by", choices=[(key, one.name) for key, one in FORMATS.items()])
    file = forms.FileField(
        label="File or ZIP",
        help_text=f"Up to {settings.LARGEST_IMPORT // MEGABYTE} MB. More comes in with import_annotations.",
    )
    meanings = ProseField(
        required=False,
        label="What its labels mean here",
        help_text="One a line: PER = actor:person, Blame = claim:blame, Cue = cue, NOISE = leave.",
    )
    voice = forms.ChoiceField(
        required=False, label="Voice of claims that say none", choices=[NOTHING, *((v, v) for v in VOICES)]
    )
    quotation_type = forms.ChoiceField(
        required=False,
        label="Quotation of claims that say none",
        choices=[NOTHING, *((q, q.replace("_", " ")) for q in QUOTATION_TYPES)],
    )
    actor_kind = forms.ChoiceField(required=False, label="Kind of actors that say none")
    event_type = forms.ChoiceField(required=False, label="Type of events that say none")
    language = NameField(max_length=35, required=False, label="Language of new texts", help_text="en, ur …")
    outlet = NameField(max_length=200, required=False, label="Outlet of new texts that name none")
    create_codes = forms.BooleanField(required=False, label="Make the codes that the codebook lacks")

    def __init__(self, project: Project, *args: Any, may_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        for name, facet in (("actor_kind", Facet.ACTOR_KIND), ("event_type", Facet.EVENT_TYPE)):
            codes = Code.objects.filter(project=project, facet=facet, retired_at=None)
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
            chosen.choices = [NOTHING, *codes.order_by("position").values_list("key", "name")]
        if not may_code:
            del self.fields["create_codes"]

    def clean(self) -> dict[str, Any]:
        """The wishes are read as the command reads them: a label that is misspelt is refused, never
        ignored."""
        data = super().clean() or {}
        upload = data.get("file")
        if upload is None or "format" not in data:
            return data
        lines = tuple(line for line in data.get("meanings", "").splitlines() if line.strip())
        self.asked = parcels.Asked(
            name=parcels.named(upload.name),
            format=data["format"],
            meanings=lines,
            others={name: data.get(name, "") for name in OTHERS},
            create_codes=bool(data.get("create_codes")),
            by=0,
        )
        try:
            self.asked.wishes  # noqa: B018  (reads them)
        except Refused as error:
            self.add_error("meanings" if error.field == "map" else error.field, f"{error.message}.")
        return data

    def take(self, by: User) -> parcels.Parcel | None:
        """Taken in at once where it is little, else handed over to a worker; None where nothing in it could
        be read, which the form then says."""
        raw: bytes = self.cleaned_data["file"].read()
        asked = parcels.Asked(
            **{name: getattr(self.asked, name) for name in self.asked.__slots__} | {"by": by.pk}
        )
        try:
            return parcels.begin(self.project, asked, raw)
        except NotRead as error:
            self.add_error("file", f"{error}.")
            return None
