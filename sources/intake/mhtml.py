"""Read one page that a browser saved in one file (.mhtml, .mht); its pictures are not read."""

from __future__ import annotations

import re
from dataclasses import replace

from sources.intake.article import ReadArticle
from sources.intake.page import read_page
from sources.intake.refusal import refused

_MOST_PARTS = 5000
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,1990}", re.IGNORECASE)


def read_mhtml(document: bytes | str, name: str, declared: str | None = None) -> ReadArticle:
    """Raises Refused as `read_page` does, and where there is no page in the file. The encoding that the file
    states for the page goes before what the page says; a person's word goes before both."""
    from email import policy
    from email.parser import BytesParser

    raw = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
    message = BytesParser(policy=policy.compat32).parsebytes(raw)
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            break
        payload = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(payload, bytes) and payload.strip():
            break
    else:
        raise refused(name, "there is no page in this file; a browser saves one as the first of its parts")
    if number >= _MOST_PARTS or not isinstance(payload, bytes):
        raise refused(name, f"there is no page among the first {_MOST_PARTS} parts of this file")
    charset = part.get_content_charset()
    read = read_page(payload, name, declared or (charset if charset in _SURE else None))
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    if read.url is None and _ADDRESS.fullmatch(address):
        where = "the browser's note on where it was saved"
        told = read.told | {"url": [[address, where]]}
        read = replace(read, url=address, read_off=read.read_off | {"url": where}, told=told)
    return replace(read, media_type="multipart/related")


_PAGES = ("text/html", "application/xhtml+xml")
_SURE = ("utf-8", "utf8")
