"""Read one Word document (.docx): paragraphs with the roles that their styles give them, and its properties.

Tracked changes are taken as made: what was inserted is text, what was deleted is none. Footnotes and endnotes
follow the text as masked blocks. Page headers, page footers, comments in the margin, macros, pictures and
embedded files are not read; numbers that Word counts by itself stand in no text.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sources.intake.article import Found, ReadArticle, Telling, as_read, tidy
from sources.intake.dates import edtf_range
from sources.intake.package import BadPackage, open_package
from sources.intake.page_lines import PageLine
from sources.intake.page_story import story_of
from sources.intake.plain import from_lines
from sources.intake.refusal import refused
from sources.text.normalise import clean

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

VERSION = "1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    (
        _FALLBACK,
        *(_W + tag for tag in ("del", "moveFrom", "pPr", "rPr", "tblPr", "sectPr", "instrText", "rt")),
    )
)
_AS_TEXT = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
    _W + "softHyphen": "\xad",
}
_NOTES = (("footnotes", "a footnote"), ("endnotes", "an endnote"))
_WHERE = "the document's properties"
_TEMPLATE_SAVED = date(2013, 12, 23)
"""What python-docx and what is built on it leave in a file that nobody saved from Word."""
_DEEPEST_STYLE = 10
_LONGEST_TITLE = 60  # words


def read_word(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Raises Refused: damaged, no Word document, encrypted, unpacking to too much, or without text. What a
    person declares of the encoding says nothing here."""
    raw = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
    try:
        lines, found, saved, notes = _read(raw)
    except BadPackage as error:
        raise refused(name, f"the Word document is not opened: {error}") from None
    story = story_of(lines, None, [])
    if not story.blocks:
        raise refused(name, "the Word document has no text")
    told = Telling(from_lines(story.text, story.blocks))
    for field, value in found.items():
        told.take(field, *value)
    published = told["published_edtf"][0] if "published_edtf" in told else None
    if saved and not (published and saved < edtf_range(published)[0]):
        told.propose("modified_edtf", saved.isoformat(), f"{_WHERE}, when the file was saved")
    from docx import __version__

    return as_read(
        story.text,
        story.blocks,
        told,
        notes,
        media_type=MEDIA_TYPE,
        extractor="sourceline-word with python-docx",
        extractor_version=f"{VERSION} with {__version__}",
    )


def _read(raw: bytes) -> tuple[list[PageLine], Found, date | None, list[str]]:
    from io import BytesIO

    from defusedxml.common import DefusedXmlException
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with open_package(raw) as package:
            _refuse_entities(package)
        opened = Document(BytesIO(raw))
        lines = list(_lines(opened))
        return lines, _properties(opened), _saved(opened), _said(opened)
    except BadPackage:
        raise
    except DefusedXmlException:
        raise BadPackage("a part of it defines entities of its own, which Word never does") from None
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as error:
        raise BadPackage(f"it is damaged: {error}"[:200]) from None
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError) as error:
        raise BadPackage(f"it is no .docx as Word writes it: {error}"[:200]) from None


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """No part may have a document type: entities are how XML takes all memory and reads other files."""
    from xml.sax import SAXParseException
    from xml.sax.handler import ContentHandler

    from defusedxml.sax import parseString

    for member in package.infolist():
        if member.filename.lower().endswith((".xml", ".rels")):
            try:
                parseString(package.read(member), ContentHandler(), forbid_dtd=True)
            except SAXParseException as error:
                raise BadPackage(f"its part {member.filename[:80]} is no XML: {error.getMessage()}") from None


def _lines(opened: Document) -> Iterator[PageLine]:
    kinds = _kinds_of_styles(opened)
    found = [line for element in opened.element.body for line in _of_element(element, kinds)]
    if not any(line.kind == "title" for line in found):
        first = next((n for n, line in enumerate(found) if line.kind == "heading"), None)
        if first is not None and all(len(line.text.split()) < _LONGEST_TITLE for line in found[:first]):
            found[first] = PageLine(found[first].text, "title")
    yield from found
    for relation in opened.part.rels.values():
        if relation.is_external:
            continue
        for part, region in _NOTES:
            if relation.reltype.endswith("/" + part):
                yield from _notes(relation.target_part.blob, region)


def _notes(blob: bytes, region: str) -> Iterator[PageLine]:
    from docx.oxml.parser import parse_xml

    for note in parse_xml(blob):
        if note.get(_W + "type") is None:  # the others are the lines that part notes from the text
            for line in _of_element(note, {}):
                yield PageLine(line.text, "", region)


