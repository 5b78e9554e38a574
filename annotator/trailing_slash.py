"""Whose address lacks its last slash is led to the right one, but for what changes something."""

from django.http import HttpRequest
from django.middleware.common import CommonMiddleware


class TrailingSlash(CommonMiddleware):
    """Programs follow a redirect of what they sent by reading the other address: nothing would be stored, and
    a success be told. So that is met with what an address that is none is met with."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return request.method in {"GET", "HEAD"} and super().should_redirect_with_slash(request)
