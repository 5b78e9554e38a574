"""Articles handed over to be taken in by a worker, with all that belongs to storing one."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import ceil
from typing import Any
from uuid import UUID, uuid4

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.queries.intakes import given_up
from sources.actions.address_intakes import Waiting, host_of, take_in_addresses
from sources.actions.column_mappings import answered, remember
from sources.actions.disk_room import has_room
from sources.actions.imports import Imported
from sources.actions.intakes import finish, take_in_kept
from sources.actions.kept_files import forget, keep
from sources.actions.reading_ahead import Options
from sources.actions.standing import Held
from sources.intake.columns import Columns
from sources.intake.fetching.urls import without_password
from sources.models import (
    Intake,
    IntakeMethod,
    IntakeState,
    Project,
    User,
    acting,
)
from sources.request_id import for_the_job

from .carrying import carry

TAKE = "intakes.take_in"
"""The name of the job that takes in what was kept."""
TURN = 10.0
"""Seconds after which an intake lets other jobs that wait go first."""
FOR_ROOM = 60.0
"""Seconds after which it is looked again whether there is room on the disk."""
_NAMED = 3
_OTHERS = 10
"""Intakes that one answer has looked at; more go on when their page is opened."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes: `name` is what its sender calls it."""

    name: str
    chunks: Iterable[bytes]


def begin(
    *,
    by: User,
    project: Project,
    uploads: Sequence[Upload],
    options: Options = Options(),  # noqa: B008  (frozen)
    method: str = IntakeMethod.UPLOAD,
    asking: bool = False,
) -> Intake:
    """Keep the files and have a worker take them in; `asking`, or where nobody has ever said what the columns
    of one of their tables mean, once somebody has answered (`go_on`)."""
    uuid = uuid4()
    try:
        for number, upload in enumerate(uploads):
            keep(project, uuid, number, upload.chunks)
        names = [as_named(upload.name) for upload in uploads]
        intake = Intake(
            uuid=uuid,
            project=project,
            by=by,
            method=method,
            name=_together(names),
            options={**_said(options), "files": names},
        )
        columns, all_known = answered(intake)
        if columns:
            intake.options["columns"] = columns
        if asking or not all_known:
            intake.state = IntakeState.ASKING
        with acting(by):
            intake.save(force_insert=True)
            if intake.state == IntakeState.WAITING:
                _hand_over(intake)
    except BaseException:
        forget(project, uuid)
        raise
    return intake


def go_on(*, by: User, intake: Intake, options: Options) -> None:
    """What was asked is answered: a worker takes it in so. Answering twice is answering once."""
    with acting(by):
        now = Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
        if now.state == IntakeState.ASKING:
            kept = {name: now.options[name] for name in ("files", "letters") if name in now.options}
            now.options = {**_said(options), **kept}
            now.state = IntakeState.WAITING
            now.save(update_fields=["options", "state"])
            _hand_over(now)
    intake.refresh_from_db()


def say_columns(
    *, by: User, intake: Intake, names: Sequence[str], columns: Columns, letters: str = ""
) -> bool:
    """What the columns of these names mean, from now on; whether nothing is left to be asked, and a worker
    takes it all in. `letters` are those that were shown (`letters_of`). Others that waited for nothing but
    the same answer go on as well. Raises BadColumns."""
    remember(by=by, project=intake.project, names=names, columns=columns)
    if letters:
        _looked_at(by, intake, letters)
    over = go_on_if_answered(by=by, intake=intake)
    others = Intake.objects.filter(project=intake.project, state=IntakeState.ASKING).exclude(pk=intake.pk)
    for other in others.order_by("-pk")[:_OTHERS]:
        if answered(other)[0]:  # it waits for columns, and some of them are known
            go_on_if_answered(by=by, intake=other)
    return over


def _looked_at(by: User, intake: Intake, letters: str) -> None:
    """Two who answer at once for two tables of one archive both count."""
    with acting(by):
        now = Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
        seen = [*now.options.get("letters", []), letters]
        if now.state == IntakeState.ASKING:
            now.options["letters"] = list(dict.fromkeys(seen))
            now.save(update_fields=["options"])
    intake.options["letters"] = seen


def go_on_if_answered(*, by: User, intake: Intake) -> bool:
    """Whether what the columns of all of its tables mean is known by now, and a worker takes it in."""
    known, all_known = answered(intake)
    if all_known:
        go_on(by=by, intake=intake, options=replace(Options.of(intake.options), columns=known))
    return all_known


def again(*, intake: Intake) -> None:
    """Have a worker go on with one that workers gave up on, or that was held, behind what is in."""
    if intake.state in (IntakeState.WAITING, IntakeState.RUNNING) and given_up(intake):
        _hand_over(intake)


