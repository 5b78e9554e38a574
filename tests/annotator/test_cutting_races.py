"""Texts are cut again while people mark and review in them: nobody fails, nothing lies in an old cut."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from annotator.actions import annotations, reviews, segmentations
from annotator.actions.segmentations import Busy, renew, renew_all
from annotator.intents.annotation import parse_annotation
from annotator.intents.review import DecideClaim
from annotator.models import Annotation
from sources.models import Snapshot
from tests.annotator.actions.test_segmentations import tied_to_what_it_touches
from tests.cutting import use_segmenter
from tests.factories import Side, World, words
from tests.racing import race


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


def _marks(here: Side, stretch: str) -> Callable[[], Any]:
    owner = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    body = {"snapshot": here.snapshot.uuid, "kind": "claim", **words(here.snapshot, stretch), "claim": owner}
    intent = parse_annotation(uuid4(), body)
    by = here.project.created_by
    return lambda: annotations.save(by=by, project=here.project, intent=intent, version=None)


@pytest.mark.lengthy
def test_many_marks_and_a_new_cut_at_once(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    by = here.project.created_by
    stretches = ["Velm bridge", "shut for nine days", "An engineer", "Nordpost", "denies that anyone"]
    acts = [_marks(here, stretch) for stretch in stretches]
    acts.insert(2, lambda: list(renew_all(by=by, project=here.project)))
    acts.append(lambda: reviews.decide(by=by, claim=here.lone, intent=DecideClaim("accepted")))
    results = race(acts)
    assert not [r for r in results if isinstance(r, Exception)]
    left = [one for one in results[2] if not one.done]
    assert all(one.done for one in renew_all(by=by, project=here.project)), left
    made = [r.annotation.pk for r in results if hasattr(r, "annotation")]
    assert Annotation.objects.filter(pk__in=made).count() == len(stretches)
    for snapshot in Snapshot.objects.filter(project=here.project, current_segmentation__isnull=False):
        tied_to_what_it_touches(snapshot)


def _in_a_thread(act: Callable[[], Any]) -> tuple[Thread, list[Any]]:
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(act())
        except Exception as error:
            came.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, came


def test_a_mark_that_was_looked_up_before_the_new_cut_is_tied_to_it(
    here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is cut anew between the look at its sentences and the insert."""
    use_segmenter(monkeypatch, "99")
    looked = annotations.anchors.sentences_under
    asked = []

    def cut_behind_its_back(snapshot: Snapshot, extent: Any) -> Any:
        found = looked(snapshot, extent)
        asked.append(found[0].segmentation_id)
        if len(asked) == 1:
            thread, came = _in_a_thread(lambda: renew(by=None, snapshot=here.snapshot))
            thread.join(60)
            assert came == [True]
        return found

    monkeypatch.setattr(annotations.anchors, "sentences_under", cut_behind_its_back)
    saved = _marks(here, "Velm bridge")()
    assert saved.created
    assert len(set(asked)) == len(asked) == 2
    tied_to_what_it_touches(here.snapshot)


@pytest.mark.lengthy
def test_a_mark_that_is_not_stored_yet_is_waited_for(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    marked, go_on = Event(), Event()

    def mark_slowly() -> Any:
        with transaction.atomic():
            saved = _marks(here, "Velm bridge")()
            marked.set()
            assert go_on.wait(60)
        return saved

    marking, _ = _in_a_thread(mark_slowly)
    assert marked.wait(60)
    cutting, came = _in_a_thread(lambda: renew(by=None, snapshot=here.snapshot))
    cutting.join(0.2)
    assert not came
    go_on.set()
    marking.join(60)
    cutting.join(60)
    assert came == [True]
    tied_to_what_it_touches(here.snapshot)


def test_a_text_in_which_somebody_changes_a_mark_is_left_alone_meanwhile(
    here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To wait for them while holding the text would be waiting for each other."""
    use_segmenter(monkeypatch, "99")
    monkeypatch.setattr(segmentations, "_PAUSES", (0.0,))
    before = Annotation.objects.get(pk=here.lone.pk).sentence_id
    with transaction.atomic():
        Annotation.objects.select_for_update().get(pk=here.lone.pk)
        thread, came = _in_a_thread(lambda: renew(by=None, snapshot=here.snapshot))
        thread.join(60)
        assert isinstance(came[0], Busy)
        thread, came = _in_a_thread(lambda: list(renew_all(by=None, project=here.project)))
        thread.join(60)
        assert {one.snapshot.pk: one.done for one in came[0]}[here.snapshot.pk] is False
        assert [one.done for one in came[0]].count(False) == 1
    assert Annotation.objects.get(pk=here.lone.pk).sentence_id == before
    assert [one.done for one in renew_all(by=None, project=here.project)] == [True]
    tied_to_what_it_touches(here.snapshot)
