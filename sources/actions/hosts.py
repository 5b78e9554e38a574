"""The manners of all processes together, kept in PostgreSQL by its own clock."""

from datetime import timedelta
from typing import Any, cast, get_args
from uuid import uuid4

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from sources.intake.fetching.manners import Turn
from sources.intake.fetching.robots import Found, Rules
from sources.models import Host, SiteRules

LEASE = 90.0
"""Seconds for which a turn is kept: longer than all requests of one act may take from one to the next."""
SHORTEST_WAIT = 0.05
KEPT = timedelta(days=1)
"""How long what counts no more is left lying."""
LONGEST_TEXT = 512 * 1024

# One statement, so that of two who ask at once only one is given the turn. clock_timestamp(), since now()
# stands still in a transaction.
_TAKE = """
INSERT INTO sources_host AS held (name, holder, busy_until, next_at)
VALUES (%(host)s, %(holder)s, clock_timestamp() + %(lease)s * interval '1 second', clock_timestamp())
ON CONFLICT (name) DO UPDATE
   SET holder = excluded.holder, busy_until = excluded.busy_until
 WHERE coalesce(held.busy_until, '-infinity') <= clock_timestamp() AND held.next_at <= clock_timestamp()
RETURNING true
"""
_WAIT = """
SELECT extract(epoch FROM CASE
         WHEN busy_until > clock_timestamp() THEN least(busy_until - clock_timestamp(), interval '1 second')
         ELSE next_at - clock_timestamp() END)::float8
  FROM sources_host WHERE name = %(host)s
"""
_EXTEND = """
UPDATE sources_host SET busy_until = clock_timestamp() + %(lease)s * interval '1 second'
 WHERE name = %(host)s AND holder = %(holder)s AND busy_until > clock_timestamp()
"""
_GIVE_BACK = """
UPDATE sources_host
   SET holder = NULL, busy_until = NULL, next_at = clock_timestamp() + %(pause)s * interval '1 second'
 WHERE name = %(host)s AND holder = %(holder)s
"""


class SharedManners:
    """`Manners` for every process that uses this database. Each act is a transaction of its own: inside of
    another nobody else would see whose turn it is."""

    def __init__(self, lease: float = LEASE):
        self._lease = lease

    def take(self, host: str) -> Turn | float:
        turn = Turn(host, uuid4())
        values: dict[str, Any] = {"host": host, "holder": turn.holder, "lease": self._lease}
        if self._run(_TAKE, values):
            return turn
        with connection.cursor() as cursor:
            cursor.execute(_WAIT, values)
            found = cursor.fetchone()
        return max(found[0], SHORTEST_WAIT) if found else SHORTEST_WAIT

    def extend(self, turn: Turn) -> bool:
        values = {"host": turn.host, "holder": turn.holder, "lease": self._lease}
        return self._run(_EXTEND, values) == 1

    def give_back(self, turn: Turn, pause: float) -> None:
        self._run(_GIVE_BACK, {"host": turn.host, "holder": turn.holder, "pause": pause})

    def rules_of(self, site: str) -> Rules | None:
        kept = SiteRules.objects.filter(site=site, counts_until__gt=Now()).first()
        if kept is None:
            return None
        left = (kept.counts_until - timezone.now()).total_seconds()
        return Rules(cast(Found, kept.found), kept.text, max(left, SHORTEST_WAIT))

    def keep_rules(self, site: str, rules: Rules, seconds: float) -> None:
        """And forgets what counts no more, of this site and of others."""
        if rules.found not in get_args(Found):
            raise ValueError(rules.found)
        SiteRules.objects.bulk_create(
            [
                SiteRules(
                    site=site,
                    found=rules.found,
                    text=rules.text[:LONGEST_TEXT],
                    read_at=Now(),
                    counts_until=Now() + timedelta(seconds=seconds),
                )
            ],
            update_conflicts=True,
            unique_fields=["site"],
            update_fields=["found", "text", "read_at", "counts_until"],
        )
        SiteRules.objects.filter(counts_until__lt=Now() - KEPT).delete()
        free = Q(busy_until=None) | Q(busy_until__lt=Now() - KEPT)
        Host.objects.filter(free, next_at__lt=Now() - KEPT).delete()

    @staticmethod
    def _run(statement: str, values: dict[str, Any]) -> int:
        if connection.in_atomic_block:
            raise RuntimeError("Nobody else sees whose turn it is while a transaction is open.")
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)
