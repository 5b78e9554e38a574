"""All text of a page that a reader of it sees, as lines in reading order, each with what its tags tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.text.lines import ends_with_stop

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

DEEPEST = 500
"""Tags within one another; browsers stop at 512, the deepest real pages we know of have 284."""

_NEVER_TEXT = (
    "script style template noscript noframes svg iframe object embed applet canvas video audio"
    " select button input textarea option optgroup datalist map area head title link meta base"
    " progress meter"
)
_NEVER = frozenset(_NEVER_TEXT.split())
_OF_PAGES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre section summary table tbody tfoot thead tr ul search"
)
_OF_EXTRACTION = "doc head item list quote row ab fw"
_BLOCKS = frozenset(_OF_PAGES.split()) | frozenset(_OF_EXTRACTION.split())
_KINDS = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    "h1": "title",
    "figcaption": "caption",
    "blockquote": "quote",
    "tr": "row",
    "li": "item",
    "dt": "item",
    "dd": "item",
    "pre": "pre",
    "p": "",
}
_ROLES = "navigation banner contentinfo search menu menubar toolbar tablist"
_LANDMARKS = frozenset(_ROLES.split())
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_ARCHIVE_BARS = frozenset(("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"))
_NAMED = tuple(
    (kind, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.IGNORECASE))
    for kind, words in (
        ("byline", r"by-?lines?|authors?|writers?|article-?author|contributors?"),
        ("dek", r"dek|standfirst|sub-?title|sub-?head(?:line)?|lede?|teaser-?text|article-?summary|abstract"),
        ("caption", r"(?:wp-)?captions?(?:-text)?|image-?credit|photo-?credit|credit"),
    )
)
_REGIONS = tuple(
    (reason, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.IGNORECASE))
    for reason, words in (
        ("comments of readers", r"comments?(?:-?list)?|disqus(?:-thread)?|respond|replies"),
        ("a notice of cookies", r"cookies?(?:-?\w+)?|consent|gdpr|cmp|onetrust(?:-\w+)*"),
        ("an advertisement's place", r"ads?|advert\w*|sponsor\w*|promo\w*|outbrain|taboola"),
        (
            "a list of other stories",
            r"related\w*|recommend\w*|teasers?|most-?read|trending|popular|more-?stories",
        ),
        ("buttons to share or follow", r"shar(?:e|ing)\w*|social\w*|follow-?\w*"),
        ("an invitation to subscribe", r"newsletter\w*|subscri\w*|sign-?up|paywall|donat\w*"),
        ("a page's navigation", r"breadcrumbs?|menu|nav|navigation|pagination|skip-?link|tags?|topics?"),
    )
)
_BLANKS = re.compile(r"[ \t\n\f\r]+")
_FEW_WORDS = 12
_BREAK, _CELL = "\x1e", "\x1f"  # controls that no page's text has: they are taken out of it first
_CONTROLS = dict.fromkeys((0, 0x1E, 0x1F))
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class TooDeep(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class PageLine:
    """`kind` is title, heading, caption, quote, row, item, byline, dek or empty; `region` says in words what
    part of the page the line is in by its tags and their names, or is empty. `chrome` is whether that is the
    frame that every page of a site has: menus, the site's own header and footer."""

    text: str
    kind: str = ""
    region: str = ""
    chrome: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str = ""
    region: str = ""
    chrome: bool = False
    in_story: bool = False


