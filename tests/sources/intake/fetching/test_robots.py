"""A site's robots.txt is asked first, heeded, and kept."""

from collections.abc import Callable

import pytest

from sources.intake.fetching import robots
from sources.intake.fetching.refusals import NotItsTurn, TryLater
from sources.intake.fetching.robots import DAY, LATER, Rules, delay_between, rules_from, why_not_asked
from sources.intake.fetching.urls import address_of
from sources.intake.refusal import Refused
from tests.growth import growth

from .conftest import Town
from .sites import OTHER, leading, reply


def asked(text: str, path: str) -> bool:
    return why_not_asked(rules_from(text.encode()), address_of(f"https://courier.example{path}")) is None


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private\nAllow: /private/open", "/private/open/a", True),
        ("User-agent: *\nDisallow: /private", "/private", False),
        ("User-agent: *\nDisallow: /private", "/open/../private", False),
        ("User-agent: *\nDisallow: /private", "/open/%2e%2e/private", False),
        ("User-agent: *\nDisallow: /private", "/%70rivate", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?b", True),
        ("User-agent: *\nDisallow: /stra%C3%9Fe", "/straße", False),
        ("User-agent: Sourceline\nDisallow: /\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: SOURCELINE/2.0\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sourceline\nAllow: /", "/a", True),
        ("User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: Source\nDisallow: /", "/a", True),
        ("User-agent: Sourceliner\nDisallow: /", "/a", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nUser-agent: GPTBot\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nUser-agent: GPTBot\nDisallow: /", "/b", True),
        ("\ufeffUser-agent: *\r\nDisallow: / # all of it\r\n", "/a", False),
        ("User-agent: *\rDisallow: /", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html><body>not found</body></html>", "/a", True),
        ("User-agent: *\x00\nDisallow: /", "/a", False),
    ],
)
def test_what_the_rules_say(text: str, path: str, may: bool) -> None:
    assert asked(text, path) is may


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("", 0),
        ("Crawl-delay: 10", 10),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: -1", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: soon", 0),
        ("Request-rate: 1/30", 30),
        ("Request-rate: 2/1m", 30),
    ],
)
def test_how_long_to_wait(line: str, seconds: float) -> None:
    rules = rules_from(f"User-agent: *\nDisallow: /private\n{line}".encode())
    assert delay_between(rules) == seconds


def test_a_site_that_asks_to_wait_too_long_is_not_asked() -> None:
    rules = rules_from(b"User-agent: *\nCrawl-delay: 3600")
    why = why_not_asked(rules, address_of("https://courier.example/"))
    assert why and "wait 3600 seconds between pages" in why


