"""Every address, asked by everybody, in every way, for what is there, what is another's and what is not.

Who may do what stands in `routes.txt`; this holds the site to it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.utils.timezone import now

from sources.models import Project

from .bodies import body_of
from .conftest import Ask
from .places import MISSING, NOWHERE, Walls
from .routes import Route, routes
from .table import BARRED, COLUMNS, MEMBERS, STRANGERS, TOKENS, Row, rows

pytestmark = pytest.mark.slow  # all of it together
METHODS = (*COLUMNS, "HEAD", "OPTIONS")
TOLD_WHY = {400, 409, 412, 415, 422, 428}
"""Somebody who may was told what is wrong with what they sent."""
ROUTES = {route.shown: route for route in routes()}
ROWS = {row.route: row for row in rows() if row.route in ROUTES}
OF_PROGRAMS = [row for row in ROWS.values() if ROUTES[row.route].of_programs]
BEHIND_DOORS = [row for row in ROWS.values() if row.of_a_project]


VARYING = ("Set-Cookie", "Content-Length", "X-Request-ID")
WITHOUT_HEAD = {"/sign-in/link/", "/sign-in/by/<provider_id>/back/"}
"""A look at these would use up what they are asked with."""


def served(row: Row, method: str) -> bool:
    return as_get(method) in row.may and (method != "HEAD" or row.route not in WITHOUT_HEAD)


def asked_by(row: Row, people: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every method by all of them; those by one alone that are answered before anything is looked up."""
    for method in METHODS:
        of_all = method in row.may
        yield from ((method, who) for who in (people if of_all else people[:1]))


def looked_up_for(row: Row, people: tuple[str, ...], besides: int = 0) -> Iterator[tuple[str, str]]:
    """Those that are served, for which it matters who asks, and so many others: members try them all."""
    for method, who in asked_by(row, people):
        if served(row, method):
            yield method, who
        elif besides:
            besides -= 1
            yield method, who


def as_get(method: str) -> str:
    return "GET" if method == "HEAD" else method


def told(answer: Any, asked_for: str) -> tuple[int, str, bytes]:
    """The whole answer but for what differs from one to the next: tokens, and what was asked for."""
    body = re.sub(rb"[A-Za-z0-9]{64}", b"", answer.body)
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING}
    said = json.dumps(headers, sort_keys=True)
    differing = re.findall(r"/p/[^/?]+/|[0-9a-f-]{36}", asked_for)
    for one in (asked_for, *differing, answer.headers["X-Request-ID"]):
        body, said = body.replace(one.encode(), b"~"), said.replace(one, "~")
    return answer.status_code, said, body


def asks_to_sign_in(answer: Any) -> bool:
    lead = unquote(answer.headers.get("Location", ""))
    return answer.status_code == 302 and lead.startswith("/sign-in/?next=/")


def came_in(answer: Any, row: Row) -> bool:
    """To what is of no project, also where the visitor's own account has no such thing."""
    lacking = set() if row.of_a_project else {401, 403, 404}
    return not asks_to_sign_in(answer) and (
        answer.status_code < 400 or answer.status_code in TOLD_WHY | lacking
    )


def turned_away(answer: Any, who: str, route: Route) -> bool:
    """As somebody is who may know of it and lacks the role."""
    if "nobody" in ROWS[route.shown].may.values():
        return answer.status_code == 403
    if who == "anonymous" and not route.of_programs:
        return asks_to_sign_in(answer)
    return answer.status_code in ((401, 403) if who == "anonymous" else (403,))


def foreign_objects(row: Row) -> list[tuple[str, str]]:
    """The arguments that name an object under an address that says its project: (`uuid#0`, `article`)."""
    return [
        (f"{argument}#{number}", of)
        for number, (argument, of) in enumerate(row.objects)
        if not of.startswith("'") and argument not in NOWHERE and (number or "<slug>" in row.route)
    ]


def described(who: str, method: str, url: str, answer: Any) -> str:
    lead = f" to {answer.headers['Location']}" if "Location" in answer.headers else ""
    title = re.search(rb"<title>(.*?)</title>|\"detail\":\"([^\"]*)", answer.body)
    said = (title[1] or title[2]).decode() if title else ""
    return f"{who}: {method} {url} was answered {answer.status_code}{lead} {said}"


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.route)
def test_whoever_belongs_there_does_what_the_row_says(row: Row, walls: Walls, ask: Ask) -> None:
    everybody = MEMBERS if row.of_a_project else (*STRANGERS, *MEMBERS)
    assert misfits(row, walls, ask, asked_by(row, everybody), public=False) == []


@pytest.mark.parametrize("row", BEHIND_DOORS, ids=lambda row: row.route)
def test_a_public_project_is_read_by_everybody_and_changed_by_nobody_else(
    row: Row, walls: Walls, ask: Ask
) -> None:
    Project.objects.filter(pk=walls.world.here.project.pk).update(is_public=True)
    assert misfits(row, walls, ask, looked_up_for(row, STRANGERS), public=True) == []


