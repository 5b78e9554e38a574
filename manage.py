#!/usr/bin/env python
"""The command line. Prepares the data folder and its database server, then hands over to Django."""

import os
import sys

from annotator import preparation


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
    try:
        preparation.take_data_option(sys.argv, os.environ)
        preparation.prepare(sys.argv[1] if len(sys.argv) > 1 else "", os.environ)
    except preparation.CannotPrepare as error:
        sys.exit(str(error))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
