"""How the database is reached is told to nobody, not even where it cannot be."""

import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

SECRET, ROLE = "hunter2-of-the-database", "role-of-the-database"


@pytest.fixture
def unreachable(committed_db: str) -> Iterator[None]:
    """A database behind a port at which nothing listens, with a password."""
    mine = connections.settings["default"]
    before = dict(mine)
    connection.close()
    mine.update({"HOST": "127.0.0.1", "PORT": "9", "USER": ROLE, "PASSWORD": SECRET})
    connection.settings_dict.update(mine)
    yield
    connection.close()
    mine.clear()
    mine.update(before)
    connection.settings_dict.update(before)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """What the log would hold, by the settings' own formatter, tracebacks included."""
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    formatter = configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))
    found: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(formatter.format(record))

    handler = Keeping(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    with caplog.at_level(logging.INFO):
        yield found
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("path", ["/p/here/", "/sign-in/", "/health/", "/api/v1/projects/here/codes/"])
def test_a_database_out_of_reach_is_named_neither_on_a_page_nor_in_the_log(
    unreachable: None, lines: list[str], path: str
) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-to-look-up"
    answer = client.get(path)
    said = answer.content.decode() + str(answer.headers)
    if path != "/sign-in/":
        assert answer.status_code == 503
    for secret in (SECRET, ROLE, "127.0.0.1", "psycopg", "Traceback"):
        assert secret not in said
    assert not [line for line in lines if SECRET in line]


def test_a_fault_of_ours_shows_no_settings(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.web.views import health

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"planted: {SECRET}")

    monkeypatch.setitem(connections.settings["default"], "PASSWORD", SECRET)
    monkeypatch.setattr(health, "HttpResponse", broken)
    answer = Client(raise_request_exception=False).get("/health/")
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode() and "planted" not in answer.content.decode()
