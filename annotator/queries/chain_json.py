"""The chains of claims as the API tells them: each link with its speakers, cues and whom it addresses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from annotator.models import Attribution, AttributionSource, Basis, Kind, Party, SupportingSpan
from annotator.models.attribution import Jointly

from .identities import called, one_each, parties_each

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


def chains_json(keys: Iterable[int]) -> dict[int, list[list[Json]]]:
    """By claim, its chains of LINKs, innermost first. Four queries, and one for each list that somebody
    anonymous stands in: they are called by their label."""
    links = {
        link.pk: link
        for link in Attribution.objects.filter(claim__in=list(keys)).order_by("claim", "chain", "position")
    }
    sources, cues = defaultdict(list), defaultdict(list)
    roles, described = {}, {}
    settings: dict[int, Json] = defaultdict(dict)
    supports = SupportingSpan.objects.select_related("annotation").order_by("pk")
    of_sources, of_parties = Q(source__attribution__in=links), Q(party__attribution__in=links)
    for span in supports.filter(Q(link__in=links) | of_sources | of_parties):
        if span.link_id and span.annotation.kind in (Kind.OCCASION, Kind.TIME):
            settings[span.link_id][f"{span.annotation.kind}_span"] = span_json(span)
        elif span.link_id:
            cues[span.link_id].append(str(span.annotation.uuid))
        elif span.source_id:
            roles[span.source_id] = span_json(span)
        else:
            described[span.party_id] = span_json(span)
    addressees = _addressees(links, described)
    rows = AttributionSource.objects.filter(attribution__in=links).select_related(
        "actor__survivor", "mention__annotation"
    )
    speaking = one_each(rows.order_by("position", "pk"))
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
    parties = parties_each(_parties().filter(claim__in=keys))
    names = _names(parties)
    described = SupportingSpan.objects.filter(party__claim__in=keys).select_related("annotation")
    spans = {span.party_id: span_json(span) for span in described}
    told = defaultdict(list)
    for party in parties:
        assert party.claim_id is not None  # noqa: S101  asked for by its claim
        told[party.claim_id].append(_party_json(party, spans, names))
    return told


def _parties() -> QuerySet[Party]:
    parties = Party.objects.select_related("actor__survivor", "mention__annotation")
    return parties.order_by("position", "pk")


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
    parties = parties_each(_parties().filter(attribution__in=links))
    names = _names(parties)
    for party in parties:
        assert party.attribution_id is not None  # noqa: S101  asked for by its link
        told[party.attribution_id].append(_party_json(party, spans, names))
    return told
