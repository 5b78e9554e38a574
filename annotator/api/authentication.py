"""Coming in with a token: `Authorization: Bearer sl_…`."""

from typing import Any

from django.http import HttpRequest
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from sources.actions.tokens import token_known_by
from sources.models import ApiToken, User

from .problems import CHALLENGE

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`request.auth` is the token. A form's token is not asked for: no browser sends the header by itself."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None where the header speaks of no token. Raises AuthenticationFailed, always in the same words."""
        scheme, _, secret = _written(request).partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        token = token_known_by(secret.strip())
        if token is None:
            raise exceptions.AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def token_of(request: Request) -> ApiToken | None:
    """The token by which the request came in; None of a session, or of nobody."""
    return request.auth if isinstance(request.auth, ApiToken) else None


def _written(request: Request | HttpRequest) -> str:
    written: Any = request.META.get("HTTP_AUTHORIZATION", "")
    return written if isinstance(written, str) else ""
