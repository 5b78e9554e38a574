"""What became of each thing that was handed over, as its line in the report."""

from __future__ import annotations

from sources.intake.article import ReadArticle
from sources.intake.refusal import Refusal, one_line
from sources.models import Intake, IntakeItem, IntakeOutcome

from .imports import Imported
from .reading_ahead import Ready

_WANTED = (("publication_id", "outlet"), ("published", "date"), ("url", "address"), ("authors", "author"))
_MOST_NOTES = 20


def line_of(
    intake: Intake, ready: Ready, became: Imported | Refusal | None
) -> tuple[IntakeItem, Imported | None]:
    """The line, not yet stored, and what was imported, if anything."""
    imported = became if isinstance(became, Imported) else None
    if imported and ready.incoming:
        told = _told_of(ready.incoming.read, imported)
    else:
        told = _why(ready.item.name, became if isinstance(became, Refusal) else None)
    line = IntakeItem(
        project_id=intake.project_id,
        intake=intake,
        position=ready.position,
        name=one_line(ready.item.name) or "?",
        address=ready.item.address[:2000],
        outcome=imported.outcome if imported else IntakeOutcome.REFUSED,
        article=imported.article if imported else None,
        snapshot=imported.snapshot if imported else None,
        told=told,
    )
    return line, imported


def _told_of(read: ReadArticle, imported: Imported) -> dict[str, object]:
    notes = [*([imported.note] if imported.note else []), *read.notes]
    return {
        "notes": [one_line(note) for note in notes[:_MOST_NOTES]],
        "missing": [word for field, word in _WANTED if not getattr(imported.article, field)],
        "read_off": {field: one_line(where) for field, where in read.read_off.items()},
    }


def _why(name: str, refusal: Refusal | None) -> dict[str, object]:
    told = refusal or Refusal("", "", "nothing could be read")
    where = "" if name.endswith(told.where) else told.where  # that of a table's row says it already
    return {"why": one_line(told.why) or "it is refused", "where": one_line(where)}
