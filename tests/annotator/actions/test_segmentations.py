"""Texts cut again by a later segmenter: what is marked moves along, and nothing else changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions import anchors, annotations, segmentations
from annotator.actions.segmentations import RENEW, renew, renew_all
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused
from annotator.jobs.segmentations import renew_sentences
from annotator.models import Annotation, AnnotationSentence, Claim, Status
from annotator.queries.history_rows import changes_of
from annotator.queries.segmentations import cut_by_others, otherwise, segmenters_of
from sources.actions import segmentations as cuts
from sources.models import Change, Project, Segmentation, Sentence, Snapshot, User
from sources.text.anchor import selector
from sources.text.offsets import Extent
from sources.text.segment import SEGMENTER, VERSION
from tests.cutting import cutting_at, use_segmenter
from tests.factories import World

from .test_extents import TEXTS, extents, intent, person, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


def ties(snapshot: Snapshot) -> dict[int, list[tuple[int, int]]]:
    """Of each annotation the sentences that it is linked to, as (key of the cut, number)."""
    links = AnnotationSentence.objects.filter(snapshot=snapshot).select_related("sentence")
    found: dict[int, list[tuple[int, int]]] = {}
    for link in links.order_by("annotation", "sentence__number"):
        found.setdefault(link.annotation_id, []).append((link.sentence.segmentation_id, link.sentence.number))
    return found


def tied_to_what_it_touches(snapshot: Snapshot) -> None:
    """Each annotation's sentences are those of the current cut that overlap its extent, and only those."""
    snapshot.refresh_from_db()
    assert snapshot.current_segmentation is not None
    sentences = list(snapshot.current_segmentation.sentences.order_by("number"))
    linked = ties(snapshot)
    for one in Annotation.objects.filter(snapshot=snapshot).select_related("sentence"):
        touched = [
            s
            for s in sentences
            if any(s.start < end and start < s.end for start, end in one.extent.stretches)
        ]
        assert linked[one.pk] == [(s.segmentation_id, s.number) for s in touched]
        assert one.sentence == touched[0]


def told(snapshot: Snapshot) -> list[dict[str, Any]]:
    """All that is said of the annotations of a text, but for the sentence they lie in."""
    rows = Annotation.objects.filter(snapshot=snapshot).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "sentence_id"} for row in rows]


