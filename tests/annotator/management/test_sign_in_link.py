"""`sign_in_link`: a way in for who is there, and an account for who is not yet."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from sources.models import User
from tests.factories import person

pytestmark = pytest.mark.django_db


def link(**options: object) -> str:
    out = io.StringIO()
    call_command("sign_in_link", stdout=out, address="http://testserver/", **options)
    return out.getvalue().strip()


def test_an_account_is_made_without_a_password_and_its_link_signs_in() -> None:
    printed = link(user="ada", create=True, name="Ada  Quist")
    user = User.objects.get(username="ada")
    assert (user.name, user.has_usable_password(), user.is_staff) == ("Ada Quist", False, False)
    browser = Client()
    assert browser.get(printed.removeprefix("http://testserver"))["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(user.pk)


def test_who_is_there_already_is_not_made_again() -> None:
    ada = person("ada")
    assert "sesame=" in link(user="ada", create=True, name="Somebody Else")
    assert list(User.objects.values_list("pk", "name")) == [(ada.pk, ada.name)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"user": "ada"}, "no active user 'ada'. Known: nobody yet"),
        ({"user": "ada b", "create": True}, "'ada b' cannot be made: Enter a valid username"),
        ({"user": "x" * 151, "create": True}, "at most 150 characters"),
        ({"user": "ada", "create": True, "name": "a\u202eb"}, "--name: "),
    ],
)
def test_what_cannot_be_made_is_said(options: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        link(**options)
    assert said in str(refused.value)
    assert not User.objects.exists()


def test_an_account_that_was_switched_off_stays_off() -> None:
    User.objects.create(username="ada", is_active=False)
    with pytest.raises(CommandError, match="already exists"):
        link(user="ada", create=True)


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once() -> None:
    person("ada")
    path = link(user="ada", password=True).removeprefix("http://testserver")
    browser = Client()
    form = browser.get(path)["Location"]
    said = {"password1": "a quiet crack in the bridge", "password2": "a quiet crack in the bridge"}
    assert browser.post(form, said)["Location"] == "/password/set/"
    assert User.objects.get(username="ada").check_password(said["password1"])
    again = Client().get(path)
    assert "no longer opens anything" in again.content.decode()
    assert "_auth_user_id" not in browser.session


def test_second_factors_are_taken_off_when_asked_and_only_then() -> None:
    ada, other = person("ada"), person("other")
    for one in (ada, other):
        Authenticator.objects.create(user=one, type="totp", data={"secret": "sealed"})
    link(user="ada")
    assert Authenticator.objects.count() == 2
    link(user="ada", without_second_factors=True)
    assert Authenticator.objects.get().user == other
