"""Every request has an identifier: in its answer, in the history of what it changed, and in the log."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sources.request_id import answering

HEADER = "X-Request-ID"


class RequestIds:
    """Made here and never taken from who asks: nobody writes into the history or the log what they like."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identifier = secrets.token_hex(8)
        # The framework tells of a refusal once all middleware is done with it: log_lines.py reads this.
        request.request_id = identifier  # type: ignore[attr-defined]
        with answering(identifier):
            answer = self.get_response(request)
        answer[HEADER] = identifier
        return answer
