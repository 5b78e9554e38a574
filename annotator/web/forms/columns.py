"""What the columns of a table mean, as a form: a select for each field of an article's record."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms

from annotator.queries.asked_columns import ENCODINGS
from sources.intake.columns import FIELDS, BadColumns, Columns, checked
from sources.intake.table_bytes import encoding_in_words

from .fields import NameField, Styled

LABELS = {
    "text": "Text",
    "title": "Title",
    "subtitle": "Subtitle",
    "authors": "Authors",
    "outlet": "Outlet",
    "original_outlet": "Taken from (agency, outlet)",
    "published": "Published",
    "modified": "Last changed",
    "url": "Address",
    "archive_url": "Address in an archive",
    "section": "Section",
    "language": "Language",
    "id": "The table’s own name of the row",
}
_NONE = "—"
_COLUMN = "column-"
_LONGEST_SHOWN = 60


class ColumnsForm(Styled):
    order = forms.ChoiceField(
        required=False,
        label="Dates such as 03/04/2025",
        choices=[
            ("", "are refused"),
            ("day", "are day first: 3 April"),
            ("month", "are month first: March 4"),
        ],
    )
    markup = forms.ChoiceField(
        required=False,
        label="The text is",
        choices=[("", "what each cell shows itself"), ("html", "HTML"), ("plain", "plain text")],
    )
    row_outlet = NameField(
        required=False, max_length=200, label="Outlet", help_text="Of rows that do not tell their own."
    )
    row_language = forms.CharField(
        required=False,
        max_length=35,
        label="Language",
        help_text="A tag such as en, ur or pt-BR, of rows that do not tell their own.",
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    encoding = forms.ChoiceField(
        required=False, label="Read as", choices=[("", "what was found out"), *ENCODINGS.items()]
    )

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:
        self.names = names
        super().__init__(*args, **kwargs)
        known = str(self.initial.get("encoding", ""))
        if known and known not in ENCODINGS:  # guessed, and said to be right
            letters = self.fields["encoding"]
            letters.choices = [*letters.choices, (known, encoding_in_words(known))]  # type: ignore[attr-defined]
        offered = [("", _NONE), *((name, _short(name)) for name in names)]
        for field in FIELDS:
            choice = forms.ChoiceField(required=field == "text", label=LABELS[field], choices=offered)
            choice.widget.attrs["class"] = "select"
            choice.error_messages["required"] = "Say which column holds the text of the articles."
            self.fields[_COLUMN + field] = choice
        for name, control in self.fields.items():
            self._described(name, control)

    def _described(self, name: str, field: forms.Field) -> None:
        """Names what is told of the control, which changes while the control stays."""
        at = f"id_{name}"
        field.widget.attrs["aria-describedby"] = (
            f"{at}_helptext {at}_told" if field.help_text else f"{at}_told"
        )

    @staticmethod
    def of(columns: Columns) -> dict[str, str]:
        """What is filled in for a mapping."""
        return {
            **{_COLUMN + field: name for field, name in columns.fields.items()},
            **{"order": columns.order, "markup": columns.markup},
            **{"row_outlet": columns.outlet, "row_language": columns.language},
            "encoding": columns.encoding,
        }

    def in_words(self, columns: Columns) -> list[tuple[str, str]]:
        """(label, what is chosen there) of all that the mapping says."""
        said = self.of(columns)
        return [
            (str(field.label), str(dict(getattr(field, "choices", ())).get(said[name], said[name])))
            for name, field in self.fields.items()
            if said.get(name)
        ]

    @property
    def selects(self) -> list[tuple[str, forms.BoundField]]:
        """(field of the record, its select), in the record's order."""
        return [(field, self[_COLUMN + field]) for field in FIELDS]

    @property
    def for_all(self) -> list[forms.BoundField]:
        """What is said of all rows."""
        return [self[name] for name in ("order", "markup", "row_language", "row_outlet")]

    @classmethod
    def read_anew(
        cls, names: Sequence[str], said: Mapping[str, str], proposed: Columns, encoding: str
    ) -> Self:
        """With other letters, and so perhaps other names: what was `said` holds where it still can, and what
        is `proposed` for them fills the rest."""
        initial = {**cls.of(proposed), "encoding": encoding}
        kept = {key: value for key, value in said.items() if value and _may_stay(key, value, names)}
        taken = {value for key, value in kept.items() if key.startswith(_COLUMN)}
        filled = {
            key: value for key, value in initial.items() if not key.startswith(_COLUMN) or value not in taken
        }
        return cls(names, {**filled, **kept, "encoding": encoding}, initial=initial)

    def columns(self) -> Columns | None:
        """None, with errors, where it says what cannot be."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        fields = {field: said[_COLUMN + field] for field in FIELDS if said[_COLUMN + field]}
        outlet, language = said["row_outlet"], said["row_language"].strip()
        try:
            return checked(Columns(fields, said["order"], outlet, language, said["markup"]), self.names)
        except BadColumns as error:
            at = {"language": "row_language", "outlet": "row_outlet"}.get(error.field, _COLUMN + error.field)
            self.add_error(at if at in self.fields else None, f"{_capital(str(error))}.")
            return None


def _may_stay(key: str, value: str, names: Sequence[str]) -> bool:
    return not key.startswith(_COLUMN) or value in names


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