def test_the_first_500_kib_count() -> None:
    long = b"User-agent: *\nDisallow: /early\n" + b"#" * robots.LARGEST + b"\nDisallow: /late\n"
    assert why_not_asked(rules_from(long), address_of("https://courier.example/early"))
    assert why_not_asked(rules_from(long), address_of("https://courier.example/late")) is None


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "make",
    [
        lambda n: "".join(f"User-agent: bot{i}\n" for i in range(n)) + "Disallow: /a\n" * n,
        lambda n: "User-agent: *\n" + "".join(f"Disallow: /{i}*a$\n" for i in range(n)),
        lambda n: "User-agent: *\nDisallow: /" + "*a" * n + "$",
        lambda n: "User-agent: " + " " * n + "x",
        lambda n: "user agent" * n,
    ],
    ids=["agents by rules", "rules", "stars", "blanks", "agent"],
)
def test_the_time_for_hostile_rules_grows_with_their_length(make: Callable[[int], str]) -> None:
    def read(size: int) -> None:
        rules = rules_from(make(size // 16).encode())
        delay_between(rules)
        why_not_asked(rules, address_of("https://courier.example/" + "a" * 1900))

    assert growth(read) < 8


# ── asked for, kept, heeded ───────────────────────────────────────────────────────────────────────

ALL_BARRED = reply(b"User-agent: *\nDisallow: /", media="text/plain")


def test_it_is_asked_first_and_once(town: Town) -> None:
    town.courier.pages |= {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /private\nCrawl-delay: 7"),
        "/page": reply(),
        "/private": reply(),
    }
    town.fetch()
    town.fetch()
    assert town.courier.paths() == ["/robots.txt", "/page", "/page"]
    assert town.manners.kept_for == {"http://courier.example": DAY}
    assert town.manners.given_back == [("courier.example", 7.0)] * 2
    with pytest.raises(Refused, match=r"robots\.txt asks programs not to take this page"):
        town.fetch("http://courier.example/private")
    assert "/private" not in town.courier.paths()


@pytest.mark.parametrize(
    "status", ["400 Bad", "401 Sign in", "403 No", "404 Not Found", "410 Gone", "451 Law"]
)
def test_a_site_without_rules_allows_all(town: Town, status: str) -> None:
    town.courier.pages |= {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /", status=status),
        "/page": reply(),
    }
    assert town.fetch().document
    assert town.manners.rules == {"http://courier.example": Rules("none")}


@pytest.mark.parametrize("status", ["429 Too Many", "500 Fault", "502 Fault", "503 Busy"])
def test_a_site_whose_rules_cannot_be_known_is_asked_later(town: Town, status: str) -> None:
    town.courier.pages |= {"/robots.txt": reply(b"", status=status), "/page": reply()}
    for _ in range(2):
        with pytest.raises(TryLater, match="cannot be known for now") as later:
            town.fetch()
        assert later.value.seconds == LATER
    assert town.courier.paths() == ["/robots.txt"]
    assert town.manners.kept_for == {"http://courier.example": LATER}


def test_a_site_that_says_when_its_rules_can_be_known(town: Town) -> None:
    town.courier.pages["/robots.txt"] = reply(b"", "Retry-After: 30", status="503 Busy")
    with pytest.raises(TryLater):
        town.fetch()
    assert town.manners.kept_for == {"http://courier.example": 30}


def test_its_redirects_are_followed_through_the_guard(town: Town) -> None:
    town.site("herald.example", OTHER, **{"/robots.txt": leading("/rules"), "/rules": ALL_BARRED})
    town.courier.pages |= {"/robots.txt": leading("http://herald.example/robots.txt"), "/page": reply()}
    with pytest.raises(Refused, match="asks programs not to"):
        town.fetch()
    assert "/page" not in town.courier.paths()


def test_rules_that_lead_on_and_on_are_none(town: Town) -> None:
    town.courier.pages |= {"/robots.txt": leading("/r1"), "/page": reply()}
    town.courier.pages |= {f"/r{n}": leading(f"/r{n + 1}") for n in range(1, 9)}
    assert town.fetch().document
    assert town.courier.paths() == ["/robots.txt", "/r1", "/r2", "/r3", "/r4", "/r5", "/page"]


def test_the_rules_of_where_it_leads_are_heeded_too(town: Town) -> None:
    herald = town.site("herald.example", OTHER, **{"/robots.txt": ALL_BARRED, "/b": reply()})
    town.courier.pages["/page"] = leading("http://herald.example/b")
    with pytest.raises(Refused, match=r"at http://herald\.example/b"):
        town.fetch()
    assert herald.paths() == ["/robots.txt"]
    assert town.manners.given_back == [("courier.example", 0), ("herald.example", 0)]


def test_a_turn_that_was_lost_ends_the_asking(town: Town) -> None:
    town.courier.pages["/page"] = reply()
    town.manners.extend = lambda turn: False  # type: ignore[method-assign]
    with pytest.raises(NotItsTurn):
        town.fetch()
    assert town.courier.requests == []


def test_who_has_no_turn_waits_as_long_as_patience_lasts(town: Town) -> None:
    town.courier.pages["/page"] = reply()
    take = town.manners.take
    waits = iter([0.01, 0.01])
    town.manners.take = lambda host: next(waits, None) or take(host)  # type: ignore[method-assign]
    assert town.fetch().document
    waits = iter([0.01, 3.0, 3.0])
    with pytest.raises(NotItsTurn) as late:
        town.fetch()
    assert late.value.seconds == 3.0
    assert [seconds for seconds in town.slept if seconds] == [0.01, 0.01, 0.01, 3.0]
    assert town.courier.paths() == ["/robots.txt", "/page"]
