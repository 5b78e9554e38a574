"""PostgreSQL 18 of our own, for machines without one: no network, two roles, one supervisor per data folder.

`ensure_running(data_dir)` is all that callers need. As an ordinary user the database files lie in
`postgres/` in the data folder. As root PostgreSQL runs as the system user `sourceline-db`, and the files
lie under `/var/lib/sourceline`, where that user can reach them whatever the data folder's permissions are;
`database.json` in the data folder tells which ones.
"""

from .errors import DatabaseServerError
from .server import Server, ensure_running, has_database, remove

__all__ = ["DatabaseServerError", "Server", "ensure_running", "has_database", "remove"]
