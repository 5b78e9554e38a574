"""The chains of claims as the API tells them: each link with its speakers, cues and whom it addresses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.expressions import RawSQL

from annotator.models import Attribution, AttributionSource, Basis, Kind, Party, SupportingSpan
from annotator.models.attribution import Jointly

from .identities import called, one_each, parties_each
from .prepared import RecordsMadeOnce, listed

Json = dict[str, Any]
SELDOM: dict[str, Any] = {
    **{"occasion": "", "repeated": False},
    **{"said_on": "", "said_on_basis": Basis.TEXTUAL, "said_on_confidence": ""},
}
"""Told of a link only where it is not what it is as a rule."""


def span_json(row: SupportingSpan) -> Json:
    """The words as they travel in a claim."""
    found = row.annotation
    return {"uuid": str(found.uuid), "extent": found.extent.to_json(), "quotes": found.quotes}


_LINKS = RecordsMadeOnce(
    lambda claims: Attribution.objects.filter(claim__in=listed(claims)).order_by(
        "claim", "chain", "position"
    ),
    [-1],
)
_SOURCES = RecordsMadeOnce(
    lambda links: (
        AttributionSource.objects.filter(attribution__in=listed(links))
        .select_related("actor__survivor", "mention__annotation")
        .order_by("position", "pk")
    ),
    [-1],
)
_SPANS = SupportingSpan.objects.select_related("annotation").order_by("pk")
# Each by its own index: one condition with OR over all three reads every span there is.
_IN_LINKS = """
SELECT annotation_id FROM annotator_supportingspan WHERE link_id = ANY(%s::bigint[])
UNION ALL SELECT s.annotation_id FROM annotator_attributionsource a
JOIN annotator_supportingspan s ON s.source_id = a.id WHERE a.attribution_id = ANY(%s::bigint[])
UNION ALL SELECT s.annotation_id FROM annotator_party y
JOIN annotator_supportingspan s ON s.party_id = y.id WHERE y.attribution_id = ANY(%s::bigint[])
"""
_OF_LINKS = RecordsMadeOnce(
    lambda links: _SPANS.filter(pk__in=RawSQL(_IN_LINKS, [links, links, links])),  # noqa: S611  a constant
    [-1],
)
_OF_TARGETS = RecordsMadeOnce(lambda claims: _SPANS.filter(party__claim__in=listed(claims)), [-1])
_PARTIES = Party.objects.select_related("actor__survivor", "mention__annotation").order_by("position", "pk")
_TARGETS = RecordsMadeOnce(lambda claims: _PARTIES.filter(claim__in=listed(claims)), [-1])
_ADDRESSEES = RecordsMadeOnce(lambda links: _PARTIES.filter(attribution__in=listed(links)), [-1])


def chains_json(keys: Iterable[int]) -> dict[int, list[list[Json]]]:
    """By claim, its chains of LINKs, innermost first. Four queries, and one for each list that somebody
    anonymous stands in: they are called by their label."""
    links = {link.pk: link for link in _LINKS.all(list(keys))}
    sources, cues = defaultdict(list), defaultdict(list)
    roles, described = {}, {}
    settings: dict[int, Json] = defaultdict(dict)
    for span in _OF_LINKS.all(list(links)):
        if span.link_id and span.annotation.kind in (Kind.OCCASION, Kind.TIME):
            settings[span.link_id][f"{span.annotation.kind}_span"] = span_json(span)
        elif span.link_id:
            cues[span.link_id].append(str(span.annotation.uuid))
        elif span.source_id:
            roles[span.source_id] = span_json(span)
        else:
            described[span.party_id] = span_json(span)
    addressees = _addressees(links, described)
    speaking = one_each(_SOURCES.all(list(links)))
    names = called(row.actor.survivor for row in speaking)
    for row in speaking:
        sources[row.attribution_id].append(
            {
                "actor": str(row.actor.survivor.uuid),
                "name": names[row.actor.survivor.pk],
                "mention": str(row.mention.annotation.uuid) if row.mention else None,
                "role_at_time": row.role_at_time,
                **({"jointly": row.jointly} if row.jointly != Jointly.ONE else {}),
                **({"basis": row.basis} if row.basis != Basis.TEXTUAL else {}),
                **({"confidence": row.confidence} if row.confidence else {}),
                **({"role_span": roles[row.pk]} if row.pk in roles else {}),
            }
        )
    chains: dict[int, dict[int, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for key, link in links.items():
        chains[link.claim_id][link.chain].append(
            {
                "role": link.role,
                "act": link.act,
                "basis": link.basis,
                "quotation_type": link.quotation_type,
                "sources": sources[key],
                "cues": cues[key],
                **({"addressees": addressees[key]} if key in addressees else {}),
                **{name: getattr(link, name) for name in SELDOM if getattr(link, name) != SELDOM[name]},
                **settings.get(key, {}),
            }
        )
    return {claim: list(by_number.values()) for claim, by_number in chains.items()}


def targets_json(keys: Iterable[int]) -> dict[int, list[Json]]:
    """By claim, whom it blames, accuses or credits. Two queries, three where one of them is anonymous."""
    claims = list(keys)
    parties = parties_each(_TARGETS.all(claims))
    names = _names(parties)
    spans = {span.party_id: span_json(span) for span in _OF_TARGETS.all(claims)}
    told = defaultdict(list)
    for party in parties:
        assert party.claim_id is not None  # noqa: S101  asked for by its claim
        told[party.claim_id].append(_party_json(party, spans, names))
    return told


def _names(parties: Iterable[Party]) -> dict[int, str]:
    return called(party.actor.survivor for party in parties if party.actor)


def _party_json(party: Party, spans: Mapping[int | None, Json], names: Mapping[int, str]) -> Json:
    """`spans` are the words that describe them, by party, `names` what actors are called."""
    who = party.actor and party.actor.survivor
    return {
        **({"actor": str(who.uuid), "name": names[who.pk]} if who else {}),
        **({"mention": str(party.mention.annotation.uuid)} if party.mention else {}),
        **({"words": party.words} if party.words else {}),
        **({"span": spans[party.pk]} if party.pk in spans else {}),
    }


def _addressees(links: Iterable[int], spans: dict[int | None, Json]) -> dict[int, list[Json]]:
    """By link, whom its speakers address."""
    told = defaultdict(list)
    parties = parties_each(_ADDRESSEES.all(list(links)))
    names = _names(parties)
    for party in parties:
        assert party.attribution_id is not None  # noqa: S101  asked for by its link
        told[party.attribution_id].append(_party_json(party, spans, names))
    return told
