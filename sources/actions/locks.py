"""Locks by name, held until the transaction ends, for what no row stands for yet.

An act that needs several takes them in the order in which they stand here, and rows of articles after them
all: so no two acts ever wait for each other. Whoever holds one sees, at READ COMMITTED, all that its earlier
holders have committed.
"""

from django.db import connection


def lock_intake(intake: int) -> None:
    """Nobody else takes in what belongs to this intake."""
    _lock(f"intake {intake}")


def lock_text(project: int, digest: str) -> None:
    """Nobody else stores this text in the project."""
    _lock(f"text {project} {digest}")


def lock_address(project: int, url: str) -> None:
    """Nobody else puts an article of the project at this address."""
    _lock(f"address {project} {url}")


def lock_outlets(project: int) -> None:
    """Nobody else names a new outlet in the project."""
    _lock(f"outlets {project}")


def lock_reprints(project: int) -> None:
    """Nobody else says which articles of the project print the same story."""
    _lock(f"reprints {project}")


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
