"""Making a topic or concept while reading, and what a claim says of concepts and cues through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client

from annotator.models import Code, Position
from annotator.queries.codebook import newest_version
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, person, span

from .conftest import address, claim_body, delete, put

CODES = "/api/v1/projects/here/codes/"


def made(client: Client, **body: Any) -> Any:
    return client.post(CODES, body, content_type="application/json")


def test_similar_ones_come_first_with_their_reason(manager: Client, here: Side) -> None:
    found = manager.get(CODES, {"facet": "topic", "q": "The BRIDGE!"}).json()["results"]
    assert found[0]["key"] == "bridge" and "shares “bridge”" in found[0]["reason"]
    accents = manager.get(CODES, {"facet": "concept", "q": "the bridgé is SAFE"}).json()["results"]
    assert accents[0]["score"] == 1
    assert manager.get(CODES, {"facet": "topic", "q": "boats"}).json()["results"] == [], "merged away"
    assert manager.get(CODES, {"facet": "topic", "q": "weather"}).json()["results"] == []


@pytest.mark.lengthy
def test_an_annotator_makes_a_topic_once(
    world: World, here: Side, client_of: Callable[[User], Client]
) -> None:
    ana = person("ana")
    set_member(by=world.manager, project=here.project, user=ana, role=Role.ANNOTATOR)
    client, before = client_of(ana), newest_version(here.project)
    answer = made(client, facet="topic", name="Lorry traffic")
    assert answer.status_code == 201 and answer.json()["code"]["key"] == "lorry-traffic"
    assert newest_version(here.project) == before + 1
    again = made(client, facet="topic", name="LORRY  traffic")
    assert again.status_code == 422 and again.json()["errors"][0]["rule"] == "similar"
    sent = claim_body(here, "Eighteen lorries", topics=["lorry-traffic"])
    assert put(client, address(here), sent).status_code == 201


def again(client: Client, url: str, version: int) -> Any:
    return client.post(f"{url}restore/", headers={"If-Match": f'"{version}"'})


@pytest.mark.lengthy
def test_a_code_made_while_reading_is_taken_back_and_brought_back(manager: Client, here: Side) -> None:
    told = made(manager, facet="topic", name="Lorry traffic").json()["code"]
    url = f"{CODES}{told['uuid']}/"
    assert delete(manager, url).status_code == 428
    answers = [delete(manager, url, 1) for _ in range(2)]
    assert [(a.status_code, a.json()["code"]["retired"]) for a in answers] == [(200, True)] * 2
    assert answers[1].json()["code"]["version"] == 2, "twice is once"
    assert again(manager, url, 1).status_code == 412, "retired since"
    back = again(manager, url, 2).json()["code"]
    assert (back["retired"], back["version"], back["facet"]) == (False, 3, "topic")
    assert delete(manager, url, 3).status_code == 200
    similar = made(manager, facet="topic", name="LORRY traffic")
    assert similar.json()["errors"][0]["rule"] == "similar", "it is another name"
    assert "which is retired" in similar.json()["errors"][0]["message"]
    (offered,) = manager.get(CODES, {"facet": "topic", "q": "lorry traffic"}).json()["results"]
    assert (offered["retired"], offered["returns"]) == (True, True)
    same = made(manager, facet="topic", name="Lorry traffic")
    assert (same.status_code, same.json()["returned"]) == (201, True)
    assert (same.json()["code"]["uuid"], same.json()["code"]["retired"]) == (told["uuid"], False)


def test_what_somebody_else_took_back_is_not_made_again(
    world: World, here: Side, client_of: Callable[[User], Client]
) -> None:
    ana = person("ana")
    set_member(by=world.manager, project=here.project, user=ana, role=Role.ANNOTATOR)
    theirs = client_of(world.manager)
    told = made(theirs, facet="topic", name="Lorry traffic").json()["code"]
    delete(theirs, f"{CODES}{told['uuid']}/", 1)
    answer = made(client_of(ana), facet="topic", name="Lorry traffic")
    (refusal,) = answer.json()["errors"]
    assert refusal["rule"] == "similar"
    assert refusal["message"].endswith("which is retired; a manager can offer it again")
    (offered,) = client_of(ana).get(CODES, {"facet": "topic", "q": "lorry traffic"}).json()["results"]
    assert offered["returns"] is False


def test_a_manager_who_makes_a_retired_code_of_somebody_elses_offers_it_again(
    world: World, here: Side, manager: Client
) -> None:
    ferry = Code.objects.get(project=here.project, facet="topic", key="ferry")
    Code.objects.filter(pk=ferry.pk).update(retired_at=Now(), version=F("version") + 1)
    answer = made(manager, facet="topic", name=ferry.name)
    assert (answer.status_code, answer.json()["returned"]) == (201, True)
    assert answer.json()["code"]["uuid"] == str(ferry.uuid)
    ferry.refresh_from_db()
    assert ferry.retired_at is None
    fresh = made(manager, facet="topic", name="Weather").json()
    assert fresh["returned"] is False
    assert made(manager, facet="topic", name=ferry.name).status_code == 422


@pytest.mark.lengthy
def test_a_code_that_stands_on_a_claim_is_not_taken_back(manager: Client, here: Side) -> None:
    for facet, said in (("topic", lambda key: {"topics": [key]}), ("concept", lambda key: {"positions": [
        {"concept": key, "stand": "for"}]})):  # fmt: skip
        told = made(manager, facet=facet, name="Lorry traffic").json()["code"]
        claim = address(here)
        put(manager, claim, claim_body(here, "Eighteen lorries", **said(told["key"])))
        answer = delete(manager, f"{CODES}{told['uuid']}/", 1)
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "in_use")
        delete(manager, claim, 1)
        assert delete(manager, f"{CODES}{told['uuid']}/", 1).status_code == 200, "the claim was withdrawn"


@pytest.mark.lengthy
def test_who_may_take_a_code_back(world: World, here: Side, client_of: Callable[[User], Client]) -> None:
    people = [person(name) for name in ("ana", "bob", "vera")]
    for user, role in zip(people, (Role.ANNOTATOR, Role.ANNOTATOR, Role.VIEWER), strict=True):
        set_member(by=world.manager, project=here.project, user=user, role=role)
    ana, bob, viewer = map(client_of, people)
    stranger, nobody = client_of(world.stranger), Client()
    told = made(ana, facet="topic", name="Lorry traffic").json()["code"]
    url = f"{CODES}{told['uuid']}/"
    asked = [delete(c, url, 1).status_code for c in (bob, viewer, stranger, nobody)]
    assert asked == [403, 403, 404, 401]
    assert [again(c, url, 1).status_code for c in (bob, viewer, stranger, nobody)] == asked
    assert delete(ana, url, 1).status_code == 200
    manager = client_of(world.manager)
    kind = Code.objects.filter(project=here.project, facet="claim_type").first()
    refused = delete(manager, f"{CODES}{kind.uuid}/", kind.version)
    assert refused.status_code == 422, "what managers make is retired in the codebook"
    assert again(manager, f"{CODES}{kind.uuid}/", kind.version).status_code == 400
    theirs = Code.objects.filter(project=world.there.project, facet="topic").first()
    assert delete(manager, f"{CODES}{theirs.uuid}/", theirs.version).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"facet": "claim_type", "name": "X"}, 400),
        ({"facet": "mood", "name": "X"}, 400),
        ({"facet": "topic"}, 400),
        ({"facet": "topic", "name": "x" * 101}, 400),
        ({"facet": "topic", "name": ["x"]}, 400),
        ({"facet": "topic", "name": "X", "project": 1}, 400),
        ({"facet": "topic", "name": "X", "key": "bridge"}, 422),
    ],
)
def test_what_is_refused_makes_nothing(manager: Client, here: Side, body: Any, status: int) -> None:
    before = Code.objects.filter(project=here.project).count()
    assert made(manager, **body).status_code == status
    assert Code.objects.filter(project=here.project).count() == before


def test_viewers_and_strangers_make_nothing(
    world: World, here: Side, client_of: Callable[[User], Client]
) -> None:
    viewer = person("vera")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    assert made(client_of(viewer), facet="topic", name="X").status_code == 403
    assert made(client_of(world.stranger), facet="topic", name="X").status_code == 404
    assert client_of(world.stranger).get(CODES, {"facet": "topic", "q": "x"}).status_code == 404


@pytest.mark.lengthy
def test_positions_are_saved_told_changed_and_taken_away(manager: Client, here: Side) -> None:
    stance = {"concept": "bridge-safe", "stand": "for"}
    url, sent = address(here), claim_body(here, "Eighteen lorries", positions=[stance])
    answer = put(manager, url, sent)
    assert answer.json()["annotation"]["claim"]["positions"] == [stance]
    assert put(manager, url, sent).status_code == 200, "asking twice is asking once"
    other = claim_body(here, "Eighteen lorries", positions=[{**stance, "stand": "neutral"}])
    assert put(manager, url, other, 1).json()["annotation"]["claim"]["positions"][0]["stand"] == "neutral"
    gone = put(manager, url, claim_body(here, "Eighteen lorries"), 2)
    assert "positions" not in gone.json()["annotation"]["claim"]
    assert Position.objects.filter(claim__uuid=url.rstrip("/").split("/")[-1]).count() == 0


@pytest.mark.parametrize(
    ("positions", "status", "field"),
    [
        ([{"concept": "nowhere", "stand": "for"}], 422, "claim.positions.0.concept"),
        ([{"concept": "bridge", "stand": "for"}], 422, "claim.positions.0.concept"),
        ([{"concept": "bridge-safe", "stand": "sideways"}], 400, "claim.positions.0.stand"),
        ([{"concept": "bridge-safe", "stand": "for"}] * 2, 400, "claim.positions.1.concept"),
        ([{"concept": "bridge-safe"}], 400, "claim.positions.0.stand"),
        ("for", 400, "claim.positions"),
        ([{"concept": f"c{i}", "stand": "for"} for i in range(21)], 400, "claim.positions"),
    ],
)
def test_positions_that_are_refused(
    manager: Client, here: Side, positions: Any, status: int, field: str
) -> None:
    answer = put(manager, address(here), claim_body(here, "Eighteen lorries", positions=positions))
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.lengthy
def test_a_cue_says_what_it_does(manager: Client, here: Side) -> None:
    cue = span(here.snapshot, "said the crack was known")
    link = {"sources": [{"actor": str(here.actor.uuid)}], "cues": [cue]}
    url = address(here)

    def sent(**more: Any) -> dict[str, Any]:
        chains = [[{**link, "cues": [{**cue, **more}]}]]
        return claim_body(here, "Eighteen lorries", voice="attributed", chains=chains)

    def told(answer: Any) -> str:
        return answer.json()["also"][0]["support"]["cue_type"]

    assert told(put(manager, url, sent())) == "neutral"
    assert told(put(manager, url, sent(cue_type="doubting"), 1)) == "doubting"
    assert put(manager, url, sent()).status_code == 200, "unsaid, it stays as it is"
    assert put(manager, url, sent(cue_type="doubting")).status_code == 200
    refused = put(manager, url, sent(cue_type="shouting"), 2)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "claim.chains.0.0.cues.0.cue_type"
