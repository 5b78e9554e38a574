"""Coming in by a password, and what a stranger learns by trying."""

import re
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from annotator.public_address import public_address
from sources.models import User
from tests.factories import person

from .conftest import PASSWORD, sign_in


def test_a_password_signs_in_under_a_new_session_key(browser: Client) -> None:
    browser.session["before"] = 1
    first = browser.session.session_key
    answer = sign_in(browser)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.session.session_key != first
    assert browser.get("/account/").status_code == 200


def test_an_address_of_hers_does_as_well_as_her_sign_in_name(browser: Client) -> None:
    assert sign_in(browser, "ADA@velm.example")["Location"] == "/"


@pytest.mark.parametrize(
    "target", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example"]
)
def test_nobody_is_sent_elsewhere(browser: Client, target: str) -> None:
    assert sign_in(browser, next=target)["Location"] == "/"


def test_one_comes_back_to_where_one_wanted_to_go(browser: Client) -> None:
    assert sign_in(browser, next="/account/sessions/")["Location"] == "/account/sessions/"


def shown(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"|[A-Za-z0-9]{64}', "", answer.content.decode())


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(browser: Client) -> None:
    wrong, unknown = sign_in(browser, password="wrong"), sign_in(browser, "nobody", "wrong")
    assert shown(wrong) == shown(unknown)
    assert "with this password" in shown(wrong)
    by_address = [sign_in(browser, name, "wrong") for name in ("ada@velm.example", "no@velm.example")]
    assert shown(by_address[0]) == shown(by_address[1])


def test_an_unknown_name_costs_the_work_of_a_wrong_password(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long an answer takes tells nobody which names there are: each makes as many hashes."""
    made = [0]

    def counting(act: Any) -> Any:
        def counted(*args: Any, **kwargs: Any) -> Any:
            made[0] += 1
            return act(*args, **kwargs)

        return counted

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counting(getattr(Argon2PasswordHasher, name)))
    work = []
    for login in ("ada", "nobody", "ada@velm.example", "no@velm.example"):
        made[0] = 0
        sign_in(browser, login, "wrong")
        work.append(made[0])
    assert work == [work[0]] * 4 and work[0] >= 1


def test_who_was_switched_off_is_told_only_with_the_right_password(ada: User, browser: Client) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert "with this password" in shown(sign_in(browser, password="wrong"))
    assert sign_in(browser)["Location"] == "/sign-in/off/"
    assert browser.get("/account/").status_code == 302


def test_who_was_made_inactive_is_out_with_the_next_request(ada: User, browser: Client) -> None:
    sign_in(browser)
    assert browser.get("/account/").status_code == 200
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert browser.get("/account/")["Location"].startswith("/sign-in/")
    assert browser.get("/api/v1/tokens/").status_code in {401, 403, 404}


def test_no_account_opens_without_a_password_of_its_own(db: None) -> None:
    person("linked")
    for password in ("", " ", "linked", "password", "!"):
        answer = sign_in(Client(), "linked", password)
        assert answer.status_code == 200


@pytest.mark.lengthy
def test_trying_passwords_ends_after_five_and_the_right_one_does_not_help(browser: Client) -> None:
    for _ in range(5):
        assert "with this password" in shown(sign_in(browser, password="wrong"))
    assert "Too many wrong" in shown(sign_in(browser))
    other = Client(REMOTE_ADDR="198.51.100.9")
    assert "Too many wrong" in shown(sign_in(other)), "counted by the account, not by the visitor"


@pytest.fixture
def two_wrong_ones(settings) -> None:
    """Wrong passwords of one account that are listened to; five in earnest, which take long to make."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}


def test_a_name_and_each_address_of_an_account_are_counted_together(
    two_wrong_ones: None, ada: User, browser: Client
) -> None:
    EmailAddress.objects.create(user=ada, email="quist@velm.example", primary=False, verified=True)
    ways = ("Ada", "ada@velm.example")
    assert all("with this password" in shown(sign_in(browser, way, "wrong")) for way in ways)
    for way in (*ways, "ada", "ADA@velm.example", "Quist@velm.example"):
        assert "Too many wrong" in shown(sign_in(browser, way)), way
    assert "with this password" in shown(sign_in(browser, "bea", "wrong"))


def test_names_that_nobody_has_are_counted_as_well(two_wrong_ones: None, browser: Client) -> None:
    assert all("with this password" in shown(sign_in(browser, way, "wrong")) for way in ("nobody", "NOBODY"))
    assert "Too many wrong" in shown(sign_in(browser, "Nobody", "wrong"))


def test_a_port_that_is_written_into_the_host_begins_no_new_count(
    two_wrong_ones: None, browser: Client
) -> None:
    login = {"login": "ada", "password": "wrong"}
    said = [browser.post("/sign-in/", login, HTTP_HOST=f"testserver:{port}") for port in (1, 2, 3)]
    assert ["Too many wrong" in shown(one) for one in said] == [False, False, True]


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("http://testserver", "testserver", 200),
        ("http://testserver", "testserver:80", 200),
        ("http://testserver", "testserver:81", 400),
        ("http://testserver", "testserver:443", 400),
        ("http://testserver:8080", "testserver:8080", 200),
        ("http://testserver:8080", "testserver", 200),
        ("http://testserver:8080", "testserver:80", 400),
        ("https://testserver", "testserver:443", 200),
        ("", "testserver:81", 200),
    ],
)
def test_a_host_has_the_port_of_the_public_address(
    browser: Client, settings, address: str, host: str, status: int
) -> None:
    settings.PUBLIC_ADDRESS = public_address(address)
    assert browser.get("/password/", HTTP_HOST=host).status_code == status
    assert browser.post("/password/", {"email": "no@velm.example"}, HTTP_HOST=host).status_code in {
        status,
        302 if status == 200 else status,
    }


