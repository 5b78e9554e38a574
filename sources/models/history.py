"""Who changed what, when, from what to what. Written by the database's own triggers alone.

Rows hold no foreign keys, so neither a deletion nor a rollback can make them lie, and the app's
role may only read them.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models, transaction
from django.db.models.functions import Now

from sources.request_id import request_id

if TYPE_CHECKING:
    from .account import User


class Change(models.Model):
    """One row's change in one statement; `row_id` is its primary key, `request` groups one user act, and
    `request_id` all that one request over HTTP did: the log and the answer's `X-Request-ID` name it too."""

    at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    request = models.CharField(max_length=40, blank=True)
    request_id = models.CharField(max_length=40, blank=True, default="", db_default="")
    project_id = models.BigIntegerField(null=True)
    table = models.CharField(max_length=63)
    operation = models.CharField(max_length=6)
    row_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["table", "row_id", "id"], name="change_by_row"),
            models.Index(fields=["project_id", "-id"], name="change_by_project"),
            models.Index(fields=["project_id", "user_id", "-id"], name="change_by_person"),
            BrinIndex(fields=["at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.row_id}"


_NAME = (
    "SELECT set_config('sourceline.act', %s, true), set_config('sourceline.user', %s, true),"
    " set_config('sourceline.request', %s, true)"
)
_act: ContextVar[str | None] = ContextVar("act", default=None)


@contextmanager
def acting(by: "User | None") -> Iterator[str]:
    """One atomic act of one user: everything written inside is recorded as theirs.

    Yields the act's identifier, the same in all its history rows. Acts may nest: the outermost names the
    user and is the transaction; an inner one adds no savepoint, so whoever catches what it raises and
    goes on must hold a savepoint of their own. The database's settings are local to the transaction, so a
    pooled connection never carries them to its next user.
    """
    outer = _act.get()
    if outer is not None:
        yield outer
        return
    act, inside = secrets.token_hex(8), connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NAME, [act, str(by.pk) if by is not None else "", request_id()])
        token = _act.set(act)
        try:
            yield act
        finally:
            _act.reset(token)
        if inside:  # what the same surrounding transaction writes after this act is nobody's
            cursor.execute(_NAME, ["", "", ""])
