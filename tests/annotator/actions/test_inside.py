"""What an inner claim shares with the one around it: never lost, never said twice in two ways."""

from typing import Any

import pytest

from annotator.actions import claims
from annotator.intents.refusal import Refused
from annotator.models import Claim
from tests.factories import new_actor, span

from .conftest import Desk

CRACK = "We found a crack"


def feared(desk: Desk, words: str, **more: Any) -> dict[str, Any]:
    return {"cues": [span(desk.snapshot, words)], **more}


def inner_body(desk: Desk, outer: Claim, *links: dict[str, Any], **more: Any) -> dict[str, Any]:
    return desk.claim_body("a crack", inside=str(outer.uuid), chains=[list(links)], **more)


def test_links_that_name_nobody_are_never_taken_for_the_outer_claims(desk: Desk) -> None:
    outer = desk.claim(CRACK, voice="agentless", chains=[[feared(desk, "turned back")]])
    links = [feared(desk, "Eighteen lorries"), feared(desk, "nine days", role="relayed")]
    inner = desk.put(inner_body(desk, outer, *links, voice="agentless")).annotation.claim
    assert inner.attributions.count() == 2


@pytest.fixture
def outer(desk: Desk) -> tuple[Claim, dict[str, Any]]:
    """A claim of somebody who thinks it, in words, to somebody; and its link as it may be sent again."""
    who, heard = new_actor("Ilse Brandt"), {"words": "the agency"}
    link = feared(desk, "director", act="thinks", sources=[who], addressees=[heard])
    claim = desk.claim(CRACK, voice="attributed", chains=[[link]])
    return claim, {**link, "sources": [{"actor": who["new_actor"]["uuid"]}]}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({}, ""),
        ({"act": "says", "cues": [], "addressees": []}, ""),
        ({"act": "wants"}, "act"),
        ({"cues": "Eighteen lorries"}, "cues"),
        ({"addressees": [{"words": "the harbour office"}]}, "addressees"),
    ],
)
def test_the_outer_link_sent_along_must_not_say_otherwise(
    desk: Desk, outer: tuple[Claim, dict[str, Any]], change: dict[str, Any], rule: str
) -> None:
    claim, link = outer
    if isinstance(change.get("cues"), str):
        change = feared(desk, change["cues"])
    town = {"sources": [new_actor("the town", "group")]}
    body = inner_body(desk, claim, town, {**link, **change}, voice="attributed")
    if not rule:
        assert desk.put(body).annotation.claim.attributions.count() == 1
        return
    with pytest.raises(Refused) as caught:
        desk.put(body)
    assert (caught.value.field, caught.value.rule) == (f"claim.chains.0.1.{rule}", "outer_link_differs")


@pytest.mark.lengthy
def test_a_claim_is_not_newly_laid_inside_a_withdrawn_one_but_may_stay_there(desk: Desk) -> None:
    first, second = desk.claim(CRACK), desk.claim("stays shut for nine days")
    body = desk.claim_body("a crack", inside=str(first.uuid))
    inner = desk.put(body).annotation.claim
    for outer in (first, second):
        claims.withdraw(by=desk.by, claim=outer)
    changed = desk.claim_body("a crack", inside=str(first.uuid), paraphrase="cracked")
    assert desk.put(changed, inner.uuid, version=1).annotation.version == 2
    for uuid, version in ((None, None), (inner.uuid, 2)):
        with pytest.raises(Refused) as caught:
            desk.put(desk.claim_body("a crack", inside=str(second.uuid)), uuid, version)
        assert (caught.value.field, caught.value.rule) == ("claim.inside", "not_withdrawn")
