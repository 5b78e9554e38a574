"""A claim's chain in words: no link is left out, and each speaker's judgement stands with that speaker."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from annotator.models import Basis, Claim, Confidence, LinkBasis
from annotator.queries.chains import chains_of, in_words
from annotator.queries.claim_cards import with_records
from annotator.queries.evidence import link_rests_on, rests_on
from tests.factories import new_actor, span

from .conftest import Desk

CRACK = "We found a crack"


def in_words_of(claim: Claim) -> str:
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    return in_words([station for station in chain if not station.from_record])


def by(name: str, role: str = "relayed", **more: Any) -> dict[str, Any]:
    return {"role": role, "sources": [new_actor(name)], **more}


def cue(desk: Desk, words: str, **more: Any) -> dict[str, Any]:
    return {"cues": [span(desk.snapshot, words)], **more}


@pytest.mark.parametrize(
    ("voice", "act", "told"),
    [
        ("agentless", "says", "said by nobody who is named, relayed by diplomats"),
        ("agentless", "thinks", "thought by nobody who is named, relayed by diplomats"),
        ("attributed", "says", "said by somebody, relayed by diplomats"),
    ],
)
def test_a_first_link_that_has_only_a_cue_is_told(desk: Desk, voice: str, act: str, told: str) -> None:
    links = [cue(desk, "Eighteen lorries", act=act), by("diplomats")]
    assert in_words_of(desk.claim(CRACK, voice=voice, chains=[links])) == told


def test_a_link_in_the_middle_that_has_only_a_cue_is_told(desk: Desk) -> None:
    links = [by("A", "said"), cue(desk, "Eighteen lorries", role="relayed"), by("B", "reported")]
    claim = desk.claim(CRACK, voice="attributed", chains=[links])
    assert in_words_of(claim) == "said by A, relayed by somebody, reported by B"


def test_a_claim_goes_on_with_the_unnamed_link_of_the_one_around_it(desk: Desk) -> None:
    outer = desk.claim(CRACK, voice="agentless", chains=[[cue(desk, "Eighteen lorries")]])
    inner = desk.claim("a crack", voice="attributed", inside=str(outer.uuid), chains=[[by("A", "said")]])
    assert in_words_of(inner) == "said by A, said by nobody who is named"


def test_what_is_judged_of_one_of_several_speakers_stands_with_that_one(desk: Desk) -> None:
    ada = {**new_actor("Ada"), "jointly": "together", "basis": "interpretive", "confidence": "probable"}
    bo = {**new_actor("Bo"), "jointly": "together", "confidence": "probable"}
    claim = desk.claim(CRACK, voice="attributed", chains=[[{"sources": [ada, bo]}]])
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    assert [(person.name, judged) for person, judged in chain[0].speakers] == [
        ("Ada", "read so by the analyst, who holds it probable"),
        ("Bo", "the analyst holds it probable"),
    ]
    assert chain[0].judged == "together"
    context = {"chains": [chain], "slug": desk.project.slug, "passage": {"first": 0, "last": 9}}
    shown = strip_tags(render_to_string("_components/chain.html", context)).strip()
    assert "read so by the analyst, who holds it probableBothe analyst holds it probabletogether" in " ".join(
        shown.split()
    )


@pytest.mark.parametrize(
    ("basis", "confidence", "said"),
    [
        ("textual", "", ""),
        ("textual", "certain", "the analyst is certain of it"),
        ("interpretive", "", "read so by the analyst"),
        ("inferential", "possible", "inferred by the analyst, who holds it possible"),
    ],
)
def test_whoever_reads_a_judgement_is_told_whose_it_is_and_how_sure(
    basis: str, confidence: str, said: str
) -> None:
    assert rests_on(basis, confidence) == said


def test_every_basis_and_confidence_has_its_words() -> None:
    for basis in Basis.values:
        for confidence in ("", *Confidence.values):
            assert bool(rests_on(basis, confidence)) == (basis != Basis.TEXTUAL or confidence != "")
    told = [basis for basis in LinkBasis.values if link_rests_on(basis)]
    assert told == [LinkBasis.CARRIED_OVER, LinkBasis.INFERRED]


def test_a_link_that_the_analyst_infers_says_so(desk: Desk) -> None:
    claim = desk.claim(
        CRACK, voice="attributed", chains=[[by("A", "said"), by("B", "relayed", basis="inferred")]]
    )
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    context = {"chains": [chain], "slug": desk.project.slug, "passage": {"first": 0, "last": 9}}
    assert "this link is inferred by the analyst" in render_to_string("_components/chain.html", context)
