"""Locks by name, held until the transaction ends, for what no row stands for yet.

An act that needs several takes them in the order in which they stand here, and rows of articles after them
all: so no two acts ever wait for each other. Whoever holds one sees, at READ COMMITTED, all that its earlier
holders have committed.

`ORDER` is that order, which the tests hold every act to (`tests/order_of_locks.py`).
"""

from collections.abc import Iterable

from django.db import connection

ORDER = ("intake", "standing", "text", "address", "merging outlets", "outlets", "reprints", "texts of")
"""What names begin with, in the order in which locks are taken."""


def lock_intake(intake: int) -> None:
    """Nobody else takes in what belongs to this intake."""
    _lock(f"intake {intake}")


def hold_standing(project: int) -> None:
    """Nobody archives the project or changes anybody's role in it meanwhile. Many may hold this at once, and
    whoever waits to change it goes before those who come later: takers in turn starve nobody, as they would
    by a lock on the project's row."""
    _lock(f"standing {project}", shared=True)


def lock_standing(project: int) -> None:
    """Nobody adds to the project by a right that is being taken. Before any lock on its row."""
    _lock(f"standing {project}")


def lock_texts(project: int, digests: Iterable[str]) -> None:
    """Nobody else stores these texts in the project."""
    _lock(*(f"text {project} {digest}" for digest in digests))


def lock_addresses(project: int, urls: Iterable[str]) -> None:
    """Nobody else puts an article of the project at these addresses."""
    _lock(*(f"address {project} {url}" for url in urls))


def hold_outlets(project: int) -> None:
    """No outlet of the project is merged with another meanwhile: one that was looked up by its name is still
    that name's when it is written. Many may hold this at once."""
    _lock(f"merging outlets {project}", shared=True)


def lock_merging(project: int) -> None:
    """Nobody else merges outlets of the project or takes that back, nor names any: those who do hold them."""
    _lock(f"merging outlets {project}")


def lock_outlets(project: int) -> None:
    """Nobody else names a new outlet in the project."""
    _lock(f"outlets {project}")


def lock_reprints(project: int) -> None:
    """Nobody else says which articles of the project print the same story."""
    _lock(f"reprints {project}")


def hold_texts_of(*articles: int) -> None:
    """Nothing that is marked on texts of these articles is carried meanwhile: a claim and the mentions that
    it names stay on one text. Many may hold this at once, who hold no annotation of the articles yet."""
    _lock(*(f"texts of {article}" for article in articles), shared=True)


def lock_texts_of(article: int) -> None:
    """Nobody else carries what is marked on texts of this article. No lock on its row: whoever saves a claim
    holds the claim and then waits for that row."""
    _lock(f"texts of {article}")


_TAKEN = """
SELECT CASE WHEN %s THEN pg_advisory_xact_lock_shared(key) ELSE pg_advisory_xact_lock(key) END
FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(%s::text[]) AS name ORDER BY key) AS keys
"""


def _lock(*names: str, shared: bool = False) -> None:
    """Several of one kind are taken in an order that is the same for everybody."""
    if names:
        with connection.cursor() as cursor:
            cursor.execute(_TAKEN, [shared, list(names)])
