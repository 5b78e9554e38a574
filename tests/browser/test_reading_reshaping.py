"""An annotation on other words: by its handles, by key and mouse; divided, added to, shortened; undone."""

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import reviews
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Claim, Code
from sources.actions import set_member
from sources.models import Role
from sources.text.offsets import Extent
from tests.factories import Side, World, annotate, claim

from .conftest import Visitor, signed_in
from .reading import click, cursor_at, drag, painted, place, saved, stored, where

pytestmark = pytest.mark.browser
LONE = "Eighteen lorries turned back"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def pull(page: Page, side: Side, handle: str, words: str, *, behind: bool = False, key: str = "") -> None:
    """Drags a handle to just before or behind `words`."""
    to = place(page, side, words)
    box = page.get_by_role("slider", name=handle).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    if key:
        page.keyboard.down(key)
    stands_off = 25 if handle.startswith("End") else -25  # pixels from the middle of its line
    goal = (to["x2"], to["y2"]) if behind else (to["x1"], to["y1"])
    page.mouse.move(goal[0], goal[1] + stands_off, steps=4)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
    if key:
        page.keyboard.up(key)


def test_keys_move_the_end_and_the_start_by_word(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "r")
    expect(page.get_by_role("slider", name="End of the claim")).to_be_focused()
    press(page, "ArrowLeft", "ArrowLeft", "ArrowRight")
    assert painted(page, "claim-current") == ["Eighteen lorries turned"]
    here.lone.annotation.refresh_from_db()
    assert here.lone.annotation.version == 1, "nothing is saved while it is moved"
    press(page, "Shift+R", "ArrowRight", "Enter")
    saved(page)
    expect(page.locator("#room-text")).to_be_focused()
    here.lone.annotation.refresh_from_db()
    assert here.lone.annotation.quotes == ["lorries turned"]
    assert here.lone.annotation.version == 3, "one change for each handle that was let go"
    press(page, "z", "z")
    saved(page)
    assert stored(here, LONE) == here.lone.annotation
    press(page, "Shift+Z")
    saved(page)
    assert stored(here, "Eighteen lorries turned") == here.lone.annotation


def test_a_modifier_moves_by_character_and_escape_puts_back(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "r", *["Alt+ArrowLeft"] * 4)
    assert painted(page, "claim-current") == ["Eighteen lorries turned"], "never a bare blank at the end"
    press(page, "Control+ArrowLeft")
    assert painted(page, "claim-current") == ["Eighteen lorries turne"]
    press(page, "Escape")
    assert painted(page, "claim-current") == [LONE]
    press(page, *["Alt+ArrowRight"], "Enter")
    saved(page)
    assert stored(here, LONE + " 👩🏽‍🔧"), "one press takes the whole emoji"


def test_the_mouse_pulls_a_handle_to_whole_words(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    pull(page, here, "End of the claim", "lorries turn", behind=True)
    saved(page)
    assert stored(here, "Eighteen lorries turned") == here.lone.annotation
    pull(page, here, "Start of the claim", "orries turned", key="Alt")
    saved(page)
    assert stored(here, "orries turned") == here.lone.annotation
    assert Annotation.objects.get(pk=here.lone.annotation.pk).version == 3
    assert page.evaluate("getSelection().isCollapsed")


def test_one_of_several_stacked_spans_is_changed(visitor: Visitor, here: Side, world: World) -> None:
    twins = [claim(world.manager, here.snapshot, LONE) for _ in range(2)]
    page = visitor.open(here)
    cursor_at(page, here, "lorries turned")
    press(page, "l", "2")
    chosen = (page.locator("[data-current=true]").get_attribute("id") or "").removeprefix("card-")
    press(page, "r", "ArrowLeft", "Enter")
    saved(page)
    kept = Annotation.objects.filter(snapshot=here.snapshot, kind="claim", quotes=[LONE])
    assert {str(one.uuid) for one in kept} == {
        str(one.uuid) for one in (*twins, here.lone) if str(one.uuid) != chosen
    }
    assert str(stored(here, "Eighteen lorries turned").uuid) == chosen


def test_every_stretch_has_its_handles(visitor: Visitor, here: Side, world: World) -> None:
    made = claim(world.manager, here.snapshot, "We found a crack", "told the agency")
    page = visitor.open(here)
    page.locator(f"#card-{made.uuid} .mini-main").click()
    expect(page.get_by_role("slider")).to_have_count(4)
    page.get_by_role("slider", name="End of the claim, stretch 1 of 2").focus()
    press(page, "ArrowLeft", "Enter")
    saved(page)
    assert stored(here, "We found a", "told the agency") == made.annotation
    cursor_at(page, here, "agency Nordpost")
    page.locator(f"#card-{made.uuid} .mini-main").click()
    press(page, "Shift+R")
    page.get_by_role("slider", name="Start of the claim, stretch 2 of 2").focus()
    press(page, *["ArrowLeft"] * 6, "Enter")
    saved(page)
    start, end = where(here, "We found a crack,” its director Ilse Brandt told the agency")
    grown = Annotation.objects.get(pk=made.annotation.pk)
    assert grown.extent == Extent.of((start, end)), "stretches that meet are one"
    expect(page.get_by_role("slider")).to_have_count(2)


def test_a_cue_is_resized_with_its_claim(visitor: Visitor, here: Side) -> None:
    cue = here.cue.annotation
    page = visitor.open(here)
    click(page, here, "told the")
    assert painted(page, "cue-current") == ["told the agency"]
    press(page, "r", "ArrowLeft", "ArrowLeft", "Enter")
    saved(page)
    cue.refresh_from_db()
    assert cue.quotes == ["told"]
    press(page, "z")
    saved(page)
    cue.refresh_from_db()
    assert cue.quotes == ["told the agency"]


def test_a_decided_claim_warns_before_its_words_change(visitor: Visitor, world: World, here: Side) -> None:
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "r")
    expect(page.locator(".note")).to_contain_text("This claim is accepted. Saving a change sends it back")
    press(page, "Escape")
    expect(page.locator(".note")).to_be_hidden()
    drag(page, here, "turned back")
    press(page, "-")
    expect(page.locator(".note")).to_contain_text("The same again does it.")
    here.lone.refresh_from_db()
    assert (here.lone.status, here.lone.annotation.quotes) == ("accepted", [LONE])
    press(page, "-")
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.status == "submitted"
    assert stored(here, "Eighteen lorries") == here.lone.annotation


