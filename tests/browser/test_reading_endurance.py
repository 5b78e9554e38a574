"""A hundred steps undone and redone one by one; and saves through a server that goes and comes back."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, Route, expect

from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor
from .reading import cursor_at, saved, until

pytestmark = pytest.mark.browser
STEPS, SAVES, SOME = 100, 40, 20
ANNOTATIONS = re.compile(r"/api/v1/projects/.*/annotations/")
PATIENCE = 60_000  # milliseconds, for a hundred saves on a busy machine


def make_claims(page: Page, side: Side, count: int) -> None:
    """One word after the other becomes a claim; after every tenth it goes on from the beginning."""
    for i in range(count):
        if i % 10 == 0:
            cursor_at(page, side, "Eighteen lorries")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("c")
        page.keyboard.press("Enter")


def listed(page: Page) -> list[str]:
    """The list's cards by their identifiers: words out of sight are not laid out."""
    return page.locator("#room-list .mini").evaluate_all("(all) => all.map((card) => card.id)")


def all_saved(page: Page) -> None:
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved", timeout=PATIENCE)


def test_a_hundred_steps_are_undone_and_redone(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    standing = Claim.objects.filter(annotation__snapshot=here.snapshot, withdrawn_at=None)
    at_first, in_list = set(standing.values_list("uuid", flat=True)), listed(page)
    make_claims(page, here, STEPS)
    all_saved(page)
    made, shown = set(standing.values_list("uuid", flat=True)), listed(page)
    assert len(made) == len(at_first) + STEPS
    for _ in range(STEPS):
        page.keyboard.press("z")
    all_saved(page)
    assert set(standing.values_list("uuid", flat=True)) == at_first
    assert listed(page) == in_list
    for _ in range(STEPS):
        page.keyboard.press("Shift+Z")
    all_saved(page)
    assert set(standing.values_list("uuid", flat=True)) == made
    assert listed(page) == shown


@pytest.mark.slow
def test_all_steps_are_undone_while_a_form_is_open(visitor: Visitor, here: Side) -> None:
    """The form is asked about once, as before anything else that would lose it; then every step goes back."""
    page = visitor.open(here)
    standing = Claim.objects.filter(annotation__snapshot=here.snapshot, withdrawn_at=None)
    at_first = set(standing.values_list("uuid", flat=True))
    make_claims(page, here, SOME)
    all_saved(page)
    cursor_at(page, here, "anyone was")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sentence")
    cursor_at(page, here, "warned")
    page.keyboard.press("z")
    form = page.locator(".sheet-form")
    expect(form).to_contain_text("Discard what you filled in?")
    assert standing.count() == len(at_first) + SOME
    for _ in range(SOME):
        page.keyboard.press("z")
    expect(form).to_have_count(0)
    all_saved(page)
    assert set(standing.values_list("uuid", flat=True)) == at_first
    page.keyboard.press("z")
    expect(page.locator("#room-live")).to_have_text("Nothing to undo")


def test_saves_outlive_a_server_that_goes_away(visitor: Visitor, here: Side) -> None:
    """It answers twenty, stores the next whose answer it takes with it, and is gone for the rest."""
    page = visitor.open(here)
    before = set(Claim.objects.values_list("uuid", flat=True))
    stored: list[str] = []

    def answer(route: Route) -> None:
        if len(stored) < 20:
            stored.append(route.request.url)
            route.continue_()
        elif len(stored) == 20:
            stored.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.abort()

    page.route(ANNOTATIONS, answer)
    make_claims(page, here, SAVES)
    expect(page.locator("#room-state")).to_contain_text("waiting")
    until(page, lambda: Claim.objects.count() == len(before) + 21)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    visitor.ready()
    page.unroute(ANNOTATIONS)
    page.locator("#room-state").click()
    all_saved(page)
    assert stored[-1] not in stored[:-1]
    made = Claim.objects.exclude(uuid__in=before).select_related("annotation")
    assert made.count() == SAVES
    assert Counter(one.annotation.version for one in made) == {1: SAVES}
    page.reload()
    visitor.ready()
    saved(page)
    expect(page.locator("#room-list .mini")).to_have_count(SAVES + 2)
