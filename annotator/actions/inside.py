"""Claims inside claims: what a speaker says that others say. The chain's outer part is stored once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.attribution import Link
from annotator.intents.claim import ClaimContent
from annotator.intents.refusal import Refused
from annotator.models import Actor, Claim
from annotator.queries.chain_json import Json, chains_json
from sources.models import Snapshot

from .gathering import Apart, aside, gathered

SAYS = "says"
"""The act of a link that names none, which therefore never differs from the outer claim's."""


@dataclass(frozen=True)
class Outer:
    """A stored link of a claim around: by whom, in what words, to whom."""

    speakers: frozenset[UUID]
    act: str
    cues: frozenset[UUID]
    heard: frozenset[UUID | str]


def with_own_links(intent: PlaceAnnotation, snapshot: Snapshot) -> PlaceAnnotation:
    """The same intent whose chains stop where the chain of the claim around it goes on.

    A client may send that part along or leave it out; either way it is the outer claim's, today and after
    the outer claim has changed. Raises Refused where it says something else than the outer claim.
    """
    content = intent.claim
    if content is None or content.inside is None or not content.chains:
        return intent
    if gathered(Claim, content.inside):
        raise Apart  # its chains wait to be written
    with aside():
        outer = Claim.objects.filter(annotation__snapshot=snapshot, uuid=content.inside).first()
        tails = _chains(outer) if outer else []
        survivors = _survivors(content) if tails else {}
    chains = tuple(
        _own(chain, tails, survivors, f"claim.chains.{c}") for c, chain in enumerate(content.chains)
    )
    return replace(intent, claim=_replaced(content, chains))


def _replaced(content: ClaimContent, chains: tuple[tuple[Link, ...], ...]) -> ClaimContent:
    return content if chains == content.chains else replace(content, chains=chains)


def _own(
    chain: tuple[Link, ...], tails: list[list[Outer]], survivors: Mapping[UUID, UUID], field: str
) -> tuple[Link, ...]:
    """Of links that name nobody one cannot tell whose they are: they stay the inner claim's own."""
    for tail in tails:
        sent = chain[-len(tail) :]
        if len(tail) < len(chain) and all(
            one.speakers and one.speakers == frozenset(survivors.get(who, who) for who in _named(link))
            for link, one in zip(sent, tail, strict=True)
        ):
            first = len(chain) - len(tail)
            for p, (link, one) in enumerate(zip(sent, tail, strict=True), start=first):
                _check_same(link, one, survivors, f"{field}.{p}")
            return chain[:first]
    return chain


def _check_same(link: Link, outer: Outer, survivors: Mapping[UUID, UUID], field: str) -> None:
    heard = {
        survivors.get(party.actor, party.actor) if party.actor else party.words for party in link.addressees
    }
    for name, differs in (
        ("act", link.act not in (SAYS, outer.act)),
        ("cues", not {cue.uuid for cue in link.cues} <= outer.cues),
        ("addressees", not heard <= outer.heard),
    ):
        if differs:
            message = "this link is that of the claim around, which says otherwise: change it there"
            raise Refused(f"{field}.{name}", "outer_link_differs", message)


def _named(link: Link) -> list[UUID]:
    found = [s.who.new_actor.uuid if s.who.new_actor else s.who.actor for s in link.sources]
    return [uuid for uuid in found if uuid is not None]


def _survivors(content: ClaimContent) -> dict[UUID, UUID]:
    """By actor that is named, as whom it shows since it was merged. One query."""
    links = [link for chain in content.chains for link in chain]
    heard = [party.actor for link in links for party in link.addressees if party.actor]
    named = [who for link in links for who in _named(link)]
    actors = Actor.objects.filter(uuid__in={*heard, *named})
    return dict(actors.values_list("uuid", "survivor__uuid"))


def _chains(claim: Claim) -> list[list[Outer]]:
    """The claim's chains to their outer end, longest first."""
    found = [[_outer(link) for link in chain] for chain in chains_json([claim.pk]).get(claim.pk, [])]
    if claim.inside is not None and (further := _chains(claim.inside)):
        found = [chain + tail for chain in found or [[]] for tail in further]
    return sorted(found, key=len, reverse=True)


def _outer(link: Json) -> Outer:
    return Outer(
        speakers=frozenset(UUID(source["actor"]) for source in link["sources"]),
        act=link["act"],
        cues=frozenset(map(UUID, link["cues"])),
        heard=frozenset(UUID(p["actor"]) if "actor" in p else p["words"] for p in link.get("addressees", ())),
    )
