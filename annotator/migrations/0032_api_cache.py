"""The table in which all processes count what programs ask, apart from the counts of sign-ins."""

from django.db import migrations

INSTALL = """
CREATE UNLOGGED TABLE sourceline_api_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX sourceline_api_cache_expires ON sourceline_api_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0031_purging_after_export")]

    operations = [migrations.RunSQL(INSTALL, "DROP TABLE sourceline_api_cache;")]
