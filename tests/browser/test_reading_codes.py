"""Codes in the reading room: a topic or concept made from the text, and stands taken in the form."""

import pytest
from django.db.models import F
from django.db.models.functions import Now
from playwright.sync_api import Page, expect

from annotator.models import Claim, ClaimTopic, Code, Position
from tests.factories import Side, World

from .conftest import Visitor
from .reading import cursor_at, drag, held_back, saved, until

pytestmark = pytest.mark.browser


def opened(page: Page, side: Side, words: str) -> None:
    drag(page, side, words)
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="New in the codebook")).to_be_visible()


def test_similar_codes_are_shown_first_and_taken(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "Eighteen lorries")
    page.get_by_label("Name", exact=True).fill("ferries")
    page.get_by_role("button", name="Take Ferry").click()
    saved(page)
    assert set(ClaimTopic.objects.filter(claim=here.lone).values_list("topic__key", flat=True)) == {"ferry"}
    assert not Code.objects.filter(project=here.project, name="ferries").exists()


def test_a_concept_is_made_from_the_words_with_a_stand(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "Eighteen lorries turned back")
    page.get_by_label("What", exact=True).select_option("concept")
    page.get_by_label("The claim is").select_option("against")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    opened(page, here, "Eighteen lorries turned back")
    page.get_by_label("What", exact=True).select_option("concept")
    page.get_by_label("The claim is").select_option("against")
    page.get_by_role("button", name="Add it").click()
    saved(page)
    # The code is made first, the claim is saved with it after that.
    until(page, lambda: Position.objects.filter(claim=here.lone).exists())
    position = Position.objects.get(claim=here.lone)
    assert (position.concept.name, position.stand) == ("Eighteen lorries turned back", "against")
    page.keyboard.press("z")
    saved(page)
    expect(page.locator("#room-live")).to_contain_text("Undone")
    assert not Position.objects.filter(claim=here.lone).exists()
    code = Code.objects.get(project=here.project, name="Eighteen lorries turned back")
    assert code.retired_at is not None, "it was made in the same step"
    page.keyboard.press("Shift+Z")
    expect(page.locator("#room-live")).to_contain_text("Redone")
    saved(page)
    code.refresh_from_db()
    assert code.retired_at is None
    assert Position.objects.filter(claim=here.lone, concept=code).exists()
    page.reload()
    visitor.ready()
    page.keyboard.press("z")
    expect(page.locator("#room-live")).to_contain_text("Undone")
    saved(page)
    code.refresh_from_db()
    assert code.retired_at is not None


def test_a_code_that_others_took_up_stays(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "found a crack")
    page.get_by_label("Name", exact=True).fill("Wear and tear")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#room-live")).to_contain_text("“Wear and tear” is in the codebook")
    code = Code.objects.get(project=here.project, name="Wear and tear")
    ClaimTopic.objects.create(project=here.project, claim=here.lone, topic=code)
    page.keyboard.press("z")
    dialog = page.get_by_role("dialog", name="Not saved yet")
    expect(dialog).to_contain_text("stands on a claim by now")
    dialog.get_by_role("button", name="Give it up").click()
    saved(page)
    code.refresh_from_db()
    assert code.retired_at is None


def test_a_retired_code_is_offered_again_and_said_to_be(visitor: Visitor, here: Side) -> None:
    ferry = Code.objects.filter(project=here.project, facet="topic", key="ferry")
    ferry.update(retired_at=Now(), version=F("version") + 1)
    page = visitor.open(here)
    opened(page, here, "Eighteen lorries")
    page.get_by_label("Name", exact=True).fill("ferries")
    expect(page.locator(".mint-similar")).to_contain_text("retired ·")
    page.get_by_role("button", name="Offer again Ferry").click()
    expect(page.locator("#room-live")).to_contain_text(
        "“Ferry” was retired, is offered again and stands on the claim"
    )
    saved(page)
    assert ferry.get().retired_at is None
    assert ClaimTopic.objects.filter(claim=here.lone, topic=ferry.get()).exists()


def test_a_code_is_made_once_however_often_enter_is_pressed(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    sent = held_back(page, lambda url: url.endswith("/codes/"))
    opened(page, here, "Eighteen lorries")
    for _ in range(3):
        page.keyboard.press("Enter")
    for route in sent:
        route.continue_()
    expect(page.get_by_role("dialog")).to_have_count(0)
    saved(page)
    assert len(sent) == 1
    assert Code.objects.filter(project=here.project, name="Eighteen lorries").count() == 1


def test_a_stand_is_taken_in_the_form_which_stays_folded_else(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "known in spring")
    page.keyboard.press("s")
    page.keyboard.press("c")
    stand = page.get_by_label("Stand on: The bridge is safe")
    expect(stand).to_be_hidden()
    page.get_by_text("Positions: for or against").click()
    stand.select_option("neutral")
    page.locator("form button[type=submit]").click()
    saved(page)
    made = Claim.objects.filter(project=here.project).latest("pk")
    assert list(made.positions.values_list("concept__key", "stand")) == [("bridge-safe", "neutral")]
