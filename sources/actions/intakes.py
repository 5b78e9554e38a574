"""Taking in what was handed over, one thing after another: each exactly once, wherever it is broken off."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Max
from django.db.models.functions import Now
from psycopg.errors import QueryCanceled

from sources.intake.columns import BadColumns
from sources.intake.items import Item, count_of, items_of
from sources.intake.refusal import Refusal, Refused
from sources.models import Intake, IntakeItem, IntakeMethod, IntakeState, User, acting

from .imports import Imported, hold_for_each, import_articles
from .intake_lines import line_of
from .kept_files import KeptElsewhere, all_there, forget, keep_stands, kept, stands_of
from .locks import lock_intake
from .reading_ahead import Options, Ready, reading_ahead
from .standing import Held, Over, require_standing, why_held

log = logging.getLogger(__name__)

TOGETHER = 50
"""Items that are stored in one transaction, at most."""
TEXT_TOGETHER = 1_000_000
"""Code points of text in one transaction, or one text that is longer."""
WAIT = 0.3
"""Seconds after which what is read is stored, though fewer are ready."""
_RAW_TOGETHER = 16  # bytes as they came that weigh as much as a code point
TRIES = 3
_METHODS = {IntakeMethod.COMMAND: "file"}

Stored = Callable[[Imported], None]
"""Called in the transaction that stores an item."""
Written = list[tuple[IntakeItem, Imported | None]]
Told = Callable[[IntakeItem, Imported | None], None]
"""Called for each item when it is in."""


def no_more_to_do(imported: Imported) -> None:
    pass


def nobody_to_tell(item: IntakeItem, imported: Imported | None) -> None:
    pass


def take_in(
    intake: Intake,
    items: Callable[[int], Iterator[Item]],
    *,
    stored: Stored = no_more_to_do,
    told: Told = nobody_to_tell,
    until: Callable[[], bool] = lambda: False,
) -> bool:
    """Take in all that `items(position)` gives from that position on; whether the intake is over.

    Items and their lines in the report are stored together. Whoever is killed leaves whole ones behind, and
    whoever follows goes on behind the last; two at once share the work, since each, under the intake's lock,
    looks at how far it is. Not over is only what `until` broke off, to be gone on with later. Raises Held.
    """
    begin_taking(intake)
    position = _next(intake)
    options = Options.of(intake.options)
    batch: list[Ready] = []
    size, begun = 0, time.monotonic()
    numbered = enumerate(items(position), position)
    try:
        for ready, more in reading_ahead(numbered, options):
            batch.append(ready)
            if ready.incoming:
                size += len(ready.incoming.read.text) + len(ready.incoming.raw.raw) // _RAW_TOGETHER
            full = len(batch) >= TOGETHER or size >= TEXT_TOGETHER
            if full or (not more and time.monotonic() - begun > WAIT):
                _store_batch(intake, batch, stored, told)
                batch, size, begun = [], 0, time.monotonic()
                if until():
                    return False
        _store_batch(intake, batch, stored, told)
        finish(intake, IntakeState.DONE)
    except Over:
        pass
    return True


def take_in_kept(intake: Intake, **how: Any) -> bool:
    """The same of the files that were kept for it, which are deleted when all is in or it was stopped.
    Raises KeptElsewhere and Held."""
    if not all_there(intake):
        raise KeptElsewhere
    intake.refresh_from_db()
    over = intake.ended or take_in(intake, lambda position: _kept_items(intake, position), **how)
    if over:
        forget(intake.project, intake.uuid)
    return over


def finish(intake: Intake, state: str, by: User | None = None) -> None:
    """Say that it is done or stopped (`by` whom, else whose it is). One that is over stays as it ended.

    Waits for what is being stored just now: nothing comes in afterwards.
    """
    with acting(by or intake.by):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '25s'")  # as long as a statement may take
        lock_intake(intake.pk)
        now = Intake.objects.get(pk=intake.pk)
        if not now.ended:
            now.state, now.finished_at = state, Now()
            now.save(update_fields=["state", "finished_at"])
    intake.refresh_from_db()


def begin_taking(intake: Intake) -> None:
    """Raises Held."""
    if why := why_held(intake):
        raise Held(why)
    files, options = kept(intake), Options.of(intake.options)
    expected = intake.expected
    if files and intake.state == IntakeState.WAITING:
        expected = sum(count_in(*file, options) for file in files)
    with acting(intake.by):
        lock_intake(intake.pk)
        now = Intake.objects.get(pk=intake.pk)
        if now.state == IntakeState.WAITING:
            now.state, now.started_at, now.expected = IntakeState.RUNNING, Now(), expected
            now.save(update_fields=["state", "started_at", "expected"])
    intake.refresh_from_db()


def count_in(path: Path, name: str, options: Options) -> int:
    """How many items `items_in` gives, as far as that is told without reading them."""
    try:
        return count_of(path, name, declared=options.encoding or None)
    except Refused:
        return 1


def _next(intake: Intake) -> int:
    last = IntakeItem.objects.filter(intake=intake).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _kept_items(intake: Intake, position: int) -> Iterator[Item]:
    """From `position` on, through all its files; those that were read to their end are not opened again."""
    options = Options.of(intake.options)
    stands = stands_of(intake)
    before = 0
    for number, (path, name) in enumerate(kept(intake)):
        if number < len(stands) and before + stands[number] <= position:
            before += stands[number]
            continue
        held = yield from items_in(path, name, options, max(position - before, 0))
        if number == len(stands):
            stands.append(held)
            keep_stands(intake, stands)
        before += held


def items_in(path: Path, name: str, options: Options, start: int = 0) -> Generator[Item, None, int]:
    """What the file holds from item `start` on, one that is refused as a whole as that refusal; how many it
    holds altogether."""
    try:
        declared = options.encoding or None
        return (yield from items_of(path, name, columns=options.meanings, declared=declared, start=start))
    except (Refused, BadColumns) as error:
        refusal = error.refusal if isinstance(error, Refused) else Refusal(name, "", str(error))
        if start == 0:
            yield Item(0, name, refusal=refusal)
        return 1


def _store_batch(intake: Intake, batch: list[Ready], stored: Stored, told: Told) -> None:
    """All of it in one transaction; where the database does not let it, each by itself.

    Acts that wait for each other are ended by the database, and whoever is ended begins again.
    """
    try:
        written = _together(intake, batch, stored)
    except OperationalError:
        written = []
        for ready in batch:
            written += _alone(intake, ready, stored)
    for line, imported in written:
        told(line, imported)


def _alone(intake: Intake, ready: Ready, stored: Stored) -> Written:
    for left in reversed(range(TRIES)):
        try:
            return _together(intake, [ready], stored)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled) and not left:
                return _together(intake, [_too_long(ready)], stored)
            if not left:
                raise
    raise AssertionError("unreachable")


def _too_long(ready: Ready) -> Ready:
    refusal = Refusal(ready.item.name, "", "storing it takes too long")
    return Ready(ready.item, ready.position, refusal=refusal)


def _together(intake: Intake, batch: list[Ready], stored: Stored) -> Written:
    with transaction.atomic():
        lock_intake(intake.pk)
        require_standing(intake)
        left = _next(intake)
        todo = [ready for ready in batch if ready.position >= left]
        became = iter(_imported(intake, [ready for ready in todo if ready.incoming], stored))
        written = [
            line_of(intake, ready, next(became) if ready.incoming else ready.refusal) for ready in todo
        ]
        IntakeItem.objects.bulk_create([line for line, _ in written])
    return written


def store_by_itself(intake: Intake, ready: Ready, stored: Stored, told: Told) -> None:
    """One item, whichever came in before it, and once. Raises Over and Held."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                lock_intake(intake.pk)
                require_standing(intake)
                if IntakeItem.objects.filter(intake=intake, position=ready.position).exists():
                    return
                became = _imported(intake, [ready], stored)[0] if ready.incoming else ready.refusal
                line, imported = line_of(intake, ready, became)
                line.save()
        except OperationalError as error:
            if not left:
                if ready.refusal or not isinstance(error.__cause__, QueryCanceled):
                    raise
                return store_by_itself(intake, _too_long(ready), stored, told)
        else:
            told(line, imported)
            return


def _imported(intake: Intake, batch: list[Ready], stored: Stored) -> list[Imported | Refusal]:
    """All at once; where one of them fails, each by itself, so that it is refused alone."""
    try:
        with acting(intake.by):
            imported = import_articles(
                by=intake.by,
                project=intake.project,
                incoming=[ready.incoming for ready in batch if ready.incoming],
                method=_METHODS.get(IntakeMethod(intake.method), intake.method),
            )
            for one in imported:
                stored(one)
        return [*imported]
    except OperationalError:
        raise
    except Exception as error:
        if isinstance(error, Refused) and len(batch) == 1:
            return [error.refusal]
        if len(batch) > 1:
            hold_for_each(intake.project, [ready.incoming for ready in batch if ready.incoming])
            return [found for ready in batch for found in _imported(intake, [ready], stored)]
        # Readers are meant to hand over only what fits; should one not, the others still come in.
        log.exception("An item of an intake was not stored.")
        return [Refusal(batch[0].item.name, "", _fault(error))]


def _fault(error: Exception) -> str:
    said = next(iter(str(error).splitlines()), "")[:200]
    if isinstance(error, DatabaseError):
        return f"the database does not take it: {said}"
    return f"storing it failed ({type(error).__name__}: {said})"
