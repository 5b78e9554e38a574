"""What the settings say of cookies, headers and passwords, in the environments of docs/deployment.md."""

import runpy
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client, override_settings
from django.utils.module_loading import import_string

from sources.models import User

from .web.accounts.conftest import PASSWORD, ada, sign_in

__all__ = ["ada"]
YEAR = 365 * 24 * 3600  # seconds
OF_BROWSERS = ("SESSION_COOKIE_", "CSRF_COOKIE_", "SECURE_", "X_FRAME_OPTIONS", "PASSWORD_HASHERS")

Served = Callable[..., dict[str, Any]]


@pytest.fixture
def settings_by(monkeypatch: pytest.MonkeyPatch) -> Served:
    """What the module of settings says where the environment holds that; of what browsers are told of."""

    def said(**environment: str) -> dict[str, Any]:
        for name in ("SOURCELINE_ADDRESS", "SOURCELINE_TLS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        found = runpy.run_path(str(installed.BASE_DIR / "annotator" / "settings.py"))
        return {name: value for name, value in found.items() if name.startswith(OF_BROWSERS)}

    return said


def signed_in(secure: bool) -> tuple[Any, dict[str, Any]]:
    """The answer to somebody who signs in, and the cookies that they have now."""
    browser = Client()
    browser.get("/sign-in/", secure=secure)
    answer = browser.post("/sign-in/", {"login": "ada", "password": PASSWORD}, secure=secure)
    assert answer["Location"] == "/"
    page = browser.get("/account/password/", secure=secure)
    assert page.status_code == 200
    assert browser.post("/account/", {"name": "Ada"}, secure=secure).status_code == 302
    cookies = dict(browser.cookies)
    assert "Your name is saved." in browser.get("/account/", secure=secure).content.decode()
    return page, cookies


@pytest.mark.lengthy
def test_cookies_behind_tls_are_of_this_host_alone(settings_by: Served, ada: User) -> None:
    with override_settings(**settings_by(SOURCELINE_ADDRESS="https://testserver")):
        _, cookies = signed_in(secure=True)
    assert set(cookies) == {"__Host-sourceline", "__Host-csrf", "__Host-messages"}
    for one in cookies.values():
        assert (one["secure"], one["httponly"], one["samesite"]) == (True, True, "Lax"), one
        assert (one["path"], one["domain"]) == ("/", ""), "as browsers ask of names with __Host-"


@pytest.mark.lengthy
def test_cookies_without_tls_are_kept_from_scripts_and_other_sites(settings_by: Served, ada: User) -> None:
    with override_settings(**settings_by()):
        page, cookies = signed_in(secure=False)
    assert set(cookies) == {"sourceline", "csrf", "messages"}
    for one in cookies.values():
        assert (one["secure"], one["httponly"], one["samesite"]) == ("", True, "Lax"), one
    assert "Strict-Transport-Security" not in page.headers


def test_browsers_are_told_to_come_by_tls_for_a_year(settings_by: Served, db: None) -> None:
    with override_settings(**settings_by(SOURCELINE_ADDRESS="https://testserver")):
        answer = Client().get("/sign-in/", secure=True)
        assert answer["Strict-Transport-Security"] == f"max-age={YEAR}"
        plain = Client().get("/sign-in/")
        assert (plain.status_code, plain["Location"]) == (301, "https://testserver/sign-in/")
        said_by_the_proxy = Client().get("/sign-in/", headers={"X-Forwarded-Proto": "https"})
        assert said_by_the_proxy.status_code == 200


@pytest.mark.parametrize("path", ["/sign-in/", "/account/", "/api/v1/projects/", "/nowhere/", "/health/"])
def test_other_sites_learn_nothing_of_where_one_was(db: None, path: str) -> None:
    answer = Client().get(path)
    told = [
        answer[name] for name in ("Referrer-Policy", "Cross-Origin-Opener-Policy", "X-Content-Type-Options")
    ]
    assert told == ["same-origin", "same-origin", "nosniff"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.lengthy
def test_passwords_are_kept_by_argon2id_alone(settings_by: Served, ada: User) -> None:
    """With at least what OWASP asks for: 19 MiB and two turns."""
    (only,) = settings_by()["PASSWORD_HASHERS"]
    hasher = import_string(only)()
    told = hasher.decode(hasher.encode("a quiet crack in the bridge", hasher.salt()))
    assert (told["algorithm"], told["variety"], told["version"]) == ("argon2", "argon2id", 19)
    assert (told["memory_cost"] >= 19 * 1024, told["time_cost"] >= 2) == (True, True), told
    browser = Client()
    sign_in(browser)
    new = PASSWORD[::-1]
    browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    ada.refresh_from_db()
    assert ada.check_password(new) and ada.password.startswith("argon2$argon2id$")
    User.objects.filter(pk=ada.pk).update(password="pbkdf2_sha256$1$a$b")
    assert sign_in(Client()).status_code == 200, "what another hasher made opens nothing"
