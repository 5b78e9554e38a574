"""Every refusal as a problem document (RFC 9457): what, where, and by which rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, IntegrityError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from annotator.database_trouble import ARCHIVED, is_of_the_archived
from annotator.intents.gathered import MOST_TOLD, gathering
from annotator.intents.refusal import (
    Carried,
    InUse,
    Refused,
    RefusedItems,
    Stale,
    Taken,
    Vanished,
    VersionNeeded,
)
from annotator.models import Annotation
from sources.actions import AddressTaken, StaleArticle, StaleBlock
from sources.actions.column_mappings import NoVersion, StaleMapping
from sources.actions.disk_room import NoRoom

from .as_it_is import as_it_is

TITLES = {
    400: "This request cannot be understood",
    401: "Sign in first",
    403: "You may not do this",
    404: "There is no such thing here",
    405: "This address does not do that",
    406: "Only JSON is spoken here",
    409: "This contradicts what is stored",
    412: "Somebody changed this meanwhile",
    413: "This request is too large",
    415: "Content of this kind is not understood here",
    422: "This cannot be saved as it is",
    428: "Say which version you are changing",
    507: "There is no room on the disk",
    429: "This is too often",
}


CHALLENGE = 'Bearer realm="Sourceline"'
"""What a 401 says of how to come in."""
OPENS_NOTHING = "This token is not known here, was revoked, or is over."
"""Said alike of all three, so that nobody learns by trying which secrets were one."""


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"


class Problem(exceptions.APIException):
    """An answer that is no success. `errors` are {"field", "rule", "message"}, with the number of the `item`
    where several things were sent together."""

    def __init__(self, code: int, detail: str = "", errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(detail)
        self.status_code, self.said, self.errors = code, detail, errors or []


def refused(error: Refused, code: int) -> Problem:
    """400 when the request itself is malformed, 422 when what is stored speaks against it."""
    told = [{"field": one.field, "rule": one.rule, "message": one.message} for one in error.all]
    if len(told) == 1:
        return Problem(code, str(error), told)
    least = "At least " if len(told) >= MOST_TOLD else ""
    return Problem(code, f"{least}{len(told)} things are wrong. The first: {error}", told)


def refused_items(error: RefusedItems, code: int, field: str) -> Problem:
    """The same of several things that were sent together in the list `field`."""
    told = [
        {
            "item": one.item,
            "field": f"{field}.{one.item}.{one.field}".rstrip("."),
            "rule": one.rule,
            "message": one.message,
        }
        for one in error.items
    ]
    return Problem(code, f"{error}. The first: {told[0]['field']}: {told[0]['message']}", told)


@contextmanager
def understood() -> Iterator[None]:
    """Within it a request is read; all that is refused there makes it malformed, and is told together."""
    try:
        with gathering():
            yield
    except Refused as error:
        raise refused(error, 400) from error


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Anything it does not know stays an error of ours (500)."""
    answer = _answer(error)
    if answer is None:
        return None
    if isinstance(error, exceptions.UnsupportedMediaType) and answer.data:
        answer.data["detail"] = f"{answer.data['detail']} Send {_kinds(context.get('view'))}."
    request = context.get("request")
    if request is not None:
        request.accepted_renderer = ProblemRenderer()
        request.accepted_media_type = ProblemRenderer.media_type
    return answer


def _answer(error: Exception) -> Response | None:  # noqa: PLR0911, PLR0912  one line a kind of refusal
    match error:
        case Problem():
            return _document(error.status_code, error.said, error.errors)
        case Refused():
            return _answer(refused(error, 422))
        case Stale() | StaleArticle() | StaleBlock() | StaleMapping():
            return _document(412, str(error), current=as_it_is(error.current))
        case Vanished():
            return _document(412, str(error), current=None)
        case AddressTaken():
            taken = {"field": "url", "rule": "unique", "message": str(error)}
            return _document(409, f"{error}: {error.article.uuid}.", [taken])
        case VersionNeeded() | NoVersion():
            return _document(428, "Send If-Match with the version that your change is based on.")
        case Taken():
            return _document(409, "This identifier is in use.")
        case NoRoom():
            return _document(507, f"{error}.", headers={"Retry-After": "60"})
        case InUse():
            return _document(409, str(error))
        case Carried():
            return _document(409, str(error), current=as_it_is(error.current))
        case Http404() | Annotation.DoesNotExist():
            return _document(404)
        case IntegrityError() if is_of_the_archived(error):
            return _document(403, ARCHIVED)
        case IntegrityError():
            return _document(409, "The store refused it: somebody may have changed what it stands on.")
        case RequestDataTooBig() | TooManyFilesSent() | TooManyFieldsSent():
            return _document(413, str(error))
        case PermissionDenied():
            return _document(403, str(error))
        case exceptions.NotAuthenticated():
            return _document(401, headers={"WWW-Authenticate": CHALLENGE})
        case exceptions.AuthenticationFailed():
            return _document(401, OPENS_NOTHING, headers={"WWW-Authenticate": CHALLENGE})
        case exceptions.Throttled():
            seconds = ceil(error.wait or 1)
            said = f"This was asked too often; ask again in {seconds} seconds."
            return _document(429, said, headers={"Retry-After": str(seconds)})
        case exceptions.APIException():
            return _from_framework(error)
        case DataError():
            return _document(422, "A value does not fit where it would be stored.")
    return None


def _kinds(view: Any) -> str:
    return " or ".join(one.media_type for one in getattr(view, "parser_classes", ()))


def _from_framework(error: exceptions.APIException) -> Response:
    said = str(error.detail)
    csrf = error.status_code == status.HTTP_403_FORBIDDEN and said.startswith("CSRF")
    errors = [{"field": "X-CSRFToken", "rule": "csrf", "message": said}] if csrf else []
    return _document(error.status_code, said, errors)


def _document(
    code: int,
    detail: str = "",
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> Response:
    body = {
        "type": "about:blank",
        "title": TITLES.get(code, "This was refused"),
        "status": code,
        "detail": detail,
        "errors": errors or [],
        **more,
    }
    return Response(body, status=code, headers=headers, content_type=ProblemRenderer.media_type)
