"""Reading `postgres://` addresses, and who connects as whom."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

APP_ROLE = "sourceline_app"

# What the app role lives under. Given with `ALTER ROLE` where it logs in itself, else at each connection.
APP_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}

# And how the server is to plan for it (docs/adr/0024-planned-for-memory.md).
APP_PLANNING = {"random_page_cost": "1.1", "work_mem": "16MB", "jit": "off"}

Connection = dict[str, Any]


def parse(url: str, *, role: str = "") -> Connection:
    """Django's connection settings for `postgres://user:password@host:port/name?host=/socket&option=…`.

    With `role`, every connection works under `SET ROLE` to it and under the app role's limits and planning,
    set in the start-up packet so that no pooled connection can come back without them. `prepare_threshold`
    says after how many times a statement is prepared (`queries/prepared.py`); any word that is no number,
    never, for a pooler that gives every transaction another connection and does not know prepared statements.
    Raises ValueError for another scheme or a port that is no number.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("A database address begins with postgres://")
    query = dict(parse_qsl(parts.query))
    prepared = query.pop("prepare_threshold", "0")
    host = query.pop("host", "") or unquote(parts.hostname or "")
    user = query.pop("user", "") or unquote(parts.username or "")
    options: dict[str, object] = {**query, "prepare_threshold": int(prepared) if prepared.isdigit() else None}
    if role:
        limits = " ".join(f"-c {name}={value}" for name, value in (APP_LIMITS | APP_PLANNING).items())
        options["options"] = f"{query.get('options', '')} -c role={role} {limits}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "sourceline",
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def app_and_owner(environment: Mapping[str, str]) -> tuple[Connection, Connection, str]:
    """The app's connection, the owner's, and the app role's name, from the two variables.

    `DATABASE_URL` and `DATABASE_OWNER_URL` are two logins. `DATABASE_URL` alone is the owner's, and the
    app works under `SET ROLE`: that guards against mistakes, not against a process that means to break out.
    An empty `DATABASE_OWNER_URL` says that `DATABASE_URL` is the app's and that this process need not know
    the owner's: the web and job processes get it so.
    """
    app_url = environment.get("DATABASE_URL", "postgres:///sourceline")
    owner_url = environment.get("DATABASE_OWNER_URL")
    if owner_url is not None:
        app = parse(app_url)
        return app, parse(owner_url or app_url), str(app["USER"])
    return parse(app_url, role=APP_ROLE), parse(app_url), APP_ROLE


def pooled(connection: Connection, size: int) -> Connection:
    """The same connection, taken from a pool of at most `size` a process, each looked at before use.

    Whoever finds none free for five seconds gets PoolTimeout, which `database_trouble` turns into 503.
    A statement is prepared at its second use there: psycopg looks at a connection with an empty one, counts
    that anew each time, and would otherwise have the server keep another for every look.
    """
    options = {**connection["OPTIONS"], "pool": {"min_size": 1, "max_size": size, "timeout": 5}}
    if options.get("prepare_threshold") == 0:
        options["prepare_threshold"] = 1
    return {**connection, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
