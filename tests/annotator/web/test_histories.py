"""What became of a claim, an actor, an event: every act by whom and when, from what to what, in words."""

import re
from html import unescape

import pytest
from django.db import connection

from annotator.actions import actor_records, annotations, code_merges, relations, reviews
from annotator.intents.actor_record import parse_record
from annotator.intents.annotation import parse_annotation
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Annotation, Claim
from annotator.queries.annotation_json import annotations_json
from annotator.queries.histories import TOLD, history_of
from annotator.queries.history_names import Known
from annotator.queries.history_words import EVERYWHERE
from tests.factories import Side, World, merged, span

from .conftest import Cast

NOT_TOLD = {
    "sources_project": "belongs to nothing that has a history of its own",
    "sources_membership": "belongs to nothing that has a history of its own",
    "sources_invitation": "belongs to nothing that has a history of its own",
    "sources_acceptance": "belongs to nothing that has a history of its own",
    "sources_intake": "a page of its own tells what became of it",
    "sources_columnmapping": "belongs to nothing that has a history of its own",
    "annotator_release": "belongs to nothing that has a history of its own",
    "annotator_watchterm": "belongs to nothing that has a history of its own",
    "annotator_savedsearch": "belongs to nothing that has a history of its own",
    "annotator_batch": "what it did to a claim is told there; a page of its own tells all of it",
    "annotator_batchrow": "the same",
    "annotator_toldapart": "stands on the same page, with who said it and when",
    "annotator_discussion": "stands on the same page, with who resolved it and when",
    "annotator_comment": "stands on the same page, with who said it and when",
    "annotator_commentmention": "the same",
    "annotator_actormention": "stands in its text; whose history would tell every mark in every text",
}


def recorded() -> set[str]:
    """Tables whose changes are recorded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'history_update'")
        return {name for (name,) in cursor.fetchall()}


def columns_of(table: str) -> set[str]:
    """But for those that the database generates."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_tracked_column_has_words_or_says_why_not() -> None:
    assert recorded() == TOLD.keys() | NOT_TOLD.keys()
    assert not TOLD.keys() & NOT_TOLD.keys()
    untold = {}
    for table, told in TOLD.items():
        there = columns_of(table)
        untold[table] = there ^ (told.columns.keys() | (told.silent - (EVERYWHERE - there)))
    assert {table: names for table, names in untold.items() if names} == {}
    for told in TOLD.values():
        assert not told.columns.keys() & told.silent
        assert told.named | told.ordered | set(told.place) | told.verbs.keys() <= told.columns.keys()


def coded(claim: Claim) -> dict:
    """What a PUT of the claim as it stands would hold."""
    (told,) = [
        one
        for one in annotations_json(Annotation.objects.filter(snapshot=claim.annotation.snapshot))
        if one["uuid"] == str(claim.uuid)
    ]
    return told


def change(world: World, claim: Claim, **more: object) -> None:
    told = coded(claim)
    body = {
        "snapshot": str(claim.annotation.snapshot.uuid),
        "kind": "claim",
        "extent": told["extent"],
        "quotes": told["quotes"],
        "claim": {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **more},
    }
    annotations.save(
        by=world.manager,
        project=claim.project,
        intent=parse_annotation(claim.uuid, body),
        version=told["version"],
    )


def lines(one: object) -> list[list[str]]:
    """By act, the newest first, each line as a reader has it."""
    return [
        [
            " ".join(filter(None, (line.verb, line.what, line.of and f"of {line.of}")))
            + f": {line.before} → {line.after}"
            + (f" ({line.note})" if line.note else "")
            for line in deed.lines
        ]
        for deed in history_of(one)
    ]


def link(here: Side, who: Actor, **more: object) -> dict:
    return {"role": "said", "sources": [{"actor": str(who.uuid), **more}], "cues": []}


@pytest.mark.lengthy
def test_each_act_is_told_from_what_to_what(world: World) -> None:
    here = world.here
    lone = here.lone
    cue = span(here.snapshot, "said the crack") | {"cue_type": "doubting"}
    first = link(here, here.actor, role_at_time="director") | {
        "cues": [cue],
        "addressees": [{"words": "the agency Nordpost"}],
    }
    said = {"voice": "attributed", "chains": [[first]], "topics": ["bridge"]}
    change(world, lone, **said, said_on="2024-05")
    then = lines(lone)[0]
    assert "voice: Unknown → Attributed" in then
    assert "said on:  → May 2024" in then
    assert "added topic:  → Bridge" in then
    assert not any("link" in line for line in then), "its speaker says that there is one"
    assert "added speaker:  → Ilse Brandt (role at the time: director)" in then
    assert "marked cue:  → said the crack (type of the cue: Doubting)" in then
    assert "added addressee:  → the agency Nordpost" in then

    other = link(here, here.office) | {"cues": [cue | {"cue_type": "denying"}], "act": "thinks"}
    number = {"what": "lorries", "low": 18, "qualifier": "exactly", "high": 18, "words": "Eighteen"}
    change(world, lone, voice="attributed", type="figure", chains=[[other]], quantities=[number])
    then = lines(lone)[0]
    assert "type: Fact → Figure" in then
    assert "said on: May 2024 → " in then
    assert "took away topic: Bridge → " in then
    assert "speaker: Ilse Brandt → Harbour office" in then
    assert "role at the time of speaker Harbour office: director → " in then
    assert "act of link speaker: Says → Thinks" in then
    assert "type of the cue of cue said the crack: Doubting → Denying" in then
    assert "took away addressee: the agency Nordpost → " in then
    assert any(line.startswith("added number:  → Eighteen (what it counts: lorries") for line in then)

    change(
        world,
        lone,
        voice="attributed",
        type="figure",
        quantities=[number],
        chains=[[other], [other | {"cues": []}]],
    )
    assert lines(lone)[0] == [
        "added link:  → speaker of chain 2 (act: Thinks)",
        "added speaker of chain 2:  → Harbour office",
    ]
    change(world, lone, type="figure", quantities=[number])
    then = lines(lone)[0]
    assert "took away speaker: Harbour office → " in then
    assert "took away speaker of chain 2: Harbour office → " in then
    assert "took away cue: said the crack → (type of the cue: Denying)".replace("→ (", "→  (") in then
    assert not any("number" in line for line in then)
    assert lines(lone)[-1][0] == "type:  → Fact"
    assert history_of(lone)[-1].made == "marked it"


