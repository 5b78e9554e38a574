"""An article's bibliographic record: the one form for it, after pasting, after uploading and later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import QueryDict
from django.utils import timezone

from annotator.citations.csl import ArticleRecord, cite
from annotator.citations.date_words import in_words
from annotator.citations.missing import missing
from sources.actions import edit_article
from sources.intake.article import BY_HAND, ReadArticle
from sources.intake.dates import to_edtf
from sources.models import Article, User

from .fields import AddressField, EdtfField, LanguageField, NameField, ProseField, Styled

SHORT = {"rows": 2, "class": "textarea textarea-short"}
WAYBACK = "https://web.archive.org/web"


class RecordForm(Styled):
    title = NameField(max_length=500)
    subtitle = NameField(max_length=1000, required=False, label="Standfirst")
    authors = ProseField(
        required=False,
        help_text="One a line, such as “Ferrant, Dario” or “Dario Ferrant”.",
        widget=forms.Textarea(attrs=SHORT),
    )
    outlet = NameField(required=False, help_text="Who published it, as they call themselves.")
    original_outlet = NameField(
        required=False, label="Taken from", help_text="Whose story it is, where this is a reprint."
    )
    published = EdtfField(required=False, help_text="2025-03-14, 2025-03 or 14 March 2025.")
    modified = EdtfField(required=False, label="Last changed", help_text="As the outlet states it.")
    section = NameField(required=False, help_text="Such as Politics, or page A4.")
    language = LanguageField(required=False, label="Language", help_text="A tag such as en, ar, ur.")
    url = AddressField(required=False, max_length=2000, label="Address (URL)")
    archive_url = AddressField(required=False, max_length=2000, label="Address of an archived copy")
    accessed = forms.DateField(
        required=False,
        label="Read there on",
        help_text="Cited where there is no date of publication.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def of(article: Article) -> dict[str, Any]:
        told = {name: getattr(article, name) for name in SAME if name != "authors"}
        return told | {
            "outlet": article.publication.name if article.publication else "",
            "original_outlet": article.original_publication.name if article.original_publication else "",
            "authors": "\n".join(article.authors),
            "version": article.version,
        }

    @staticmethod
    def of_read(read: ReadArticle) -> dict[str, Any]:
        told = {name: getattr(read, field) or "" for field, name in FIELDS.items()}
        return told | {
            "title": read.working_title,
            "authors": "\n".join(read.authors),
            "language": read.language or "en",
            "accessed": read.accessed,
        }

    @classmethod
    def typed(cls, data: QueryDict, **instead: str) -> "RecordForm":
        """What was typed so far, with other values for some fields; nothing is checked."""
        return cls(initial={name: data.get(name, "") for name in cls.base_fields} | instead)

    def clean_authors(self) -> tuple[str, ...]:
        names = names_in(self.cleaned_data["authors"])
        if len(names) > 50 or any(len(name) > 200 for name in names):
            raise forms.ValidationError("At most 50 authors of at most 200 characters each.")
        return names

    def clean_accessed(self) -> date | None:
        day: date | None = self.cleaned_data["accessed"]
        if day and not date(1900, 1, 1) <= day <= timezone.now().date() + timedelta(days=1):
            raise forms.ValidationError("Nobody has read it on that day.")
        return day

    def correct(self, *, by: User, article: Article) -> Article:
        """Raises `sources.actions.StaleArticle` when somebody else was faster, AddressTaken (see there)."""
        said = self.cleaned_data
        values = {name: said[name] for name in SAME if name != "published"}
        return edit_article(
            by=by,
            article=article,
            version=said["version"] or 0,
            values=values
            | {"authors": list(said["authors"]), "language": said["language"] or article.language},
            outlet=said["outlet"],
            original_outlet=said["original_outlet"],
            published=said["published"],
        )

    def completed(self, read: ReadArticle) -> ReadArticle:
        """What was read off, with what the person says in its place."""
        said = self.cleaned_data
        values = {field: said[name] or None for field, name in FIELDS.items()}
        values |= {"authors": said["authors"], "accessed": said["accessed"]}
        typed = (said["outlet"] or None) != read.outlet
        values["read_off"] = read.read_off | ({"outlet": BY_HAND} if typed else {})
        return replace(read, **values | {"language": said["language"] or read.language or "en"})

    @property
    def standing(self) -> "Standing":
        """What the record amounts to as it is typed; a field that is refused counts as empty."""
        said: Mapping[str, Any] = self.initial
        if self.is_bound:
            self.is_valid()
            said = self.cleaned_data
        return Standing.of(said)


SAME = (
    *("title", "subtitle", "authors", "published", "modified", "section", "language"),
    *("url", "archive_url", "accessed"),
)
"""The fields of the form that the article has under the same name."""
FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "authors": "authors",
    "outlet": "outlet",
    "original_outlet": "original_outlet",
    "published_edtf": "published",
    "modified_edtf": "modified",
    "section": "section",
    "language": "language",
    "url": "url",
    "archive_url": "archive_url",
}
"""Field of ReadArticle → field of the form."""


def names_in(lines: str) -> tuple[str, ...]:
    """One name a line, blank lines left out."""
    return tuple(filter(None, (" ".join(line.split()) for line in lines.splitlines())))


@dataclass(frozen=True)
class Standing:
    """What a record amounts to: the reference, what a full one lacks, its dates in words, and where the
    Internet Archive would have the page."""

    citation: str
    missing: tuple[str, ...]
    published: str
    modified: str
    archive_search: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Standing":
        authors = said.get("authors") or ()
        record = ArticleRecord(
            uuid="",
            title=_text(said, "title"),
            authors=names_in(authors) if isinstance(authors, str) else tuple(authors),
            outlet=_text(said, "outlet"),
            published=to_edtf(_text(said, "published")) or "",
            url=_text(said, "url"),
            archive_url=_text(said, "archive_url"),
            accessed=_day(said.get("accessed")),
            section=_text(said, "section"),
            language=_text(said, "language"),
        )
        modified = to_edtf(_text(said, "modified")) or ""
        return cls(
            citation=cite(record) if record.title else "",
            missing=missing(record),
            published=in_words(record.published),
            modified=in_words(modified),
            archive_search=archive_search(record.url, record.published),
        )


def archive_search(url: str, published: str) -> str:
    """The page of web.archive.org that leads to the copy made nearest to the day of publication, else to all
    copies. Nothing is asked there."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    day = published.replace("-", "") if published[:10].replace("-", "").isdecimal() else ""
    return f"{WAYBACK}/{day[:8] if len(day) >= 8 else '*'}/{quote(url, safe=':/?&=%#+,;@!~*()$')}"


def _text(said: Mapping[str, Any], name: str) -> str:
    return " ".join(str(said.get(name) or "").split())


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
