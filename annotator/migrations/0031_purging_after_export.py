"""A project is purged by one of its managers, after all of it was exported; counts of what went stay."""

from django.db import migrations

# Each pair is a part of the function as it stands, whatever else was added to it, and what it becomes.
CHANGES = [
    (
        """    PERFORM set_config('sourceline.purge', project::text, true);
""",
        """    IF NOT EXISTS (SELECT FROM sources_membership m
                   WHERE (m.project_id, m.user_id, m.role) = (project, by_user, 'manager')) THEN
        RAISE EXCEPTION 'purge_by_a_manager: % does not manage project %', by_user, project
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'purge_by_a_manager';
    END IF;
    exported := sourceline_full_export(project);
    IF exported IS NULL THEN
        RAISE EXCEPTION 'purge_needs_export: project % was not exported whole since it was archived', project
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'purge_needs_export';
    END IF;
    PERFORM set_config('sourceline.purge', project::text, true);
""",
    ),
    (
        """    gone jsonb;
""",
        """    gone jsonb;
    exported jsonb;
    went jsonb := '{}';
    many bigint;
""",
    ),
    (
        """        EXECUTE format('DELETE FROM %I WHERE project_id = $1', relation) USING project;
""",
        """        EXECUTE format('DELETE FROM %I WHERE project_id = $1', relation) USING project;
        GET DIAGNOSTICS many = ROW_COUNT;
        went := went || jsonb_build_object(relation, many);
""",
    ),
    (
        """    DELETE FROM sources_change WHERE project_id = project;
""",
        """    DELETE FROM sources_change WHERE project_id = project;
    GET DIAGNOSTICS many = ROW_COUNT;
    went := went || jsonb_build_object('sources_change', many);
""",
    ),
    (
        """"table", operation, row_id, before)
    VALUES (txid_current(), by_user, '', project, 'sources_project', 'PURGE', project, gone);
""",
        """"table", operation, row_id, before, after)
    VALUES (txid_current(), by_user, '', project, 'sources_project', 'PURGE', project, gone,
            jsonb_build_object('rows', went, 'export', exported));
""",
    ),
]

EXPORTED = """
-- How a project was exported whole since it was archived, or NULL: a release of all its claims, whatever their
-- status, with the texts; or a backup of the installation.
CREATE FUNCTION sourceline_full_export(project bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT found.export FROM sources_project p, LATERAL (
        SELECT jsonb_build_object('kind', 'release', 'number', r.number, 'at', r.ready_at, 'sha256', r.sha256) AS export,
               r.ready_at AS at
        FROM annotator_release r
        WHERE r.project_id = p.id AND r.state = 'ready' AND r.created_at >= p.archived_at
          AND r.filter -> 'statuses' @> '["draft", "submitted", "accepted", "rejected", "disputed"]'
          AND coalesce(r.filter -> 'with_texts' = 'true', false)
          AND coalesce(r.filter -> 'speakers', '[]') = '[]' AND coalesce(r.filter -> 'topics', '[]') = '[]'
          AND coalesce(r.filter -> 'published' ->> 'from', '') = ''
          AND coalesce(r.filter -> 'published' ->> 'to', '') = ''
        UNION ALL
        SELECT jsonb_build_object('kind', 'backup', 'at', b.began_at, 'sha256', b.sha256), b.began_at
        FROM sources_backuptaken b WHERE b.began_at >= p.archived_at AND b.began_at <= clock_timestamp()
    ) found WHERE p.id = project ORDER BY found.at DESC LIMIT 1
$$;
"""


def _changed(pairs: list[tuple[str, str]]) -> str:
    """The statement that changes the purging function, and fails where a part of it is not to be found."""
    steps = "".join(
        f"""
    IF position($a${old}$a$ IN body) = 0 THEN RAISE EXCEPTION 'sourceline_purge_project is not as expected'; END IF;
    body := replace(body, $a${old}$a$, $b${new}$b$);"""
        for old, new in pairs
    )
    return f"""
DO $do$ DECLARE body text := pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure);
BEGIN{steps}
    EXECUTE body;
END $do$;
"""


INSTALL = EXPORTED + _changed(CHANGES)
REMOVE = _changed([(new, old) for old, new in CHANGES]) + "DROP FUNCTION sourceline_full_export(bigint);"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0030_cache"), ("sources", "0018_archived")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
