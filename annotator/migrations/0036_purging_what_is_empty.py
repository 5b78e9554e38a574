"""A project that holds nothing to take away is purged without an export, which nobody could make of it."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("annotator.migrations.0033_exports_downloaded")._changed()
LAST = "FROM sources_backuptaken b WHERE b.began_at >= p.archived_at AND b.began_at <= clock_timestamp()\n"
# Outlets alone are no work; a codebook beyond its first version is. Whatever is discussed, marked or released
# stands on one of these.
EMPTY = """
        UNION ALL
        SELECT jsonb_build_object('kind', 'nothing', 'at', p.archived_at), p.archived_at
        WHERE p.archived_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM sources_article x WHERE x.project_id = p.id)
          AND NOT EXISTS (SELECT FROM annotator_claim x WHERE x.project_id = p.id)
          AND NOT EXISTS (SELECT FROM annotator_actor x WHERE x.project_id = p.id)
          AND NOT EXISTS (SELECT FROM annotator_event x WHERE x.project_id = p.id)
          AND NOT EXISTS (SELECT FROM annotator_release x WHERE x.project_id = p.id)
          AND NOT EXISTS (SELECT FROM annotator_codebookversion x WHERE x.project_id = p.id AND x.number > 1)
"""


def _changed() -> str:
    if BEFORE.count(LAST) != 1:
        raise ValueError("sourceline_full_export is not as expected")
    statement: str = BEFORE.replace(LAST, LAST + EMPTY)
    return statement


class Migration(migrations.Migration):
    dependencies = [("annotator", "0035_archived_everywhere")]
    operations = [migrations.RunSQL(_changed(), BEFORE)]
