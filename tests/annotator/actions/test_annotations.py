"""Saving and removing: once, again, changed, too late, elsewhere."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import annotations, reviews
from annotator.intents.refusal import InUse, Refused, Stale, Taken, VersionNeeded
from annotator.intents.review import DecideClaim
from annotator.models import Actor, ActorMention, Annotation, Claim, Event, EventMention, Status
from sources.models import Change
from tests.factories import new_actor, side, words

from .conftest import Desk

CRACK = "We found a crack"


def refusal(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return caught.value.field, caught.value.rule


def test_a_claim_is_tied_to_its_words_and_sentence(desk: Desk) -> None:
    uuid = uuid4()
    saved = desk.put(desk.claim_body(CRACK), uuid)
    assert saved.created
    annotation = Annotation.objects.get(uuid=uuid)
    assert annotation.quotes == [CRACK]
    assert annotation.extent.slices(desk.snapshot.text) == (CRACK,)
    assert desk.snapshot.text[annotation.sentence.start : annotation.sentence.end].startswith("“We found")
    assert annotation.prefix.endswith("said. “")
    assert annotation.suffix.startswith(",” its director")
    assert (annotation.author, annotation.origin, annotation.version) == (desk.by, "human", 1)
    assert annotation.claim.uuid == uuid


def test_stretches_in_two_sentences_are_linked_to_both(desk: Desk) -> None:
    annotation = desk.put(desk.claim_body("nine days", "found a crack")).annotation
    assert annotation.quotes == ["nine days", "found a crack"]
    numbers = list(annotation.sentences.order_by("number").values_list("number", flat=True))
    assert numbers == [annotation.sentence.number, annotation.sentence.number + 1]


def test_overlapping_and_nested_annotations_stand_side_by_side(desk: Desk) -> None:
    for quote in (CRACK, "found a crack", "found a", CRACK):
        desk.put(desk.claim_body(quote))
    assert Claim.objects.count() == 4


@pytest.mark.parametrize("kind", ["claim", "actor", "event"])
def test_asking_twice_is_asking_once(desk: Desk, kind: str) -> None:
    owners: dict[str, dict[str, Any]] = {
        "claim": {
            "type": "figure",
            "quotation_type": "reported",
            "voice": "attributed",
            "chains": [[{"sources": [new_actor("Ilse Brandt")]}]],
        },
        "actor": new_actor("Ilse Brandt"),
        "event": {"new_event": {"uuid": str(uuid4()), "label": "Crack found"}},
    }
    uuid, body = uuid4(), desk.body(kind, "Ilse Brandt", **owners[kind])
    first, second = desk.put(body, uuid), desk.put(body, uuid)
    assert (first.created, second.created) == (True, False)
    assert first.annotation.pk == second.annotation.pk
    assert second.annotation.version == 1
    assert Annotation.objects.count() == 1
    assert Actor.objects.count() + Event.objects.count() == 1


CHANGES: list[dict[str, Any]] = [
    {"type": "figure"},
    {"paraphrase": "There is a crack"},
    {"polarity": "denied"},
    {"negated": True},
    {"certainty": "may"},
    {"basis": "inferential"},
    {"polarity_basis": "interpretive"},
    {"polarity_confidence": "probable"},
    {"said_on": "2024-05", "said_on_basis": "inferential"},
    {"said_on": "2024-05", "said_on_confidence": "possible"},
    {"time_span": {"span": "crack"}},
    {"period": "2019/.."},
    {"period": "2019", "period_basis": "interpretive"},
    {"period": "2019", "period_confidence": "certain"},
    {"period_span": {"span": "crack"}},
    {"translated": False},
    {"assessment": "open", "assessment_reason": "nobody has looked"},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "addressees": [{"actor": "OTHER"}]}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "addressees": [{"words": "lorries"}]}]]},
    {"targets": [{"actor": "OTHER"}]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "occasion": "interview"}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "occasion_span": {"span": "crack"}}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "repeated": True}]]},
    *(
        {"chains": [[{"sources": [{"actor": "SPEAKER"}]}, {"sources": [{"actor": "OTHER"}], **told}]]}
        for told in (
            {"said_on": "2024-05-02"},
            {"said_on": "../2024", "said_on_basis": "inferential"},
            {"said_on": "2024", "said_on_confidence": "possible"},
            {"time_span": {"span": "crack"}},
        )
    ),
    {"hedges": [{"span": "crack", "whose": "reporter"}]},
    {"glosses": [{"span": "crack"}]},
    {"quoted": [{"span": "crack", "use": "word"}]},
    {"chains": [[{"sources": [{"actor": "SPEAKER", "basis": "inferential"}]}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER", "confidence": "probable"}]}]]},
    {"chains": [[{"quotation_type": "reported", "sources": [{"actor": "SPEAKER"}]}]]},
    {"status": "draft"},
    {"said_on": "2024-05"},
    {"quantities": [{"what": "cracks", "low": 1, "words": "a crack"}]},
    {"quotation_type": "reported"},
    {"voice": "agentless", "chains": []},
    {"chains": [[{"act": "thinks", "sources": [{"actor": "SPEAKER"}]}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER", "role_at_time": "director"}]}]]},
    {"chains": [[{"sources": [{"actor": "OTHER"}]}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}]}, {"role": "relayed", "sources": [{"actor": "OTHER"}]}]]},
    {"chains": [[{"sources": [{"actor": "SPEAKER"}], "cues": ["told the agency"]}]]},
]


def filled(desk: Desk, value: Any, actors: dict[str, str]) -> Any:
    """The change with actors' identifiers and cues' places put in."""
    if isinstance(value, dict):
        if "cues" in value:
            value = {
                **value,
                "cues": [{"uuid": str(uuid4()), **words(desk.snapshot, c)} for c in value["cues"]],
            }
        if "span" in value:
            value = {"uuid": str(uuid4()), **words(desk.snapshot, "a crack"), **value}
            del value["span"]
        return {k: filled(desk, v, actors) for k, v in value.items()}
    if isinstance(value, list):
        return [filled(desk, v, actors) for v in value]
    return actors.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("change", CHANGES, ids="+".join)
def test_whatever_differs_needs_a_version(desk: Desk, change: dict[str, Any]) -> None:
    actors = {
        "SPEAKER": str(desk.actor("Ilse Brandt", "Ilse Brandt").uuid),
        "OTHER": str(desk.actor("Nordpost", "Nordpost", kind="organisation").uuid),
    }
    plain = {"voice": "attributed", "chains": [[{"sources": [{"actor": actors["SPEAKER"]}]}]]}
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK, **plain), uuid)
    body = desk.claim_body(CRACK, **{**plain, **filled(desk, change, actors)})
    with pytest.raises(VersionNeeded):
        desk.put(body, uuid)
    assert desk.put(body, uuid, version=1).annotation.version == 2
    assert not desk.put(body, uuid).created  # and what was just saved is what is


def test_other_words_need_a_version(desk: Desk) -> None:
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK), uuid)
    with pytest.raises(VersionNeeded):
        desk.put(desk.claim_body("found a crack"), uuid)
    moved = desk.put(desk.claim_body("nine days"), uuid, version=1).annotation
    assert (moved.quotes, moved.version) == (["nine days"], 2)
    sentence = moved.sentences.get()
    assert sentence == moved.sentence
    assert "nine days" in desk.snapshot.text[sentence.start : sentence.end]


def test_a_change_based_on_an_old_version_is_stale_and_shows_what_is(desk: Desk) -> None:
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK), uuid)
    desk.put(desk.claim_body(CRACK, paraphrase="first"), uuid, version=1)
    with pytest.raises(Stale) as caught:
        desk.put(desk.claim_body(CRACK, paraphrase="second"), uuid, version=1)
    assert caught.value.current.version == 2
    assert Claim.objects.get().paraphrase == "first"


def test_a_change_repeated_because_its_answer_got_lost_is_answered(desk: Desk) -> None:
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK), uuid)
    change = desk.claim_body(CRACK, paraphrase="first")
    desk.put(change, uuid, version=1)
    again = desk.put(change, uuid, version=1)
    assert (again.created, again.annotation.version) == (False, 2)


def test_saving_without_a_change_takes_no_decision_back(desk: Desk) -> None:
    uuid, body = uuid4(), desk.claim_body(CRACK, paraphrase="There is a crack")
    claim = desk.put(body, uuid).annotation.claim
    reviews.decide(by=desk.reviewer, claim=claim, intent=DecideClaim("accepted"))
    for version in (1, None, 7):
        again = desk.put(body, uuid, version=version)
        assert (again.created, again.annotation.version) == (False, 1)
    claim.refresh_from_db()
    assert claim.status == Status.ACCEPTED


def test_words_that_are_not_the_texts_are_refused(desk: Desk) -> None:
    body = desk.claim_body(CRACK)
    body["quotes"] = ["We found a crab!"]
    uuid = uuid4()
    with pytest.raises(Refused) as caught:
        desk.put(body, uuid)
    assert refusal(caught) == ("quotes", "match_text")
    desk.put(desk.claim_body(CRACK), uuid)
    with pytest.raises(Refused) as caught:
        desk.put(body, uuid, version=1)
    assert refusal(caught) == ("quotes", "match_text")


def test_an_extent_has_to_lie_in_the_text_and_in_a_sentence(desk: Desk) -> None:
    body = desk.claim_body(CRACK)
    length = len(desk.snapshot.text)
    with pytest.raises(Refused) as caught:
        desk.put({**body, "extent": [[length - 1, length + 1]], "quotes": ["x"]})
    assert refusal(caught) == ("extent", "within_text")
    gap = desk.snapshot.text.index("\n\n")
    with pytest.raises(Refused) as caught:
        desk.put({**body, "extent": [[gap, gap + 2]], "quotes": ["\n\n"]})
    assert refusal(caught) == ("quotes.0", "words")


def test_kind_and_text_stay(desk: Desk) -> None:
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK), uuid)
    others = [
        desk.body("actor", "Ilse Brandt", **new_actor("Ilse Brandt")),
        desk.claim_body("Nobody knew", snapshot=desk.second),
    ]
    for body in others:
        with pytest.raises(Refused) as caught:
            desk.put(body, uuid, version=1)
        assert refusal(caught) == ("kind", "immutable")


@pytest.mark.lengthy
def test_another_projects_identifiers_say_nothing(desk: Desk) -> None:
    there = side(desk.by, desk.reviewer, "there")
    with pytest.raises(Taken):
        desk.put(desk.claim_body(CRACK), there.claim.uuid, version=1)
    with pytest.raises(Refused) as caught:
        desk.put({**desk.claim_body(CRACK), "snapshot": str(there.snapshot.uuid)})
    assert refusal(caught) == ("snapshot", "exists")
    with pytest.raises(Annotation.DoesNotExist):
        annotations.remove(by=desk.by, project=desk.project, uuid=there.claim.uuid, version=1)


def test_a_mention_may_come_to_mean_somebody_else(desk: Desk) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    body = desk.body("actor", "Ilse Brandt", **new_actor("Another Brandt"))
    desk.put(body, mention.uuid, version=1)
    assert ActorMention.objects.get().actor.name == "Another Brandt"


def test_a_mention_that_a_claim_names_stays_who_it_is(desk: Desk) -> None:
    mention = desk.mention("Ilse Brandt", "Ilse Brandt")
    source = {"actor": str(mention.mention.actor.uuid), "mention": str(mention.uuid)}
    desk.claim(CRACK, voice="attributed", chains=[[{"sources": [source]}]])
    with pytest.raises(InUse, match="1 claim name"):
        desk.put(desk.body("actor", "Ilse Brandt", **new_actor("Another Brandt")), mention.uuid, version=1)
    with pytest.raises(InUse):
        annotations.remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)
    assert ActorMention.objects.get().actor.name == "Ilse Brandt"


@pytest.mark.parametrize("kind", ["actor", "event"])
def test_a_mention_is_deleted_and_history_keeps_it(desk: Desk, kind: str) -> None:
    owner = new_actor("A") if kind == "actor" else {"new_event": {"uuid": str(uuid4()), "label": "A"}}
    annotation = desk.put(desk.body(kind, "Ilse Brandt", **owner)).annotation
    with pytest.raises(VersionNeeded):
        annotations.remove(by=desk.by, project=desk.project, uuid=annotation.uuid, version=None)
    with pytest.raises(Stale):
        annotations.remove(by=desk.by, project=desk.project, uuid=annotation.uuid, version=7)
    annotations.remove(by=desk.by, project=desk.project, uuid=annotation.uuid, version=1)
    assert not Annotation.objects.exists()
    assert not ActorMention.objects.exists()
    assert not EventMention.objects.exists()
    gone = Change.objects.get(table="annotator_annotation", operation="DELETE")
    assert gone.before["quotes"] == ["Ilse Brandt"]


def test_a_claim_is_withdrawn_not_deleted_and_twice_is_once(desk: Desk) -> None:
    claim = desk.claim(CRACK)
    for _ in range(2):
        annotations.remove(by=desk.by, project=desk.project, uuid=claim.uuid, version=1)
    claim.refresh_from_db()
    assert claim.withdrawn_at is not None
    assert Annotation.objects.get(pk=claim.pk).version == 2


def test_a_withdrawn_claim_is_not_taken_for_what_was_asked(desk: Desk) -> None:
    uuid, body = uuid4(), desk.claim_body(CRACK)
    desk.put(body, uuid)
    annotations.remove(by=desk.by, project=desk.project, uuid=uuid, version=1)
    with pytest.raises(VersionNeeded):
        desk.put(body, uuid)


def test_a_cue_is_removed_with_what_it_belongs_to_only(desk: Desk) -> None:
    cue = {"uuid": str(uuid4()), **words(desk.snapshot, "told the agency")}
    desk.claim(CRACK, voice="agentless", chains=[[{"cues": [cue]}]])
    with pytest.raises(Refused) as caught:
        annotations.remove(by=desk.by, project=desk.project, uuid=cue["uuid"], version=1)
    assert refusal(caught) == ("kind", "owned")


def test_history_names_the_user_and_the_act(desk: Desk) -> None:
    start = Change.objects.order_by("-pk").first().pk
    uuid = uuid4()
    desk.put(desk.claim_body(CRACK, voice="attributed", chains=[[{"sources": [new_actor("Ilse")]}]]), uuid)
    desk.put(desk.claim_body(CRACK), uuid, version=1, by=desk.reviewer)
    changes = list(Change.objects.filter(pk__gt=start).order_by("pk"))
    made = [c for c in changes if c.user_id == desk.by.pk]
    changed = [c for c in changes if c.user_id == desk.reviewer.pk]
    assert len(made) + len(changed) == len(changes)
    assert {c.table for c in made} >= {"annotator_annotation", "annotator_claim", "annotator_actor"}
    assert len({c.request for c in made}) == 1
    assert len({c.request for c in changed}) == 1
    assert made[0].request != changed[0].request
    assert {(c.table, c.operation) for c in changed} == {
        ("annotator_annotation", "UPDATE"),
        ("annotator_claim", "UPDATE"),
        ("annotator_attribution", "DELETE"),
        ("annotator_attributionsource", "DELETE"),
    }
    assert all(c.project_id == desk.project.pk for c in changes)
