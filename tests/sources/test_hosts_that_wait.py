"""Which host said "later", and how often, whichever of its pages or rules said so."""

import pytest
from django.db.models.functions import Now

from sources.actions.address_intakes import Waiting, take_in_addresses
from sources.models import Host, SiteRules
from tests.factories import World
from tests.sources.intake.fetching.conftest import Town
from tests.sources.intake.fetching.sites import OTHER, leading, reply

from .test_address_intakes import fetching, intake_of, lines, project, story, town

__all__ = ["project", "town"]
BUSY = reply(b"", "Retry-After: 3600", status="503 Busy")


def later(waiting: Waiting) -> Waiting:
    """As it is when what was to be waited for is over, in a later job."""
    Host.objects.update(next_at=Now())
    SiteRules.objects.filter(found="later").delete()
    left = Waiting.from_json(waiting.as_json())
    left.until = dict.fromkeys(left.until, 0.0)
    return left


def test_a_host_that_asks_for_more_than_a_day_is_refused_at_once(committed_world: World, town: Town) -> None:
    never = reply(b"", "Retry-After: 200000", status="429 Too Many")
    town.courier.pages |= {f"/{n}": never for n in range(5)}
    town.site("other.example", OTHER).pages["/fine"] = story("Fine")
    intake = intake_of(committed_world, *(f"/{n}" for n in range(5)), "http://other.example/fine")
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    said = "the site is asked too often (429) and asks to be asked again only after 56 hours"
    assert lines(intake) == [("refused", said)] * 5 + [("new", "")]
    assert town.courier.paths() == ["/robots.txt", "/0"]


@pytest.mark.lengthy
def test_whoever_is_led_to_a_busy_host_waits_for_that_one(committed_world: World, town: Town) -> None:
    busy = town.site("busy.example", OTHER)
    busy.pages |= {f"/{n}": BUSY for n in range(9)}
    town.courier.pages |= {f"/go/{n}": leading(f"http://busy.example/{n}") for n in range(9)}
    town.courier.pages["/fine"] = story("Fine")
    intake = intake_of(committed_world, *(f"/go/{n}" for n in range(9)), "/fine")
    waiting, turns = Waiting(), 0
    while take_in_addresses(intake, waiting, fetch=fetching(town)) is not None:
        waiting, turns = later(waiting), turns + 1
    said = "busy.example said so 4 times and is not asked any more, try it again later"
    assert lines(intake) == [("refused", f"the site cannot answer for now (503): {said}")] * 9 + [("new", "")]
    assert (turns, len(busy.paths())) == (3, 1 + 4)


def test_rules_that_cannot_be_known_count_as_well(committed_world: World, town: Town) -> None:
    town.courier.pages |= {"/robots.txt": BUSY, "/0": story("Nought"), "/1": story("One")}
    intake, waiting, turns = intake_of(committed_world, "/0", "/1"), Waiting(), 0
    while (seconds := take_in_addresses(intake, waiting, fetch=fetching(town))) is not None:
        assert 3000 < seconds <= 3600
        waiting, turns = later(waiting), turns + 1
    assert (turns, town.courier.paths()) == (3, ["/robots.txt"] * 4)
    assert all("courier.example said so 4 times" in why for _, why in lines(intake))


@pytest.mark.parametrize(
    "other", [reply(b"", status="404 No"), reply(b"", status="403 No"), reply(b"x", media="video/mp4")]
)
def test_any_other_answer_begins_anew(committed_world: World, town: Town, other: bytes) -> None:
    town.courier.pages["/0"] = other
    intake = intake_of(committed_world, "/0")
    waiting = Waiting(hosts={"courier.example": (3, 0.0)})
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is None
    assert (waiting.hosts, [outcome for outcome, _ in lines(intake)]) == ({}, ["refused"])