def page_tree(text: str) -> HtmlElement:
    """Never as XML: in HTML a document's own entities mean nothing, and what is broken is mended.

    libxml2 leaves out, without a word, what is nested deeper than 256 tags, unless it is told not to.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(text.encode("utf-8"), parser=parser, ensure_head_body=True)
    except ParserError:  # comments alone, or nothing
        return document_fromstring("<html></html>", ensure_head_body=True)


def strip_unseen(root: _Element) -> None:
    """Takes out of the tree what nobody sees on the page, and what an archive puts over it."""
    unseen = [element for element in root.iter() if _is_unseen(element)]
    for element in unseen:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)


def page_lines(root: _Element) -> list[PageLine]:
    """Raises TooDeep. Blanks are joined as browsers do; nothing else of a text is changed."""
    lines: list[PageLine] = []
    pieces: list[str] = []
    places: set[_Place] = set()

    def flush(block: _Place) -> None:
        # What an inline tag says of its words ("the author") is true of a line that is nothing else.
        place = next(iter(places)) if len(places) == 1 else block
        kind = "byline" if any(one.kind == "byline" for one in places) else place.kind
        for text in _texts("".join(pieces)):
            of_row = kind == "row" and "\t" not in text
            lines.append(PageLine(text, "" if of_row else kind, place.region, place.chrome))
        pieces.clear()
        places.clear()

    def add(text: str | None, place: _Place) -> None:
        if text:
            pieces.append(_spaced(text, place.kind))
            if _VISIBLE.search(text):
                places.add(place)

    for what, element, place in _walk(root):
        tag = element.tag
        if what == "text":
            add(element.text, place)
        elif what == "tail":
            add(element.tail, place)
        elif tag in ("td", "th", "cell"):
            if what == "start" and _VISIBLE.search("".join(pieces[-8:])):
                pieces.append(_CELL)
        elif tag in ("br", "lb"):
            pieces.extend(_BREAK if what == "start" else "")
        elif tag in _BLOCKS:
            flush(place)
    flush(_Place())
    return lines


def lines_of_markup(markup: str) -> list[PageLine]:
    """What a page would show of a piece of HTML. Raises TooDeep."""
    root = page_tree(markup)
    strip_unseen(root)
    return page_lines(root)


def _walk(root: _Element) -> Iterator[tuple[str, _Element, _Place]]:
    """Start, text, children, end and tail of each element, without recursion. Text and end come with the
    place inside the element, start and tail with the one around it."""
    place = _inside(root, _Place())
    yield "start", root, place
    yield "text", root, place
    stack = [(root, iter(root), place)]
    while stack:
        element, children, place = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element, place
            if stack:
                yield "tail", element, stack[-1][2]
            continue
        if not isinstance(child.tag, str):
            yield "tail", child, place
            continue
        if len(stack) >= DEEPEST:
            raise TooDeep(f"its tags lie more than {DEEPEST} deep in one another")
        inner = _inside(child, place)
        yield "start", child, place
        yield "text", child, inner
        stack.append((child, iter(child), inner))


def _inside(element: _Element, around: _Place) -> _Place:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("html", "body"):
        return around
    in_story = around.in_story or tag in ("article", "main")
    if not element.attrib and tag not in _KINDS and tag not in ("nav", "aside", "header", "footer"):
        return (
            around if in_story == around.in_story else _Place(around.kind, around.region, around.chrome, True)
        )
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    kind = _KINDS.get(tag) or around.kind
    if (
        kind in ("", "item")
        and tag not in ("article", "main", "section")
        and (named := _named(_NAMED, names) or _by_attributes(element))
    ):
        kind = named
    region = around.region or ("" if tag in ("article", "main") else _region(tag, names))
    chrome = around.chrome or _is_chrome(element, in_story)
    return _Place(kind, region or ("a page's navigation" if chrome else ""), chrome, in_story)


def _by_attributes(element: _Element) -> str:
    if element.get("rel") == "author" or element.get("itemprop") in ("author", "datePublished"):
        return "byline"
    return "byline" if element.tag == "time" and element.get("pubdate") is not None else ""


def _region(tag: str, names: str) -> str:
    return _named(_REGIONS, names) or ("a box beside the story" if tag == "aside" else "")


def _named(rules: tuple[tuple[str, re.Pattern[str]], ...], names: str) -> str:
    return next((what for what, rule in rules if rule.search(names)), "") if names.strip() else ""


def _is_chrome(element: _Element, in_story: bool) -> bool:
    tag, role = element.tag, element.get("role")
    if tag == "nav" or role in _LANDMARKS:
        return element.find(".//h1") is None
    return tag in ("header", "footer") and not in_story and element.find(".//h1") is None


def _is_unseen(element: _Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag in _NEVER:
        return tag != "head" or element.getparent() is None or element.getparent().tag == "html"
    if tag == "dialog" and element.get("open") is None:
        return True
    if not element.attrib:
        return False
    if element.get("id") in _ARCHIVE_BARS or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _spaced(text: str, kind: str) -> str:
    text = text.translate(_CONTROLS)
    return text.replace("\r\n", "\n").replace("\n", _BREAK) if kind == "pre" else text


def _texts(joined: str) -> Iterator[str]:
    """The lines of one block: parted where two breaks follow each other, one break being a line's end.

    One break parts as well what is a line by itself: where a sentence ends, or where a few words stand above
    what begins anew. A row of a table with breaks in it is there to place paragraphs: its cells are parted.
    """
    if not _VISIBLE.search(joined):
        return
    if _CELL in joined and _BREAK in joined:
        joined = joined.replace(_CELL, _BREAK * 2)
    group: list[str] = []
    for part in (*_BLANKS.sub(" ", joined).split(_BREAK), ""):
        cells = [cell.strip(" ") for cell in part.split(_CELL)]
        line = "\t".join(cells).strip("\t")
        if _VISIBLE.search(line):
            if group and _parts(group[-1], line):
                yield "\n".join(group)
                group = []
            group.append(line)
        elif group:
            yield "\n".join(group)
            group = []


def _parts(before: str, line: str) -> bool:
    short = len(before.split()) <= _FEW_WORDS
    return ends_with_stop(before) or (short and not line[0].islower())
