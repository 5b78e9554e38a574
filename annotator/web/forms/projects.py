"""Making a project and saying what it is."""

from typing import Any

from django import forms
from django.utils.text import slugify

from annotator.actions.projects import change_project, open_project
from annotator.intents.refusal import Refused
from annotator.queries.project_json import state_of
from sources.models import Project, User

from .fields import NameField, ProseField, Styled


class ProjectForm(Styled):
    name = NameField(max_length=200, label="Name", help_text="What the articles have in common.")
    slug = forms.SlugField(
        max_length=60,
        required=False,
        label="Address",
        help_text="Letters, digits and hyphens. Made from the name where you leave it empty.",
    )
    description = ProseField(
        required=False,
        max_length=2000,
        label="What it is about",
        help_text="Shown on the project’s first page and in its datasets.",
    )
    is_public = forms.BooleanField(
        required=False,
        label="Anyone may read it without an account",
        help_text="Nobody but members can change anything.",
    )

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        slug = said.get("slug") or slugify(said.get("name", ""))[:60].strip("-")
        if not slug and "name" in said:
            self.add_error("slug", "The name holds no Latin letters to make an address from: write one here.")
        said["slug"] = slug
        return said

    def create(self, *, by: User) -> Project | None:
        """The project, or None with an error on the address where it is taken."""
        try:
            return open_project(by=by, **self.cleaned_data)
        except Refused as refusal:
            self.add_error(refusal.field or None, f"{refusal.message.capitalize()}. Choose another.")
            return None


class SettingsForm(Styled):
    """`version` is the state that these were typed over (`project_json.state_of`)."""

    name = NameField(max_length=200, label="Name")
    description = ProseField(required=False, max_length=2000, label="What it is about")
    is_public = forms.BooleanField(required=False, label="Anyone may read it without an account")
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def of(project: Project) -> dict[str, Any]:
        return {
            "name": project.name,
            "description": project.description,
            "is_public": project.is_public,
            "version": state_of(project),
        }

    def apply(self, *, by: User, project: Project) -> Project:
        """Raises Stale where the project is not as it was shown any more."""
        change = dict(self.cleaned_data)
        return change_project(by=by, project=project, seen={change.pop("version")}, change=change)

    def over(self, current: Project) -> "SettingsForm":
        """The same as typed, to be saved over what is stored now by whoever has seen that."""
        return SettingsForm({**dict(self.data.items()), "version": state_of(current)})
