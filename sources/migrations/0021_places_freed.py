"""A place that a sign-up took and never used is free again after three days, or when the account is switched off."""

from importlib import import_module

from django.db import migrations

BY_ALL = "UNION SELECT u.id FROM sources_user u WHERE u.signed_up_by = asked.uuid) x"
BY_THE_LATEST = """UNION SELECT u.id FROM sources_user u
                                  WHERE u.signed_up_by = asked.uuid AND u.is_active
                                    AND u.date_joined > clock_timestamp() - interval '3 days') x"""


def _accepting(before: str, after: str) -> str:
    """The function that the step before made, but for who holds a place of an invitation."""
    made = import_module("sources.migrations.0020_places_held").INSTALL
    begin = made.index("CREATE OR REPLACE FUNCTION sourceline_acceptance_of_open()")
    statement: str = made[begin : made.index("END $$;", begin) + len("END $$;")]
    if statement.count(before) != 1:
        raise ValueError("sourceline_acceptance_of_open is not as expected")
    return statement.replace(before, after)


INSTALL = _accepting(BY_ALL, BY_THE_LATEST)
REMOVE = _accepting(BY_ALL, BY_ALL)


class Migration(migrations.Migration):
    dependencies = [("sources", "0020_places_held")]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
