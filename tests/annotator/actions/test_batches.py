"""One act on many claims: looked at, done to all or to none, and taken back exactly."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection

from annotator.actions import batches, code_merges, codebook, codes, reviews
from annotator.actions.claims import withdraw
from annotator.actions.segmentations import renew
from annotator.intents.batch import CodeMany, Picked, parse_picked
from annotator.intents.refusal import Refused, Taken
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Annotation, Batch, BatchRow, Claim, Code, Review
from annotator.queries.batches import latest_reviews
from sources.models import Change
from tests.cutting import use_segmenter
from tests.factories import new_actor, span

from .conftest import Desk

pytestmark = pytest.mark.django_db
ROW = UUID("5b1f0f5e-6d0c-4f0a-8c59-0d2a4a4f7c11")
CRACK, LORRIES, BOATS = "We found a crack", "Eighteen lorries turned back", "Two ferries will carry lorries"


@pytest.fixture
def coded(desk: Desk) -> Desk:
    for key in ("bridge", "road"):
        codebook.add_code(by=desk.by, project=desk.project, facet="topic", key=key, name=key.title())
    return desk


def shown(*claims: Claim) -> list[Picked]:
    """As a page shows them now."""
    reviews = latest_reviews([claim.pk for claim in claims])
    versions = dict(Annotation.objects.values_list("pk", "version"))
    return [Picked(c.uuid, versions[c.pk], reviews.get(c.pk, "")) for c in claims]


def look(desk: Desk, intent: CodeMany, *claims: Claim) -> list[batches.Outcome]:
    return batches.look(by=desk.by, project=desk.project, deed="code", intent=intent, rows=shown(*claims))


def recode(
    desk: Desk, intent: CodeMany, *claims: Claim, rows: list[Picked] | None = None, uuid: UUID | None = None
) -> Batch:
    return batches.carry_out(
        by=desk.by,
        project=desk.project,
        deed="code",
        intent=intent,
        rows=shown(*claims) if rows is None else rows,
        uuid=uuid or uuid4(),
        said=[("Type", "Figure")],
    )


def undo(desk: Desk, batch: Batch) -> tuple[int, list[tuple[UUID, str]]]:
    return batches.undo(by=desk.reviewer, project=desk.project, uuid=batch.uuid)


SILENT = {"annotator_annotation": "{version,updated_at}", "annotator_annotationsentence": "{id}"}


def everything(desk: Desk) -> dict[str, Any]:
    """All rows of the project but for the history, the batches, how often an annotation was changed, and what
    is marked to be counted again."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("annotator").get_models():
            table = model._meta.db_table
            if table in ("annotator_batch", "annotator_batchrow", "annotator_heardmark"):
                continue
            silent = SILENT.get(table, "{}")
            cursor.execute(
                f"SELECT to_jsonb(t) - %s::text[] FROM {table} t WHERE project_id = %s ORDER BY 1::text",
                [silent, desk.project.pk],
            )
            found[table] = sorted(str(row) for (row,) in cursor.fetchall())
    return found


def spoken(desk: Desk, words: str = CRACK, **more: Any) -> Claim:
    """Said by Ilse Brandt, in a role and by a cue that the text shows, relayed by an agency."""
    source = new_actor("Ilse Brandt") | {
        "role_at_time": "director",
        "role_span": span(desk.snapshot, "its director"),
    }
    said = {"role": "said", "sources": [source], "cues": [span(desk.snapshot, "told the agency")]}
    relayed = {"role": "relayed", "sources": [new_actor("Nordpost", "organisation")]}
    return desk.claim(words, voice="attributed", chains=[[said, relayed]], **more)


def office(desk: Desk) -> Actor:
    return desk.actor("the harbour office", "Harbour office", kind="government_body")


def test_looking_keeps_nothing_and_says_what_doing_does(coded: Desk) -> None:
    plain, topical = coded.claim(CRACK), coded.claim(LORRIES, topics=["road"], type="figure")
    before, history = everything(coded), Change.objects.count()
    intent = CodeMany(type="figure", add=("bridge",), take=("road",))
    looked = look(coded, intent, plain, topical)
    assert (everything(coded), Change.objects.count()) == (before, history)
    assert [outcome.changes for outcome in looked] == [
        [("Type", "Fact", "Figure"), ("Topics", "none", "Bridge")],
        [("Topics", "Road", "Bridge")],
    ]
    recode(coded, intent, plain, topical)
    assert [o.became for o in looked] == [o.was for o in look(coded, intent, plain, topical)]


