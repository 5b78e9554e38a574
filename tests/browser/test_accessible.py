"""axe-core finds nothing wrong on any page of the site, on a desk and in a hand, by day and by night, and no
page is wider than a telephone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from playwright.sync_api import Browser, expect

from annotator.embedded_postgres import Server
from annotator.web.views import projects
from sources.actions import edit_project
from tests.databases import Filled, filled

from .accessibility import Read, by_day, by_night, source
from .conftest import Visitor, visit
from .scenes import SCENES
from .site import NO_PAGES, Site, names_of_pages

pytestmark = pytest.mark.browser
DESK, HAND = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# What a state is made of, as far as it could close by itself where the window changes.
OPEN = """() => [...document.querySelectorAll('dialog[open], :popover-open, details[open], .sheet-form, '
  + '.tools, .notice, .field-error, .pick-banner, .similar button, [role=option], [aria-invalid=true]')]
  .map((one) => `${one.localName}#${one.id}.${one.getAttribute('class')} ${one.hidden}`)"""
Wrong = dict[str, list[str]]


@pytest.fixture(scope="session")
def site_database(world_database: Filled, django_db_blocker: Any, embedded_server: Server) -> Filled:
    with django_db_blocker.unblock():
        return filled(
            embedded_server, "site", lambda: Site(world_database.content()), of=world_database.template
        )


@pytest.fixture
def committed_site(committed_db: str, site_database: Filled) -> Site:
    return site_database.content()


@pytest.fixture
def site(address: str, committed_site: Site, settings: Any, tmp_path: Path) -> Site:
    settings.DATA_DIR = tmp_path
    return committed_site


@pytest.fixture
def member(chromium: Browser, address: str, site: Site) -> Iterator[Visitor]:
    # The checker tries styles out on the elements it measures, which the pages' policy would block.
    window = {"viewport": DESK, "color_scheme": "light", "reduced_motion": "reduce", "bypass_csp": True}
    for visitor in visit(chromium, address, site.by, **window):
        visitor.context.add_init_script(source())
        yield visitor


def said(wrong: Wrong) -> str:
    return "\n".join(f"{where}\n  " + "\n  ".join(what) for where, what in wrong.items())


class Windows:
    """A page on a desk and in a hand, without being loaded again: no answer depends on window or light.

    By night on a desk alone: a window changes places and sizes, and colours with few of them.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.page, self._read = visitor.page, Read()
        self._session = visitor.context.new_cdp_session(visitor.page)
        self._held, self._height, self._dark = False, DESK["height"], False

    def begin(self) -> None:
        """On a desk by day, of the usual height."""
        self.page.set_viewport_size(DESK)
        self._height = 0
        self._becomes(held=False)
        self._darkens(dark=False)

    def wrong(self) -> list[str]:
        """Where the window is held already, in a hand first. What is open has to stay open."""
        looks = [self._by_night, self._on_a_desk, self._in_a_hand]
        before = self.page.evaluate(OPEN)
        found = [one for look in (reversed(looks) if self._held else looks) for one in look()]
        assert self.page.evaluate(OPEN) == before
        return found

    def _on_a_desk(self) -> list[str]:
        self._becomes(held=False)
        self._darkens(dark=False)
        return by_day(self.page, self._read).wrong

    def _by_night(self) -> list[str]:
        self._becomes(held=False)
        self._darkens(dark=True)
        return by_night(self.page, self._read)

    def _in_a_hand(self) -> list[str]:
        self._becomes(held=True)
        self._darkens(dark=False)
        seen = by_day(self.page, self._read, again=True)
        too_wide = ["wider than the window"] if seen.wide > HAND["width"] else []
        return [f"in a hand, {one}" for one in [*seen.wrong, *too_wide]]

    def _darkens(self, *, dark: bool) -> None:
        if dark != self._dark:
            self.page.emulate_media(color_scheme="dark" if dark else "light")
            self._dark = dark

    def _becomes(self, *, held: bool) -> None:
        size = HAND if held else DESK
        height = max(size["height"], self.page.viewport_size["height"])  # a taller one was asked for
        if (held, height) != (self._held, self._height):
            metrics = {**size, "height": height, "deviceScaleFactor": 1, "mobile": held}
            self._session.send("Emulation.setDeviceMetricsOverride", metrics)
            self._session.send("Emulation.setTouchEmulationEnabled", {"enabled": held})
            here = self.page.evaluate("[outerWidth, matchMedia('(pointer: coarse)').matches]")
            assert here == [size["width"], held]
            self._held, self._height = held, height


