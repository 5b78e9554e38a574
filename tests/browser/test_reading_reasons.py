"""Why somebody is not named: added in the room to an anonymous actor who is known, changed, and undone."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Actor, Annotation, Claim, SupportingSpan
from tests.factories import Side, World, annotate, claim, new_actor, span

from .conftest import Visitor
from .reading import click, drag, painted, place, saved

pytestmark = pytest.mark.browser
ADD = "+ why not named, from the text"


def reasons(actor: Actor) -> list[list[str]]:
    spans = SupportingSpan.objects.filter(actor=actor, annotation__kind="reason").order_by("pk")
    return [one.annotation.quotes for one in spans]


def pick(page: Page, side: Side, words: str) -> None:
    at = place(page, side, words)
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move(at["x2"], at["y2"])
    page.mouse.up()
    page.keyboard.press("Enter")


def opened(page: Page, side: Side, words: str, uuid: object) -> None:
    click(page, side, words)
    page.locator(f"#card-{uuid}").get_by_role("button", name="Edit").click()
    expect(page.locator("form.sheet-form")).to_be_visible()


def test_a_reason_is_given_to_a_known_anonymous_actor_and_taken_back(
    visitor: Visitor, world: World, here: Side
) -> None:
    hidden = new_actor("a diver", naming="anonymous")
    mention = annotate(world.manager, here.snapshot, "actor", "spring", **hidden)
    actor = mention.mention.actor
    page = visitor.open(here)
    opened(page, here, "spring", mention.uuid)
    page.get_by_role("button", name=ADD).click()
    pick(page, here, "anyone was warned")
    chip = page.locator("form.sheet-form .cue-chip", has_text="anyone was warned")
    expect(chip).to_be_visible()
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    actor.refresh_from_db()
    assert (reasons(actor), actor.stated_reason) == ([["anyone was warned"]], "anyone was warned")
    page.keyboard.press("z")
    saved(page)
    actor.refresh_from_db()
    assert (reasons(actor), actor.stated_reason) == ([], "")
    page.keyboard.press("Shift+Z")
    saved(page)
    assert reasons(actor) == [["anyone was warned"]]
    page.reload()
    visitor.ready()
    opened(page, here, "spring", mention.uuid)
    page.get_by_role("button", name="Remove the reason").click()
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert reasons(actor) == []


def test_the_words_come_with_a_new_anonymous_actor_too(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "spring")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name=ADD)).to_have_count(0)
    page.get_by_label("Naming").select_option("anonymous")
    page.get_by_role("button", name="+ not named: “because the inquiry is open”").click()
    expect(page.locator("form.sheet-form .cue-chip")).to_contain_text("because the inquiry is open")
    page.get_by_role("button", name="Remove the reason").click()
    page.get_by_role("button", name=ADD).click()
    pick(page, here, "anyone was warned")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Actor.objects.get(name="spring")
    assert reasons(made) == [["anyone was warned"]]
    assert "anyone was warned" in painted(page, "support")
    page.keyboard.press("z")
    saved(page)
    assert reasons(made) == []
    assert "anyone was warned" not in painted(page, "support")
    page.keyboard.press("Shift+Z")
    saved(page)
    assert reasons(made) == [["anyone was warned"]]


@pytest.mark.parametrize("named_in", ["text", "field"])
def test_words_given_in_a_claims_form_go_and_come_with_the_claim(
    visitor: Visitor, here: Side, named_in: str
) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries turned back")
    page.keyboard.press("c")
    if named_in == "text":
        page.get_by_role("button", name="Pick in the text").click()
        pick(page, here, "spring")
    else:
        page.locator("#claim-speaker").fill("spring")
        page.keyboard.press("Enter")
    page.get_by_label("How spring is named").select_option("anonymous")
    page.get_by_role("button", name=ADD).click()
    pick(page, here, "anyone was warned")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Actor.objects.get(name="spring")
    for _ in range(2):
        assert reasons(made) == [["anyone was warned"]]
        assert "anyone was warned" in painted(page, "support")
        page.keyboard.press("z")
        saved(page)
        assert reasons(made) == []
        assert "anyone was warned" not in painted(page, "support")
        page.keyboard.press("Shift+Z")
        saved(page)


def test_a_new_mention_of_somebody_known_takes_its_reason_along_when_undone(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = visitor.open(here)
    drag(page, here, "lorries")
    page.keyboard.press("a")
    page.keyboard.type("engineer")
    page.get_by_role("option", name="engineer").first.click()
    page.get_by_role("button", name="Remove the reason").click()
    page.get_by_role("button", name=ADD).click()
    pick(page, here, "anyone was warned")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert reasons(here.anonymous) == [["anyone was warned"]]
    page.keyboard.press("z")
    saved(page)
    assert reasons(here.anonymous) == [["because the inquiry is open"]]
    assert "because the inquiry is open" in painted(page, "support")
    assert "anyone was warned" not in painted(page, "support")


def test_a_cue_that_had_no_type_has_none_again(visitor: Visitor, world: World, here: Side) -> None:
    cue = span(here.snapshot, "denies")
    link = {"sources": [{"actor": str(here.office.uuid)}], "cues": [cue]}
    made = claim(world.manager, here.snapshot, "anyone was warned", voice="attributed", chains=[[link]])
    held = SupportingSpan.objects.filter(annotation__uuid=cue["uuid"])
    held.update(cue_type=None)
    page = visitor.open(here)
    opened(page, here, "anyone was warned", made.uuid)
    page.locator(".cue-open", has_text="denies").click()
    page.get_by_label("What the cue “denies” does").select_option("denying")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert held.get().cue_type.key == "denying"
    page.keyboard.press("z")
    saved(page)
    assert held.get().cue_type is None
    assert Claim.objects.get(pk=made.pk).annotation == Annotation.objects.get(uuid=made.annotation.uuid)
    page.keyboard.press("Shift+Z")
    saved(page)
    assert held.get().cue_type.key == "denying"