def stop(*, by: User, intake: Intake) -> None:
    """Nothing more is taken in; what is in stays."""
    nobody_reads_it = intake.state == IntakeState.ASKING or given_up(intake)
    finish(intake, IntakeState.STOPPED, by)
    if nobody_reads_it:
        forget(intake.project, intake.uuid)


def begin_addresses(
    *,
    by: User,
    project: Project,
    addresses: Sequence[str],
    options: Options = Options(),  # noqa: B008  (frozen)
    again: bool = False,
    article: UUID | str | None = None,
    refused_in: UUID | None = None,
) -> Intake:
    """Have a worker fetch addresses and take in what is there; `again`, as further texts of the articles at
    these very addresses, whatever address a page gives for itself now, and of that very `article` where it
    is named: others may stand at its address. `refused_in` names the intake in which they were refused.
    Names and passwords in addresses are masked before anything is stored; such addresses are refused."""
    addresses = [without_password(one) for one in addresses]
    anew = ({"again": True} if again or article else {}) | ({"article": str(article)} if article else {})
    anew |= {"refused_in": str(refused_in)} if refused_in else {}
    with acting(by):
        intake = Intake.objects.create(
            project=project,
            by=by,
            method=IntakeMethod.ADDRESSES,
            name=_sites(addresses),
            options={**_said(options), "addresses": addresses, **anew},
            expected=len(addresses),
        )
        _hand_over(intake)
    return intake


def run(intake: Intake, waiting: Mapping[str, list[Any]] | None = None) -> None:
    """Take in what was kept or is to be fetched. After a while those who wait go first, and it goes on behind
    them; `waiting` is what it said itself then. Without room on the disk it waits for some; one that may not
    go on for now is left until somebody asks (`again`)."""
    began: list[float] = []  # when the first was stored: what it takes to get there is no part of a turn

    def turn_is_over() -> bool:
        began[1:] = [time.monotonic()]
        return not has_room() or (began[-1] - began[0] >= TURN and _others_wait())

    left = Waiting.from_json(waiting or {})
    intake.refresh_from_db()
    if not intake.ended and not has_room():
        return _hand_over(intake, FOR_ROOM, waiting=left.as_json())
    try:
        seconds = _taken_in(intake, left, turn_is_over)
    except Held:
        return None
    if seconds is not None:
        more = {"waiting": left.as_json()} if left.until or left.hosts else {}
        _hand_over(intake, seconds if has_room() else FOR_ROOM, **more)
    return None


def _taken_in(intake: Intake, left: Waiting, turn_is_over: Callable[[], bool]) -> float | None:
    """None once it is over, else after how many seconds to go on. Raises Held and KeptElsewhere."""
    if intake.method == IntakeMethod.ADDRESSES:
        if intake.ended:
            return None
        return take_in_addresses(intake, left, stored=stored, until=turn_is_over)
    return None if take_in_kept(intake, stored=stored, until=turn_is_over) else 0.0


def stored(imported: Imported) -> None:
    """What belongs to storing an article and is said of it, in the same transaction: what was marked on an
    earlier text of it comes along."""
    if imported.outcome == "changed":
        carry(by=None, snapshot=imported.snapshot)


def command(
    *,
    by: User,
    project: Project,
    name: str,
    options: Options,
    expected: int,
    addresses: Sequence[str] = (),
) -> Intake:
    """The record of an import that somebody runs at the command line; `name` as `as_named` gives it."""
    with acting(by):
        return Intake.objects.create(
            project=project,
            by=by,
            method=IntakeMethod.COMMAND,
            name=name,
            options=_said(options) | ({"addresses": list(addresses)} if addresses else {}),
            expected=expected,
        )


def _hand_over(intake: Intake, seconds: float = 0, **more: Any) -> None:
    lock = f"intake {intake.uuid}"
    later = {"seconds": ceil(seconds)} if seconds >= 1 else None
    app.configure_task(TAKE, lock=lock, schedule_in=later).defer(intake_id=intake.pk, **more, **for_the_job())


def _others_wait() -> bool:
    waiting = ProcrastinateJob.objects.filter(status="todo", scheduled_at=None)
    return waiting.exists()


def _said(options: Options) -> dict[str, Any]:
    return {name: value for name, value in asdict(options).items() if value}


def as_named(name: str) -> str:
    """As people see it: one line, and nothing in it that a database or a terminal would stumble over."""
    return "".join(c for c in name if c.isprintable())[:300] or "a file without a name"


def _sites(addresses: Sequence[str]) -> str:
    """One address, or how many there are and at which sites."""
    if len(addresses) == 1:
        return as_named(addresses[0])
    hosts = dict.fromkeys(host_of(address) or "elsewhere" for address in addresses)
    return f"{len(addresses)} addresses: {_together(list(hosts))}"


def _together(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return (shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more")[:300]
