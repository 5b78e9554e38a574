"""What a request gets when all database connections are taken: come back in a moment."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

RETRY_AFTER = 2  # seconds


class Busy:
    """Answers 503 with Retry-After where a view asked the database in vain.

    What another middleware asks in vain never comes by here: the handler of status 500 calls `answer_to`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(error)


def answer_to(error: BaseException | None) -> HttpResponse | None:
    """503 if `error` says that no connection was free, else None."""
    if not isinstance(error, OperationalError) or not isinstance(error.__cause__, PoolTimeout):
        return None
    answer = HttpResponse("All database connections are in use. Try again in a moment.\n", status=503)
    answer["Content-Type"] = "text/plain; charset=utf-8"
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer
