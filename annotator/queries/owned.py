"""Which sorts of things claims own at all: most own few, and what nobody owns is not asked for."""

from collections.abc import Iterable
from typing import Final

from django.db import connection

_WHERE: Final = {
    "topics": "annotator_claimtopic WHERE claim_id = ANY (%(keys)s)",
    "positions": "annotator_position WHERE claim_id = ANY (%(keys)s)",
    "quantities": "annotator_quantity WHERE claim_id = ANY (%(keys)s)",
    "words": "annotator_supportingspan WHERE claim_id = ANY (%(keys)s)",
    "links": "annotator_attribution WHERE claim_id = ANY (%(keys)s)",
    "targets": "annotator_party WHERE claim_id = ANY (%(keys)s)",
    "relations": "annotator_claimrelation WHERE claim_id = ANY (%(keys)s)",
    "related": "annotator_claimrelation WHERE other_id = ANY (%(keys)s)",
}
_ASKED: Final = "SELECT name FROM (VALUES {}) AS sort (name, found) WHERE found".format(  # noqa: S608  constants
    ", ".join(f"('{name}', EXISTS (SELECT FROM {rows}))" for name, rows in _WHERE.items())
)
NOTHING: Final[frozenset[str]] = frozenset()


def owned(claims: Iterable[int]) -> frozenset[str]:
    """Names of those sorts of which any of the claims has one: topics, positions, quantities, words (said of
    the claim itself), links, targets, relations (to others) and related (from others). One query, or none."""
    keys = list(claims)
    if not keys:
        return NOTHING
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"keys": keys})
        return frozenset(name for (name,) in cursor)
