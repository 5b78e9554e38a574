"""Fetching as this installation does it: under its name, with the manners that all its processes share."""

import re

from django.conf import settings

from sources import VERSION
from sources.intake.fetching.fetcher import Fetched, fetch
from sources.intake.fetching.robots import PRODUCT

from .hosts import SharedManners

_CONTACT = re.compile(r"[!#-'*-\[\]-~]{3,200}")  # what stands in a header's comment


class UnfitContact(Exception):
    """SOURCELINE_CONTACT is nothing that a site could be told."""


def agent() -> str:
    """What we call ourselves. Raises UnfitContact."""
    if not settings.CONTACT:
        return f"{PRODUCT}/{VERSION}"
    if not _CONTACT.fullmatch(settings.CONTACT):
        raise UnfitContact("SOURCELINE_CONTACT is an address of a page or of mail, no blanks or brackets.")
    return f"{PRODUCT}/{VERSION} (+{settings.CONTACT})"


def fetch_politely(address: str, *, patience: float) -> Fetched:
    """Raises as `fetch` does. Waits up to `patience` seconds for the turn at the host."""
    return fetch(address, agent=agent(), manners=SharedManners(), patience=patience)
