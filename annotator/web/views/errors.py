"""Pages for what went wrong. They say what happened and where to go, and never why in detail."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader

from annotator import database_trouble, request_limits

from ..access import to_sign_in


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFilesSent):
        return request_limits.too_much(request)
    if isinstance(exception, RequestDataTooBig):
        return request_limits.too_long(request)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody who is not signed in is sent to where they can: what they may is not known before."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Under /api/ as the API tells it, also where no address of its own is met."""
    if request.path_info.startswith("/api/"):
        told = {"type": "about:blank", "title": "There is no such thing here", "status": 404}
        ends = request.path_info.endswith("/")
        problem = {**told, "detail": "" if ends else "Addresses here end with a slash.", "errors": []}
        return JsonResponse(problem, status=404, content_type="application/problem+json")
    return render(request, "errors/404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Without request or context: whatever broke may break again."""
    in_trouble = database_trouble.answer_to(sys.exception(), request.path)
    return in_trouble or HttpResponseServerError(loader.render_to_string("errors/500.html"))
