"""An article is taken again with another text: what comes along, what waits, and that nothing is lost."""

from uuid import UUID, uuid4

import pytest

from annotator.actions import annotations, carrying, carrying_decisions, claims, reviews
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Carried, Refused
from annotator.intents.review import DecideClaim
from annotator.models import (
    Annotation,
    AnnotationSentence,
    AttributionSource,
    Carrying,
    CarryingState,
    Claim,
    Kind,
    Status,
)
from annotator.queries.batches import same_as_before
from annotator.queries.carryings import became
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Article, Change, Sentence, Snapshot
from sources.text.offsets import Extent
from tests.factories import DISPUTED, annotate, claim, new_actor, span, words

from .conftest import Desk

ADDRESS = "https://velm.example/bridge"
FIRST = """Velm bridge closed after crack is found

The bridge at Velm stays shut for nine days, the harbour office said on Monday. “We found a crack,” its director Ilse Brandt told the agency.

The engineers had warned of it in spring, Ilse Brandt said. Eighteen lorries turned back at the gate this morning.

The Cafe Zum Kai denies that anyone was warned by the office.
"""  # noqa: E501
LATER = FIRST.replace("Velm bridge closed", "Updated: Velm bridge closed").replace("Eighteen", "Nineteen")


def taken(desk: Desk, text: str) -> Snapshot:
    head = f"Outlet: The Velm Courier\nURL: {ADDRESS}\n\n"
    read = read_plain((head + text).encode(), "velm.txt")
    found = import_article(by=desk.by, project=desk.project, read=read, raw=RawFile(text.encode()))
    return found.snapshot


@pytest.fixture
def first(desk: Desk) -> Snapshot:
    return taken(desk, FIRST)


def said_by(
    desk: Desk, snapshot: Snapshot, *stretches: str, mention: Annotation | None = None, **more
) -> Claim:
    link = {"role": "said", "sources": [], "cues": [span(snapshot, more.pop("cue", "told"))]}
    if mention is not None:
        link["sources"] = [{"actor": str(mention.mention.actor.uuid), "mention": str(mention.uuid)}]
    voice = "attributed" if mention else "agentless"
    return claim(desk.by, snapshot, *stretches, voice=voice, chains=[[link]], **more)


def carried(desk: Desk, text: str) -> tuple[Snapshot, carrying.Carried]:
    snapshot = taken(desk, text)
    return snapshot, carrying.carry(by=desk.by, snapshot=snapshot)


def seen(article: Article, *claims: Claim) -> list[tuple[UUID, str]]:
    """What the page shows of them."""
    tokens = {unit.head.uuid: unit.seen for unit in became(article).units}
    return [(one.uuid, tokens[one.uuid]) for one in claims]


def where(one: Claim | Annotation) -> tuple[int, tuple[str, ...]]:
    annotation = Annotation.objects.get(uuid=one.uuid)
    assert tuple(annotation.quotes) == annotation.extent.slices(annotation.snapshot.text)
    linked = AnnotationSentence.objects.filter(annotation=annotation)
    assert {link.sentence.snapshot_id for link in linked} == {annotation.snapshot_id}
    assert annotation.sentence_id in {link.sentence_id for link in linked}
    return annotation.snapshot.number, tuple(annotation.quotes)


def test_what_is_exact_comes_along_at_once_with_all_that_hangs_on_it(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "Ilse Brandt", **new_actor("Ilse Brandt"))
    found = said_by(desk, first, "We found a crack", mention=who, time_span=span(first, "on Monday"))
    reviews.decide(by=desk.reviewer, claim=found, intent=DecideClaim("accepted", "seen"))
    before = set(Annotation.objects.values_list("uuid", flat=True))
    later, done = carried(desk, LATER)
    assert (done.exact, dict(done.waiting)) == (4, {})
    assert where(found) == (2, ("We found a crack",)) and where(who) == (2, ("Ilse Brandt",))
    assert set(Annotation.objects.values_list("uuid", flat=True)) == before
    assert set(Annotation.objects.values_list("snapshot", flat=True)) == {later.pk}
    assert Annotation.objects.get(uuid=found.uuid).extent.start == later.text.index("We found a crack")
    found.refresh_from_db()
    assert found.status == Status.ACCEPTED
    assert same_as_before([found.pk]) == {found.pk: {2: 1}}, "what was decided holds for the carried claim"
    change = Change.objects.filter(table="annotator_annotation", row_id=found.pk).latest("id")
    assert (change.before["snapshot_id"], change.after["snapshot_id"]) == (first.pk, later.pk)
    assert change.user_id == desk.by.pk


