"""What a site answered: the body unpacked within bounds, what it is, and what a status means in words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.intake.fetching.network import Overlong

FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "plain",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""Media type -> format of sources/intake/registry.py."""
UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")
TAKEN = ", ".join(media for media in FORMATS if "x-" not in media) + ", */*;q=0.1"
PACKINGS = ("gzip", "deflate")
"""What is asked for: what can be unpacked a piece at a time."""

_MOST_MEMBERS = 100
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_STATUSES = {
    204: "the site answers with nothing (204)",
    205: "the site answers with nothing (205)",
    206: "the site hands out only a part (206)",
    304: "the site says that nothing has changed and hands out nothing (304)",
    401: "the site asks for a sign-in (401); save the page in your browser",
    402: "the site asks for payment (402); save the page in your browser",
    403: "the site refuses to hand it out (403); save the page in your browser",
    404: "there is no such page (404)",
    407: "the site asks for a sign-in (407); save the page in your browser",
    410: "the site has taken the page away (410)",
    429: "the site is asked too often (429)",
    451: "the site may not hand it out for legal reasons (451)",
    503: "the site cannot answer for now (503)",
}


class Unpackable(Exception):
    """A body that cannot be taken; the message says why."""


@dataclass(frozen=True)
class Answer:
    """`headers` by lower-case name; several of one name are joined by commas, as HTTP has it."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def headers_of(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw in pairs:
        name, value = raw_name.decode("ascii", "replace").lower(), _text(raw)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def unpacked(parts: Iterable[bytes], packing: str, most: int, *, cut: bool = False) -> bytes:
    """The whole body, of at most `most` bytes unpacked; `cut` takes so many of a longer one.

    Raises Overlong, Unpackable.
    """
    packings = [name.strip().lower() for name in packing.split(",") if name.strip()]
    packings = [name.removeprefix("x-") for name in packings if name != "identity"]
    if len(packings) > 1 or any(name not in PACKINGS for name in packings):
        raise Unpackable(f"the site packs it in a way that was not asked for ({', '.join(packings)[:60]})")
    unpacking = _Unpacking(most) if packings else None
    body = bytearray()
    for part in parts:
        body += unpacking.take(part) if unpacking else part
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise Overlong
    if unpacking and not unpacking.whole:
        raise Unpackable("it was cut off on the way")
    return bytes(body)


class _Unpacking:
    """gzip and deflate, never more than `most` bytes and one at a time."""

    def __init__(self, most: int):
        self._left, self._members, self._stream = most + 1, 0, self._new(b"")
        self._began, self._first = False, b""

    def take(self, part: bytes) -> bytes:
        out = bytearray()
        if not self._began:
            part = self._first + part
            self._first = part if len(part) < 2 else b""  # two bytes tell which packing it is
            part = b"" if self._first else part
        while part and self._left > 0:
            if not self._began:
                self._stream, self._began = self._new(part), True
            try:
                got = self._stream.decompress(part, self._left)
            except zlib.error:
                raise Unpackable("it is packed wrongly") from None
            out += got
            self._left -= len(got)
            part = self._stream.unconsumed_tail
            if self._stream.eof:
                part = self._following(self._stream.unused_data)
        return bytes(out)

    @property
    def whole(self) -> bool:
        return not self._first and (self._stream.eof or not self._began)

    def _following(self, rest: bytes) -> bytes:
        """gzip may come in several members; what else stands after the end means nothing."""
        if not rest.startswith(b"\x1f"):
            return b""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise Unpackable("it is packed in too many pieces")
        self._began = False
        return rest

    @staticmethod
    def _new(start: bytes) -> zlib._Decompress:
        """By the first byte: gzip, zlib, or the bare stream that some servers call deflate."""
        if start[:1] == b"\x1f":
            return zlib.decompressobj(wbits=31)
        headed = len(start) > 1 and start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0
        return zlib.decompressobj(wbits=15 if headed else -15)


def media_type_of(answer: Answer) -> tuple[str, str | None]:
    """(media type, charset) as the header says, each in lower case."""
    said = answer.headers.get("content-type", "")
    charset = _CHARSET.search(said[:300])
    return said.partition(";")[0].strip().lower()[:100], charset[1].lower() if charset else None


def status_in_words(status: int) -> str:
    if status in _STATUSES:
        return _STATUSES[status]
    if 300 <= status < 400:
        return f"the site leads elsewhere without saying where ({status})"
    if 500 <= status < 600:
        return f"the site has a fault ({status})"
    return f"the site does not hand it out ({status})"


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds after which the site asks to be asked again; None where it does not say so."""
    said = answer.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    try:
        when = parsedate_to_datetime(said[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
