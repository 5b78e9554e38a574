"""Whose site an address is on: hosts, the domain that somebody registered, archives and aggregators."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBERS = re.compile(r"[0-9.]+")
_LONGEST = 253
# Sites that show what others published: being found there tells nothing of the outlet.
_OTHERS_PAGES = frozenset(
    {
        *("archive.org", "archive.is", "archive.ph", "archive.today", "archive.li", "archive.vn"),
        *("archive.md", "archive.fo", "perma.cc", "ghostarchive.org", "webcitation.org"),
        *("arquivo.pt", "megalodon.jp", "cachedview.nl", "google.com", "googleusercontent.com"),
        *("ampproject.org", "yahoo.com", "msn.com"),
        *("bing.com", "apple.news", "flipboard.com", "feedly.com", "smartnews.com", "newsbreak.com"),
        *("pressreader.com", "nexis.com", "lexisnexis.com", "factiva.com", "proquest.com", "ebscohost.com"),
        *("newspapers.com", "medium.com", "substack.com", "wordpress.com", "blogspot.com", "tumblr.com"),
        *("facebook.com", "twitter.com", "x.com", "t.me", "telegram.org", "youtube.com", "linkedin.com"),
        *("reddit.com", "instagram.com", "tiktok.com", "t.co", "bit.ly"),
    }
)


def host_of(address: str) -> str:
    """The host in lower case and ASCII, without `www.`; empty for what has none, or only a number.

    >>> host_of("https://WWW.Bücher.example:8080/x")
    'xn--bcher-kva.example'
    """
    try:
        host = (urlsplit(address.strip()).hostname or "").rstrip(".")
        plain = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return ""
    plain = plain.removeprefix("www.")
    formed = len(plain) <= _LONGEST and _HOST.fullmatch(plain) and not _NUMBERS.fullmatch(plain)
    return plain if formed else ""


def domain_said(value: str) -> str:
    """A domain as people write it, with or without scheme and path; empty for what is none."""
    said = value.strip()
    return host_of(said if "://" in said else f"https://{said}")


def registered_domain(host: str) -> str:
    """What of a host somebody registered, by the Public Suffix List; else its last two names.

    >>> registered_domain("news.bbc.co.uk")
    'bbc.co.uk'
    """
    from tld import get_fld

    known = get_fld(f"https://{host}", fail_silently=True, search_private=True) if host else None
    return known or ".".join(host.split(".")[-2:])


def sites_of(address: str) -> tuple[str, ...]:
    """By what a known outlet may have the address, the narrowest first: its host, then what lies above it,
    down to the registered domain.

    >>> sites_of("https://sport.news.kai.example/1")
    ('sport.news.kai.example', 'news.kai.example', 'kai.example')
    """
    host = host_of(address)
    if not host:
        return ()
    names = host.split(".")
    above = len(names) - len(registered_domain(host).split("."))
    return tuple(".".join(names[start:]) for start in range(max(0, above) + 1))[-10:]


def own_site(address: str) -> str:
    """The domain that an outlet found at the address may be known by from now on; empty where others' pages
    are shown there."""
    sites = sites_of(address)
    return "" if not sites or any(site in _OTHERS_PAGES for site in sites) else sites[-1]
