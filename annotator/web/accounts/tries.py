"""How often a wrong password is listened to: counted by the account, however it is called.

allauth counts by the name that was typed together with the host that was asked, so that each way to write
either would begin anew.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.core.internal import ratelimit
from django.http import HttpRequest

_LIMIT = {"app": "allauth.account", "action": "login_failed"}


def tried(credentials: dict[str, Any]) -> list[str]:
    """What a try is counted under: each account that it could open, else what was typed, in small letters."""
    typed = {credentials.get("username") or "", credentials.get("email") or ""} - {""}
    users = {user.pk for login in typed for user in filter_users_by_email(login, for_login=True)}
    if (named := get_user_by_username(credentials.get("username") or "")) is not None:
        users.add(named.pk)
    if users:
        return [f"account:{pk}" for pk in sorted(users)]
    return sorted({f"typed:{login.casefold()}" for login in typed}) or ["typed:"]


class CountedByAccount(DefaultAccountAdapter):
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        counted = [ratelimit.consume(request, key=key, **_LIMIT) for key in tried(credentials)]
        if not all(counted):
            raise self.validation_error("too_many_login_attempts")
        # What is taken back when the password was right.
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(
            [single for one in counted if one for single in one.usage]
        )

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        for key in tried(credentials):
            ratelimit.clear(request, key=key, **_LIMIT)