def _of_element(element: _Element, kinds: dict[str, str]) -> Iterator[PageLine]:
    """The lines of a paragraph, of a table's rows, or of what holds these."""
    if element.tag == _W + "p":
        yield from _of_paragraph(element, kinds)
    elif element.tag == _W + "tbl":
        for row in element.iter(_W + "tr"):
            if next(row.iterancestors(_W + "tbl")) is element:
                yield from _of_row(row, kinds)
    elif element.tag not in _SKIPPED and isinstance(element.tag, str):
        for child in element:
            yield from _of_element(child, kinds)


def _of_row(row: _Element, kinds: dict[str, str]) -> Iterator[PageLine]:
    own = [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row]
    cells = [[line.text for line in _of_element(cell, kinds)] for cell in own]
    if all(len(cell) <= 1 for cell in cells) and any(cells):
        yield PageLine("\t".join(cell[0] if cell else "" for cell in cells).strip("\t"), "row")
        return
    for cell in cells:
        for text in cell:
            yield PageLine(text)


def _of_paragraph(paragraph: _Element, kinds: dict[str, str]) -> Iterator[PageLine]:
    pieces: list[str] = []
    boxes: list[_Element] = []
    _gather(paragraph, pieces, boxes)
    text = clean("".join(pieces)).text.strip()
    if text:
        yield PageLine(text, _kind(paragraph, kinds))
    for box in boxes:
        yield from _of_element(box, kinds)


def _gather(paragraph: _Element, pieces: list[str], boxes: list[_Element]) -> None:
    """The runs' text in their order; text boxes, which hold paragraphs themselves, are put aside."""
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == _W + "t":
            pieces.append(element.text or "")
        elif element.tag in _AS_TEXT:
            pieces.append(_AS_TEXT[element.tag])
        elif element.tag == _W + "txbxContent":
            boxes.append(element)
        elif element.tag not in _SKIPPED:
            stack.append(iter(element))


def _kind(paragraph: _Element, kinds: dict[str, str]) -> str:
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        return ""
    style = properties.find(_W + "pStyle")
    kind = kinds.get(style.get(_W + "val", ""), "") if style is not None else ""
    return kind or ("item" if properties.find(_W + "numPr") is not None else "")


def _kinds_of_styles(opened: Document) -> dict[str, str]:
    """By a style's identifier, what its English name or that of a style it is based on says."""
    names: dict[str, tuple[str, str]] = {}
    for style in opened.styles.element.iter(_W + "style"):
        name, based = style.find(_W + "name"), style.find(_W + "basedOn")
        names[style.get(_W + "styleId", "")] = (
            (name.get(_W + "val", "") if name is not None else "").lower(),
            based.get(_W + "val", "") if based is not None else "",
        )
    return {identifier: _kind_of_style(identifier, names) for identifier in names}


def _kind_of_style(identifier: str, names: dict[str, tuple[str, str]]) -> str:
    for _ in range(_DEEPEST_STYLE):
        name, identifier = names.get(identifier, ("", ""))
        if name.startswith("heading"):
            return "heading"
        for opening, kind in (("title", "title"), ("subtitle", "dek"), ("caption", "caption")):
            if name.startswith(opening):
                return kind
        if "quote" in name:
            return "quote"
        if name.startswith("list"):
            return "item"
    return ""


def _properties(opened: Document) -> Found:
    told = opened.core_properties
    found: Found = {}
    authors = tuple(tidy(name) for name in (told.author or "").split(";") if name.strip())
    if authors and authors != ("python-docx",):
        found["authors"] = (authors[:50], f"{_WHERE} (who made the file)")
    if title := tidy(told.title or "", 500):
        found["title"] = (title, _WHERE)
    return found


def _saved(opened: Document) -> date | None:
    """The day the file was saved on, which is not when the outlet changed the article; None where it is only
    its template's."""
    told = opened.core_properties
    if told.modified is None or told.modified == told.created or told.modified.date() == _TEMPLATE_SAVED:
        return None
    return told.modified.date()


def _said(opened: Document) -> list[str]:
    """What was done of which the text shows nothing."""
    body = opened.element.body
    count = {tag: sum(1 for _ in body.iter(_W + tag)) for tag in ("ins", "del", "commentReference")}
    notes = []
    if count["ins"] or count["del"]:
        made = f"{count['ins']} insertions and {count['del']} deletions"
        notes.append(f"tracked changes were taken as made: {made}")
    if count["commentReference"]:
        notes.append(f"comments in the margin were not read: {count['commentReference']}")
    return notes
