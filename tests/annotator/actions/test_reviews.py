"""Decisions on claims: each a row of its own, on the claim as the reviewer saw it."""

import pytest

from annotator.actions import claims, relations, reviews
from annotator.intents.refusal import Overtaken, Refused, Stale
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, ClaimRelation, Review, Status
from tests.factories import side

from .conftest import Desk

CRACK = "We found a crack"


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("accepted", Status.ACCEPTED),
        ("rejected", Status.REJECTED),
        ("disputed", Status.DISPUTED),
        ("reopened", Status.SUBMITTED),
    ],
)
def test_the_status_follows_the_decision(desk: Desk, decision: str, status: str) -> None:
    claim = desk.claim(CRACK)
    review = reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim(decision, "seen", 1))
    assert claim.status == status
    assert (review.reviewer, review.reason, review.claim_version) == (desk.reviewer, "seen", 1)
    assert Annotation.objects.get().version == 1  # a judgement about the claim is no change of it


def test_the_latest_decision_counts_and_all_are_kept(desk: Desk) -> None:
    claim = desk.claim(CRACK)
    for decision in ("accepted", "disputed", "reopened", "rejected"):
        reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim(decision, "seen"))
    assert claim.status == Status.REJECTED
    assert list(Review.objects.order_by("pk").values_list("decision", flat=True)) == [
        "accepted",
        "disputed",
        "reopened",
        "rejected",
    ]


def test_a_claim_that_changed_meanwhile_is_not_judged(desk: Desk) -> None:
    claim = desk.claim(CRACK)
    desk.put(desk.claim_body(CRACK, paraphrase="New"), claim.uuid, version=1)
    with pytest.raises(Stale) as caught:
        reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted", version=1))
    assert caught.value.current.version == 2
    assert not Review.objects.exists()


def test_a_decision_unseen_is_not_overwritten(desk: Desk) -> None:
    claim = desk.claim(CRACK)
    first = reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted", "", 1, ""))
    with pytest.raises(Overtaken) as caught:
        reviews.decide(by=desk.by, claim=claim, intent=DecideClaim("rejected", "no", 1, ""))
    assert caught.value.decision == first
    again = reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted", "", 1, ""))
    assert again == first
    on_sight = DecideClaim("rejected", "no", 1, str(first.uuid))
    reviews.decide(by=desk.by, claim=claim, intent=on_sight)
    assert claim.status == Status.REJECTED
    with pytest.raises(Overtaken):
        reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted", "", 1, ""))


@pytest.mark.parametrize(("state", "rule"), [("draft", "submitted_first"), ("withdrawn", "not_withdrawn")])
def test_drafts_and_withdrawn_claims_are_not_judged(desk: Desk, state: str, rule: str) -> None:
    claim = desk.claim(CRACK, status="draft" if state == "draft" else "submitted")
    if state == "withdrawn":
        claims.withdraw(by=desk.by, claim=claim)
    with pytest.raises(Refused) as caught:
        reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted"))
    assert (caught.value.field, caught.value.rule) == ("decision", rule)


def test_a_relation_is_said_once_and_taken_back(desk: Desk) -> None:
    one, other = desk.claim(CRACK), desk.claim("Nobody knew", snapshot=desk.second)
    made = relations.relate(by=desk.by, claim=one, other=other, kind="contradicts", note="a crack")
    assert relations.relate(by=desk.by, claim=one, other=other, kind="contradicts") == made
    relations.relate(by=desk.by, claim=one, other=other, kind="denies", basis="textual")
    assert (made.kind.key, made.note, made.author, made.basis) == (
        "contradicts",
        "a crack",
        desk.by,
        "interpretive",
    )
    relations.unrelate(by=desk.by, relation=made)
    assert ClaimRelation.objects.get().kind.key == "denies"


@pytest.mark.lengthy
def test_relations_that_cannot_be(desk: Desk) -> None:
    one = desk.claim(CRACK)
    there = side(desk.by, desk.reviewer, "there").lone
    cases = [
        (one, "contradicts", "two_claims"),
        (there, "contradicts", "exists"),
        (desk.claim("nine days"), "likes", "code"),
    ]
    for other, kind, rule in cases:
        with pytest.raises(Refused) as caught:
            relations.relate(by=desk.by, claim=one, other=other, kind=kind)
        assert caught.value.rule == rule
    assert not ClaimRelation.objects.filter(claim=one).exists()
