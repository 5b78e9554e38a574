"""Which reader takes which format; a new format is one file and one line here."""

from __future__ import annotations

import re
from collections.abc import Callable

from sources.intake.apart import read_apart
from sources.intake.article import ReadArticle
from sources.intake.fragment import read_fragment
from sources.intake.markdown import read_markdown
from sources.intake.mhtml import read_mhtml
from sources.intake.page import read_page
from sources.intake.pdf import read_pdf
from sources.intake.plain import read_plain
from sources.intake.refusal import refused
from sources.intake.word import read_word
from sources.text.magic import binary_kind
from sources.text.segment import segment

LARGEST = 2 * 1024 * 1024
"""Bytes one text may have: a novel has half as many. To cut and store as many takes seconds."""
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes a file may have of which only a part is text."""
MOST_SENTENCES = 50_000
"""Of one text: as large a novel has some 20,000, and each costs the store a fifth of a millisecond."""
_STOP = re.compile(r"[.!?…؟۔。！？।]+")

Reader = Callable[[bytes | str, str, str | None], ReadArticle]

READERS: dict[str, Reader] = {
    "docx": read_word,
    "fragment": read_fragment,
    "html": read_page,
    "markdown": read_markdown,
    "mhtml": read_mhtml,
    "pdf": read_pdf,
    "plain": read_plain,
}
APART = {"docx", "fragment", "html", "markdown", "mhtml", "pdf"}
"""Formats that libraries take apart: these are read in a process of their own."""

SUFFIXES: dict[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".docx": "docx",
    ".pdf": "pdf",
}

_KNOWN_ELSEWHERE = {
    ".webarchive": "saved web pages in one file",
    ".xml": "XML files",
    ".json": "JSON files",
    ".jsonl": "JSON Lines files",
    ".csv": "CSV tables",
    ".tsv": "TSV tables",
    ".doc": "old Word documents",
    ".docm": "Word documents with macros",
    ".odt": "OpenDocument texts",
    ".rtf": "RTF documents",
    ".xlsx": "spreadsheets",
    ".zip": "ZIP archives",
}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")


def read(
    document: bytes | str, name: str, *, declared: str | None = None, format_name: str | None = None
) -> ReadArticle:
    """Read one document by `format_name`, else by its name's suffix, else by what its first bytes are.

    `name` stands in messages. Raises Refused: empty, too large, not text, not valid in its encoding, or of
    a format that no reader takes.
    """
    size = len(document) if isinstance(document, bytes) else len(document.encode("utf-8", "surrogatepass"))
    if size == 0:
        raise refused(name, f"the {'file' if isinstance(document, bytes) else 'text'} is empty")
    found = _named(format_name, name) if format_name else _sniffed(document, name)
    if size > _most(found):
        raise refused(name, too_large(size, _most(found)))
    if found in APART:
        raw = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
        article = read_apart(found, raw, name, declared if isinstance(document, bytes) else "utf-8")
    else:
        article = READERS[found](document, name, declared)
    if (text := len(article.text.encode("utf-8"))) > LARGEST:
        raise refused(name, f"its text has {too_large(text, LARGEST)}")
    if _too_many(article):
        raise refused(
            name, f"its text has more than {MOST_SENTENCES:,} sentences, which are not taken at once"
        )
    return article


def _too_many(article: ReadArticle) -> bool:
    """Whether there are more sentences than are taken. They are cut only where there may be."""
    if len(article.blocks) > MOST_SENTENCES:
        return True
    if len(_STOP.findall(article.text)) + len(article.blocks) <= MOST_SENTENCES:
        return False
    return len(segment(article.text, article.blocks, (article.language or "en")[:2])) > MOST_SENTENCES


def largest(name: str) -> int:
    """Bytes a file of this name may have, as far as its name tells; `read` sees to what its bytes tell."""
    ending = _ending(name)
    return _most(SUFFIXES[ending]) if ending in SUFFIXES else LARGEST_FILE


def too_large(size: int, most: int = LARGEST) -> str:
    return f"{size / 1024 / 1024:.1f} MB, but at most {most // 1024 // 1024} MB are taken"


def _most(format_name: str) -> int:
    return LARGEST_FILE if format_name in APART else LARGEST


def _ending(name: str) -> str:
    suffix = _SUFFIX.search(name)
    return suffix[0].lower() if suffix else ""


def _named(format_name: str, name: str) -> str:
    if format_name not in READERS:
        raise refused(name, f"there is no format {format_name!r}; there is {', '.join(sorted(READERS))}")
    return format_name


def _sniffed(document: bytes | str, name: str) -> str:
    ending = _ending(name)
    if ending in SUFFIXES:
        return SUFFIXES[ending]
    if isinstance(document, bytes) and document.startswith(b"From: <Saved by "):
        return "mhtml"
    if isinstance(document, bytes) and document.startswith(b"%PDF-"):
        return "pdf"
    if isinstance(document, bytes) and document.startswith(_ZIP) and b"word/document.xml" in document:
        return "docx"
    if isinstance(document, bytes) and (kind := binary_kind(document)):
        raise refused(name, f"this is not text but {kind}")
    if ending in _KNOWN_ELSEWHERE:
        raise refused(name, f"no reader takes {_KNOWN_ELSEWHERE[ending]}; it takes {', '.join(SUFFIXES)}")
    opening = document[:1000] if isinstance(document, bytes) else document[:1000].encode("utf-8", "replace")
    if _MARKUP.match(opening):
        return "html"
    if _XML.match(opening):
        raise refused(name, f"this is XML, which no reader takes; it takes {', '.join(SUFFIXES)}")
    return "plain"
