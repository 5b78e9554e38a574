"""What a person decides on what waits: only what was shown is confirmed, and nothing is lost unsaid."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.actions import carrying_decisions, carrying_moves, claims, reviews
from annotator.actions.carrying_decisions import LookAgain
from annotator.intents.refusal import Refused
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Carrying, Claim, Kind, Status
from annotator.queries.batches import same_as_before
from annotator.queries.carrying_units import units_in
from annotator.queries.carryings import became, waiting_in
from annotator.queries.histories import history_of
from sources.models import Sentence, Snapshot
from sources.text.offsets import Extent
from tests.factories import annotate, claim, new_actor, span, words

from .conftest import Desk
from .test_carrying import FIRST, carried, said_by, seen, taken, where


@pytest.fixture
def first(desk: Desk) -> Snapshot:
    return taken(desk, FIRST)


def accepted(desk: Desk, one: Claim) -> Claim:
    reviews.decide(by=desk.reviewer, claim=one, intent=DecideClaim("accepted", "seen"))
    return one


def confirm(desk: Desk, one: Claim, **more) -> carrying_decisions.Settled:
    article = one.annotation.snapshot.article
    return carrying_decisions.confirm(by=desk.by, article=article, uuid=one.uuid, **more)


def test_a_changed_claim_keeps_its_number_until_somebody_takes_it_off(desk: Desk, first: Snapshot) -> None:
    number = {"what": "lorries", "low": 18, "unit": "lorries", "words": "Eighteen"}
    found = accepted(desk, claim(desk.by, first, "Eighteen lorries turned back", quantities=[number]))
    carried(desk, FIRST.replace("Eighteen", "Nineteen"))
    (unit,) = became(first.article).units
    assert [said.name for said in unit.missing] == ["the number “Eighteen”"] and not unit.is_plain
    done, refused = carrying_decisions.confirm_all(
        by=desk.by, article=first.article, shown=seen(first.article, found)
    )
    assert not done and refused[0].rule == "words_stand" and found.quantities.exists()
    settled = confirm(desk, found, without_words={unit.missing[0].key})
    assert settled.taken_off == ["the number “Eighteen”"] and not found.quantities.exists()


@pytest.mark.lengthy
def test_only_what_was_shown_is_confirmed(desk: Desk, first: Snapshot) -> None:
    found = claim(desk.by, first, "Ilse Brandt told the agency")
    other = claim(desk.by, first, "Eighteen lorries turned back")
    second = FIRST.replace("its director Ilse Brandt told the agency", "and Ilse Brandt told the agency so")
    carried(desk, second.replace("Eighteen", "Nineteen"))
    shown = seen(first.article, found, other)
    third = FIRST.replace("its director Ilse Brandt told the agency", "its director said")
    third = third.replace("Eighteen", "Nineteen")
    carried(desk, third + "\nNobody believes that Ilse Brandt told the agency anything.\n")
    with pytest.raises(LookAgain):
        confirm(desk, found, shown=shown[0][1])
    with pytest.raises(LookAgain):
        carrying_decisions.confirm_all(by=desk.by, article=first.article, shown=shown)
    assert where(found)[0] == where(other)[0] == 1
    confirm(desk, found, shown=seen(first.article, found)[0][1])
    assert where(found)[0] == 3


def test_a_cue_with_other_words_sends_its_claim_to_the_reviewers(desk: Desk, first: Snapshot) -> None:
    found = accepted(desk, said_by(desk, first, "stays shut for nine days", cue="said on Monday"))
    carried(desk, FIRST.replace("office said on Monday", "office denied on Monday"))
    settled = confirm(desk, found)
    found.refresh_from_db()
    assert found.status == Status.SUBMITTED and settled.reopened == [found.uuid]
    assert where(Annotation.objects.get(kind=Kind.CUE)) == (2, ("denied on Monday",))
    assert found.pk not in same_as_before([found.pk])


@pytest.mark.lengthy
@pytest.mark.parametrize("by_hand", [True, False], ids=["by hand", "as proposed"])
def test_a_mention_on_other_words_sends_its_claims_to_the_reviewers_and_their_history_says_why(
    desk: Desk, first: Snapshot, by_hand: bool
) -> None:
    who = annotate(desk.by, first, "actor", "its director Ilse Brandt", **new_actor("Ilse Brandt"))
    found = accepted(desk, said_by(desk, first, "We found a crack", mention=who))
    later, _ = carried(desk, FIRST.replace("its director Ilse Brandt", "its head Ilse Brandt"))
    start = later.text.index("Ilse Brandt told")
    chosen = {who.uuid: Extent.of((start, start + len("Ilse Brandt")))} if by_hand else {}
    settled = confirm(desk, found, chosen=chosen)
    found.refresh_from_db()
    assert (found.status, settled.reopened) == (Status.SUBMITTED, [found.uuid])
    said = "Ilse Brandt" if by_hand else "its head Ilse Brandt"
    assert where(who) == (2, (said,))
    lines = {(line.what, line.before, line.after) for line in history_of(found)[0].lines}
    assert {
        ("mention placed on other words", "its director Ilse Brandt", said),
        ("status", "Accepted", "Submitted"),
    } <= lines


def test_a_mention_that_is_only_printed_otherwise_changes_nothing(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "director Ilse Brandt", **new_actor("Ilse Brandt"))
    found = accepted(desk, said_by(desk, first, "stays shut for nine days", mention=who, cue="told"))
    carried(desk, FIRST.replace("director Ilse Brandt", "director\u00a0Ilse Brandt"))
    assert where(found)[0] == 2 or not confirm(desk, found).reopened
    found.refresh_from_db()
    assert found.status == Status.ACCEPTED
    assert not [line for deed in history_of(found) for line in deed.lines if line.what.startswith("mention")]


def test_a_cue_that_is_printed_otherwise_changes_nothing(desk: Desk, first: Snapshot) -> None:
    found = accepted(desk, said_by(desk, first, "stays shut for nine days", cue="crack,” its director"))
    carried(desk, FIRST.replace("”", '"'))
    assert not confirm(desk, found).reopened
    found.refresh_from_db()
    assert found.status == Status.ACCEPTED


@pytest.mark.lengthy
def test_a_claim_comes_at_once_only_with_its_whole_sentence(desk: Desk) -> None:
    said = "The harbour office said on Monday after long talks with its engineers that the bridge is safe."
    first = taken(desk, f"Bridge at Velm\n\n{said}\n\nNobody was hurt on the bridge that day.\n")
    found = claim(desk.by, first, "the bridge is safe")
    who = annotate(desk.by, first, "actor", "engineers", **new_actor("Engineers"))
    _, done = carried(desk, first.text.replace("office said", "office denied"))
    assert where(found)[0] == 1 and where(who)[0] == 2 and dict(done.waiting) == {"moved": 1}
    assert (
        Carrying.objects.get(annotation_key=found.pk).reason == "the same words, and their sentence differs"
    )
    _, done = carried(desk, first.text.replace("Velm", "Kai"))
    assert where(found)[0] == 3, "another sentence is no matter"


@pytest.mark.lengthy
def test_what_goes_along_with_claims_is_not_decided_by_itself(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "Ilse Brandt", **new_actor("Ilse Brandt"))
    said_by(desk, first, "stays shut for nine days", mention=who, cue="told")
    carried(desk, FIRST.replace("nine days", "ten days"))
    for decide in (carrying_decisions.leave, carrying_decisions.confirm):
        with pytest.raises(Refused) as refusal:
            decide(by=desk.by, article=first.article, uuid=who.uuid)
        assert refusal.value.rule == "goes_along"


def test_a_claim_inside_a_withdrawn_one_is_shown(desk: Desk, first: Snapshot) -> None:
    said = "The engineers had warned of it in spring"
    outer = claim(desk.by, first, f"{said}, Ilse Brandt said")
    inner = claim(desk.by, first, said, inside=str(outer.uuid))
    cued = said_by(desk, first, "stays shut for nine days", cue="told")
    for one in (outer, cued):
        claims.withdraw(by=desk.by, claim=one)
    carried(desk, FIRST.replace("had warned of it in spring", "warned in March").replace("nine", "ten"))
    found = became(first.article)
    assert [unit.head.uuid for unit in found.units] == [outer.uuid]
    assert inner.uuid in {part.annotation.uuid for part in found.units[0].parts}
    assert found.unseen == 0 and found.still == 1, "the cue of the other is nobody's"
    assert waiting_in(first.article) == 2
    confirm(desk, outer)
    assert where(inner)[0] == 2


@pytest.mark.lengthy
def test_claims_that_share_a_mention_are_confirmed_together(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "Ilse Brandt", **new_actor("Ilse Brandt"))
    one = said_by(desk, first, "stays shut for nine days", mention=who, cue="told")
    two = said_by(desk, first, "Eighteen lorries turned back", mention=who, cue="said")
    carried(desk, FIRST.replace("nine days", "ten days").replace("Eighteen", "Nineteen"))
    done, refused = carrying_decisions.confirm_all(
        by=desk.by, article=first.article, shown=seen(first.article, one, two)
    )
    assert (len(done), refused) == (2, [])
    assert not Annotation.objects.filter(snapshot=first).exists()
    assert Annotation.objects.filter(kind=Kind.ACTOR, snapshot__article=first.article).count() == 1


def test_what_is_shared_waits_with_whoever_waits(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "its director Ilse Brandt", **new_actor("Ilse Brandt"))
    one = said_by(desk, first, "stays shut for nine days", mention=who, cue="told")
    two = said_by(desk, first, "Eighteen lorries turned back", mention=who, cue="said")
    later, _ = carried(
        desk, FIRST.replace("its director Ilse Brandt told", "she told").replace("nine", "ten")
    )
    shown = {unit.head.uuid: unit for unit in became(first.article).units}
    for claimed in (one, two):
        assert who.uuid in {part.annotation.uuid for part in shown[claimed.uuid].told}
    carrying_decisions.leave(by=desk.by, article=first.article, uuid=one.uuid)
    assert Carrying.objects.get(annotation_key=who.pk).state == "waiting", "the other claim waits for it"
    place = Extent.from_json(words(later, "she")["extent"])
    confirm(desk, two, chosen={who.uuid: place})
    assert where(two)[0] == 2 and where(who) == (2, ("she",))
    found = became(first.article)
    assert (found.unseen, found.left, found.still) == (0, 1, 0)
    twin = Annotation.objects.get(snapshot=first, kind=Kind.ACTOR)
    confirm(desk, one, chosen={twin.uuid: place})
    assert where(one)[0] == 2 and not Annotation.objects.filter(snapshot=first).exists()


def test_a_shared_mention_taken_off_one_claim_waits_for_the_other(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "its director Ilse Brandt", **new_actor("Ilse Brandt"))
    one = said_by(desk, first, "stays shut for nine days", mention=who, cue="told")
    two = said_by(desk, first, "Eighteen lorries turned back", mention=who, cue="said")
    carried(desk, FIRST.replace("its director Ilse Brandt told", "she told").replace("nine", "ten"))
    confirm(desk, one, without={who.uuid})
    assert where(one)[0] == 2 and where(who)[0] == 1
    confirm(desk, two, without={who.uuid})
    found = became(first.article)
    assert where(two)[0] == 2 and where(who)[0] == 1 and (found.unseen, found.still) == (0, 1)


@pytest.mark.lengthy
def test_a_speaker_of_two_texts_ties_their_claims_in_no_way(desk: Desk, first: Snapshot) -> None:
    why = span(first, "anyone was warned by the office")
    hidden = new_actor("A director", naming="anonymous", reason_span=why)
    who = annotate(desk.by, first, "actor", "its director", **hidden)
    one = said_by(desk, first, "stays shut for nine days", cue="told", mention=who)
    text = FIRST.replace("nine", "ten").replace("by the office", "in time")
    second, _ = carried(desk, text)
    again = annotate(desk.by, second, "actor", "its director", actor=str(who.mention.actor.uuid))
    two = said_by(desk, second, "Eighteen lorries turned back", cue="said", mention=again)
    carried(desk, text.replace("Eighteen", "Nineteen"))
    apart = {unit.key: unit.parts for text in (first, second) for unit in units_in(text)}
    assert {unit.key: unit.parts for unit in units_in(first, second)} == apart
    shown = {unit.head.uuid: [part.name for part in unit.parts] for unit in became(first.article).units}
    assert "reason" in shown[one.uuid] and "reason" not in shown[two.uuid]
    confirm(desk, two, shown=seen(first.article, two)[0][1])
    assert where(two)[0] == 3 and where(one)[0] == 1


def test_the_text_is_held_as_it_is_cut_now(desk: Desk, first: Snapshot) -> None:
    stale = Snapshot.objects.get(pk=first.pk)
    stale.current_segmentation_id = None
    with CaptureQueriesContext(connection) as queries:
        ground = carrying_moves.Ground(stale)
    assert len(ground.sentences) == Sentence.objects.filter(snapshot=first).count() > 3
    assert queries[0]["sql"].endswith("FOR SHARE"), "or it is cut again before what is carried is tied to it"
