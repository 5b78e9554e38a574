"""Which of several forms a request prefers, by its Accept header (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence

from django.http.request import MediaType


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of the `offered` that is asked for most; None where none of them is wanted.

    Of what is wanted alike the one that is named more exactly, then sooner; of what one range covers the
    first that is offered. Parameters of ranges are passed over: no two of ours differ in them alone.
    """
    best: tuple[float, int, int] | None = None
    chosen = None
    ranges = _ranges(accept)
    for media_type in offered:
        found = _range_of(media_type, ranges)
        if found and found[0] and (best is None or found > best):
            best, chosen = found, media_type
    return chosen


def _ranges(accept: str) -> list[MediaType]:
    return [MediaType(token) for token in accept.split(",") if token.strip()] or [MediaType("*/*")]


def _range_of(media_type: str, ranges: list[MediaType]) -> tuple[float, int, int] | None:
    """Quality, exactness and place (the sooner, the more) of the range that speaks of this media type most
    exactly: what is refused by name is not let in by a star."""
    main, _, sub = media_type.partition(";")[0].strip().partition("/")
    places = [
        (one.specificity, -place, one.quality)
        for place, one in enumerate(ranges)
        if (one.main_type.lower(), one.sub_type.lower()) in ((main, sub), (main, "*"), ("*", "*"))
    ]
    if not places:
        return None
    exactness, place, quality = max(places)
    return quality, exactness, place
