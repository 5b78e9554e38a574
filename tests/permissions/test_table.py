"""No address without a row, no row without an address, and none that is not understood."""

import pytest
from django.urls import include, path, re_path
from django.views.generic import View

from .routes import Route, routes
from .table import FILE, read, rows, written


def without_rows(there: list[Route], told: set[str]) -> list[str]:
    """What is to be added to the table, by address."""
    return [
        f"add to tests/permissions/{FILE.name} who may what there, as one line like: {_like(route)}"
        for route in there
        if route.shown not in told
    ]


def _like(route: Route) -> str:
    objects = " ".join(f"{name}=…" for name in route.arguments if name != "slug")
    return f"{route.shown}  reader - - - - {objects}".rstrip()


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    told, there = [row.route for row in rows()], list(routes())
    assert without_rows(there, set(told)) == []
    assert sorted(set(told) - {route.shown for route in there}) == [], "rows of addresses that are gone"
    assert len(told) == len(set(told)), "two rows of one address"


def test_every_argument_of_an_address_has_its_object() -> None:
    arguments = {route.shown: set(route.arguments) - {"slug"} for route in routes()}
    assert {row.route: set(row.named) for row in rows()} == {
        row.route: arguments[row.route] for row in rows()
    }


def test_the_table_is_aligned() -> None:
    lines = [line for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    assert lines == [written(row) for row in rows()]


def test_a_planted_address_is_found_however_it_is_written() -> None:
    view = View.as_view()
    planted = [
        path("p/<slug:slug>/", include([path("secrets/<uuid:uuid>/", view), re_path(r"^by/(\d)/$", view)])),
        re_path(r"^keys/(?P<key>[-:\w]+(\.\w+)?)/$", view),
        path("api/v2/", include(([path("all/", view, name="all")], "later"))),
    ]
    found = [route.shown for route in routes(planted)]
    assert found == ["/p/<slug>/secrets/<uuid>/", r"/p/<slug>/by/(d)/", "/keys/<key>/", "/api/v2/all/"]
    (said, *_) = without_rows(list(routes(planted)), {row.route for row in rows()})
    assert "as one line like: /p/<slug>/secrets/<uuid>/  reader - - - - uuid=…" in said


@pytest.mark.parametrize("line", ["/p/ - - -", "/p/ everybody - - - -", "/p/ - - - - article"])
def test_a_line_that_says_nothing_is_told(line: str) -> None:
    with pytest.raises(ValueError, match=r"routes\.txt: not understood"):
        read(line)