@pytest.mark.lengthy
def test_what_is_marked_moves_to_the_new_sentences(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = world.here.snapshot
    before, old = told(snapshot), snapshot.current_segmentation
    assert old is not None
    numbered = list(old.sentences.order_by("number").values_list("uuid", "number", "start", "end"))
    use_segmenter(monkeypatch, "99")

    assert renew(by=world.manager, snapshot=snapshot)

    tied_to_what_it_touches(snapshot)
    assert told(snapshot) == before
    assert snapshot.current_segmentation != old
    assert str(snapshot.current_segmentation) == f"{SEGMENTER} 99"
    assert list(old.sentences.order_by("number").values_list("uuid", "number", "start", "end")) == numbered
    assert str(Segmentation.objects.get(pk=old.pk)) == f"{SEGMENTER} {VERSION}"


def test_the_history_says_who_cut_it_again_and_the_claim_tells_nothing_new(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, last = world.here.claim, Change.objects.latest("pk").pk
    use_segmenter(monkeypatch, "99")
    renew(by=world.reviewer, snapshot=world.here.snapshot)
    changes = Change.objects.filter(pk__gt=last, table="annotator_annotation", row_id=claim.pk)
    (change,) = changes
    assert change.user_id == world.reviewer.pk
    assert change.before["sentence_id"] != change.after["sentence_id"]
    assert {k: v for k, v in change.before.items() if k != "sentence_id"} == {
        k: v for k, v in change.after.items() if k != "sentence_id"
    }
    assert change.pk in {one.pk for one in changes_of(claim)}


def test_done_once_it_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    assert renew(by=world.manager, snapshot=world.here.snapshot)
    made = Sentence.objects.count()
    assert not renew(by=world.manager, snapshot=world.here.snapshot)
    assert Sentence.objects.count() == made


def test_a_run_that_was_stopped_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project = world.here.project
    texts = cut_by_others(project).count()
    assert texts == 0
    use_segmenter(monkeypatch, "99")
    texts = cut_by_others(project).count()
    assert texts > 1
    run = renew_all(by=world.manager, project=project)
    assert next(run).done
    run.close()
    assert cut_by_others(project).count() == texts - 1
    run = renew_all(by=world.manager, project=project)
    assert next(run).done
    Project.objects.filter(pk=project.pk).update(archived_at=Now())
    assert list(run) == [], "archived meanwhile: the rest stays as it is"
    assert cut_by_others(project).count() == texts - 2
    Project.objects.filter(pk=project.pk).update(archived_at=None)
    assert [one.done for one in renew_all(by=world.manager, project=project)] == [True] * (texts - 2)
    assert not cut_by_others(project).exists()
    assert Segmentation.objects.filter(project=project, segmenter_version="99").count() == texts
    assert not Segmentation.objects.filter(segmenter_version="99").exclude(project=project).exists()


def test_what_fails_leaves_the_text_as_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = world.here.snapshot
    before = ties(snapshot)
    use_segmenter(monkeypatch, "99")
    monkeypatch.setattr(segmentations, "_LINKED", "SELECT 1/0")
    with pytest.raises(Exception, match="division by zero"):
        renew(by=world.manager, snapshot=snapshot)
    assert ties(snapshot) == before
    assert not Segmentation.objects.filter(segmenter_version="99").exists()


def test_an_earlier_segmenter_does_not_take_texts_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    assert all(one.done for one in renew_all(by=world.manager, project=world.here.project))
    monkeypatch.setattr(cuts, "VERSION", VERSION)
    assert not cut_by_others(world.here.project).exists()


def test_what_would_change_is_told_beforehand(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    project = world.here.project
    assert segmenters_of(project) == []
    monkeypatch.setattr(cuts, "VERSION", "99")
    (found,) = segmenters_of(project)
    assert (found.segmenter, found.version) == (SEGMENTER, VERSION)
    same = otherwise(project)
    assert (same.texts, same.changed, same.sentences) == (found.texts, 0, 0)
    use_segmenter(monkeypatch, "99")
    with django_assert_num_queries(4):
        other = otherwise(project)
    expected = 0
    for snapshot in Snapshot.objects.filter(project=project):
        now = {(s.start, s.end) for s in snapshot.sentences.all()}
        blocks = list(snapshot.blocks.order_by("position"))
        expected += len({(s.start, s.end) for s in cuts.sentences_of(snapshot.text, blocks, "en")} - now)
    assert other.sentences == expected > 0
    assert otherwise(project, most=1).texts == 1


@pytest.mark.lengthy
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=TEXTS, pattern=st.sampled_from([r"\s", r"[aeiou]", r"\W", r"(?s).", r"x{9}"]))
def test_each_annotation_has_the_sentences_that_its_words_lie_in(
    db: None, data: st.DataObject, text: str, pattern: str
) -> None:
    by = User.objects.filter(username="ana").first() or person("ana")
    snapshot = stored(by, text)
    for extent in data.draw(st.lists(extents(len(snapshot.text)), min_size=1, max_size=4)):
        try:
            annotations.save(by=by, project=snapshot.project, intent=intent(snapshot, extent))
        except Refused as refused:
            assert refused.rule in ("touches_sentence", "words")
    with pytest.MonkeyPatch.context() as patch:
        use_segmenter(patch, "99", pattern)
        assert renew(by=by, snapshot=snapshot)
        tied_to_what_it_touches(snapshot)
        blocks = list(snapshot.blocks.order_by("position"))
        spans = cutting_at(pattern)(snapshot.text, blocks, "en")
        assert snapshot.current_segmentation is not None
        kept = snapshot.current_segmentation.sentences.order_by("number").values_list("start", "end")
        assert list(kept) == [(s.start, s.end) for s in spans]


@contextmanager
def as_earlier(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Blanks could be marked once."""
    with monkeypatch.context() as patch:
        patch.setattr(anchors, "checked", lambda text, extent, quotes, field: selector(text.text, extent))
        yield


@pytest.mark.lengthy
def test_blanks_that_were_marked_once_are_left_out_when_their_text_is_cut_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, text = world.here, world.here.snapshot.text
    at = text.index("nine days, the") + len("nine days,")
    owner = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    told = {"snapshot": here.snapshot.uuid, "kind": "claim", "claim": owner}
    nine, later = text.index("nine days, the"), text.index(" ", at + 1) + 1
    marks = {
        "first": Extent.of((at, at + 1), (later, later + 3)),
        "last": Extent.of((nine, nine + 4), (at, at + 1)),
        "alone": Extent.of((at, at + 1)),
    }
    marked = {}
    for name, extent in marks.items():
        sent = {"extent": extent.to_json(), "quotes": list(extent.slices(text))}
        intent = parse_annotation(uuid4(), told | sent)
        if name == "last":
            with pytest.raises(Refused, match="mark words") as refused:
                annotations.save(by=world.manager, project=here.project, intent=intent)
            assert refused.value.field == "quotes.1"
        with as_earlier(monkeypatch):
            marked[name] = annotations.save(by=world.manager, project=here.project, intent=intent).annotation
    Claim.objects.filter(pk__in=[one.pk for one in marked.values()]).update(status=Status.ACCEPTED)
    use_segmenter(monkeypatch, "99")
    assert renew(by=world.manager, snapshot=here.snapshot)
    assert not cut_by_others(here.project).filter(pk=here.snapshot.pk).exists()
    for one in marked.values():
        one.refresh_from_db()
    assert {name: one.quotes for name, one in marked.items()} == {
        "first": [text[later : later + 3]],
        "last": ["nine"],
        "alone": ["days,"],
    }
    assert {one.version for one in marked.values()} == {2}
    statuses = dict(Claim.objects.filter(pk__in=[m.pk for m in marked.values()]).values_list("pk", "status"))
    assert statuses[marked["alone"].pk] == Status.SUBMITTED, "other words: to be looked at again"
    assert statuses[marked["first"].pk] == statuses[marked["last"].pk] == Status.ACCEPTED
    change = Change.objects.filter(table="annotator_annotation", row_id=marked["alone"].pk).latest("pk")
    assert change.user_id == world.manager.pk


def test_one_text_that_cannot_be_cut_keeps_no_other_from_it(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Blanks, marked when that was not refused yet, between what would be two sentences."""
    here = world.here
    at = here.snapshot.text.index("nine days, the") + len("nine days,")
    owner = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    body = {"snapshot": here.snapshot.uuid, "kind": "claim", "extent": [[at, at + 1]], "quotes": [" "]}
    blank = parse_annotation(uuid4(), body | {"claim": owner})
    with pytest.raises(Refused, match="mark words") as told:
        annotations.save(by=world.manager, project=here.project, intent=blank)
    assert (told.value.field, told.value.rule) == ("quotes.0", "words")
    with as_earlier(monkeypatch):
        annotations.save(by=world.manager, project=here.project, intent=blank)
    monkeypatch.setattr(segmentations, "_mend_blanks", lambda snapshot: None)
    use_segmenter(monkeypatch, "99")
    renew_sentences(here.project.pk, world.manager.pk)
    assert [text.pk for text in cut_by_others(here.project)] == [here.snapshot.pk]
    assert f"{here.snapshot} was not cut again: " in caplog.text
    assert not ProcrastinateJob.objects.filter(task_name=RENEW).exists()
