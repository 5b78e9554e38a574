"""Read one Markdown document (CommonMark with tables): what a reader of it sees, without the marks.

Of a link its words are text, of a picture nothing, of HTML in it what a page would show. Front matter between
`---` lines is read line by line as keys with values or lists, never as YAML: a tag or anchor is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sources.intake.article import ReadArticle, Telling, as_read
from sources.intake.header import Header, read_header
from sources.intake.page_lines import PageLine, TooDeep, lines_of_markup
from sources.intake.page_story import story_of
from sources.intake.plain import decoded_text, from_header, from_lines
from sources.intake.refusal import refused
from sources.text.normalise import Step, Unreadable, clean

if TYPE_CHECKING:
    from markdown_it.token import Token

VERSION = "1"
DEEPEST = 100
"""Quotations and lists within one another."""
_FENCE = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<inside>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(r"(?P<key>[^\W\d_][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")
_MOST_LINES = 200
_KINDS = {"blockquote_open": "quote", "list_item_open": "item"}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Raises Refused as `read_plain` does, and where quotations and lists are nested too deep."""
    notes: list[str] = []
    try:
        text, encoding = decoded_text(document, declared, notes)
        cleaned = clean(text)
        header, left = _header(cleaned.text)
        lines = list(_lines(cleaned.text[header.length :]))
    except Unreadable as error:
        where = "" if error.where is None else f"byte {error.where}"
        raise refused(name, error.reason, where) from None
    except (TooDeep, RecursionError):
        raise refused(name, f"its quotations and lists lie more than {DEEPEST} deep in one another") from None
    if left:
        notes.append(f"of the front matter these keys were not taken: {', '.join(left)[:150]}")
    title = header.fields.get("title")
    story = story_of(lines, None, [title] if title else [])
    if not story.blocks:
        raise refused(name, "the document has no text")
    found = Telling(from_header(header, notes))
    found.hear(from_lines(story.text, story.blocks))
    from markdown_it import __version__

    taken_off = (Step("header character taken off", header.length),) if header.length else ()
    return as_read(
        story.text,
        story.blocks,
        found,
        notes,
        encoding=encoding,
        steps=(*cleaned.steps, *taken_off),
        media_type="text/markdown",
        extractor="sourceline-markdown with markdown-it-py",
        extractor_version=f"{VERSION} with {__version__}",
    )


def _header(text: str) -> tuple[Header, list[str]]:
    """The front matter, and its keys that say nothing we know; none where what is fenced is no keys."""
    fenced = _FENCE.match(text)
    if fenced is None:
        return read_header(text), []
    lines = [line for line in fenced["inside"].split("\n") if line.strip() and not line.startswith("#")]
    if not lines or len(lines) > _MOST_LINES or not _KEY.fullmatch(lines[0]):
        return Header(), []
    told: list[tuple[str, list[str]]] = []
    for line in lines:
        if (item := _ITEM.fullmatch(line)) and told:
            told[-1][1].append(_bare(item["value"]))
        elif not line[0].isspace() and (match := _KEY.fullmatch(line)):
            told.append((match["key"], _listed(match["value"] or "")))
        elif not line[0].isspace():
            return Header(), []
    fields: dict[str, str] = {}
    left = []
    for key, values in told:
        joined = "; ".join(value for value in values if value)
        known = read_header(f"{key}: {joined}\n\n").fields if joined else {}
        left += [] if known or not joined else [key]
        for field, value in known.items():
            fields.setdefault(field, value)
    return Header(fields, fenced.end()), left


def _listed(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_bare(part) for part in value[1:-1].split(",")]
    return [_bare(value)]


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()


def _lines(text: str) -> Iterator[PageLine]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1}).enable("table")
    around: list[str] = []
    cells: list[str] | None = None
    for token in parser.parse(text):
        if token.level >= DEEPEST:
            raise TooDeep
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield from _line("\t".join(cells or []), "row")
            cells = None
        elif token.nesting == 1:
            around.append(_kind(token))
        elif token.nesting == -1 and token.type != "tr_close":
            around.pop()
        elif token.type == "inline" and cells is not None:
            cells.append(" ".join(_seen(token).split()))
        elif token.type == "inline":
            yield from _line(_seen(token), next((kind for kind in reversed(around) if kind), ""))
        elif token.type in ("fence", "code_block"):
            yield from _line(token.content.strip("\n"), "")
        elif token.type == "html_block":
            yield from lines_of_markup(token.content)


def _kind(token: Token) -> str:
    if token.type == "heading_open":
        return "title" if token.tag == "h1" else "heading"
    return _KINDS.get(token.type, "")


def _line(text: str, kind: str) -> Iterator[PageLine]:
    if visible := text.strip():
        yield PageLine(visible, kind)


def _seen(inline: Token) -> str:
    pieces = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content)):
            pieces.append("\n")
    return "".join(pieces)
