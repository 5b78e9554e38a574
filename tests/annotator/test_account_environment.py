"""What the environment says about accounts, and what it may not half say."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from annotator.account_environment import hosts, mail, openid_connect, trusted_proxies

FROM = {"SOURCELINE_MAIL_FROM": "desk@velm.example"}
OIDC = {
    "SOURCELINE_OIDC_URL": "https://id.velm.example/realm/",
    "SOURCELINE_OIDC_ID": "sourceline",
    "SOURCELINE_OIDC_SECRET": "s",
}


def test_without_a_word_no_mail_is_sent() -> None:
    assert mail({}) == {"SENDS_MAIL": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp+tls://ada:a%2Fb%40c@mail.velm.example", 587, True, False),
        ("smtps://ada:a%2Fb%40c@mail.velm.example:1465/", 1465, False, True),
        ("smtp://ada:a%2Fb%40c@mail.velm.example", 25, False, False),
    ],
)
def test_a_mail_server_is_said_in_one_address(url: str, port: int, starttls: bool, tls: bool) -> None:
    said = mail({"SOURCELINE_MAIL_URL": url, **FROM})
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("mail.velm.example", port)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("ada", "a/b@c")
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (starttls, tls)
    assert said["DEFAULT_FROM_EMAIL"] == "desk@velm.example"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "mail.velm.example",
            "http://mail.velm.example",
            "smtp://",
            "smtp://a:secret@h:x",
            "smtp://h:70000",
        ),
        *("smtps://a:secret/x@h", "smtps://a:secret?x@h", "smtp://h/inbox", "console:x"),
    ],
)
def test_an_address_of_mail_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SOURCELINE_MAIL_URL") as refused:
        mail({"SOURCELINE_MAIL_URL": url, **FROM})
    assert "secret" not in str(refused.value)


def test_mail_without_a_sender_or_a_sender_without_mail_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="needs SOURCELINE_MAIL_FROM"):
        mail({"SOURCELINE_MAIL_URL": "console:"})
    with pytest.raises(ImproperlyConfigured, match="not SOURCELINE_MAIL_URL"):
        mail(FROM)
    assert mail({"SOURCELINE_MAIL_URL": "console:", **FROM})["SENDS_MAIL"]


def test_a_provider_is_said_in_three_words_and_called_by_its_host() -> None:
    assert openid_connect({}) == []
    (one,) = openid_connect(OIDC)
    assert (one["name"], one["settings"]["server_url"]) == (
        "id.velm.example",
        "https://id.velm.example/realm",
    )
    assert one["settings"]["oauth_pkce_enabled"] is True
    assert openid_connect({**OIDC, "SOURCELINE_OIDC_NAME": "Velm"})[0]["name"] == "Velm"


@pytest.mark.parametrize("missing", list(OIDC))
def test_half_a_provider_is_refused_and_says_which_half_is_missing(missing: str) -> None:
    half = {name: value for name, value in OIDC.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=f"lacks {missing}"):
        openid_connect(half)


def test_a_name_alone_is_half_a_provider_too() -> None:
    with pytest.raises(ImproperlyConfigured, match="URL and SOURCELINE_OIDC_ID and SOURCELINE_OIDC_SECRET"):
        openid_connect({"SOURCELINE_OIDC_NAME": "Velm"})


@pytest.mark.parametrize(
    "url", ["http://id.velm.example", "id.velm.example", "ftp://id.velm.example", "https://"]
)
def test_a_provider_is_asked_over_https_alone(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SOURCELINE_OIDC_URL must be the https address"):
        openid_connect({**OIDC, "SOURCELINE_OIDC_URL": url})


@pytest.mark.parametrize(("said", "count"), [("", 0), ("0", 0), ("2", 2)])
def test_proxies_are_believed_by_number(said: str, count: int) -> None:
    assert trusted_proxies({"SOURCELINE_PROXIES": said}) == count


@pytest.mark.parametrize("said", ["-1", "yes", "11", "²"])
def test_a_number_of_proxies_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SOURCELINE_PROXIES"):
        trusted_proxies({"SOURCELINE_PROXIES": said})


def test_no_server_answers_to_every_name() -> None:
    assert hosts({"SOURCELINE_HOSTS": "a.example, b.example"}, "localhost") == ["a.example", "b.example"]
    assert hosts({}, "localhost,[::1]") == ["localhost", "[::1]"]
    with pytest.raises(ImproperlyConfigured, match="SOURCELINE_HOSTS"):
        hosts({"SOURCELINE_HOSTS": "a.example,*"}, "localhost")


@pytest.mark.lengthy
def test_the_api_believes_as_many_proxies_as_sign_in_does() -> None:
    said = {
        "SOURCELINE_ADDRESS": "https://a.example",
        "SOURCELINE_PROXIES": "2",
        "SOURCELINE_SECRET_KEY": "k",
    }
    asked = "from annotator import settings; print(settings.REST_FRAMEWORK['NUM_PROXIES'])"
    told = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | said, capture_output=True, text=True, check=True
    )
    assert told.stdout == "2\n"