def test_twice_is_once_and_only_the_newest_text_is_carried_to(desk: Desk, first: Snapshot) -> None:
    claim(desk.by, first, "We found a crack")
    claim(desk.by, first, "Eighteen lorries turned back")
    later, done = carried(desk, LATER)
    assert (done.exact, dict(done.waiting)) == (1, {"changed": 1})
    rows = Carrying.objects.count()
    again = carrying.carry(by=desk.by, snapshot=later)
    assert (again.exact, dict(again.waiting), Carrying.objects.count()) == (0, {}, rows)
    assert carrying.carry(by=desk.by, snapshot=first).exact == 0


def test_a_claim_waits_with_the_worst_of_its_parts(desk: Desk, first: Snapshot) -> None:
    who = annotate(desk.by, first, "actor", "the harbour office", **new_actor("Harbour office"))
    found = said_by(desk, first, "stays shut for nine days", mention=who, cue="said on Monday")
    _, done = carried(desk, FIRST.replace("the harbour office said on Monday", "officials announced"))
    assert (done.exact, sum(done.waiting.values())) == (0, 1)
    assert where(found) == (1, ("stays shut for nine days",)) and where(who)[0] == 1
    assert Carrying.objects.filter(unit=found.pk, state="waiting").count() == 3


def test_a_mention_goes_with_the_claim_that_goes_and_is_left_for_the_one_that_stays(
    desk: Desk, first: Snapshot
) -> None:
    who = annotate(desk.by, first, "actor", "Ilse Brandt", **new_actor("Ilse Brandt"))
    goes = said_by(desk, first, "We found a crack", mention=who)
    stays = said_by(desk, first, "Eighteen lorries turned back", mention=who, cue="said")
    later, _ = carried(desk, LATER)
    assert where(goes)[0] == 2 and where(who)[0] == 2 and where(stays)[0] == 1
    twin = AttributionSource.objects.get(attribution__claim=stays).mention
    assert twin.annotation.uuid != who.uuid and where(twin.annotation) == (1, ("Ilse Brandt",))
    assert AttributionSource.objects.get(attribution__claim=goes).mention_id == who.pk
    settled = carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=stays.uuid)
    assert where(stays) == (2, ("Nineteen lorries turned back",)) and settled.carried == 2
    assert AttributionSource.objects.get(attribution__claim=stays).mention_id == who.pk, (
        "the two are one again"
    )
    assert not Annotation.objects.filter(uuid=twin.annotation.uuid).exists()
    assert not Annotation.objects.filter(snapshot=first).exists() and later.annotations.count() == 5


@pytest.mark.lengthy
def test_changed_words_go_back_to_the_reviewers_and_print_does_not(desk: Desk, first: Snapshot) -> None:
    changed = claim(desk.by, first, "Eighteen lorries turned back")
    printed = claim(desk.by, first, "“We found a crack,” its director")
    for one in (changed, printed):
        reviews.decide(by=desk.reviewer, claim=one, intent=DecideClaim("accepted", "seen"))
    carried(desk, LATER.replace("“", '"').replace("”", '"'))
    row = Carrying.objects.get(annotation_key=printed.pk)
    assert (row.found, row.print_only) == ("changed", True) and "printed otherwise" in row.reason
    for one in (changed, printed):
        settled = carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=one.uuid)
        assert settled.reopened == ([one.uuid] if one is changed else [])
        one.refresh_from_db()
    assert changed.status == Status.SUBMITTED and printed.status == Status.ACCEPTED
    assert where(printed)[1] == ('"We found a crack," its director',)
    assert printed.pk in same_as_before([printed.pk]) and changed.pk not in same_as_before([changed.pk])
    row.refresh_from_db()
    assert (row.state, row.by, row.quotes) == (
        "confirmed",
        desk.reviewer,
        ["“We found a crack,” its director"],
    )


