"""Making tokens for programs, revoking them, and knowing one when it comes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from sources.models import ApiToken, Scope, User, acting

BEGINS = "sl_"
"""How every secret begins, so that whoever finds one in a file or a log knows what it is."""
LONGEST = timedelta(days=365)
"""How long a token may open the door at most."""
_BYTES = 32
_SHOWN = len(BEGINS) + 8
_LENGTH = len(BEGINS) + 43  # 32 bytes as URL-safe base64 without padding
_TOLD_EACH = timedelta(hours=1)


def make_token(
    *,
    by: User,
    name: str,
    scope: Scope,
    expires_at: datetime,
    one_project: UUID | None = None,
    uuid: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A new token of `by` and its secret, which cannot be had again.

    `one_project` is the UUID of the one project it is for; `uuid` its own, by the caller's choice. Raises
    ValueError for an end that has passed or is further away than LONGEST, and IntegrityError for a `uuid`
    that some token has.
    """
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise ValueError("a token ends within a year")
    secret = BEGINS + secrets.token_urlsafe(_BYTES)
    with acting(by):
        token = ApiToken.objects.create(
            uuid=uuid or uuid4(),
            user=by,
            name=name,
            prefix=secret[:_SHOWN],
            digest=_digest(secret),
            scope=scope,
            one_project=one_project,
            created_at=now,
            expires_at=expires_at,
        )
    return token, secret


def revoke_token(*, by: User, token: ApiToken) -> None:
    """From now on it opens nothing. Revoking twice is revoking once: the first time stands."""
    with acting(by):
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=Now())
    token.refresh_from_db()


def open_tokens(user: User) -> QuerySet[ApiToken]:
    """Those of `user` that open something now."""
    return ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=Now())


def revoke_tokens(*, by: User) -> None:
    """From now on none of the tokens of `by` opens anything."""
    with acting(by):
        open_tokens(by).update(revoked_at=Now())


def token_known_by(secret: str) -> ApiToken | None:
    """The token with that secret and its user, if it opens the door now. Says that it was used, once an hour.

    None alike for a secret that nobody has, a token that ended or was revoked, and a user who may no longer
    sign in. One query, and once an hour another one.
    """
    if len(secret) != _LENGTH or not secret.startswith(BEGINS) or not secret.isascii():
        return None
    open_now = Q(revoked_at=None, expires_at__gt=Now(), user__is_active=True)
    token = ApiToken.objects.filter(open_now, digest=_digest(secret)).select_related("user").first()
    if token is None:
        return None
    past = timezone.now() - _TOLD_EACH
    if token.last_used_at is None or token.last_used_at < past:
        unsaid = Q(last_used_at=None) | Q(last_used_at__lt=past)
        ApiToken.objects.filter(unsaid, pk=token.pk).update(last_used_at=Now())
    return token


def _digest(secret: str) -> str:
    """Of 256 random bits, which nobody guesses: nothing slower than SHA-256 is needed."""
    return sha256(secret.encode()).hexdigest()