@pytest.mark.parametrize("row", OF_PROGRAMS, ids=lambda row: row.route)
def test_a_program_does_what_its_token_is_for(row: Row, walls: Walls, ask: Ask) -> None:
    assert misfits(row, walls, ask, looked_up_for(row, TOKENS), public=False) == []


@pytest.mark.parametrize("row", OF_PROGRAMS, ids=lambda row: row.route)
def test_a_token_that_is_over_opens_nothing(row: Row, walls: Walls, ask: Ask) -> None:
    """Not even what is open to everybody: whoever sends it is told, whatever they ask for."""
    Project.objects.filter(pk=walls.world.here.project.pk).update(is_public=True)
    route = ROUTES[row.route]
    url = walls.address(route, row)
    methods = [method for method in METHODS if served(row, method)] + ["TRACE"]
    answers = {ask(who, method, url).status_code for who in BARRED for method in methods}
    assert answers == {401}


@pytest.mark.parametrize("of_programs", [False, True], ids=["pages", "api"])
def test_an_archived_project_is_read_as_before_and_changed_by_nobody(
    of_programs: bool, walls: Walls, ask: Ask
) -> None:
    """But for what the table marks. Whoever could otherwise is told why they cannot now."""
    Project.objects.filter(pk=walls.world.here.project.pk).update(archived_at=now())
    found = []
    for row in BEHIND_DOORS:
        route = ROUTES[row.route]
        if route.of_programs is not of_programs:
            continue
        url = walls.address(route, row)
        for method, who in ((method, who) for method in row.may for who in ("annotator", "manager")):
            answer = ask(who, method, url, **body_of(route, method, url))
            if not row.allows(who, method):
                right = turned_away(answer, who, route)
            elif row.goes_on_archived(method):
                right = came_in(answer, row)
            else:
                right = answer.status_code == 403 and b"archived" in answer.body
            if not right:
                found.append(described(who, method, url, answer))
    assert found == []


def misfits(row: Row, walls: Walls, ask: Ask, asked: Iterator[tuple[str, str]], *, public: bool) -> list[str]:
    """What is answered otherwise than the row says, of what is asked by whom."""
    route = ROUTES[row.route]
    url, found, looked = walls.address(route, row), [], False
    for method, who in asked:
        if method == "HEAD" and served(row, method) and row.allows(who, "GET", public=public):
            if looked:
                continue  # as GET of all who may, once more without its body; of all who may not it is asked
            looked = True
        answer = ask(who, method, url, **body_of(route, method, url))
        if not served(row, method):
            right = answer.status_code == 405 or (not row.of_a_project and asks_to_sign_in(answer))
        elif row.allows(who, as_get(method), public=public):
            right = came_in(answer, row)
        else:
            right = turned_away(answer, who, route)
        if not right:
            found.append(described(who, method, url, answer))
    return found


@pytest.mark.parametrize("row", BEHIND_DOORS, ids=lambda row: row.route)
def test_a_stranger_is_told_what_is_told_of_nothing(row: Row, walls: Walls, ask: Ask) -> None:
    route, found = ROUTES[row.route], []
    there, nowhere = walls.address(route, row), walls.nowhere(route, row)
    strangers = STRANGERS if not route.of_programs else (*STRANGERS, "token_for_another")
    for method, who in looked_up_for(row, strangers, besides=1):
        answer, of_nothing = (
            ask(who, method, url, **body_of(route, method, url)) for url in (there, nowhere)
        )
        if not served(row, method):
            right = answer.status_code == 405
        else:
            right = answer.status_code == 404 or (who == "anonymous" and turned_away(answer, who, route))
        if not right or told(answer, there) != told(of_nothing, nowhere):
            found.append(f"{described(who, method, there, answer)}; of nothing {of_nothing.status_code}")
    assert found == []


@pytest.mark.parametrize(
    "row", [row for row in BEHIND_DOORS if foreign_objects(row)], ids=lambda row: row.route
)
def test_another_projects_object_is_told_as_one_that_is_not_there(row: Row, walls: Walls, ask: Ask) -> None:
    """To a manager of both projects, so that nothing but the address keeps them apart; and to a viewer."""
    route, found = ROUTES[row.route], []
    for argument, of in foreign_objects(row):
        foreign = walls.address(route, row, **{argument: walls.objects["there"][of]})
        missing = walls.address(route, row, **{argument: MISSING})
        for method, who in looked_up_for(row, ("manager", "viewer"), besides=1):
            urls = (foreign, missing)
            answer, of_nothing = (ask(who, method, url, **body_of(route, method, url)) for url in urls)
            found_one = answer.status_code < 400 and not argument.startswith("?")
            if found_one or told(answer, foreign) != told(of_nothing, missing):
                found.append(
                    f"{described(who, method, foreign, answer)}; of nothing {of_nothing.status_code}"
                )
    assert found == []
