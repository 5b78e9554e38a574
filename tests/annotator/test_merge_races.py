"""Merging while others annotate: nobody loses a save, nobody is left between two names."""

from collections.abc import Callable
from threading import Event
from time import sleep
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from annotator.actions import annotations, identities
from annotator.intents.actor_record import MergeActors
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused
from annotator.models import Actor, ActorMerge, Annotation, AttributionSource
from annotator.queries import speakers
from annotator.queries.annotation_json import annotations_json
from tests.factories import Side, World, merged, words
from tests.racing import race

PATIENCE = 120  # seconds until what has not come counts as never coming

SAVERS = 6


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


@pytest.fixture
def agency(here: Side) -> Actor:
    return Actor.objects.get(project=here.project, name="Nordpost")


def _merge(here: Side, survivor: Actor, *others: Actor) -> Callable[[], Any]:
    everybody = (survivor, *others)
    intent = MergeActors(
        survivor.uuid, tuple(one.uuid for one in others), "", {one.uuid: one.version for one in everybody}
    )
    return lambda: identities.merge(by=here.project.created_by, project=here.project, intent=intent)


def _save(here: Side, uuid: UUID, *actors: UUID, version: int | None = None, short: str = "") -> Any:
    sources = [{"actor": str(actor)} for actor in actors]
    body = {
        "snapshot": here.snapshot.uuid,
        "kind": "claim",
        **words(here.snapshot, "Eighteen lorries"),
        "claim": {
            **{"type": "fact", "quotation_type": "indirect", "voice": "attributed", "paraphrase": short},
            "chains": [[{"role": "said", "sources": sources}]],
        },
    }
    intent, by = parse_annotation(uuid, body), here.project.created_by
    return lambda: annotations.save(by=by, project=here.project, intent=intent, version=version)


def _speakers(uuid: UUID) -> list[str]:
    (told,) = annotations_json(Annotation.objects.filter(uuid=uuid))
    return [source["actor"] for source in told["claim"]["chains"][0][0]["sources"]]


@pytest.mark.lengthy
def test_saves_that_name_the_merged_one_land_on_the_survivor(here: Side, agency: Actor) -> None:
    office, director = Actor.objects.get(pk=here.office.pk), here.actor
    uuids = [uuid4() for _ in range(SAVERS)]
    # in both orders, so that savers hold what the merge wants and want what it holds
    pairs = [(agency.uuid, director.uuid) if n % 2 else (director.uuid, agency.uuid) for n in range(SAVERS)]
    acts = [_save(here, uuid, *pair) for uuid, pair in zip(uuids, pairs, strict=True)]
    told = race([*acts[: SAVERS // 2], _merge(here, office, agency), *acts[SAVERS // 2 :]])
    assert not [one for one in told if isinstance(one, Exception)], told
    for uuid, pair in zip(uuids, pairs, strict=True):
        expected = [str(office.uuid) if actor == agency.uuid else str(actor) for actor in pair]
        assert _speakers(uuid) == expected
    late = uuid4()
    _save(here, late, agency.uuid)()
    assert _speakers(late) == [str(office.uuid)]
    assert AttributionSource.objects.get(attribution__claim__annotation__uuid=late).actor == office


@pytest.mark.lengthy
def test_claims_saved_again_while_their_speakers_are_merged(here: Side, agency: Actor) -> None:
    office = Actor.objects.get(pk=here.office.pk)
    pair = (agency.uuid, here.actor.uuid)
    uuids = [uuid4() for _ in range(SAVERS)]
    for uuid in uuids:
        _save(here, uuid, *pair)()
    acts = [
        _save(here, uuid, *(pair if n % 2 else pair[::-1]), version=1, short="again")
        for n, uuid in enumerate(uuids)
    ]
    told = race([*acts, _merge(here, office, agency)])
    assert not [one for one in told if isinstance(one, Exception)], told
    (merge,) = ActorMerge.objects.filter(merged=agency, undone_at=None)
    assert all(str(office.uuid) in _speakers(uuid) for uuid in uuids)
    identities.undo_merge(by=here.project.created_by, merge=merge)
    assert all(str(agency.uuid) in _speakers(uuid) for uuid in uuids), "what was theirs before comes back"


def test_two_who_merge_each_other_into_the_other(here: Side, agency: Actor) -> None:
    office = Actor.objects.get(pk=here.office.pk)
    told = race([_merge(here, office, agency), _merge(here, agency, office)])
    refused = [one for one in told if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [Refused], told
    assert ActorMerge.objects.filter(undone_at=None).count() == 1
    assert Actor.objects.exclude(merged_into=None).count() == 1


def test_one_merge_sent_many_times_is_one(here: Side, agency: Actor) -> None:
    office = Actor.objects.get(pk=here.office.pk)
    told = race(_merge(here, office, agency) for _ in range(4))
    assert sorted(type(one).__name__ for one in told) == ["Refused"] * 3 + ["list"]
    assert ActorMerge.objects.filter(undone_at=None).count() == 1


@pytest.mark.lengthy
def test_undone_twice_at_once_and_while_annotating(here: Side, agency: Actor) -> None:
    by, office = here.project.created_by, Actor.objects.get(pk=here.office.pk)
    (merge,) = merged(by, office, agency)
    uuids = [uuid4() for _ in range(4)]
    undo = lambda: identities.undo_merge(by=by, merge=merge)  # noqa: E731
    told = race([undo, *(_save(here, uuid, agency.uuid) for uuid in uuids), undo])
    assert not [one for one in told if isinstance(one, Exception)], told
    assert Actor.objects.get(pk=agency.pk).merged_into is None
    # Each save landed on who the name meant at its moment; none is lost.
    assert {speaker for uuid in uuids for speaker in _speakers(uuid)} <= {str(agency.uuid), str(office.uuid)}


@pytest.mark.lengthy
def test_a_merge_gives_way_to_a_save_that_takes_its_time(
    here: Side, agency: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a saver holds the actor for a moment, the merge lets go and comes again."""
    office = Actor.objects.get(pk=here.office.pk)
    held, let_go = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Actor.objects.select_for_update().get(pk=agency.pk)
            held.set()
            assert let_go.wait(PATIENCE)

    def pause(seconds: float) -> None:
        let_go.set()
        sleep(seconds)

    def merge() -> object:
        assert held.wait(PATIENCE)
        return _merge(here, office, agency)()

    monkeypatch.setattr(identities, "time", SimpleNamespace(sleep=pause))
    told = race([hold, merge])
    assert let_go.is_set()
    assert not [one for one in told if isinstance(one, Exception)], told
    assert Actor.objects.get(pk=agency.pk).merged_into == office


def test_a_merge_and_a_new_mention_of_the_merged_one(here: Side, agency: Actor) -> None:
    office, by = Actor.objects.get(pk=here.office.pk), here.project.created_by
    uuid = uuid4()
    body = {
        "snapshot": here.snapshot.uuid,
        "kind": "actor",
        **words(here.snapshot, "Nordpost"),
        "actor": {"actor": str(agency.uuid)},
    }
    intent = parse_annotation(uuid, body)
    save = lambda: annotations.save(by=by, project=here.project, intent=intent)  # noqa: E731
    told = race([save, _merge(here, office, agency)])
    assert not [one for one in told if isinstance(one, Exception)], told
    (mention,) = annotations_json(Annotation.objects.filter(uuid=uuid))
    assert mention["actor"]["actor"] == str(office.uuid)
    assert "Nordpost" not in {actor.name for actor in speakers.speakers(here.project, "viewer")}