def wrong_at(visitor: Visitor, addresses: list[str]) -> Wrong:
    found, windows = {}, Windows(visitor)
    for one in addresses:
        visitor.page.goto(visitor.address + one)
        if visitor.page.locator("#room").count():
            visitor.ready()
        if wrong := windows.wrong():
            found[one] = wrong
    return found


def test_every_address_has_a_row(site: Site) -> None:
    rows = site.addresses()
    assert all(rows.values())
    assert sorted(names_of_pages()) == sorted([*rows, *NO_PAGES])


def test_what_is_wrong_is_found(member: Visitor) -> None:
    """One fault of each sort that the checker is trusted with, planted on a page without any."""
    page, windows = member.page, Windows(member)
    page.goto(f"{member.address}/p/here/")
    assert windows.wrong() == []
    page.evaluate(
        """() => {
          const main = document.querySelector('main');
          const add = (tag, words) => main.append(
            Object.assign(document.createElement(tag), { textContent: words }));
          add('input', '');
          add('button', '');
          add('h6', 'a step left out');
          for (const [id, colours] of [['day', '#aaa, #fff'], ['night', '#000, #555']]) {
            add('p', id);
            main.lastElementChild.id = `pale-by-${id}`;
            main.lastElementChild.style.setProperty('color', `light-dark(${colours})`);
          }
        }"""
    )
    windows.begin()
    found = windows.wrong()
    assert {"label", "button-name", "heading-order"} <= {one.split(" ")[0] for one in found}
    pale = [one.split(":")[0] for one in found if "color-contrast" in one]
    assert pale == ["by night, color-contrast at #pale-by-night", "color-contrast at #pale-by-day"]
    assert len([one for one in found if one.startswith("by night")]) == 1


def test_what_is_wrong_in_a_hand_alone_is_found(member: Visitor) -> None:
    page, windows = member.page, Windows(member)
    page.goto(f"{member.address}/p/here/")
    assert windows.wrong() == []
    windows.begin()
    page.add_style_tag(
        content=""".there { display: none; }
        @media (max-width: 400px) {
          h1 { color: #ccc; }
          .there { display: block; inline-size: 500px; }
        }"""
    )
    page.evaluate(
        """() => document.querySelector('main').append(
          Object.assign(document.createElement('button'), { className: 'there' }))"""
    )
    assert [one.split(" at ")[0] for one in windows.wrong()] == [
        "in a hand, button-name",
        "in a hand, color-contrast",
        "in a hand, wider than the window",
    ]


def test_every_page(member: Visitor, site: Site) -> None:
    wrong = wrong_at(member, [one for row in site.addresses().values() for one in row])
    assert wrong == {}, said(wrong)


@pytest.mark.slow
def test_every_state_of_a_page(member: Visitor, site: Site) -> None:
    wrong, windows = {}, Windows(member)
    for name, scene in SCENES.items():
        windows.begin()
        scene(member, site)
        if found := windows.wrong():
            wrong[name] = found
    assert wrong == {}, said(wrong)


def test_who_is_not_signed_in(member: Visitor, site: Site) -> None:
    """The doors, and what a public project shows to anybody."""
    member.context.clear_cookies()
    edit_project(by=site.by, project=site.here.project, name="Here", description="", is_public=True)
    rows = site.addresses()
    withdrawn = f"/c/{site.withdrawn.uuid}/"
    public = ("project", "articles", "article", "claims", "speakers", "events", "review", "releases", "claim")
    wrong = wrong_at(
        member, [*rows["sign_in"], *rows["sign_in_link"], *(rows[name][0] for name in public), withdrawn]
    )
    assert wrong == {}, said(wrong)


def test_something_broke(member: Visitor, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest, *_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(projects, "render", broken)
    monkeypatch.setattr(projects, "show", broken)
    wrong = wrong_at(member, ["/p/here/"])
    expect(member.page.get_by_role("heading", level=1)).to_have_text("Something broke on our side")
    assert wrong == {}, said(wrong)
