"""How much a request may bring, decided before anything reads it. The numbers stand in the settings."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from sources.actions.disk_room import NoRoom, free_bytes, has_room
from sources.actions.tokens import token_known_by
from sources.intake.registry import LARGEST_FILE

MEGABYTE = 1024 * 1024  # bytes
TAKES_FILES = {
    "article_import": "LARGEST_INTAKE",
    "intakes": "LARGEST_INTAKE",
    "annotation_import": "LARGEST_IMPORT",
    "annotation_imports": "LARGEST_IMPORT",
    "verify": "LARGEST_DATASET",
}
"""Names of the addresses to which somebody who is signed in may send more than anybody may elsewhere, and of
the settings that say how much."""
_TITLES = {413: "This request is too large", 507: "There is no room on the disk"}
STORED = ("article_import", "intakes", "annotation_import", "annotation_imports")
"""Those of which what is sent is kept, not without room for it. Of a small form the page itself says so, with
all that was typed."""


class RequestLimits:
    """Refuses a body that is too large (413) or does not say how large it is (411), and what would be taken
    in when there is no room on the disk (507).

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
        if int(announced) > settings.LARGEST_REQUEST and _name(request) in STORED and not has_room():
            return no_room(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The disk may fill up while something is being stored."""
        return no_room(request) if isinstance(error, NoRoom) else None


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


def no_room(request: HttpRequest) -> HttpResponse:
    """507, until there is room again."""
    said = f"Nothing can be taken in for now: {NoRoom(free_bytes())}"
    return _refusal(request, 507, f"{said}. What you sent is not stored: go back, and send it again later.")


def _name(request: HttpRequest) -> str:
    """What the address is called; empty for none of ours."""
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def _most(request: HttpRequest) -> int:
    """Bytes that a request to this address may have."""
    name = _name(request)
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
        title = _TITLES.get(status, "This request cannot be read")
        problem = {"type": "about:blank", "title": title, "status": status, "detail": said, "errors": []}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    template = "errors/507.html" if status == 507 else "errors/413.html"
    answer = render(request, template, {"said": said, "status": status}, status=status)
    if status == 507:
        answer["Retry-After"] = "60"
    return answer
