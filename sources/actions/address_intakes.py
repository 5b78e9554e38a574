"""Taking in addresses: fetched one after another, where those of one host wait and hold up no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from sources.intake.fetching.fetcher import Fetched
from sources.intake.fetching.reading import file_name_of, read_fetched
from sources.intake.fetching.refusals import Answered, NeverNow, NotItsTurn, TryLater
from sources.intake.fetching.urls import NotFetchable, address_of
from sources.intake.items import Item
from sources.intake.refusal import Refusal, Refused
from sources.models import Intake, IntakeItem, IntakeState

from .fetches import fetch_politely
from .imports import Incoming
from .intakes import Stored, Told, begin_taking, finish, no_more_to_do, nobody_to_tell, store_by_itself
from .reading_ahead import Options, Ready, completed
from .standing import Over, require_standing
from .storing import RawFile

AGAIN = 3
"""How often an address, or a host, is tried again that asks to be asked later."""
LONGEST_WAIT = 24 * 3600
"""Seconds from the first such answer of a host after which it is not waited for any more."""
NAP = 5.0
"""Seconds that a worker waits for a host; for longer waits it does something else meanwhile."""
GLANCE = 1.0
"""Seconds after which it looks whether somebody stopped it."""
LONGEST_NAME = 300
_AT = "at "


@dataclass
class Waiting:
    """Of each position that waits how often its site said "later", and until when (seconds of the epoch); of
    each host how often it said so since it last answered otherwise, and since when. `led` is of each position
    that waits for another host than that of its address which one."""

    tries: dict[int, int] = field(default_factory=dict)
    until: dict[int, float] = field(default_factory=dict)
    hosts: dict[str, tuple[int, float]] = field(default_factory=dict)
    led: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, list[Any]]:
        of_positions: dict[str, list[Any]] = {
            str(p): [self.tries.get(p, 0), until, *([self.led[p]] if p in self.led else [])]
            for p, until in self.until.items()
        }
        return of_positions | {f"{_AT}{host}": [*told] for host, told in self.hosts.items()}

    @classmethod
    def from_json(cls, written: Mapping[str, list[Any]]) -> Waiting:
        hosts = {name.removeprefix(_AT): told for name, told in written.items() if name.startswith(_AT)}
        positions = {int(name): told for name, told in written.items() if not name.startswith(_AT)}
        return cls(
            {p: int(told[0]) for p, told in positions.items()},
            {p: float(told[1]) for p, told in positions.items()},
            {host: (int(tries), float(since)) for host, (tries, since) in hosts.items()},
            {p: str(told[2]) for p, told in positions.items() if len(told) > 2},
        )

    def asked_later(self, host: str, seconds: float) -> str:
        """The host said once more that it is to be asked in so many seconds. Empty, or that it said so too
        often, or that waiting for it again would be too long."""
        tries, since = self.hosts.get(host, (0, time.time()))
        self.hosts[host] = (tries + 1, since)
        if tries < AGAIN and time.time() + seconds - since <= LONGEST_WAIT:
            return ""
        times = f"{tries + 1} time{'s' if tries else ''}"
        return f"{host} said so {times} and is not asked any more, try it again later"

    def answered(self, host: str) -> None:
        """The host said something else than "later"."""
        self.hosts.pop(host, None)

    def waits_for(self, position: int, host: str, named: str) -> None:
        """Which host it was that asked it to wait; `named` is that of its address."""
        self.led.pop(position, None)
        if host and host != named:
            self.led[position] = host


@dataclass(frozen=True)
class _GivenUp:
    """Nobody waits for that host any more."""

    host: str
    why: str


Fetch = Callable[..., Fetched]


def take_in_addresses(
    intake: Intake,
    waiting: Waiting,
    *,
    stored: Stored = no_more_to_do,
    told: Told = nobody_to_tell,
    until: Callable[[], bool] = lambda: False,
    nap: float = NAP,
    fetch: Fetch = fetch_politely,
    sleep: Callable[[float], None] = time.sleep,
) -> float | None:
    """Take in what `intake.options["addresses"]` names. None once all is over; else the seconds after which
    to go on with `waiting`, because hosts make it wait for longer than `nap`, or `until` says so.

    Each is stored with its line by itself. Whoever is killed leaves whole ones behind; whoever follows takes
    those that have no line, which of an address that is under way may ask its site twice.
    """
    begin_taking(intake)
    addresses = [str(one) for one in intake.options.get("addresses", [])]
    named = [host_of(address) for address in addresses]
    hosts: dict[str, float] = {}
    there = set(IntakeItem.objects.filter(intake=intake).values_list("position", flat=True))
    pending = [position for position in range(len(addresses)) if position not in there]
    try:
        while pending:
            due = {
                p: max(waiting.until.get(p, 0), hosts.get(named[p], 0), hosts.get(waiting.led.get(p, ""), 0))
                for p in pending
            }
            now = time.time()
            tried = {p: (waiting.tries.get(p, 0), p) for p in pending if due[p] <= now}
            position = min(tried, key=tried.__getitem__, default=None)  # one page must not stand for a host
            if position is None:
                seconds = min(due.values()) - now
                if seconds > nap or until():
                    return max(seconds, 0.0)
                sleep(min(seconds, GLANCE))
                _look_whether_it_goes_on(intake)
                continue
            _look_whether_it_goes_on(intake)
            outcome = _fetched(intake, position, addresses[position], waiting, hosts, fetch)
            if isinstance(outcome, Ready):
                store_by_itself(intake, outcome, stored, told)
                pending.remove(position)
            elif outcome:
                waiting.hosts[outcome.host] = (AGAIN + 1, time.time())
                for other in [
                    p for p in pending if p == position or outcome.host in (named[p], waiting.led.get(p))
                ]:
                    store_by_itself(intake, _refused(other, addresses[other], outcome.why), stored, told)
                    pending.remove(other)
            if pending and until():
                return 0.0
        finish(intake, IntakeState.DONE)
    except Over:
        pass
    return None


def _fetched(
    intake: Intake, position: int, address: str, waiting: Waiting, hosts: dict[str, float], fetch: Fetch
) -> Ready | _GivenUp | None:
    """The article, or why it is refused; None where it has to wait, or why a whole host is refused."""
    named = host_of(address)
    item = Item(position, address[:LONGEST_NAME], address=address)
    try:
        fetched = fetch(address, patience=0)
        waiting.answered(named)
        waiting.answered(host_of(fetched.address))
        article = read_fetched(fetched, keep_address=bool(intake.options.get("again")))
    except NotItsTurn as error:
        hosts[error.host] = time.time() + error.seconds
        waiting.waits_for(position, error.host, named)
        if position in waiting.led:
            waiting.until[position] = hosts[error.host]
        over = waiting.hosts.get(error.host, (0, 0.0))[0] > AGAIN
        return _GivenUp(error.host, error.refusal.why) if over else None
    except TryLater as error:
        return _later(position, address, error, waiting, hosts)
    except Refused as error:
        return _not_had(item, error, waiting)
    except DatabaseError:
        raise
    except Exception as error:  # a fault of ours or of a library, on a site that nobody foresaw
        why = f"fetching it failed ({type(error).__name__}: {str(error)[:100]})"
        return _refused(position, address, why)
    tries = waiting.tries.get(position, 0)
    if tries:
        said = f"the site asked {tries} time{'s' if tries > 1 else ''} to be asked later"
        article = replace(article, notes=(*article.notes, said))
    raw = RawFile(fetched.document, fetched.media_type, file_name_of(fetched))
    whole, again = completed(article, Options.of(intake.options)), bool(intake.options.get("again"))
    asked_for = intake.options.get("article")
    of = UUID(asked_for) if asked_for else None
    return Ready(item, position, Incoming(whole, raw, "url", again, of))


def _not_had(item: Item, error: Refused, waiting: Waiting) -> Ready | _GivenUp:
    """As `_fetched`, of an address at which there is nothing to be had."""
    if isinstance(error, NeverNow):
        return _GivenUp(error.host, error.refusal.why)
    if isinstance(error, Answered):
        waiting.answered(host_of(item.address))
        waiting.answered(error.host)
    return Ready(item, item.position, refusal=error.refusal)


def _later(
    position: int, address: str, error: TryLater, waiting: Waiting, hosts: dict[str, float]
) -> Ready | _GivenUp | None:
    """As `_fetched`, of an address that is to be asked again later."""
    tries = waiting.tries.get(position, 0)
    waiting.waits_for(position, error.host, host_of(address))
    if position in waiting.led:
        waiting.answered(host_of(address))
    before = max(tries, waiting.hosts.get(error.host, (0, 0.0))[0])
    seconds = error.seconds * (2**before if error.unsaid else 1)
    over = waiting.asked_later(error.host, seconds) if error.host else ""
    if tries >= AGAIN and not over:
        why = f"{error.refusal.why}; it was tried {AGAIN} times again"
        return Ready(
            Item(position, address[:LONGEST_NAME], address=address),
            position,
            refusal=Refusal(address, error.refusal.where, why),
        )
    if over:
        return _GivenUp(error.host, f"{error.refusal.why}: {over}")
    waiting.tries[position] = tries + 1
    waiting.until[position] = time.time() + seconds
    if error.host:
        hosts[error.host] = waiting.until[position]
    return None


def _refused(position: int, address: str, why: str) -> Ready:
    item = Item(position, address[:LONGEST_NAME], address=address)
    return Ready(item, position, refusal=Refusal(address, "", why))


def _look_whether_it_goes_on(intake: Intake) -> None:
    with transaction.atomic():
        require_standing(intake)


def host_of(address: str) -> str:
    """The host that it names; empty where it cannot be fetched."""
    try:
        return address_of(address).host
    except NotFetchable:
        return ""
