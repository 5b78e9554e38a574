"""Chains: who said it, through whom, in which words; rewritten without losing who they are."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.intents.refusal import Refused, Taken
from annotator.models import Actor, ActorAlias, Annotation, Attribution, AttributionSource, SupportingSpan
from tests.factories import merged, new_actor, side, words

from .conftest import Desk

CRACK = "We found a crack"


def cue(desk: Desk, quote: str, uuid: str = "") -> dict[str, Any]:
    return {"uuid": uuid or str(uuid4()), **words(desk.snapshot, quote)}


def attributed(desk: Desk, *chains: list[dict[str, Any]]) -> dict[str, Any]:
    return desk.claim_body(CRACK, voice="attributed", chains=list(chains))


def test_a_chain_keeps_its_order_roles_and_words(desk: Desk) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    said = {
        "role": "said",
        "act": "thinks",
        "basis": "inferred",
        "quotation_type": "reported",
        "sources": [
            {
                "actor": str(mention.mention.actor.uuid),
                "mention": str(mention.uuid),
                "role_at_time": "director",
                "role_span": cue(desk, "its director"),
                "jointly": "together",
            },
            {**new_actor("Her deputy"), "jointly": "together"},
        ],
        "cues": [cue(desk, "told the agency"), cue(desk, "said")],
    }
    relayed = {"role": "relayed", "sources": [new_actor("Nordpost", "organisation", aliases=["NP", "NP"])]}
    claim = desk.put(attributed(desk, [said, relayed])).annotation.claim
    inner, outer = Attribution.objects.filter(claim=claim).order_by("chain", "position")
    assert (inner.role, inner.act, inner.basis, inner.quotation_type) == (
        "said",
        "thinks",
        "inferred",
        "reported",
    )
    assert [s.actor.name for s in inner.sources.order_by("position")] == ["Ilse Brandt", "Her deputy"]
    first = inner.sources.get(position=0)
    assert (first.mention, first.role_at_time, first.jointly) == (mention.mention, "director", "together")
    assert first.role_spans.get().annotation.quotes == ["its director"]
    assert {c.annotation.quotes[0] for c in inner.cues.all()} == {"told the agency", "said"}
    assert (outer.role, outer.act, outer.basis) == ("relayed", "says", "stated")
    assert outer.sources.get().actor.name == "Nordpost"
    assert ActorAlias.objects.get().name == "NP"


def test_several_chains(desk: Desk) -> None:
    claim = desk.put(
        attributed(desk, [{"sources": [new_actor("A")]}], [{"sources": [new_actor("B")]}])
    ).annotation.claim
    assert list(
        claim.attributions.order_by("chain").values_list("chain", "position", "sources__actor__name")
    ) == [
        (1, 0, "A"),
        (2, 0, "B"),
    ]


def test_rewriting_keeps_the_links_and_sources_that_stay(desk: Desk) -> None:
    ilse, deputy = new_actor("Ilse"), new_actor("Deputy")
    uuid = uuid4()
    desk.put(
        attributed(desk, [{"sources": [ilse, deputy]}, {"role": "relayed", "sources": [new_actor("NP")]}]),
        uuid,
    )
    link, source = Attribution.objects.get(position=0), AttributionSource.objects.get(actor__name="Ilse")
    again = {"actor": ilse["new_actor"]["uuid"], "role_at_time": "director"}
    desk.put(attributed(desk, [{"act": "decides", "sources": [again]}]), uuid, version=1)
    kept = Attribution.objects.get()
    assert (kept.pk, kept.uuid, kept.act) == (link.pk, link.uuid, "decides")
    assert (kept.sources.get().pk, kept.sources.get().role_at_time) == (source.pk, "director")
    assert Actor.objects.count() == 3  # who once spoke stays known


def test_cues_are_placed_moved_and_removed_with_their_identity(desk: Desk) -> None:
    ilse = {"actor": str(desk.actor("Ilse Brandt", "Ilse").uuid)}
    uuid, first, second = uuid4(), str(uuid4()), str(uuid4())
    desk.put(attributed(desk, [{"sources": [ilse], "cues": [cue(desk, "told", first)]}]), uuid)
    kept = Annotation.objects.get(uuid=first)
    cues = [cue(desk, "told the agency", first), cue(desk, "said", second)]
    desk.put(attributed(desk, [{"sources": [ilse], "cues": cues}]), uuid, version=1)
    moved = Annotation.objects.get(uuid=first)
    assert (moved.pk, moved.quotes, moved.version) == (kept.pk, ["told the agency"], 2)
    desk.put(attributed(desk, [{"sources": [ilse], "cues": cues[1:]}]), uuid, version=2)
    assert list(Annotation.objects.filter(kind="cue").values_list("quotes", flat=True)) == [["said"]]
    assert SupportingSpan.objects.filter(annotation__kind="cue").count() == 1


@pytest.mark.parametrize("start", [0, 1])
def test_a_cue_that_changes_links_stays_itself(desk: Desk, start: int) -> None:
    actors = [{"actor": str(desk.actor(w, w).uuid)} for w in ("Ilse Brandt", "Nordpost")]
    uuid, told = uuid4(), cue(desk, "told the agency")

    def chain(at: int) -> list[dict[str, Any]]:
        return [{"sources": [a], "cues": [told] if i == at else []} for i, a in enumerate(actors)]

    desk.put(attributed(desk, chain(start)), uuid)
    before = Annotation.objects.get(kind="cue")
    desk.put(attributed(desk, chain(1 - start)), uuid, version=1)
    after = Annotation.objects.get(kind="cue")
    assert (after.pk, after.version) == (before.pk, 1)
    assert after.support.link.position == 1 - start


def test_a_cue_survives_when_its_link_moves_back_in_the_chain(desk: Desk) -> None:
    ilse = {"actor": str(desk.actor("Ilse Brandt", "Ilse").uuid)}
    uuid, told = uuid4(), cue(desk, "told the agency")
    desk.put(attributed(desk, [{"sources": [ilse], "cues": [told]}]), uuid)
    before = Annotation.objects.get(kind="cue").pk
    inner = {"sources": [new_actor("Deputy")]}
    desk.put(
        attributed(desk, [inner, {"role": "relayed", "sources": [ilse], "cues": [told]}]), uuid, version=1
    )
    assert Annotation.objects.get(kind="cue").pk == before
    assert SupportingSpan.objects.get(annotation=before).link.position == 1


@pytest.mark.lengthy
def test_all_words_of_a_link_stay_themselves_when_another_is_put_before_it_or_goes(desk: Desk) -> None:
    ilse, deputy = ({"actor": str(desk.actor(w, w).uuid)} for w in ("Ilse Brandt", "Nordpost"))
    uuid, dated = uuid4(), cue(desk, "in spring")
    heard = {"words": "the agency", "span": cue(desk, "the agency")}
    told = {
        "sources": [ilse | {"role_span": cue(desk, "its director")}],
        "addressees": [heard],
        "occasion_span": cue(desk, "nine days"),
    }
    alone = attributed(desk, [told])
    alone["claim"] |= {"time_span": dated, "targets": [{"words": "Velm", "span": cue(desk, "Velm")}]}
    desk.put(alone, uuid)

    def stand() -> dict[str, tuple[Any, ...]]:
        rows = Annotation.objects.exclude(kind__in=("claim", "actor"))
        return {one.kind: (one.pk, one.author, one.version, one.quotes) for one in rows}

    before = stand()
    assert set(before) == {"time", "role", "addressee", "occasion", "target"}
    first = {"sources": [deputy], "addressees": [{"words": "said"}]}
    inserted = attributed(desk, [first, {**told, "role": "relayed", "time_span": dated}])
    targets = [{"words": "bridge", "span": cue(desk, "bridge")}, *alone["claim"]["targets"]]
    inserted["claim"] |= {"targets": targets}
    desk.put(inserted, uuid, version=1, by=desk.reviewer)
    after = stand()
    assert SupportingSpan.objects.filter(annotation__kind="target").count() == 2
    assert {kind: after[kind] for kind in before if kind != "target"} == {
        kind: before[kind] for kind in before if kind != "target"
    }
    moved = SupportingSpan.objects.get(annotation=before["target"][0])
    assert (moved.party.position, moved.annotation.author) == (1, desk.by)
    assert SupportingSpan.objects.get(annotation=before["time"][0]).link.position == 1
    desk.put(alone, uuid, version=2, by=desk.reviewer)
    assert stand() == before
    assert SupportingSpan.objects.get(annotation=before["time"][0]).claim.uuid == uuid
    assert Attribution.objects.count() == 1


def test_another_claims_cue_cannot_be_taken(desk: Desk) -> None:
    told = cue(desk, "told the agency")
    owner = desk.put(desk.claim_body(CRACK, voice="agentless", chains=[[{"cues": [told]}]])).annotation.claim
    with pytest.raises(Refused) as caught:
        desk.put(desk.claim_body("nine days", voice="agentless", chains=[[{"cues": [told]}]]))
    assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.cues.0.uuid", "taken")
    assert SupportingSpan.objects.get().link.claim == owner


def test_a_cue_cannot_take_the_claims_own_identifier(desk: Desk) -> None:
    uuid = uuid4()
    body = desk.claim_body(CRACK, voice="agentless", chains=[[{"cues": [cue(desk, "told", str(uuid))]}]])
    with pytest.raises(Refused) as caught:
        desk.put(body, uuid)
    assert caught.value.rule == "taken"


def test_cues_with_wrong_words_are_refused_where_they_stand(desk: Desk) -> None:
    told = cue(desk, "told the agency")
    uuid = uuid4()
    body = attributed(desk, [{"sources": [new_actor("Ilse")], "cues": [cue(desk, "said"), told]}])
    desk.put(body, uuid)
    told["quotes"] = ["sold the agency"]
    for at, version in ((uuid4(), None), (uuid, 1)):
        with pytest.raises(Refused) as caught:
            desk.put(body, at, version=version)
        assert caught.value.rule in {"match_text", "taken"}
        assert caught.value.field.startswith("claim.chains.0.0.cues.")
    assert caught.value.field == "claim.chains.0.0.cues.1.quotes"


def test_a_mention_has_to_be_one_of_the_speaker_in_this_text(desk: Desk) -> None:
    ilse, np = desk.mention("Ilse Brandt", "Ilse"), desk.mention("Nordpost", "NP")
    there = desk.put(
        desk.body("actor", "Ilse Brandt", snapshot=desk.second, actor=str(ilse.mention.actor.uuid))
    )
    cases = [
        (str(np.uuid), "mention_of_actor"),
        (str(there.annotation.uuid), "exists"),
        (str(uuid4()), "exists"),
    ]
    for mention, rule in cases:
        source = {"actor": str(ilse.mention.actor.uuid), "mention": mention}
        with pytest.raises(Refused) as caught:
            desk.put(attributed(desk, [{"sources": [source]}]))
        assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.sources.0.mention", rule)


@pytest.mark.lengthy
def test_speakers_of_another_project_do_not_exist_here(desk: Desk) -> None:
    there = side(desk.by, desk.reviewer, "there")
    with pytest.raises(Refused) as caught:
        desk.put(attributed(desk, [{"sources": [{"actor": str(there.actor.uuid)}]}]))
    assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.sources.0.actor", "exists")
    with pytest.raises(Taken):
        desk.put(attributed(desk, [{"sources": [new_actor("Other", uuid=str(there.actor.uuid))]}]))


def test_two_sources_that_are_one_actor_are_refused(desk: Desk) -> None:
    one, two = desk.actor("Ilse Brandt", "Ilse"), desk.actor("its director", "The director")
    merged(desk.by, one, two)
    sources = [{"actor": str(one.uuid)}, {"actor": str(two.uuid), "role_at_time": "director"}]
    with pytest.raises(Refused) as caught:
        desk.put(attributed(desk, [{"sources": sources}]))
    assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.sources.1.actor", "source_once")


def test_a_merged_actor_speaks_as_the_one_it_was_merged_into(desk: Desk) -> None:
    one, two = desk.actor("Ilse Brandt", "Ilse"), desk.actor("its director", "The director")
    merged(desk.by, one, two)
    again = {"new_actor": {"uuid": str(two.uuid), "name": "The director", "kind": "person"}}
    for source in ({"actor": str(two.uuid)}, again):
        claim = desk.put(attributed(desk, [{"sources": [source]}])).annotation.claim
        assert claim.attributions.get().sources.get().actor == one
