"""Claims inside claims: what a speaker says that others say. The chain's outer part is stored once."""

from dataclasses import replace
from uuid import UUID

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.attribution import Link
from annotator.intents.claim import ClaimContent
from annotator.models import Attribution, AttributionSource, Claim
from sources.models import Snapshot

Speakers = frozenset[UUID]


def with_own_links(intent: PlaceAnnotation, snapshot: Snapshot) -> PlaceAnnotation:
    """The same intent whose chains stop where the chain of the claim around it goes on.

    A client may send that part along or leave it out; either way it is the outer claim's, today and after
    the outer claim has changed.
    """
    content = intent.claim
    if content is None or content.inside is None or not content.chains:
        return intent
    outer = Claim.objects.filter(annotation__snapshot=snapshot, uuid=content.inside).first()
    tails = _chains(outer) if outer else []
    chains = tuple(_own(chain, tails) for chain in content.chains)
    return replace(intent, claim=_replaced(content, chains))


def _replaced(content: ClaimContent, chains: tuple[tuple[Link, ...], ...]) -> ClaimContent:
    return content if chains == content.chains else replace(content, chains=chains)


def _own(chain: tuple[Link, ...], tails: list[list[Speakers]]) -> tuple[Link, ...]:
    said = [frozenset(_named(link)) for link in chain]
    for tail in tails:
        if len(tail) < len(chain) and said[-len(tail) :] == tail:
            return chain[: -len(tail)]
    return chain


def _named(link: Link) -> list[UUID]:
    found = [s.who.new_actor.uuid if s.who.new_actor else s.who.actor for s in link.sources]
    return [uuid for uuid in found if uuid is not None]


def _chains(claim: Claim) -> list[list[Speakers]]:
    """The claim's chains to their outer end, as who speaks in each link; longest first."""
    own: dict[int, dict[int, set[UUID]]] = {}
    for chain, position in Attribution.objects.filter(claim=claim).values_list("chain", "position"):
        own.setdefault(chain, {}).setdefault(position, set())
    sources = AttributionSource.objects.filter(attribution__claim=claim)
    for chain, position, actor in sources.values_list(
        "attribution__chain", "attribution__position", "actor__uuid"
    ):
        own[chain][position].add(actor)
    found = [[frozenset(links[p]) for p in sorted(links)] for links in own.values()]
    if claim.inside is not None and (further := _chains(claim.inside)):
        found = [chain + tail for chain in found or [[]] for tail in further]
    return sorted(found, key=len, reverse=True)
