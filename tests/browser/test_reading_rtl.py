"""Arabic, Hebrew, Urdu and Pashto: selecting, extending by keys, handles, threads, mixed directions."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from sources.text.offsets import Extent
from tests.factories import Side, World, annotate, claim, new_actor
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import click, cursor_at, painted, place, saved, stored, where

pytestmark = pytest.mark.browser
TEXTS = {
    "ar": "إغلاق الجسر\n\nقال المدير إن «الجسر آمن» ويفتح غدا. أكدت وكالة Nordpost أن 18 شاحنة عادت.\n",
    "he": 'הגשר נסגר\n\nהמנהלת אמרה כי "הגשר סגור" עד יום שני. דובר צה"ל סירב לענות לסוכנות Nordpost.\n',
    "ur": "پل بند\n\nڈائریکٹر نے کہا کہ پل نو دن بند رہے گا۔ ایجنسی Nordpost نے خبر دی۔\n",
    "ps": "پل تړل شوی\n\nرئیس وویل چې پل به نهه ورځې تړلی وي. د Nordpost اژانس خبر ورکړ.\n",
}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def article(world: World, here: Side, language: str) -> Side:
    snapshot = import_text(world.manager, here.project, TEXTS[language])
    assert snapshot.article.language == language
    return replace(here, snapshot=snapshot, article=snapshot.article)


def words_of(side: Side, count: int, skip: int = 0) -> str:
    """Some words of the last paragraph."""
    return " ".join(side.snapshot.text.split("\n\n")[-1].split(" ")[skip : skip + count])


def middle(page: Page, name: str) -> float:
    box = page.get_by_role("slider", name=name).bounding_box()
    assert box
    return box["x"] + box["width"] / 2


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_selected_and_resized_by_key(
    visitor: Visitor, world: World, here: Side, language: str
) -> None:
    side = article(world, here, language)
    page = visitor.open(side)
    expect(page.locator("#room-text")).to_have_css("direction", "rtl")
    cursor_at(page, side, words_of(side, 1), rtl=True)
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft", "c", "Enter")
    saved(page)
    made = stored(side, words_of(side, 2))
    assert made.extent == Extent.of(where(side, words_of(side, 2)))
    assert painted(page, "claim-current") == [words_of(side, 2)]
    assert middle(page, "Start of the claim") > middle(page, "End of the claim")
    press(page, "r", "ArrowLeft", "Shift+R", "ArrowLeft", "Enter")
    saved(page)
    assert stored(side, words_of(side, 2, skip=1)) == made, "left is onward"
    press(page, "r", "ArrowRight", "Alt+ArrowRight", "Enter")
    saved(page)
    made.refresh_from_db()
    word = words_of(side, 1, skip=1)
    assert word.startswith(made.quotes[0]) and len(made.quotes[0]) < len(word)
    press(page, "z", "z", "z")
    saved(page)
    assert stored(side, words_of(side, 2)) == made


@pytest.mark.parametrize("language", ["ar", "he"])
def test_handles_are_pulled_by_mouse(visitor: Visitor, world: World, here: Side, language: str) -> None:
    side = article(world, here, language)
    made = claim(world.manager, side.snapshot, words_of(side, 2))
    page = visitor.open(side)
    click(page, side, words_of(side, 1))
    box = page.get_by_role("slider", name="End of the claim").bounding_box()
    assert box
    goal = place(page, side, words_of(side, 1, skip=2))
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(goal["x1"] + 3, box["y"] + 12, steps=4)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
    saved(page)
    assert stored(side, words_of(side, 3)) == made.annotation


@pytest.mark.parametrize("language", TEXTS)
def test_in_a_mixed_sentence_an_edge_stands_at_its_own_letter(
    visitor: Visitor, world: World, here: Side, language: str
) -> None:
    """The end of a Latin word is at its right, though the line runs to the left."""
    side = article(world, here, language)
    annotate(world.manager, side.snapshot, "actor", "Nordpost", **new_actor("Nordpost", "organisation"))
    page = visitor.open(side)
    click(page, side, "Nordpost")
    at = place(page, side, "Nordpost")
    assert abs(middle(page, "Start of the actor") - at["x1"]) < 3
    assert abs(middle(page, "End of the actor") - at["x2"]) < 3
    text = side.snapshot.text
    before = text[: text.index(" Nordpost")].split(" ")[-1]
    press(page, "Shift+R", "ArrowRight", "Enter")
    saved(page)
    grown = stored(side, f"{before} Nordpost", kind="actor")
    assert grown.extent == Extent.of(where(side, f"{before} Nordpost"))
    begins = place(page, side, before)
    assert abs(middle(page, "Start of the actor") - begins["x2"]) < 3


def test_words_after_a_latin_name_are_reached_by_key(visitor: Visitor, world: World, here: Side) -> None:
    side = article(world, here, "ar")
    page = visitor.open(side)
    cursor_at(page, side, "وكالة", rtl=True)
    press(page, *["Shift+ArrowLeft"] * 5, "c", "Enter")
    saved(page)
    assert Claim.objects.latest("pk").annotation.quotes == ["وكالة Nordpost أن 18 شاحنة"]


@pytest.mark.parametrize("language,quote", [("ar", "«الجسر آمن»"), ("he", '"הגשר סגור"')])
def test_the_quotation_is_found(
    visitor: Visitor, world: World, here: Side, language: str, quote: str
) -> None:
    side = article(world, here, language)
    page = visitor.open(side)
    cursor_at(page, side, words_of(side, 1), rtl=True)
    press(page, "s", "q", "c", "Enter")
    saved(page)
    assert stored(side, quote).claim.quotation_type == "direct"


def test_threads_run_in_the_margin_where_lines_begin(visitor: Visitor, world: World, here: Side) -> None:
    side = article(world, here, "ar")
    who = annotate(world.manager, side.snapshot, "actor", "إغلاق", **new_actor("إغلاق")).mention
    said = {
        "role": "said",
        "sources": [{"actor": str(who.actor.uuid), "mention": str(who.annotation.uuid)}],
    }
    made = claim(world.manager, side.snapshot, "18 شاحنة عادت", voice="attributed", chains=[[said]])
    page = visitor.open(side)
    page.locator(f"#card-{made.uuid} .mini-main").click()
    expect(page.locator(".thread-label")).to_have_text("says it")
    text = page.locator("#room-text").bounding_box()
    thread = page.locator(".thread").bounding_box()
    assert text and thread
    assert thread["x"] + thread["width"] > text["x"] + text["width"], "at the right"


def test_a_quotation_behind_a_hebrew_prefix_is_found_and_an_acronym_is_none(
    visitor: Visitor, world: World, here: Side
) -> None:
    text = 'הגשר נסגר\n\nהמנהלת אמרה ש"איש לא הזהיר אותנו" עד אתמול. דובר צה"ל והמו"לים אמרו: "לא ידענו".\n'
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    page = visitor.open(side)
    cursor_at(page, side, "המנהלת", rtl=True)
    press(page, "s", "q")
    assert page.evaluate("getSelection().toString()") == '"איש לא הזהיר אותנו"'
    cursor_at(page, side, "דובר", rtl=True)
    press(page, "s", "q")
    assert page.evaluate("getSelection().toString()") == '"לא ידענו"'


@pytest.mark.parametrize("language", ["he", "ur"])
def test_the_button_of_a_part_stands_whole_in_the_margin(
    visitor: Visitor, world: World, here: Side, language: str
) -> None:
    side = article(world, here, language)
    page = visitor.open(side)
    at = place(page, side, words_of(side, 2))
    page.mouse.move(at["x2"], at["y2"])
    button = page.locator(".block-handle")
    expect(button).to_be_visible()
    assert button.evaluate(
        """(e) => {
          const { left, right, top, height } = e.getBoundingClientRect();
          return [left + 1, right - 1].every((x) => document.elementFromPoint(x, top + height / 2) === e);
        }"""
    )
    button.click()
    expect(page.get_by_role("dialog", name="This part is a")).to_be_visible()


def test_a_part_in_another_direction_runs_its_own_way(visitor: Visitor, world: World, here: Side) -> None:
    text = (
        TEXTS["ar"]
        + "\nShe added: “It won't hold.” Ask the mayor, محمد.\n\nNordpost: قال المدير إن الجسر آمن.\n"
    )
    snapshot = import_text(world.manager, here.project, text)
    assert snapshot.article.language == "ar"
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    page = visitor.open(side)
    english = page.locator(".block", has_text="She added")
    expect(english).to_have_css("direction", "ltr")
    expect(page.locator(".block", has_text="Nordpost:")).to_have_css("direction", "rtl")
    cursor_at(page, side, "She added")
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "c", "Enter")
    saved(page)
    assert stored(side, "She added").extent == Extent.of(where(side, "She added"))
    press(page, "r", "ArrowRight", "Enter")
    saved(page)
    assert stored(side, "She added: “It").extent == Extent.of(where(side, "She added: “It"))
    press(page, "b", "7")
    expect(page.locator("h2.block", has_text="She added")).to_have_css("direction", "ltr")
