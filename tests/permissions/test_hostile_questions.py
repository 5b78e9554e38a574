"""Whatever stands behind the question mark of whichever address: an answer within the 400s at worst."""

from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict

from annotator.api.lists import Parameters

from .conftest import Ask
from .places import Walls
from .table import Row
from .test_matrix import ROUTES, ROWS

pytestmark = pytest.mark.slow  # all of it together
ASKED = [row for row in ROWS.values() if row.of_a_project and "GET" in row.may]

HOSTILE = {
    "NUL, SQL and marks that turn about": quote("x\0' OR 1=1; --%'((((\u202e\u2066\ufeff"),
    "no UTF-8 and half a character": "%ff%fe%ed%a0%bd",
    "more digits than Python reads": "9" * 5000,
    "a number past 64 bits": str(1 << 63),
    "a negative number": "-1",
    "digits that are no number": quote("²"),
    "not a number": "NaN",
    "a number past all floats": "1e999",
    "very long, without a break": "(" * 5000,
    "the last date": "9999-12-31",
    "the first moment": quote("0001-01-01T00:00:00+14:00"),
    "a null UUID": "00000000-0000-0000-0000-000000000000",
    "half a pair": "~",
    "JSON": quote('[{"a":[null,1e999]}]'),
}
EVERYWHERE_ALIKE = "/api/v1/projects/<slug>/claims/"
"""Where all of it is tried as the size of a page and the place in a list, which one reader reads for all
addresses; elsewhere one value is."""
OFTEN = 60
"""How often one name is given: more often than any address takes it."""


class Heard(QueryDict):
    """The question of a request, which notes in `names` whatever it is asked for.

    In `alike` it notes what programs ask of every list.
    """

    names: set[str] = set()
    alike: set[str] = set()

    def _note(self, key: object) -> None:
        """Names of the request's own making are not what the address takes."""
        if isinstance(key, str) and not key.endswith("[]"):
            self.names.add(key)

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self._note(key)
        return super().getlist(key, default)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the views asked their question for since the test began, and what the API says it takes."""
    monkeypatch.setattr(Heard, "names", set())
    monkeypatch.setattr(Heard, "alike", set())
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Heard)
    initial = Parameters.__init__

    def told(self: Parameters, request: Any, *known: str, **more: Any) -> None:
        Heard.names.update(known, more.get("several", ()))
        initial(self, request, *known, **more)

    def listed(read: Any) -> Any:
        def noted(self: Parameters, name: str, *more: Any) -> Any:
            Heard.alike.add(name)
            return read(self, name, *more)

        return noted

    monkeypatch.setattr(Parameters, "__init__", told)
    monkeypatch.setattr(Parameters, "place", listed(Parameters.place))
    monkeypatch.setattr(Parameters, "number", listed(Parameters.number))
    return Heard.names


def broken(ask: Ask, url: str, names: list[str], value: str) -> list[str]:
    """The questions that an error of ours answered: all names at once, then without those that were refused.

    A program is told which name it was, and all the others are asked again together; a page says nothing of
    it, and there each is asked alone.
    """
    lead, found, left = "&" if "?" in url else "?", list[str](), names
    while left:
        query = "&".join(f"{name}={value}" for name in left)
        answer = answered(ask, f"{url}{lead}{query}")
        found += told(answer.status_code, query)
        if answer.status_code < 400:
            return found
        refused = refused_name(answer)
        if refused not in left:
            break
        left = [name for name in left if name != refused]
    for query in (f"{name}={value}" for name in dict.fromkeys(left)):
        found += told(answered(ask, f"{url}{lead}{query}").status_code, query)
    return found


def told(status: int, query: str) -> list[str]:
    return [f"{status}: {query[:120]}"] if status >= 500 else []


def refused_name(answer: Any) -> str:
    """Which name a program was told about; none where a page answered."""
    if "json" not in answer.headers.get("Content-Type", "") or answer.status_code != 400:
        return ""
    return next((str(error["field"]) for error in answer.json()["errors"]), "")


def answered(ask: Ask, url: str) -> Any:
    try:
        return ask("manager", "GET", url)
    except Exception as error:  # the test client raises what a visitor would see as a 500
        pytest.fail(f"{type(error).__name__} {error}: {url[:300]}")


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.route)
def test_no_question_breaks_an_address(row: Row, walls: Walls, ask: Ask, names: set[str]) -> None:
    url, found, known = walls.address(ROUTES[row.route], row), list[str](), set[str]()
    answered(ask, url)
    while new := sorted(names - known):  # with some of them given, others may be looked for
        known |= names
        for value in HOSTILE.values():
            whole = row.route == EVERYWHERE_ALIKE or value == HOSTILE["JSON"]
            found += broken(ask, url, [name for name in new if whole or name not in Heard.alike], value)
    every = sorted(known)
    found += broken(ask, url, [f"{name}[]" for name in every], "1")
    found += broken(ask, url, every * OFTEN, "1")
    assert found == []


def test_what_views_look_for_is_heard(walls: Walls, ask: Ask, names: set[str]) -> None:
    answered(ask, "/p/here/claims/")
    assert {"q", "after"} <= names
    answered(ask, "/api/v1/projects/here/claims/")
    assert {"limit", "article"} <= names
