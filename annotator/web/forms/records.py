"""An article's bibliographic record, to correct one or to complete what was read off a new one."""

from dataclasses import replace
from typing import Any

from django import forms

from sources.actions import edit_article
from sources.intake.article import ReadArticle
from sources.models import Article, User

from .fields import AddressField, EdtfField, LanguageField, NameField, ProseField, Styled


class RecordForm(Styled):
    title = NameField(max_length=500)
    subtitle = NameField(max_length=1000, required=False, label="Standfirst")
    outlet = NameField(required=False, help_text="Who published it, as they call themselves.")
    original_outlet = NameField(
        required=False, label="Taken from", help_text="Whose story it is, where this is a reprint."
    )
    authors = ProseField(
        required=False,
        help_text="One a line, such as “Ferrant, Dario” or “Dario Ferrant”.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea textarea-short"}),
    )
    published = EdtfField(required=False, help_text="2025-03-14, 2025-03 or 14 March 2025.")
    url = AddressField(required=False, max_length=2000, label="Address (URL)")
    language = LanguageField(required=False, label="Language", help_text="A tag such as en, ar, ur.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def of(article: Article) -> dict[str, Any]:
        return {
            "title": article.title,
            "subtitle": article.subtitle,
            "outlet": article.publication.name if article.publication else "",
            "original_outlet": article.original_publication.name if article.original_publication else "",
            "authors": "\n".join(article.authors),
            "published": article.published,
            "url": article.url,
            "language": article.language,
            "version": article.version,
        }

    @staticmethod
    def of_read(read: ReadArticle) -> dict[str, Any]:
        return {
            "title": read.working_title,
            "subtitle": read.subtitle or "",
            "outlet": read.outlet or "",
            "original_outlet": read.original_outlet or "",
            "authors": "\n".join(read.authors),
            "published": read.published_edtf or "",
            "url": read.url or "",
            "language": read.language or "en",
        }

    def clean_authors(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["authors"].splitlines())
        names = tuple(line for line in lines if line)
        if len(names) > 50 or any(len(name) > 200 for name in names):
            raise forms.ValidationError("At most 50 authors of at most 200 characters each.")
        return names

    def correct(self, *, by: User, article: Article) -> Article:
        """Raises `sources.actions.StaleArticle` when somebody else was faster, AddressTaken (see there)."""
        said = self.cleaned_data
        return edit_article(
            by=by,
            article=article,
            version=said["version"] or 0,
            values={
                "title": said["title"],
                "subtitle": said["subtitle"],
                "authors": list(said["authors"]),
                "url": said["url"],
                "language": said["language"] or article.language,
            },
            outlet=said["outlet"],
            original_outlet=said["original_outlet"],
            published=said["published"],
        )

    def completed(self, read: ReadArticle) -> ReadArticle:
        """What was read off, with what the person says in its place."""
        said = self.cleaned_data
        return replace(
            read,
            title=said["title"],
            subtitle=said["subtitle"] or None,
            authors=said["authors"],
            outlet=said["outlet"] or None,
            original_outlet=said["original_outlet"] or None,
            published_edtf=said["published"] or None,
            url=said["url"] or None,
            language=(said["language"] or read.language or "en"),
        )
