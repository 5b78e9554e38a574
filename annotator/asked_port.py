"""The port that a request says it came to. Django holds the name to ALLOWED_HOSTS, and believes any port."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from .public_address import PublicAddress


class AskedPort:
    """Refuses (400) a `Host` with another port than the public address has.

    What is told apart by the host, and links in mails, would else be whatever a stranger writes there. A
    proxy may leave the port out. Without a public address whoever starts the server chooses the port, and
    it is not looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        public: PublicAddress | None = settings.PUBLIC_ADDRESS
        if public is not None:
            _, port = split_domain_port(request.META.get("HTTP_HOST", ""))
            if port and int(port) != public.port:
                raise DisallowedHost(f"Host names port {port}; SOURCELINE_ADDRESS is {public.origin}.")
        return self.get_response(request)
