"""How much a request may bring, decided before anything reads it. The numbers stand in the settings."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from sources.actions.tokens import token_known_by
from sources.intake.registry import LARGEST_FILE

MEGABYTE = 1024 * 1024  # bytes
TAKES_FILES = {
    "article_import": "LARGEST_INTAKE",
    "intakes": "LARGEST_INTAKE",
    "annotation_import": "LARGEST_IMPORT",
    "verify": "LARGEST_DATASET",
}
"""Names of the addresses to which somebody who is signed in may send more than anybody may elsewhere, and of
the settings that say how much."""


class RequestLimits:
    """Refuses a body that is too large (413) or does not say how large it is (411).

    Stands before the check of the form's token, which reads the whole body: whatever gets that far was
    announced as small enough, and no more than was announced is ever read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if "HTTP_TRANSFER_ENCODING" in request.META or not (announced.isascii() and announced.isdecimal()):
            return _refusal(request, 411, "A request has to say in advance how large it is.")
        if int(announced) > settings.LARGEST_REQUEST and int(announced) > _most(request):
            return too_much(request)
        return self.get_response(request)


def too_much(request: HttpRequest) -> HttpResponse:
    """413, saying how much is taken at this address."""
    most = _most(request)
    said = f"At most {most // MEGABYTE} MB are taken here at once"
    if most == settings.LARGEST_INTAKE:
        files = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        said += f", in at most {files} files; an article’s file has at most {LARGEST_FILE // MEGABYTE} MB"
    return _refusal(request, 413, f"{said}. Nothing of what was sent is stored.")


def too_long(request: HttpRequest) -> HttpResponse:
    """413 for a form whose fields, files aside, hold too much."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    said = f"At most {most} MB are taken in the fields of a form; what is longer is sent as a file"
    return _refusal(request, 413, f"{said}. Nothing of what was sent is stored.")


def _most(request: HttpRequest) -> int:
    """Bytes that a request to this address may have."""
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return settings.LARGEST_REQUEST
    if name in TAKES_FILES and (request.user.is_authenticated or _by_token(request)):
        most: int = getattr(settings, TAKES_FILES[name])
        return most
    return settings.LARGEST_REQUEST


def _by_token(request: HttpRequest) -> bool:
    """Whether a program sends it whose token opens the door of the API."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    in_api = request.path_info.startswith("/api/")
    return in_api and scheme.casefold() == "bearer" and token_known_by(secret.strip()) is not None


def _refusal(request: HttpRequest, status: int, said: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        title = "This request is too large" if status == 413 else "This request cannot be read"
        problem = {"type": "about:blank", "title": title, "status": status, "detail": said, "errors": []}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    return render(request, "errors/413.html", {"said": said, "status": status}, status=status)
