"""What the columns of tables mean in a project, remembered by their names."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

INSTALL = """
SELECT sourceline_forbid('sources_columnmapping', 'UPDATE', 'column_mapping_stays_with_its_columns',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.key, OLD.names) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.key, NEW.names)');
SELECT sourceline_version('sources_columnmapping', 'column_mapping_version_counts_up');
SELECT sourceline_keep_history('sources_columnmapping', 'id');
"""

REMOVE = """
DROP TRIGGER history_insert ON sources_columnmapping;
DROP TRIGGER history_update ON sources_columnmapping;
DROP TRIGGER history_delete ON sources_columnmapping;
DROP TRIGGER history_truncate ON sources_columnmapping;
DROP TRIGGER column_mapping_version_counts_up ON sources_columnmapping;
DROP TRIGGER column_mapping_stays_with_its_columns ON sources_columnmapping;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0009_hosts")]
    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=64)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("meaning", models.JSONField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="column_mappings",
                        to="sources.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "key"), name="column_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[0-9a-f]{64}$")), name="column_mapping_key"
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