def test_all_is_one_act_of_the_history_and_goes_back_exactly(coded: Desk) -> None:
    first, second = spoken(coded, topics=["road"]), coded.claim(LORRIES)
    harbour = office(coded)
    reviews.decide(by=coded.reviewer, claim=first, intent=DecideClaim("accepted"))
    codebook.add_code(by=coded.by, project=coded.project, facet="topic", key="late", name="Late")
    before = everything(coded)
    batch = recode(coded, CodeMany("figure", ("bridge",), ("road",), harbour.uuid), first, second)
    first.refresh_from_db()
    assert (first.type.key, first.status) == ("figure", "submitted"), "it goes back to the reviewers"
    link = first.attributions.get(position=0)
    assert [s.actor for s in link.sources.all()] == [harbour]
    assert first.attributions.get(position=1).sources.get().actor.name == "Nordpost", "who relayed it stays"
    second.refresh_from_db()
    assert (second.voice, second.attributions.get().sources.get().basis) == ("attributed", "interpretive")
    acts = set(Change.objects.filter(pk__gt=_before(batch)).values_list("request", flat=True))
    assert acts == {batch.act}
    assert everything(coded) != before
    assert undo(coded, batch) == (2, [])
    assert everything(coded) == before
    assert {row.undone_by for row in batch.rows.all()} == {coded.reviewer}
    assert undo(coded, batch) == (0, [])


