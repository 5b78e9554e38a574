"""Another type, another speaker: all else of the claim stays, and who judged it is asked again."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.actions import claims, recoding, reviews
from annotator.intents.recode import RecodeClaim, parse_recode
from annotator.intents.refusal import Refused, Stale, VersionNeeded
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, AttributionSource, Claim, SupportingSpan
from annotator.queries.annotation_json import annotations_json
from annotator.queries.claims import returned
from sources.models import Change
from tests.factories import merged, new_actor, side, span

from .conftest import Desk

CRACK = "We found a crack"


def said(desk: Desk, **more: Any) -> Claim:
    """A claim of Ilse Brandt's with all that hangs on a link, passed on by an agency, in two chains."""
    link = {
        "sources": [
            {**new_actor("Ilse Brandt"), "role_span": span(desk.snapshot, "its director")},
            new_actor("Kai Holm"),
        ],
        "cues": [span(desk.snapshot, "told the agency")],
        "addressees": [{"words": "the agency"}],
    }
    relayed = {"role": "relayed", "sources": [new_actor("Nordpost", "organisation")]}
    other = {"sources": [new_actor("A clerk")]}
    return desk.claim(
        CRACK, voice="attributed", chains=[[link, relayed], [other]], paraphrase="Broken", **more
    )


def recode(desk: Desk, claim: Claim, version: int | None = 1, **asked: Any) -> Annotation:
    return recoding.recode(by=desk.reviewer, claim=claim, intent=RecodeClaim(**asked), version=version)


def as_told(claim: Claim) -> dict[str, Any]:
    return annotations_json(Annotation.objects.filter(pk=claim.pk))[0]["claim"]


def test_a_type_changes_alone(desk: Desk) -> None:
    claim = said(desk)
    before = as_told(claim)
    assert recode(desk, claim, type="figure").version == 2
    assert as_told(claim) == {**before, "type": "figure"}
    (change,) = Change.objects.filter(table="annotator_claim", row_id=claim.pk, operation="UPDATE")
    assert change.user_id == desk.reviewer.pk


@pytest.mark.lengthy
def test_the_speaker_becomes_another_and_the_rest_of_the_chain_stays(desk: Desk) -> None:
    claim = said(desk)
    mention = desk.mention("the harbour office", "Harbour office")
    before = as_told(claim)
    recode(desk, claim, speaker=mention.mention.actor.uuid, mention=mention.uuid)
    now = as_told(claim)
    (source,) = now["chains"][0][0].pop("sources")
    assert (source["name"], source["mention"]) == ("Harbour office", str(mention.uuid))
    assert "basis" not in source, "read from the text"
    before["chains"][0][0].pop("sources")
    assert now == before
    assert not SupportingSpan.objects.filter(annotation__kind="role").exists(), "it was the other speaker’s"


def test_one_of_two_speakers_keeps_what_was_said_of_them(desk: Desk) -> None:
    claim = said(desk)
    ilse = AttributionSource.objects.get(actor__name="Ilse Brandt")
    recode(desk, claim, speaker=ilse.actor.uuid)
    (source,) = as_told(claim)["chains"][0][0]["sources"]
    assert source["role_span"]["quotes"] == ["its director"]
    assert AttributionSource.objects.filter(pk=ilse.pk).exists()


@pytest.mark.parametrize("voice", ["own", "unknown", "agentless"])
def test_a_claim_without_a_speaker_gets_one(desk: Desk, voice: str) -> None:
    cue = [[{"cues": [span(desk.snapshot, "told the agency")]}]] if voice == "agentless" else []
    claim = desk.claim(CRACK, voice=voice, chains=cue)
    speaker = desk.actor("Ilse Brandt", "Ilse Brandt")
    recode(desk, claim, speaker=speaker.uuid)
    now = as_told(claim)
    assert now["voice"] == "attributed"
    (source,) = now["chains"][0][0]["sources"]
    assert (source["actor"], source["basis"]) == (str(speaker.uuid), "interpretive"), "no words were named"


@pytest.mark.lengthy
def test_a_judged_claim_goes_back_to_the_reviewers_and_is_known_by_it(desk: Desk) -> None:
    claim, other = said(desk), desk.claim("nine days")
    for one in (claim, other):
        reviews.decide(by=desk.reviewer, claim=one, intent=DecideClaim("accepted"))
    recode(desk, claim, type="figure")
    claim.refresh_from_db()
    assert claim.status == "submitted"
    waiting = Claim.objects.filter(project=desk.project)
    assert list(returned(waiting)) == [claim]
    desk.put(desk.claim_body("nine days", paraphrase="Long"), other.uuid, version=1)
    assert set(returned(waiting)) == {claim, other}
    latest = reviews.decide(by=desk.reviewer, claim=other, intent=DecideClaim("reopened"))
    assert list(returned(waiting)) == [claim], "taken back on purpose is not edited"
    assert latest.claim_version == 2


