"""Which codes a version of the codebook touches, and which claims were judged by one of them."""

from typing import Any

import pytest

from annotator.actions import code_merges, codes
from annotator.intents.codebook import parse_edit
from annotator.models import Claim, Code, CodebookVersion, CodeMerge
from annotator.queries.codebook_changes import changed_since, outdated, touched_by
from tests.factories import World

FACT = {"key": "fact", "name": "Fact", "definition": "What is so.", "retired": False}
RUMOUR = {"key": "rumour", "name": "Rumour", "definition": "", "retired": False}


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        ([FACT], [FACT], []),
        ([FACT], [{**FACT, "name": "Statement"}], ["fact"]),
        ([FACT], [{**FACT, "definition": "What was seen."}], ["fact"]),
        ([FACT], [{**FACT, "examples": ["It rains."]}], ["fact"]),
        ([FACT], [{**FACT, "parent": "rumour"}], ["fact"]),
        ([FACT], [{**FACT, "retired": True}], ["fact"]),
        ([FACT], [{**FACT, "colour": "#aa0000", "shortcut": "f"}], []),
        ([FACT, RUMOUR], [RUMOUR, FACT], []),
        ([FACT], [FACT, RUMOUR], []),
        ([FACT, RUMOUR], [FACT, {**RUMOUR, "retired": True, "merged_into": "fact"}], ["fact", "rumour"]),
        ([FACT, {**RUMOUR, "merged_into": "fact"}], [FACT, RUMOUR], ["fact", "rumour"]),
    ],
)
def test_a_version_touches_codes_that_say_something_else(before: Any, after: Any, touched: list[str]) -> None:
    found = touched_by({"claim_type": before, "topic": []}, {"claim_type": after, "topic": []})
    assert found == ({"claim_type": touched} if touched else {})


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


def changed(world: World, code: Code, **said: Any) -> None:
    code.refresh_from_db()
    body = {"name": code.name, "definition": code.definition, "version": code.version, **said}
    codes.edit(by=world.manager, project=code.project, uuid=code.uuid, intent=parse_edit(body, code.facet))


def judged(world: World) -> set[Claim]:
    return set(outdated(world.here.project, Claim.objects.filter(project=world.here.project)))


def test_claims_are_found_by_type_topic_concept_and_what_their_cues_do(world: World) -> None:
    here = world.here
    cue = here.cue
    doubting = Code.objects.get(project=here.project, facet="cue_type", key="doubting")
    type(cue).objects.filter(pk=cue.pk).update(cue_type=doubting)
    kept = CodeMerge.objects.get(project=here.project)
    assert judged(world) == set(), "the merge came before"
    changed(world, here.spare_topic, shortcut="y")
    changed(world, Code.objects.get(project=here.project, facet="claim_type", key="threat"), name="Menace")
    assert judged(world) == set(), "a key press, and a type nobody used"
    for code, claims in (
        (doubting, {here.claim}),
        (here.concept, set(Claim.objects.filter(positions__concept=here.concept))),
        (here.lone.type, {here.claim, here.lone, here.second_claim}),
    ):
        versions = CodebookVersion.objects.filter(project=here.project)
        changed(world, code, definition="Said anew.")
        assert claims <= judged(world), code
        (last, *_) = versions.order_by("-number")
        assert last.touched == {code.facet: [code.key]}
    told = [(one.name, one.since) for one in changed_since(here.lone)]
    assert told == [(here.lone.type.name, last.number)]
    code_merges.undo(by=world.manager, project=here.project, uuid=kept.uuid)
    touched = CodebookVersion.objects.filter(project=here.project).order_by("-number")[0].touched
    assert touched == {"topic": sorted([here.gone_topic.key, here.spare_topic.key])}
    assert not outdated(world.there.project, Claim.objects.filter(project=world.there.project)).exists()
