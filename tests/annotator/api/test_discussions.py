"""Discussions through the API: said once, changed by who said it, seen by members, whatever is sent."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.test import Client

from annotator.actions import claims, discussions, identities
from annotator.models import Comment, CommentMention, Discussion
from sources.actions import edit_project, set_member
from sources.models import Change, Project
from tests.factories import Side, World, merged, person, said

from .conftest import delete, put

ROOT = "/api/v1/projects/here/discussions/"


@pytest.fixture
def reviewer(world: World, client_of: Callable) -> Client:
    return client_of(world.reviewer)


def about(thing: Any) -> dict[str, str]:
    return {"kind": thing._meta.model_name, "uuid": str(thing.uuid)}


def say(
    client: Client, thing: Any, text: str, uuid: object = None, thread: object = None, **more: Any
) -> Any:
    url = f"{ROOT}{thread or uuid4()}/comments/{uuid or uuid4()}/"
    return put(client, url, {"text": text, "about": about(thing)}, **more)


def listed(client: Client, thing: Any) -> list[dict[str, Any]]:
    found = client.get(ROOT, {"kind": thing._meta.model_name, "about": str(thing.uuid)})
    assert found.status_code == 200
    return found.json()["results"]


@pytest.mark.parametrize("name", ["lone", "actor", "event", "article"])
def test_a_discussion_begins_with_what_is_said(
    manager: Client, reviewer: Client, here: Side, name: str
) -> None:
    thing, thread, uuid = getattr(here, name), uuid4(), uuid4()
    answer = say(manager, thing, "Who says so,\r\n@reviewer?", uuid, thread)
    assert answer.status_code == 201
    assert answer.json()["comment"]["text"] == "Who says so,\n@reviewer?"
    assert answer.json()["comment"]["mentions"] == ["reviewer"]
    assert say(manager, thing, "Who says so,\n@reviewer?", uuid, thread).status_code == 200
    assert say(reviewer, thing, "The agency", thread=thread).status_code == 201
    (told,) = listed(reviewer, thing)
    assert (told["about"], told["state"], told["opened_by"]) == (about(thing), "open", "Manager")
    assert [(one["author"], one["text"]) for one in told["comments"]] == [
        ("Manager", "Who says so,\n@reviewer?"),
        ("Reviewer", "The agency"),
    ]
    assert Discussion.objects.filter(uuid=thread).count() == 1


@pytest.mark.lengthy
def test_who_wrote_it_alone_changes_and_withdraws_it(manager: Client, reviewer: Client, here: Side) -> None:
    thread, uuid = uuid4(), uuid4()
    say(manager, here.lone, "Ask @reviewer", uuid, thread)
    url = f"{ROOT}{thread}/comments/{uuid}/"
    assert put(reviewer, url, {"text": "Never mind"}, 1).status_code == 403
    assert delete(reviewer, url).status_code == 403
    assert put(manager, url, {"text": "Ask nobody"}).status_code == 409, "the version was not said"
    changed = put(manager, url, {"text": "Ask nobody"}, 1)
    assert (changed.status_code, changed.json()["comment"]["version"]) == (200, 2)
    assert changed["ETag"] == '"2"'
    assert changed.json()["comment"]["edited_at"] and changed.json()["comment"]["mentions"] == []
    assert put(manager, url, {"text": "Ask nobody"}, 1).status_code == 200, "its answer got lost"
    stale = put(manager, url, {"text": "Ask everybody"}, 1)
    assert (stale.status_code, stale.json()["current"]["text"]) == (412, "Ask nobody")
    gone = delete(manager, url)
    assert gone.json()["comment"] | {"at": "", "edited_at": ""} == {
        **{"uuid": str(uuid), "author": "Manager", "at": "", "edited_at": "", "withdrawn": True},
        **{"text": "", "mentions": [], "version": 3},
    }
    assert delete(manager, url).status_code == 200
    assert put(manager, url, {"text": "Back"}, 3).status_code == 422
    (told,) = listed(manager, here.lone)
    assert told["state"] == "resolved", "nothing is left to be settled"
    texts = Change.objects.filter(table="annotator_comment", row_id=Comment.objects.get(uuid=uuid).pk)
    assert [row.after["text"] for row in texts.order_by("pk")] == [
        "Ask @reviewer",
        "Ask nobody",
        "Ask nobody",
    ]


def test_it_is_resolved_and_opened_again(world: World, manager: Client, reviewer: Client, here: Side) -> None:
    thread = here.comment.discussion
    url = f"{ROOT}{thread.uuid}/state/"
    for state in ("resolved", "resolved", "open"):
        told = put(reviewer, url, {"state": state}).json()["discussion"]
        assert (told["state"], told["turned_by"]) == (state, "Reviewer")
    assert (
        Change.objects.filter(table="annotator_discussion", row_id=thread.pk, operation="UPDATE").count() == 2
    )
    assert put(reviewer, url, {"state": "other"}).status_code == 400
    assert put(reviewer, f"{ROOT}{uuid4()}/state/", {"state": "open"}).status_code == 404


def test_a_viewer_takes_part_and_settles_what_they_began(
    world: World, here: Side, client_of: Callable
) -> None:
    looking = person("looking")
    set_member(by=world.manager, project=here.project, user=looking, role="viewer")
    viewer, thread = client_of(looking), uuid4()
    assert say(viewer, here.event, "Was it May?", thread=thread).status_code == 201
    assert put(viewer, f"{ROOT}{thread}/state/", {"state": "resolved"}).status_code == 200
    answer = put(viewer, f"{ROOT}{here.comment.discussion.uuid}/state/", {"state": "resolved"})
    assert answer.status_code == 403


def test_only_members_are_called(world: World, manager: Client, here: Side) -> None:
    """Nobody learns from a comment whether a name exists elsewhere."""
    told = say(manager, here.lone, "@stranger @nobodyatall @reviewer @manager").json()["comment"]
    assert told["mentions"] == ["manager", "reviewer"]
    assert not CommentMention.objects.filter(user=world.stranger).exists()


def test_members_are_proposed_by_how_their_names_begin(
    world: World, manager: Client, client_of: Callable
) -> None:
    def found(words: str, by: Client = manager) -> list[str]:
        answer = by.get("/api/v1/projects/here/members/", {"q": words})
        return [one["username"] for one in answer.json()["results"]]

    assert found("") == ["manager", "reviewer"]
    assert found("REV") == ["reviewer"]
    assert found("stranger") == found("%") == found("_") == []
    assert client_of(world.stranger).get("/api/v1/projects/here/members/").status_code == 404


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "required"),
        (" \n\t ", "required"),
        ("\u200b\u2060", "required"),
        (None, "required"),
        (7, "string"),
        (["x"], "string"),
        ("x" * 4001, "max_length"),
        ("é" * 100_000, "max_length"),
        ("a\u202eb", "no_bidi_overrides"),
        ("a\u0007b", "no_control_characters"),
        ("a" + "\u0301" * 200, "stream_safe"),
        ("a\0b", "unicode"),
    ],
)
def test_what_no_comment_can_hold(manager: Client, here: Side, text: Any, rule: str) -> None:
    before = Comment.objects.count()
    answer = say(manager, here.lone, text)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (400, rule)
    assert Comment.objects.count() == before


def test_isolates_and_markup_stay_as_they_were_typed(manager: Client, here: Side) -> None:
    text = "<script>alert(1)</script> \u2068قال\u2069 &amp; {{ x }}"
    assert say(manager, here.lone, text).json()["comment"]["text"] == text


def test_another_projects_things_are_not_there(world: World, manager: Client, here: Side) -> None:
    other = world.there
    before = Comment.objects.count()
    for thing in (other.claim, other.actor, other.event, other.article):
        answer = say(manager, thing, "Hm")
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "exists")
    assert say(manager, here.lone, "Hm", thread=other.comment.discussion.uuid).status_code == 409
    assert say(manager, here.lone, "Hm", uuid=other.comment.uuid).status_code == 409
    assert say(manager, here.lone, "Hm", thread=here.comment.discussion.uuid).status_code == 409, "of another"
    url = f"{ROOT}{other.comment.discussion.uuid}/comments/{other.comment.uuid}/"
    assert put(manager, url, {"text": "Mine"}, 1).status_code == 404
    assert delete(manager, url).status_code == 404
    assert put(manager, f"{ROOT}{other.comment.discussion.uuid}/state/", {"state": "open"}).status_code == 404
    assert manager.get(ROOT, {"kind": "claim", "about": str(other.claim.uuid)}).status_code == 404
    assert manager.get(ROOT, {"kind": "user", "about": str(other.claim.uuid)}).status_code == 400
    assert put(manager, f"{ROOT}{uuid4()}/comments/{uuid4()}/", {"text": "Hm"}).status_code == 422
    assert Comment.objects.count() == before


def test_members_alone_see_and_say(world: World, here: Side, client_of: Callable) -> None:
    """Not who reads a public project either."""
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    url = f"{ROOT}{here.comment.discussion.uuid}/comments/{uuid4()}/"
    for client, code in ((client_of(world.stranger), 403), (Client(), 401)):
        assert client.get(ROOT, {"kind": "claim", "about": str(here.claim.uuid)}).status_code == code
        assert client.get("/api/v1/projects/here/members/").status_code == code
        assert put(client, url, {"text": "Hm"}).status_code == code
        assert put(client, f"{url}../../state/", {"state": "open"}).status_code in (404, code)


def test_an_archived_project_is_only_read(world: World, manager: Client, here: Side) -> None:
    Project.objects.filter(pk=here.project.pk).update(archived_at=Now())
    assert len(listed(manager, here.claim)) == 1
    thread = here.comment.discussion.uuid
    assert say(manager, here.claim, "Hm").status_code == 403
    assert put(manager, f"{ROOT}{thread}/comments/{here.comment.uuid}/", {"text": "Hm"}, 1).status_code == 403
    assert delete(manager, f"{ROOT}{thread}/comments/{here.comment.uuid}/").status_code == 403
    assert put(manager, f"{ROOT}{thread}/state/", {"state": "resolved"}).status_code == 403


@pytest.mark.lengthy
def test_there_is_an_end_to_what_is_said(
    manager: Client, here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**more: Any) -> str:
        answer = say(manager, here.lone, **{"text": "Hm", **more})
        assert answer.status_code == 422
        return answer.json()["errors"][0]["rule"]

    thread = uuid4()
    say(manager, here.lone, "First", thread=thread)
    with monkeypatch.context() as limits:
        limits.setattr(discussions, "MOST_AT_ONCE", 1)
        assert refused() == "rate"
    with monkeypatch.context() as limits:
        limits.setattr(discussions, "MOST_COMMENTS", 1)
        assert refused(thread=thread) == "max_comments"
    with monkeypatch.context() as limits:
        limits.setattr(discussions, "MOST_OPEN", 1)
        assert refused() == "max_discussions"
        state = f"{ROOT}{thread}/state/"
        assert put(manager, state, {"state": "resolved"}).status_code == 200
        assert say(manager, here.lone, "Instead").status_code == 201
        answer = put(manager, state, {"state": "open"})
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "max_discussions")
        Discussion.objects.filter(claim=here.lone).exclude(uuid=thread).update(
            state="resolved", turned_by=here.project.created_by, turned_at=Now()
        )
        assert put(manager, state, {"state": "open"}).status_code == 200
    with monkeypatch.context() as limits:
        limits.setattr(discussions, "MOST_MENTIONS", 1)
        assert refused(text="@manager @reviewer") == "max_mentions"
    assert Discussion.objects.filter(claim=here.lone).count() == 2, "what was refused left nothing"


def test_a_merged_actors_discussions_show_under_its_survivor(
    world: World, manager: Client, here: Side
) -> None:
    said(world.reviewer, here.office, "The office or the authority?")
    (merge,) = merged(world.manager, here.actor, here.office)
    (told,) = listed(manager, here.actor)
    assert told["about"]["uuid"] == str(here.actor.uuid)
    assert listed(manager, here.office) == [told]
    assert say(manager, here.office, "The office", thread=told["uuid"]).status_code == 201
    identities.undo_merge(by=world.manager, merge=merge)
    assert listed(manager, here.actor) == []
    assert len(listed(manager, here.office)[0]["comments"]) == 2


@pytest.mark.lengthy
def test_a_withdrawn_claim_keeps_its_discussions(world: World, manager: Client, here: Side) -> None:
    claims.withdraw(by=world.manager, claim=here.claim)
    (told,) = listed(manager, here.claim)
    assert say(manager, here.claim, "Why?", thread=told["uuid"]).status_code == 201