def test_what_comes_back_into_a_text_cut_anew_lies_in_its_sentences(
    coded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, harbour = spoken(coded), office(coded)
    role = Annotation.objects.get(kind="role").uuid
    batch = recode(coded, CodeMany(speaker=harbour.uuid), first)
    assert not Annotation.objects.filter(uuid=role).exists()
    use_segmenter(monkeypatch, "99")
    assert renew(by=coded.by, snapshot=coded.snapshot)
    assert undo(coded, batch) == (1, [])
    back = Annotation.objects.select_related("sentence__segmentation").get(uuid=role)
    assert back.sentence.segmentation.segmenter_version == "99"
    assert list(back.sentences.all()) == [back.sentence]
    assert back.sentence.start <= back.extent.start < back.sentence.end


def _before(batch: Batch) -> int:
    return min(batch.rows.values_list("first_change", flat=True))


def test_a_row_changed_since_keeps_what_it_has_and_is_named(coded: Desk) -> None:
    edited, judged = coded.claim(CRACK), coded.claim(LORRIES)
    untouched = coded.claim(BOATS, snapshot=coded.second)
    batch = recode(coded, CodeMany("figure"), edited, judged, untouched)
    coded.put(coded.claim_body(CRACK, type="figure", paraphrase="Now"), edited.uuid, version=2)
    reviews.decide(by=coded.reviewer, claim=judged, intent=DecideClaim("accepted"))
    number, left = undo(coded, batch)
    assert (number, [uuid for uuid, _ in left]) == (1, [edited.uuid, judged.uuid])
    assert all("since" in why for _, why in left)
    assert [Claim.objects.get(pk=c.pk).type.key for c in (edited, judged, untouched)] == [
        *("figure", "figure", "fact")
    ]


def test_a_code_that_was_merged_since_is_not_given_back(coded: Desk) -> None:
    claim = coded.claim(CRACK, topics=["road"])
    batch = recode(coded, CodeMany(take=("road",)), claim)
    road, bridge = (Code.objects.get(project=coded.project, key=key) for key in ("road", "bridge"))
    code_merges.merge(by=coded.by, project=coded.project, gone=road.uuid, kept=bridge.uuid)
    number, left = undo(coded, batch)
    assert (number, len(left)) == (0, 1)
    assert not claim.topic_links.exists()


def test_what_a_merge_of_codes_recoded_since_is_left_alone(coded: Desk) -> None:
    claim = coded.claim(CRACK)
    batch = recode(coded, CodeMany("figure"), claim)
    figure, blame = (Code.objects.get(project=coded.project, key=key) for key in ("figure", "blame"))
    code_merges.merge(by=coded.by, project=coded.project, gone=figure.uuid, kept=blame.uuid)
    assert undo(coded, batch)[0] == 0
    claim.refresh_from_db()
    assert claim.type.key == "blame"


def test_one_row_that_is_not_as_shown_stops_all(coded: Desk) -> None:
    one, other = coded.claim(CRACK), coded.claim(LORRIES)
    rows = shown(one, other)
    reviews.decide(by=coded.reviewer, claim=other, intent=DecideClaim("accepted"))
    with pytest.raises(batches.NotAsShown) as raised:
        recode(coded, CodeMany("figure"), rows=rows)
    assert [o.refused for o in raised.value.outcomes] == [False, True]
    assert not Batch.objects.exists()
    one.refresh_from_db()
    assert one.type.key == "fact"


def test_asking_twice_is_asking_once(coded: Desk) -> None:
    claim, uuid = coded.claim(CRACK), uuid4()
    rows = shown(claim)
    first = recode(coded, CodeMany("figure"), rows=rows, uuid=uuid)
    assert recode(coded, CodeMany("figure"), rows=rows, uuid=uuid) == first
    assert BatchRow.objects.count() == 1
    with pytest.raises(Taken):
        batches.carry_out(
            by=coded.reviewer, project=coded.project, deed="code", intent=CodeMany("fact"),
            rows=shown(claim), uuid=uuid, said=[],
        )  # fmt: skip
    with pytest.raises(Refused, match="nothing would change"):
        recode(coded, CodeMany("figure"), claim)


def test_what_cannot_be_recoded_says_why(coded: Desk) -> None:
    own = coded.claim(CRACK, voice="own")
    nobody = coded.claim(LORRIES, voice="agentless")
    gone = coded.claim("The bridge at Velm stays shut")
    withdraw(by=coded.by, claim=gone)
    both = [{"sources": [new_actor("A"), new_actor("B")]}]
    several = coded.claim("the crack was known", voice="attributed", chains=[both])
    twice = coded.claim(
        "anyone was warned", voice="attributed", chains=[[{"sources": [new_actor(n)]}] for n in "CD"]
    )
    elsewhere = coded.claim(BOATS, snapshot=coded.second)
    hidden = coded.actor("An engineer", "an engineer", naming="anonymous", stated_reason="open")
    given = look(coded, CodeMany(speaker=hidden.uuid), own, nobody, gone, several, twice, elsewhere)
    assert all(outcome.refused for outcome in given)
    words = ("own voice", "names nobody", "withdrawn", "several speak", "chains", "anonymous")
    for outcome, word in zip(given, words, strict=True):
        assert word in outcome.why
    retired = Code.objects.get(project=coded.project, key="road")
    codes.retire(by=coded.by, project=coded.project, uuid=retired.uuid, version=retired.version)
    assert "retired" in look(coded, CodeMany(add=("road",)), own)[0].why
    missing = [Picked(uuid4())]
    out = batches.look(by=coded.by, project=coded.project, deed="code", intent=CodeMany("fact"), rows=missing)
    assert "no such claim" in out[0].why


def test_a_draft_stays_a_draft_and_a_speaker_who_speaks_already_is_no_change(coded: Desk) -> None:
    draft = spoken(coded, status="draft")
    speaker = draft.attributions.get(position=0).sources.get().actor
    assert look(coded, CodeMany(speaker=speaker.uuid), draft)[0].changes == []
    recode(coded, CodeMany("figure"), draft)
    draft.refresh_from_db()
    assert (draft.status, draft.annotation.version) == ("draft", 2)


def test_other_projects_claims_are_not_there(coded: Desk, db: None) -> None:
    from annotator.actions import projects

    claim = coded.claim(CRACK)
    other = projects.open_project(by=coded.by, name="Other", slug="other")
    out = batches.look(by=coded.by, project=other, deed="code", intent=CodeMany("fact"), rows=shown(claim))
    assert "no such claim" in out[0].why
    assert Review.objects.count() == 0


@pytest.mark.parametrize("value", ["x", "1", f"{ROW}.1", f"{ROW}.-1.", f"{ROW}.1.x", 7, None])
def test_rows_that_are_none_are_refused(value: Any) -> None:
    with pytest.raises(Refused):
        parse_picked([value])
