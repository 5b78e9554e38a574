"""Taking in addresses: fetched one after another, where those of one host wait and hold up no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.db import DatabaseError

from sources.intake.fetching.fetcher import Fetched
from sources.intake.fetching.reading import file_name_of, read_fetched
from sources.intake.fetching.refusals import NotItsTurn, TryLater
from sources.intake.fetching.urls import NotFetchable, address_of
from sources.intake.items import Item
from sources.intake.refusal import Refusal, Refused
from sources.models import Intake, IntakeItem, IntakeState

from .fetches import fetch_politely
from .imports import Incoming
from .intakes import Over, Stored, Told, begin_taking, finish, no_more_to_do, nobody_to_tell, store_by_itself
from .reading_ahead import Options, Ready, completed
from .storing import RawFile

AGAIN = 3
"""How often an address is tried again whose site asks to be asked later."""
NAP = 5.0
"""Seconds that a worker waits for a host; for longer waits it does something else meanwhile."""
GLANCE = 1.0
"""Seconds after which it looks whether somebody stopped it."""
LONGEST_NAME = 300

Fetch = Callable[..., Fetched]


@dataclass
class Waiting:
    """Of each position that waits how often its site said "later", and until when (seconds of the epoch)."""

    tries: dict[int, int] = field(default_factory=dict)
    until: dict[int, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, list[float]]:
        return {str(p): [self.tries.get(p, 0), until] for p, until in self.until.items()}

    @classmethod
    def from_json(cls, written: Mapping[str, list[float]]) -> Waiting:
        return cls(
            {int(p): int(tries) for p, (tries, _) in written.items()},
            {int(p): float(until) for p, (_, until) in written.items()},
        )


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
            due = {p: max(waiting.until.get(p, 0), hosts.get(named[p], 0)) for p in pending}
            now = time.time()
            position = next((p for p in pending if due[p] <= now), None)
            if position is None:
                seconds = min(due.values()) - now
                if seconds > nap or until():
                    return max(seconds, 0.0)
                sleep(min(seconds, GLANCE))
                _look_whether_it_goes_on(intake)
                continue
            ready = _fetched(intake, position, addresses[position], waiting, hosts, fetch)
            if ready is not None:
                store_by_itself(intake, ready, stored, told)
                pending.remove(position)
            if pending and until():
                return 0.0
        finish(intake, IntakeState.DONE)
    except Over:
        pass
    return None


def _fetched(
    intake: Intake, position: int, address: str, waiting: Waiting, hosts: dict[str, float], fetch: Fetch
) -> Ready | None:
    """The article, or why it is refused; None where it has to wait."""
    item = Item(position, address[:LONGEST_NAME], address=address)
    try:
        fetched = fetch(address, patience=0)
        article = read_fetched(fetched, keep_address=bool(intake.options.get("again")))
    except NotItsTurn as error:
        if error.host == host_of(address):
            hosts[error.host] = time.time() + error.seconds
        else:
            waiting.until[position] = time.time() + error.seconds
        return None
    except TryLater as error:
        tries = waiting.tries.get(position, 0)
        if tries < AGAIN:
            waiting.tries[position] = tries + 1
            later = time.time() + error.seconds * (2**tries if error.unsaid else 1)
            waiting.until[position] = later
            if error.host and error.host == host_of(address):
                hosts[error.host] = later
            return None
        why = f"{error.refusal.why}; it was tried {AGAIN} times again"
        return Ready(item, position, refusal=Refusal(address, error.refusal.where, why))
    except Refused as error:
        return Ready(item, position, refusal=error.refusal)
    except DatabaseError:
        raise
    except Exception as error:  # a fault of ours or of a library, on a site that nobody foresaw
        why = f"fetching it failed ({type(error).__name__}: {str(error)[:100]})"
        return Ready(item, position, refusal=Refusal(address, "", why))
    tries = waiting.tries.get(position, 0)
    if tries:
        said = f"the site asked {tries} time{'s' if tries > 1 else ''} to be asked later"
        article = replace(article, notes=(*article.notes, said))
    raw = RawFile(fetched.document, fetched.media_type, file_name_of(fetched))
    whole, again = completed(article, Options.of(intake.options)), bool(intake.options.get("again"))
    return Ready(item, position, Incoming(whole, raw, "url", again))


def _look_whether_it_goes_on(intake: Intake) -> None:
    if not Intake.objects.filter(pk=intake.pk, state=IntakeState.RUNNING).exists():
        raise Over


def host_of(address: str) -> str:
    """The host that it names; empty where it cannot be fetched."""
    try:
        return address_of(address).host
    except NotFetchable:
        return ""
