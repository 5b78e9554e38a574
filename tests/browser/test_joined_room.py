"""The reading room as it is served, joined into one script and one sheet, does what its modules do."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor
from .reading import cards, drag, held_back, painted, saved, stored
from .served import Collected

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "static"
ENTRIES = {"js/reading/main.js": "text/javascript", "css/room.css": "text/css"}


def test_the_joined_room_does_what_its_modules_do(visitor: Visitor, here: Side, collected: Collected) -> None:
    page = visitor.page
    asked: list[str] = []

    def name_in(address: str) -> str:
        return collected.source_of(address.partition("/static/")[2])

    page.on("request", lambda request: asked.append(name_in(request.url)))
    visitor.open(here)
    own = sorted(name for name in asked if name.endswith((".js", ".css")))
    assert own == sorted([*ENTRIES, "js/first_keys.js"]), "one script beside the joined ones, for early keys"
    joined = {name: painted(page, name) for name in ("claim", "actor", "event", "cue")}, cards(page)

    def answer(route: Route) -> None:
        name = name_in(route.request.url)
        if name in ENTRIES:
            route.fulfill(body=(STATIC / name).read_text(), content_type=ENTRIES[name])
        else:
            route.continue_()

    page.route("**/static/**", answer)
    asked.clear()
    page.reload()
    visitor.ready()
    modules = {f"js/reading/{path.name}" for path in (STATIC / "js/reading").glob("*.js")}
    assert modules <= set(asked)
    assert ({name: painted(page, name) for name in joined[0]}, cards(page)) == joined
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
    sheets = held_back(page, "**/css/room.*css")
    page.goto(f"{visitor.address}/p/{here.project.slug}/articles/{here.article.uuid}/", wait_until="commit")
    page.wait_for_selector("#room-data", state="attached")
    assert page.evaluate("() => document.body.getBoundingClientRect().height") == 0
    sheets[0].continue_()
    visitor.ready()
    assert page.evaluate("() => document.getElementById('room-text').getBoundingClientRect().height") > 0


def test_the_room_stands_there_though_its_style_sheet_never_came(visitor: Visitor, here: Side) -> None:
    visitor.page.route("**/css/room.*css", lambda route: route.abort())
    expect(visitor.open(here).locator("#room-text")).to_be_visible()
