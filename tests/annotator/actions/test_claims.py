"""What is judged about words: every judgement stored, refused where it cannot be, kept when withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import annotations, claims, codebook, reviews
from annotator.intents.refusal import InUse, Refused, Stale
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Annotation, Claim, Quantity, Status, SupportingSpan
from sources.models import Change
from tests.factories import new_actor, words

from .conftest import Desk

CRACK = "We found a crack"


def test_every_judgement_is_stored(desk: Desk) -> None:
    codebook.add_code(by=desk.by, project=desk.project, facet="topic", key="bridge", name="Bridge")
    office = desk.actor("the harbour office", "Harbour office", kind="government_body")
    claim = desk.claim(
        CRACK,
        type="admission",
        paraphrase="There is a crack in the bridge.",
        quotation_type="direct",
        polarity="questioned",
        negated=True,
        certainty="may well",
        voice="agentless",
        basis="interpretive",
        status="draft",
        chains=[[{"addressees": [{"actor": str(office.uuid)}]}]],
        said_on="2024-05",
        time_span={"uuid": str(uuid4()), **words(desk.snapshot, "nine days")},
        topics=["bridge"],
        quantities=[{"what": "days", "low": "9", "high": 9.5, "unit": "days", "words": "nine days"}],
    )
    claim = Claim.objects.get(pk=claim.pk)
    assert claim.type.key == "admission"
    assert claim.paraphrase == "There is a crack in the bridge."
    assert (claim.quotation_type, claim.polarity, claim.voice) == ("direct", "questioned", "agentless")
    assert (claim.negated, claim.certainty, claim.basis) == (True, "may well", "interpretive")
    assert (claim.status, claim.attributions.get().addressees.get().actor) == ("draft", office)
    assert (claim.said_on, claim.said_on_min, claim.said_on_max) == (
        "2024-05",
        date(2024, 5, 1),
        date(2024, 5, 31),
    )
    assert claim.codebook_version == codebook.current_version(desk.project) == 2
    assert [code.key for code in claim.topics.all()] == ["bridge"]
    quantity = claim.quantities.get()
    assert (quantity.low, quantity.high, quantity.words) == (Decimal(9), Decimal("9.5"), "nine days")
    assert claim.spans.get().annotation.quotes == ["nine days"]


@pytest.mark.parametrize(
    ("content", "field", "rule"),
    [
        ({"type": "gossip"}, "claim.type", "code"),
        ({"type": "person"}, "claim.type", "code"),  # a key of another facet
        ({"topics": ["nowhere"]}, "claim.topics.0", "code"),
        ({"said_on": "the other day"}, "claim.said_on", "edtf"),
        ({"said_on": "2024-13"}, "claim.said_on", "edtf"),
        (
            {"chains": [[{"addressees": [{"actor": str(uuid4())}]}]]},
            "claim.chains.0.0.addressees.0.actor",
            "exists",
        ),
        ({"inside": str(uuid4())}, "claim.inside", "exists"),
        (
            {"quantities": [{"what": "x", "low": 1, "words": "a crack", "event": str(uuid4())}]},
            "claim.quantities.0.event",
            "exists",
        ),
        (
            {"quantities": [{"what": "x", "low": 1, "words": "A CRACK … nowhere"}]},
            "claim.quantities.0.words",
            "in_the_text",
        ),
        (
            {"time_span": {"uuid": str(uuid4()), "extent": [[0, 4]], "quotes": ["Ouse"]}},
            "claim.time_span.quotes",
            "match_text",
        ),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    desk: Desk, content: dict[str, Any], field: str, rule: str
) -> None:
    before = Change.objects.count()
    with pytest.raises(Refused) as caught:
        desk.claim(CRACK, **content)
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert not Annotation.objects.exists()
    assert Change.objects.count() == before


def test_a_claim_may_lie_inside_another_but_not_in_a_circle(desk: Desk) -> None:
    outer = desk.claim("its director Ilse Brandt told the agency Nordpost")
    inner = desk.claim("Ilse Brandt", inside=str(outer.uuid))
    assert inner.inside == outer
    for claim, inside in ((outer, inner), (outer, outer)):
        body = desk.claim_body(*claim.annotation.quotes, inside=str(inside.uuid))
        with pytest.raises(Refused) as caught:
            desk.put(body, claim.uuid, version=1)
        assert (caught.value.field, caught.value.rule) == ("claim.inside", "no_circle")


def test_a_claim_lies_inside_claims_of_its_own_text_only(desk: Desk) -> None:
    elsewhere = desk.claim("Nobody knew", snapshot=desk.second)
    with pytest.raises(Refused) as caught:
        desk.claim(CRACK, inside=str(elsewhere.uuid))
    assert (caught.value.field, caught.value.rule) == ("claim.inside", "exists")


def test_an_anonymous_addressee_of_another_article_is_refused(desk: Desk) -> None:
    hidden = desk.actor("An engineer", "an engineer #1", naming="anonymous")
    with pytest.raises(Refused) as caught:
        heard = [[{"addressees": [{"actor": str(hidden.uuid)}]}]]
        desk.claim("Nobody knew", snapshot=desk.second, chains=heard)
    assert caught.value.field == "claim.chains.0.0.addressees.0.actor"
    assert caught.value.rule == "anonymous_within_article"


def test_topics_and_quantities_become_what_was_sent_last(desk: Desk) -> None:
    for key in ("bridge", "ferry"):
        codebook.add_code(by=desk.by, project=desk.project, facet="topic", key=key, name=key)
    days = {"what": "days", "low": 9, "words": "nine days"}
    lorries = {"what": "lorries", "low": 18, "words": "Eighteen lorries"}
    claim = desk.claim(CRACK, topics=["bridge"], quantities=[days])
    body = desk.claim_body(CRACK, topics=["ferry", "ferry"], quantities=[days, lorries])
    desk.put(body, claim.uuid, version=1)
    assert [code.key for code in claim.topics.all()] == ["ferry"]
    assert list(Quantity.objects.order_by("pk").values_list("what", flat=True)) == ["days", "lorries"]
    desk.put(desk.claim_body(CRACK), claim.uuid, version=2)
    assert not claim.topics.exists()
    assert not Quantity.objects.exists()


def test_a_number_is_kept_with_what_bounds_it(desk: Desk) -> None:
    days = {"what": "days", "low": 9, "words": "nine days"}
    claim = desk.claim(CRACK, quantities=[days])
    assert claim.quantities.get().qualifier == "at_least", "what the one end tells"
    more = days | {"qualifier": "more_than"}
    assert desk.put(desk.claim_body(CRACK, quantities=[more]), claim.uuid, version=1).annotation.version == 2
    assert claim.quantities.get().qualifier == "more_than"
    again = desk.put(desk.claim_body(CRACK, quantities=[more]), claim.uuid)
    assert again.annotation.version == 2, "the same again needs no version"
    size = {"what": "days", "qualifier": "about", "words": "nine days"}
    desk.put(desk.claim_body(CRACK, quantities=[size]), claim.uuid, version=2)
    told = claim.quantities.values_list("qualifier", "low", "high").get()
    assert told == ("about", None, None)


def test_a_time_span_goes_when_it_is_left_out(desk: Desk) -> None:
    span = {"uuid": str(uuid4()), **words(desk.snapshot, "nine days")}
    claim = desk.claim(CRACK, time_span=span)
    desk.put(desk.claim_body(CRACK), claim.uuid, version=1)
    assert not SupportingSpan.objects.exists()
    assert not Annotation.objects.filter(kind="time").exists()


def test_a_judged_claim_that_is_edited_goes_back_to_the_reviewers(desk: Desk) -> None:
    claim = desk.claim(CRACK)
    reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted"))
    assert Claim.objects.get().status == Status.ACCEPTED
    desk.put(desk.claim_body(CRACK, paraphrase="New"), claim.uuid, version=1)
    assert Claim.objects.get().status == Status.SUBMITTED
    assert claim.reviews.get().claim_version == 1


def test_a_draft_is_submitted_once(desk: Desk) -> None:
    claim = desk.claim(CRACK, status="draft")
    assert claims.submit(by=desk.by, claim=claim).status == Status.SUBMITTED
    assert Annotation.objects.get().version == 2
    claims.submit(by=desk.by, claim=claim, version=1)
    assert Annotation.objects.get().version == 2


def test_a_draft_changed_meanwhile_or_withdrawn_is_not_submitted(desk: Desk) -> None:
    claim = desk.claim(CRACK, status="draft")
    desk.put(desk.claim_body(CRACK, status="draft", paraphrase="New"), claim.uuid, version=1)
    with pytest.raises(Stale):
        claims.submit(by=desk.by, claim=claim, version=1)
    claims.withdraw(by=desk.by, claim=claim)
    with pytest.raises(Refused, match="withdrawn"):
        claims.submit(by=desk.by, claim=claim)
    claim.refresh_from_db()
    assert claim.status == Status.DRAFT


def test_a_mention_is_kept_for_claims_that_stand_only(desk: Desk) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    other = desk.actor("its director", "The director")
    source = {"actor": str(mention.mention.actor.uuid), "mention": str(mention.uuid)}
    relayed = {"role": "relayed", "sources": [source]}
    twice, once = (
        desk.claim(CRACK, voice="attributed", chains=[chain])
        for chain in ([{"sources": [source]}, relayed], [{"sources": [source]}])
    )

    def remove() -> None:
        annotations.remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)

    with pytest.raises(InUse, match=r"^2 claims name this mention"):
        remove()
    claims.withdraw(by=desk.by, claim=once)
    with pytest.raises(InUse, match=r"^1 claim names this mention"):
        remove()
    claims.withdraw(by=desk.by, claim=twice)
    means_another = desk.body("actor", "Ilse Brandt", actor=str(other.uuid))
    desk.put(means_another, mention.uuid, version=1)
    annotations.remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=2)
    back = claims.restore(by=desk.by, claim=once)
    assert back.annotation.version == 4
    kept = back.attributions.get().sources.get()
    assert (kept.actor, kept.mention) == (mention.mention.actor, None)


def test_withdrawing_and_bringing_back_keep_everything(desk: Desk) -> None:
    cue = {"uuid": str(uuid4()), **words(desk.snapshot, "told the agency")}
    chains = [[{"sources": [new_actor("Ilse Brandt")], "cues": [cue]}]]
    claim = desk.claim(CRACK, voice="attributed", chains=chains)
    claim = claims.withdraw(by=desk.reviewer, claim=claim)
    assert claim.withdrawn_at is not None
    assert claims.withdraw(by=desk.reviewer, claim=claim).annotation.version == 2
    claim = claims.restore(by=desk.by, claim=claim)
    assert claim.withdrawn_at is None
    assert claim.annotation.version == 3
    assert claim.attributions.get().cues.get().annotation.quotes == ["told the agency"]
    assert Actor.objects.get().name == "Ilse Brandt"
    who = list(
        Change.objects.filter(table="annotator_claim", operation="UPDATE")
        .order_by("pk")
        .values_list("user_id", flat=True)
    )
    assert who == [desk.reviewer.pk, desk.by.pk]
