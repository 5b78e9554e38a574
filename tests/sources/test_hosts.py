"""One request at a time to a host, from all processes together."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.queues import SimpleQueue
from threading import Event
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from sources.actions.hosts import SharedManners
from sources.intake.fetching.manners import Turn
from sources.intake.fetching.robots import Rules
from sources.models import Host, SiteRules
from tests.racing import race

MANY = 12
HOST = "courier.example"


@pytest.fixture
def manners(committed_db: str) -> SharedManners:
    return SharedManners()


def test_one_has_the_turn_and_the_next_has_to_wait(manners: SharedManners) -> None:
    turn = manners.take(HOST)
    assert isinstance(turn, Turn)
    waiting = manners.take(HOST)
    assert isinstance(waiting, float) and 0 < waiting <= 1
    assert isinstance(manners.take("herald.example"), Turn), "another host is another's turn"
    manners.give_back(turn, 30)
    waiting = manners.take(HOST)
    assert isinstance(waiting, float) and 20 < waiting <= 30, "the pause"
    assert not manners.extend(turn)


def test_without_a_pause_the_next_one_is_on_at_once(manners: SharedManners) -> None:
    turn = manners.take(HOST)
    assert isinstance(turn, Turn) and manners.extend(turn)
    manners.give_back(turn, 0)
    assert isinstance(manners.take(HOST), Turn)


def test_a_lease_ends_by_itself(committed_db: str) -> None:
    short, manners = SharedManners(lease=0.01), SharedManners()
    lost = short.take(HOST)
    assert isinstance(lost, Turn)
    Event().wait(0.02)
    turn = manners.take(HOST)
    assert isinstance(turn, Turn)
    assert not short.extend(lost)
    short.give_back(lost, 0)
    assert manners.extend(turn), "what was lost takes nobody's turn away"


def test_of_many_threads_one_is_given_the_turn(committed_db: str) -> None:
    given = race([lambda: SharedManners().take(HOST)] * MANY)
    assert sum(isinstance(one, Turn) for one in given) == 1
    assert sum(isinstance(one, float) for one in given) == MANY - 1


def test_a_turn_is_not_taken_in_a_transaction(manners: SharedManners) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="while a transaction is open"):
        manners.take(HOST)
    assert not Host.objects.exists()


# ── processes ─────────────────────────────────────────────────────────────────────────────────────


def _ask_in_turn(times: int, log: "SimpleQueue[tuple[str, int]]") -> None:
    """Each asking says when it begins and when it ends."""
    manners, asked = SharedManners(), 0
    while asked < times:
        turn = manners.take(HOST)
        if not isinstance(turn, Turn):
            Event().wait(min(turn, 0.02))
            continue
        log.put(("begins", os.getpid()))
        Event().wait(0.005)
        log.put(("ends", os.getpid()))
        manners.give_back(turn, 0.01)
        asked += 1


def _take_and_hang(log: "SimpleQueue[tuple[str, int]]") -> None:
    assert isinstance(SharedManners(lease=0.5).take(HOST), Turn)
    log.put(("taken", os.getpid()))
    Event().wait(600)


@pytest.fixture
def processes(committed_db: str) -> Iterator[Any]:
    """Forked, so that they point to this test's database; each makes a connection of its own."""
    connection.close()
    context, started = multiprocessing.get_context("fork"), []

    def start(act: Any, *arguments: Any) -> Any:
        process = context.Process(target=act, args=arguments, daemon=True)
        process.start()
        started.append(process)
        return process

    start.queue = context.SimpleQueue()  # type: ignore[attr-defined]
    yield start
    for process in started:
        process.kill()
        process.join()


@pytest.mark.lengthy
def test_two_processes_never_ask_at_once(processes: Any) -> None:
    log, times = processes.queue, 8
    running = [processes(_ask_in_turn, times, log) for _ in range(2)]
    told = [log.get() for _ in range(2 * 2 * times)]
    for process in running:
        process.join()
        assert process.exitcode == 0
    for begun, ended in zip(told[::2], told[1::2], strict=True):
        assert (begun[0], ended[0]) == ("begins", "ends")
        assert begun[1] == ended[1]
    assert len({who for _, who in told}) == 2


@pytest.mark.lengthy
def test_the_turn_of_a_process_that_is_killed_ends_by_itself(processes: Any) -> None:
    process = processes(_take_and_hang, processes.queue)
    assert processes.queue.get() == ("taken", process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    manners, waited = SharedManners(), 0
    while not isinstance(turn := manners.take(HOST), Turn):
        waited += 1
        Event().wait(turn)
    assert waited


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────


def test_rules_are_kept_as_long_as_they_count(manners: SharedManners) -> None:
    site, rules = "https://courier.example", Rules("rules", "User-agent: *\nDisallow: /")
    assert manners.rules_of(site) is None
    manners.keep_rules(site, Rules("none"), 0)
    assert manners.rules_of(site) is None
    manners.keep_rules(site, rules, 60)
    assert manners.rules_of(site) == rules
    assert manners.rules_of("http://courier.example") is None
    manners.keep_rules(site, Rules("unreachable", "the site cannot be reached"), 60)
    assert manners.rules_of(site) == Rules("unreachable", "the site cannot be reached")


def test_what_counts_no_more_is_forgotten(manners: SharedManners, owner_cursor: psycopg.Cursor[Any]) -> None:
    for name in ("old", "new", "held"):
        manners.take(f"{name}.example")
        manners.keep_rules(f"https://{name}.example", Rules("none"), 60)
    owner_cursor.execute(
        "UPDATE sources_host SET holder = NULL, busy_until = NULL WHERE name = 'old.example';"
        "UPDATE sources_host SET next_at = now() - interval '2 days' WHERE name <> 'new.example';"
        "UPDATE sources_siterules SET counts_until = now() - interval '2 days' WHERE site = 'https://old.example'"
    )
    manners.keep_rules("https://other.example", Rules("none"), 60)
    assert set(Host.objects.values_list("name", flat=True)) == {"new.example", "held.example"}
    kept = set(SiteRules.objects.values_list("site", flat=True))
    assert kept == {f"https://{name}.example" for name in ("new", "held", "other")}
