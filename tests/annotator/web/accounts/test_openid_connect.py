"""Sign-in by another provider: a real one, over HTTP, on this machine."""

import http.client
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from annotator.account_environment import openid_connect
from sources.models import User

from .conftest import PASSWORD, sign_in
from .provider import CLIENT, SECRET, Provider, listening

GRACE = {"sub": "g-1", "email": "grace@velm.example", "email_verified": True, "name": "Grace Velm"}


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with listening(Provider(person=GRACE)) as one:
        said = {
            "SOURCELINE_OIDC_URL": one.address,
            "SOURCELINE_OIDC_ID": CLIENT,
            "SOURCELINE_OIDC_SECRET": SECRET,
            "SOURCELINE_OIDC_NAME": "Velm University",
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_connect(said)}}
        yield one


def there_and_back(browser: Client, process: str = "login"):
    """What the browser is answered when it comes back from the provider."""
    leaving = browser.post(f"/sign-in/by/oidc/?process={process}")
    assert leaving.status_code == 200, "a page, since no form may be redirected to another site"
    target = unescape(re.search(r'content="0; url=([^"]+)"', leaving.content.decode())[1])
    parts = urlsplit(target)
    asked = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    asked.request("GET", f"{parts.path}?{parts.query}")
    back = asked.getresponse().headers["Location"]
    asked.close()
    assert back.startswith("http://testserver/sign-in/by/oidc/back/?")
    return browser.get(back.removeprefix("http://testserver"))


def test_the_door_offers_it_and_asks_before_it_leads_there(provider: Provider, ada: User) -> None:
    browser = Client()
    assert "Sign in with Velm University" in browser.get("/sign-in/").content.decode()
    asked = browser.get("/sign-in/by/oidc/")
    assert (asked.status_code, b"refresh" in asked.content) == (200, False)


def test_without_one_nothing_is_offered_and_nothing_is_there(browser: Client) -> None:
    assert "/sign-in/by/" not in browser.get("/sign-in/").content.decode()
    for path in ("/sign-in/by/oidc/", "/sign-in/by/oidc/back/"):
        assert browser.get(path).status_code == 404


def test_a_stranger_gets_no_account_where_none_are_made(provider: Provider, browser: Client) -> None:
    answer = there_and_back(browser)
    assert "Accounts are not made here by oneself" in answer.content.decode()
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.lengthy
def test_who_may_sign_up_gets_an_account_without_a_password(provider: Provider, ada: User, settings) -> None:
    settings.SIGN_UP = True
    browser = Client()
    assert there_and_back(browser)["Location"] == "/"
    grace = User.objects.exclude(pk=ada.pk).get()
    assert (grace.name, grace.email, grace.has_usable_password()) == ("Grace Velm", GRACE["email"], False)
    assert (grace.is_staff, grace.is_superuser) == (False, False)
    assert browser.session["_auth_user_id"] == str(grace.pk)
    assert there_and_back(Client())["Location"] == "/", "and the same account the next time"
    assert User.objects.count() == 2


def test_an_address_alone_opens_nobodys_account(provider: Provider, ada: User, settings) -> None:
    settings.SIGN_UP = True
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    provider.person = GRACE | {"email": ada.email}
    browser = Client()
    there_and_back(browser)
    assert "_auth_user_id" not in browser.session
    assert not SocialAccount.objects.exists()


@pytest.mark.lengthy
def test_who_connects_it_signs_in_by_it(provider: Provider, ada: User, browser: Client) -> None:
    sign_in(browser)
    browser.post("/account/again/", {"password": PASSWORD})
    assert there_and_back(browser, "connect")["Location"] == "/account/others/"
    assert "Velm University" in browser.get("/account/others/").content.decode()
    assert SocialAccount.objects.get().user == ada
    other = Client()
    first = other.session.session_key
    assert there_and_back(other)["Location"] == "/"
    assert other.session["_auth_user_id"] == str(ada.pk)
    assert other.session.session_key != first
    gone = browser.post("/account/others/", {"account": SocialAccount.objects.get().pk})
    assert gone["Location"] == "/account/others/"
    assert not SocialAccount.objects.exists()


def test_connecting_asks_once_more_who_one_is(provider: Provider, browser: Client) -> None:
    sign_in(browser)
    assert "/account/again/" in there_and_back(browser, "connect")["Location"]
    assert not SocialAccount.objects.exists()


def test_whoever_was_switched_off_stays_out(provider: Provider, ada: User) -> None:
    SocialAccount.objects.create(user=ada, provider="oidc", uid="g-1")
    User.objects.filter(pk=ada.pk).update(is_active=False)
    browser = Client()
    assert there_and_back(browser)["Location"] == "/sign-in/off/"
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("lies", [{"aud": "somebody-else"}, {"iss": "https://elsewhere.example"}, {"exp": 1}])
def test_a_token_not_meant_for_us_is_refused(provider: Provider, ada: User, lies: dict[str, object]) -> None:
    SocialAccount.objects.create(user=ada, provider="oidc", uid="g-1")
    provider.lies = lies
    browser = Client()
    answer = there_and_back(browser)
    assert "did not work" in answer.content.decode()
    assert "_auth_user_id" not in browser.session


def test_who_refuses_there_is_not_signed_in(provider: Provider, browser: Client) -> None:
    provider.person = None
    assert there_and_back(browser)["Location"].startswith("/sign-in/by/cancelled")


def test_an_answer_that_nobody_asked_for_is_refused(provider: Provider, ada: User, browser: Client) -> None:
    SocialAccount.objects.create(user=ada, provider="oidc", uid="g-1")
    answer = browser.get("/sign-in/by/oidc/back/?code=stolen&state=invented")
    assert answer.status_code in {200, 401}
    assert "_auth_user_id" not in browser.session


def test_no_row_of_the_database_adds_a_provider(ada: User) -> None:
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        from allauth.socialaccount.models import SocialApp

        SocialApp.objects.create(provider="openid_connect", provider_id="mine", client_id="x", name="x")
