"""The line from a claim's speaker to the page it was read on: stored links, then those of the claim it lies
inside of, then what the record adds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.models import (
    Act,
    Actor,
    Attribution,
    AttributionSource,
    Basis,
    Claim,
    Jointly,
    LinkBasis,
    LinkRole,
    Naming,
    Party,
    Voice,
)
from sources.models import Article

from .claims_around import claims_around, outside_drafts
from .evidence import link_rests_on, rests_on
from .identities import Label, labels_of, one_each, parties_each
from .link_rows import LINKS, SOURCES, SPOKEN_TO

WORDS = {
    LinkRole.SAID: "said by",
    LinkRole.RELAYED: "relayed by",
    LinkRole.REPORTED: "reported by",
    LinkRole.REPRINTED: "reprinted in",
}
UNSPOKEN = {
    Act.THINKS: "thought by",
    Act.WANTS: "wanted by",
    Act.DECIDES: "decided by",
    Act.SHOWS: "shown by",
}
"""A speaker's link whose words nobody uttered."""
UNSAID = {
    Voice.OWN: "the article itself",
    Voice.AGENTLESS: "nobody who is named",
    Voice.UNKNOWN: "not yet known",
}


@dataclass(frozen=True)
class Person:
    """Somebody at a station. `sentence` is the number of the sentence that names them, if any. Whoever is
    anonymous is called by their label, of which `short` leaves outlet and date out."""

    name: str
    uuid: str = ""
    short: str = ""
    place: str = ""
    naming: str = ""
    role_at_time: str = ""
    sentence: int | None = None
    publication_id: int | None = None
    basis: str = Basis.TEXTUAL
    confidence: str = ""
    jointly: str = Jointly.ONE

    @property
    def anonymous(self) -> bool:
        return self.naming in (Naming.ANONYMOUS, Naming.UNNAMED)


SOMEBODY = Person("somebody")


def _judged(person: Person) -> list[str]:
    """Whether they speak together with others or each, on what it rests that it is they, and how sure."""
    together = [Jointly(person.jointly).label.lower()] if person.jointly != Jointly.ONE else []
    rests = rests_on(person.basis, person.confidence)
    return [*together, *([rests] if rests else [])]


@dataclass(frozen=True)
class Station:
    link: str
    people: tuple[Person, ...]
    basis: str = LinkBasis.STATED
    note: str = ""
    outer: bool = False
    addressees: tuple[Person, ...] = ()
    occasion: str = ""
    repeated: bool = False
    said_on: str = ""

    @property
    def judged(self) -> str:
        """Whether several speak together or each, and what it rests on that it is they, as far as it holds
        for all of them; empty as a rule."""
        return ", ".join(self._alike)

    @property
    def speakers(self) -> list[tuple[Person, str]]:
        """Each with what is judged of them and not of all the others."""
        return [
            (person, ", ".join(one for one in _judged(person) if one not in self._alike))
            for person in self.people
        ]

    @property
    def _alike(self) -> list[str]:
        first, *others = map(_judged, self.people)
        return [one for one in first if all(one in other for other in others)]

    @property
    def from_record(self) -> bool:
        return self.basis == LinkBasis.RECORD

    @property
    def basis_in_words(self) -> str:
        return link_rests_on(self.basis)

    @property
    def anonymous(self) -> bool:
        return any(person.anonymous for person in self.people)


def full_links(
    claim_ids: Iterable[int], inner: Iterable[int] | None = None, *, for_readers: bool = False
) -> dict[int, list[list[Station]]]:
    """By claim, its chains to their outer end: each of its own goes on with each of the claim's around it, so
    that what is inside never disagrees with what it lies in. Claims without a link are left out.

    `inner` are those that lie inside another, where that is known. For readers without a role a chain ends
    where the claim around it is a draft. Four queries, one more for readers, or three if there are none.
    """
    ids = list(claim_ids)
    known = ids if inner is None else list(inner)
    around = claims_around(known) if known else {}
    if for_readers and around:
        around = outside_drafts(around)
    own = stored_links({*ids, *(outer for outers in around.values() for outer in outers)})
    chains = {}
    for claim in ids:
        found = list(own[claim].values()) if claim in own else []
        for outer in around.get(claim, ()):
            further = [[replace(s, outer=True) for s in chain] for chain in own.get(outer, {}).values()]
            found = [chain + tail for chain in found or [[]] for tail in further] if further else found
        if found:
            chains[claim] = found
    return chains


