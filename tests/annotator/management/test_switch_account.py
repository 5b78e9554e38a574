"""`switch_account`: who is out, who is in again, and who cannot be switched off."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sources.actions import create_project, set_member
from tests.factories import person

pytestmark = pytest.mark.django_db


def switched(user: str, way: str) -> str:
    out = io.StringIO()
    call_command("switch_account", f"--user={user}", f"--{way}", stdout=out)
    return out.getvalue().strip()


def test_whoever_is_switched_off_is_out_with_the_next_request_until_switched_on() -> None:
    browser, ada = Client(), person("ada")
    browser.force_login(ada)
    assert browser.get("/account/").status_code == 200
    for _ in range(2):
        assert switched("ada", "off") == "The account ada is switched off."
    assert browser.get("/account/").status_code == 302
    assert switched("ada", "on") == "The account ada is switched on."
    browser.force_login(ada)
    assert browser.get("/account/").status_code == 200


def test_who_alone_manages_a_project_and_who_is_not_there_are_told() -> None:
    ada, bea = person("ada"), person("bea")
    for slug in ("velm", "kai"):
        create_project(by=ada, name=slug, slug=slug)
    shared = create_project(by=ada, name="Shared", slug="shared")
    set_member(by=ada, project=shared, user=bea, role="manager")
    with pytest.raises(CommandError, match=r"ada alone manages kai, velm\. Let somebody else"):
        switched("ada", "off")
    ada.refresh_from_db()
    assert ada.is_active
    with pytest.raises(CommandError, match="There is no account 'cem'"):
        switched("cem", "off")
