"""What a hurried person does: nothing half done is lost without a question, and no text stays shut."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import events
from annotator.intents.event import parse_event_edit
from annotator.models import SUPPORTING, Actor, Kind
from annotator.queries.reading import marked_in
from tests.factories import Side, World, annotate, new_actor, span

from .conftest import Visitor
from .reading import click, drag, held_back, painted, saved, stored

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def standing(side: Side) -> set[UUID]:
    return {annotation.uuid for annotation in marked_in(side.snapshot)}


def test_every_kind_of_annotation_has_a_name_and_a_place(visitor: Visitor, here: Side) -> None:
    names, owned = visitor.open(here).evaluate(
        """async () => {
             const { KIND_NAMES } = await import('/static/js/reading/form_frame.js');
             const { OWNED } = await import('/static/js/reading/bodies.js');
             return [Object.keys(KIND_NAMES), [...OWNED]];
           }"""
    )
    assert set(names) == set(Kind.values)
    assert set(owned) == {str(kind) for kind in SUPPORTING}


def test_the_words_of_an_events_place_are_marked_and_do_not_shut_the_room(
    visitor: Visitor, world: World, here: Side
) -> None:
    where = {"snapshot": str(here.snapshot.uuid), "slots": {"place": span(here.snapshot, "Velm bridge")}}
    event = here.event
    known = {"label": event.label, "type": event.type.key, "date": event.date}
    intent = parse_event_edit({**known, "place": "Velm", **where})
    events.edit(by=world.manager, project=here.project, uuid=event.uuid, intent=intent, version=event.version)
    assert "Velm bridge" in painted(visitor.open(here), "support")


def test_one_question_at_a_time_is_asked_of_the_text(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    page.keyboard.press("c")
    page.get_by_role("button", name="Pick in the text").click()
    page.get_by_role("button", name="+ cue from the text").click()
    expect(page.locator(".pick-banner")).to_have_count(1)
    expect(page.locator(".pick-banner")).to_contain_text("Select the cue")
    page.keyboard.press("Escape")
    expect(page.locator(".pick-banner")).to_have_count(0)


def test_a_chosen_speaker_is_not_lost_to_the_next_form(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    press(page, "c", "1")
    drag(page, here, "Velm bridge")
    press(page, "a")
    form = page.locator(".sheet-form")
    expect(form).to_contain_text("New claim")
    expect(form).to_contain_text("Discard what you filled in?")
    expect(form.locator(".chip-asked")).to_have_count(0)  # who is meant was found out: no reason to ask again
    expect(form).to_contain_text("Discard what you filled in?")
    press(page, "a")
    expect(form).to_contain_text("New actor")


def test_deleting_from_the_list_leaves_an_open_form_alone(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "was warned")
    press(page, "c")
    page.fill("#claim-paraphrase", "Nobody told them.")
    page.locator("#room-list .mini-main").filter(has_text="Eighteen lorries").click()
    page.locator(".mini[data-current]").get_by_role("button", name="Delete").click()
    saved(page)
    assert here.lone.annotation.uuid not in standing(here)
    expect(page.locator("#claim-paraphrase")).to_have_value("Nobody told them.")


def test_a_mention_that_the_open_form_names_stays(visitor: Visitor, world: World, here: Side) -> None:
    cafe = annotate(world.manager, here.snapshot, "actor", "The Cafe\u0301 Zum Kai", **new_actor("Zum Kai"))
    page = visitor.open(here)
    drag(page, here, "was warned")
    press(page, "c", "1")
    expect(page.locator(".sheet-form .chip")).to_contain_text("Zum Kai")
    click(page, here, "Zum Kai")
    press(page, "Delete")
    expect(page.locator("#room-live")).to_contain_text("The open form names this mention")
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    source = stored(here, "was warned").claim.attributions.get().sources.get()
    assert source.mention.annotation.uuid == cafe.uuid


def test_words_are_not_moved_under_an_open_form(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen lorries")
    press(page, "Enter")
    click(page, here, "Eighteen lorries")
    drag(page, here, "was warned")
    press(page, "x")
    expect(page.locator("#room-live")).to_contain_text("Its form is open")
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert stored(here, "Eighteen lorries turned back")


def test_the_quotation_type_goes_with_the_words(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "found a crack")
    press(page, "c", "Enter")
    saved(page)
    assert stored(here, "found a crack").claim.quotation_type == "direct"
    press(page, "r", *["ArrowRight"] * 3, "Enter")
    saved(page)
    assert stored(here, "found a crack,” its director Ilse").claim.quotation_type == "mixed"
    press(page, "z")
    saved(page)
    assert stored(here, "found a crack").claim.quotation_type == "direct"


def test_a_name_that_the_project_knows_is_not_made_twice_by_quick_typing(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Quentin Oyelaran"))
    page = visitor.open(here)
    drag(page, here, "was warned")
    page.keyboard.press("c")
    page.keyboard.type("Quentin Oyelaran")
    press(page, "Enter", "Enter")
    expect(page.locator(".sheet-form")).to_have_count(0)
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Quentin Oyelaran").count() == 1
    source = stored(here, "was warned").claim.attributions.get().sources.get()
    assert source.actor.name == "Quentin Oyelaran"
    drag(page, here, "in spring")
    page.keyboard.press("c")
    page.keyboard.type("Someone Nobody Knows")
    press(page, "Enter", ">", "1", "Enter")
    expect(page.locator(".sheet-form")).to_have_count(0)
    saved(page)
    assert stored(here, "in spring").claim.attributions.count() == 2


def test_a_mention_of_somebody_known_elsewhere_means_them(visitor: Visitor, world: World, here: Side) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Velm bridge"))
    page = visitor.open(here)
    drag(page, here, "Velm bridge")
    press(page, "a")
    chip = page.locator(".sheet-form .chip")
    expect(chip).to_contain_text("Velm bridge")
    with page.expect_response("**/actors/?q=*"):
        page.get_by_role("button", name="Not Velm bridge: choose another").click()
    expect(chip).to_have_count(0)
    page.get_by_role("option", name="Velm bridge").first.click()
    press(page, "Enter")
    saved(page)
    assert stored(here, "Velm bridge", kind="actor").mention.actor.name == "Velm bridge"
    assert Actor.objects.filter(project=here.project, name="Velm bridge").count() == 1


def test_enter_does_not_wait_for_a_slow_answer_which_still_counts(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Velm bridge"))
    page = visitor.open(here)
    asked = held_back(page, "**/actors/?q=*")
    with page.expect_request("**/actors/?q=*"):
        drag(page, here, "Velm bridge")
        press(page, "a")
    press(page, "Enter", "j", "s", "c")
    expect(page.locator(".sheet-form")).to_contain_text("New claim")  # the keys pressed meanwhile
    assert "Velm bridge" in painted(page, "actor")
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saving")
    assert not Actor.objects.filter(mentions__annotation__snapshot=here.snapshot, name="Velm bridge").exists()
    press(page, "Escape")
    for route in asked:
        route.continue_()
    expect(page.locator(".said")).to_contain_text("Velm bridge is known already, and is meant.")
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Velm bridge").count() == 1
    assert stored(here, "Velm bridge", kind="actor").mention.actor.name == "Velm bridge"
    press(page, "z")
    saved(page)
    press(page, "Shift+Z")
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Velm bridge").count() == 1


def test_who_was_looked_up_when_the_page_went_is_looked_up_again(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Velm bridge"))
    page = visitor.open(here)
    page.on("dialog", lambda dialog: dialog.accept())
    asked = held_back(page, "**/actors/?q=*")
    with page.expect_request("**/actors/?q=*"):
        drag(page, here, "Velm bridge")
        press(page, "a")
    press(page, "Enter")
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saving")
    with page.expect_request("**/actors/?q=Velm%20bridge"):
        page.reload()
    visitor.ready()
    assert "Velm bridge" in painted(page, "actor")
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saving")
    asked[-1].continue_()
    expect(page.locator(".said")).to_contain_text("Velm bridge is known already, and is meant.")
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Velm bridge").count() == 1
    assert stored(here, "Velm bridge", kind="actor").mention.actor.name == "Velm bridge"


def test_who_is_named_offline_is_looked_up_on_the_way_back(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Velm bridge"))
    page = visitor.open(here)
    visitor.context.set_offline(True)
    for words in ("Velm bridge", "in spring"):
        drag(page, here, words)
        press(page, "a", "Enter")
        expect(page.locator(".sheet-form")).to_have_count(0)
    expect(page.locator("#room-state")).to_have_text("Offline, 2 waiting")
    visitor.context.set_offline(False)
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Velm bridge").count() == 1
    assert stored(here, "in spring", kind="actor").mention.actor.name == "in spring"


def test_a_name_that_the_server_does_not_answer_for_is_saved_as_new(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    asked = held_back(page, "**/actors/?q=*")
    with page.expect_request("**/actors/?q=*"):
        drag(page, here, "Velm bridge")
        press(page, "a")
    press(page, "Enter")
    expect(page.locator(".sheet-form")).to_have_count(0)
    asked[0].abort()
    saved(page)
    assert stored(here, "Velm bridge", kind="actor").mention.actor.name == "Velm bridge"


def test_leaving_the_form_calls_off_what_enter_waits_for(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    asked = held_back(page, "**/actors/?q=*")
    with page.expect_request("**/actors/?q=*"):
        drag(page, here, "Velm bridge")
        press(page, "a")
    page.locator("#actor-name").evaluate(  # both at once: Enter waits for a moment only
        """(field) => {
          field.form.requestSubmit();
          const escape = { key: 'Escape', bubbles: true, cancelable: true };
          field.dispatchEvent(new KeyboardEvent('keydown', escape));
        }"""
    )
    expect(page.locator(".sheet-form")).to_have_count(0)
    with page.expect_response("**/actors/?q=*"):
        asked[0].continue_()
    press(page, "s")
    saved(page)
    assert not Actor.objects.filter(project=here.project, name="Velm bridge").exists()


def test_a_second_one_of_a_known_name_is_asked_about(visitor: Visitor, world: World, here: Side) -> None:
    annotate(world.manager, here.second_snapshot, "actor", "lorries", **new_actor("Quentin Oyelaran"))
    page = visitor.open(here)
    drag(page, here, "Velm bridge")
    press(page, "a")
    page.locator("#actor-name").fill("Quentin Oyelaran")
    expect(
        page.get_by_role("option", name="Quentin Oyelaran").first
    ).to_be_visible()  # found; later it is taken
    press(page, "Enter")
    expect(page.locator(".sheet-form .field-error").first).to_contain_text("is known already")
    expect(page.locator("#actor-name")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".sheet-form")).to_have_count(0)
    saved(page)
    assert Actor.objects.filter(project=here.project, name="Quentin Oyelaran").count() == 2
