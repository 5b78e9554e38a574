"""Merging two codes and taking it back: everything moves, and all of it returns, also after more coding."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import code_merges, codebook, codes, relations
from annotator.intents.codebook import parse_new_code
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor, Claim, ClaimRelation, ClaimTopic, Code, Event, Position, SupportingSpan
from sources.models import Change
from tests.factories import new_actor, words

from .conftest import Desk

pytestmark = pytest.mark.django_db
CRACK, LORRIES = "We found a crack", "Eighteen lorries turned back"


def found(desk: Desk, key: str, facet: str = "topic") -> Code:
    return Code.objects.get(project=desk.project, facet=facet, key=key)


def merged(desk: Desk, gone: str, kept: str, facet: str = "topic") -> Any:
    gone_, kept_ = found(desk, gone, facet), found(desk, kept, facet)
    return code_merges.merge(by=desk.by, project=desk.project, gone=gone_.uuid, kept=kept_.uuid)


def undone(desk: Desk, merge: Any) -> Any:
    return code_merges.undo(by=desk.by, project=desk.project, uuid=merge.uuid)


def topics_of(claim: Claim) -> set[str]:
    return set(ClaimTopic.objects.filter(claim=claim).values_list("topic__key", flat=True))


@pytest.fixture
def topical(desk: Desk) -> Desk:
    for key in ("bridge", "road", "ferry"):
        codebook.add_code(by=desk.by, project=desk.project, facet="topic", key=key, name=key.title())
    return desk


def test_what_was_coded_moves_and_comes_back(topical: Desk) -> None:
    one = topical.claim(CRACK, topics=["road"])
    both = topical.claim(LORRIES, topics=["road", "bridge"])
    before = codebook.current_version(topical.project)
    merge = merged(topical, "road", "bridge")
    assert (topics_of(one), topics_of(both)) == ({"bridge"}, {"bridge"})
    gone = found(topical, "road")
    assert (gone.merged_into, gone.retired_at is None) == (found(topical, "bridge"), False)
    assert codebook.current_version(topical.project) == before + 1
    undone(topical, merge)
    assert (topics_of(one), topics_of(both)) == ({"road"}, {"road", "bridge"})
    back = found(topical, "road")
    assert (back.merged_into, back.retired_at) == (None, None)
    undone(topical, merge)
    assert codebook.current_version(topical.project) == before + 2, "undoing twice is undoing once"


def test_undoing_leaves_what_was_coded_since(topical: Desk) -> None:
    moved = topical.claim(CRACK, topics=["road"])
    recoded = topical.claim(LORRIES, topics=["road"])
    dropped = topical.claim("The bridge at Velm stays shut", topics=["road", "bridge"])
    merge = merged(topical, "road", "bridge")
    later = topical.claim("said the crack was known", topics=["bridge"])
    through_old_key = topical.claim("denies that anyone was warned", topics=["road"])
    topical.put(topical.claim_body(CRACK, topics=["bridge"], paraphrase="Now"), moved.uuid, version=1)
    topical.put(topical.claim_body(LORRIES, topics=["ferry"]), recoded.uuid, version=1)
    topical.put(topical.claim_body(LORRIES, topics=["bridge"]), recoded.uuid, version=2)
    topical.put(
        topical.claim_body("The bridge at Velm stays shut", topics=["ferry"]), dropped.uuid, version=1
    )
    undone(topical, merge)
    assert topics_of(moved) == {"road"}, "edited since, and still as the merge left it"
    assert topics_of(recoded) == {"bridge"}, "somebody said so after the merge"
    assert topics_of(dropped) == {"ferry"}, "somebody took both away"
    assert topics_of(later) == topics_of(through_old_key) == {"bridge"}


def test_a_type_that_was_said_anew_stays(desk: Desk) -> None:
    kept, anew = desk.claim(CRACK, type="fact"), desk.claim(LORRIES, type="fact")
    merge = merged(desk, "fact", "figure", "claim_type")
    desk.put(desk.claim_body(LORRIES, type="blame"), anew.uuid, version=1)
    desk.put(desk.claim_body(LORRIES, type="figure"), anew.uuid, version=2)
    undone(desk, merge)
    assert Claim.objects.get(pk=kept.pk).type.key == "fact"
    assert Claim.objects.get(pk=anew.pk).type.key == "figure"


@pytest.mark.lengthy
def test_a_stand_that_was_taken_anew_stays(desk: Desk) -> None:
    for name in ("Holds", "Stands"):
        codes.make(by=desk.by, project=desk.project, new=parse_new_code({"facet": "concept", "name": name}))
    neutral = {"positions": [{"concept": "holds", "stand": "neutral"}]}
    kept, anew = desk.claim(CRACK, **neutral), desk.claim(LORRIES, **neutral)
    merge = merged(desk, "holds", "stands", "concept")
    for stand, version in (("for", 1), ("neutral", 2), ("for", 3)):
        body = desk.claim_body(LORRIES, positions=[{"concept": "stands", "stand": stand}])
        desk.put(body, anew.uuid, version=version)
    undone(desk, merge)
    assert set(Position.objects.values_list("claim", "concept__key", "stand")) == {
        (kept.pk, "holds", "neutral"),
        (anew.pk, "stands", "for"),
    }


@pytest.mark.lengthy
def test_every_facet_moves_and_comes_back(desk: Desk) -> None:
    for name in ("Holds", "Stands"):
        new = parse_new_code({"facet": "concept", "name": name})
        codes.make(by=desk.by, project=desk.project, new=new)
    cue = {"uuid": str(uuid4()), **words(desk.snapshot, "told the agency")}
    chain = [{"sources": [new_actor("Ilse Brandt", "person")], "cues": [cue]}]
    stands = [{"concept": "holds", "stand": "for"}, {"concept": "stands", "stand": "against"}]
    claim = desk.claim(CRACK, voice="attributed", chains=[chain], positions=stands)
    other = desk.claim(LORRIES, positions=stands[:1])
    happened = {"uuid": str(uuid4()), "label": "Crack found", "type": "other"}
    desk.put(desk.body("event", "crack is found", new_event=happened))
    for kind, note in (("denies", "first"), ("doubts", "second")):
        relations.relate(by=desk.by, claim=claim, other=other, kind=kind, note=note)
    relations.relate(by=desk.by, claim=other, other=claim, kind="denies", note="third")

    def coded() -> dict[str, Any]:
        return {
            "type": list(Claim.objects.order_by("pk").values_list("type__key", flat=True)),
            "concept": set(Position.objects.values_list("claim", "concept__key", "stand")),
            "cue": set(SupportingSpan.objects.values_list("cue_type__key", flat=True)),
            "kind": set(Actor.objects.values_list("name", "kind__key")),
            "event": set(Event.objects.values_list("label", "type__key")),
            "relation": set(
                ClaimRelation.objects.values_list("uuid", "claim", "other", "kind__key", "note", "author")
            ),
        }

    before = coded()
    pairs = [
        ("claim_type", "fact", "figure"),
        ("concept", "holds", "stands"),
        ("cue_type", "neutral", "according"),
        ("actor_kind", "person", "group"),
        ("event_type", "other", "speech"),
        ("relation_kind", "denies", "doubts"),
    ]
    merges = [merged(desk, gone, kept, facet) for facet, gone, kept in pairs]
    after = coded()
    assert after["type"] == ["figure", "figure"]
    assert after["concept"] == {(claim.pk, "stands", "against"), (other.pk, "stands", "for")}
    assert after["cue"] == {"according"}
    assert after["kind"] == {("Ilse Brandt", "group")}
    assert after["event"] == {("Crack found", "speech")}
    assert {(c, o, k, n) for _, c, o, k, n, _ in after["relation"]} == {
        (claim.pk, other.pk, "doubts", "second"),
        (other.pk, claim.pk, "doubts", "third"),
    }
    for merge in merges:
        undone(desk, merge)
    assert coded() == before


def test_merges_on_top_of_each_other_come_off_from_the_top(topical: Desk) -> None:
    claim = topical.claim(CRACK, topics=["road"])
    first, second = merged(topical, "road", "bridge"), merged(topical, "bridge", "ferry")
    assert topics_of(claim) == {"ferry"}
    assert codebook.code(topical.project, "topic", "road", "topic").key == "ferry"
    with pytest.raises(Refused) as caught:
        undone(topical, first)
    assert caught.value.rule == "undo_later_first"
    undone(topical, second)
    undone(topical, first)
    assert topics_of(claim) == {"road"}


def test_topics_under_a_merged_one_go_with_it_and_come_back(topical: Desk) -> None:
    for name, parent in (("Asphalt", "road"), ("Kerbs", "road")):
        new = parse_new_code({"facet": "topic", "name": name, "parent": parent})
        codes.make(by=topical.by, project=topical.project, new=new)
    merge = merged(topical, "road", "bridge")
    assert {found(topical, key).parent.key for key in ("asphalt", "kerbs")} == {"bridge"}
    with pytest.raises(Refused):
        merged(topical, "bridge", "asphalt")
    undone(topical, merge)
    assert {found(topical, key).parent.key for key in ("asphalt", "kerbs")} == {"road"}
    under = merged(topical, "asphalt", "kerbs")
    undone(topical, under)
    assert found(topical, "asphalt").parent.key == "road"


def test_what_cannot_be_merged(topical: Desk) -> None:
    merged(topical, "road", "bridge")
    for gone, kept, rule in (
        ("bridge", "bridge", "two_codes"),
        ("road", "ferry", "merged"),
        ("ferry", "road", "merged"),
    ):
        with pytest.raises(Refused) as caught:
            merged(topical, gone, kept)
        assert caught.value.rule == rule
    with pytest.raises(Refused, match="only codes of one kind"):
        code_merges.merge(
            by=topical.by,
            project=topical.project,
            gone=found(topical, "ferry").uuid,
            kept=found(topical, "fact", "claim_type").uuid,
        )
    with pytest.raises(Refused, match="take that back first"):
        road = found(topical, "road")
        codes.bring_back(by=topical.by, project=topical.project, uuid=road.uuid, version=road.version)
    ferry = found(topical, "ferry")
    codes.retire(by=topical.by, project=topical.project, uuid=ferry.uuid, version=ferry.version)
    with pytest.raises(Refused, match="bring it back first"):
        merged(topical, "bridge", "ferry")


def test_a_preview_that_is_out_of_date_merges_nothing(topical: Desk) -> None:
    gone, kept = found(topical, "road"), found(topical, "bridge")
    codes.retire(by=topical.by, project=topical.project, uuid=gone.uuid, version=gone.version)
    with pytest.raises(Stale):
        code_merges.merge(
            by=topical.by, project=topical.project, gone=gone.uuid, kept=kept.uuid, versions=(1, 1)
        )
    merge = merged(topical, "road", "bridge")
    undone(topical, merge)
    assert found(topical, "road").retired_at is not None, "it was retired before and is again"


def test_merging_and_taking_back_leave_the_claims_own_version_alone(topical: Desk) -> None:
    """What reviewers decided on stands: the words for it changed, not the judgement."""
    claim = topical.claim(CRACK, topics=["road"])
    undone(topical, merged(topical, "road", "bridge"))
    claim.refresh_from_db()
    assert (claim.annotation.version, claim.codebook_version) == (1, 4)
    moves = Change.objects.filter(table="annotator_claimtopic", operation="UPDATE")
    assert set(moves.values_list("user_id", flat=True)) == {topical.by.pk}
    assert moves.count() == 2
