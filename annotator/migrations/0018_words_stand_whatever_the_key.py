"""The words of a number or a party are looked at again also where an update gives their row another key."""

from django.db import migrations

# Of rows without one before under their key all is new; one that has another row's key is held against that row.
NUMBERS = (("FROM new_rows n JOIN old_rows o", "FROM new_rows n LEFT JOIN old_rows o"),)
PARTIES = (
    *NUMBERS,
    (
        "WHERE n.words <> o.words",
        "WHERE (n.claim_id, n.attribution_id, n.words) IS DISTINCT FROM (o.claim_id, o.attribution_id, o.words)",
    ),
)


def said_anew(function, changes):
    """The function as it stands, with each first of the pairs turned into the second."""
    told = f"pg_get_functiondef('{function}()'::regprocedure)"
    for before, after in changes:
        told = f"replace({told}, $${before}$$, $${after}$$)"
    return f"DO $do$ BEGIN EXECUTE {told}; END $do$;"


def back(changes):
    return [(after, before) for before, after in changes]


INSTALL = said_anew("sourceline_number_stands", NUMBERS) + said_anew("sourceline_party_stands", PARTIES)
REMOVE = said_anew("sourceline_number_stands", back(NUMBERS)) + said_anew(
    "sourceline_party_stands", back(PARTIES)
)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0017_told_apart")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