def test_a_draft_stays_one(desk: Desk) -> None:
    claim = said(desk, status="draft")
    recode(desk, claim, type="figure")
    claim.refresh_from_db()
    assert claim.status == "draft"


@pytest.mark.lengthy
def test_asking_again_after_a_lost_answer_changes_nothing(desk: Desk) -> None:
    claim = said(desk)
    speaker = desk.actor("Ilse Brandt", "Somebody")
    recode(desk, claim, speaker=speaker.uuid, type="figure")
    reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted"))
    changes = Change.objects.count()
    assert recode(desk, claim, 1, speaker=speaker.uuid, type="figure").version == 2
    assert Change.objects.count() == changes
    claim.refresh_from_db()
    assert claim.status == "accepted"
    survivor = desk.actor("An engineer", "An engineer", naming="named")
    merged(desk.by, survivor, speaker)
    assert recode(desk, claim, 1, speaker=speaker.uuid).version == 2, "one who was merged is the survivor"
    assert recode(desk, claim, 1, speaker=survivor.uuid).version == 2


def test_what_others_made_so_meanwhile_is_not_taken_for_ones_own_lost_answer(desk: Desk) -> None:
    claim = said(desk)
    recode(desk, claim, type="figure")
    with pytest.raises(Stale):
        recoding.recode(by=desk.by, claim=claim, intent=RecodeClaim(type="figure"), version=1)
    recoding.recode(
        by=desk.by, claim=claim, intent=RecodeClaim(speaker=desk.actor("Ilse Brandt", "I").uuid), version=2
    )
    with pytest.raises(Stale):
        recode(desk, claim, 1, type="figure")
    assert recode(desk, claim, 3, type="figure").version == 3
    assert recode(desk, claim, None, type="figure").version == 3


@pytest.mark.lengthy
def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk) -> None:
    claim = said(desk)
    there = side(desk.by, desk.reviewer, "there")
    clerk = new_actor("a clerk", naming="anonymous")
    hidden = desk.put(desk.body("actor", "Nobody", snapshot=desk.second, **clerk)).annotation
    mention = desk.mention("the harbour office", "Harbour office")
    ilse = AttributionSource.objects.get(
        attribution__claim=claim, position=0, attribution__position=0, attribution__chain=1
    ).actor.uuid
    before = as_told(claim)
    for asked, field, rule in (
        ({"type": "no-such"}, "type", "code"),
        ({"speaker": uuid4()}, "speaker.actor", "exists"),
        ({"speaker": there.actor.uuid}, "speaker.actor", "exists"),
        ({"speaker": hidden.mention.actor.uuid}, "speaker.actor", "anonymous_within_article"),
        ({"speaker": ilse, "mention": mention.uuid}, "mention", "mention_of_actor"),
        ({"speaker": ilse, "mention": uuid4()}, "mention", "exists"),
    ):
        with pytest.raises(Refused) as caught:
            recode(desk, claim, **asked)
        assert (caught.value.field, caught.value.rule) == (field, rule)
    with pytest.raises(VersionNeeded):
        recode(desk, claim, None, type="figure")
    with pytest.raises(Stale):
        recode(desk, claim, 7, type="figure")
    assert as_told(claim) == before
    claims.withdraw(by=desk.by, claim=claim)
    with pytest.raises(Refused):
        recode(desk, claim, 2, type="figure")


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, ""),
        ([], ""),
        ({"type": ""}, ""),
        ({"type": 5}, "type"),
        ({"speaker": "x"}, "speaker"),
        ({"mention": str(uuid4())}, ""),
        ({"type": "fact", "mention": str(uuid4())}, "speaker"),
        ({"type": "fact", "status": "accepted"}, "status"),
        ({"type": "fa\x00ct"}, "type"),
    ],
)
def test_nonsense_is_refused(value: Any, field: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_recode(value)
    assert caught.value.field == field


def test_what_is_said_is_read() -> None:
    one = uuid4()
    assert parse_recode({"type": "fact"}) == RecodeClaim("fact")
    assert parse_recode({"speaker": str(one), "mention": None}) == RecodeClaim("", UUID(str(one)))
