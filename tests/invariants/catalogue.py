"""What PostgreSQL's own catalogue says of our guards: every constraint, unique index and trigger."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

OURS = "^(sources|annotator)_"

# Django's own, which we neither write to nor read: no grant lets the app role write there.
FRAMEWORK = ("sources_user_groups", "sources_user_user_permissions")


@dataclass(frozen=True)
class Guard:
    """`columns` are the constrained columns, `target` the table a foreign key points to."""

    table: str
    name: str
    kind: str
    columns: tuple[str, ...] = ()
    target: str = ""
    to_columns: tuple[str, ...] = ()
    on_delete: str = ""
    definition: str = field(default="", compare=False)

    @property
    def drop(self) -> str:
        if self.kind == "trigger":
            return f'DROP TRIGGER "{self.name}" ON {self.table}'
        if self.kind == "index":
            return f'DROP INDEX "{self.name}"'
        return f'ALTER TABLE {self.table} DROP CONSTRAINT "{self.name}" CASCADE'


CONSTRAINTS = """
SELECT c.conrelid::regclass::text, c.conname,
       CASE c.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'u' THEN 'unique'
                      WHEN 'p' THEN 'primary key' WHEN 'x' THEN 'exclude' ELSE c.contype::text END,
       coalesce((SELECT array_agg(a.attname::text ORDER BY k.n)
        FROM unnest(c.conkey) WITH ORDINALITY k (attnum, n)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum), '{}'),
       CASE WHEN c.confrelid <> 0 THEN c.confrelid::regclass::text ELSE '' END,
       coalesce((SELECT array_agg(a.attname::text ORDER BY k.n)
        FROM unnest(c.confkey) WITH ORDINALITY k (attnum, n)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum), '{}'),
       c.confdeltype::text || c.confupdtype::text, pg_get_constraintdef(c.oid)
FROM pg_constraint c
WHERE c.conrelid <> 0 AND c.conrelid::regclass::text ~ %s AND c.contype NOT IN ('n', 't')
ORDER BY 1, 2
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, 'trigger', '{}'::text[], '', '{}'::text[], tgenabled::text,
       pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text ~ %s ORDER BY 1, 2
"""
INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'index', '{}'::text[], '', '{}'::text[], '',
       pg_get_indexdef(i.indexrelid)
FROM pg_index i
WHERE i.indisunique AND i.indrelid::regclass::text ~ %s
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1, 2
"""


def guards(cursor: Any) -> list[Guard]:
    """Every guard on our tables."""
    found = []
    for query in (CONSTRAINTS, TRIGGERS, INDEXES):
        cursor.execute(query, [OURS])
        found += [
            Guard(table, name, kind, tuple(columns), target, tuple(to), action, definition)
            for table, name, kind, columns, target, to, action, definition in cursor.fetchall()
            if table not in FRAMEWORK
        ]
    return found


def needed_columns(cursor: Any) -> set[tuple[str, str]]:
    """(table, column) of every column of ours that is never null."""
    cursor.execute(
        "SELECT attrelid::regclass::text, attname::text FROM pg_attribute"
        " WHERE attnotnull AND attnum > 0 AND attrelid::regclass::text ~ %s",
        [OURS],
    )
    return set(cursor.fetchall())


def tables_of_projects(cursor: Any) -> set[str]:
    cursor.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'project_id' AND table_schema = 'public' AND table_name ~ %s",
        [OURS],
    )
    return {name for (name,) in cursor.fetchall()}


def keys_without_their_project(found: list[Guard], of_no_project: set[str]) -> set[str]:
    """Foreign keys by which a row of one project could name a row of another: those that do not carry both
    rows' `project_id`, one against the other. Keys to tables of no project are none."""
    return {
        g.name
        for g in found
        if g.kind == "foreign key"
        and g.target not in of_no_project
        and ("project_id", "project_id") not in zip(g.columns, g.to_columns, strict=True)
    }


def tables_without_a_project(cursor: Any, of_no_project: set[str]) -> set[str]:
    """Tables of ours that neither name a project nor are said to be of none."""
    cursor.execute(
        "SELECT oid::regclass::text FROM pg_class"
        " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname ~ %s",
        [OURS],
    )
    ours = {name for (name,) in cursor.fetchall()}
    return ours - tables_of_projects(cursor) - of_no_project - set(FRAMEWORK)


def tables_that_point_to_no_project(cursor: Any, found: list[Guard]) -> set[str]:
    """Tables with a `project_id` that no foreign key holds to a project, or to a row of one."""
    pointing = {g.table for g in found if g.kind == "foreign key" and "project_id" in g.columns}
    return tables_of_projects(cursor) - pointing


def inventory() -> dict[str, list[tuple[Any, ...]]]:
    """All columns, constraints, indexes, triggers and functions of the public schema."""
    questions = {
        "columns": """
            SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression
            FROM information_schema.columns WHERE table_schema = 'public'
        """,
        "constraints": """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        """,
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "triggers": """
            SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid)
            FROM pg_trigger WHERE NOT tgisinternal
        """,
        "functions": """
            SELECT oid::regprocedure::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        """,
        "grants": """
            SELECT table_name, privilege_type FROM information_schema.role_table_grants
            WHERE table_schema = 'public' AND grantee = 'sourceline_app'
        """,
    }
    found = {}
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found
