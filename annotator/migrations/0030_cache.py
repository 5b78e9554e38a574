"""The table of Django's database cache, in which all processes count rates together.

`createcachetable` would make it as the role that runs; here it is the owner's, as every table is. Losing it
loses nothing, so it is not written to the log of the database.
"""

from django.db import migrations

INSTALL = """
CREATE UNLOGGED TABLE sourceline_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX sourceline_cache_expires ON sourceline_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0029_purging_invitations")]

    operations = [migrations.RunSQL(INSTALL, "DROP TABLE sourceline_cache;")]
