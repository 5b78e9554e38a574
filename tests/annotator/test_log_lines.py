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


def test_a_forged_host_is_logged_by_that_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert Client().get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400
    assert [record.name for record in caplog.records] == ["django.security.DisallowedHost"]
