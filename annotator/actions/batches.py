"""Acts on many claims at once: looked at first, done in one transaction, and taken back row by row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from annotator.intents.batch import Picked
from annotator.intents.refusal import Refused, Taken
from annotator.models import Annotation, Batch, BatchRow, Claim
from annotator.queries.batches import State, latest_reviews, states_of
from sources.models import Change, Project, User, acting

from .deeds import DEEDS, Do

STALE = "it was changed or judged since this page showed it"


@dataclass(frozen=True)
class Outcome:
    """What an act makes of one claim. `why` says why nothing: it refuses (`refused`), or there is nothing to
    change where `was` and `became` agree. `picked` is the claim as it stood before."""

    picked: Picked
    claim: int = 0
    refused: bool = False
    why: str = ""
    was: State = field(default_factory=dict)
    became: State = field(default_factory=dict)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(what, before, after) of what differs."""
        names = [name for name in self.became if self.was.get(name) != self.became[name]]
        return [(name, self.was.get(name, ""), self.became[name]) for name in names]


class NotAsShown(Exception):
    """Nothing was done: some rows are no longer what the page showed. `outcomes` are all as they are now."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__("some claims are not as they were shown")
        self.outcomes = outcomes


@dataclass(frozen=True)
class _Done:
    claim: Claim
    first: int
    last: int


def look(*, by: User, project: Project, deed: str, intent: Any, rows: Sequence[Picked]) -> list[Outcome]:
    """What `carry_out` would make of each row: it is done, looked at and taken back, so that neither can say
    otherwise. One transaction; nothing of it stays."""
    with acting(by), transaction.atomic():
        outcomes, _ = _each(by, project, DEEDS[deed].do, intent, rows)
        transaction.set_rollback(True)
    return outcomes


def carry_out(
    *,
    by: User,
    project: Project,
    deed: str,
    intent: Any,
    rows: Sequence[Picked],
    uuid: UUID,
    said: Sequence[tuple[str, str]],
) -> Batch:
    """Do it to every row, all in one transaction and as one act of the history, or to none.

    The batch of that `uuid` is answered where the same person made it already: its answer got lost.
    Raises NotAsShown when a row refuses or was changed since it was shown, Taken, Refused when nothing
    changes.
    """
    with acting(by) as act:
        if made := Batch.objects.filter(uuid=uuid).first():
            kept = set(made.rows.values_list("claim__uuid", flat=True))
            same = made.deed == deed and made.said == [list(pair) for pair in said]
            if (made.project_id, made.by_id) != (project.pk, by.pk) or not same:
                raise Taken
            if not kept <= {row.claim for row in rows}:
                raise Taken
            return made
        outcomes, done = _each(by, project, DEEDS[deed].do, intent, rows)
        if any(outcome.refused for outcome in outcomes):
            raise NotAsShown(outcomes)
        if not done:
            raise Refused("", "something", "nothing would change")
        batch = Batch.objects.create(
            uuid=uuid, project=project, deed=deed, said=[list(pair) for pair in said], act=act, by=by
        )
        _keep(batch, done, {outcome.claim: outcome for outcome in outcomes})
    return batch


def _keep(batch: Batch, done: list[_Done], outcomes: dict[int, Outcome]) -> None:
    keys = [one.claim.pk for one in done]
    versions = dict(Annotation.objects.filter(pk__in=keys).values_list("pk", "version"))
    reviews = latest_reviews(keys)
    BatchRow.objects.bulk_create(
        BatchRow(
            project_id=batch.project_id,
            batch=batch,
            claim=one.claim,
            version_before=outcomes[one.claim.pk].picked.version or 0,
            version=versions[one.claim.pk],
            review=reviews.get(one.claim.pk, ""),
            first_change=one.first,
            last_change=one.last,
            was=outcomes[one.claim.pk].was,
            became=outcomes[one.claim.pk].became,
        )
        for one in done
    )


def _each(
    by: User, project: Project, do: Do, intent: Any, rows: Sequence[Picked]
) -> tuple[list[Outcome], list[_Done]]:
    claims = _locked(project, [row.claim for row in rows])
    keys = [claim.pk for claim in claims.values()]
    was, reviews = states_of(keys), latest_reviews(keys)
    why: dict[UUID, str] = {}
    stood: dict[UUID, Picked] = {}
    done: list[_Done] = []
    mark = _last_change()
    for row in rows:
        claim = claims.get(row.claim)
        if claim is None:
            why[row.claim] = "there is no such claim in this project"
            continue
        now = Picked(row.claim, claim.annotation.version, reviews.get(claim.pk, ""))
        stood[row.claim] = now
        if row.version is not None and row != now:
            why[row.claim] = STALE
            continue
        try:
            with _own_savepoint():
                do(by=by, claim=claim, intent=intent)
        except Refused as refusal:
            why[row.claim] = refusal.message
            continue
        if last := _last_change_since(project, mark):
            done.append(_Done(claim, mark, last))
            mark = last
    became = states_of(keys)
    return [
        Outcome(
            stood.get(row.claim, row),
            claims[row.claim].pk if row.claim in claims else 0,
            refused=row.claim in why,
            why=why.get(row.claim, ""),
            was=was.get(claims[row.claim].pk, {}) if row.claim in claims else {},
            became=became.get(claims[row.claim].pk, {}) if row.claim in claims else {},
        )
        for row in rows
    ], done


def _locked(project: Project, uuids: Sequence[UUID]) -> dict[UUID, Claim]:
    """Their annotations' locks are taken in one order, so that two such acts never wait for each other."""
    anchors = Annotation.objects.select_for_update(of=("self",)).filter(project=project, uuid__in=uuids)
    keys = list(anchors.order_by("pk").values_list("pk", flat=True))
    claims = Claim.objects.filter(pk__in=keys).select_related("annotation__snapshot", "project", "type")
    return {claim.uuid: claim for claim in claims.defer("annotation__snapshot__text")}


