"""Attempts to make of a token another one, or to bring one back."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TOKEN = "sources_apitoken"


def _one(world: World, cursor: Any) -> dict[str, Any]:
    return {"token": rows.another(cursor, world, TOKEN), "stranger": world.stranger.pk}


_CHANGED = (
    "scope = 'manage'",
    "user_id = %(stranger)s",
    "expires_at = created_at + interval '300 days'",
    "one_project = NULL",
    "digest = repeat('b', 64)",
    "name = 'X2'",
    "prefix = 'sl_bbbbbbbb'",
    "uuid = gen_random_uuid()",
    "created_at = created_at - interval '1 day'",
)
_AT_ONCE = {"expires_at": "2030-01-01", "created_at": "2030-01-01"}
ATTEMPTS: list[Attempt] = [
    adding("token_scope_known", TOKEN, scope="all"),
    *(
        running(
            f"sources_apitoken_{key}",
            TOKEN,
            f"INSERT INTO {TOKEN} (id, uuid, user_id, name, prefix, digest, scope, expires_at)"
            f" OVERRIDING SYSTEM VALUE SELECT {taken}, user_id, name, prefix, repeat('d', 64), scope,"
            f" now() + interval '1 day' FROM {TOKEN} WHERE id = %(token)s",
            given=_one,
            why=why,
        )
        for key, taken, why in (
            ("pkey", "id, gen_random_uuid()", "its number again"),
            ("uuid_key", "id + 1000, uuid", "its identifier again"),
        )
    ),
    adding("sources_apitoken_user_id_fc02ed22_fk_sources_user_id", TOKEN, user_id=-1, why="nobody's"),
    adding("token_has_name", TOKEN, name=""),
    *(adding("token_prefix", TOKEN, prefix=one, why=f"begins {one!r}") for one in ("", "sl_a b c d ", "x")),
    *(
        adding("token_digest", TOKEN, digest=one, why=f"a digest {one[:9]!r}")
        for one in ("", "sl_secret", "A" * 64)
    ),
    adding("token_ends_within_a_year", TOKEN, expires_at="2030-01-01", created_at="2028-12-01"),
    adding(
        "token_ends_within_a_year", TOKEN, expires_at="2030-01-01", created_at="2030-01-01", why="at once"
    ),
    running(
        "sources_apitoken_digest_key",
        TOKEN,
        *[
            "INSERT INTO sources_apitoken (uuid, user_id, name, prefix, digest, scope, expires_at)"
            " VALUES (gen_random_uuid(), %(stranger)s, 'X', 'sl_aaaaaaaa', repeat('c', 64), 'read',"
            " now() + interval '1 day')"
        ]
        * 2,
        given=_one,
        why="one secret for two tokens",
    ),
    *(
        running(
            "token_stays_as_made",
            TOKEN,
            f"UPDATE {TOKEN} SET {change} WHERE id = %(token)s",
            given=_one,
            by="owner",
            why=change,
        )
        for change in _CHANGED
    ),
    *(
        running(
            "token_revoked_for_good",
            TOKEN,
            f"UPDATE {TOKEN} SET revoked_at = now() - interval '1 day' WHERE id = %(token)s",
            f"UPDATE {TOKEN} SET revoked_at = {to} WHERE id = %(token)s",
            given=_one,
            why=f"revoked, then {to}",
        )
        for to in ("NULL", "now()")
    ),
]
