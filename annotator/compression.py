"""Pages and JSON go out compressed; what is downloaded or streamed goes out as it is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = {"text/html", "application/json", "application/problem+json"}


class CompressedPages(GZipMiddleware):
    """Django's own, whose random padding hides the exact length (docs/security.md), for text alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        if response.streaming or kind not in COMPRESSED:
            return response
        return super().process_response(request, response)