@contextmanager
def _own_savepoint() -> Iterator[None]:
    """What one row's doing breaks is that row's refusal, what is checked at the end of a transaction too."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise Refused("", "kept_by_database", "the database’s rules refuse it") from error


def _last_change() -> int:
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def _last_change_since(project: Project, mark: int) -> int:
    """The last change of this transaction behind `mark`; 0 for none. Others' may lie between."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM sources_change WHERE project_id = %s AND id > %s"
            " AND transaction = txid_current()",
            [project.pk, mark],
        )
        return int(cursor.fetchone()[0] or 0)


def undo(*, by: User, project: Project, uuid: UUID) -> tuple[int, list[tuple[UUID, str]]]:
    """Give each row back what it had, but for those that were changed since: the number given back, and each
    of the others with why not. Undoing again tries the others again.

    Raises Batch.DoesNotExist.
    """
    with acting(by):
        batch = Batch.objects.get(project=project, uuid=uuid)
        # Locked, so that who undoes at the same time waits, and then finds nothing left to undo.
        standing = BatchRow.objects.select_for_update(of=("self",)).filter(batch=batch, undone_at=None)
        rows = list(standing.select_related("claim", "batch").order_by("claim"))
        claims = _locked(project, [row.claim.uuid for row in rows])
        reviews = latest_reviews([row.claim_id for row in rows])
        left: list[tuple[UUID, str]] = []
        for row in rows:
            claim = claims[row.claim.uuid]
            try:
                if (claim.annotation.version, reviews.get(claim.pk, "")) != (row.version, row.review):
                    raise Refused("", "changed_since", "it was changed or judged since")
                with _own_savepoint():
                    DEEDS[batch.deed].undo(by=by, claim=claim, row=row)
            except Refused as refusal:
                left.append((claim.uuid, refusal.message))
                continue
            version = Annotation.objects.values_list("version", flat=True).get(pk=claim.pk)
            BatchRow.objects.filter(pk=row.pk).update(undone_at=Now(), undone_by=by, version_undone=version)
    return len(rows) - len(left), left
