"""What is kept is counted again for so many marks at a time that each call stays below what a statement of the app
may take, however many have come together: after a long import, or a merge of who is heard everywhere."""

from django.db import migrations

AT_ONCE = 4000
"""Marks that a call takes; an article has two or three of an import, one of a save."""
CHANGES = [
    ("    who bigint[];\n", "    who bigint[];\n    taken integer;\n"),
    (
        "WHERE m.project_id = project RETURNING m.article_id)\n"
        "    SELECT array_agg(DISTINCT g.article_id) INTO stale FROM gone g;\n",
        "WHERE m.id = ANY (ARRAY(\n        SELECT o.id FROM annotator_heardmark o"
        f" WHERE o.project_id = project ORDER BY o.id LIMIT {AT_ONCE}\n    )) RETURNING m.article_id)\n"
        "    SELECT array_agg(DISTINCT g.article_id), count(*) INTO stale, taken FROM gone g;\n",
    ),
    ("    RETURN true;\nEND", f"    RETURN taken = {AT_ONCE};  -- whether there may be more\nEND"),
]


def _changed(pairs: list[tuple[str, str]]) -> str:
    """The function with each first text replaced by its second, which has to be in it."""
    steps = "".join(
        f"""
    IF position($old${old}$old$ IN told) = 0 THEN
        RAISE EXCEPTION 'sourceline_hear is not as it was made';
    END IF;
    told := replace(told, $old${old}$old$, $new${new}$new$);"""
        for old, new in pairs
    )
    return f"""
DO $do$ DECLARE
    told text := pg_get_functiondef('sourceline_hear(bigint)'::regprocedure);
BEGIN{steps}
    EXECUTE told;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0038_heard_kept")]
    operations = [migrations.RunSQL(_changed(CHANGES), _changed([(new, old) for old, new in CHANGES]))]
