"""Making a token for a program."""

from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotator.queries.tokens import projects_of, token_of
from sources.actions.tokens import make_token
from sources.models import ApiToken, Scope, User

from .fields import NameField, Styled

ENDS = (("7", "In a week"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"))


class TokenForm(Styled):
    """`once` is another in each page that asks: however often one page is sent, it makes one token."""

    name = NameField(max_length=100, label="Name", help_text="What it is for, such as “nightly import”.")
    scope = forms.ChoiceField(
        choices=Scope.choices, label="It may", help_text="Never more than you may yourself in a project."
    )
    project = forms.ChoiceField(required=False, label="In", choices=())
    ends = forms.ChoiceField(choices=ENDS, initial="90", label="It ends")
    once = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer("project", [("", "Every project of mine"), *projects_of(user)])

    def make(self) -> tuple[ApiToken, str]:
        """The token and its secret; the one that was made already has none to tell any more: ""."""
        said = self.cleaned_data
        mine = uuid5(said["once"] or uuid4(), str(self.user.pk))  # nobody else's, whatever is sent
        try:
            with transaction.atomic():
                return make_token(
                    by=self.user,
                    name=said["name"],
                    scope=Scope(said["scope"]),
                    one_project=UUID(said["project"]) if said["project"] else None,
                    expires_at=timezone.now() + timedelta(days=int(said["ends"])),
                    uuid=mine,
                )
        except IntegrityError:
            if (made := token_of(self.user, mine)) is None:
                raise
            return made, ""
