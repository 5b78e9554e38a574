"""`python -m annotator.embedded_postgres FOLDER`: the supervisor of one data folder's server."""

import sys

from .supervisor import main

sys.exit(main(sys.argv[1:]))