@pytest.mark.lengthy
def test_an_orphan_stays_and_may_be_placed_by_hand_or_left(desk: Desk, first: Snapshot) -> None:
    gone = claim(desk.by, first, "The Cafe Zum Kai denies that anyone was warned")
    later, done = carried(desk, FIRST[: FIRST.index("The Cafe")] + "Nothing else is known about all this.\n")
    assert dict(done.waiting) == {"orphaned": 1} and where(gone)[0] == 1
    article = first.article
    with pytest.raises(Refused) as refusal:
        carrying_decisions.confirm(by=desk.reviewer, article=article, uuid=gone.uuid)
    assert refusal.value.rule == "place_needed"
    carrying_decisions.leave(by=desk.reviewer, article=article, uuid=gone.uuid)
    assert Carrying.objects.get().state == CarryingState.LEFT and where(gone)[0] == 1
    place = Extent.from_json(words(later, "Nothing else is known")["extent"])
    carrying_decisions.confirm(by=desk.reviewer, article=article, uuid=gone.uuid, chosen={gone.uuid: place})
    assert where(gone) == (2, ("Nothing else is known",))
    assert Carrying.objects.get().state == CarryingState.CORRECTED


def test_a_cue_that_is_gone_is_taken_off_on_purpose_alone(desk: Desk, first: Snapshot) -> None:
    found = said_by(desk, first, "stays shut for nine days", cue="the harbour office said on Monday")
    reviews.decide(by=desk.reviewer, claim=found, intent=DISPUTED)
    later, _ = carried(desk, FIRST.replace(", the harbour office said on Monday", ""))
    cue = Annotation.objects.get(kind=Kind.CUE)
    with pytest.raises(Refused) as refusal:
        carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=found.uuid)
    assert refusal.value.field == str(cue.uuid)
    settled = carrying_decisions.confirm(
        by=desk.reviewer, article=first.article, uuid=found.uuid, without={cue.uuid}
    )
    assert settled.taken_off == ["“the harbour office said on Monday” (cue)"] and settled.reopened
    assert list(later.annotations.values_list("uuid", flat=True)) == [found.uuid]
    gone = Change.objects.get(table="annotator_annotation", operation="DELETE")
    assert gone.before["quotes"] == ["the harbour office said on Monday"], "the history has it"


def test_a_number_that_is_not_there_any_more_makes_the_claim_wait(desk: Desk, first: Snapshot) -> None:
    number = {"what": "days shut", "low": 9, "words": "nine days"}
    found = claim(desk.by, first, "We found a crack", quantities=[number])
    reviews.decide(by=desk.reviewer, claim=found, intent=DecideClaim("accepted", "seen"))
    _, done = carried(desk, FIRST.replace("nine days", "ten days"))
    assert dict(done.waiting) == {"changed": 1}
    assert "“nine days” does not stand" in Carrying.objects.get().reason
    with pytest.raises(Refused) as refusal:
        carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=found.uuid)
    assert refusal.value.rule == "words_stand" and found.quantities.exists()
    ticked = {f"number-{found.quantities.get().pk}"}
    settled = carrying_decisions.confirm(
        by=desk.reviewer, article=first.article, uuid=found.uuid, without_words=ticked
    )
    assert settled.taken_off == ["the number “nine days”"] and settled.reopened == [found.uuid]
    assert not found.quantities.exists() and Carrying.objects.get().taken_off


