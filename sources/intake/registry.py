"""Which reader takes which format; a new format is one file and one line here."""

from __future__ import annotations

import re
from collections.abc import Callable

from sources.intake.article import ReadArticle
from sources.intake.plain import read_plain
from sources.intake.refusal import refused
from sources.text.magic import binary_kind

LARGEST = 2 * 1024 * 1024
"""Bytes one document may have: a novel has half as many. To cut and store as many takes seconds."""

Reader = Callable[[bytes | str, str, str | None], ReadArticle]

READERS: dict[str, Reader] = {
    "plain": read_plain,
}

SUFFIXES: dict[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
}

_KNOWN_ELSEWHERE = {
    ".htm": "HTML pages",
    ".html": "HTML pages",
    ".mhtml": "saved web pages",
    ".xml": "XML files",
    ".json": "JSON files",
    ".jsonl": "JSON Lines files",
    ".csv": "CSV tables",
    ".tsv": "TSV tables",
    ".pdf": "PDF documents",
    ".doc": "Word documents",
    ".docx": "Word documents",
    ".odt": "OpenDocument texts",
    ".rtf": "RTF documents",
    ".xlsx": "spreadsheets",
    ".zip": "ZIP archives",
}
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


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
    if size > LARGEST:
        raise refused(name, too_large(size))
    reader = READERS[_named(format_name, name) if format_name else _sniffed(document, name)]
    return reader(document, name, declared)


def too_large(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB, but at most {LARGEST // 1024 // 1024} MB are taken"


def _named(format_name: str, name: str) -> str:
    if format_name not in READERS:
        raise refused(name, f"there is no format {format_name!r}; there is {', '.join(sorted(READERS))}")
    return format_name


def _sniffed(document: bytes | str, name: str) -> str:
    suffix = _SUFFIX.search(name)
    ending = suffix[0].lower() if suffix else ""
    if ending in SUFFIXES:
        return SUFFIXES[ending]
    if isinstance(document, bytes) and (kind := binary_kind(document)):
        raise refused(name, f"this is not text but {kind}")
    if ending in _KNOWN_ELSEWHERE:
        raise refused(name, f"no reader takes {_KNOWN_ELSEWHERE[ending]}; it takes {', '.join(SUFFIXES)}")
    opening = document[:200] if isinstance(document, bytes) else document[:200].encode("utf-8", "replace")
    if _MARKUP.match(opening):
        raise refused(name, f"this is marked-up text, which no reader takes; it takes {', '.join(SUFFIXES)}")
    return "plain"
