"""The line that a purge leaves names the request that asked for it, as every other line of the history does."""

from importlib import import_module

from django.db import migrations

_changed = import_module("annotator.migrations.0031_purging_after_export")._changed
CHANGES = [
    (
        """(transaction, user_id, request, project_id, "table", operation, row_id, before, after)
    VALUES (txid_current(), by_user, '', project,""",
        """(transaction, user_id, request, request_id, project_id, "table", operation, row_id, before, after)
    VALUES (txid_current(), by_user, coalesce(current_setting('sourceline.act', true), ''),
            coalesce(current_setting('sourceline.request', true), ''), project,""",
    )
]


class Migration(migrations.Migration):
    dependencies = [("annotator", "0033_exports_downloaded")]
    operations = [
        migrations.RunSQL(_changed(CHANGES), _changed([(new, old) for old, new in CHANGES])),
    ]
