"""One decision on many claims: all or none of it, taken back to what was, each row on its own."""

from uuid import UUID, uuid4

import pytest

from annotator.actions import batches, claims, recoding, reviews
from annotator.actions.batches import NotAsShown, Outcome
from annotator.intents.batch import Picked
from annotator.intents.recode import RecodeClaim
from annotator.intents.refusal import Refused
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Batch, Claim, Review
from annotator.queries.batches import latest_reviews
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claims import returned

from .conftest import Desk

WORDS = ("We found a crack", "nine days", "stays shut", "its director")
NO = DecideClaim("rejected", "Nobody says so")


def shown(*some: Claim) -> list[Picked]:
    made = latest_reviews([one.pk for one in some])
    versions = dict(Annotation.objects.values_list("pk", "version"))
    return [Picked(one.uuid, versions[one.pk], made.get(one.pk, "")) for one in some]


def many(desk: Desk) -> list[Claim]:
    return [desk.claim(words) for words in WORDS]


def decide(desk: Desk, intent: DecideClaim, rows: list[Picked], uuid: UUID | None = None) -> Batch:
    return batches.carry_out(
        **{"by": desk.reviewer, "project": desk.project, "deed": "decide", "intent": intent, "rows": rows},
        uuid=uuid or uuid4(),
        said=[("Decision", "Rejected")],
    )


def look(desk: Desk, intent: DecideClaim, *some: Claim) -> list[Outcome]:
    return batches.look(
        by=desk.reviewer, project=desk.project, deed="decide", intent=intent, rows=shown(*some)
    )


def statuses(*some: Claim) -> list[str]:
    return [Claim.objects.get(pk=one.pk).status for one in some]


def test_looking_decides_nothing_and_doing_does_what_it_said(desk: Desk) -> None:
    some = many(desk)
    looked = look(desk, NO, *some)
    assert [one.changes for one in looked] == [[("Status", "Submitted", "Rejected")]] * 4
    assert not Review.objects.exists()
    uuid = uuid4()
    batch = decide(desk, NO, shown(*some[:3]), uuid)
    assert statuses(*some) == ["rejected"] * 3 + ["submitted"], "a row that was left out stays"
    made = Review.objects.order_by("pk").values_list("reviewer", "reason", "claim_version")
    assert list(made) == [(desk.reviewer.pk, "Nobody says so", 1)] * 3
    assert decide(desk, NO, shown(*some), uuid) == batch, "its answer got lost: it is not done again"
    assert Review.objects.count() == 3
    assert batches.undo(by=desk.reviewer, project=desk.project, uuid=batch.uuid) == (3, [])
    assert statuses(*some) == ["submitted"] * 4
    assert Review.objects.filter(decision="reopened").count() == 3
    assert batches.undo(by=desk.reviewer, project=desk.project, uuid=batch.uuid) == (0, [])


@pytest.mark.lengthy
def test_what_cannot_be_judged_so_holds_up_all_until_it_is_left_out(desk: Desk) -> None:
    waits, judged, draft, gone = [*many(desk)[:3], desk.claim("Nobody knew", snapshot=desk.second)]
    reviews.decide(by=desk.by, claim=judged, intent=DecideClaim("accepted"))
    Claim.objects.filter(pk=draft.pk).update(status="draft")
    claims.withdraw(by=desk.by, claim=gone)
    looked = look(desk, NO, waits, judged, draft, gone)
    assert [one.why for one in looked] == [
        "",
        "somebody judged it otherwise: open it to judge it anew",
        "a draft cannot be judged before it is submitted",
        "this claim was withdrawn",
    ]
    with pytest.raises(NotAsShown):
        decide(desk, NO, shown(waits, judged))
    assert statuses(waits, judged) == ["submitted", "accepted"]
    with pytest.raises(Refused):
        decide(desk, DecideClaim("accepted"), shown(judged))  # stands so already: nothing would change
    decide(desk, DecideClaim("accepted"), shown(waits, judged))
    assert Review.objects.filter(claim=judged).count() == 1, "what stands so already is not decided twice"


@pytest.mark.lengthy
def test_what_others_did_meanwhile_is_neither_overruled_nor_undone(desk: Desk) -> None:
    some = many(desk)
    rows = shown(*some)
    recoding.recode(by=desk.by, claim=some[0], intent=RecodeClaim("figure"), version=1)
    reviews.decide(by=desk.by, claim=some[1], intent=DecideClaim("disputed", "no"))
    with pytest.raises(NotAsShown) as caught:
        decide(desk, NO, rows)
    assert [bool(one.why) for one in caught.value.outcomes] == [True, True, False, False]
    batch = decide(desk, NO, shown(*some[2:]))
    reviews.decide(by=desk.by, claim=some[2], intent=DecideClaim("accepted"))
    number, left = batches.undo(by=desk.reviewer, project=desk.project, uuid=batch.uuid)
    assert (number, [claim for claim, _ in left]) == (1, [some[2].uuid])
    assert statuses(*some[2:]) == ["accepted", "submitted"]


def test_an_edited_claim_is_edited_again_once_its_new_decision_is_taken_back(desk: Desk) -> None:
    one = desk.claim(WORDS[0])
    reviews.decide(by=desk.by, claim=one, intent=DecideClaim("accepted"))
    recoding.recode(by=desk.by, claim=one, intent=RecodeClaim("figure"), version=1)
    waiting = Claim.objects.filter(project=desk.project)
    batch = decide(desk, NO, shown(one))
    assert not returned(waiting)
    batches.undo(by=desk.reviewer, project=desk.project, uuid=batch.uuid)
    assert list(returned(waiting)) == [one]
    (card,) = claim_cards(waiting)
    assert card.verdict and (card.verdict.decision, card.edited_since) == ("accepted", True)
