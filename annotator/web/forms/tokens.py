"""Making a token for a program."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils import timezone

from annotator.queries.tokens import projects_of
from sources.actions.tokens import make_token
from sources.models import ApiToken, Scope, User

from .fields import NameField, Styled

ENDS = (("7", "In a week"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"))


class TokenForm(Styled):
    name = NameField(max_length=100, label="Name", help_text="What it is for, such as “nightly import”.")
    scope = forms.ChoiceField(
        choices=Scope.choices, label="It may", help_text="Never more than you may yourself in a project."
    )
    project = forms.ChoiceField(required=False, label="In", choices=())
    ends = forms.ChoiceField(choices=ENDS, initial="90", label="It ends")

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer("project", [("", "Every project of mine"), *projects_of(user)])

    def make(self) -> tuple[ApiToken, str]:
        """The token and its secret."""
        said = self.cleaned_data
        return make_token(
            by=self.user,
            name=said["name"],
            scope=Scope(said["scope"]),
            one_project=UUID(said["project"]) if said["project"] else None,
            expires_at=timezone.now() + timedelta(days=int(said["ends"])),
        )
