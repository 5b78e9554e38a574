"""Read one saved page: its text in reading order with what is not the story masked, and its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.intake.article import Found, ReadArticle, Telling, as_read, tidy
from sources.intake.page_bytes import decode_page
from sources.intake.page_lines import TooDeep, page_lines, page_tree, strip_unseen
from sources.intake.page_record import page_record, page_titles
from sources.intake.page_story import Story, story_of
from sources.intake.plain import from_lines
from sources.intake.refusal import refused
from sources.text.calendar_words import DATE_PHRASE
from sources.text.direction import guess_language
from sources.text.normalise import Step, Unreadable, clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

VERSION = "1"
_MOST_LINES = 4000
_EXTRACTION = "the extraction of the page (trafilatura)"

NO_TEXT = "the page has no text that anybody sees; is it made by scripts as it is opened?"


def read_page(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Read an HTML page. Raises Refused when it is empty, no text, has no text that anybody sees, or is
    nested deeper than browsers go."""
    notes: list[str] = []
    raw = document.encode("utf-8", "replace") if isinstance(document, str) else document
    try:
        decoded, note = decode_page(raw, "utf-8" if isinstance(document, str) else declared)
    except Unreadable as error:
        where = "" if error.where is None else f"byte {error.where}"
        raise refused(name, error.reason, where) from None
    if note:
        notes.append(note)
    elif decoded.how == "guessed":
        notes.append(f"the encoding was guessed as {decoded.encoding}: check the letters")
    cleaned = clean(decoded.text)
    try:
        story, found = _read(page_tree(cleaned.text), notes)
    except TooDeep as error:
        raise refused(name, str(error)) from None
    if not story.blocks:
        raise refused(name, NO_TEXT)
    from trafilatura import __version__

    return as_read(
        story.text,
        story.blocks,
        found,
        notes,
        encoding=decoded.encoding,
        steps=(*cleaned.steps, *((Step("word of menus left out", story.chrome),) if story.chrome else ())),
        media_type="text/html",
        extractor="sourceline-page with trafilatura",
        extractor_version=f"{VERSION} with {__version__}",
    )


def _read(root: HtmlElement, notes: list[str]) -> tuple[Story, Telling]:
    from trafilatura import bare_extraction

    found = page_record(root)
    titles = [found["title"][0]] if "title" in found else []
    titles += page_titles(root)
    late = _found_by_libraries(root)
    strip_unseen(root)
    lines = page_lines(root)
    # Its second opinion (justext) takes the square of the number of lines: 16,000 of them 17 seconds.
    fast = len(lines) > _MOST_LINES
    extracted = bare_extraction(root, include_comments=False, fast=fast) if lines else None
    story = story_of(lines, getattr(extracted, "body", None), titles)
    told_by_lines = from_lines(story.text, story.blocks)
    if not story.found and story.blocks:
        notes.append("no story was found on the page: all of its text is taken for one")
    _compare_languages(found, story, notes)
    found.hear(told_by_lines)
    found.hear(late)
    if titles:
        found.take("title", titles[0], "the page's title")
    return story, found


def _found_by_libraries(root: HtmlElement) -> Found:
    """What nothing in the page says by name: the patterns of trafilatura and htmldate, on the whole tree."""
    from htmldate import find_date
    from trafilatura.metadata import extract_metadata

    found: Found = {}
    told = extract_metadata(root, date_config={"extensive_search": False, "original_date": True})
    if told.author:
        authors = tuple(tidy(name) for name in told.author.split(";") if name.strip())[:50]
        found["authors"] = (authors, _EXTRACTION)
    if told.title and tidy(told.title, 500):
        found["title"] = (tidy(told.title, 500), _EXTRACTION)
    if told.sitename and tidy(told.sitename):
        found["outlet"] = (tidy(told.sitename), _EXTRACTION)
    day = find_date(root, extensive_search=False, original_date=True)
    if day:
        found["published_edtf"] = (
            _as_exact_as_told(day, root),
            "the search of the page for dates (htmldate)",
        )
    return found


def _as_exact_as_told(day: str, root: HtmlElement) -> str:
    """htmldate gives the first of a month or year also where only month or year were written."""
    if not day.endswith("-01"):
        return day
    from lxml.etree import tostring

    markup = tostring(root, encoding="unicode")[:2_000_000]
    year, month, _ = day.split("-")
    if re.search(rf"{year}[-/.]?{month}[-/.]?01(?!\d)|\b0?1[-/.]0?{int(month)}[-/.]{year}", markup):
        return day
    texts = (match[0] for match in DATE_PHRASE.finditer(markup))
    from sources.intake.dates import to_edtf

    written = {to_edtf(text) for text in texts}
    if day in written:
        return day
    return f"{year}-{month}" if month != "01" or f"{year}-{month}" in written else year


def _compare_languages(found: Telling, story: Story, notes: list[str]) -> None:
    """A page made in one language's template says so of texts in another: letters and frequent words tell."""
    spoken = "\n".join(story.text[b.start : b.end] for b in story.blocks if not b.masked)
    guessed = guess_language(spoken) if len(spoken.split()) >= 40 else None
    told = found.get("language", ("", ""))[0]
    if guessed and told and told.split("-")[0] != guessed:
        notes.append(f"the page says that its language is {told}; its words are taken for {guessed}")
        found.prefer("language", guessed, "the script and frequent words of the text")
