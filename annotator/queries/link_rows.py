"""The rows of which the links of chains are told in words, by their claims."""

from annotator.models import Attribution, AttributionSource, Party

from .prepared import RecordsMadeOnce, listed

_SURVIVOR = tuple(f"actor__survivor__{name}" for name in ("uuid", "name", "naming", "publication"))
_SOURCE = (
    *("attribution", "position", "role_at_time", "basis", "confidence", "jointly"),
    *("actor__survivor", "mention__annotation__sentence__number", *_SURVIVOR),
)
"""Columns of a source of which a person at a station is made."""
SOURCES = RecordsMadeOnce(
    lambda claims: (
        AttributionSource.objects.filter(attribution__claim__in=listed(claims))
        .select_related("actor__survivor", "mention__annotation__sentence")
        .only(*_SOURCE)
        .order_by("position", "pk")
    ),
    [-1],
)
LINKS = RecordsMadeOnce(
    lambda claims: (
        Attribution.objects.filter(claim__in=listed(claims))
        .select_related("claim")
        .order_by("chain", "position")
    ),
    [-1],
)
SPOKEN_TO = RecordsMadeOnce(
    lambda claims: (
        Party.objects.filter(attribution__claim__in=listed(claims))
        .select_related("actor__survivor")
        .order_by("position", "pk")
    ),
    [-1],
)
