"""Annotating by mouse, by keyboard alone and by touch, in texts that are not only ASCII."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Annotation, Claim
from sources.text.offsets import Extent
from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import cards, click, cursor_at, drag, held_back, painted, saved, stored, where

pytestmark = pytest.mark.browser
FIXTURE = Path(__file__).parents[1] / "fixtures" / "code_points.json"


def press(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def test_code_points_agree_with_the_servers(visitor: Visitor, here: Side) -> None:
    strings = json.loads(FIXTURE.read_text())["strings"]
    told = visitor.open(here).evaluate(
        """async (strings) => {
             const { CodePoints } = await import('/static/js/code_points.js');
             return strings.map(({ text, positions }) => {
               const points = new CodePoints(text);
               return { length: points.length, there: positions.map(([p]) => points.toUtf16(p)),
                        back: positions.map(([, u]) => points.toPoint(u)),
                        slices: positions.map(([p]) => points.slice(0, p)) };
             });
           }""",
        strings,
    )
    assert len(strings) > 5
    for string, seen in zip(strings, told, strict=True):
        assert seen["length"] == string["code_points"] == len(string["text"])
        assert seen["there"] == [unit for _, unit in string["positions"]], string["name"]
        assert seen["back"] == [point for point, _ in string["positions"]], string["name"]
        assert seen["slices"] == [string["text"][:point] for point, _ in string["positions"]]


def test_the_page_rebuilds_the_snapshots_text(visitor: Visitor, here: Side) -> None:
    text = visitor.open(here).evaluate(
        """async () => {
             const { TextMap } = await import('/static/js/reading/text_map.js');
             const data = JSON.parse(document.getElementById('room-data').textContent);
             const map = new TextMap(document.getElementById('room-text'), data.snapshot);
             return map.slice(0, data.snapshot.length);
           }"""
    )
    assert text == here.snapshot.text


def test_a_claim_by_mouse_is_there_after_a_reload(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "stays shut for nine da")  # ends within a word: it is taken whole
    page.keyboard.press("c")
    assert painted(page, "claim-draft") == ["stays shut for nine days"], "painted before anything is asked"
    expect(page.locator("#claim-speaker")).to_be_focused()
    page.locator("[role=option]", has_text="Harbour office").click()
    page.locator("#claim-type").select_option("forecast")
    page.locator("#claim-paraphrase").fill("The bridge will be shut for nine days.")
    page.get_by_role("button", name="Save Enter").click()
    saved(page)
    expect(page.locator("#room-text")).to_be_focused()

    page.reload()
    visitor.ready()
    assert "stays shut for nine days" in painted(page, "claim")
    assert "stays shut for nine days" in cards(page)
    made = stored(here, "stays shut for nine days")
    assert made.extent == Extent.of(where(here, "stays shut for nine days"))
    assert (made.claim.type.key, made.claim.paraphrase) == (
        "forecast",
        "The bridge will be shut for nine days.",
    )
    source = made.claim.attributions.get().sources.get()
    assert (source.actor.name, source.mention.annotation.quotes) == ("Harbour office", ["the harbour office"])


def test_a_fully_attributed_claim_by_keyboard_takes_at_most_eight_presses(
    visitor: Visitor, here: Side
) -> None:
    """Content, speaker from a mention, the cue between them, and who relayed it."""
    page = visitor.open(here)
    cursor_at(page, here, "We found a crack")
    pressed = press(page, "s", "q", "c", "1", ">", "1", "Enter")
    assert pressed <= 8
    saved(page)
    made = stored(here, "“We found a crack,”").claim
    said, relayed = made.attributions.order_by("position")
    source = said.sources.get()
    assert (source.actor.name, source.mention) == ("Ilse Brandt", here.mention)
    assert said.cues.get().annotation.quotes == ["told"]
    assert (relayed.role, relayed.sources.get().actor.name) == ("relayed", "Nordpost")
    assert (made.voice, made.quotation_type) == ("attributed", "direct")


def test_a_proposed_cue_can_be_refused(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "stays shut for nine days")
    press(page, "c", "1")
    assert painted(page, "cue-linked") == ["said"]
    page.get_by_role("button", name="Remove this cue").click()
    assert painted(page, "cue-linked") == []
    press(page, "Enter")
    saved(page)
    link = stored(here, "stays shut for nine days").claim.attributions.get()
    assert link.cues.count() == 0 and link.sources.get().actor.name == "Harbour office"


def test_a_new_speaker_is_typed_and_a_cue_is_picked(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.keyboard.type("Cafe Zum Kai")
    press(page, "ArrowDown", "Enter")
    page.get_by_label("Kind of Cafe Zum Kai").select_option("organisation")
    page.get_by_role("button", name="+ cue from the text").click()
    drag_words = "denies"
    at_words = where(here, drag_words)
    click(page, here, drag_words)
    press(page, "Enter")
    expect(page.locator(".cue-chip")).to_contain_text("denies")
    expect(page.get_by_label("Polarity", exact=True)).to_have_value("denied")
    page.get_by_role("button", name="Save Enter").click()
    saved(page)
    made = stored(here, "anyone was warned").claim
    link = made.attributions.get()
    assert made.polarity == "denied"
    assert link.sources.get().actor.kind.key == "organisation"
    assert link.cues.get().annotation.extent == Extent.of(at_words)


def test_a_mention_is_picked_in_the_text(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    page.keyboard.press("c")
    page.get_by_role("button", name="Pick in the text").click()
    click(page, here, "Ilse Brandt")
    expect(page.locator(".chip")).to_contain_text("Ilse Brandt")
    press(page, "Enter")
    saved(page)
    source = stored(here, "Eighteen lorries").claim.attributions.get().sources.get()
    assert source.mention == here.mention


def test_words_picked_as_a_speaker_become_a_mention(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "the inquiry is open")
    page.keyboard.press("c")
    page.get_by_role("button", name="Pick in the text").click()
    cursor_at(page, here, "spring")
    press(page, "Enter", "Enter")
    saved(page)
    made = stored(here, "the inquiry is open").claim
    source = made.attributions.get().sources.get()
    assert source.actor.name == "spring"
    assert source.mention.annotation.quotes == ["spring"]
    press(page, "z")
    saved(page)
    press(page, "Shift+Z")
    saved(page)
    source.refresh_from_db()
    assert source.mention.annotation.quotes == ["spring"], "the claim that is brought back names it again"


def test_actor_and_event_by_keyboard(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "lorries turned")
    press(page, "a")
    expect(page.locator("#actor-name")).to_have_value("lorries")
    page.keyboard.type("Lorry drivers")
    page.locator("#actor-kind").select_option("group")
    press(page, "Enter")
    saved(page)
    cursor_at(page, here, "turned back")
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "e")
    page.keyboard.type("Lorries turned back")
    page.locator("#event-date").fill("2025-03~")
    page.locator("#event-place").fill("Velm")
    press(page, "Enter")
    saved(page)
    assert stored(here, "lorries", kind="actor").mention.actor.kind.key == "group"
    event = stored(here, "turned back", kind="event").event_mention.event
    assert (event.label, event.date, event.place) == ("Lorries turned back", "2025-03~", "Velm")


def test_known_words_propose_their_actor(visitor: Visitor, here: Side) -> None:
    """The second mention of somebody takes two presses: a, Enter."""
    page = visitor.open(here)
    cursor_at(page, here, "harbour office said")
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "a")
    press(page, "1", "Enter")
    saved(page)
    assert stored(here, "harbour office", kind="actor").mention.actor == here.office


def test_overlapping_and_nested_spans_are_told_apart(visitor: Visitor, here: Side, world: World) -> None:
    outer = claim(
        world.manager, here.snapshot, "An engineer who asked not to be named because the inquiry is open"
    )
    middle = claim(world.manager, here.snapshot, "not to be named because the inquiry")
    inner = claim(world.manager, here.snapshot, "the inquiry is open")
    page = visitor.open(here)
    assert painted(page, "claim-inner") == ["not to be named because the inquiry", "the inquiry is open"]
    chosen = []
    for _ in range(4):
        click(page, here, "inquiry")
        chosen.append(page.locator("[data-current=true]").get_attribute("id"))
    shortest_first = [
        here.snapshot.annotations.get(kind="reason").uuid,
        inner.uuid,
        middle.uuid,
        outer.uuid,
    ]
    by_length = sorted(shortest_first, key=lambda u: len(Annotation.objects.get(uuid=u).extent))
    assert chosen == [f"card-{uuid}" for uuid in by_length]


def test_delete_undo_redo(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "Delete")
    assert "Eighteen lorries turned back" not in painted(page, "claim")
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is not None
    press(page, "Delete")
    expect(page.locator(".said")).to_have_text("Choose an annotation first. Press z to undo: Claim deleted.")
    press(page, "z")
    assert "Eighteen lorries turned back" in painted(page, "claim")
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is None
    press(page, "Shift+Z")
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is not None


@pytest.mark.parametrize(
    "words",
    [
        "Eighteen lorries turned back 👩🏽‍🔧",
        "crack is found 🌉",
        "The Cafe\u0301 Zum Kai",
        "قال المدير إن الجسر آمن",
    ],
)
def test_extents_are_code_points_in_any_script(visitor: Visitor, here: Side, words: str) -> None:
    page = visitor.open(here)
    start, end = where(here, words)
    page.evaluate(SELECT, [start, end])
    page.keyboard.press("c")
    press(page, "Enter")
    saved(page)
    made = Claim.objects.latest("pk").annotation
    assert made.quotes == [words]
    assert made.extent == Extent.of((start, end))


SELECT = """async ([start, end]) => {
  const { TextMap } = await import('/static/js/reading/text_map.js');
  const data = JSON.parse(document.getElementById('room-data').textContent);
  const map = new TextMap(document.getElementById('room-text'), data.snapshot);
  getSelection().setBaseAndExtent(...map.boundary(start, true), ...map.boundary(end));
  await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.mark.parametrize("words,cut", [("👩🏽‍🔧", 2), ("Cafe\u0301", 4)])
def test_a_character_is_never_cut(visitor: Visitor, here: Side, words: str, cut: int) -> None:
    page = visitor.open(here)
    start, end = where(here, words)
    page.evaluate(SELECT, [start, start + cut])
    press(page, "c", "Enter")
    saved(page)
    assert Claim.objects.latest("pk").annotation.extent == Extent.of((start, end))


def test_arrows_follow_the_direction_of_the_line(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.evaluate("document.querySelectorAll('[data-block]').forEach((b) => { b.dir = 'rtl'; })")
    cursor_at(page, here, "قال", rtl=True)
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft", "c", "Enter")
    saved(page)
    assert Claim.objects.latest("pk").annotation.quotes == ["قال المدير"]


def test_two_stretches_make_one_claim(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "We found a crack")
    drag(page, here, "told the agency", "Control")
    press(page, "c", "Enter")
    saved(page)
    assert stored(here, "We found a crack", "told the agency").kind == "claim"


def test_a_cue_is_added_to_the_chosen_claim_and_taken_away(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cited = here.claim.attributions.get(position=0)
    drag(page, here, "its director")
    press(page, "u")
    saved(page)
    assert [cue.annotation.quotes for cue in cited.cues.order_by("pk")] == [
        ["told the agency"],
        ["its director"],
    ]
    assert cited.sources.get().role_spans.count() == 1, "what the form does not show stays"
    press(page, "z")
    saved(page)
    assert [cue.annotation.quotes for cue in cited.cues.all()] == [["told the agency"]]
    assert painted(page, "cue") == ["told the agency"]


def test_a_claim_is_put_on_other_words(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    start, end = where(here, "lorries turned back 👩🏽‍🔧")
    page.evaluate(SELECT, [start, end])
    press(page, "x")
    saved(page)
    here.lone.annotation.refresh_from_db()
    assert here.lone.annotation.extent == Extent.of((start, end))
    press(page, "z")
    saved(page)
    here.lone.annotation.refresh_from_db()
    assert here.lone.annotation.quotes == ["Eighteen lorries turned back"]


def test_letters_typed_in_a_field_are_letters(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    page.keyboard.press("c")
    before = Annotation.objects.count()
    page.locator("#claim-paraphrase").focus()
    page.keyboard.type("cause")
    expect(page.locator("#claim-paraphrase")).to_have_value("cause")
    press(page, "Escape", "Escape")
    expect(page.locator(".sheet-form")).to_have_count(0)
    expect(page.locator("#room-text")).to_be_focused()
    assert Annotation.objects.count() == before


def test_links_open_at_a_sentence_or_a_claim(visitor: Visitor, here: Side) -> None:
    number = here.lone.annotation.sentence.number
    page = visitor.open(here, f"#s{number}")
    assert painted(page, "sentence-mark")[0].startswith("Eighteen lorries")
    page = visitor.open(here, f"?again#c-{here.claim.uuid}")
    assert painted(page, "claim-current") == ["We found a crack"]
    expect(page.locator("[data-current=true] .chain")).to_contain_text("Nordpost")


def test_a_hostile_name_is_only_a_name(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    press(page, "a")
    page.keyboard.type("<img src=x onerror=alert(1)>")
    press(page, "Enter")
    saved(page)
    page.reload()
    visitor.ready()
    page.locator("#room-filter [data-kind=actor]").click()
    expect(page.locator("#room-list")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#room-list img").count() == 0


def test_a_claim_by_touch_on_a_phone(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    start, end = where(here, "Eighteen lorries")
    page.evaluate(SELECT, [start, end])
    page.locator(".tools [data-kind=claim]").tap()
    page.locator("[role=option]").first.tap()
    page.locator(".sheet-form [type=submit]").tap()
    saved(page)
    assert stored(here, "Eighteen lorries").claim.attributions.count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# No frame comes before it is let go; without frames a page goes on after 100 ms, which it does not here.
HELD_FRAMES = """
  const [frame, timeout] = [globalThis.requestAnimationFrame, globalThis.setTimeout];
  globalThis.held = [];
  globalThis.requestAnimationFrame = (work) => (globalThis.held ? globalThis.held.push(work) : frame(work));
  globalThis.setTimeout = (work, ms) => (globalThis.held && ms === 100 ? 0 : timeout(work, ms));
  globalThis.letGo = () => {
    const { held } = globalThis;
    globalThis.held = null;
    for (const work of held) frame(work);
  };"""


def test_keys_pressed_while_the_room_is_put_together_count(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.add_init_script(HELD_FRAMES)
    page.goto(f"{visitor.address}/p/here/articles/{here.article.uuid}/")
    expect(page.locator("#room-state")).to_have_text("Opening…")
    for key in ("Delete", "j", "s"):
        page.keyboard.press(key)
    page.evaluate("letGo()")
    visitor.ready()
    assert page.evaluate("getSelection().toString()") == here.snapshot.text.split("\n")[0]
    expect(page.locator("#room-state")).to_have_text("Saved")
    expect(page.locator("#room-live")).to_contain_text("left out: Delete")


def test_keys_pressed_before_any_module_is_there_count(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    held = held_back(page, re.compile(r"/reading/main[^/]*\.js"))
    page.goto(f"{visitor.address}/p/here/articles/{here.article.uuid}/", wait_until="commit")
    expect(page.locator("#room-text .s").first).to_be_visible()
    expect(page.locator("#room-state")).to_have_text("Opening…")
    for key in ("j", "s", "c", "1", "Enter", "j"):
        page.keyboard.press(key)
    for route in held:
        route.continue_()
    visitor.ready()
    expect(page.locator("#room-live")).to_contain_text("left out: Enter j")
    assert painted(page, "claim-draft") == [here.snapshot.text.split("\n")[0]]
    expect(page.locator(".chain-edit .chip")).to_have_count(1)
