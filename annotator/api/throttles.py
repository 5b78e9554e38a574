"""How often programs may ask. People in front of a browser are not counted.

Counted a minute at a time in a cache of their own, by all processes together.
"""

from time import time
from typing import Any

from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from .authentication import token_of

MINUTE = 60  # seconds


class _Counted(BaseThrottle):
    """`who` names whom to count, or nobody; `rate` is the name of the setting in API_RATES."""

    rate = ""

    def who(self, request: Request) -> str:
        raise NotImplementedError

    def allow_request(self, request: Request, view: Any) -> bool:
        who = self.who(request)
        if not who:
            return True
        key = f"api:{self.rate}:{who}:{int(time()) // MINUTE}"
        asked: int = caches["api"].count(key, timeout=2 * MINUTE)  # type: ignore[attr-defined]  # JSONCache
        return asked <= settings.API_RATES[self.rate]

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - time() % MINUTE


class OfToken(_Counted):
    rate = "token"

    def who(self, request: Request) -> str:
        token = token_of(request)
        return str(token.pk) if token else ""


class OfNobody(_Counted):
    """Whoever is not signed in, also with a token that opens nothing, by the address that they come from: of
    IPv6 by the network of 64 bits, which one visitor has whole."""

    rate = "nobody"

    def who(self, request: Request) -> str:
        return "" if request.user.is_authenticated else truncate_ip(self.get_ident(request))
