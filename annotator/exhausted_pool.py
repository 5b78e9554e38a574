"""What a request gets when all database connections are taken: come back in a moment."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

RETRY_AFTER = 2  # seconds


class Busy:
    """Answers 503 with Retry-After instead of 500.

    It stands first, since a middleware after it may be the one that asks the database in vain.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and isinstance(error.__cause__, PoolTimeout):
            return _come_back()
        return None


def _come_back() -> HttpResponse:
    answer = HttpResponse("All database connections are in use. Try again in a moment.\n", status=503)
    answer["Content-Type"] = "text/plain; charset=utf-8"
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer
