"""Actors merged and taken apart again: nothing is moved, so nothing can be lost on the way back."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import identities
from annotator.intents.actor_record import CompareActors, MergeActors, parse_merge
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor, ActorMention, ActorMerge, Annotation, AttributionSource, Claim, Party
from annotator.queries import speakers
from annotator.queries.annotation_json import annotations_json
from sources.models import Change
from tests.factories import merged

from .conftest import Desk


def said_by(actor: Actor, heard: Actor | None = None, **more: Any) -> dict[str, Any]:
    link = {"sources": [{"actor": str(actor.uuid), **more}]}
    link |= {"addressees": [{"actor": str(heard.uuid)}]} if heard else {}
    return {"voice": "attributed", "chains": [[link]]}


@pytest.fixture
def two(desk: Desk) -> tuple[Actor, Actor]:
    """One person, named in full and by surname, each with a claim."""
    full, short = desk.actor("Ilse Brandt", "Ilse Brandt"), desk.actor("its director", "Brandt")
    desk.claim("We found a crack", **said_by(full))
    desk.claim("Eighteen lorries", **said_by(short))
    return full, short


def rows(desk: Desk) -> list[Any]:
    """Every row that ties an actor to something, as it stands."""
    return [
        list(model.objects.filter(project=desk.project).order_by("pk").values())
        for model in (ActorMention, AttributionSource)
    ]


def names_of(desk: Desk) -> dict[str, tuple[int, int]]:
    """By name as the speakers page has it: claims and articles."""
    return {a.name: (a.n_claims, a.n_articles) for a in speakers.speakers(desk.project, "viewer")}


def sources_of(claim: Claim) -> list[str]:
    told = annotations_json(Annotation.objects.filter(pk=claim.pk))[0]
    return [source["name"] for link in told["claim"]["chains"][0] for source in link["sources"]]


@pytest.mark.lengthy
def test_a_merged_actor_counts_and_shows_as_its_survivor(desk: Desk, two: tuple[Actor, Actor]) -> None:
    full, short = two
    assert names_of(desk) == {"Ilse Brandt": (1, 1), "Brandt": (1, 1)}
    before = rows(desk)
    (merge,) = merged(desk.by, full, short)
    assert rows(desk) == before, "nothing is moved"
    assert names_of(desk) == {"Ilse Brandt": (2, 1)}
    assert speakers.claims_by(full, "viewer").count() == 2
    assert {name for claim in Claim.objects.all() for name in sources_of(claim)} == {"Ilse Brandt"}
    mentions = Annotation.objects.filter(kind="actor")
    assert {told["actor"]["actor"] for told in annotations_json(mentions)} == {str(full.uuid)}
    identities.undo_merge(by=desk.reviewer, merge=merge)
    assert rows(desk) == before
    assert names_of(desk) == {"Ilse Brandt": (1, 1), "Brandt": (1, 1)}
    merge.refresh_from_db()
    assert (merge.by, merge.undone_by) == (desk.by, desk.reviewer)


@pytest.mark.lengthy
def test_what_is_added_to_the_survivor_stays_with_it(desk: Desk, two: tuple[Actor, Actor]) -> None:
    full, short = two
    (merge,) = merged(desk.by, full, short)
    added = desk.claim("a crack", **said_by(full))
    by_old_name = desk.claim("anyone was warned", **said_by(short))
    identities.undo_merge(by=desk.by, merge=merge)
    assert sources_of(added) == sources_of(by_old_name) == ["Ilse Brandt"]
    assert names_of(desk) == {"Ilse Brandt": (3, 1), "Brandt": (1, 1)}


@pytest.mark.lengthy
def test_a_claim_saved_again_under_the_survivor_goes_back_all_the_same(
    desk: Desk, two: tuple[Actor, Actor]
) -> None:
    full, short = two
    mention = ActorMention.objects.get(actor=short).annotation
    body = desk.claim_body("a crack", **said_by(short, mention=str(mention.uuid)))
    saved = desk.put(body).annotation
    (merge,) = merged(desk.by, full, short)
    again = desk.claim_body(
        "a crack", **said_by(full, mention=str(mention.uuid), role_at_time="director"), paraphrase="Cracked"
    )
    desk.put(again, saved.uuid, version=1)
    assert sources_of(saved.claim) == ["Ilse Brandt"]
    identities.undo_merge(by=desk.by, merge=merge)
    source = AttributionSource.objects.get(attribution__claim=saved.claim)
    assert (source.actor, source.mention.annotation, source.role_at_time) == (short, mention, "director")


def test_a_claim_sent_again_with_either_name_is_the_same(desk: Desk, two: tuple[Actor, Actor]) -> None:
    full, short = two
    saved = desk.put(desk.claim_body("a crack", **said_by(short, heard=short))).annotation
    mention = ActorMention.objects.get(actor=short).annotation
    merged(desk.by, full, short)
    for actor in (full, short):
        body = desk.claim_body("a crack", **said_by(actor, heard=actor))
        assert desk.put(body, saved.uuid).annotation.version == 1
        desk.put(desk.body("actor", "its director", actor=str(actor.uuid)), mention.uuid)
    assert ActorMention.objects.get(pk=mention.pk).actor == short
    changed = desk.claim_body("a crack", paraphrase="x", **said_by(full, heard=full))
    desk.put(changed, saved.uuid, version=1)
    assert Party.objects.get().actor == short, "who was addressed before is still addressed"


@pytest.mark.lengthy
def test_two_of_one_link_who_are_merged_show_once_and_both_come_back(desk: Desk) -> None:
    full, short = desk.actor("Ilse Brandt", "Ilse Brandt"), desk.actor("its director", "Brandt")
    sources = [{"actor": str(full.uuid)}, {"actor": str(short.uuid), "role_at_time": "director"}]
    chains = {"voice": "attributed", "chains": [[{"sources": sources}]]}
    saved = desk.put(desk.claim_body("a crack", **chains)).annotation
    (merge,) = merged(desk.by, full, short)
    assert sources_of(saved.claim) == ["Ilse Brandt"]
    assert desk.put(desk.claim_body("a crack", **chains), saved.uuid).annotation.version == 1
    changed = desk.claim_body("a crack", paraphrase="Cracked", **said_by(full))
    desk.put(changed, saved.uuid, version=1)
    identities.undo_merge(by=desk.by, merge=merge)
    assert sources_of(saved.claim) == ["Ilse Brandt", "Brandt"]
    gone = desk.claim_body("a crack", paraphrase="Cracked", **said_by(full))
    desk.put(gone, saved.uuid, version=2)
    assert sources_of(saved.claim) == ["Ilse Brandt"]
    assert AttributionSource.objects.filter(attribution__claim=saved.claim).count() == 1


@pytest.mark.lengthy
def test_merges_of_merges_are_flat_and_come_apart_in_any_order(desk: Desk) -> None:
    one, two, three = (desk.actor("Ilse Brandt", name) for name in ("one", "two", "three"))
    (inner,) = merged(desk.by, two, one)
    (outer,) = merged(desk.by, three, two)

    def into() -> list[Any]:
        return [Actor.objects.get(pk=actor.pk).merged_into for actor in (one, two, three)]

    assert into() == [three, three, None]
    identities.undo_merge(by=desk.by, merge=inner)
    assert into() == [None, three, None]
    (inner,) = merged(desk.by, Actor.objects.get(pk=three.pk), one)
    identities.undo_merge(by=desk.by, merge=outer)
    assert into() == [three, None, None]
    identities.undo_merge(by=desk.by, merge=inner)
    (inner,) = merged(desk.by, two, one)
    (outer,) = merged(desk.by, three, two)
    identities.undo_merge(by=desk.by, merge=outer)
    assert into() == [two, None, None], "who was merged into it before goes along"
    identities.undo_merge(by=desk.by, merge=outer)
    assert into() == [two, None, None], "undoing twice is undoing once"


def test_several_are_merged_at_once_or_none(desk: Desk) -> None:
    one, two, three = (desk.actor("Ilse Brandt", name) for name in ("one", "two", "three"))
    versions = {one.uuid: 1, two.uuid: 1, three.uuid: 7}
    with pytest.raises(Stale):
        identities.merge(
            by=desk.by,
            project=desk.project,
            intent=MergeActors(one.uuid, (two.uuid, three.uuid), "", versions),
        )
    assert not ActorMerge.objects.exists()
    assert len(merged(desk.by, one, two, three)) == 2
    acts = set(Change.objects.filter(table="annotator_actormerge").values_list("request", "user_id"))
    assert [user for _, user in acts] == [desk.by.pk], "one act of one user"


def test_a_survivor_that_took_in_more_or_less_since_is_looked_at_again(desk: Desk) -> None:
    one, two, three = (desk.actor("Ilse Brandt", name) for name in ("one", "two", "three"))

    def merge(other: Actor, seen: int) -> ActorMerge:
        versions = {one.uuid: seen, other.uuid: 1}
        intent = MergeActors(one.uuid, (other.uuid,), "", versions)
        return identities.merge(by=desk.by, project=desk.project, intent=intent)[0]

    made = merge(two, 1)
    with pytest.raises(Stale) as caught:
        merge(three, 1)
    assert caught.value.current == one
    with pytest.raises(Refused, match="merged already"):
        merge(two, 1)
    for _ in range(2):
        identities.undo_merge(by=desk.by, merge=made)
        with pytest.raises(Stale):
            merge(three, 2)
    assert merge(three, 3).merged == three, "undoing twice is undoing once"


@pytest.mark.lengthy
def test_whom_nobody_merges(desk: Desk) -> None:
    one, two = desk.actor("Ilse Brandt", "one"), desk.actor("its director", "two")
    hidden = desk.actor("An engineer", "an engineer", naming="anonymous")

    def refused(survivor: Actor, other: Actor) -> str:
        with pytest.raises(Refused) as caught:
            merged(desk.by, survivor, other)
        return caught.value.rule

    assert refused(one, hidden) == refused(hidden, one) == "not_anonymous"
    different = CompareActors(two.uuid, one.uuid, "different", "her brother")
    identities.compare(by=desk.by, project=desk.project, intent=different)
    assert refused(one, two) == "not_the_same"
    identities.compare(by=desk.by, project=desk.project, intent=CompareActors(one.uuid, two.uuid, ""))
    merged(desk.by, one, two)
    three = desk.actor("the harbour office", "three")
    assert refused(three, two) == refused(two, three) == "not_merged"


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"merged": []}, "merged", "required"),
        ({"merged": ["x"]}, "merged.0", "uuid"),
        ({"survivor": "x"}, "survivor", "uuid"),
        ({"versions": []}, "versions", "required"),
        ({"versions": ["x:1"]}, "versions.0", "uuid"),
        ({"merged": [str(uuid4())] * 21}, "merged", "max_items"),
        ({"reason": "a\x00"}, "reason", "no_control_characters"),
        ({"reason": "x" * 2001}, "reason", "max_length"),
        ({"more": 1}, "more", "known_field"),
    ],
)
def test_merges_that_cannot_be_read(change: dict[str, Any], field: str, rule: str) -> None:
    one, two = str(uuid4()), str(uuid4())
    said = {"survivor": one, "merged": [two], "versions": [f"{one}:1", f"{two}:1"], **change}
    with pytest.raises(Refused) as caught:
        parse_merge(said)
    assert (caught.value.field, caught.value.rule) == (field, rule)
