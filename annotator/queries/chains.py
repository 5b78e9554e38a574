"""The line from a claim's speaker to the page it was read on: stored links, then what the record adds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.models import AttributionSource, Claim, LinkBasis, LinkRole, Naming, Voice
from sources.models import Article

WORDS = {
    LinkRole.SAID: "said by",
    LinkRole.RELAYED: "relayed by",
    LinkRole.REPORTED: "reported by",
    LinkRole.REPRINTED: "reprinted in",
}
UNSAID = {
    Voice.OWN: ("said by", "the article itself"),
    Voice.AGENTLESS: ("said by", "nobody who is named"),
    Voice.UNKNOWN: ("said by", "not yet known"),
}


@dataclass(frozen=True)
class Person:
    """Somebody at a station. `sentence` is the number of the sentence that names them, if any."""

    name: str
    uuid: str = ""
    naming: str = ""
    role_at_time: str = ""
    sentence: int | None = None
    publication_id: int | None = None

    @property
    def anonymous(self) -> bool:
        return self.naming in (Naming.ANONYMOUS, Naming.UNNAMED)


@dataclass(frozen=True)
class Station:
    link: str
    people: tuple[Person, ...]
    basis: str = LinkBasis.STATED
    note: str = ""

    @property
    def from_record(self) -> bool:
        return self.basis == LinkBasis.RECORD

    @property
    def basis_in_words(self) -> str:
        return (
            "" if self.basis in (LinkBasis.STATED, LinkBasis.RECORD) else LinkBasis(self.basis).label.lower()
        )

    @property
    def anonymous(self) -> bool:
        return any(person.anonymous for person in self.people)


def stored_links(claim_ids: Iterable[int]) -> dict[int, dict[int, list[Station]]]:
    """By claim and chain number, the links as coded, innermost first. One query."""
    rows = (
        AttributionSource.objects.filter(attribution__claim__in=list(claim_ids))
        .select_related("attribution", "actor", "mention__annotation__sentence")
        .order_by("attribution__claim_id", "attribution__chain", "attribution__position", "position")
    )
    links: dict[tuple[int, int, int], tuple[AttributionSource, list[Person]]] = {}
    for row in rows:
        link, actor = row.attribution, row.actor
        _, people = links.setdefault((link.claim_id, link.chain, link.position), (row, []))
        people.append(
            Person(
                name=actor.name,
                uuid=str(actor.uuid),
                naming=actor.naming,
                role_at_time=row.role_at_time,
                sentence=row.mention.annotation.sentence.number if row.mention else None,
                publication_id=actor.publication_id,
            )
        )
    chains: dict[int, dict[int, list[Station]]] = defaultdict(lambda: defaultdict(list))
    for (claim, chain, _), (row, people) in links.items():
        link = row.attribution
        chains[claim][chain].append(Station(WORDS[LinkRole(link.role)], tuple(people), link.basis))
    return chains


def record_links(article: Article, stored: Sequence[Station] = ()) -> list[Station]:
    """The outer links that follow from the article's record. Never stored, so never in contradiction.

    An agency that the text itself names as the one who passes the claim on is not repeated.
    """
    original = article.original_publication or (article.reprint_of and article.reprint_of.publication)
    outlet = article.publication
    passed_on = {person.publication_id for person in stored[-1].people} if stored else set()
    stations = []
    if original and original != outlet and original.pk not in passed_on:
        stations.append(Station("reported by", (Person(original.name),), LinkBasis.RECORD))
    if outlet and outlet.pk not in passed_on:
        link = "reprinted in" if original and original != outlet else "published in"
        stations.append(Station(link, (Person(outlet.name),), LinkBasis.RECORD, article.published))
    return stations


def chains_of(claims: Iterable[Claim]) -> dict[int, list[list[Station]]]:
    """By claim key, its chains from mouth to page. A claim without a link says whose voice it is.

    The claims come with `annotation__snapshot__article` and its publications selected.
    """
    claims = list(claims)
    stored = stored_links(claim.pk for claim in claims)
    answer = {}
    for claim in claims:
        article = claim.annotation.snapshot.article
        coded = list(stored[claim.pk].values()) if claim.pk in stored else []
        if not coded:
            link, who = UNSAID.get(Voice(claim.voice), UNSAID[Voice.UNKNOWN])
            coded = [[Station(link, (Person(who),))]]
        answer[claim.pk] = [[*chain, *record_links(article, chain)] for chain in coded]
    return answer


def in_words(chain: Sequence[Station]) -> str:
    """ "said by Marit Solheim, relayed by Northwire, published in The Amber Courier"."""
    return ", ".join(
        f"{station.link} {' and '.join(person.name for person in station.people)}" for station in chain
    )
