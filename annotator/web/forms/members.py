"""Who works on a project: adding somebody by name, and inviting by a link."""

from collections.abc import Collection
from typing import Any

from django import forms

from annotator.actions.inviting import invite_member
from annotator.actions.members import place
from annotator.intents.refusal import Refused, VersionNeeded
from sources.actions.invitations import DAYS, Made
from sources.models import Membership, Project, Role, User
from sources.models.invitation import LONGEST, MOST_USES

from .fields import Styled

LAST = "A project needs at least one manager."


class MemberForm(Styled):
    username = forms.CharField(
        max_length=150,
        label="Sign-in name",
        help_text="Of somebody who has an account here. Invite whoever has none by a link.",
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ANNOTATOR)

    def place(self, *, by: User, project: Project, seen: Collection[str] | None = None) -> Membership | None:
        """The membership, or None with an error: nobody of that name, or nobody left to manage.

        Raises Stale and Vanished where a member is not as they were `seen` any more; without that, nobody
        who is a member is given another role.
        """
        try:
            return place(by=by, project=project, seen=seen, **self.cleaned_data)
        except VersionNeeded:
            self.add_error(
                "username", "They are a member already, in another role: set it in the list above."
            )
            return None
        except Refused as refusal:
            self.add_error(refusal.field, f"{refusal.message[0].upper()}{refusal.message[1:]}.")
            return None


class InvitationForm(Styled):
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ANNOTATOR)
    email = forms.EmailField(
        required=False,
        max_length=254,
        label="E-mail address",
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        help_text="Of the one person it is for. Leave it empty for a link that you pass on yourself.",
    )
    uses_most = forms.IntegerField(
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        label="For how many people",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST,
        initial=DAYS,
        label="For how many days",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email") and said.get("uses_most", 1) != 1:
            self.add_error("uses_most", "One that is for an e-mail address is for one person.")
        return said

    def make(self, *, by: User, project: Project, site: str) -> Made:
        return invite_member(by=by, project=project, site=site, **self.cleaned_data)