def test_decisions_relations_and_withdrawing_are_told_once(world: World) -> None:
    here = world.here
    told = relations.relate(by=world.manager, claim=here.lone, other=here.claim, kind="denies", note="why")
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("rejected", "No lorry"))
    relations.unrelate(by=world.manager, relation=told)
    annotations.remove(by=world.manager, project=here.project, uuid=here.lone.uuid, version=1)
    assert lines(here.lone)[:4] == [
        ["withdrew it:  → "],
        ["took away relation: denies “We found a crack” →  (note: why)"],
        ["decided:  → rejected (reason: No lorry)"],
        ["added relation:  → denies “We found a crack” (note: why)"],
    ]
    far = lines(here.claim)
    assert ["took away relation: denied by “Eighteen lorries turned back” →  (note: why)"] in far
    assert [deed.who for deed in history_of(here.lone)][:4] == ["Manager", "Manager", "Reviewer", "Manager"]


def test_what_a_merge_of_codes_does_to_a_claim_is_its_history_too(world: World) -> None:
    here = world.here
    code_merges.merge(
        by=world.manager, project=here.project, gone=here.topic.uuid, kept=here.spare_topic.uuid
    )
    assert lines(here.claim)[0] == ["topic: Bridge → Ferry"]


@pytest.mark.lengthy
def test_an_actors_record_and_an_events_tell_theirs(world: World, cast: Cast) -> None:
    here = world.here
    office = here.office
    record = {
        **{"version": office.version, "name": "Port office", "kind": office.kind.key, "naming": "named"},
        "aliases": [{"name": "Harbour"}],
    }
    actor_records.correct(by=world.manager, actor=office, record=parse_record(record))
    then = lines(office)[0]
    assert "name: Harbour office → Port office" in then
    assert "added other name:  → Harbour" in then
    assert "took away identifier: VIAF 12 → " in then
    assert any(line.startswith("took away tie: member of Nordpost → ") for line in then)
    merged(world.manager, here.actor, office)
    assert lines(here.actor)[0] == ["found to be one with:  → Port office"]
    page = cast.viewer.get(f"/p/here/speakers/{here.actor.uuid}/?show=context").content.decode()
    assert "found to be one with" in page
    assert ["added participant:  → Ilse Brandt as actor (part: finder; read from: Ilse Brandt)"] in lines(
        here.event
    )
    assert "Ilse Brandt" in cast.viewer.get(f"/p/here/events/{here.event.uuid}/").content.decode()


@pytest.mark.lengthy
def test_a_page_tells_it_and_only_to_members(world: World, cast: Cast) -> None:
    here = world.here
    change(world, here.lone, paraphrase="<script>Lorries</script>")
    page = cast.viewer.get(f"/c/{here.lone.uuid}/").content.decode()
    became = page[page.index('id="became"') :]
    text = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", became)))
    assert "Manager : in short <script>Lorries</script>" in text
    assert "<script>Lorries" not in became


def test_the_number_of_questions_does_not_grow(world: World, django_assert_max_num_queries) -> None:
    here = world.here
    for n in range(3):
        change(world, here.lone, paraphrase=f"Lorries {n}", topics=["bridge"] if n % 2 else [])
    with django_assert_max_num_queries(9):
        assert len(history_of(here.lone)) == 4
    with django_assert_max_num_queries(9):
        history_of(here.claim)


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("annotator_annotation", "extent", "{[10,40),[52,90)}", "10–40; 52–90"),
        ("annotator_attribution", "position", 0, "1"),
        ("annotator_claim", "withdrawn_at", "2031-03-04T09:30:00+00:00", "4 Mar 2031"),
        ("annotator_claim", "quotation_type", "free_indirect", "Free indirect"),
        ("annotator_claim", "said_on", "2031-03", "Mar 2031"),
        ("annotator_claim", "negated", False, "no"),
    ],
)
def test_nothing_is_told_as_the_store_has_it(table: str, column: str, value: object, words: str) -> None:
    assert Known(1, [], TOLD).said(table, column, {column: value}) == words
