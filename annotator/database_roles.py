"""Two database roles: the owner migrates, the app does everything else and cannot touch the guards.

What the app role may do is the literal table below. A table that is not named gets SELECT and INSERT.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from annotator.database_urls import APP_LIMITS, APP_PLANNING

READ = ("SELECT",)
ADD = ("SELECT", "INSERT")
CHANGE = ("SELECT", "INSERT", "UPDATE")
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")

# Table -> every privilege of the app role on it. A column list may follow: "UPDATE (role, masked)".
PRIVILEGES: dict[str, tuple[str, ...]] = {
    # the framework's
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "django_session": ALL,
    "sourceline_cache": ALL,
    "sourceline_api_cache": ALL,
    # accounts (allauth's); applications of other sign-ins are told by the environment, never by rows
    "account_emailaddress": ALL,
    "account_emailconfirmation": ("SELECT", "DELETE"),
    "mfa_authenticator": ALL,
    "socialaccount_socialaccount": ALL,
    "socialaccount_socialapp": READ,
    "socialaccount_socialtoken": ("SELECT", "DELETE"),
    "usersessions_usersession": ALL,
    # the job queue's
    "procrastinate_jobs": ALL,
    "procrastinate_events": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
    # what was published (sources)
    "sources_user": CHANGE,
    "sources_user_groups": READ,
    "sources_user_user_permissions": READ,
    "sources_apitoken": (*ADD, "UPDATE (last_used_at, revoked_at)"),
    "sources_project": CHANGE,
    "sources_membership": ALL,
    "sources_invitation": (*ADD, "UPDATE (mailed_sha256, mailed_at, revoked_by_id, revoked_at)"),
    "sources_acceptance": ADD,
    "sources_publication": ALL,
    "sources_article": CHANGE,
    "sources_snapshot": (*ADD, "UPDATE (current_segmentation_id)"),
    "sources_capture": ADD,
    "sources_block": (*ADD, "UPDATE (role, masked, reason, repeats_id, version)"),
    "sources_segmentation": ADD,
    "sources_sentence": ADD,
    "sources_textwords": READ,
    "sources_intake": (*ADD, "UPDATE (options, state, expected, started_at, finished_at)"),
    "sources_intakeitem": ADD,
    "sources_fingerprint": ALL,
    "sources_articleaddress": ALL,
    "sources_likelyreprint": CHANGE,
    "sources_host": ALL,
    "sources_siterules": ALL,
    "sources_backuptaken": ADD,
    "sources_columnmapping": (*ADD, "UPDATE (meaning, by_id, at, version)", "DELETE"),
    "sources_change": READ,
    # what we say about it (annotator)
    "annotator_code": CHANGE,
    "annotator_codebookversion": ADD,
    "annotator_codemerge": (*ADD, "UPDATE (undone_at, undone_by_id)"),
    "annotator_annotation": ALL,
    "annotator_annotationsentence": ("SELECT", "INSERT", "DELETE"),
    "annotator_carrying": (
        *ADD,
        "UPDATE (state, placed, version_placed, same_words, taken_off, by_id, decided_at)",
    ),
    "annotator_supportingspan": ALL,
    "annotator_actor": CHANGE,
    "annotator_actoralias": ALL,
    "annotator_actormention": ALL,
    "annotator_actoridentifier": ALL,
    "annotator_affiliation": ALL,
    "annotator_actormerge": (*ADD, "UPDATE (undone_at, undone_by_id)"),
    "annotator_actorresolution": (*ADD, "UPDATE (undone_at, undone_by_id)"),
    "annotator_actorcomparison": ALL,
    "annotator_claim": CHANGE,
    "annotator_claimwords": READ,
    "annotator_heardmark": READ,
    "annotator_heardin": READ,
    "annotator_heard": READ,
    "annotator_workin": READ,
    "annotator_claimtopic": ("SELECT", "INSERT", "UPDATE (topic_id)", "DELETE"),
    "annotator_position": ("SELECT", "INSERT", "UPDATE (concept_id, stand)", "DELETE"),
    "annotator_quantity": ("SELECT", "INSERT", "DELETE"),
    "annotator_attribution": ALL,
    "annotator_attributionsource": ALL,
    "annotator_party": ALL,
    "annotator_event": CHANGE,
    "annotator_eventmention": ALL,
    "annotator_eventparticipant": ALL,
    "annotator_eventmerge": CHANGE,
    "annotator_eventcomparison": ALL,
    "annotator_claimrelation": ("SELECT", "INSERT", "UPDATE (kind_id)", "DELETE"),
    "annotator_toldapart": ("SELECT", "INSERT", "DELETE"),
    "annotator_review": ADD,
    "annotator_batch": ADD,
    "annotator_batchrow": (*ADD, "UPDATE (undone_by_id, undone_at, version_undone)"),
    "annotator_discussion": (*ADD, "UPDATE (state, turned_by_id, turned_at)"),
    "annotator_comment": (*ADD, "UPDATE (text, edited_at, withdrawn_at, version)"),
    "annotator_commentmention": ("SELECT", "INSERT", "DELETE"),
    "annotator_release": CHANGE,
    "annotator_watchterm": ALL,
    "annotator_savedsearch": ALL,
}

# Functions that run with the owner's rights and that the app may call all the same. Any other is closed
# to it, except as a trigger; plain functions, which run with the caller's rights, are open to all.
APP_FUNCTIONS: frozenset[str] = frozenset({"sourceline_purge_project", "sourceline_hear"})


class UnsafeRole(Exception):
    """The role that the app connects as could switch off the database's guards."""


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's default connection, in this thread, be the owner's for the length of the block.

    Raises RuntimeError inside a transaction, which would silently be another one after the switch.
    """
    if connection.in_atomic_block:
        raise RuntimeError("as_owner() cannot be used inside a transaction.")
    mine = connection.settings_dict
    connection.close()
    # A new dict on this thread's wrapper alone; no pool, so that no owner's connection is left in one.
    connection.settings_dict = {**mine, **settings.OWNER_DATABASE}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = mine


def grant_app_role() -> None:
    """Give the app role exactly what PRIVILEGES says. Runs as the owner; doing it twice changes nothing."""
    app = sql.Identifier(settings.APP_DATABASE_ROLE)
    with transaction.atomic(), connection.cursor() as cursor:
        _make_role(cursor, app)
        # GRANT does not take away; a privilege deleted from the table above has to go as well.
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(app))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        for table in _tables(cursor):
            privileges = sql.SQL(", ".join(PRIVILEGES.get(table, ADD)))
            cursor.execute(
                sql.SQL("GRANT {} ON TABLE {} TO {}").format(privileges, sql.Identifier(table), app)
            )
        for signature, name in _powerful_functions(cursor):
            verb, whom = ("GRANT", "TO") if name in APP_FUNCTIONS else ("REVOKE", "FROM")
            for role in (sql.SQL("PUBLIC"), app) if verb == "REVOKE" else (app,):
                cursor.execute(
                    sql.SQL(f"{verb} ALL ON FUNCTION {{}} {whom} {{}}").format(sql.SQL(signature), role)
                )


def refuse_unsafe_role() -> None:
    """Raise UnsafeRole if the current connection's role is more than the app may be."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_user, rolsuper, rolbypassrls, rolcreaterole,
                   (SELECT count(*) FROM pg_class
                     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                       AND pg_has_role(current_user, relowner, 'USAGE'))
              FROM pg_roles WHERE rolname = current_user
            """
        )
        role, superuser, bypass, createrole, owned = cursor.fetchone()
    reasons = [
        *(["is a superuser"] if superuser else []),
        *(["bypasses row security"] if bypass else []),
        *(["may make roles"] if createrole else []),
        *([f"owns {owned} tables"] if owned else []),
    ]
    if reasons:
        raise UnsafeRole(
            f"The app connects to the database as {role}, which {' and '.join(reasons)}: it could switch off "
            "the guards that keep annotations true. Give the owner's address as DATABASE_OWNER_URL and a "
            "role without rights of its own as DATABASE_URL; or, behind a connection pooler that drops the "
            "start-up options, connect to the server directly."
        )


def _tables(cursor: Any) -> list[str]:
    cursor.execute(
        """
        SELECT relname FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
           AND relowner = current_user::regrole
         ORDER BY relname
        """
    )
    return [name for (name,) in cursor.fetchall()]


def _powerful_functions(cursor: Any) -> list[tuple[str, str]]:
    """(signature, name) of the functions that run as the owner and can be called by themselves."""
    cursor.execute(
        """
        SELECT oid::regprocedure::text, proname FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace AND prosecdef AND prorettype <> 'trigger'::regtype
           AND proowner = current_user::regrole
        """
    )
    return cursor.fetchall()


def _make_role(cursor: Any, app: sql.Identifier) -> None:
    """Make the app role if it is missing and set its limits, as far as the owner is allowed to."""
    name = settings.APP_DATABASE_ROLE
    cursor.execute("SELECT current_user = %s, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [name, name])
    same, exists = cursor.fetchone()
    if same:
        raise UnsafeRole(f"DATABASE_URL and DATABASE_OWNER_URL both connect as {name}; they must differ.")
    if not exists:
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(app))
    # Before PostgreSQL 16, CREATEROLE alone was enough, and gave no membership in the role it made.
    cursor.execute(
        """
        SELECT rolsuper OR pg_has_role(current_user, %s, 'MEMBER WITH ADMIN OPTION')
               OR (rolcreaterole AND current_setting('server_version_num')::int < 160000)
          FROM pg_roles WHERE rolname = current_user
        """,
        [name],
    )
    (may_alter,) = cursor.fetchone()
    if not may_alter:
        return
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(app))
    for setting, value in (APP_LIMITS | APP_PLANNING).items():
        cursor.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(app, sql.Identifier(setting), sql.Literal(value))
        )
