"""What can go wrong with the embedded server, said in words for the person who started it."""


class DatabaseServerError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""
