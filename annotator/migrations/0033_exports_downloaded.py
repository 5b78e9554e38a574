"""A release counts as the whole export of a project once its file was downloaded whole, by whom and when."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sources.models.at_once import MigrationAtOnce

EXPORTED = import_module("annotator.migrations.0031_purging_after_export").EXPORTED.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
CHANGES = [
    (
        "'at', r.ready_at, 'sha256', r.sha256)",
        "'at', r.ready_at, 'sha256', r.sha256,\n"
        "                                  'downloaded_at', r.downloaded_at,\n"
        "                                  'downloaded_by', r.downloaded_by_id)",
    ),
    (
        "r.created_at >= p.archived_at\n",
        "r.created_at >= p.archived_at\n"
        "          AND r.downloaded_at >= p.archived_at AND r.downloaded_at <= clock_timestamp()\n",
    ),
]


def _changed() -> str:
    statement: str = EXPORTED
    for old, new in CHANGES:
        if statement.count(old) != 1:
            raise ValueError("sourceline_full_export is not as expected")
        statement = statement.replace(old, new)
    return statement


# What was made stays as it was; who took it away is told once.
FROZEN = """
DROP TRIGGER release_ready_frozen ON annotator_release;
SELECT sourceline_forbid('annotator_release', 'UPDATE', 'release_ready_frozen',
    $$OLD.state = 'ready' AND (OLD.downloaded_at IS NOT NULL
      OR to_jsonb(OLD) - 'downloaded_at' - 'downloaded_by_id'
         IS DISTINCT FROM to_jsonb(NEW) - 'downloaded_at' - 'downloaded_by_id')$$);
"""
FROZEN_AT_ONCE = """
DROP TRIGGER release_ready_frozen ON annotator_release;
SELECT sourceline_forbid('annotator_release', 'UPDATE', 'release_ready_frozen', $$OLD.state = 'ready'$$);
"""


class Migration(MigrationAtOnce):
    dependencies = [("annotator", "0032_api_cache")]
    operations = [
        migrations.AddField("release", "downloaded_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "release",
            "downloaded_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("downloaded_at", None), ("downloaded_by", None)),
                    models.Q(("downloaded_at__isnull", False), ("downloaded_by__isnull", False)),
                    _connector="OR",
                ),
                name="release_downloaded_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(
                condition=models.Q(
                    ("downloaded_at", None),
                    models.Q(
                        ("downloaded_at__gte", models.F("ready_at")),
                        ("ready_at__isnull", False),
                        ("state", "ready"),
                    ),
                    _connector="OR",
                ),
                name="release_downloaded_when_ready",
            ),
        ),
        migrations.RunSQL(FROZEN + _changed(), EXPORTED + FROZEN_AT_ONCE),
    ]
