"""Who may read a page may read what tells the same over the API, and nobody else: held to `twins.txt`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator.models import Actor
from sources.models import Project
from tests.factories import Side, claim, new_actor

from .conftest import Ask
from .places import Walls
from .table import Row, read, rows

FILE = Path(__file__).with_name("twins.txt")
PAGES, PROGRAMS = "/p/<slug>/", "/api/v1/projects/<slug>/"


@dataclass(frozen=True)
class Twins:
    """A page and what of the API tells the same; either may lack."""

    page: str
    programs: tuple[str, ...]


def twins() -> Iterator[Twins]:
    for line in FILE.read_text().splitlines():
        page, *programs = line.partition("#")[0].split() or [""]
        if page:
            yield Twins(_under(PAGES, page), tuple(filter(None, (_under(PROGRAMS, one) for one in programs))))


def _under(root: str, said: str) -> str:
    if said == "-":
        return ""
    return said if said.startswith("/") else root + said.removeprefix(".")


def readable(found: Iterable[Row]) -> dict[str, str]:
    """Who may read each address of a project, by the word of the table."""
    roots = (PAGES, "/c/", PROGRAMS)
    return {row.route: row.may["GET"] for row in found if "GET" in row.may and row.route.startswith(roots)}


def apart(pairs: Iterable[Twins], may: dict[str, str]) -> list[str]:
    return [
        f"{one.page}: {may.get(one.page)}, but {program}: {may.get(program)}"
        for one in pairs
        for program in one.programs
        if one.page and may.get(one.page) != may.get(program)
    ]


def test_pages_and_programs_are_read_by_the_same() -> None:
    assert apart(twins(), readable(rows())) == []


def test_a_planted_difference_is_found() -> None:
    planted = read(f"{PAGES}speakers/ reader - - - -\n{PROGRAMS}actors/ viewer - - - -")
    (told,) = apart([Twins(f"{PAGES}speakers/", (f"{PROGRAMS}actors/",))], readable(planted))
    assert told == f"{PAGES}speakers/: reader, but {PROGRAMS}actors/: viewer"


def test_every_address_that_is_read_has_its_twin_or_says_why_not() -> None:
    pairs, may = list(twins()), readable(rows())
    told = Counter(one.page for one in pairs if one.page)
    assert not [page for page, times in told.items() if times > 1]
    named = set(told) | {program for one in pairs for program in one.programs}
    assert sorted(set(may) - named) == [], "add them to twins.txt"
    assert sorted(named - set(may)) == [], "twins.txt names what is no address"


@pytest.mark.lengthy
def test_what_drafts_alone_name_is_told_by_neither(walls: Walls, ask: Ask) -> None:
    """Of a public project its readers see the same speakers and events on pages and over the API."""
    side, by = walls.world.here, walls.world.manager
    Project.objects.filter(pk=side.project.pk).update(is_public=True)
    hidden = _hidden(side, by)
    asked = ("actors/?name=Quill", "actors/?q=Quill", "actors/?like=Quilla Reed", "actors/alike/")
    listing = [f"/api/v1/projects/here/{one}" for one in asked] + [
        "/p/here/speakers/",
        "/p/here/speakers/alike/",
    ]
    for who, shown in (("anonymous", False), ("viewer", True)):
        for url in listing:
            answer = ask(who, "GET", url)
            assert (answer.status_code, b"Quilla Reed" in answer.body) == (200, shown), (who, url)
        for uuid, found in ((hidden.uuid, 200 if shown else 404), (side.actor.uuid, 200)):
            urls = (f"/api/v1/projects/here/actors/{uuid}/", f"/p/here/speakers/{uuid}/")
            assert [ask(who, "GET", url).status_code for url in urls] == [found, found], (who, uuid)
    assert _events(ask, "anonymous") == _events(ask, "viewer") != set()


def _hidden(side: Side, by: Any) -> Actor:
    """Somebody whom a draft alone names, and who may be another."""
    for name in ("Quilla Reed", "Q. Reed"):
        said = {"role": "said", "sources": [new_actor(name)]}
        claim(by, side.snapshot, "a crack", status="draft", voice="attributed", chains=[[said]])
    return Actor.objects.get(project=side.project, name="Quilla Reed")


def _events(ask: Ask, who: str) -> set[str]:
    answer = ask(who, "GET", "/api/v1/projects/here/events/?limit=200")
    page = ask(who, "GET", "/p/here/events/").body.decode()
    labels = {one["label"] for one in answer.json()["results"]}
    assert all(label in page for label in labels)
    return labels
