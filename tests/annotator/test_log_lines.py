"""What strangers send fills no log."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def configured() -> logging.Formatter:
    """The formatter as the settings make it."""
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    return configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))


def said(name: str, message: str, formatter: logging.Formatter) -> str:
    try:
        raise ValueError("inside")
    except ValueError:
        record = logging.LogRecord(name, logging.ERROR, "x.py", 1, message, None, sys.exc_info())
    return formatter.format(record)


def test_a_refusal_takes_one_line(configured: logging.Formatter) -> None:
    line = said("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'a\r\nERROR b'", configured)
    assert len(line.splitlines()) == 1
    assert line.endswith("django.security.DisallowedHost: Invalid HTTP_HOST header: 'a\\r\\nERROR b'")


def test_an_error_of_ours_keeps_its_traceback(configured: logging.Formatter) -> None:
    assert "ValueError: inside" in said("django.request", "Internal Server Error: /", configured)


TOKEN = "q2Zb-x_9Lr" * 4 + "abc"


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        (f"/invitations/{TOKEN}/", "/invitations/***/"),
        (f"https://a.example/invitations/{TOKEN}?a=1", "https://a.example/invitations/***?a=1"),
        ("/password/1a-cx3k-0123456789abcdef/", "/password/***/"),
        ("/password/1a-set-password/", "/password/***/"),
        ("/account/email/Mg:1vT2a3:Q9_-x/", "/account/email/***/"),
        (f"/sign-in/link/?sesame={TOKEN}&next=/p/quay/", "/sign-in/link/?sesame=***&next=/p/quay/"),
        ("/password/sent/", "/password/sent/"),
        ("/account/email/", "/account/email/"),
        ("/p/quay/claims/", "/p/quay/claims/"),
    ],
)
@pytest.mark.parametrize("name", ["django.request", "django.security.csrf"])
def test_what_opens_something_is_not_in_the_log(
    configured: logging.Formatter, name: str, address: str, logged: str
) -> None:
    line = said(name, f"Forbidden: {address}", configured)
    assert f"Forbidden: {logged}" in line.splitlines()[0]
    assert TOKEN not in line


def test_a_forged_host_is_logged_by_that_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert Client().get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400
    assert [record.name for record in caplog.records] == ["django.security.DisallowedHost"]
