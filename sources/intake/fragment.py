"""Read the HTML of one story without a page around it, as tables and databases keep it."""

from __future__ import annotations

from sources.intake.article import ReadArticle, as_read
from sources.intake.page_lines import TooDeep, lines_of_markup
from sources.intake.page_story import story_of
from sources.intake.plain import decoded_text, from_lines
from sources.intake.refusal import refused
from sources.text.normalise import Step, Unreadable, clean

VERSION = "1"


def read_fragment(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Everything that a reader would see is the story. Raises Refused as `read_page` does."""
    notes: list[str] = []
    try:
        text, encoding = decoded_text(document, declared, notes)
        cleaned = clean(text)
        story = story_of(lines_of_markup(cleaned.text), None, [])
    except Unreadable as error:
        where = "" if error.where is None else f"byte {error.where}"
        raise refused(name, error.reason, where) from None
    except TooDeep as error:
        raise refused(name, str(error)) from None
    if not story.blocks:
        raise refused(name, "the HTML has no text that anybody sees")
    left_out = (Step("word of menus left out", story.chrome),) if story.chrome else ()
    return as_read(
        story.text,
        story.blocks,
        from_lines(story.text, story.blocks),
        notes,
        encoding=encoding,
        steps=(*cleaned.steps, *left_out),
        media_type="text/html",
        extractor="sourceline-fragment",
        extractor_version=VERSION,
    )
