"""Which IP addresses may be asked: those of the public internet and no other.

The table is our own, after IANA's registries of special-purpose addresses. `ipaddress.is_global` is no guard:
it lets pass loopback in several IPv6 spellings, multicast, and addresses that clouds answer on from inside.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4 = [
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "the machine itself"),
        ("168.63.129.16/32", "a cloud's own services"),
        ("169.254.0.0/16", "the local link, where clouds keep their secrets"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for examples"),
        ("192.31.196.0/24", "reserved for name servers"),
        ("192.52.193.0/24", "reserved for relays"),
        ("192.88.99.0/24", "reserved for relays"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved for name servers"),
        ("198.18.0.0/15", "reserved for measurements"),
        ("198.51.100.0/24", "reserved for examples"),
        ("203.0.113.0/24", "reserved for examples"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
]
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_V6 = [
    (IPv6Network(network), why)
    for network, why in (
        ("2001::/32", "a Teredo tunnel, which may lead anywhere"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for examples"),
        ("2002::/16", "a 6to4 tunnel, which may lead anywhere"),
        ("2620:4f:8000::/48", "reserved for name servers"),
        ("3ffe::/16", "no longer in use"),
        ("3fff::/20", "reserved for examples"),
        # Outside of what is routed on the internet; named for what is said to the user.
        ("::/128", "no address"),
        ("::1/128", "the machine itself"),
        ("::/96", "an IPv4 address in a spelling that is no longer in use"),
        ("::ffff:0:0:0/96", "a translated IPv4 address"),
        ("64:ff9b:1::/48", "a network's own translation of IPv4"),
        ("100::/64", "discarded"),
        ("5f00::/16", "reserved for routers"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a site's own network"),
        ("ff00::/8", "multicast"),
    )
]
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def why_not(address: str) -> str | None:
    """Why this IP address must not be asked, in words; None if it may be. What is no IP address may not."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return f"{address} is no IP address"
    reason = _of_v4(parsed) if isinstance(parsed, IPv4Address) else _of_v6(parsed)
    return f"{parsed} is not on the public internet: {reason}" if reason else None


def _of_v4(address: IPv4Address) -> str | None:
    return next((why for network, why in _V4 if address in network), None)


def _of_v6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "the local link"
    # Networks without IPv4 of their own reach it by these two, so what they lead to decides.
    if address in _MAPPED or address in _NAT64:
        return _of_v4(_last_four_bytes(address))
    for network, why in _V6:
        if address in network:
            return why
    if address not in _GLOBAL_UNICAST:
        return "reserved"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return _of_v4(_last_four_bytes(address))
    return None


def _last_four_bytes(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
