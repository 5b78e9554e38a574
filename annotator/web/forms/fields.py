"""Form fields that look like the rest of the page and refuse what a record cannot hold."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from annotator.intents import fields as read
from annotator.intents.addresses import parse_address
from annotator.intents.refusal import Refused
from annotator.intents.site import parse_site
from sources.intake.dates import edtf_bounds, edtf_range, to_edtf, to_edtf_or_open

from .wording import worded

CLASSES = (
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, ""),
    (forms.Select, "select"),
    (forms.CheckboxInput, ""),
    (forms.TextInput, "input"),
)


class Styled(forms.Form):
    """Gives each widget its class, so that templates place fields and never dress them."""

    only_asks = False
    """Whether it is about what is shown, and nothing is ever saved by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for kind, name in CLASSES:
                if isinstance(field.widget, kind):
                    field.widget.attrs.setdefault("class", name)
                    break

    def add_error(self, field: str | None, error: Any) -> None:
        """The first field that was refused has the focus when the page comes back."""
        if isinstance(error, ValidationError) and not hasattr(error, "error_dict"):
            error = worded(error)
        super().add_error(field, error)
        wrong = [name for name in self.fields if name in self.errors]
        if wrong:
            self.focus(wrong[0])

    @property
    def refused(self) -> list[forms.BoundField]:
        """The fields of which something was refused, in the order of the page."""
        return [field for field in self if field.errors]

    @property
    def asks_secrets(self) -> bool:
        """Whether something is asked for that no page gives back."""
        return any(isinstance(field.widget, forms.PasswordInput) for field in self.fields.values())

    def focus(self, name: str) -> None:
        """The field of that name has the focus when the page opens, and no other."""
        for other, one in self.fields.items():
            one.widget.attrs.pop("autofocus", None)
            if other == name:
                one.widget.attrs["autofocus"] = True

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """What may be chosen in the field of that name, as value and words."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  no other field offers anything
        field.choices = choices


class NameField(forms.CharField):
    """One line for people to read, cleaned as the API cleans it."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        try:
            return read.name(value, "", self.max_length or 200, self.required)
        except Refused as error:
            raise ValidationError(error.message, code=error.rule) from error


class ProseField(forms.CharField):
    """Several lines, cleaned as the API cleans them, and counted as it counts them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return read.one_line_end(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        try:
            return read.text(value, "", self.max_length or 2000, self.required)
        except Refused as error:
            raise ValidationError(error.message, code=error.rule) from error


class SiteField(forms.CharField):
    """The origin that permanent pages stand below, or nothing."""

    def clean(self, value: Any) -> str:
        try:
            return parse_site(super().clean(value), "")
        except Refused as error:
            raise ValidationError(f"This {error.message}.", code=error.rule) from error


class EdtfField(forms.CharField):
    """A date as people write it ("14 March 2025") or as EDTF ("2025-03"); cleans to EDTF. `may_be_open`: also
    an interval with one end ("since April 2015")."""

    def __init__(self, *, may_be_open: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_be_open = may_be_open

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if not value:
            return ""
        edtf = to_edtf_or_open(value) if self.may_be_open else to_edtf(value)
        if edtf is None:
            raise ValidationError(
                "This is not a date that can be read. Write 2025-03-14, 2025-03 or 14 March 2025.",
                code="edtf",
            )
        try:
            (edtf_bounds if self.may_be_open else edtf_range)(edtf)
        except ValueError as error:
            raise ValidationError(f"{error}.", code="edtf") from error
        return edtf


class AddressField(forms.CharField):
    """An http or https address of a page that anybody may open, kept as written."""

    widget = forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"})

    def clean(self, value: Any) -> str:
        value = super().clean(value).strip()
        try:
            return parse_address(value, "")
        except Refused as error:
            raise ValidationError(
                f"{error.message[0].upper()}{error.message[1:]}.", code=error.rule
            ) from error


class LanguageField(forms.RegexField):
    """A BCP 47 language tag."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
            max_length=35,
            error_messages={"invalid": "A language tag such as en, ar or ur-Arab is needed."},
            **kwargs,
        )
