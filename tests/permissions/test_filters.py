"""Names of filters and orders that are on no list of an address: the API refuses each, pages look for none.

By names of this kind other tools told password hashes to whoever asked for them letter by letter.
"""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .conftest import Ask
from .places import Walls
from .table import Row
from .test_matrix import ROUTES, ROWS

pytestmark = pytest.mark.slow  # all of it together
READ = [row for row in ROWS.values() if row.of_a_project and "GET" in row.may]
OF_PROGRAMS = [row for row in READ if ROUTES[row.route].of_programs]
OF_PEOPLE = [row for row in READ if not ROUTES[row.route].of_programs]
STRANGE = (
    "password__startswith",
    "made_by__password",
    "by__password__regex",
    "user__is_superuser",
    "project__memberships__user__email",
    "id__gt",
    "pk",
    "project_id",
    "ordering",
    "fields",
    "__proto__",
    "order_by",
)
ORDERS = ("password", "-made_by__password", "?", "project__id", "id; --")


def refusal(answer: Any) -> tuple[str, str]:
    (error,) = answer.json()["errors"]
    return error["field"], error["rule"]


def asked(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


@pytest.mark.parametrize("row", OF_PROGRAMS, ids=lambda row: row.route)
def test_programs_are_refused_each_name_that_is_on_no_list(row: Row, walls: Walls, ask: Ask) -> None:
    url = walls.address(ROUTES[row.route], row)
    for name in STRANGE:
        answer = ask("manager", "GET", asked(url, f"{name}=a"))
        assert answer.status_code == 400, (name, answer.status_code)
        assert refusal(answer) == (name, "known_parameter")
    for order in ORDERS:
        answer = ask("manager", "GET", asked(url, f"order={order}"))
        assert answer.status_code == 400, (order, answer.status_code)
        assert refusal(answer)[0] == "order"


def looked_up(ask: Ask, url: str) -> list[str]:
    """The statements that answering takes, without the values in them and the savepoints around them."""
    with CaptureQueriesContext(connection) as seen:
        assert ask("manager", "GET", url).status_code < 500
    asked = [re.sub(r"'[^']*'|[0-9]+", "?", one["sql"] or "") for one in seen]
    return [one for one in asked if "SAVEPOINT" not in one]


@pytest.mark.parametrize("row", OF_PEOPLE, ids=lambda row: row.route)
def test_pages_look_for_no_name_that_is_on_no_list(row: Row, walls: Walls, ask: Ask) -> None:
    url = walls.address(ROUTES[row.route], row)
    wanted = looked_up(ask, url)
    orders = (f"order={ORDERS[0]}", f"sort={ORDERS[1]}")
    found = looked_up(ask, asked(url, "&".join((*orders, *(f"{name}=a" for name in STRANGE)))))
    assert found == wanted, set(found) ^ set(wanted)
