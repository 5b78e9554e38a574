"""Addresses handed over are fetched and taken in: each once, in its turn, with where it was found."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from sources.actions import address_intakes
from sources.actions.address_intakes import Waiting, take_in_addresses
from sources.actions.hosts import SharedManners
from sources.actions.imports import Imported
from sources.actions.intakes import finish
from sources.actions.standing import Held
from sources.intake.fetching.fetcher import Fetched, fetch
from sources.models import Article, Host, Intake, IntakeItem, IntakeState, Project, SiteRules, Snapshot
from tests.factories import World
from tests.racing import race
from tests.sources.intake.fetching.conftest import Town
from tests.sources.intake.fetching.sites import OTHER, PAGE, leading, reply


def story(name: str, *head: str) -> bytes:
    said = (
        "The dockers walked out on Friday morning, said the union, and nobody knows when they will be back."
    )
    tags = "".join(head)
    return reply(
        f"<html><head><title>{name}</title>{tags}</head><body><article><h1>{name}</h1>"
        f"<p>{name}. {said}</p><p>{said} It is the third time this year.</p></article></body></html>".encode()
    )


@pytest.fixture
def town(committed_world: World) -> Iterator[Town]:
    with ExitStack() as open_sites:
        yield Town(open_sites)


@pytest.fixture
def project(committed_world: World) -> Project:
    return committed_world.here.project


def fetching(town: Town, pause: float = 0) -> Callable[..., Fetched]:
    def fetch_here(address: str, *, patience: float) -> Fetched:
        return fetch(
            address,
            agent="Sourceline/test",
            manners=SharedManners(),
            network=town.internet.network,
            patience=patience,
            pause=pause,
            sleep=lambda seconds: None,
        )

    return fetch_here


def intake_of(world: World, *paths: str, **options: Any) -> Intake:
    addresses = [path if "://" in path else f"http://courier.example{path}" for path in paths]
    return Intake.objects.create(
        project=world.here.project,
        by=world.manager,
        method="addresses",
        name="addresses",
        options={"addresses": addresses, **options},
        expected=len(addresses),
    )


def lines(intake: Intake) -> list[tuple[str, str]]:
    found = IntakeItem.objects.filter(intake=intake).order_by("position")
    return [(one.outcome, one.told.get("why", "")) for one in found]


def test_an_address_becomes_an_article_that_says_where_it_was_read(
    committed_world: World, town: Town
) -> None:
    town.courier.pages["/dockers"] = story("Dockers walk out")
    intake = intake_of(committed_world, "/dockers", "/nothing", "file:///etc/passwd")
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    intake.refresh_from_db()
    assert intake.state == IntakeState.DONE
    assert lines(intake) == [
        ("new", ""),
        ("refused", "there is no such page (404)"),
        ("refused", "only http and https are fetched, not file:"),
    ]
    article = Article.objects.get(intake_items__intake=intake)
    assert article.title == "Dockers walk out"
    assert article.url == "http://courier.example/dockers"
    assert article.accessed == datetime.now(UTC).date()
    snapshot = Snapshot.objects.get(article=article)
    assert snapshot.method == "url"
    capture = snapshot.captures.get()  # type: ignore[attr-defined]
    assert bytes(capture.raw).startswith(b"<html>") and capture.file_name == "dockers"


@pytest.mark.parametrize(
    ("canonical", "stored"),
    [
        ("http://www.courier.example/dockers", "http://www.courier.example/dockers"),
        ("https://courier.example/dockers", "https://courier.example/dockers"),
        ("https://evil.example/dockers", "http://courier.example/final"),
        ("javascript:alert(1)", "http://courier.example/final"),
        ("http://courier.example/", "http://courier.example/final"),
    ],
)
def test_the_pages_own_address_is_believed_on_its_own_site(
    committed_world: World, town: Town, canonical: str, stored: str
) -> None:
    head = f'<link rel="canonical" href="{canonical}">'
    town.courier.pages |= {"/asked": leading("/final"), "/final": story("Dockers walk out", head)}
    intake = intake_of(committed_world, "/asked")
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    assert Article.objects.get(intake_items__intake=intake).url == stored
    (line,) = IntakeItem.objects.filter(intake=intake)
    assert line.address == "http://courier.example/asked"
    assert line.told["notes"][-1] == "the site led on to http://courier.example/final"


def test_taking_it_again_keeps_its_address_and_makes_a_further_text(
    committed_world: World, town: Town
) -> None:
    town.courier.pages["/dockers"] = story("Dockers walk out")
    take_in_addresses(intake_of(committed_world, "/dockers"), Waiting(), fetch=fetching(town))
    again = intake_of(committed_world, "/dockers", again=True)
    take_in_addresses(again, Waiting(), fetch=fetching(town))
    assert lines(again) == [("known", "")]
    head = '<link rel="canonical" href="http://courier.example/elsewhere">'
    town.courier.pages["/dockers"] = story("Dockers still out", head)
    anew = intake_of(committed_world, "/dockers", again=True)
    take_in_addresses(anew, Waiting(), fetch=fetching(town))
    assert lines(anew) == [("changed", "")]
    article = Article.objects.get(url="http://courier.example/dockers")
    assert Snapshot.objects.filter(article=article).count() == 2


def test_a_page_that_leads_elsewhere_now_is_no_further_text(committed_world: World, town: Town) -> None:
    town.courier.pages |= {"/a/1": leading("/"), "/": story("The front page")}
    town.courier.pages |= {"/a/2": leading("/a/2/?utm_source=x"), "/a/2/?utm_source=x": story("A slash more")}
    own = '<link rel="canonical" href="http://courier.example/a/3">'
    town.courier.pages |= {"/a/3": leading("/new/3"), "/new/3": story("It says it belongs there", own)}
    intake = intake_of(committed_world, "/a/1", "/a/2", "/a/3", again=True)
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    assert lines(intake) == [("refused", "it leads to http://courier.example/ now"), ("new", ""), ("new", "")]
    urls = Article.objects.filter(intake_items__intake=intake).order_by("pk").values_list("url", flat=True)
    assert list(urls) == ["http://courier.example/a/2", "http://courier.example/a/3"]


def test_a_page_made_by_scripts_says_so(committed_world: World, town: Town) -> None:
    script = b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><script src=a>"
    town.courier.pages |= {
        "/app": reply(script),
        "/empty": reply(b"<html><body><div id=root></div><script>go()</script></body></html>"),
        "/blank": reply(b"<html><body></body></html>"),
    }
    intake = intake_of(committed_world, "/app", "/empty", "/blank")
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    (_, app), (_, empty), (_, blank) = lines(intake)
    assert app == empty == "this page builds its text by script; save it in the browser, and add the file"
    assert "text that anybody sees" in blank


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("windows-1251", "Докеры".encode("windows-1251")),
        ("utf-8", "Докеры".encode("windows-1251")),
        ("rot13", "Докеры".encode()),
        ("idna", "Докеры".encode()),
        ("\x00", "Докеры".encode()),
    ],
)
def test_the_headers_encoding_is_believed_where_it_can_be(
    committed_world: World, town: Town, charset: str, body: bytes
) -> None:
    long = body + b" Port Amber " + b", ".join([body] * 40)
    town.courier.pages["/a"] = reply(
        long, media=f"text/plain; charset={charset}" if charset > " " else "text/plain"
    )
    intake = intake_of(committed_world, "/a")
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    assert "Докеры" in Snapshot.objects.get(article__intake_items__intake=intake).text


# ── waiting ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.lengthy
def test_those_of_one_host_hold_up_no_other(committed_world: World, town: Town) -> None:
    for name, site in (("courier", town.courier), ("herald", town.site("herald.example", OTHER))):
        site.pages |= {f"/{n}": story(f"{name} {n}") for n in range(3)}
    intake = intake_of(
        committed_world, "/0", "/1", "http://herald.example/0", "/2", "http://herald.example/1"
    )
    order: list[str] = []
    seconds = take_in_addresses(
        intake,
        Waiting(),
        told=lambda line, imported: order.append(line.address),
        fetch=fetching(town, pause=300),
    )
    assert seconds is not None and 200 < seconds <= 300
    assert order == ["http://courier.example/0", "http://herald.example/0"]
    intake.refresh_from_db()
    assert intake.state == IntakeState.RUNNING
    Host.objects.update(next_at=Now())
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    assert [outcome for outcome, _ in lines(intake)] == ["new"] * 5


@pytest.mark.lengthy
def test_many_at_once_ask_a_host_one_after_another(committed_world: World, town: Town) -> None:
    def slow(visitor: socket.socket) -> None:
        Event().wait(0.02)
        visitor.sendall(story("Slow"))

    town.courier.pages |= {f"/{n}": slow for n in range(12)}
    intakes = [intake_of(committed_world, *(f"/{n}" for n in range(k, 12, 3))) for k in range(3)]
    ended = race([partial(take_in_addresses, one, Waiting(), fetch=fetching(town)) for one in intakes])
    assert ended == [None] * 3
    assert len([path for path in town.courier.paths() if path != "/robots.txt"]) == 12
    assert town.courier.paths().count("/robots.txt") == 1
    assert town.courier.most_at_once == 1


def test_a_site_that_says_later_is_tried_three_times_more(committed_world: World, town: Town) -> None:
    town.courier.pages["/busy"] = reply(b"", "Retry-After: 0", status="429 Too Many")
    town.courier.pages["/fine"] = story("Fine")
    intake = intake_of(committed_world, "/busy", "/fine")
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    assert lines(intake) == [
        ("refused", "the site is asked too often (429); it was tried 3 times again"),
        ("new", ""),
    ]
    assert town.courier.paths().count("/busy") == 4


def test_how_often_it_was_tried_outlives_the_job(committed_world: World, town: Town) -> None:
    town.courier.pages["/busy"] = reply(b"", "Retry-After: 3600", status="503 Busy")
    intake, waiting = intake_of(committed_world, "/busy"), Waiting()
    for tries in (1, 2, 3):
        seconds = take_in_addresses(intake, waiting, fetch=fetching(town))
        assert seconds is not None and 3000 < seconds <= 3600
        waiting = Waiting.from_json(waiting.as_json())
        assert waiting.tries == {0: tries}
        waiting.until = {0: 0.0}
        Host.objects.update(next_at=Now())
    town.courier.pages["/busy"] = story("At last")
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is None
    (line,) = IntakeItem.objects.filter(intake=intake)
    assert line.told["notes"][-1] == "the site asked 3 times to be asked later"


def test_what_one_page_is_told_holds_for_its_host(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": reply(b"", "Retry-After: 600", status="429 Too Many") for n in range(9)}
    for _ in range(2):
        intake = intake_of(committed_world, *(f"/{n}" for n in range(9)))
        seconds = take_in_addresses(intake, Waiting(), fetch=fetching(town))
        assert seconds is not None and 500 < seconds <= 600
    assert town.courier.paths() == ["/robots.txt", "/0"]


def test_who_does_not_say_when_is_asked_ever_later(committed_world: World, town: Town) -> None:
    town.courier.pages["/busy"] = reply(b"", status="503 Busy")
    intake, waiting = intake_of(committed_world, "/busy"), Waiting()
    for longest in (60, 120, 240):
        seconds = take_in_addresses(intake, waiting, fetch=fetching(town))
        assert seconds is not None and longest / 2 < seconds <= longest
        waiting.until = {0: 0.0}
        Host.objects.update(next_at=Now())
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is None
    said = "courier.example said so 4 times and is not asked any more, try it again later"
    assert lines(intake) == [("refused", f"the site cannot answer for now (503): {said}")]


@pytest.mark.lengthy
def test_a_host_that_never_has_time_is_not_waited_for_for_ever(committed_world: World, town: Town) -> None:
    """Its addresses are refused together; those of others come in, and its own when they are tried again."""
    busy = reply(b"", "Retry-After: 7200", status="429 Too Many")
    town.courier.pages |= {f"/{n}": busy for n in range(30)}
    town.site("other.example", OTHER).pages["/fine"] = story("Fine")
    intake, waiting = (
        intake_of(committed_world, *(f"/{n}" for n in range(30)), "http://other.example/fine"),
        Waiting(),
    )
    turns = 0
    while (seconds := take_in_addresses(intake, waiting, fetch=fetching(town))) is not None:
        assert 7000 < seconds <= 7200
        waiting = Waiting.from_json(waiting.as_json())
        waiting.until = dict.fromkeys(waiting.until, 0.0)
        Host.objects.update(next_at=Now())
        turns += 1
    assert turns == 3 and len(town.courier.paths()) == 1 + 4  # robots.txt, and four pages in turn
    assert set(town.courier.paths()[1:]) == {"/0", "/1", "/2", "/3"}
    said = "courier.example said so 4 times and is not asked any more, try it again later"
    assert lines(intake) == [("refused", f"the site is asked too often (429): {said}")] * 30 + [("new", "")]


def test_a_host_is_waited_for_a_day_at_most(committed_world: World, town: Town) -> None:
    """Each of its answers asks for less than that; all of them together do not."""
    town.courier.pages |= {f"/{n}": reply(b"", "Retry-After: 50000", status="503 Busy") for n in range(2)}
    intake, waiting = intake_of(committed_world, "/0", "/1"), Waiting()
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is not None
    (tries, since) = waiting.hosts["courier.example"]
    waiting.hosts["courier.example"] = (tries, since - 50_000)
    waiting.until = {0: 0.0}
    Host.objects.update(next_at=Now())
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is None
    assert [outcome for outcome, _ in lines(intake)] == ["refused"] * 2
    assert "said so 2 times" in lines(intake)[1][1]


@pytest.mark.lengthy
def test_one_page_that_is_never_had_does_not_stand_for_its_host(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": story(f"Story {n}") for n in range(1, 7)}
    town.courier.pages["/0"] = reply(b"", "Retry-After: 60", status="503 Busy")
    intake, waiting = intake_of(committed_world, *(f"/{n}" for n in range(7))), Waiting()
    while take_in_addresses(intake, waiting, fetch=fetching(town)) is not None:
        waiting.until = dict.fromkeys(waiting.until, 0.0)
        Host.objects.update(next_at=Now())
    assert [outcome for outcome, _ in lines(intake)] == ["refused"] + ["new"] * 6


def test_an_archived_project_has_no_more_fetched_for_it(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": story(f"Story {n}") for n in range(3)}
    intake = intake_of(committed_world, "/0", "/1", "/2")
    project = Project.objects.filter(pk=intake.project_id)

    def archive(line: IntakeItem, imported: object) -> None:
        project.update(archived_at=Now())

    with pytest.raises(Held, match="the project is archived"):
        take_in_addresses(intake, Waiting(), told=archive, fetch=fetching(town))
    assert (len(lines(intake)), town.courier.paths()) == (1, ["/robots.txt", "/0"])
    project.update(archived_at=None)
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    assert lines(intake) == [("new", "")] * 3


@pytest.mark.parametrize("known", [False, True])
def test_a_site_that_cannot_be_looked_up_once_is_asked_again(
    committed_world: World, town: Town, known: bool
) -> None:
    """Before its rules are known, and afterwards."""
    town.courier.pages |= {"/0": story("Nought"), "/1": story("One")}
    if known:
        take_in_addresses(intake_of(committed_world, "/0"), Waiting(), fetch=fetching(town))
    found, town.internet.down = town.internet.found.pop("courier.example"), True
    intake, waiting = intake_of(committed_world, "/0", "/1"), Waiting()
    seconds = take_in_addresses(intake, waiting, fetch=fetching(town))
    assert seconds is not None and 30 < seconds <= 60 and lines(intake) == []
    town.internet.found["courier.example"] = found
    waiting.until.clear()
    SiteRules.objects.update(counts_until=Now())
    assert take_in_addresses(intake, waiting, fetch=fetching(town)) is None
    assert [outcome for outcome, _ in lines(intake)] == ["known" if known else "new", "new"]


def test_who_follows_takes_only_what_has_no_line(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": story(f"Story {n}") for n in range(4)}
    intake = intake_of(committed_world, "/0", "/1", "/2", "/3")
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town), until=lambda: True) == 0
    assert len(lines(intake)) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address_intakes, "read_fetched", _killed)
        with pytest.raises(KeyboardInterrupt):
            take_in_addresses(intake, Waiting(), fetch=fetching(town))
    assert take_in_addresses(intake, Waiting(), fetch=fetching(town)) is None
    assert lines(intake) == [("new", "")] * 4
    assert town.courier.paths().count("/0") == 1


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_stopped_one_stores_nothing_more(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": story(f"Story {n}") for n in range(3)}
    intake = intake_of(committed_world, "/0", "/1", "/2")

    def stop(line: IntakeItem, imported: object) -> None:
        finish(Intake.objects.get(pk=intake.pk), IntakeState.STOPPED)

    assert take_in_addresses(intake, Waiting(), told=stop, fetch=fetching(town)) is None
    assert len(lines(intake)) == 1


def test_the_rules_are_kept_for_all(committed_world: World, town: Town) -> None:
    town.courier.pages |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /private"), "/a": reply(PAGE)}
    intake = intake_of(committed_world, "/private", "/a", "/private/b")
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    assert [outcome for outcome, _ in lines(intake)] == ["refused", "new", "refused"]
    assert town.courier.paths() == ["/robots.txt", "/a"]
    assert SiteRules.objects.get().text == "User-agent: *\nDisallow: /private"
    assert Host.objects.get().holder is None


def test_what_takes_too_long_to_store_is_refused_alone(committed_world: World, town: Town) -> None:
    town.courier.pages |= {f"/{n}": story(f"Story {n}") for n in range(2)}

    def slow(imported: Imported) -> None:
        if imported.article.title == "Story 0":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 1")
                cursor.execute("SELECT pg_sleep(5)")

    intake = intake_of(committed_world, "/0", "/1")
    assert take_in_addresses(intake, Waiting(), stored=slow, fetch=fetching(town)) is None
    assert lines(intake) == [("refused", "storing it takes too long"), ("new", "")]


def test_a_fault_that_nobody_foresaw_refuses_the_one_alone(committed_world: World, town: Town) -> None:
    town.courier.pages["/fine"] = story("Fine")
    good = fetching(town)

    def faulty(address: str, *, patience: float) -> Fetched:
        if "bad" in address:
            raise ZeroDivisionError("by nought")
        return good(address, patience=patience)

    intake = intake_of(committed_world, "/bad", "/fine")
    take_in_addresses(intake, Waiting(), fetch=faulty)
    assert lines(intake) == [("refused", "fetching it failed (ZeroDivisionError: by nought)"), ("new", "")]
