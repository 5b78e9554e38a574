"""What a request gets while the database cannot do what it is asked: come back in a moment, or make room; or,
where the project was archived between the door and the act, that it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

RETRY_AFTER = 2  # seconds


@dataclass(frozen=True)
class _Trouble:
    status: int
    title: str
    said: str


_BUSY = _Trouble(503, "Come back in a moment", "All database connections are in use. Try again in a moment.")
_AWAY = _Trouble(503, "Come back in a moment", "The database is away. Try again in a moment.")
_LONG = _Trouble(503, "This took too long", "The database took too long over this. Try again in a moment.")
_FULL = _Trouble(507, "There is no room", "The disk of the database is full. Nothing of this was stored.")

ARCHIVED = (
    "This project was archived meanwhile: it can be read, and nothing in it can be changed. "
    "Nothing of this was stored."
)
_ARCHIVED = _Trouble(403, "You may not do this", ARCHIVED)

_BY_STATE = {
    "53100": _FULL,  # disk_full
    "55P03": _LONG,  # lock_not_available: waited for longer than lock_timeout
    "57014": _LONG,  # query_canceled: statement_timeout
}
"""By SQLSTATE (PostgreSQL, appendix A). What else makes an OperationalError is a connection that is lost, or
cannot be had: classes 08, 53 and 57, or no state at all."""


class InTrouble:
    """Answers 503 with Retry-After, or 507, or 403, where a view asked the database in vain.

    What another middleware asks in vain never comes by here: the handler of status 500 calls `answer_to`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(error, request.path)


def answer_to(error: BaseException | None, path: str = "") -> HttpResponse | None:
    """What to say to `error`, in JSON under /api/; None where it is no trouble of the database's."""
    trouble = _trouble(error)
    if trouble is None:
        return None
    if path.startswith("/api/"):
        told = {"type": "about:blank", "title": trouble.title, "status": trouble.status}
        body, kind = json.dumps(told | {"detail": trouble.said, "errors": []}), "application/problem+json"
    else:
        body, kind = f"{trouble.said}\n", "text/plain; charset=utf-8"
    answer = HttpResponse(body, status=trouble.status, content_type=kind)
    if trouble.status == 503:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def is_of_the_archived(error: BaseException | None) -> bool:
    """Whether the database refused it because the project was archived since the door let it in."""
    told = getattr(getattr(error, "__cause__", None), "diag", None)
    return (
        isinstance(error, IntegrityError) and getattr(told, "constraint_name", "") == "archived_is_read_only"
    )


def _trouble(error: BaseException | None) -> _Trouble | None:
    if is_of_the_archived(error):
        return _ARCHIVED
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, PoolTimeout):
        return _BUSY
    state = getattr(cause, "sqlstate", None) or ""
    if state in _BY_STATE:
        return _BY_STATE[state]
    return _AWAY if not state or state[:2] in {"08", "53", "57"} else None
