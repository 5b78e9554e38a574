"""The members of a project: added, given roles, invited by a link, removed; and leaving."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.guesses import MOST
from annotator.jobs.invitations import send_invitation
from annotator.models import Claim
from sources.actions import invitation_of, invite, revoke_invitation, set_member
from sources.actions.invitations import SESSION_KEY, invitation_told_by
from sources.models import Change, Invitation, Membership, User
from tests.factories import World, person

from .conftest import Cast, as_shown, browser_of, role_of

ASKED = {"role": "annotator", "email": "", "uses_most": "1", "days": "7"}


@pytest.mark.lengthy
def test_members_are_added_and_changed_but_one_manager_stays(world: World, cast: Cast) -> None:
    def put(username: str, role: str) -> tuple[int, str]:
        answer = cast.manager.post(
            "/p/here/members/", {"username": username, "role": role} | as_shown(username)
        )
        return answer.status_code, answer.content.decode()

    assert put("stranger", "viewer")[0] == 302
    assert cast.stranger.get("/p/here/").status_code == 200
    assert "Nobody signs in under this name." in put("who", "viewer")[1]
    status, html = put("manager", "viewer")
    assert status == 422
    assert "needs at least one manager" in html
    row, adding = html.split("<h2>Add a member</h2>")
    assert "Not changed. A project needs at least one manager." in row
    assert "field-error" not in adding
    assert put("stranger", "owner")[0] == 422
    assert put("stranger", "manager")[0] == 302
    assert put("manager", "viewer")[0] == 302
    assert put("stranger", "viewer")[0] == 403


@pytest.fixture
def no_misses() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.lengthy
def test_names_cannot_be_tried_out(world: World, cast: Cast, no_misses: None) -> None:
    """Someone who has an account opens a project of their own to learn who else has one."""

    def put(username: str, role: str = "viewer") -> str:
        answer = cast.stranger.post("/p/mine/members/", {"username": username, "role": role})
        return answer.content.decode() if answer.status_code == 422 else ""

    cast.stranger.post("/p/new/", {"name": "Mine"})
    assert put("reviewer") == ""
    person("asleep")
    User.objects.filter(username="asleep").update(is_active=False)
    for username in ("asleep", *(f"name-{n}" for n in range(MOST - 1))):
        assert "Nobody signs in under this name." in put(username)
    for username in ("annotator", "name-0", "asleep"):
        assert "Too many names that nobody has." in put(username)
    assert not Membership.objects.filter(project__slug="mine", user__username="annotator").exists()
    sent = {"username": "reviewer", "role": "annotator"} | as_shown("reviewer", "mine")
    assert cast.stranger.post("/p/mine/members/", sent).status_code == 302, "who is in already is no guess"
    assert (
        "Nobody signs in under this name."
        in cast.manager.post("/p/here/members/", {"username": "name-0", "role": "viewer"}).content.decode()
    )


def link_in(client: Client) -> str:
    """The address of the invitation that was just made, as the page shows it."""
    html = client.get("/p/here/members/").content.decode()
    found = re.search(r'<code id="link">http://testserver(/invitations/[\w-]{43}/)</code>', html)
    return found[1] if found else ""


def test_members_see_each_other_and_managers_the_invitations(world: World, cast: Cast) -> None:
    seen = cast.viewer.get("/p/here/members/").content.decode()
    assert all(name in seen for name in ("Manager", "Reviewer", "Annotator"))
    assert "Invite by a link" not in seen and world.here.invitation.token_prefix not in seen
    managed = cast.manager.get("/p/here/members/").content.decode()
    assert world.here.invitation.token_prefix in managed and "1 of 3: " in managed


def test_the_page_takes_the_same_number_of_queries_however_many_there_are(
    world: World, cast: Cast, queries
) -> None:
    few = queries(cast.manager, "/p/here/members/")
    for number in range(3):
        invite(by=world.manager, project=world.here.project, role="viewer")
        set_member(by=world.manager, project=world.here.project, user=person(f"m{number}"), role="viewer")
    assert queries(cast.manager, "/p/here/members/") == few <= 8


@pytest.mark.lengthy
def test_a_removed_member_is_out_at_once_and_what_they_wrote_stays(world: World, cast: Cast) -> None:
    assert cast.reviewer.get("/p/here/").status_code == 200
    before = Claim.objects.count()
    answer = cast.manager.post(
        "/p/here/members/remove/", {"username": "reviewer"} | as_shown("reviewer"), follow=True
    )
    assert "Reviewer is no longer a member. What they wrote stays" in answer.content.decode()
    assert cast.reviewer.get("/p/here/").status_code == 404
    assert Claim.objects.count() == before
    assert "Reviewer" in cast.manager.get(f"/c/{world.here.claim.uuid}/").content.decode()
    gone = Change.objects.get(table="sources_membership", operation="DELETE")
    assert (gone.user_id, gone.before["user_id"]) == (world.manager.pk, world.reviewer.pk)


def test_members_leave_themselves_but_remove_nobody(world: World, cast: Cast) -> None:
    refused = cast.reviewer.post("/p/here/members/remove/", {"username": "viewer"})
    assert (refused.status_code, role_of(world, "viewer")) == (403, "viewer")
    assert cast.viewer.post("/p/here/members/remove/", {"username": "viewer"})["Location"] == "/"
    assert cast.viewer.get("/p/here/").status_code == 404
    last = cast.manager.post("/p/here/members/remove/", {"username": "manager"}, follow=True)
    assert "You did not leave. A project needs at least one manager." in last.content.decode()
    assert role_of(world, "manager") == "manager"
    nobody = cast.manager.post("/p/here/members/remove/", {"username": "who"}, follow=True)
    assert "Nobody was removed" in nobody.content.decode()


def test_an_invitation_is_made_shown_once_and_accepted(world: World, cast: Cast) -> None:
    made = cast.manager.post("/p/here/members/invite/", ASKED)
    assert made["Location"] == "/p/here/members/#made"
    link = link_in(cast.manager)
    assert link and not link_in(cast.manager)
    asked = unescape(cast.stranger.get(link).content.decode())
    assert "Manager</bdi> invites you to this project as <b>annotator</b>" in asked
    assert role_of(world, "stranger") is None
    answer = cast.stranger.post(link)
    assert (answer["Location"], role_of(world, "stranger")) == ("/p/here/", "annotator")
    late = browser_of(person("late"))
    assert late.post(link).status_code == 404
    assert cast.stranger.get(link)["Location"] == "/p/here/", "who came in by it is led there again"
    assert (
        "You came in by this link before: you are annotator here."
        in cast.stranger.get("/p/here/").content.decode()
    )
    Membership.objects.filter(project=world.here.project, user=world.stranger).delete()
    assert cast.stranger.get(link).status_code == cast.stranger.post(link).status_code == 404


def test_who_is_not_signed_in_is_led_there_and_back(world: World, cast: Cast) -> None:
    cast.manager.post("/p/here/members/invite/", ASKED)
    link = link_in(cast.manager)
    token = link.split("/")[2]
    html = cast.nobody.get(link).content.decode()
    assert 'href="/sign-in/?next=/invitations/"' in html and "Here" in html
    assert invitation_told_by(cast.nobody.session[SESSION_KEY]).project == world.here.project
    assert cast.nobody.post(link)["Location"] == "/sign-in/?next=/invitations/"
    cast.nobody.force_login(world.stranger)
    assert "Manager</bdi> invites you" in cast.nobody.get("/invitations/").content.decode()
    assert cast.nobody.post("/invitations/")["Location"] == "/p/here/"
    assert SESSION_KEY not in cast.nobody.session
    assert invitation_of(token) is None


def test_what_sessions_hold_opens_no_invitation(world: World, cast: Cast) -> None:
    """Whoever reads the table of sessions, a backup of it or a log gets no link by it."""
    token = invite(by=world.manager, project=world.here.project, role="manager").token
    cast.nobody.get(f"/invitations/{token}/")
    cast.nobody.post(f"/invitations/{token}/")
    cast.nobody.get("/sign-in/?next=/invitations/")
    kept = dict(cast.nobody.session.items())
    assert kept[SESSION_KEY] and token not in json.dumps(kept)
    for told in map(str, kept.values()):
        assert cast.stranger.get(f"/invitations/{told}/").status_code == 404
        assert cast.stranger.post(f"/invitations/{told}/").status_code == 404
    assert cast.stranger.post("/invitations/").status_code == 404, "another's session came with none"


@pytest.mark.lengthy
def test_all_that_open_nothing_get_the_same_page(world: World, cast: Cast) -> None:
    project = world.here.project
    revoked, used, orphaned = (invite(by=world.manager, project=project, role="viewer") for _ in range(3))
    revoke_invitation(by=world.manager, invitation=revoked.invitation)
    browser_of(person("first")).post(f"/invitations/{used.token}/")
    set_member(by=world.manager, project=project, user=world.reviewer, role="manager")
    cast.reviewer.post("/p/here/members/", {"username": "manager", "role": "viewer"} | as_shown("manager"))
    tokens = [
        revoked.token,
        used.token,
        orphaned.token,
        "never-was",
        "x" * 300,
        orphaned.invitation.token_sha256,
    ]
    for ask in (cast.stranger.get, cast.stranger.post, cast.nobody.get, cast.nobody.post):
        answers = [ask(f"/invitations/{token}/") for token in tokens]
        assert {one.status_code for one in answers} == {404}
        pages = {re.sub(r"[A-Za-z0-9]{64}", "", one.content.decode()) for one in answers}
        assert len(pages) == 1 and "Here" not in pages.pop()


def test_a_role_that_is_held_already_is_left_alone(world: World, cast: Cast) -> None:
    made = invite(by=world.manager, project=world.here.project, role="viewer")
    html = cast.reviewer.get(f"/invitations/{made.token}/").content.decode()
    assert "You are in it already, as reviewer" in html and ">Accept<" not in html
    cast.reviewer.post(f"/invitations/{made.token}/")
    assert role_of(world, "reviewer") == "reviewer"
    assert invitation_of(made.token) is not None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "owner"}, "valid choice"),
        ({"uses_most": "0"}, "It must be 1 or more."),
        ({"uses_most": "1000"}, "It must be 100 or less."),
        ({"days": "100"}, "It must be 90 or less."),
        ({"days": "soon"}, "whole number"),
        ({"email": "nobody"}, "valid email"),
        ({"email": "a@b.example", "uses_most": "2"}, "for one person"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "valid email"),
    ],
)
def test_what_cannot_be_an_invitation_says_why(
    world: World, cast: Cast, fields: dict[str, str], said: str
) -> None:
    before = Invitation.objects.count()
    answer = cast.manager.post("/p/here/members/invite/", ASKED | fields)
    assert (answer.status_code, Invitation.objects.count()) == (422, before)
    assert said in answer.content.decode()


def test_a_manager_revokes_only_their_projects(world: World, cast: Cast) -> None:
    made = invite(by=world.manager, project=world.here.project, role="viewer")
    address = f"members/invitations/{made.invitation.uuid}/revoke/"
    assert cast.manager.post(f"/p/there/{address}").status_code == 404
    assert invitation_of(made.token) is not None
    assert cast.reviewer.post(f"/p/here/{address}").status_code == 403
    assert cast.manager.post(f"/p/here/{address}").status_code == 302
    assert invitation_of(made.token) is None


def test_where_mail_is_sent_the_link_is_mailed_by_a_job_once(world: World, cast: Cast, settings) -> None:
    settings.SENDS_MAIL = True
    cast.manager.post("/p/here/members/invite/", ASKED | {"email": "ines@courier.example"})
    job = ProcrastinateJob.objects.get(task_name="invitations.mail")
    shown = link_in(cast.manager)
    for _ in range(2):
        send_invitation(**job.args)
    (sent,) = mail.outbox
    assert sent.to == ["ines@courier.example"] and "Here" in sent.body
    mailed = re.search(r"http://testserver(/invitations/[\w-]{43}/)", sent.body)[1]
    assert mailed != shown
    assert mailed.split("/")[2] not in str(job.args) + str(
        list(Change.objects.values_list("after", flat=True))
    )
    assert cast.stranger.post(mailed)["Location"] == "/p/here/"
    assert browser_of(person("second")).post(shown).status_code == 404, "one invitation, used up"


def test_what_was_revoked_before_its_mail_is_not_sent(world: World, cast: Cast, settings) -> None:
    settings.SENDS_MAIL = True
    cast.manager.post("/p/here/members/invite/", ASKED | {"email": "ines@courier.example"})
    job = ProcrastinateJob.objects.get(task_name="invitations.mail")
    revoke_invitation(by=world.manager, invitation=Invitation.objects.latest("pk"))
    send_invitation(**job.args)
    assert mail.outbox == []


def test_where_no_mail_is_sent_the_page_says_to_pass_the_link_on(world: World, cast: Cast) -> None:
    cast.manager.post("/p/here/members/invite/", ASKED | {"email": "ines@courier.example"})
    assert not ProcrastinateJob.objects.filter(task_name="invitations.mail").exists()
    html = cast.manager.get("/p/here/members/").content.decode()
    assert "This server sends no mail: pass it on to ines@courier.example yourself." in html
