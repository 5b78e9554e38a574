"""Codes from an app: sealed in the database, asked for after the password and after the link."""

import hmac
import struct
import time
from base64 import b32decode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from annotator.web.accounts.sealing import OtherKey, seal, unseal
from sources.models import User

from .conftest import PASSWORD, sign_in


def code_of(secret: str) -> str:
    """RFC 6238's, of this half minute."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def secret(ada: User, browser: Client) -> str:
    """Of the app that ada has set up; her browser is signed in."""
    sign_in(browser)
    browser.post("/account/again/", {"password": PASSWORD})
    told = browser.get("/account/app/").context["form"].secret
    assert browser.post("/account/app/", {"code": code_of(told)})["Location"] == "/account/codes/"
    return told


def recovery_codes(browser: Client) -> list[str]:
    return browser.get("/account/codes/file/").content.decode().split()


def test_the_secret_is_nowhere_in_the_database_as_it_is(secret: str) -> None:
    stored = {one.type: one.data for one in Authenticator.objects.all()}
    assert secret not in str(stored)
    assert unseal(stored["totp"]["secret"]) == secret
    assert set(stored) == {"totp", "recovery_codes"}
    assert len(unseal(stored["recovery_codes"]["seed"])) > 20


def test_what_is_sealed_opens_with_its_own_key_alone_unchanged(settings) -> None:
    sealed = seal("JBSWY3DP")
    assert seal("JBSWY3DP") != sealed
    changed = sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:]
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    with pytest.raises(OtherKey):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "JBSWY3DP"
    for bad in (changed, "", "JBSWY3DP"):
        with pytest.raises(OtherKey):
            unseal(bad)


def test_the_password_alone_opens_nothing_any_more(secret: str) -> None:
    browser = Client()
    assert sign_in(browser)["Location"].startswith("/sign-in/code/")
    assert "_auth_user_id" not in browser.session
    assert browser.get("/account/")["Location"].startswith("/sign-in/")
    assert browser.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in browser.session
    assert browser.post("/sign-in/code/", {"code": code_of(secret)})["Location"] == "/"
    assert browser.get("/account/").status_code == 200
    again = Client()
    sign_in(again)
    assert again.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 200, "a code works once"


def test_the_link_alone_opens_nothing_either(secret: str, ada: User) -> None:
    from sesame.utils import get_query_string

    ada.refresh_from_db()
    browser = Client()
    answer = browser.get("/sign-in/link/" + get_query_string(ada) + "&next=/account/")
    assert answer["Location"].startswith("/sign-in/code/")
    assert "_auth_user_id" not in browser.session
    assert browser.post("/sign-in/code/", {"code": code_of(secret)})["Location"] == "/account/"


def test_a_recovery_code_works_once(secret: str, browser: Client) -> None:
    code = recovery_codes(browser)[0]
    for worked in (True, False):
        other = Client()
        sign_in(other)
        other.post("/sign-in/code/", {"code": code})
        assert ("_auth_user_id" in other.session) is worked
    assert len(recovery_codes(browser)) == 9


@pytest.mark.lengthy
def test_trying_codes_ends(secret: str) -> None:
    browser = Client()
    sign_in(browser)
    for _ in range(12):
        browser.post("/sign-in/code/", {"code": "000000"})
    answer = browser.post("/sign-in/code/", {"code": code_of(secret)})
    assert answer.status_code in {200, 429}
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "path", ["/account/app/", "/account/passkeys/add/", "/account/codes/new/", "/account/email/"]
)
def test_what_changes_the_way_in_asks_once_more(browser: Client, path: str) -> None:
    sign_in(browser)
    answer = browser.post(path, {"code": "000000", "email": "ada@velm.example", "action_remove": ""})
    assert answer["Location"].startswith("/account/again/?next=%2Faccount%2F"), path
    assert browser.post("/account/again/", {"password": "wrong"}).status_code == 200
    assert browser.get("/account/app/")["Location"].startswith("/account/again/")


@pytest.mark.lengthy
def test_turning_it_off_asks_once_more_and_then_the_password_does(secret: str, browser: Client) -> None:
    other = Client()
    sign_in(other)
    other.post("/sign-in/code/", {"code": recovery_codes(browser)[0]})
    assert other.post("/account/app/off/")["Location"].startswith("/account/again/")
    assert Authenticator.objects.filter(type="totp").exists()
    assert browser.post("/account/app/off/")["Location"] == "/account/"
    assert not Authenticator.objects.exists()
    assert sign_in(Client())["Location"] == "/"


def test_under_another_key_a_code_is_refused_and_the_page_says_who_can_help(secret: str, settings) -> None:
    browser = Client()
    sign_in(browser)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", []
    browser = Client()
    sign_in(browser)
    for code in (code_of(secret), "", "000000"):
        answer = browser.post("/sign-in/code/", {"code": code})
        assert answer.status_code == (409 if code else 200)
        assert "_auth_user_id" not in browser.session
    assert "--without-second-factors" in browser.post("/sign-in/code/", {"code": "1"}).content.decode()


@pytest.mark.parametrize("credential", ["", "{}", "[]", "1", '"x"', '{"id": {}, "response": []}', "x" * 9000])
def test_a_passkey_that_is_none_signs_nobody_in(browser: Client, credential: str) -> None:
    browser.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    answer = browser.post("/sign-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert "_auth_user_id" not in browser.session


def test_nobody_touches_anothers_passkey(ada: User, browser: Client) -> None:
    other = User.objects.create_user("other", password=PASSWORD)
    theirs = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    sign_in(browser)
    browser.post("/account/again/", {"password": PASSWORD})
    for act in ("", "remove/"):
        for ask in (browser.get, browser.post):
            assert ask(f"/account/passkeys/{theirs.pk}/{act}", {"name": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Theirs"
