"""What was fetched, as an article that says where and when it was read."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from sources.intake.article import ReadArticle
from sources.intake.fetching.answers import FORMATS
from sources.intake.fetching.fetcher import Fetched
from sources.intake.fetching.urls import NotFetchable, address_of
from sources.intake.page import NO_TEXT
from sources.intake.page_bytes import meant_by
from sources.intake.refusal import Refused, refused
from sources.intake.registry import read
from sources.text.addresses import comparable

FEWEST = 60
"""Code points, blanks apart. A page with scripts and fewer has no text yet: they would bring it."""
BY_SCRIPT = "this page builds its text by script; save it in the browser, and add the file"
_COPY = re.compile(r"/(?:index\.\w+|print|all|single|page/\d{1,3})/?")  # of the page above
SAME_SITE = ("www.", "m.", "mobile.", "amp.")


def read_fetched(fetched: Fetched, *, keep_address: bool = False) -> ReadArticle:
    """The article with its address and the day it was read. Raises Refused, as readers do.

    Its address is the one that the page itself names where that is of the same site, else where the page was
    found in the end; with `keep_address` the one that was asked for, and refused is a page that is none of
    that address: sites lead to their front pages from what is gone.
    """
    by_script = fetched.media_type.endswith("html") and b"<script" in fetched.document.lower()
    try:
        article = read(
            fetched.document,
            fetched.asked,
            declared=_encoding(fetched),
            format_name=FORMATS[fetched.media_type],
        )
    except Refused as error:
        if by_script and error.refusal.why == NO_TEXT:
            raise refused(fetched.asked, BY_SCRIPT) from None
        raise
    spoken = "".join(article.text[block.start : block.end] for block in article.blocks if not block.masked)
    if by_script and len("".join(spoken[: 4 * FEWEST].split())) < FEWEST:
        raise refused(fetched.asked, BY_SCRIPT)
    url, where = _address(article, fetched)
    if keep_address:
        if not _still_there(article, fetched):
            raise refused(fetched.asked, f"it leads to {fetched.address} now")
        url, where = fetched.asked, "the address that was asked for"
    notes = article.notes
    if fetched.address != fetched.asked and fetched.redirects:
        notes = (*notes, f"the site led on to {fetched.address}")
    return replace(
        article,
        url=url,
        accessed=fetched.fetched_at.date(),
        notes=notes,
        read_off=article.read_off | {"url": where, "accessed": "the day it was fetched"},
    )


def file_name_of(fetched: Fetched) -> str:
    """What one would call it when saved."""
    name = unquote(urlsplit(fetched.address).path.rstrip("/").rpartition("/")[2])
    return "".join(c for c in name if c.isprintable() and c not in '\\/:*?"<>|') or "page"


def _address(article: ReadArticle, fetched: Fetched) -> tuple[str, str]:
    final = address_of(fetched.address)
    try:
        named = address_of(article.url or "")
    except NotFetchable:
        named = None
    same_site = named is not None and _site(named.host) == _site(final.host)
    if article.url and same_site and not _is_above(article.url, fetched.address):
        return article.url, article.read_off.get("url", "the page")
    return fetched.address, "the address where it was found"


def _still_there(article: ReadArticle, fetched: Fetched) -> bool:
    """Whether the page is found at a variant of the address that was asked for, or says it belongs there."""
    asked = comparable(fetched.asked)
    return fetched.address == fetched.asked or asked in (
        comparable(fetched.address),
        comparable(article.url or ""),
    )


def _is_above(named: str, found: str) -> bool:
    """Whether the page calls itself by its section or its site, as pages do whose template was never told."""
    above, below = (urlsplit(f"//{comparable(one)}") for one in (named, found))
    left = below.path.removeprefix(above.path)
    return (
        not above.query
        and above.netloc == below.netloc
        and below.path.startswith(above.path)
        and left.startswith("/")
        and not _COPY.fullmatch(left)
    )


def _site(host: str) -> str:
    return next((host.removeprefix(start) for start in SAME_SITE if host.startswith(start)), host)


def _encoding(fetched: Fetched) -> str | None:
    """The header's word, where the bytes bear it out: servers say of all their pages what is true of some."""
    name = meant_by(fetched.charset) if fetched.charset else None
    if name is None:
        return None
    try:
        codecs.decode(fetched.document, name)
    except (UnicodeError, LookupError):
        return None
    return name
