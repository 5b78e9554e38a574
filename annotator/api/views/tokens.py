"""The caller's own tokens. They are made on the page of their account, and never by a token."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ApiView
from annotator.api.authentication import token_of
from annotator.api.lists import Parameters, page
from annotator.api.problems import Problem
from annotator.api.shapes.page import PAGE, page_of
from annotator.api.shapes.token import Token
from annotator.queries import tokens as query
from sources.actions.tokens import revoke_token
from sources.models import ApiToken


class _OwnView(ApiView):
    def by_session(self, request: Request) -> None:
        """Raises NotAuthenticated, or Problem (403) for a token: none learns of the others or ends them."""
        self.signed_in(request)
        if token_of(request):
            raise Problem(403, "This needs a session: no token sees or revokes tokens.")


class TokensView(_OwnView):
    @extend_schema(summary="List your tokens", parameters=[*PAGE], responses=page_of(Token))
    def get(self, request: Request) -> Response:
        """The newest first, ended and revoked ones too. By a session only."""
        self.by_session(request)
        asked = Parameters(request, paged=True)
        mine = ApiToken.objects.filter(user=request.user.pk)
        return page(asked, mine, query.NEWEST, query.tokens_json)


class TokenView(_OwnView):
    @extend_schema(summary="Revoke a token", responses={200: Token})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """It opens nothing any more, and stays in the list. Revoking twice is revoking once. By a session
        only."""
        self.by_session(request)
        token = query.token_of(request.user, uuid)
        if token is None:
            raise Http404
        revoke_token(by=request.user, token=token)
        return Response(query.token_json(token))
