"""What a site's robots.txt (RFC 9309) allows us, and how long it asks to wait between requests."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Literal

from protego import Protego

from sources.intake.fetching.urls import Address

PRODUCT = "Sourceline"
"""What sites call us by in their rules."""
LARGEST = 500 * 1024
"""Bytes of a robots.txt that are heeded; what follows them is not."""
DAY = 24 * 3600
UNREACHABLE_FOR = 60
"""Seconds until a site that could not be reached is tried again."""
LATER = 600
"""Seconds until a robots.txt is asked for again whose site had a fault."""
UNSAID = 60
"""Seconds until a site is asked again that has too much to do and does not say when."""
LONGEST_DELAY = 60
"""Seconds between two requests that are waited; a site that asks for more is not asked at all."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"\s*user[ -]?agent\b\s*:?(.*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]+")


Found = Literal["rules", "none", "later", "unreachable"]


@dataclass(frozen=True)
class Rules:
    """`found` is "rules" (they stand in `text`), "none" (all is allowed), "later" or "unreachable"
    (nothing is, for now; `text` says why). `seconds` is for how long that still counts, 0 where unknown."""

    found: Found
    text: str = ""
    seconds: float = field(default=0.0, compare=False)


def rules_from(body: bytes) -> Rules:
    """What there is for us in it: groups for others are emptied, since a file that names very many others
    would take for ever to read."""
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", " ")
    lines = (_for_us(line) for line in _LINE_END.split(text))
    kept = "\n".join(line for line in lines if line)
    return Rules("rules", kept) if kept else Rules("none")


def _for_us(line: str) -> str:
    line = " ".join(line.partition("#")[0].split())
    agent = _AGENT.fullmatch(line)
    if agent is None:
        return line
    name = agent[1].strip().lower()
    token = _TOKEN.match(name)
    ours = token is not None and token[0] == PRODUCT.lower()
    return f"User-agent: {'*' if name == '*' else PRODUCT if ours else ''}"


def why_not_asked(rules: Rules, address: Address) -> str | None:
    """In words; None where the rules allow this page."""
    if rules.found in ("later", "unreachable"):
        return rules.text
    if rules.found == "none":
        return None
    read = Protego.parse(rules.text)
    if not read.can_fetch(str(address), PRODUCT):
        return "the site's robots.txt asks programs not to take this page; save it in your browser"
    if (delay := _delay(read)) > LONGEST_DELAY:
        return (
            f"the site's robots.txt asks programs to wait {_seconds(delay)} between pages, and at most "
            f"{LONGEST_DELAY} seconds are waited; save the page in your browser"
        )
    return None


def delay_between(rules: Rules) -> float:
    """Seconds that the site asks for between two requests; 0 where it does not say."""
    return _delay(Protego.parse(rules.text)) if rules.found == "rules" else 0.0


def _delay(read: Protego) -> float:
    rate = read.request_rate(PRODUCT)
    return max(read.crawl_delay(PRODUCT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def _seconds(delay: float) -> str:
    return f"{math.ceil(delay)} seconds" if delay < 1e6 else "for weeks"
