"""While the database is busy, away, slow or full, a request is told so instead of failing."""

import json
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


@pytest.mark.lengthy
def test_so_does_a_middleware_that_finds_none(no_connection_free):
    with override_settings(MIDDLEWARE=[f"{__name__}.AsksTheDatabase", *settings.MIDDLEWARE]):
        answer = Client(raise_request_exception=False).get("/sign-in/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"


class Says:
    """A middleware within which every request ends with what SQL says."""

    sql = ""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.sql)


RAISED = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$"


@pytest.mark.parametrize(
    ("sql", "status"),
    [
        (RAISED.format("53100"), 507),
        (RAISED.format("57P01"), 503),
        (RAISED.format("53300"), 503),
        ("SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(10)", 503),
        ("SELECT pg_terminate_backend(pg_backend_pid())", 503),
    ],
)
@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/projects/x/codes/"])
def test_what_the_database_says_becomes_an_answer(committed_db, monkeypatch, sql, status, path):
    monkeypatch.setattr(Says, "sql", sql)
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, f"{__name__}.Says"]):
        answer = Client(raise_request_exception=False).get(path)
    connection.close()
    assert answer.status_code == status
    assert ("Retry-After" in answer) is (status == 503)
    assert b"terminating" not in answer.content
    if path.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["status"] == status


def test_a_fault_of_ours_stays_one(committed_db, monkeypatch):
    monkeypatch.setattr(Says, "sql", "SELECT nonsense")
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, f"{__name__}.Says"]):
        assert Client(raise_request_exception=False).get("/sign-in/").status_code == 500
