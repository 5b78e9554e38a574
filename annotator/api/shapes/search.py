"""What an address asks of a project's claims."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from annotator.api.claim_search import LONGEST_WORDS, STATUSES
from annotator.models import Stand
from annotator.queries.claims import LINKS, ORDERS, WHERE

from .page import choice, uuid, words


def several(name: str, description: str, allowed: list[str] | None = None) -> OpenApiParameter:
    """Given more than once, any one will do."""
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, many=True, enum=allowed)


def moment(name: str, description: str) -> OpenApiParameter:
    return words(name, f"{description} A date, or a date and time, of ISO 8601.", 60)


def flag(name: str, description: str) -> OpenApiParameter:
    return choice(name, description, ["true", "false"])


def _named(keys: Any) -> list[str]:
    return [key for key in keys if key]


CLAIM_SEARCH = (
    words("q", 'Words, "a phrase", begin*, -without; all of them have to stand there.', LONGEST_WORDS),
    choice("where", "Where the words have to stand, if not anywhere in claims.", _named(WHERE)),
    several("status", "Withdrawn ones are told to members alone.", list(STATUSES)),
    uuid("speaker", "Who says it or passes it on.", many=True),
    choice("link", "How the speaker stands to it.", _named(LINKS)),
    several("kind", "Keys of the kinds of its speakers."),
    several("type", "Keys of claim types."),
    several("topic", "Keys of topics; ~ for no topic."),
    uuid("outlet", "Who published it.", many=True),
    several("period", "When it was published: 2025, 2025-03, 2025-W14, a day, two of them, or undated."),
    several("annotator", "Usernames, or UUIDs."),
    uuid("article", "Where it stands.", many=True),
    words("concept", "The key of a concept that it takes a stand on.", 60),
    choice("stand", "On the concept, or on any.", list(Stand.values)),
    uuid("code", "A code that it, or what it names, is coded with."),
    words("made", "older, or the version of the codebook that it was judged under.", 8),
    flag("once", "Without what its text only says again."),
    words("cites", "Two UUIDs of actors or outlets with ~ between: the second has it from the first.", 80),
    choice("order", "If not added last.", _named(ORDERS)),
)
