"""The address at which people find a server, and what follows from it."""

from dataclasses import dataclass
from urllib.parse import urlsplit


class Unusable(ValueError):
    """The address cannot be one; the message says why."""


@dataclass(frozen=True)
class PublicAddress:
    """`origin` is scheme, host and port, without a final slash; `host` the host as Django compares it."""

    origin: str
    host: str

    @property
    def port(self) -> int:
        """The one that is written, or the scheme's."""
        return urlsplit(self.origin).port or (443 if self.tls else 80)

    @property
    def tls(self) -> bool:
        return self.origin.startswith("https://")


def public_address(written: str) -> PublicAddress | None:
    """What `SOURCELINE_ADDRESS` says, as in https://sourceline.example.org; None where it says nothing.

    Raises Unusable for what is no bare http or https address: pages lie at the root of their host.
    """
    written = written.strip()
    if not written:
        return None
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Unusable(f"SOURCELINE_ADDRESS={written}: {error}.") from None
    said = f"SOURCELINE_ADDRESS={written} has to be like https://sourceline.example.org"
    if parts.scheme not in {"http", "https"} or not host:
        raise Unusable(f"{said}: it lacks http:// or https:// and a host.")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in {"", "/"}:
        raise Unusable(f"{said}: only scheme, host and port belong in it.")
    if not host.isascii() or not all(char.isalnum() or char in ".-:" for char in host):
        raise Unusable(f"{said}: write the host in ASCII (xn--…), as browsers send it.")
    name = f"[{host}]" if ":" in host else host
    return PublicAddress(f"{parts.scheme}://{name}" + (f":{port}" if port else ""), name)