def test_selected_words_are_left_out(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    drag(page, here, "lorries")
    page.get_by_role("button", name="Leave out").click()
    saved(page)
    assert stored(here, "Eighteen", "turned back") == here.lone.annotation
    press(page, "z")
    saved(page)
    assert stored(here, LONE) == here.lone.annotation
    drag(page, here, LONE)
    press(page, "-")
    expect(page.locator("#room-live")).to_contain_text("Delete deletes the annotation")


def test_one_stretch_is_removed_by_key_and_from_the_card(visitor: Visitor, here: Side, world: World) -> None:
    made = claim(world.manager, here.snapshot, "We found", "a crack", "told the agency")
    page = visitor.open(here)
    page.locator(f"#card-{made.uuid} .mini-main").click()
    page.get_by_role("button", name="Leave out “told the agency”").click()
    saved(page)
    assert stored(here, "We found", "a crack") == made.annotation
    cursor_at(page, here, "a crack,")  # of the two claims here the one with fewer words is chosen
    press(page, "-")
    saved(page)
    left = Annotation.objects.get(pk=made.annotation.pk)
    assert left.quotes == ["We found"]
    press(page, "z", "z")
    saved(page)
    assert stored(here, "We found", "a crack", "told the agency") == made.annotation


def test_a_claim_is_divided_with_its_whole_chain(visitor: Visitor, here: Side) -> None:
    before = Claim.objects.filter(withdrawn_at=None).count()
    page = visitor.open(here)
    page.locator(f"#card-{here.claim.uuid} .mini-main").click()
    cursor_at(page, here, "a crack,")
    press(page, "d")  # it is disputed: asked about once
    press(page, "d")
    saved(page)
    here.claim.annotation.refresh_from_db()
    assert here.claim.annotation.quotes == ["We found"]
    twin = stored(here, "a crack").claim
    said, relayed = twin.attributions.order_by("position")
    assert said.sources.get().mention == here.mention
    assert said.cues.get().annotation.quotes == ["told the agency"]
    assert relayed.sources.get().actor.name == "Nordpost"
    assert here.attribution.cues.get() == here.cue, "the first one keeps its own"
    assert said.sources.get().role_spans.get().annotation.quotes == ["its director"]
    assert here.source.role_spans.count() == 1
    assert (twin.quantities.count(), here.claim.quantities.count()) == (0, 1), "a number is not counted twice"
    press(page, "z")
    saved(page)
    assert stored(here, "We found a crack") == here.claim.annotation
    assert Claim.objects.filter(withdrawn_at=None).count() == before


def test_a_mention_is_divided_round_the_selected_words(visitor: Visitor, here: Side, world: World) -> None:
    annotate(world.manager, here.snapshot, "actor", "lorries turned back", actor=str(here.office.uuid))
    page = visitor.open(here)
    click(page, here, "lorries")
    drag(page, here, "turned")
    page.get_by_role("button", name="Divide").click()
    saved(page)
    for words in ("lorries", "back"):
        assert stored(here, words, kind="actor").mention.actor == here.office


def test_words_are_added_to_the_chosen_claim(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    drag(page, here, "The Cafe\u0301 Zum Kai")
    page.get_by_role("button", name="Add").click()
    saved(page)
    assert stored(here, LONE, "The Cafe\u0301 Zum Kai") == here.lone.annotation


def test_what_was_moved_outlives_a_reload(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "r", "ArrowLeft")
    page.reload()
    visitor.ready()
    saved(page)
    assert stored(here, "Eighteen lorries turned") == here.lone.annotation


def test_who_may_only_read_has_no_handles(visitor: Visitor, world: World, here: Side) -> None:
    set_member(by=world.manager, project=here.project, user=world.stranger, role=Role.VIEWER)
    visitor.context.clear_cookies()
    signed_in(visitor.context, visitor.address, world.stranger)
    page = visitor.open(here)
    page.locator(f"#card-{here.claim.uuid} .mini-main").click()
    expect(page.locator(".thread").first).to_be_attached()
    expect(page.get_by_role("slider")).to_have_count(0)
    cursor_at(page, here, "a crack,")
    press(page, "r", "-", "d", "x", "Shift+X")
    expect(page.locator("#room-live")).to_have_text("You may read here, not annotate.")
    here.claim.annotation.refresh_from_db()
    assert here.claim.annotation.quotes == ["We found a crack"]


def test_brackets_lead_to_the_next_article_and_back(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    first = page.url
    link = page.locator(".article-head a[rel=next], .article-head a[rel=prev]").first
    goal = link.get_attribute("href")
    key, back = ("]", "[") if link.get_attribute("rel") == "next" else ("[", "]")
    press(page, back)
    expect(page.locator("#room-live")).to_contain_text("article")
    press(page, key)
    page.wait_for_url(f"**{goal}")
    visitor.ready()
    press(page, back)
    page.wait_for_url(first)


def test_words_that_only_a_blank_parts_are_one_stretch(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    drag(page, here, "known in spring.")
    press(page, "Shift+X")
    saved(page)
    assert stored(here, f"known in spring. {LONE}") == here.lone.annotation


def test_a_divided_claims_cue_goes_on_doing_what_it_did(visitor: Visitor, here: Side) -> None:
    here.cue.cue_type = Code.objects.get(project=here.project, facet="cue_type", key="denying")
    here.cue.save()
    page = visitor.open(here)
    page.locator(f"#card-{here.claim.uuid} .mini-main").click()
    cursor_at(page, here, "a crack,")
    press(page, "d", "d")
    saved(page)
    said = stored(here, "a crack").claim.attributions.get(position=0)
    assert said.cues.get().cue_type == here.cue.cue_type


def test_ones_own_undo_is_not_told_as_somebody_elses(visitor: Visitor, world: World, here: Side) -> None:
    reviews.decide(by=world.reviewer, claim=here.claim, intent=DecideClaim("accepted"))
    page = visitor.open(here)
    page.evaluate(
        """() => {
             const live = document.getElementById('room-live');
             window.told = [];
             const hear = () => window.told.push(live.textContent);
             new MutationObserver(hear).observe(live, { childList: true });
           }"""
    )
    page.locator(f"#card-{here.claim.uuid} .mini-main").click()
    cursor_at(page, here, "a crack,")
    press(page, "d", "d")
    saved(page)
    press(page, "z")
    saved(page)
    for words in (
        "in spring",
        "the inquiry is open",
    ):  # with the second one all that the first one led to is told
        made = claim(world.reviewer, here.snapshot, words)
        expect(page.locator(f"#card-{made.uuid}")).to_be_attached()
    told = page.evaluate("window.told")
    assert [words for words in told if "removed" in words] == []


def test_a_click_finds_what_the_browser_does_not_name(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.evaluate("CSS.highlights.highlightsFromPoint = () => []")
    click(page, here, "lorries")
    expect(page.locator("[data-current=true]")).to_have_id(f"card-{here.lone.uuid}")
    click(page, here, "bridge closed")
    expect(page.locator("[data-current=true]")).to_have_count(0)


def test_enter_twice_saves_and_does_not_open_the_form_again(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "in spring")
    press(page, "a")
    expect(page.locator("#actor-name")).to_be_focused()
    page.clock.set_fixed_time(1_800_000_000_000)
    press(page, "Enter", "Enter")
    saved(page)
    expect(page.locator(".sheet-form")).to_have_count(0)
    page.clock.set_fixed_time(1_800_000_001_000)
    page.locator("#room-text").dispatch_event("keydown", {"key": "Enter", "repeat": True, "bubbles": True})
    expect(page.locator(".sheet-form")).to_have_count(0)
    press(page, "Enter")
    expect(page.locator(".sheet-form")).to_be_visible()
