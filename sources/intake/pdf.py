"""Read one PDF that has a text layer: its lines put together to paragraphs, page by page.

A PDF knows letters and where they stand, no paragraphs: these are told by how full a line is; tables and
columns come in the order in which they were drawn. A word parted at a line's end is joined again where its
second half begins small and no line has it with the hyphen; how often is said. Lines that most pages repeat,
and page numbers, stay as masked blocks. Scripts, forms, notes in the margin and attachments are not read.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from sources.intake.article import Found, ReadArticle, Telling, as_read, tidy
from sources.intake.page_lines import PageLine
from sources.intake.page_story import story_of
from sources.intake.plain import from_lines
from sources.intake.refusal import refused
from sources.text.lines import cut_lines, ends_with_stop
from sources.text.normalise import Step, clean
from sources.text.repeats import folded_words

if TYPE_CHECKING:
    from pypdf import PdfReader

VERSION = "1"
MOST_PAGES = 500
MOST_LETTERS = 4_000_000
"""Code points after which no further page is read: more than twice what one text may have."""
_WHERE = "the document's properties"
_SCANNED = (
    "this PDF has no text layer (is it scanned?): its pages are pictures, and letters in them are not read"
)
_REPEATED = "a line that most pages repeat"
_NUMBER = "a page's number"
_ENOUGH_PAGES = 2
_HEAD = 20  # lines among which the headline is looked for
_EDGE = 2  # lines at the top and at the bottom of a page among which repeated ones are looked for
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:page\s+|seite\s+|p\.\s*)?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?(?:\s*[-–—|])?", re.I
)
# Possessive and at the beginning of a word alone: else a row of letters takes the square of its length.
_PARTED = re.compile(r"(?<![^\W\d_])(?P<first>[^\W\d_]{2,}+)[-\u2010\xad][^\S\n]*+\n(?P<second>[^\W\d_]++)")
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+-[^\W\d_]++")
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_VISIBLE = re.compile(r"\S")
_MADE_UP = re.compile(
    r"(?:microsoft word|untitled|.{0,200}\.(?:docx?|odt|indd|pdf|qxd|tex)\b)", re.IGNORECASE
)


def read_pdf(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Raises Refused: damaged, encrypted, too many pages, without a text layer, or with fonts that do not say
    which letters they show. What a person declares of the encoding says nothing here."""
    raw = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
    try:
        pages, found = _read(raw)
    except _NotRead as error:
        raise refused(name, str(error)) from None
    notes: list[str] = []
    blank = [str(n) for n, page in enumerate(pages, 1) if not _VISIBLE.search(page)]
    if len(blank) == len(pages):
        raise refused(name, _SCANNED)
    if blank:
        some = ", ".join(blank[:10]) + (" …" if len(blank) > 10 else "")
        notes.append(f"without text, so perhaps scanned: {'page' if len(blank) == 1 else 'pages'} {some}")
    lines, joined = _joined(_lines(pages), pages)
    titles = [found["title"][0]] if "title" in found else []
    lines = _named(lines, titles)
    if joined:
        notes.append(f"words parted at the end of a line were joined: {joined}; check those with a hyphen")
    story = story_of(lines, None, titles)
    told = Telling(from_lines(story.text, story.blocks))
    for field, value in found.items():
        told.take(field, *value)
    from pypdf import __version__

    return as_read(
        story.text,
        story.blocks,
        told,
        notes,
        steps=(Step("parted word joined", joined),) if joined else (),
        media_type="application/pdf",
        extractor="sourceline-pdf with pypdf",
        extractor_version=f"{VERSION} with {__version__}",
    )


class _NotRead(ValueError):
    """Says in words why."""


def _read(raw: bytes) -> tuple[list[str], Found]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _NotRead("the PDF is encrypted: save it without a password")
        if len(reader.pages) > MOST_PAGES:
            raise _NotRead(f"the PDF has {len(reader.pages)} pages, but at most {MOST_PAGES} are read")
        return _pages(reader), _properties(reader)
    except _NotRead:
        raise
    except DependencyError:
        raise _NotRead("the PDF is encrypted: save it without a password") from None
    except (PyPdfError, struct.error, zlib.error, OSError, EOFError, ArithmeticError, LookupError) as error:
        raise _NotRead(f"the PDF is damaged: {error}"[:200]) from None
    except (ValueError, AttributeError, TypeError, AssertionError, NotImplementedError) as error:
        raise _NotRead(f"the PDF is not as its format asks: {error}"[:200]) from None


