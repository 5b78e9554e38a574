"""Accounts in a real browser: a password, codes from an app, passkeys, and no breach of the policy."""

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from sources.models import User

from .conftest import PATIENCE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK, HAND = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PASSWORD = "a quiet crack in the bridge"


def code_of(secret: str) -> str:
    """RFC 6238's, of this half minute."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def ada(committed_db: str) -> User:
    cache.clear()
    return User.objects.create_user("ada", "ada@velm.example", PASSWORD, name="Ada Quist")


@pytest.fixture
def guest(chromium: Browser, address: str, ada: User) -> Iterator[Visitor]:
    """Nobody yet. By the name localhost: a passkey belongs to a name, and a number is none."""
    context = chromium.new_context(viewport=HAND)
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context, context.new_page(), address.replace("127.0.0.1", "localhost"))
    visitor.listen()
    yield visitor
    context.close()
    assert visitor.complaints == [], "script errors or policy violations"


def with_password(guest: Visitor) -> Page:
    page = guest.page
    page.goto(f"{guest.address}/sign-in/?next=/account/")
    page.get_by_label("Sign-in name or e-mail address").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    return page


def again(page: Page) -> None:
    """What changes the way in asks for the password once more."""
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def sign_out(guest: Visitor) -> None:
    guest.page.goto(f"{guest.address}/sign-out/")
    guest.page.get_by_role("button", name="Sign out").last.click()
    expect(guest.page.get_by_role("heading", name="Every claim keeps its source line.")).to_be_visible()


def given_a_device(guest: Visitor) -> None:
    """A phone that holds passkeys and knows its owner."""
    device = guest.context.new_cdp_session(guest.page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def looked_at(page: Page, name: str) -> None:
    """Nothing sticks out sideways on a desk, nor in the hand in which all is done."""
    for window in (DESK, HAND):
        page.set_viewport_size(window)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_a_code_from_an_app_is_asked_for_after_the_password(guest: Visitor) -> None:
    page = with_password(guest)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    looked_at(page, "account")
    page.get_by_role("link", name="Ask for them").click()
    again(page)
    secret = page.locator("#secret").inner_text()
    looked_at(page, "app")
    page.get_by_label("Code", exact=True).fill("000000" if code_of(secret) != "000000" else "111111")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_contain_text("That is not the code")
    assert page.locator("#secret").inner_text() == secret
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    looked_at(page, "codes")
    recovery = re.findall(r"\d{8}", page.locator("#codes").inner_text())
    assert len(recovery) == 10

    sign_out(guest)
    with_password(guest)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    looked_at(page, "second")
    assert page.request.get(f"{guest.address}/account/", max_redirects=0).status == 302, "not in yet"
    page.get_by_label("Code", exact=True).fill("00000000")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(recovery[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_signs_in_alone(guest: Visitor) -> None:
    given_a_device(guest)
    page = with_password(guest)
    page.get_by_role("link", name="Add a passkey").click()
    again(page)
    page.get_by_label("Name of the passkey").fill("Telephone")
    page.get_by_label("Sign in with it alone").check()
    looked_at(page, "passkey")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    sign_out(guest)
    looked_at(page, "sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    page.goto(f"{guest.address}/account/")
    expect(page.locator(".ways")).to_contain_text("“Telephone”, used on")
    looked_at(page, "account-passkey")

    sign_out(guest)
    with_password(guest)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    page.goto(f"{guest.address}/account/sessions/")
    looked_at(page, "sessions")
    page.goto(f"{guest.address}/account/")
    page.get_by_role("link", name="Remove Telephone").click()
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_role("link", name="By a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".ways")).not_to_contain_text("Telephone")


def test_a_device_that_refuses_is_told_of_and_nothing_is_lost(guest: Visitor) -> None:
    page = guest.page
    page.goto(f"{guest.address}/sign-in/")
    device = guest.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": False}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey [data-passkey-refused]")).to_contain_text("did not confirm it")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()
