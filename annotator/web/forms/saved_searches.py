"""A search to keep, or one that is renamed or shared."""

from typing import Any

from django import forms

from annotator.actions import saved_searches
from annotator.intents.refusal import Refused
from annotator.intents.saved_search import parse_change, parse_saving
from annotator.models import SavedSearch
from sources.models import Project, User

from .fields import NameField, Styled


class NamedForm(Styled):
    name = NameField(max_length=100, label="Name")
    shared = forms.BooleanField(
        required=False, label="Shared", help_text="Every member of the project sees it by this name."
    )

    def refuse(self, refusal: Refused) -> None:
        message = refusal.message[:1].upper() + refusal.message[1:]
        self.add_error(refusal.field if refusal.field in self.fields else None, f"{message}.")


class SaveForm(NamedForm):
    search = forms.CharField(required=False, widget=forms.HiddenInput)

    def save(self, *, by: User, project: Project) -> SavedSearch | None:
        """None, with an error, for what cannot be kept."""
        try:
            intent = parse_saving(self.cleaned_data)
            return saved_searches.save(by=by, project=project, intent=intent)
        except Refused as refusal:
            self.refuse(refusal)
            return None


class ChangeForm(NamedForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @staticmethod
    def of(search: SavedSearch) -> dict[str, Any]:
        return {"name": search.name, "shared": search.shared, "version": search.version}

    def change(self, *, by: User, search: SavedSearch) -> bool:
        """False with an error where it is refused. Raises Stale when somebody was faster."""
        try:
            saved_searches.change(by=by, search=search, intent=parse_change(self.cleaned_data))
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True
