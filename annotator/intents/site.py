"""The address that permanent pages stand below, and who can open what begins with it."""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from . import fields
from .gathered import leaf
from .refusal import Refused

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_NEAR = (".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")


@leaf("")
def parse_site(value: Any, field: str = "site") -> str:
    """An http or https origin with a slash at its end, or nothing. Raises Refused."""
    written = fields.name(value, field, 300, required=False)
    if not written:
        return ""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(field, "origin", "is not an address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(field, "origin", "begins with http:// or https://")
    shown = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(shown):
        raise Refused(field, "origin", "names no host")
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    if written.lower().removesuffix("/") != origin:
        raise Refused(
            field, "origin", "is only the host, and its port if any: no path, question, name or password"
        )
    return origin + "/"


def kept_out(site: str) -> str:
    """Who cannot open what begins with that address, as words before "can open"; empty if all can."""
    host = urlsplit(site).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            return "nobody else"
        near = "." not in host or host.endswith(_NEAR)
        return "nobody outside your network" if host and near else ""
    if address.is_loopback or address.is_unspecified:
        return "nobody else"
    return "" if address.is_global else "nobody outside your network"
