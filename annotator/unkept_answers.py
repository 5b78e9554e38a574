"""What a page's script asks for is not kept by the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class UnkeptAnswers:
    """Says `no-store` of what a script gets, where nothing else is said of it.

    After Back a browser shows the page as it had it, and answers what the page's scripts ask for while it
    loads in the same way, however old that is (RFC 9111, section 4, says nothing of histories). A claim's
    card would be shown as it was, or as another page asked for it. Pages are kept, so Back is quick.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if _by_a_script(request):
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


def _by_a_script(request: HttpRequest) -> bool:
    """Told by the path for the API, htmx, or the browser (Fetch Metadata, which it says over TLS only)."""
    return (
        request.path_info.startswith("/api/")
        or "HX-Request" in request.headers
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )
