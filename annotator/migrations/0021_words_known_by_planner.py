"""How often each of five thousand words stands in claims is known to the planner, not of a thousand alone.

A word that it has never met is taken for half as frequent as the rarest that it knows. Of a thousand known ones that
is so much that walking through the claims in their order until twenty are found seems better than the index of words,
and where there are none, that walk goes on to the last row.
"""

from django.db import migrations

KNOWN = "ALTER TABLE annotator_claimwords ALTER COLUMN words SET STATISTICS 500"
AS_BEFORE = "ALTER TABLE annotator_claimwords ALTER COLUMN words SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0020_claims_printed")]
    operations = [migrations.RunSQL(KNOWN, AS_BEFORE)]
