"""Which of a project's changes somebody wants to see."""

from typing import Any

from django import forms

from annotator.queries.history_kinds import KINDS
from annotator.queries.project_history import Asked
from sources.models import User

from .fields import Styled


class HistoryForm(Styled):
    only_asks = True
    person = forms.ChoiceField(required=False, label="By whom")
    kind = forms.ChoiceField(
        required=False,
        label="Of what",
        choices=[("", "Everything"), *((key, kind.name) for key, kind in KINDS.items())],
    )
    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)
    member = forms.UUIDField(required=False, widget=forms.HiddenInput)
    mark = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.uuid): person for person in people}
        self.offer("person", [("", "Anybody"), *((key, str(one)) for key, one in self._people.items())])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if {"article", "member", "mark"} & set(self.errors):
            for hidden in ("article", "member", "mark"):  # which nobody sees, and nobody typed
                self.errors.pop(hidden, None)
            self.add_error(None, "No article, member or mark is meant by that address.")
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "The period ends before it begins.")
        if said.get("member") and str(said["member"]) not in self._people:
            self.add_error(None, "Nobody of this project is meant by that.")
        return said

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            person=self._people.get(said["person"]),
            kind=said["kind"],
            first=said["since"],
            last=said["until"],
            article=said["article"],
            member=self._people.get(str(said["member"])) if said["member"] else None,
            mark=said["mark"],
        )
