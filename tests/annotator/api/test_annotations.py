"""PUT, DELETE and restore of one annotation: it works, it is refused, it is not found."""

from collections.abc import Callable
from copy import deepcopy
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions.intakes import stored
from annotator.models import Annotation, Claim
from sources.actions import RawFile, edit_article, import_article, set_member
from sources.intake.plain import read_plain
from sources.models import Article, Role, User
from tests.factories import Side, World, person, span

from .conftest import address, body, claim_body, delete, put


def speaker(side: Side) -> dict[str, object]:
    mention = str(side.mention.annotation.uuid)
    return {"actor": str(side.actor.uuid), "mention": mention, "role_at_time": "director"}


@pytest.mark.lengthy
def test_a_claim_with_its_chain_is_stored_and_told_back(manager: Client, here: Side) -> None:
    cue = span(here.snapshot, "said the crack was known")
    link = {"role": "said", "act": "says", "basis": "stated", "sources": [speaker(here)], "cues": [cue]}
    sent = claim_body(here, "Eighteen lorries turned back 👩🏽‍🔧", voice="attributed", chains=[[link]])
    url = address(here)
    answer = put(manager, url, sent)

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["annotation"]["extent"] == sent["extent"]
    assert told["annotation"]["quotes"] == ["Eighteen lorries turned back 👩🏽‍🔧"]
    assert told["annotation"]["version"] == 1 and answer["ETag"] == '"1"'
    stored_link = told["annotation"]["claim"]["chains"][0][0]
    assert stored_link["sources"][0]["name"] == "Ilse Brandt"
    assert stored_link["sources"][0]["mention"] == str(here.mention.annotation.uuid)
    assert stored_link["cues"] == [cue["uuid"]]
    (also,) = told["also"]
    assert also["quotes"] == cue["quotes"] and also["support"] == {
        "slot": "cue",
        "of": told["annotation"]["uuid"],
        "cue_type": "neutral",
    }
    assert [actor["name"] for actor in told["actors"]] == ["Ilse Brandt"]
    assert manager.get(url).json() == told


def test_sending_it_again_is_sending_it_once(manager: Client, here: Side) -> None:
    url, sent = address(here), claim_body(here, "a crack")
    before = Annotation.objects.count()
    assert [put(manager, url, sent).status_code for _ in range(3)] == [201, 200, 200]
    assert Annotation.objects.count() == before + 1


@pytest.mark.lengthy
def test_a_claim_sent_back_as_it_was_told_loses_nothing(manager: Client, here: Side) -> None:
    """What the room's forms do not show (role spans, times, numbers, addressee) survives an edit there."""
    url = address(here, here.claim.uuid)
    told = manager.get(url).json()
    before, cues = told["annotation"], {also["uuid"]: also for also in told["also"]}
    sent = {"snapshot": str(here.snapshot.uuid), **{k: before[k] for k in ("kind", "extent", "quotes")}}
    sent["claim"] = {k: deepcopy(v) for k, v in before["claim"].items() if k not in ("status", "withdrawn")}
    for link in (link for chain in sent["claim"]["chains"] for link in chain):
        link["cues"] = [{k: cues[uuid][k] for k in ("uuid", "extent", "quotes")} for uuid in link["cues"]]
    sent["claim"]["paraphrase"] = "The office found a crack."

    answer = put(manager, url, sent, before["version"])
    assert answer.status_code == 200, answer.content
    after = answer.json()["annotation"]
    assert after["claim"].pop("paraphrase") == "The office found a crack."
    before["claim"].pop("paraphrase")
    before["claim"]["status"] = after["claim"]["status"] = "told apart below"
    assert after["claim"] == before["claim"]
    assert before["claim"]["quantities"] and before["claim"]["time_span"]
    assert before["claim"]["chains"][0][0]["addressees"]
    assert Claim.objects.get(uuid=before["uuid"]).status == "submitted", (
        "a changed claim is to be judged again"
    )