def stored_links(claim_ids: Iterable[int]) -> dict[int, dict[int, list[Station]]]:
    """By claim and chain number, the claim's own links as coded, innermost first, those too that name nobody.
    Three queries, and one more where somebody anonymous speaks or listens."""
    ids = list(claim_ids)
    spoken_to = _spoken_to(ids)
    sources: dict[int, list[AttributionSource]] = defaultdict(list)
    for row in one_each(SOURCES.all(ids)):
        sources[row.attribution_id].append(row)
    labels = _labels(sources, spoken_to)
    chains: dict[int, dict[int, list[Station]]] = defaultdict(lambda: defaultdict(list))
    for link in LINKS.all(ids):
        heard = tuple(_addressee(party, labels) for party in spoken_to.get(link.pk, ()))
        chains[link.claim_id][link.chain].append(_station(link, sources[link.pk], heard, labels))
    return chains


def _labels(
    sources: Mapping[int, list[AttributionSource]], spoken_to: Mapping[int, list[Party]]
) -> dict[int, Label]:
    speak = [row.actor.survivor for rows in sources.values() for row in rows]
    listen = [one.actor.survivor for rows in spoken_to.values() for one in rows if one.actor]
    return labels_of({one for one in (*speak, *listen) if one.naming == Naming.ANONYMOUS})


def _station(
    link: Attribution,
    sources: list[AttributionSource],
    heard: tuple[Person, ...],
    labels: Mapping[int, Label],
) -> Station:
    told = WORDS[LinkRole(link.role)]
    words = UNSPOKEN.get(Act(link.act), told) if link.role == LinkRole.SAID else told
    people = tuple(_person(row, len(sources) > 1, labels) for row in sources) or (_nobody(link),)
    return Station(words, people, link.basis, "", False, heard, link.occasion, link.repeated, link.said_on)


def _nobody(link: Attribution) -> Person:
    """Whom a link tells of that names nobody: the first has the claim's voice."""
    if link.position or link.claim.voice not in UNSAID:
        return SOMEBODY
    return Person(UNSAID[Voice(link.claim.voice)])


def _person(row: AttributionSource, beside: bool, labels: Mapping[int, Label]) -> Person:
    """`beside`: others stand in the same link."""
    actor = row.actor.survivor
    return replace(
        _called(actor, labels),
        role_at_time=row.role_at_time,
        sentence=row.mention.annotation.sentence.number if row.mention else None,
        publication_id=actor.publication_id,
        basis=row.basis,
        confidence=row.confidence,
        jointly=row.jointly if beside else Jointly.ONE,
    )


def _spoken_to(claim_ids: list[int]) -> dict[int, list[Party]]:
    """By link, those to whom its speakers speak. One query."""
    found: dict[int, list[Party]] = defaultdict(list)
    for party in parties_each(SPOKEN_TO.all(claim_ids)):
        found[party.attribution_id or 0].append(party)
    return found


def _addressee(party: Party, labels: Mapping[int, Label]) -> Person:
    """Whoever is only described has a name and nothing else."""
    return Person(party.words) if party.actor is None else _called(party.actor.survivor, labels)


def _called(actor: Actor, labels: Mapping[int, Label]) -> Person:
    who = Person(actor.name, str(actor.uuid), naming=actor.naming)
    label = labels.get(actor.pk)
    return replace(who, name=label.whole, short=label.short, place=label.place) if label else who


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


def chains_of(claims: Iterable[Claim], *, for_readers: bool = False) -> dict[int, list[list[Station]]]:
    """By claim key, its chains from mouth to page. A claim without a link says whose voice it is.

    The claims come with `annotation__snapshot__article` and its publications selected.
    """
    claims = list(claims)
    inner = [claim.pk for claim in claims if claim.inside_id is not None]
    stored = full_links([claim.pk for claim in claims], inner, for_readers=for_readers)
    answer = {}
    for claim in claims:
        article = claim.annotation.snapshot.article
        coded = said_in(claim.voice, stored.get(claim.pk, []))
        answer[claim.pk] = [[*chain, *record_links(article, chain)] for chain in coded]
    return answer


def said_in(voice: str, chains: list[list[Station]]) -> list[list[Station]]:
    """The chains, each of which begins with whose voice it is where no link of the claim's own says so."""
    unsaid = Station("said by", (Person(UNSAID.get(Voice(voice), UNSAID[Voice.UNKNOWN])),))
    return [[unsaid, *chain] if not chain or chain[0].outer else chain for chain in chains or [[]]]


def in_words(chain: Sequence[Station]) -> str:
    """ "said by Marit Solheim to reporters, relayed by Northwire, published in The Amber Courier"."""
    return ", ".join(
        f"{'repeatedly ' if station.repeated else ''}{station.link} {_names(station.people)}"
        + (f" to {_names(station.addressees)}" if station.addressees else "")
        for station in chain
    )


def _names(people: Iterable[Person]) -> str:
    return " and ".join(person.name for person in people)
