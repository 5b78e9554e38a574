"""Two people in one text: each sees within seconds what the other does, and nobody is disturbed."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from annotator.actions import annotations, claims, relations, reviews
from annotator.intents.annotation import parse_annotation
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Claim
from sources.actions import judge_block
from sources.models import Block
from tests.factories import Side, World, annotate, claim, new_actor

from .conftest import Visitor, visit
from .reading import click, cursor_at, drag, held_back, painted, place, saved, stored, until
from .test_reading_saving import change_behind_the_back

pytestmark = pytest.mark.browser
PLACE = """() => ({ scroll: scrollY, panel: document.getElementById('room-panel').scrollTop,
  focus: document.activeElement.id, selected: getSelection().toString() })"""


HURRIED = """{
  globalThis.pauses = [];
  const timeout = globalThis.setTimeout;
  globalThis.setTimeout = (act, delay, ...more) => {
    if (!%s.includes(delay)) return timeout(act, delay, ...more);
    pauses.push(delay);
    return timeout(act, 200, ...more);
  };
}"""
"""Those milliseconds between two questions become a moment; how many they would have been is noted."""
OFTEN, LONGER = [3000], [6000, 12000, 24000, 48000, 60000]


@pytest.fixture
def visitor(visitor: Visitor) -> Visitor:
    visitor.context.add_init_script(HURRIED % OFTEN)
    return visitor


@pytest.fixture
def colleague(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    for one in visit(chromium, address, world.reviewer):
        one.context.add_init_script(HURRIED % OFTEN)
        yield one


def card(page: Page, one: Claim) -> object:
    return page.locator(f"#card-{one.uuid}")


def test_what_one_adds_the_other_sees(visitor: Visitor, colleague: Visitor, here: Side) -> None:
    mine, theirs = visitor.open(here), colleague.open(here)
    drag(mine, here, "Eighteen lorries")
    before = mine.evaluate(PLACE)
    drag(theirs, here, "stays shut for nine days")
    theirs.keyboard.press("c")
    theirs.keyboard.press("1")
    theirs.keyboard.press("Enter")
    saved(theirs)
    made = stored(here, "stays shut for nine days").claim
    expect(card(mine, made)).to_contain_text("Harbour office")
    assert "stays shut for nine days" in painted(mine, "claim")
    assert "said" in painted(mine, "cue")
    expect(mine.locator("#room-live")).to_contain_text("Reviewer added: Claim")
    assert mine.evaluate(PLACE) == before
    assert before["selected"] == "Eighteen lorries"
    mine.keyboard.press("c")
    mine.keyboard.press("Enter")
    saved(mine)
    assert stored(here, "Eighteen lorries")


def test_a_half_filled_form_is_left_alone(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sen")
    page.locator("#claim-paraphrase").focus()
    before = page.evaluate(PLACE)
    made = claim(world.reviewer, here.snapshot, "the inquiry is open")
    claims.withdraw(by=world.reviewer, claim=here.lone)
    reviews.decide(by=world.reviewer, claim=here.claim, intent=DecideClaim("accepted"))
    expect(card(page, made)).to_be_attached()
    expect(card(page, here.lone)).to_have_count(0)
    expect(card(page, here.claim)).to_contain_text("accepted")
    assert "Eighteen lorries turned back" not in painted(page, "claim")
    assert page.evaluate(PLACE) == before
    page.keyboard.type("tence")
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sentence")
    expect(page.locator(".form-news")).to_have_count(0)


def test_what_is_deleted_goes(visitor: Visitor, colleague: Visitor, world: World, here: Side) -> None:
    one = annotate(world.manager, here.snapshot, "actor", "lorries", actor=str(here.office.uuid))
    mine, theirs = visitor.open(here), colleague.open(here)
    mine.locator("#room-filter [data-kind=actor]").click()
    expect(mine.locator(f"#card-{one.uuid}")).to_be_attached()
    click(theirs, here, "lorries")
    theirs.keyboard.press("Delete")
    saved(theirs)
    expect(mine.locator(f"#card-{one.uuid}")).to_have_count(0)
    assert "lorries" not in painted(mine, "actor")


def open_theirs_changed(visitor: Visitor, world: World, here: Side) -> Page:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    change_behind_the_back(world, here, "Theirs.")
    expect(page.locator(".form-news")).to_contain_text("This was changed elsewhere")
    expect(page.locator("#claim-paraphrase")).to_have_value("Mine.")
    expect(page.locator("#claim-paraphrase")).to_be_focused()
    return page


def test_a_change_to_the_open_annotation_is_told_and_decided_on_saving(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = open_theirs_changed(visitor, world, here)
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.troubles")
    expect(dialog).to_contain_text("Mine.")
    expect(dialog).to_contain_text("Theirs.")
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Mine."


def test_the_others_version_can_be_opened_instead(visitor: Visitor, world: World, here: Side) -> None:
    page = open_theirs_changed(visitor, world, here)
    page.get_by_role("button", name="Open the stored one").click()
    expect(page.locator("#claim-paraphrase")).to_have_value("Theirs.")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("dialog.troubles")).to_have_count(0)


def test_undo_takes_nothing_from_others(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    page.keyboard.press("Enter")
    saved(page)
    here.lone.annotation.refresh_from_db()
    here.lone.refresh_from_db()
    change_behind_the_back(world, here, "Theirs.")
    expect(page.locator("[data-current=true] .paraphrase")).to_have_text("Theirs.")
    page.keyboard.press("z")
    expect(page.locator("#room-live")).to_have_text("Nothing to undo")
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Theirs."


def test_what_waits_here_is_not_overwritten(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    page.route("**/annotations/**", lambda route: route.abort())
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    page.keyboard.press("Enter")
    change_behind_the_back(world, here, "Theirs.")
    made = claim(world.reviewer, here.snapshot, "a crack")
    expect(card(page, made)).to_be_attached()
    expect(page.locator("[data-current=true] .paraphrase")).to_have_text("Mine.")
    page.unroute("**/annotations/**")
    expect(page.locator("dialog.troubles")).to_contain_text("Theirs.")
    page.get_by_role("button", name="Keep mine").click()
    saved(page)


def test_it_asks_with_its_tag_only_while_looked_at(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    asked: list[int] = []
    begun: list[str] = []
    page.on("request", lambda question: begun.append(question.url) if "/changes/" in question.url else None)
    page.on("response", lambda answer: asked.append(answer.status) if "/changes/" in answer.url else None)
    visitor.open(here)
    cursor_at(page, here, "Eighteen")
    until(page, lambda: len(asked) > 2)
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', { get: () => globalThis.seen ?? 'hidden' })"
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(50)
    before = len(begun)  # the last of them may be on its way
    until(page, lambda: len(asked) == before)
    page.wait_for_timeout(1000)
    assert (len(begun), asked) == (before, [304] * before)
    page.evaluate("globalThis.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: len(asked) > before)
    assert set(asked) == {304}


def test_it_asks_less_often_while_nobody_answers(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.add_init_script(HURRIED % (OFTEN + LONGER))
    page.route("**/changes/", lambda route: route.fulfill(status=503))
    visitor.open(here)
    page.wait_for_function("() => pauses.length > 6")
    assert page.evaluate("pauses.slice(0, 7)") == [*OFTEN, *LONGER, LONGER[-1]]


MUTATIONS = """() => {
  globalThis.drawn = [];
  const cards = (nodes) => [...nodes].filter((node) => node.matches?.('.mini')).length;
  new MutationObserver((all) => drawn.push(all.reduce((sum, one) => sum + cards(one.addedNodes), 0)))
    .observe(document.getElementById('room-list'), { childList: true, subtree: true });
}"""


def test_hundreds_at_once_are_drawn_in_one_go(visitor: Visitor, world: World, here: Side) -> None:
    """An import by somebody else: nothing is drawn one by one, and the open form stays as it is."""
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sen")
    before = page.evaluate(PLACE)
    page.evaluate(MUTATIONS)
    words = ("The bridge at Velm", "stays shut for nine days", "the crack was known in spring", "a crack")
    with transaction.atomic():
        made = [claim(world.reviewer, here.snapshot, words[i % 4]) for i in range(200)]
    expect(page.locator("#room-list .mini")).to_have_count(202)
    assert [count for count in page.evaluate("drawn") if count] == [200]
    assert len(painted(page, "claim")) + len(painted(page, "claim-inner")) >= 202
    order = page.locator("#room-list .mini").evaluate_all("(all) => all.map((one) => one.id)")
    assert order == page.evaluate(IN_ORDER), "cards stand in the order of the text"
    assert {f"card-{one.uuid}" for one in made} < set(order)
    expect(page.locator("#room-live")).to_have_text("200 annotations added elsewhere")
    assert page.evaluate(PLACE) == before
    page.keyboard.type("tence")
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sentence")


IN_ORDER = """async () => {
  const token = { headers: { Accept: 'application/json' } };
  const data = JSON.parse(document.getElementById('room-data').textContent);
  const told = await (await fetch(data.urls.changes, token)).json();
  const last = ({ extent }) => extent.at(-1)[1];
  return told.annotations.filter(({ kind }) => kind === 'claim')
    .sort((a, b) => a.extent[0][0] - b.extent[0][0] || last(b) - last(a) || (a.uuid < b.uuid ? -1 : 1))
    .map(({ uuid }) => `card-${uuid}`);
}"""


def test_an_open_list_of_what_is_marked_stays(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "Eighteen")
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Marked here")
    expect(dialog.get_by_role("button").first).to_be_focused()
    made = claim(world.reviewer, here.snapshot, "a crack")
    expect(card(page, made)).to_be_attached()
    expect(dialog.get_by_role("button").first).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("[data-current=true]")).to_have_id(f"card-{here.lone.uuid}")


def test_picking_in_the_text_goes_on(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.get_by_role("button", name="Pick in the text").click()
    expect(page.locator(".pick-banner")).to_be_visible()
    made = claim(world.reviewer, here.snapshot, "a crack")
    expect(card(page, made)).to_be_attached()
    expect(page.locator(".pick-banner")).to_be_visible()
    click(page, here, "the harbour office")
    page.locator(".sheet-form [type=submit]").click()
    saved(page)
    source = stored(here, "anyone was warned").claim.attributions.get().sources.get()
    assert source.actor == here.office


def test_after_a_lost_network_it_goes_on_at_once(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    visitor.context.set_offline(True)
    expect(page.locator("#room-state")).to_have_text("Offline")
    made = claim(world.reviewer, here.snapshot, "a crack")
    page.wait_for_timeout(1000)
    expect(card(page, made)).to_have_count(0)
    visitor.context.set_offline(False)
    expect(card(page, made)).to_be_attached()
    expect(page.locator("#room-state")).to_have_text("Saved")


def test_a_mention_deleted_elsewhere_leaves_the_form_alone(
    visitor: Visitor, world: World, here: Side
) -> None:
    cafe = annotate(world.reviewer, here.snapshot, "actor", "The Cafe\u0301 Zum Kai", **new_actor("Zum Kai"))
    page = visitor.open(here)
    drag(page, here, "was warned")
    page.keyboard.press("c")
    page.keyboard.press("1")
    chip = page.locator(".sheet-form .chip")
    expect(chip).to_contain_text("Zum Kai")
    page.keyboard.type("Half a na")
    annotations.remove(by=world.reviewer, project=here.project, uuid=cafe.uuid, version=1)
    expect(page.locator(".form-lost")).to_contain_text("The mention “The Cafe\u0301 Zum Kai” was deleted")
    expect(chip).to_contain_text("its mention was deleted")
    box = page.locator("#claim-speaker")
    expect(box).to_be_focused()
    expect(box).to_have_value("Half a na")
    box.fill("")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("dialog.troubles")).to_have_count(0)
    source = stored(here, "was warned").claim.attributions.get().sources.get()
    assert (source.actor.name, source.mention) == ("Zum Kai", None)


def test_a_mention_deleted_while_its_claim_was_on_the_way_is_left_out_too(
    visitor: Visitor, world: World, here: Side
) -> None:
    """The page has not heard of it yet: the server refuses, and the form opens without the mention."""
    cafe = annotate(world.reviewer, here.snapshot, "actor", "The Cafe\u0301 Zum Kai", **new_actor("Zum Kai"))
    asked = held_back(visitor.page, "**/changes/")
    page = visitor.open(here)
    drag(page, here, "was warned")
    page.keyboard.press("c")
    page.keyboard.press("1")
    page.locator("#claim-paraphrase").fill("Nobody told them.")
    annotations.remove(by=world.reviewer, project=here.project, uuid=cafe.uuid, version=1)
    page.keyboard.press("Enter")
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved")
    expect(page.locator(".sheet-form .chip, dialog.troubles")).to_have_count(1)
    for route in asked:
        route.continue_()
    page.unroute("**/changes/")
    if page.locator("dialog.troubles").count():
        page.get_by_role("button", name="Correct it").click()
    expect(page.locator(".sheet-form .chip")).to_contain_text("its mention was deleted")
    expect(page.locator("#claim-paraphrase")).to_have_value("Nobody told them.")
    page.get_by_role("button", name="Save Enter", exact=True).click()
    expect(page.locator(".sheet-form")).to_have_count(0)
    saved(page)
    assert stored(here, "was warned").claim.attributions.get().sources.get().mention is None


def test_nothing_moves_under_a_press(visitor: Visitor, world: World, here: Side) -> None:
    """What arrives while the mouse is down waits until it is let go, and the click still counts."""
    page = visitor.open(here)
    target = page.locator(f"#card-{here.lone.uuid} .mini-main")
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    made = claim(world.reviewer, here.snapshot, "The bridge at Velm")
    with page.expect_response("**/changes/"):
        pass
    expect(card(page, made)).to_have_count(0)
    assert target.bounding_box() == box
    page.mouse.up()
    expect(card(page, made)).to_be_attached()
    expect(page.locator("[data-current=true]")).to_have_id(f"card-{here.lone.uuid}")
    expect(card(page, here.lone)).to_contain_text("accepted")


def test_a_relation_made_elsewhere_shows_on_the_card(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    page.locator(f"#card-{here.lone.uuid} .mini-main").click()
    far = claim(world.reviewer, here.second_snapshot, "Two ferries")
    relations.relate(by=world.reviewer, claim=far, other=here.lone, kind="denies")
    told = page.locator(f"#card-{here.lone.uuid} .card-relations")
    expect(told).to_have_text("denied by 1 other")
    claims.withdraw(by=world.reviewer, claim=far)
    expect(told).to_have_count(0)


def test_a_reason_deleted_with_a_change_to_the_open_form_goes_too(
    visitor: Visitor, world: World, here: Side
) -> None:
    """Nothing is told of the reason itself: it is missed by its number, also beside an open form."""
    page = visitor.open(here)
    click(page, here, "An engineer")
    page.locator(".mini[data-current]").get_by_role("button", name="Edit").click()
    mention = Annotation.objects.get(kind="actor", snapshot=here.snapshot, quotes=["An engineer"])
    body = {
        "snapshot": here.snapshot.uuid,
        "kind": "actor",
        "extent": mention.extent.to_json(),
        "quotes": mention.quotes,
        "actor": {"actor": str(here.anonymous.uuid), "reason_span": None},
    }
    intent = parse_annotation(mention.uuid, body)
    annotations.save(by=world.reviewer, project=here.project, intent=intent, version=mention.version)
    expect(page.locator(".form-news")).to_contain_text("changed elsewhere")
    expect(page.locator(".form-lost")).to_contain_text("because the inquiry is open")
    assert "because the inquiry is open" not in painted(page, "support")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet-form")).to_have_count(0)
    assert "because the inquiry is open" not in painted(page, "support")


def test_a_drag_goes_on_while_others_write(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    at = place(page, here, "anyone was warned")
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move((at["x1"] + at["x2"]) / 2, at["y2"])
    judge_block(
        by=world.reviewer,
        block=Block.objects.get(snapshot=here.snapshot, position=2),
        role="caption",
        masked=False,
    )
    made = claim(world.reviewer, here.snapshot, "a crack")
    with page.expect_response("**/changes/"):
        pass
    page.mouse.move(at["x2"], at["y2"])
    page.mouse.up()
    expect(page.locator(".tools")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "anyone was warned"
    expect(card(page, made)).to_be_attached()
    assert page.evaluate("getSelection().toString()") == "anyone was warned"
    page.keyboard.press("c")
    expect(page.locator(".sheet-form .words")).to_have_text("anyone was warned")
