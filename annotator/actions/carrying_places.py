"""Where words stand that somebody typed, or selected, for a part that is not where it was any more."""

from annotator.intents.refusal import Refused
from annotator.queries.carrying_sides import places_of
from sources.models import Snapshot
from sources.text.offsets import BadExtent, Extent
from sources.text.printed import same_words
from sources.text.standing import JOINER


def place_found(text: Snapshot, part: str, words: str, picked: str = "") -> Extent:
    """The one place where they stand, or of several the `picked` one, written as an extent. `part` is the
    field that a refusal names. Raises Refused."""
    places = places_of(text, words)
    if not places:
        raise Refused(part, "match_text", f"“{words[:80]}” does not stand in text {text.number}")
    if len(places) == 1 and not picked:
        return places[0][0]
    extent = next((place for place, _ in places if str(place) == picked), None)
    if extent is None:
        said = f"“{words[:80]}” stands there {len(places)} times: say which is meant"
        raise Refused(part, "found_once", said)
    return extent


def place_selected(text: Snapshot, part: str, words: str, extent: Extent) -> Extent:
    """The same extent, which has to read as the words do. Raises Refused."""
    try:
        quotes = extent.slices(text.text)
    except BadExtent as error:
        raise none_of_the_text(part, error) from error
    if not same_words(JOINER.join(quotes), words):
        said = f"the selected place reads “{JOINER.join(quotes)[:80]}”, not these words: select them again"
        raise Refused(part, "match_text", said)
    return extent


def none_of_the_text(part: str, error: BadExtent) -> Refused:
    return Refused(part, "within_text", f"the selected place is none of the text: {error.reason}")
