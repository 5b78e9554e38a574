"""Other words for what waits are selected in the newest text, by keys alone, and counted in code points."""

import pytest
from playwright.sync_api import expect

from annotator.actions.intakes import stored as on_storing
from annotator.models import Annotation
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Snapshot
from tests.factories import Side, World
from tests.factories import claim as new_claim

from .conftest import Visitor

pytestmark = pytest.mark.browser
FIRST = """Ferry stays in port 🌊

The ferry stayed in port on Monday, and nobody was hurt. 🌊🌊 At least 40 people waited there.
"""
LATER = FIRST.replace("At least 40 people waited there", "Sixty men slept at the gate; the gate was shut")


def taken(world: World, here: Side, text: str) -> Snapshot:
    raw = f"URL: https://tide.example/ferry\n\n{text}".encode()
    done = import_article(by=world.manager, project=here.project, read=read_plain(raw), raw=RawFile(raw))
    on_storing(done)
    return done.snapshot


@pytest.mark.lengthy
def test_words_are_selected_by_keys_and_carried_where_they_stand(
    visitor: Visitor, world: World, here: Side
) -> None:
    first = taken(world, here, FIRST)
    waits = new_claim(world.manager, first, "At least 40 people waited")
    later = taken(world, here, LATER)
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/{first.article.uuid}/carry/")
    choosing = page.locator(f"#u-{waits.uuid} .carry-choose")
    if choosing.get_attribute("open") is None:
        choosing.locator("summary").focus()
        page.keyboard.press("Enter")
    opener = page.get_by_role("button", name="Select in text 2")
    opener.focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Text 2: select the words")
    expect(field).to_be_focused()
    units = len(later.text[: later.text.index("the gate;")].encode("utf-16-le")) // 2
    field.evaluate("(one, at) => one.setSelectionRange(at, at)", units)
    for _ in range(len("the gate")):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Take the selected words").press("Enter")
    words = choosing.locator("textarea").first
    expect(words).to_have_value("the gate")
    again = later.text.rindex("the gate")
    units = len(later.text[:again].encode("utf-16-le")) // 2
    field.evaluate("(one, at) => one.setSelectionRange(at, at + 9)", units)
    page.get_by_role("button", name="Add as another piece").press("Enter")
    expect(words).to_have_value("the gate … the gate")
    field.press("Escape")
    expect(opener).to_be_focused()
    page.locator(f"#u-{waits.uuid}").get_by_role("button", name="Carry").or_(
        page.locator(f"#u-{waits.uuid}").get_by_role("button", name="Confirm")
    ).press("Enter")
    expect(page.get_by_text("Carried to text 2.")).to_be_visible()
    found = Annotation.objects.get(uuid=waits.uuid)
    assert found.quotes == ["the gate", "the gate"] and found.extent.stretches[1][0] == again


@pytest.mark.lengthy
def test_typing_after_selecting_forgets_the_place(visitor: Visitor, world: World, here: Side) -> None:
    first = taken(world, here, FIRST)
    waits = new_claim(world.manager, first, "At least 40 people waited")
    taken(world, here, LATER)
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/{first.article.uuid}/carry/")
    choosing = page.locator(f"#u-{waits.uuid} .carry-choose")
    choosing.evaluate("(one) => { one.open = true; }")
    page.get_by_role("button", name="Select in text 2").click()
    page.get_by_role("textbox", name="Text 2: select the words").evaluate(
        "(one) => one.setSelectionRange(0, 5)"
    )
    page.get_by_role("button", name="Take the selected words").click()
    place = choosing.locator("[data-extent]")
    expect(place).to_have_value("0-5")
    choosing.locator("textarea").first.fill("Sixty men")
    expect(place).to_have_value("")
