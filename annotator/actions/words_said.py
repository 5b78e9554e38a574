"""The words of a claim's numbers and of those it is said to or directed at, as they stand in its text."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.attribution import Link
from annotator.intents.claim import ClaimContent
from annotator.intents.party import MOST_WORDS, Party
from annotator.intents.refusal import Refused
from sources.models import Snapshot
from sources.text.standing import JOINER, as_they_stand, line_of


def with_words_as_they_stand(intent: PlaceAnnotation, snapshot: Snapshot) -> PlaceAnnotation:
    """The same, its words with the capitals and letters of the text; what stands nowhere is left as it is."""
    if intent.claim is None or not any(_words(intent.claim)):
        return intent
    line = line_of(snapshot.text)
    claim = intent.claim
    quantities = tuple(replace(q, words=as_they_stand(line, q.words) or q.words) for q in claim.quantities)
    chains = tuple(tuple(_link(line, link) for link in chain) for chain in claim.chains)
    told = replace(claim, quantities=quantities, chains=chains, targets=_parties(line, claim.targets))
    return replace(intent, claim=told)


def check(snapshot: Snapshot, said: Iterable[tuple[str, str]], stored: Collection[str] = ()) -> None:
    """Raises Refused where words stand nowhere in the text. `said` are pairs of field and words; those
    `stored` already were looked at when they came."""
    fresh = [(field, words) for field, words in said if words and words not in stored]
    line = line_of(snapshot.text) if fresh else ""
    for field, words in fresh:
        if as_they_stand(line, words) != words:
            raise Refused(field, "in_the_text", f"“{words}” stands nowhere in this text")


def _words(claim: ClaimContent) -> Iterator[str]:
    yield from (quantity.words for quantity in claim.quantities)
    yield from (party.words for party in claim.targets)
    yield from (party.words for chain in claim.chains for link in chain for party in link.addressees)


def _link(line: str, link: Link) -> Link:
    return replace(link, addressees=_parties(line, link.addressees)) if link.addressees else link


def _parties(line: str, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(replace(party, words=_called(line, party)) for party in parties)


def _called(line: str, party: Party) -> str:
    """With a span the words are what stands there; a sign of omission between two stretches is JOINER's."""
    if party.span is None:
        return (party.words and as_they_stand(line, party.words)) or party.words
    quotes = party.span.quotes
    if len(quotes) > 1:
        quotes = tuple(bare for quote in quotes if (bare := line_of(quote).strip(" …"))) or quotes
    return line_of(JOINER.join(quotes))[:MOST_WORDS].strip().removesuffix(" …")
