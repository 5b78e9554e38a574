"""A text of many screens: what is far away costs nothing, and is there when one comes to it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.embedded_postgres import Server
from annotator.models import Claim
from sources.models import Snapshot
from tests.databases import Filled, filled
from tests.factories import World, claim, stored

from .conftest import Visitor
from .reading import held_back, painted, until
from .test_reading_watch import watch

pytestmark = pytest.mark.browser
PARTS = 120


def written(world: World) -> Snapshot:
    """A claim in every part."""
    parts = [
        f"Part {i} says that bridge {i} is shut. It goes on for a while after that. " * 3
        for i in range(PARTS)
    ]
    text = stored(world.manager, world.here.project, "A long text\n\n" + "\n\n".join(parts))
    for i in range(PARTS):
        claim(world.manager, text, f"bridge {i} is shut")
    return text


@pytest.fixture(scope="session")
def long_text_database(world_database: Filled, django_db_blocker: Any, embedded_server: Server) -> Filled:
    """The small world, and in its first project the text: 120 claims take longer than most that is tried."""
    with django_db_blocker.unblock():
        return filled(
            embedded_server,
            "long_text",
            lambda: written(world_database.content()),
            of=world_database.template,
        )


@pytest.fixture
def long_text(committed_db: str, long_text_database: Filled) -> Snapshot:
    return long_text_database.content()


@pytest.fixture
def page(visitor: Visitor, world: World, long_text: Snapshot) -> Page:
    visitor.page.goto(f"{visitor.address}/p/{world.here.project.slug}/articles/{long_text.article.uuid}/")
    visitor.ready()
    return visitor.page


def shown(page: Page, number: int) -> bool:
    return f"bridge {number} is shut" in painted(page, "claim")


def come_to(page: Page, number: int) -> None:
    page.evaluate("(n) => document.querySelectorAll('[data-block]')[n + 1].scrollIntoView()", number)


def wait_for(page: Page, number: int) -> None:
    page.wait_for_selector("#room[data-ready]", state="attached")
    until(page, lambda: shown(page, number))


def stands_in_sight(page: Page, look: str, asked: object) -> None:
    page.wait_for_function(f"(asked) => {{ const top = ({look}); return top > 0 && top < 800; }}", arg=asked)


def test_what_is_far_away_is_painted_when_one_comes_to_it(page: Page) -> None:
    wait_for(page, 0)
    assert not shown(page, PARTS - 1)
    assert len(painted(page, "claim")) < PARTS / 2
    come_to(page, PARTS - 1)
    wait_for(page, PARTS - 1)
    expect(page.locator("#room-text")).to_contain_text(f"bridge {PARTS - 1} is shut")
    until(page, lambda: not shown(page, 0))
    come_to(page, 0)
    wait_for(page, 0)


def test_the_list_holds_all_of_it(page: Page) -> None:
    expect(page.locator("#room-list .mini")).to_have_count(PARTS)
    expect(page.locator("#room-filter [data-kind=claim]")).to_contain_text(str(PARTS))


def test_choosing_in_the_list_goes_there(page: Page, long_text: Snapshot) -> None:
    last = Claim.objects.get(annotation__snapshot=long_text, annotation__quotes=["bridge 100 is shut"])
    page.locator(f"#card-{last.uuid} .mini-main").evaluate("(button) => button.click()")
    wait_for(page, 100)
    until(page, lambda: painted(page, "claim-current") == ["bridge 100 is shut"])
    stands_in_sight(page, "document.querySelectorAll('[data-block]')[asked].getBoundingClientRect().top", 101)


def test_the_text_stands_still_from_the_first_moment_after_a_jump(page: Page, long_text: Snapshot) -> None:
    """Where it crept on, a drag begun at once met no words, and let the chosen claim go."""
    top = "(n) => document.querySelectorAll('[data-block]')[n + 1].getBoundingClientRect().top"
    for n in (100, 30, 80, 10):
        one = Claim.objects.get(annotation__snapshot=long_text, annotation__quotes=[f"bridge {n} is shut"])
        at_once = page.evaluate(
            f"([card, n]) => {{ document.querySelector(card).click(); return ({top})(n); }}",
            [f"#card-{one.uuid} .mini-main", n],
        )
        assert 0 < at_once < 800
        page.mouse.move(500, at_once + 16)
        page.mouse.down()
        page.mouse.move(520, at_once + 16)
        page.mouse.move(620, at_once + 16)
        page.mouse.up()
        page.wait_for_timeout(300)
        assert page.evaluate(top, n) == pytest.approx(at_once, abs=1.5)
        assert page.evaluate("getSelection().toString()")
        assert painted(page, "claim-current") == [f"bridge {n} is shut"]
        assert shown(page, n)


def test_on_a_high_window_all_that_is_seen_is_painted(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 1900})
    page.reload()
    page.wait_for_selector("#room[data-ready]", state="attached")
    page.evaluate("scrollBy(0, innerHeight)")
    page.wait_for_timeout(300)
    seen = page.evaluate(
        """() => [...document.querySelectorAll('[data-block]')].flatMap((block, i) => {
          const { top, bottom } = block.getBoundingClientRect();
          return i && bottom > 0 && top < innerHeight ? [i - 1] : [];
        })"""
    )
    assert len(seen) > 8
    until(page, lambda: all(shown(page, number) for number in seen))


def test_a_switched_off_kind_stays_off_when_one_comes_to_it(page: Page) -> None:
    page.locator("[data-layer=claim]").uncheck()
    come_to(page, 90)
    page.wait_for_timeout(300)
    assert painted(page, "claim") == []
    page.locator("[data-layer=claim]").check()
    wait_for(page, 90)


def test_nothing_moves_under_the_pointer_when_late_hits_come(
    visitor: Visitor, world: World, long_text: Snapshot
) -> None:
    """The switches stand below a long outline, whose entries are laid out only near the screen."""
    page = visitor.page
    late = held_back(page, "**/hits/**")
    page.goto(f"{visitor.address}/p/{world.here.project.slug}/articles/{long_text.article.uuid}/")
    visitor.ready()
    box = page.locator("[data-layer=claim]")
    box.evaluate("(box) => box.scrollIntoView({ block: 'center' })")
    place = box.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 6, place["y"] + 6)
    page.mouse.down()
    until(page, lambda: bool(late))
    late[0].continue_()
    expect(page.locator("#room-watch-total")).not_to_be_empty()
    assert box.bounding_box() == place
    page.mouse.up()
    expect(box).not_to_be_checked()
    until(page, lambda: painted(page, "claim") == [])


def test_what_is_switched_off_before_the_room_is_ready_stays_off(
    visitor: Visitor, world: World, long_text: Snapshot
) -> None:
    page = visitor.page
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded',"
        " () => { document.querySelector('[data-layer=claim]').click(); })"
    )
    page.goto(f"{visitor.address}/p/{world.here.project.slug}/articles/{long_text.article.uuid}/")
    visitor.ready()
    expect(page.locator("[data-layer=claim]")).not_to_be_checked()
    assert painted(page, "claim") == []


def test_a_part_that_becomes_something_else_stays_painted(page: Page) -> None:
    come_to(page, 60)
    wait_for(page, 60)
    page.evaluate(
        """() => {
          const old = document.querySelectorAll('[data-block]')[61];
          const fresh = document.createElement('h2');
          fresh.dataset.block = old.dataset.block;
          fresh.className = 'block block-heading';
          fresh.append(...old.childNodes);
          old.replaceWith(fresh);
        }"""
    )
    page.wait_for_timeout(200)
    until(page, lambda: shown(page, 60))
    come_to(page, 0)
    wait_for(page, 0)
    until(page, lambda: not shown(page, 60))
    come_to(page, 60)
    wait_for(page, 60)


def test_paper_shows_all_of_it(page: Page) -> None:
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert len(painted(page, "claim")) == PARTS
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert len(painted(page, "claim")) < PARTS


def test_a_link_to_a_sentence_opens_there(page: Page) -> None:
    number = page.locator("[data-block]").nth(101).locator(".s").first.get_attribute("data-n")
    page.goto(page.url.split("#")[0] + "?again#s" + str(number))
    page.wait_for_selector("#room[data-ready]", state="attached")
    wait_for(page, 100)
    stands_in_sight(page, "document.getElementById(`s${asked}`).getBoundingClientRect().top", number)


def test_watch_terms_far_away_are_registered_when_one_comes_to_them(
    visitor: Visitor, world: World, long_text: Snapshot
) -> None:
    watch(world.here, world, "shut")
    visitor.page.goto(f"{visitor.address}/p/{world.here.project.slug}/articles/{long_text.article.uuid}/")
    visitor.ready()
    page = visitor.page
    expect(page.locator("#room-watch-place")).to_have_text(str(3 * PARTS))
    assert 0 < len(painted(page, "watch")) < PARTS
    page.keyboard.press("Shift+W")
    expect(page.locator("#room-live")).to_contain_text(f"Hit {3 * PARTS} of {3 * PARTS}: shut")
    assert painted(page, "watch-current") == ["shut"]
    page.wait_for_function(
        """() => {
          const last = [...document.querySelectorAll('[data-block]')].at(-1);
          return [...CSS.highlights.get('watch')].some(({ startContainer }) => last.contains(startContainer));
        }"""
    )
    assert len(painted(page, "watch")) < PARTS
    page.keyboard.press("h")
    assert painted(page, "watch") == []
    page.keyboard.press("h")
    assert 0 < len(painted(page, "watch")) < PARTS
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert len(painted(page, "watch")) == 3 * PARTS


HELD_BACK = """() => {
  globalThis.later = [];
  globalThis.requestIdleCallback = (work) => globalThis.later.push(work);
}"""


def test_what_others_add_while_the_list_is_made_stands_in_its_order(
    visitor: Visitor, world: World, long_text: Snapshot
) -> None:
    """The first cards are there, the others are still to be made when more arrives from elsewhere."""
    visitor.page.add_init_script(f"({HELD_BACK})()")
    visitor.page.goto(f"{visitor.address}/p/{world.here.project.slug}/articles/{long_text.article.uuid}/")
    visitor.ready()
    page = visitor.page
    cards = page.locator("#room-list .mini")
    expect(cards).to_have_count(60)
    near = claim(world.reviewer, long_text, "Part 30 says")
    far = claim(world.reviewer, long_text, "Part 100 says")
    expect(page.locator(f"#card-{near.uuid}")).to_be_attached()
    expect(page.locator(f"#card-{far.uuid}")).to_have_count(0)
    last = Claim.objects.get(annotation__snapshot=long_text, annotation__quotes=["bridge 118 is shut"])
    page.evaluate("(hash) => { location.hash = hash; }", f"c-{last.uuid}")
    page.evaluate("() => { while (later.length) later.shift()(); }")
    expect(cards).to_have_count(PARTS + 2)
    listed = cards.evaluate_all("(all) => all.map((card) => card.id)")
    in_text = Claim.objects.filter(annotation__snapshot=long_text).select_related("annotation")
    wanted = sorted(in_text, key=lambda one: one.annotation.extent.start)
    assert listed == [f"card-{one.uuid}" for one in wanted]
    box = page.locator(f"#card-{last.uuid}").bounding_box()
    assert box and 0 <= box["y"] <= 800, "what is chosen comes into view once its card is made"
