#!/usr/bin/env python
"""The command line. Prepares the data folder and its database server, then hands over to Django."""

import os
import sys

from annotator import preparation


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
    try:
        preparation.take_data_option(sys.argv, os.environ)
        preparation.prepare(sys.argv, os.environ)
    except preparation.CannotPrepare as error:
        sys.exit(str(error))
    from django.core.management import execute_from_command_line
    from django.db import ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != "42P01":  # undefined_table
            raise
        sys.exit("The database lacks tables. script/server makes them, and so does the command migrate.")


if __name__ == "__main__":
    main()
