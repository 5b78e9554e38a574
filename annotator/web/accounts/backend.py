"""Whether a password is somebody's, found out with the same work whoever is meant; and whose a session is."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from annotator.queries.visitors import user_of


class EachOnce(AuthenticationBackend):
    """Holds the password against each account once. allauth takes an address for a name as well as for an
    address, and would make two hashes for one that somebody has and one for one that nobody has: by the time
    of the answer strangers would learn which addresses have accounts."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        self._told: dict[Any, AbstractBaseUser | None] = {}
        return super().authenticate(request, **credentials)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if user is None:
            return None
        if user.pk not in self._told:
            self._told[user.pk] = super()._check_password(user, password)
        return self._told[user.pk]

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """Whom a session is of, asked by a statement made once: every page asks it."""
        user = user_of(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
