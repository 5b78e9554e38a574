"""With every database connection taken, a request is told to come back instead of failing."""

import threading

from django.db import connection, connections
from django.test import Client

from annotator.database_urls import pooled


def test_an_exhausted_pool_answers_503_with_retry_after(committed_db):
    mine = connections.settings["default"]
    before = dict(mine)
    mine.update(pooled(mine, 1))
    mine["OPTIONS"]["pool"]["timeout"] = 0.2
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        connection.ensure_connection()
        taken.set()
        done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert taken.wait(20)
        client = Client(raise_request_exception=False)
        client.cookies["sourceline"] = "a-session-to-look-up"
        answer = client.get("/")
        assert answer.status_code == 503
        assert answer["Retry-After"] == "2"
        assert committed_db not in answer.content.decode()
    finally:
        done.set()
        holder.join()
        connection.close_pool()
        mine.clear()
        mine.update(before)
