import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from annotator.database_roles import PRIVILEGES, UnsafeRole, as_owner, grant_app_role, refuse_unsafe_role
from annotator.database_urls import APP_LIMITS, APP_PLANNING


@pytest.mark.django_db
def test_ordinary_tests_work_as_the_app_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("sourceline_app",)


def test_time_limits_bind_the_app_role(committed_db):
    with connection.cursor() as cursor:
        found = {}
        for name in (*APP_LIMITS, *APP_PLANNING):
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {
        "random_page_cost": "1.1",
        "work_mem": "16MB",
        "jit": "off",
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }


def test_as_owner_switches_there_and_back(committed_db):
    def who() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]

    assert who() == "sourceline_app"
    with as_owner():
        assert who() == "sourceline_owner"
        with pytest.raises(UnsafeRole, match="owns"):
            refuse_unsafe_role()
    assert who() == "sourceline_app"
    refuse_unsafe_role()


@pytest.mark.django_db
def test_as_owner_is_refused_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"), as_owner():
        pass


def test_the_catalogue_agrees_with_the_table_of_privileges(owner_transaction):
    rows = owner_transaction.execute(
        "SELECT c.relname, coalesce(array_agg(a.privilege_type ORDER BY 1)"
        "   FILTER (WHERE a.privilege_type IS NOT NULL), '{}')"
        " FROM pg_class c LEFT JOIN LATERAL ("
        "   SELECT privilege_type FROM aclexplode(c.relacl)"
        "    WHERE grantee = 'sourceline_app'::regrole) a ON true"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY 1"
    ).fetchall()
    found = {table: set(privileges) for table, privileges in rows}
    assert len(found) > 15
    assert set(PRIVILEGES) <= set(found), "a table is named that does not exist"
    for table, privileges in found.items():
        whole = {p for p in PRIVILEGES.get(table, ("SELECT", "INSERT")) if "(" not in p}
        assert privileges == whole, table


def test_granting_twice_changes_nothing_and_takes_back_what_is_not_in_the_table(committed_db, owner_cursor):
    def acl() -> list:
        return owner_cursor.execute(
            "SELECT relname, relacl::text FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()

    before = acl()
    owner_cursor.execute("GRANT DELETE ON django_migrations TO sourceline_app")
    assert acl() != before
    with as_owner():
        grant_app_role()
    assert acl() == before


@pytest.mark.django_db
def test_the_app_role_cannot_create_or_truncate_or_disable():
    for statement in (
        "CREATE TABLE mine (id int)",
        "TRUNCATE django_session",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SET ROLE sourceline_owner",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege), statement


def test_a_committed_database_is_fresh_every_time(committed_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('k', '', now())"
        )
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (1,)


def test_a_committed_database_is_fresh_every_time_again(committed_db):
    test_a_committed_database_is_fresh_every_time(committed_db)
