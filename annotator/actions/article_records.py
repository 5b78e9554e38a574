"""Taking in one article that is handed over as text, and correcting what is known of one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotator.intents.article import NewArticle, RecordChange
from annotator.intents.refusal import Refused
from sources.actions import Imported, RawFile, by_its_address, edit_article, import_article
from sources.intake.article import BY_HAND, ReadArticle
from sources.intake.dates import edtf_range, to_edtf
from sources.intake.refusal import Refused as Unreadable
from sources.intake.registry import read
from sources.models import Article, Project, User, acting

from .intakes import stored

_HANDED_OVER = "the text"
_AS_READ = {"published": "published_edtf", "modified": "modified_edtf"}
"""Fields of a record that a reader calls otherwise."""


def take_in_text(*, by: User, project: Project, intent: NewArticle) -> Imported:
    """Store the text with what it and its sender say of it, or recognise it. Raises Refused."""
    said = _dated(intent.record.said)
    try:
        found = by_its_address(project, read(intent.text, _HANDED_OVER, format_name="plain"))
    except Unreadable as error:
        where = f" ({error.refusal.where})" if error.refusal.where else ""
        raise Refused("text", "readable", f"{error.refusal.why}{where}") from error
    values: dict[str, Any] = {_AS_READ.get(name, name): value or None for name, value in said.items()}
    if "authors" in said:
        values["authors"] = said["authors"]
    if said.get("outlet"):
        values["read_off"] = found.read_off | {"outlet": BY_HAND}
    completed = replace(found, **values)
    completed = replace(completed, language=completed.language or "en", title=completed.working_title)
    return store_text(by=by, project=project, text=intent.text, completed=completed)


def store_text(*, by: User, project: Project, text: str, completed: ReadArticle) -> Imported:
    """Store what was read off a text that somebody pasted or sent, or recognise it."""
    raw = RawFile(text.encode("utf-8", "replace"), "text/plain; charset=utf-8")
    with acting(by):
        imported = import_article(by=by, project=project, read=completed, raw=raw, method="paste")
        stored(imported)
    return imported


def correct(*, by: User, article: Article, version: int, intent: RecordChange) -> Article:
    """Change what is said and leave the rest. Raises Refused, and what `edit_article` raises."""
    said = dict(_dated(intent.said))
    outlets = {
        name: said.pop(name, found.name if found else "")
        for name, found in (
            ("outlet", article.publication),
            ("original_outlet", article.original_publication),
        )
    }
    published = said.pop("published", article.published)
    if "authors" in said:
        said["authors"] = list(said["authors"])
    return edit_article(by=by, article=article, version=version, values=said, published=published, **outlets)


def _dated(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with its dates as EDTF."""
    return {
        name: _edtf(value, name) if name in _AS_READ and value else _not_ahead(value, name)
        for name, value in said.items()
    }


def _edtf(written: str, field: str) -> str:
    edtf = to_edtf(written)
    if edtf is None:
        raise Refused(field, "edtf", "must be a date, such as 2025-03-14, 2025-03 or 14 March 2025")
    try:
        edtf_range(edtf)
    except ValueError as error:
        raise Refused(field, "edtf", str(error)) from error
    return edtf


def _not_ahead(value: Any, field: str) -> Any:
    if field == "accessed" and value and value > timezone.now().date() + timedelta(days=1):
        raise Refused(field, "date", "nobody has read it on that day")
    return value
