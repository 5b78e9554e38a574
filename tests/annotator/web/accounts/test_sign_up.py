"""Making an account: only where it is switched on, or by an invitation."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from sources.actions import create_project, edit_project
from sources.actions.invitations import SESSION_KEY, digest, invitation_of, invite, revoke_invitation
from sources.models import Membership, User

from .conftest import PASSWORD, sign_in

BEA = {"username": "bea", "name": "Bea Aal", "password1": PASSWORD}


@pytest.fixture
def open_to_all(settings) -> None:
    settings.SIGN_UP = True


@pytest.fixture
def mailing(settings) -> None:
    """A server that sends mail, with what follows from it."""
    settings.SENDS_MAIL = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def test_nobody_makes_an_account_where_it_is_not_switched_on(browser: Client) -> None:
    assert "/sign-up/" not in browser.get("/sign-in/").content.decode()
    for answer in (browser.get("/sign-up/"), browser.post("/sign-up/", BEA)):
        assert "Accounts are not made here by oneself" in answer.content.decode()
    assert User.objects.count() == 1


def test_who_may_makes_an_account_and_is_in(open_to_all: None, browser: Client) -> None:
    assert "/sign-up/" in browser.get("/sign-in/").content.decode()
    assert 'name="email"' not in browser.get("/sign-up/").content.decode(), "it could not be proved"
    forged = {"is_superuser": "on", "is_staff": "on", "id": "1", "role": "manager", "email": "x@velm.example"}
    assert browser.post("/sign-up/", {**BEA, **forged})["Location"] == "/"
    bea = User.objects.get(username="bea")
    assert (bea.name, bea.email, bea.is_staff, bea.is_superuser) == ("Bea Aal", "", False, False)
    assert browser.session["_auth_user_id"] == str(bea.pk)
    assert not Membership.objects.filter(user=bea).exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"username": "ada"}, "signs in under this name already"),
        ({"username": "ADA"}, "signs in under this name already"),
        ({"username": "ada@velm.example"}, "holds no @"),
        ({"username": "a b"}, "holds letters, digits and . + - _ alone"),
        ({"password1": "short"}, "too short"),
        ({"password1": "1234567890"}, "entirely numeric"),
        ({"name": "a\u202eb"}, "id_name_error"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    open_to_all: None, browser: Client, said: dict[str, str], why: str
) -> None:
    html = browser.post("/sign-up/", {**BEA, **said}).content.decode()
    assert "What you typed is kept, passwords excepted." in html
    assert why in html
    assert User.objects.count() == 1


def test_an_open_invitation_opens_it_and_nothing_but_that(ada: User) -> None:
    project = create_project(by=ada, name="Bridge", slug="bridge")
    made = invite(by=ada, project=project, role="annotator", uses_most=2)
    guest = Client()
    session = guest.session
    session[SESSION_KEY] = digest(made.token)
    session.save()
    assert "/sign-up/" in guest.get("/sign-in/").content.decode()
    assert guest.post("/sign-up/", BEA)["Location"] == "/invitations/"
    assert User.objects.filter(username="bea").exists()
    assert not Membership.objects.filter(user__username="bea").exists(), "one accepts it oneself"
    known = Client()
    session = known.session
    session[SESSION_KEY] = digest(made.token)
    session.save()
    assert sign_in(known)["Location"] == "/invitations/"


def test_a_link_of_one_use_makes_one_account_and_keeps_its_place_for_it(ada: User) -> None:
    made = invite(by=ada, project=create_project(by=ada, name="Bridge", slug="bridge"), role="annotator")
    guests = [Client(), Client()]
    for guest in guests:
        assert guest.get(f"/invitations/{made.token}/").status_code == 200
    assert guests[0].post("/sign-up/", BEA)["Location"] == "/invitations/"
    assert "not made here" in guests[1].post("/sign-up/", {**BEA, "username": "cem"}).content.decode()
    assert guests[1].get(f"/invitations/{made.token}/").status_code == 404
    assert not User.objects.filter(username="cem").exists()
    assert guests[0].get(f"/invitations/{made.token}/").status_code == 200
    assert guests[0].post("/invitations/")["Location"] == "/p/bridge/"
    assert Membership.objects.get(user__username="bea").role == "annotator"


@pytest.mark.parametrize("end", ["revoked", "invented", "archived"])
def test_an_invitation_that_is_over_opens_nothing(ada: User, end: str) -> None:
    project = create_project(by=ada, name="Bridge", slug="bridge")
    made = invite(by=ada, project=project, role="annotator")
    if end == "revoked":
        revoke_invitation(by=ada, invitation=made.invitation)
    token = "invented" if end == "invented" else made.token
    if end == "archived":
        project.__class__.objects.filter(pk=project.pk).update(archived_at=made.invitation.made_at)
    assert invitation_of(token) is None
    guest = Client()
    session = guest.session
    session[SESSION_KEY] = digest(token)
    session.save()
    assert "not made here" in guest.post("/sign-up/", BEA).content.decode()
    assert not User.objects.filter(username="bea").exists()


def shown(answer) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def test_an_address_that_is_taken_is_answered_as_one_that_is_free(
    open_to_all: None, mailing: None, ada: User, mailoutbox: list
) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    free, taken = (
        Client().post("/sign-up/", {**BEA, "username": name, "email": address})
        for name, address in (("bea", "bea@velm.example"), ("cem", ada.email))
    )
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert [mail.to for mail in mailoutbox] == [["bea@velm.example"], [ada.email]]
    assert "An account has that address already, so none was made" in mailoutbox[1].body
    assert not User.objects.filter(username="cem").exists()


def test_who_signs_up_is_in_once_the_address_is_proved(
    open_to_all: None, mailing: None, ada: User, mailoutbox: list
) -> None:
    browser = Client()
    answer = browser.post("/sign-up/", {**BEA, "email": "bea@velm.example"})
    assert answer["Location"] == "/sign-up/sent/"
    assert sign_in(Client(), "bea")["Location"] == "/sign-up/sent/"
    assert "_auth_user_id" not in browser.session
    assert "the account “bea” with this address" in mailoutbox[0].body
    path = re.search(r"http://testserver(/account/email/\S+/)", mailoutbox[0].body)[1]
    assert "bea@velm.example" in browser.get(path).content.decode()
    browser.post(path)
    assert EmailAddress.objects.get(email="bea@velm.example").verified
    assert sign_in(Client(), "bea")["Location"] == "/"


def test_who_was_in_before_is_never_kept_out_by_an_address(mailing: None, ada: User) -> None:
    sign_in(Client())
    EmailAddress.objects.create(user=ada, email="mistyped@velm.example", primary=True, verified=False)
    ada.refresh_from_db()
    browser = Client()
    assert sign_in(browser)["Location"] in {"/", "/sign-up/sent/"}


def test_a_public_project_opens_no_account(ada: User, browser: Client) -> None:
    project = create_project(by=ada, name="Bridge", slug="bridge")
    edit_project(by=ada, project=project, name="Bridge", description="", is_public=True)
    assert "not made here" in browser.get("/sign-up/?next=/p/bridge/").content.decode()


def test_a_newcomer_with_an_invitation_is_led_to_an_account_and_told_into_what(ada: User) -> None:
    project = create_project(by=ada, name="Bridge", slug="bridge")
    made = invite(by=ada, project=project, role="annotator")
    guest = Client()
    html = guest.get(f"/invitations/{made.token}/").content.decode()
    primary = re.findall(r'<a class="button button-primary" href="([^"]*)">([^<]*)<', html)
    assert primary == [("/sign-up/?next=/invitations/", "Make an account")]
    assert "I have an account: sign in" in html
    assert "An annotator also adds articles" in html and "A project is a set of news articles" in html
    signing_up = guest.get("/sign-up/").content.decode()
    assert "An invitation to <bdi>Bridge</bdi>" in signing_up and "as annotator" in signing_up


def test_an_account_without_an_invitation_names_none(open_to_all: None, browser: Client) -> None:
    assert "An invitation to" not in browser.get("/sign-up/").content.decode()
