"""Passwords reset by mail, addresses, and where one is signed in."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from sources.actions import create_project, set_member
from sources.actions.tokens import make_token, token_known_by
from sources.models import Membership, Scope, User

from .conftest import PASSWORD, sign_in


@pytest.fixture(autouse=True)
def mailing(settings) -> None:
    settings.SENDS_MAIL = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


THEIRS = Path(allauth.__file__).parent / "templates"
BY_CODE = {"login_code", "password_reset_code"}
"""Mails of ways in that are not offered."""
NEW = "another crack in another bridge"


@pytest.mark.lengthy
def test_a_forgotten_password_is_set_anew_by_mail_and_once(ada: User, mailoutbox: list) -> None:
    elsewhere, browser = Client(), Client()
    sign_in(elsewhere)
    assert browser.post("/password/", {"email": "ada@velm.example"})["Location"] == "/password/sent/"
    (mail,) = mailoutbox
    assert mail.subject == "Sourceline: a new password"
    assert "a new password for the account “ada”. This link does it. It works once, for a day" in mail.body
    path = re.search(r"http://testserver(/password/\S+/)", mail.body)[1]
    form = browser.get(path)["Location"]
    assert path.rsplit("-", 1)[1] not in form, "no secret in the address of a page"
    assert "New password</label>" in browser.get(form).content.decode()
    assert browser.post(form, {"password1": NEW, "password2": NEW})["Location"] == "/password/set/"
    assert "_auth_user_id" not in browser.session, "it opens the door and does not go through it"
    assert elsewhere.get("/account/").status_code == 302
    told = mailoutbox[-1].body
    assert told.startswith("The password of your account “ada” was set anew")
    assert "From the address: 127" in told
    assert sign_in(Client(), password=NEW)["Location"] == "/"
    assert "no longer opens anything" in Client().get(path).content.decode()


@pytest.mark.parametrize("revoke", [True, False])
def test_a_password_that_is_set_by_mail_leaves_tokens_unless_one_says_otherwise(
    ada: User, mailoutbox: list, revoke: bool
) -> None:
    until = timezone.now() + timedelta(days=9)
    _, secret = make_token(by=ada, name="script", scope=Scope.READ, expires_at=until)
    browser = Client()
    browser.post("/password/", {"email": "ada@velm.example"})
    form = browser.get(re.search(r"http://testserver(/password/\S+/)", mailoutbox[0].body)[1])["Location"]
    asked = "1 token for programs goes on otherwise"
    assert asked in browser.get(form).content.decode()
    assert asked not in Client().get(form).content.decode(), "who has no link is told of none"
    refused = browser.post(form, {"password1": NEW, "password2": "other", "revoke": "on"})
    assert refused.status_code == 200 and token_known_by(secret)
    said = {"password1": NEW, "password2": NEW} | ({"revoke": "on"} if revoke else {})
    assert browser.post(form, said)["Location"] == "/password/set/"
    assert (token_known_by(secret) is None) is revoke


def test_every_mail_is_in_our_words() -> None:
    sent = {path.relative_to(THEIRS) for path in THEIRS.glob("*/email/*.txt")}
    sent = {one for one in sent if re.sub("_(message|subject)$", "", one.stem) not in BY_CODE}
    assert len(sent) > 30
    assert [str(one) for one in sent if not (settings.BASE_DIR / "templates" / one).exists()] == []


def test_known_and_unknown_addresses_are_answered_alike(ada: User, mailoutbox: list) -> None:
    known, unknown = (
        Client().post("/password/", {"email": email}) for email in ("ada@velm.example", "no@velm.example")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in mailoutbox] == [["ada@velm.example"], ["no@velm.example"]]


def test_a_link_is_never_made_of_a_forged_host(ada: User, mailoutbox: list) -> None:
    for header in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED"):
        Client().post("/password/", {"email": "ada@velm.example"}, **{header: "elsewhere.example"})
    assert all("elsewhere.example" not in mail.body for mail in mailoutbox)
    answer = Client().post("/password/", {"email": "ada@velm.example"}, HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400


def test_asking_again_and_again_ends(ada: User, mailoutbox: list) -> None:
    answers = [Client().post("/password/", {"email": "ada@velm.example"}).status_code for _ in range(7)]
    assert answers[-1] == 429
    assert len(mailoutbox) == 5


def test_a_mail_server_that_does_not_answer_is_told_of(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    answer = Client().post("/password/", {"email": "ada@velm.example"}, follow=True)
    assert answer.status_code == 200
    assert "could not be sent" in answer.content.decode()


def test_an_address_is_added_proved_and_taken_off(ada: User, browser: Client, mailoutbox: list) -> None:
    sign_in(browser)
    browser.post("/account/again/", {"password": PASSWORD})
    browser.post("/account/email/", {"email": "quist@velm.example", "action_add": ""})
    added = EmailAddress.objects.get(email="quist@velm.example")
    assert not added.verified
    path = re.search(r"http://testserver(/account/email/\S+/)", mailoutbox[-1].body)[1]
    browser.post(path)
    added.refresh_from_db()
    assert added.verified
    browser.post("/account/email/", {"email": "quist@velm.example", "action_primary": ""})
    ada.refresh_from_db()
    assert ada.email == "quist@velm.example"
    browser.post("/account/email/", {"email": "ada@velm.example", "action_remove": ""})
    assert [one.email for one in EmailAddress.objects.filter(user=ada)] == ["quist@velm.example"]


def test_nobody_takes_off_anothers_address(ada: User, browser: Client) -> None:
    other = User.objects.create_user("other")
    EmailAddress.objects.create(user=other, email="other@velm.example", primary=True, verified=False)
    sign_in(browser)
    browser.post("/account/again/", {"password": PASSWORD})
    for act in ("remove", "primary", "send"):
        browser.post("/account/email/", {"email": "other@velm.example", f"action_{act}": ""})
    assert EmailAddress.objects.get(email="other@velm.example").user == other


def test_where_no_mail_is_sent_the_pages_say_so(ada: User, browser: Client, settings) -> None:
    settings.SENDS_MAIL = False
    assert "This server sends no mail" in browser.get("/password/").content.decode()
    sign_in(browser)
    for path in ("/account/", "/account/email/"):
        assert "This server sends no mail" in browser.get(path).content.decode()


def test_one_sees_where_one_is_signed_in_and_ends_the_others(ada: User) -> None:
    here, there = (Client(REMOTE_ADDR=f"192.0.2.{n}", HTTP_USER_AGENT=f"Browser {n}") for n in (1, 2))
    other = Client()
    User.objects.create_user("other", password=PASSWORD)
    for browser, name in ((here, "ada"), (there, "ada"), (other, "other")):
        sign_in(browser, name)
    assert "In 2 browsers." in here.get("/account/").content.decode()
    html = here.get("/account/sessions/").content.decode()
    assert ("192.0.2.1" in html, "Browser 2" in html) == (True, True)
    assert here.post("/account/sessions/")["Location"] == "/account/sessions/"
    assert [one.get("/account/").status_code for one in (here, there, other)] == [200, 302, 200]
    assert UserSession.objects.filter(user=ada).count() == 1
    sign_in(there, "ada")
    there.post("/sign-out/")
    assert "browsers." not in here.get("/account/").content.decode(), "one that was left counts no more"


def test_a_removed_member_is_out_with_the_next_request(ada: User, browser: Client) -> None:
    manager = User.objects.create_user("manager")
    project = create_project(by=manager, name="Bridge", slug="bridge")
    set_member(by=manager, project=project, user=ada, role="viewer")
    sign_in(browser)
    assert browser.get("/p/bridge/").status_code == 200
    Membership.objects.filter(user=ada).delete()
    assert browser.get("/p/bridge/").status_code == 404


def test_the_account_page_takes_a_fixed_number_of_queries(
    ada: User, browser: Client, django_assert_num_queries
) -> None:
    sign_in(browser)
    browser.get("/account/")
    for count in (1, 3):
        while EmailAddress.objects.filter(user=ada).count() < count:
            email = f"ada{EmailAddress.objects.count()}@velm.example"
            EmailAddress.objects.create(user=ada, email=email, verified=True)
        with django_assert_num_queries(6):
            browser.get("/account/")