def _pages(reader: PdfReader) -> list[str]:
    pages, letters, odd = [], 0, 0
    for page in reader.pages:
        text = page.extract_text()
        letters += len(text)
        odd += len(_ODD.findall(text))
        pages.append("\n".join(line.strip() for line in clean(_ODD.sub("\ufffd", text)).text.split("\n")))
        if letters > MOST_LETTERS:
            raise _NotRead(f"the PDF's text is longer than {MOST_LETTERS:,} characters")
    if odd * 5 > letters:
        raise _NotRead(
            "the fonts of this PDF do not say which letters they show; its text cannot be read off"
        )
    return pages


def _joined(lines: Sequence[PageLine], pages: Sequence[str]) -> tuple[list[PageLine], int]:
    """The lines with parted words joined, and how many; "well-\\nknown" stays if a line has "well-known"."""
    hyphened = {word.lower() for page in pages for word in _HYPHENED.findall(page)}
    count = 0

    def join(match: re.Match[str]) -> str:
        nonlocal count
        if not match["second"][0].islower() or f"{match['first']}-{match['second']}".lower() in hyphened:
            return match[0]
        count += 1
        return f"{match['first']}{match['second']}"

    return [replace(line, text=_PARTED.sub(join, line.text)) for line in lines], count


def _lines(pages: Sequence[str]) -> list[PageLine]:
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_shape(line) for line in page})
    lines: list[PageLine] = []
    for page, edge in zip(pages, edges, strict=True):
        repeated = {line for line in edge if seen[_shape(line)] * 2 > len(pages) >= _ENOUGH_PAGES}
        numbers = {line for line in edge if _PAGE_NUMBER.fullmatch(line)}
        story: list[str] = []
        for line in page.split("\n"):
            if line in repeated or line in numbers:
                _add(lines, story)
                lines.append(PageLine(line, "", _REPEATED if line in repeated else _NUMBER))
            else:
                story.append(line)
        _add(lines, story)
    return lines


def _named(lines: Sequence[PageLine], titles: Sequence[str]) -> list[PageLine]:
    """The first line that the file calls itself by is its headline; a printed page adds its site's name."""
    for title in map(folded_words, titles):
        for n, line in enumerate(lines[:_HEAD]):
            words = folded_words(line.text)
            if (
                not line.region
                and words
                and (words == title or (len(words) > 2 and title[: len(words)] == words))
            ):
                return [*lines[:n], replace(line, kind="title"), *lines[n + 1 :]]
    return list(lines)


def _edges(page: str) -> list[str]:
    visible = [line for line in page.split("\n") if line]
    return visible[:_EDGE] + visible[_EDGE:][-_EDGE:]


def _shape(line: str) -> str:
    """What is the same in a line on each page: all but the numbers."""
    return re.sub(r"\d+", "0", line.casefold())


def _add(lines: list[PageLine], story: list[str]) -> None:
    """The paragraphs of some lines. The first goes on with what the page before broke off."""
    paragraphs = [PageLine(line.text) for line in cut_lines("\n".join(story))]
    story.clear()
    last = next((n for n in range(len(lines) - 1, -1, -1) if not lines[n].region), None)
    if paragraphs and last is not None and last == len(lines) - 1:
        before = lines[last].text
        if len(before) > 60 and not ends_with_stop(before) and paragraphs[0].text[0].islower():
            lines[last] = PageLine(f"{before}\n{paragraphs.pop(0).text}")
    lines.extend(paragraphs)


def _properties(reader: PdfReader) -> Found:
    told = reader.metadata
    found: Found = {}
    if told is None:
        return found
    authors = tuple(tidy(name) for name in str(told.author or "").split(";") if name.strip())
    if authors := tuple(name for name in authors if name):
        found["authors"] = (authors[:50], f"{_WHERE} (who made the file)")
    title = tidy(str(told.title or ""), 500)
    if title and not _MADE_UP.match(title):
        found["title"] = (title, _WHERE)
    if made := re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", str(told.get("/ModDate") or "")):
        from sources.intake.page_record import iso_day

        if day := iso_day("-".join(made.groups())):
            found["modified_edtf"] = (day, f"{_WHERE} (when it was saved)")
    return found
