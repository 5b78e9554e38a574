"""The form of a release: typed into, counted as it changes, and whole without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from annotator.actions.releases import request_release
from annotator.exchange.release_file import build
from annotator.intents.release import AskedScope
from annotator.models import Claim, Release, Status
from annotator.queries import scope
from tests.factories import Side, World

from .conftest import Visitor, visit

pytestmark = pytest.mark.browser
URL = "/p/here/releases/"


@pytest.fixture
def scriptless(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    yield from visit(chromium, address, world.manager, java_script_enabled=False)


def test_speakers_and_topics_are_typed_into_and_counted(
    visitor: Visitor, world: World, here: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scope, "OFFERED", 0)  # everybody is found by the server
    page, keys = visitor.page, visitor.page.keyboard
    page.goto(f"{visitor.address}{URL}")
    taken = page.locator("#taken")
    expect(taken).to_have_text("No claim meets all of this.")  # none is accepted
    for status in Status.values:
        page.locator(f"input[name=statuses][value={status}]").check()
    expect(taken).to_contain_text("Takes")
    speakers = page.get_by_role("combobox", name="Speakers")
    speakers.focus()
    keys.type("brandt")
    expect(page.locator(".proposals [role=option]:visible")).to_have_text(["Ilse Brandt"])
    keys.press("Enter")
    chosen = page.get_by_role("list", name="Chosen: speakers")
    expect(chosen.get_by_role("listitem")).to_have_text(["Ilse Brandt×"])
    expect(taken).to_have_text("Takes 1 claim of 1 article.")
    expect(speakers).to_be_focused()
    topics = page.get_by_role("combobox", name="Topics")
    topics.focus()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("list", name="Chosen: topics").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Leave out", exact=False).last.click()
    expect(page.get_by_role("list", name="Chosen: topics").get_by_role("listitem")).to_have_count(0)
    expect(taken).to_have_text("Takes 1 claim of 1 article.")
    page.get_by_role("textbox", name="Published from").fill("soon")
    keys.press("Tab")
    expect(taken).to_contain_text("This is not a date that can be read.")
    page.get_by_role("textbox", name="Published from").fill("")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/releases/2/")
    made = Release.objects.get(project=here.project, number=2)
    assert made.filter["speakers"] == [{"id": str(here.actor.uuid), "name": "Ilse Brandt"}]
    assert made.filter["topics"] == []
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()


def test_without_scripts_the_lists_are_lists_and_a_button_counts(scriptless: Visitor, here: Side) -> None:
    page = scriptless.page
    page.goto(f"{scriptless.address}{URL}")
    for status in Status.values:
        page.locator(f"input[name=statuses][value={status}]").check()
    page.locator("select#id_speakers").select_option(label="Ilse Brandt")
    page.get_by_role("button", name="Count the claims it would take").click()
    expect(page.locator("#taken")).to_have_text("Takes 1 claim of 1 article.")
    expect(page.locator("select#id_speakers option:checked")).to_have_text(["Ilse Brandt"])


@pytest.mark.slow
def test_what_changed_fits_a_telephone(phone: Visitor, world: World, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    for number in range(2):
        Claim.objects.filter(pk=world.here.claim.pk).update(paraphrase=f"said {number}")
        made = request_release(
            by=world.manager,
            project=world.here.project,
            title="All that was said of the harbour and of its railways",
            scope=AskedScope(statuses=tuple(Status.values)),
        )
        build(made)
    page = phone.page
    page.goto(f"{phone.address}{URL}{made.number}/changes/")
    expect(page.get_by_role("link", name="claims", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for box in (page.get_by_label("Since").bounding_box(), page.locator(".changes-table").bounding_box()):
        assert box is not None and box["x"] + box["width"] <= 390
