"""Addresses of the web as they may be fetched, taken apart strictly: what two parsers could read in two ways
is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

from sources.intake.fetching.addresses import why_not

LONGEST = 2000
"""Characters; what a record keeps."""
PORTS = {"http": 80, "https": 443}

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_QUAD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=~|[]"
_BEFORE_A_NAME = re.compile(r"[^@/\\?#]*?(?::[/\\]+|[/\\]{2,})|\s*(?:https?:)?", re.IGNORECASE)
_AFTER_A_HOST = re.compile(r"[/?#\\]")


class NotFetchable(ValueError):
    """No address that is fetched; the message says why, to go after "…: "."""


@dataclass(frozen=True, slots=True)
class Address:
    """`host` is lower-case ASCII, an IPv6 address without brackets; `target` path and query in ASCII."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the Host header says: without the port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """What one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.site + self.target


def address_of(text: str) -> Address:
    """Raises NotFetchable. What stands after `#` is for browsers, and left out."""
    text = text.strip(" ")
    if len(text) > LONGEST:
        raise NotFetchable(f"it has more than {LONGEST} characters")
    if _UNFIT.search(text):
        raise NotFetchable("it holds characters that no address may have")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise NotFetchable("its host is not written as hosts are") from None
    if parts.scheme not in PORTS:
        raise NotFetchable(
            f"only http and https are fetched, not {parts.scheme[:20]}:"
            if parts.scheme
            else "a web address begins with https:// or http://"
        )
    if "@" in parts.netloc:
        raise NotFetchable("it holds a name or password, which is never sent")
    name, port = _host_and_port(parts.netloc)
    host = _host(name)
    address = Address(
        parts.scheme,
        host,
        _port(port, parts.scheme, host),
        _path(parts.path) + (f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else ""),
    )
    if len(str(address)) > LONGEST:
        raise NotFetchable(f"written out it has more than {LONGEST} characters")
    return address


def without_password(text: str) -> str:
    """The address with `***` in place of a name and password before its host, to be kept and shown.

    It is still refused, for the same reason. A password may hold what ends a host: then what stands before it
    looks like a port that is no number.
    """
    start = _BEFORE_A_NAME.match(text).end()  # type: ignore[union-attr]  # it matches nothing too
    ends = _AFTER_A_HOST.search(text, start)
    host = text[start : ends.start() if ends else len(text)]
    last = host.rfind("@")
    if last < 0:
        _, colon, port = host.partition(":")
        if host.startswith("[") or not colon or not port or port.isdecimal():
            return text
        last = text.rfind("@") - start
    return text if last < 0 else f"{text[:start]}***{text[start + last :]}"


def redirected(base: Address, location: str) -> Address:
    """Where an answer's Location leads. Raises NotFetchable."""
    if _UNFIT.search(location):
        raise NotFetchable("it holds characters that no address may have")
    try:
        return address_of(urljoin(str(base), location))
    except NotFetchable:
        raise
    except ValueError:
        raise NotFetchable("its host is not written as hosts are") from None


def _host_and_port(netloc: str) -> tuple[str, str]:
    if netloc.startswith("["):
        host, closed, rest = netloc.partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise NotFetchable("its host is not written as hosts are")
        return host + closed, rest[1:]
    host, _, port = netloc.partition(":")
    return host, port


def _port(text: str, scheme: str, host: str) -> int:
    if not text:
        return PORTS[scheme]
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) not in PORTS.values():
        written_out = ":" in host or host.replace(".", "").isdigit()
        raise NotFetchable((written_out and why_not(host)) or "only ports 80 and 443 are asked")
    return int(text)


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            address = IPv6Address(text[1:-1])
        except ValueError:
            raise NotFetchable("its host is not written as hosts are") from None
        if address.scope_id is not None:
            raise NotFetchable("its host is one of the local link")
        return str(address)
    name = _ascii(text).removesuffix(".")
    labels = name.split(".")
    if _QUAD.fullmatch(name):
        try:
            return str(IPv4Address(name))
        except ValueError:  # 0177.0.0.1 is two different machines to two different programs
            raise NotFetchable("its host is a number that can be read in several ways") from None
    if _NUMBER.fullmatch(labels[-1]):
        raise NotFetchable("its host is a number that can be read in several ways")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotFetchable("its host is not written as hosts are")
    if len(labels) == 1:
        raise NotFetchable("its host has no dot: that is a machine of your own network")
    return name


def _ascii(name: str) -> str:
    if len(name) > 253:
        raise NotFetchable("its host is not written as hosts are")
    if name.isascii():
        return name.lower()
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii").lower()
    except idna.IDNAError:
        raise NotFetchable("its host is not written as hosts are") from None


def _path(path: str) -> str:
    """Without `.` and `..`, so that a site's rules are asked about the page that it will hand out."""
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        plain = unquote(segment)
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
    if unquote(segments[-1]) in (".", ".."):
        kept.append("")
    return "/" + quote("/".join(kept), safe=_KEPT)