def test_actor_and_event_may_be_new(manager: Client, here: Side) -> None:
    actor = {"uuid": str(uuid4()), "name": "Lorry drivers", "kind": "group", "naming": "collective"}
    made = put(manager, address(here), body(here, "actor", "lorries", new_actor=actor))
    assert made.status_code == 201
    assert made.json()["actors"][0]["naming"] == "collective"
    event = {
        "uuid": str(uuid4()),
        "label": "Lorries turned back",
        "type": "other",
        "date": "2025-03",
        "place": "Velm",
    }
    made = put(manager, address(here), body(here, "event", "turned back", new_event=event))
    assert made.json()["events"] == [event | {"version": 1}]
    assert made.json()["annotation"]["event"] == {"event": event["uuid"], "label": event["label"]}


def test_an_anonymous_actor_stays_in_its_article(manager: Client, here: Side) -> None:
    actor = {"uuid": str(uuid4()), "name": "a driver #1", "kind": "person", "naming": "anonymous"}
    put(manager, address(here), body(here, "actor", "lorries", new_actor=actor))
    found = f"/api/v1/projects/{here.project.slug}/actors/?q=driver"
    assert manager.get(found).json()["results"] == []
    in_article = manager.get(f"{found}&article={here.article.uuid}").json()["results"]
    assert [one["article"] for one in in_article] == [str(here.article.uuid)]


@pytest.mark.lengthy
def test_changing_needs_the_version_it_was_based_on(manager: Client, here: Side) -> None:
    url = address(here, here.lone.uuid)
    changed = claim_body(here, "Eighteen lorries turned back", paraphrase="They had to turn back.")
    version = manager.get(url).json()["annotation"]["version"]

    assert put(manager, url, changed).status_code == 428
    stale = put(manager, url, changed, version + 7)
    assert stale.status_code == 412
    assert stale.headers["Content-Type"] == "application/problem+json"
    assert stale.json()["current"]["uuid"] == str(here.lone.uuid)
    assert put(manager, url, changed, version).json()["annotation"]["version"] == version + 1
    lost_answer = put(manager, url, changed, version)
    assert lost_answer.status_code == 200, "the same change sent again is the same change"
    assert lost_answer.json()["annotation"]["version"] == version + 1
    other = claim_body(here, "Eighteen lorries turned back", paraphrase="Something else.")
    assert put(manager, url, other, version).status_code == 412


@pytest.mark.lengthy
def test_a_save_on_an_old_text_says_which_text_it_came_to(manager: Client, world: World, here: Side) -> None:
    url, first = address(here, here.lone.uuid), here.snapshot
    version = manager.get(url).json()["annotation"]["version"]
    changed = claim_body(here, "Eighteen lorries turned back", paraphrase="They had to turn back.")
    where = "https://velm.example/bridge"
    edit_article(
        by=world.manager,
        article=here.article,
        version=Article.objects.get(pk=here.article.pk).version,
        values={"url": where},
        outlet="The Velm Courier",
    )
    raw = f"Outlet: The Velm Courier\nURL: {where}\n\nCorrected today at noon.\n\n{first.text}".encode()
    imported = import_article(by=world.manager, project=here.project, read=read_plain(raw), raw=RawFile(raw))
    assert imported.outcome == "changed"
    stored(imported)
    answer = put(manager, url, changed, version)
    assert answer.status_code == 409 and "newer text of the article (text 2)" in answer.json()["detail"]
    now = answer.json()["current"]
    assert now["uuid"] == str(here.lone.uuid) and now["version"] == version + 1
    assert Claim.objects.get(uuid=here.lone.uuid).paraphrase == ""


@pytest.mark.lengthy
def test_a_change_does_not_bring_back_what_was_deleted(manager: Client, here: Side) -> None:
    url = address(here)
    sent = body(here, "actor", "lorries", actor=str(here.office.uuid))
    assert put(manager, url, sent).status_code == 201
    assert delete(manager, url, 1).status_code == 204
    wider = body(here, "actor", "Eighteen lorries", actor=str(here.office.uuid))
    gone = put(manager, url, wider, 1)
    assert (gone.status_code, gone.json()["current"]) == (412, None)
    assert manager.get(url).status_code == 404
    assert put(manager, url, wider).status_code == 201


def test_words_that_are_not_the_texts_are_refused_by_field_and_rule(manager: Client, here: Side) -> None:
    sent = claim_body(here, "a crack") | {"quotes": ["a track"]}
    answer = put(manager, address(here), sent)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["rule"]) == ("quotes", "match_text")


