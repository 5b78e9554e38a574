"""Keys pressed in the text while a form is open: what they do is not undone when the form is saved."""

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import annotations
from annotator.models import Annotation, Claim, ClaimTopic, SupportingSpan
from tests.factories import Side, World, annotate, claim, new_actor

from .conftest import Visitor
from .reading import click, cursor_at, drag, place, saved, stored

pytestmark = pytest.mark.browser
CAFE = "The Cafe\u0301 Zum Kai"
KNOWN = "the crack was known in spring"


def said_by_the_office(world: World, here: Side) -> Claim:
    link = {"sources": [{"actor": str(here.office.uuid)}]}
    return claim(world.manager, here.snapshot, KNOWN, voice="attributed", chains=[[link]])


def opened(page: Page, made: Claim) -> None:
    page.locator(f"#card-{made.uuid} .mini-main").click()
    page.locator(f"#card-{made.uuid}").get_by_role("button", name="Edit").click()
    expect(page.locator(".sheet-form")).to_be_visible()


def double_click(page: Page, side: Side, before: str) -> None:
    """Selects the word that stands right before `before`."""
    at = place(page, side, before)
    page.mouse.dblclick(at["x1"] - 12, at["y1"])
    expect(page.locator(".tools")).to_be_visible()


def cues(made: Claim) -> list[list[str]]:
    return [cue.annotation.quotes for link in made.attributions.all() for cue in link.cues.all()]


def test_a_cue_goes_into_the_open_form_of_its_claim(visitor: Visitor, world: World, here: Side) -> None:
    made = said_by_the_office(world, here)
    page = visitor.open(here)
    opened(page, made)
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("u")
    expect(page.locator(".sheet-form .cue-open")).to_have_text(["said"])
    expect(page.locator("#room-live")).to_contain_text("The open form takes the cue: said")
    assert cues(made) == [], "saved with the form, and not before"
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert cues(made) == [["said"]]
    page.keyboard.press("z")
    saved(page)
    assert cues(made) == []


def test_a_cue_beside_a_new_claims_form_is_not_put_on_a_neighbour(
    visitor: Visitor, world: World, here: Side
) -> None:
    neighbour = said_by_the_office(world, here)
    page = visitor.open(here)
    drag(page, here, "the inquiry is open")
    page.keyboard.press("c")
    page.keyboard.press("1")
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("u")
    expect(page.locator(".sheet-form .cue-open").last).to_have_text("said")
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert cues(neighbour) == []
    assert cues(Claim.objects.latest("pk"))[-1:] == [["said"]]


def test_a_code_goes_into_the_open_form_of_its_claim(visitor: Visitor, world: World, here: Side) -> None:
    made = said_by_the_office(world, here)
    page = visitor.open(here)
    opened(page, made)
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("t")
    expect(page.get_by_role("dialog")).to_contain_text("ticked in the open form")
    page.get_by_label("Name", exact=True).fill("ferries")
    page.get_by_role("button", name="Take Ferry").click()
    expect(page.get_by_label("Ferry", exact=True)).to_be_checked()
    expect(page.locator("#room-live")).to_contain_text("Save the form to keep it")
    drag(page, here, "in spring")
    page.keyboard.press("t")
    page.get_by_label("What", exact=True).select_option("concept")
    page.get_by_label("The claim is").select_option("against")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("Stand on: in spring")).to_have_value("against")
    assert not ClaimTopic.objects.filter(claim=made).exists(), "saved with the form, and not before"
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert [topic.topic.key for topic in ClaimTopic.objects.filter(claim=made)] == ["ferry"]
    assert [(one.concept.name, one.stand) for one in made.positions.all()] == [("in spring", "against")]


def removed(world: World, mention: Annotation) -> None:
    annotations.remove(by=world.reviewer, project=mention.project, uuid=mention.uuid, version=1)


def test_a_reason_deleted_elsewhere_leaves_the_actors_form_and_nothing_stops(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = visitor.open(here)
    click(page, here, "An engineer")
    page.locator(".mini[data-current]").get_by_role("button", name="Edit").click()
    form = page.locator(".sheet-form")
    expect(form.locator(".cue-chip")).to_contain_text("because the inquiry is open")
    other = annotate(
        world.reviewer, here.snapshot, "actor", "lorries", actor=str(here.anonymous.uuid), reason_span=None
    )
    expect(page.locator(".form-lost")).to_contain_text(
        "Reason: “because the inquiry is open” was deleted elsewhere"
    )
    expect(form.locator(".cue-chip")).to_have_count(0)
    expect(page.locator(f"#card-{other.uuid}")).to_be_attached()
    form.locator("[type=submit]").click()
    saved(page)
    assert not SupportingSpan.objects.filter(actor=here.anonymous, annotation__kind="reason").exists()


def test_a_participants_mention_deleted_elsewhere_leaves_the_events_form(
    visitor: Visitor, world: World, here: Side
) -> None:
    lorries = annotate(world.reviewer, here.snapshot, "actor", "lorries", **new_actor("Lorries"))
    page = visitor.open(here)
    cursor_at(page, here, "turned")
    page.keyboard.press("e")
    page.get_by_role("button", name="+ Lorries").click()
    removed(world, lorries)
    expect(page.locator(".form-lost")).to_contain_text("The mention “lorries” was deleted")
    page.locator(".sheet-form [type=submit]").click()
    saved(page)
    taking = stored(here, "turned", kind="event").event_mention.event.participants.get()
    assert (taking.actor.name, taking.mention) == ("Lorries", None)


def test_a_mistake_of_the_page_is_not_taken_for_a_lost_network(visitor: Visitor, here: Side) -> None:
    visitor.page.route("**/changes/", lambda route: route.fulfill(json={}, headers={"ETag": '"1"'}), times=1)
    with visitor.page.expect_event("pageerror"):
        visitor.open(here)
    assert visitor.complaints
    visitor.complaints.clear()
    with visitor.page.expect_response("**/changes/") as answer:
        pass
    assert answer.value.status in (200, 304), "and it goes on asking"


def test_an_addressees_mention_deleted_elsewhere_is_no_hindrance(
    visitor: Visitor, world: World, here: Side
) -> None:
    cafe = annotate(world.reviewer, here.snapshot, "actor", CAFE, **new_actor("Zum Kai"))
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    page.keyboard.press("c")
    page.keyboard.press("1")
    page.locator("summary", has_text="More").click()
    page.locator("summary", has_text="Setting").click()
    for at in (0, 1):
        parties = page.locator(".parties").nth(at)
        parties.get_by_role("button", name="Pick in the text").click()
        click(page, here, "Zum Kai")
        expect(parties.locator(".chip")).to_contain_text("sentence")
    removed(world, cafe)
    expect(page.locator(".parties .chip small", has_text="its mention was deleted")).to_have_count(2)
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    made = stored(here, "Eighteen lorries").claim
    heard = made.attributions.get().addressees.get()
    meant = made.targets.get()
    assert (heard.actor.name, heard.mention, meant.actor.name, meant.mention) == ("Zum Kai", None) * 2
