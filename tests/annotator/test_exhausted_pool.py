"""With every database connection taken, a request is told to come back instead of failing."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from annotator.database_urls import pooled


class AsksTheDatabase:
    """A middleware that needs a connection before any view does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        return self.get_response(request)


@pytest.fixture
def no_connection_free(committed_db: str) -> Iterator[None]:
    """A pool of one, which another thread holds."""
    mine = connections.settings["default"]
    before = dict(mine)
    mine.update(pooled(mine, 1))
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        connection.ensure_connection()
        taken.set()
        done.wait()
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert taken.wait(60)
        connection.pool.timeout = 0.2  # not before: the first connection takes as long as it takes
        yield
    finally:
        done.set()
        holder.join()
        connection.close_pool()
        mine.clear()
        mine.update(before)


def test_a_view_that_finds_no_connection_answers_503_with_retry_after(no_connection_free):
    client = Client(raise_request_exception=False)
    client.cookies["sourceline"] = "a-session-to-look-up"
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
    assert "sourceline_test" not in answer.content.decode()


def test_so_does_a_middleware_that_finds_none(no_connection_free):
    with override_settings(MIDDLEWARE=[f"{__name__}.AsksTheDatabase", *settings.MIDDLEWARE]):
        answer = Client(raise_request_exception=False).get("/sign-in/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