def test_a_body_of_another_shape_is_refused(manager: Client, here: Side) -> None:
    good = claim_body(here, "a crack")
    for wrong, field in (
        ({"extent": []}, "extent"),
        ({"extent": [[5, 5]]}, "extent"),
        ({"extent": "5-9"}, "extent"),
        ({"kind": "rumour"}, "kind"),
        ({"claim": {**good["claim"], "voice": "loud"}}, "claim.voice"),
        ({"claim": {**good["claim"], "voice": "attributed"}}, "claim.chains"),
        ({"project": str(uuid4())}, "project"),
        ({"actor": {"actor": str(uuid4())}}, "actor"),
    ):
        answer = put(manager, address(here), good | wrong)
        assert answer.status_code == 400, (wrong, answer.content)
        assert answer.json()["errors"][0]["field"] == field


@pytest.mark.lengthy
def test_a_claim_is_withdrawn_and_comes_back(manager: Client, here: Side) -> None:
    url = address(here, here.lone.uuid)
    version = manager.get(url).json()["annotation"]["version"]
    assert delete(manager, url).status_code == 428
    assert delete(manager, url, version + 1).status_code == 412
    assert delete(manager, url, version).status_code == 204
    assert Claim.objects.get(uuid=here.lone.uuid).withdrawn_at is not None
    back = manager.post(address(here, here.lone.uuid, "restore/"))
    assert back.status_code == 200
    assert back.json()["annotation"]["claim"]["withdrawn"] is False
    assert back.json()["annotation"]["version"] == version + 2


def test_a_mention_that_a_claim_stands_on_stays(manager: Client, here: Side) -> None:
    url = address(here, here.mention.annotation.uuid)
    answer = delete(manager, url, 1)
    assert answer.status_code == 409
    assert "speaker" in answer.json()["detail"]


def test_a_mention_nobody_needs_goes_and_may_come_again(manager: Client, here: Side) -> None:
    url, sent = address(here), body(here, "actor", "lorries", actor=str(here.office.uuid))
    assert put(manager, url, sent).status_code == 201
    assert delete(manager, url, 1).status_code == 204
    assert manager.get(url).status_code == 404
    assert put(manager, url, sent).status_code == 201


def test_only_a_claim_is_restored(manager: Client, here: Side) -> None:
    assert manager.post(address(here, here.mention.annotation.uuid, "restore/")).status_code == 409


def test_wrong_methods(manager: Client, here: Side) -> None:
    assert manager.post(address(here, here.lone.uuid)).status_code == 405
    assert manager.get(address(here, here.lone.uuid, "restore/")).status_code == 405


def test_a_stranger_learns_nothing(world: World, client_of: Callable[[User], Client], here: Side) -> None:
    stranger = client_of(world.stranger)
    missing = address(here).replace("/here/", "/nowhere/")
    answers = [
        put(stranger, address(here, here.lone.uuid), claim_body(here, "a crack")),
        put(stranger, missing, claim_body(here, "a crack")),
        delete(stranger, address(here, here.lone.uuid), 1),
        stranger.get(address(here, here.lone.uuid)),
        stranger.get(f"/api/v1/projects/here/articles/{here.article.uuid}/room/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({answer.content for answer in answers}) == 1


def test_another_projects_identifier_gets_a_bare_refusal(manager: Client, world: World) -> None:
    answer = put(manager, address(world.here, world.there.lone.uuid), claim_body(world.here, "a crack"))
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This identifier is in use."
    assert manager.get(address(world.here, world.there.lone.uuid)).status_code == 404
    foreign = {"uuid": str(world.there.actor.uuid), "name": world.there.actor.name, "kind": "person"}
    named = put(manager, address(world.here), body(world.here, "actor", "lorries", new_actor=foreign))
    assert (named.status_code, named.content) == (409, answer.content)


def test_nobody_and_viewers_change_nothing(
    client_of: Callable[[User], Client], here: Side, world: World
) -> None:
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    sent = claim_body(here, "a crack")
    assert put(client_of(viewer), address(here), sent).status_code == 403
    assert put(Client(), address(here), sent).status_code == 401
    assert client_of(viewer).get(address(here, here.lone.uuid)).status_code == 200


def test_a_forged_form_is_refused(world: World, here: Side) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.manager)
    answer = put(client, address(here), claim_body(here, "a crack"))
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["rule"] == "csrf"
