"""What a project watches for: many terms pasted at once, or one that is changed."""

from typing import Any

from django import forms

from annotator.actions import watch_terms
from annotator.actions.watch_terms import Added
from annotator.detect.watching import Wanted
from annotator.intents.refusal import Refused
from annotator.intents.watch_term import AddWatchTerms, ChangeWatchTerm, parse_adding, parse_change
from annotator.models import WatchTerm
from sources.models import Project, User

from .fields import NameField, Styled

KINDS = (("words", "Words"), ("pattern", "Patterns (regular expressions)"))


class HowForm(Styled):
    """How terms are looked for, as both forms ask it."""

    kind = forms.ChoiceField(choices=KINDS, initial="words", label="These are")
    whole_words = forms.BooleanField(
        required=False, initial=True, label="Whole words", help_text="“ban” does not find “urban”."
    )
    case_sensitive = forms.BooleanField(
        required=False, label="Capitals count", help_text="“US” does not find “us”."
    )
    note = NameField(
        required=False, max_length=200, label="Note", help_text="Why, or what to do: read beside each hit."
    )

    def how(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "is_pattern": said["kind"] == "pattern",
            "whole_words": said["whole_words"],
            "case_sensitive": said["case_sensitive"],
            "note": said["note"],
        }

    def refuse(self, refusal: Refused) -> None:
        field = {"is_pattern": "kind"}.get(refusal.field, refusal.field)
        message = refusal.message[:1].upper() + refusal.message[1:]
        self.add_error(field if field in self.fields else None, f"{message}.")


class AddForm(HowForm):
    field_order = ("lines", "kind", "whole_words", "case_sensitive", "note")
    lines = forms.CharField(
        label="What to watch for",
        help_text="One a line; paste as many as you like. “sanction*” also finds sanctions and sanctioned.",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "spellcheck": "false"}),
    )

    def intent(self) -> AddWatchTerms | None:
        """None, with an error on the field, for terms that cannot be looked for."""
        try:
            return parse_adding({"lines": self.cleaned_data["lines"], **self.how()})
        except Refused as refusal:
            self.refuse(refusal)
            return None

    def add(self, *, by: User, project: Project, intent: AddWatchTerms) -> Added | None:
        """None, with an error, where the project would watch for too much."""
        try:
            return watch_terms.add(by=by, project=project, intent=intent)
        except Refused as refusal:
            self.refuse(refusal)
            return None


class ChangeForm(HowForm):
    field_order = ("words", "kind", "whole_words", "case_sensitive", "note")
    words = forms.CharField(
        label="What to watch for",
        max_length=200,
        strip=False,
        widget=forms.TextInput(attrs={"dir": "auto", "spellcheck": "false"}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @staticmethod
    def of(term: WatchTerm) -> dict[str, Any]:
        kind = "pattern" if term.is_pattern else "words"
        values = ("words", "whole_words", "case_sensitive", "note", "version")
        return {"kind": kind, **{name: getattr(term, name) for name in values}}

    def intent(self) -> ChangeWatchTerm | None:
        try:
            said = self.cleaned_data
            return parse_change({"words": said["words"], "version": said["version"], **self.how()})
        except Refused as refusal:
            self.refuse(refusal)
            return None

    def change(self, *, by: User, term: WatchTerm, intent: ChangeWatchTerm) -> bool:
        """False with an error where the store speaks against it. Raises Stale when somebody was faster."""
        try:
            watch_terms.change(by=by, term=term, intent=intent)
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True


def tried(intent: AddWatchTerms | ChangeWatchTerm) -> tuple[Wanted, ...]:
    return intent.terms if isinstance(intent, AddWatchTerms) else (intent.term,)
