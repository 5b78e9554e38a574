"""The reading room as it is served: joined into one script and one sheet, it does what its modules do."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from annotator.joined_files import join_modules, join_styles
from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor
from .reading import cards, drag, held_back, painted, saved, stored

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "static"


def read(name: str) -> str:
    return (STATIC / name).read_text()


def test_the_joined_room_does_what_its_modules_do(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    as_modules = {name: painted(page, name) for name in ("claim", "actor", "event", "cue")}, cards(page)
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.partition("/static/")[2]
        asked.append(name)
        if name == "js/reading/main.js":
            route.fulfill(body=join_modules(name, read), content_type="text/javascript")
        elif name == "css/room.css":
            route.fulfill(body=join_styles(name, read), content_type="text/css")
        else:
            route.continue_()

    page.route("**/static/**", answer)
    page.reload()
    visitor.ready()
    assert ({name: painted(page, name) for name in as_modules[0]}, cards(page)) == as_modules
    assert sorted(name for name in asked if name.endswith((".js", ".css"))) == [
        "css/room.css",
        "js/reading/main.js",
    ]
    drag(page, here, "stays shut")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(here, "stays shut").claim.withdrawn_at is None
    expect(page.locator("#room-list")).to_contain_text("stays shut")
    page.keyboard.press("z")
    saved(page)
    assert Claim.objects.get(annotation__quotes=["stays shut"]).withdrawn_at is not None
    expect(page.locator("#room-list")).not_to_contain_text("stays shut")


def test_no_text_is_laid_out_before_its_style_sheet_is_there(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    sheets = held_back(page, "**/css/room.css")
    page.goto(f"{visitor.address}/p/{here.project.slug}/articles/{here.article.uuid}/", wait_until="commit")
    page.wait_for_selector("#room-data", state="attached")
    assert page.evaluate("() => document.body.getBoundingClientRect().height") == 0
    sheets[0].continue_()
    visitor.ready()
    assert page.evaluate("() => document.getElementById('room-text').getBoundingClientRect().height") > 0


def test_the_room_stands_there_though_its_style_sheet_never_came(visitor: Visitor, here: Side) -> None:
    visitor.page.route("**/css/room.css", lambda route: route.abort())
    expect(visitor.open(here).locator("#room-text")).to_be_visible()
