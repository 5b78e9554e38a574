"""Rules that hold between the parts of one intent."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.exchange.tables.quantities import QUALIFIERS as QUALIFIERS_EXPORTED
from annotator.intents.annotation import parse_annotation
from annotator.intents.claim import parse_claim
from annotator.intents.quantity import QUALIFIERS
from annotator.intents.refusal import Refused
from annotator.models import Qualifier

ILSE = {"actor": str(uuid4())}


def cue() -> dict[str, Any]:
    return {"uuid": str(uuid4()), "extent": [[0, 4]], "quotes": ["said"]}


def claim(**more: Any) -> dict[str, Any]:
    return {"type": "fact", "quotation_type": "direct", "voice": "unknown", **more}


@pytest.mark.parametrize(
    "content",
    [
        claim(voice="attributed", chains=[[{"sources": [ILSE]}]]),
        claim(voice="attributed", chains=[[{"cues": [cue()]}, {"role": "relayed", "sources": [ILSE]}]]),
        claim(voice="own"),
        claim(voice="agentless"),
        claim(voice="agentless", chains=[[{"cues": [cue()]}]]),
        claim(voice="agentless", chains=[[{"cues": [cue()]}, {"role": "relayed", "sources": [ILSE]}]]),
        claim(voice="unknown"),
        claim(voice="unknown", chains=[[{"cues": [cue()]}, {"role": "relayed", "sources": [ILSE]}]]),
        claim(voice="unknown", chains=[[{"addressees": [ILSE]}]]),
    ],
)
def test_voices_that_agree_with_their_chains(content: dict[str, Any]) -> None:
    assert parse_claim(content).voice == content["voice"]


_twice = cue()


@pytest.mark.parametrize(
    ("content", "field", "rule"),
    [
        (claim(voice="attributed"), "claim.chains", "attributed_needs_speaker"),
        (claim(voice="attributed", chains=[[{"cues": [cue()]}]]), "claim.chains", "attributed_needs_speaker"),
        (claim(voice="own", chains=[[{"sources": [ILSE]}]]), "claim.chains", "own_voice_has_no_speaker"),
        (claim(voice="own", chains=[[{"addressees": [ILSE]}]]), "claim.chains", "own_voice_has_no_addressee"),
        *(
            (claim(voice=voice, chains=[[{"sources": [ILSE]}]]), "claim.chains", f"{voice}_has_no_speaker")
            for voice in ("agentless", "unknown")
        ),
        (claim(voice=""), "claim.voice", "choice"),
        (claim(chains=[[]]), "claim.chains.0", "chain_has_links"),
        (claim(chains=[[{}]]), "claim.chains.0.0", "link_says_something"),
        (claim(chains=[[{"sources": [{}]}]]), "claim.chains.0.0.sources.0.actor", "one_actor"),
        (
            claim(chains=[[{"sources": [{**ILSE, "new_actor": {}}]}]]),
            "claim.chains.0.0.sources.0.actor",
            "one_actor",
        ),
        (claim(chains=[[{"sources": [ILSE, ILSE]}]]), "claim.chains.0.0.sources", "source_once"),
        (claim(chains=[[{"cues": [_twice, _twice]}]]), "claim", "span_once"),
        (claim(chains=[[{"cues": [_twice]}]], time_span=_twice), "claim", "span_once"),
        (
            claim(chains=[[{"sources": [ILSE], "said_on": "2024"}]], voice="attributed"),
            "claim.chains.0.0.said_on",
            "first_dated_by_claim",
        ),
        (
            claim(chains=[[{"cues": [_twice], "time_span": cue()}]]),
            "claim.chains.0.0.time_span",
            "first_dated_by_claim",
        ),
        (claim(period_span=_twice, time_span=_twice), "claim", "span_once"),
        (claim(period_basis="else"), "claim.period_basis", "choice"),
        (claim(chains=[[{"cues": [_twice], "repeated": "yes"}]]), "claim.chains.0.0.repeated", "boolean"),
        (claim(status="accepted"), "claim.status", "choice"),
        (claim(withdrawn=True), "claim.withdrawn", "known_field"),
        (claim(quantities=[{"what": "x", "words": "w"}]), "claim.quantities.0", "quantity_has_number"),
        (
            claim(quantities=[{"what": "x", "words": "w", "low": 2, "high": 1}]),
            "claim.quantities.0.high",
            "low_below_high",
        ),
        *(
            (
                claim(quantities=[{"what": "x", "words": "w", "qualifier": said, "low": low, "high": high}]),
                "claim.quantities.0.qualifier",
                rule,
            )
            for said, low, high, rule in [
                ("exactly", 1, 2, "bounded_as_said"),
                ("about", 1, None, "bounded_as_said"),
                ("at_least", 1, 2, "bounded_as_said"),
                ("more_than", None, 2, "bounded_as_said"),
                ("fewer_than", 2, None, "bounded_as_said"),
                ("range", 2, 2, "bounded_as_said"),
                ("roughly", 2, 2, "choice"),
                (["about"], 2, 2, "choice"),
            ]
        ),
        (
            claim(quantities=[{"what": "x", "words": "w", "qualifier": "at_least"}]),
            "claim.quantities.0",
            "quantity_has_number",
        ),
        (claim(topics=["x"] * 21), "claim.topics", "max_items"),
    ],
)
def test_contents_that_do_not_fit_together(content: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_claim(content)
    assert (caught.value.field, caught.value.rule) == (field, rule)


@pytest.mark.parametrize("other", ["actor", "event"])
def test_a_claim_brings_nothing_of_another_kind(other: str) -> None:
    body = {
        "snapshot": str(uuid4()),
        "kind": "claim",
        "extent": [[0, 1]],
        "quotes": ["a"],
        "claim": claim(),
        other: {other: str(uuid4())},
    }
    with pytest.raises(Refused) as caught:
        parse_annotation(uuid4(), body)
    assert (caught.value.field, caught.value.rule) == (other, "fits_kind")


@pytest.mark.parametrize("field", ["id", "status", "author", "version", "project", "is_superuser"])
def test_fields_that_are_not_the_clients_to_say(field: str) -> None:
    body = {"snapshot": str(uuid4()), "kind": "claim", "extent": [[0, 1]], "quotes": ["a"], "claim": claim()}
    with pytest.raises(Refused) as caught:
        parse_annotation(uuid4(), {**body, field: 1})
    assert (caught.value.field, caught.value.rule) == (field, "known_field")


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [(40, 40, "exactly"), (40, 50, "range"), (40, None, "at_least"), (None, 40, "at_most")],
)
def test_a_number_without_a_qualifier_is_what_its_ends_tell(low: Any, high: Any, qualifier: str) -> None:
    made = parse_claim(claim(quantities=[{"what": "x", "words": "w", "low": low, "high": high}]))
    assert made.quantities[0].qualifier == qualifier


@pytest.mark.parametrize(("low", "high"), [(40, 40), (40, 50), (None, None)])
def test_about_has_both_ends_or_none(low: Any, high: Any) -> None:
    number = {"what": "x", "words": "dozens", "qualifier": "about", "low": low, "high": high}
    assert parse_claim(claim(quantities=[number])).quantities[0].qualifier == "about"


def test_the_qualifiers_are_those_that_are_stored_and_exported() -> None:
    assert QUALIFIERS == QUALIFIERS_EXPORTED == tuple(Qualifier.values)


def test_without_a_date_nothing_rests_on_anything() -> None:
    said = {"said_on_basis": "inferential", "said_on_confidence": "possible", "period_basis": "inferential"}
    read = parse_claim(claim(**said))
    assert (read.said_on_basis, read.said_on_confidence, read.period_basis) == ("textual", "", "textual")
    assert parse_claim(claim(said_on="2024", **said)).said_on_confidence == "possible"


def test_a_further_chain_has_a_date_of_its_own() -> None:
    other = {"sources": [{"actor": str(uuid4())}], "said_on": "2024"}
    read = parse_claim(claim(voice="attributed", chains=[[{"sources": [ILSE]}], [other]]))
    assert read.chains[1][0].said_on == "2024"


@pytest.mark.parametrize(
    ("quotation", "links", "inside", "at", "rule"),
    [
        ("direct", ["", ""], False, 0, ""),
        ("direct", ["mixed", ""], False, 0, ""),
        ("direct", ["reported", "direct"], False, 0, ""),
        ("direct", ["mixed"], False, 0, "claim_quoted_as_link"),
        ("direct", ["mixed"], True, 0, ""),
        ("direct", ["mixed", "indirect"], False, 0, "claim_quoted_as_link"),
        ("mixed", ["indirect", "mixed"], False, 0, ""),
        ("mixed", ["free_indirect"], False, 0, "claim_quoted_as_link"),
        ("mixed", ["", "direct"], False, 1, "link_quoted_as_claim"),
        ("mixed", ["direct"], True, 0, "link_quoted_as_claim"),
        ("indirect", ["mixed"], False, 0, "link_quoted_as_claim"),
        ("indirect", ["reported", "free_indirect"], False, 0, ""),
    ],
)
def test_a_claim_is_as_quoted_as_the_most_quoted_of_its_links(
    quotation: str, links: list[str], inside: bool, at: int, rule: str
) -> None:
    chain = [{"sources": [{"actor": str(uuid4())}], "quotation_type": one} for one in links]
    around = {"inside": str(uuid4())} if inside else {}
    content = claim(voice="attributed", quotation_type=quotation, chains=[chain], **around)
    if not rule:
        assert len(parse_claim(content).chains[0]) == len(links)
        return
    with pytest.raises(Refused) as caught:
        parse_claim(content)
    assert (caught.value.field, caught.value.rule) == (f"claim.chains.0.{at}.quotation_type", rule)
