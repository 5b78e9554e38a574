"""Every address of accounts, as nobody and as somebody meets it: none is left out."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from annotator.web.accounts.urls import urlpatterns
from tests.factories import person

DOORS = {
    "sign_in": 200,
    "account_login": 200,
    "sign_in_link": 403,
    "mfa_authenticate": 302,
    "mfa_login_webauthn": 302,
    "account_inactive": 200,
    "openid_connect_login": 404,
    "openid_connect_callback": 404,
    "socialaccount_login_cancelled": 200,
    "socialaccount_login_error": 401,
    "sign_out": 302,
    "account_logout": 302,
    "account_signup": 200,
    "socialaccount_signup": 302,
    "account_email_verification_sent": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
    "account_confirm_email": 200,
}
"""What nobody in particular is answered to GET."""
OWN = {
    "account": 200,
    "mfa_index": 200,
    "mfa_list_webauthn": 200,
    "account_reauthenticate": 403,
    "mfa_reauthenticate": 403,
    "mfa_reauthenticate_webauthn": 403,
    "account_change_password": 302,
    "account_set_password": 200,
    "account_email": 200,
    "mfa_activate_totp": 200,
    "mfa_deactivate_totp": 404,
    "mfa_add_webauthn": 200,
    "mfa_edit_webauthn": 404,
    "mfa_remove_webauthn": 404,
    "mfa_view_recovery_codes": 404,
    "mfa_generate_recovery_codes": 200,
    "mfa_download_recovery_codes": 404,
    "usersessions_list": 200,
    "socialaccount_connections": 200,
}
"""What somebody who came by a link is answered; nobody in particular is led to the door."""


def address(name: str) -> str:
    for arguments in ({}, {"pk": 1}, {"provider_id": "oidc"}, {"key": "x"}, {"uidb36": "1", "key": "x"}):
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def test_every_address_is_told_of_here() -> None:
    assert sorted(one.name for one in urlpatterns) == sorted([*DOORS, *OWN])


def test_what_nobody_in_particular_is_answered(db: None) -> None:
    assert {name: Client().get(address(name)).status_code for name in DOORS} == DOORS


@pytest.mark.parametrize("verb", ["get", "post", "put", "delete"])
def test_ones_own_pages_are_shown_to_nobody_else(db: None, verb: str) -> None:
    for name in OWN:
        answer = getattr(Client(), verb)(address(name))
        assert answer.status_code in ({302} if verb in {"get", "post"} else {302, 405}), name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/?next="), name


@pytest.mark.lengthy
def test_what_somebody_is_answered_who_came_by_a_link(db: None) -> None:
    browser = Client()
    browser.force_login(person("linked"))
    assert {name: browser.get(address(name)).status_code for name in OWN} == OWN


def test_pages_of_accounts_are_kept_by_no_cache(db: None) -> None:
    browser = Client()
    browser.force_login(person("linked"))
    for name in ("account", "mfa_activate_totp", "mfa_add_webauthn", "usersessions_list", "account_email"):
        said = browser.get(address(name)).get("Cache-Control", "")
        assert "no-store" in said or "private" in said, name