@pytest.fixture
def four_a_minute(settings) -> None:
    """Tries from one address: thirty in earnest, which take long to make."""
    assert "login" not in getattr(settings, "ACCOUNT_RATE_LIMITS", {})
    assert app_settings.RATE_LIMITS["login"] == "30/m/ip"
    settings.ACCOUNT_RATE_LIMITS = {"login": "4/m/ip"}


@pytest.mark.lengthy
def test_trying_many_names_ends_too_and_says_so(four_a_minute: None, browser: Client) -> None:
    answers = [sign_in(browser, f"name{n}", "wrong").status_code for n in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    again = sign_in(browser)
    assert again.status_code == 429
    assert "Too often" in again.content.decode()
    assert "_auth_user_id" not in browser.session


@pytest.mark.lengthy
def test_whose_address_counts_is_not_what_the_visitor_claims(
    four_a_minute: None, browser: Client, settings: Any
) -> None:
    def five_from_everywhere() -> int:
        cache.clear()
        for n in range(5):
            browser.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{n}"
            last = sign_in(browser, f"name{n}", "wrong")
        return last.status_code

    assert five_from_everywhere() == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert five_from_everywhere() == 200, "behind a proxy of ours each visitor is counted alone"


@pytest.mark.lengthy
def test_a_password_is_changed_with_the_old_one_and_ends_other_sessions(ada: User, browser: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(browser)
    new = "another crack in another bridge"
    said = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert browser.post("/account/password/", said).status_code == 200
    answer = browser.post("/account/password/", {**said, "oldpassword": PASSWORD})
    assert answer["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(new)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "ada@velm.example"])
def test_a_weak_password_is_refused(browser: Client, weak: str) -> None:
    sign_in(browser)
    said = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert browser.post("/account/password/", said).status_code == 200
    assert sign_in(Client())["Location"] == "/"


def test_who_came_by_a_link_sets_a_password(db: None) -> None:
    from sesame.utils import get_query_string

    linked, browser = person("linked"), Client()
    browser.get("/sign-in/link/" + get_query_string(linked))
    assert "You sign in by the link that script/server prints" in browser.get("/account/").content.decode()
    assert browser.get("/account/password/")["Location"] == "/account/password/first/"
    said = {"password1": PASSWORD, "password2": PASSWORD}
    assert browser.post("/account/password/first/", said)["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200
    assert sign_in(Client(), "linked")["Location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in/", "/password/", "/account/"])
def test_a_forged_host_is_refused(browser: Client, path: str) -> None:
    assert browser.get(path, HTTP_HOST="elsewhere.example").status_code == 400
    assert browser.post(path, HTTP_HOST="elsewhere.example").status_code == 400


def test_the_rights_of_an_account_cannot_be_posted(ada: User, browser: Client) -> None:
    other = person("other")
    sign_in(browser)
    forged = {"is_superuser": "on", "is_staff": "on", "id": other.pk, "role": "manager", "username": "root"}
    assert browser.post("/account/", {"name": "Ada Q.", **forged})["Location"] == "/account/"
    ada.refresh_from_db()
    other.refresh_from_db()
    assert (ada.name, ada.username, ada.is_superuser, ada.is_staff) == ("Ada Q.", "ada", False, False)
    assert other.name == "Other"