def test_an_edit_on_the_old_text_is_looked_at_anew(desk: Desk, first: Snapshot) -> None:
    found = claim(desk.by, first, "Eighteen lorries turned back")
    carried(desk, LATER)
    body = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    place = {
        "snapshot": first.uuid,
        "kind": "claim",
        **words(first, "Eighteen lorries turned"),
        "claim": body,
    }
    annotations.save(by=desk.by, project=desk.project, intent=parse_annotation(found.uuid, place), version=1)
    with pytest.raises(Refused) as refusal:
        carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=found.uuid)
    assert refusal.value.rule == "looked_at_anew"
    carrying_decisions.look_again(by=desk.reviewer, article=first.article)
    carrying_decisions.confirm(by=desk.reviewer, article=first.article, uuid=found.uuid)
    assert where(found) == (2, ("Nineteen lorries turned",))
    assert sorted(Carrying.objects.values_list("state", flat=True)) == ["confirmed", "replaced"]


def test_a_save_against_the_old_text_names_the_new_one(desk: Desk, first: Snapshot) -> None:
    found = claim(desk.by, first, "We found a crack")
    carried(desk, LATER)
    body = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", "paraphrase": "A crack."}
    place = {"snapshot": first.uuid, "kind": "claim", **words(first, "We found a crack"), "claim": body}
    with pytest.raises(Carried) as refusal:
        annotations.save(
            by=desk.by, project=desk.project, intent=parse_annotation(found.uuid, place), version=1
        )
    assert "text 2" in str(refusal.value)
    found.refresh_from_db()
    assert found.paraphrase == "" and where(found)[0] == 2


def test_a_third_text_carries_what_waits_and_what_came(desk: Desk, first: Snapshot) -> None:
    came = claim(desk.by, first, "We found a crack")
    waits = claim(desk.by, first, "Eighteen lorries turned back")
    carried(desk, LATER)
    _, done = carried(desk, "New: " + FIRST)  # the eighteen are back
    assert where(came)[0] == 3 and where(waits) == (3, ("Eighteen lorries turned back",))
    assert done.exact == 2
    assert sorted(Carrying.objects.values_list("state", flat=True)) == ["carried"] * 3 + ["replaced"]


def test_claims_inside_claims_drafts_and_withdrawn_ones_come_along(desk: Desk, first: Snapshot) -> None:
    outer = claim(desk.by, first, "The Cafe Zum Kai denies that anyone was warned by the office")
    inner = claim(desk.by, first, "anyone was warned", inside=str(outer.uuid), status="draft")
    claims.withdraw(by=desk.by, claim=inner)
    _, done = carried(desk, LATER)
    assert done.exact == 2 and where(inner)[0] == where(outer)[0] == 2
    _, done = carried(desk, LATER.replace("anyone", "nobody"))
    assert Carrying.objects.filter(state="waiting").values("unit").distinct().count() == 1


def test_all_of_a_kind_are_confirmed_and_what_cannot_be_is_told(desk: Desk, first: Snapshot) -> None:
    one = claim(desk.by, first, "Eighteen lorries turned back")
    gone = claim(desk.by, first, "The Cafe Zum Kai denies that anyone was warned")
    carried(desk, LATER[: LATER.index("The Cafe")])
    done, refused = carrying_decisions.confirm_all(
        by=desk.reviewer, article=first.article, shown=seen(first.article, one, gone)
    )
    assert len(done) == len(refused) == 1
    assert where(one)[0] == 2 and where(gone)[0] == 1


def test_the_number_of_statements_does_not_grow_with_what_is_carried(
    desk: Desk, first: Snapshot, django_assert_max_num_queries
) -> None:
    for n in range(12):
        claim(desk.by, first, FIRST[n * 7 + 60 : n * 7 + 90].strip())
    later = taken(desk, LATER)
    with django_assert_max_num_queries(45):
        assert carrying.carry(by=desk.by, snapshot=later).exact == 12
    assert Sentence.objects.filter(snapshot=later).exists() and uuid4()
