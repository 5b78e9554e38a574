"""Codes that are merged, retired and edited while others annotate with them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import annotations, code_merges, codes
from annotator.intents.annotation import parse_annotation
from annotator.intents.codebook import parse_edit, parse_new_code
from annotator.intents.refusal import Refused, Stale
from annotator.models import Claim, ClaimTopic, Code, CodebookVersion, CodeMerge
from tests.factories import Side, World, words
from tests.racing import race


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


def code(here: Side, key: str, facet: str = "claim_type") -> Code:
    return Code.objects.get(project=here.project, facet=facet, key=key)


def coding(here: Side, **more: Any) -> Callable[[], Any]:
    content = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **more}
    body = {"snapshot": here.snapshot.uuid, "kind": "claim", **words(here.snapshot, "Eighteen lorries")}
    intent = parse_annotation(uuid4(), {**body, "claim": content})
    return lambda: annotations.save(by=here.project.created_by, project=here.project, intent=intent)


def merging(here: Side, gone: Code, kept: Code) -> Callable[[], Any]:
    by = here.project.created_by
    return lambda: code_merges.merge(by=by, project=here.project, gone=gone.uuid, kept=kept.uuid)


@pytest.mark.lengthy
def test_annotating_goes_on_through_a_merge_and_its_undoing(here: Side) -> None:
    fact, figure = code(here, "fact"), code(here, "figure")
    before = Claim.objects.filter(project=here.project, type=fact).count()
    results = race([*(coding(here) for _ in range(5)), merging(here, fact, figure)])
    assert [r for r in results if isinstance(r, Exception)] == []
    assert not Claim.objects.filter(type=fact).exists()
    assert Claim.objects.filter(project=here.project, type=figure).count() == before + 5
    merge = CodeMerge.objects.get(gone=fact)
    by = here.project.created_by
    back = [
        *(coding(here) for _ in range(5)),
        lambda: code_merges.undo(by=by, project=here.project, uuid=merge.uuid),
    ]
    assert [r for r in race(back) if isinstance(r, Exception)] == []
    assert Claim.objects.filter(type=fact).count() >= before
    assert Claim.objects.filter(project=here.project).count() == 3 + 10


def test_topics_are_coded_while_they_are_merged(here: Side) -> None:
    gone, kept = here.topic, here.spare_topic
    acts = [coding(here, topics=["bridge", "ferry"] if i % 2 else ["bridge"]) for i in range(5)]
    results = race([*acts, merging(here, gone, kept)])
    refused = [r for r in results if isinstance(r, Exception)]
    assert refused == []
    assert not ClaimTopic.objects.filter(topic=gone).exists()
    assert ClaimTopic.objects.filter(topic=kept, claim__topics=kept).count() == 5 + 1


def test_two_codes_are_not_merged_into_each_other(here: Side) -> None:
    one, other = code(here, "fact"), code(here, "figure")
    results = race([merging(here, one, other), merging(here, other, one)])
    assert sorted(type(r) for r in results if isinstance(r, Exception)) == [Refused]
    assert Code.objects.filter(project=here.project, facet="claim_type", merged_into=None).count() == 11


def test_one_of_several_edits_of_what_they_all_saw_is_kept(here: Side) -> None:
    seen = code(here, "fact")
    numbers = CodebookVersion.objects.filter(project=here.project)
    before = numbers.count()

    def editing(name: str) -> Callable[[], Any]:
        intent = parse_edit({"name": name, "version": seen.version}, "claim_type")
        by = here.project.created_by
        return lambda: codes.edit(by=by, project=here.project, uuid=seen.uuid, intent=intent)

    results = race(editing(f"Fact {i}") for i in range(5))
    assert sum(isinstance(r, Stale) for r in results) == 4
    assert numbers.count() == before + 1


def test_of_several_who_make_one_topic_at_once_one_makes_it(here: Side) -> None:
    by = here.project.created_by
    names = ["Lorry traffic", "lorry traffic", "LORRY TRAFFIC", "Lorry  traffic", "Lorry-traffic"]

    def minting(name: str) -> Callable[[], Any]:
        new = parse_new_code({"facet": "topic", "name": name})
        return lambda: codes.mint(by=by, project=here.project, new=new)

    results = race([minting(name) for name in names])
    refused = [r for r in results if isinstance(r, Exception)]
    assert {(type(r), r.rule) for r in refused} == {(Refused, "similar")} and len(refused) == len(names) - 1
    assert Code.objects.filter(project=here.project, facet="topic", key__startswith="lorry").count() == 1


def test_the_store_itself_keeps_one_code_a_name(here: Side) -> None:
    def adding(key: str) -> Callable[[], Any]:
        row = {"project": here.project, "facet": "topic", "key": key, "name": "Tolls"}
        return lambda: Code.objects.create(**row)

    results = race([adding(f"tolls-{n}") for n in range(4)])
    refused = [str(r) for r in results if isinstance(r, Exception)]
    # Compared once all are written: they can wait for each other in a ring, which ends one of them.
    assert all("code_name_once" in told or "deadlock detected" in told for told in refused)
    assert len(refused) == 3 and Code.objects.filter(project=here.project, name="Tolls").count() == 1
