"""Keyboards that have no Latin letters, input methods, and the keys by which every program undoes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor
from .reading import click, cursor_at, drag, painted, saved

pytestmark = pytest.mark.browser
CTRL, SHIFT = 2, 8
LONE = "Eighteen lorries turned back"
SCRIPTS = Path(__file__).parents[2] / "static" / "js" / "reading"


class Keyboard:
    """Presses keys as a layout makes them: what is written, and where the key stands."""

    def __init__(self, page: Page) -> None:
        self._devtools: CDPSession = page.context.new_cdp_session(page)

    def press(self, key: str, code: str, modifiers: int = 0) -> None:
        told = {"key": key, "code": code, "modifiers": modifiers}
        text = "" if modifiers & CTRL else key
        self._devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **told, "text": text})
        self._devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **told})


def test_keys_stand_where_they_stand_on_a_keyboard_of_any_script(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    keyboard = Keyboard(page)
    form = page.locator(".sheet-form")
    # what stands at S, C and Q in Russian, in Arabic and in Hebrew, whose Q is a stroke
    for s, c, q in (("ы", "с", "й"), ("س", "ؤ", "ض"), ("ד", "ב", "/")):
        cursor_at(page, here, "We found")
        keyboard.press(s, "KeyS")
        keyboard.press(q, "KeyQ")
        keyboard.press(c, "KeyC", CTRL)
        expect(form, "copying is no claim").to_have_count(0)
        keyboard.press(c, "KeyC")
        expect(form.locator(".words")).to_contain_text("We found")
        assert page.evaluate("document.querySelector('.sheet-form .words').textContent")[0] in "“\"'«"
        keyboard.press(c, "KeyC")
        expect(page.locator("#claim-speaker"), "in a field a letter is a letter").to_have_value(c)
        page.locator("#claim-speaker").fill("")
        page.locator("#claim-paraphrase").focus()
        page.keyboard.press("Escape")
        expect(form).to_have_count(0)
    click(page, here, "Eighteen")
    page.keyboard.press("Delete")
    keyboard.press("я", "KeyZ")
    assert LONE in painted(page, "claim")
    keyboard.press("Я", "KeyZ", SHIFT)
    assert LONE not in painted(page, "claim")
    keyboard.press("я", "KeyZ", CTRL)
    assert LONE in painted(page, "claim")
    keyboard.press("؟", "Slash", SHIFT)
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_digits_of_any_script_take_a_proposal(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    keyboard = Keyboard(page)
    drag(page, here, "We found a crack")
    page.keyboard.press("c")
    first = page.get_by_role("option").first.locator("span").evaluate("(e) => e.firstChild.textContent")
    keyboard.press("١", "Digit1")
    expect(page.locator(".chain-edit .chip b")).to_have_text(first)
    page.keyboard.press("Enter")
    saved(page)
    assert Claim.objects.latest("pk").annotation.quotes == ["We found a crack"]


def test_a_latin_keyboards_own_letters_are_no_commands(visitor: Visitor, here: Side) -> None:
    """ü stands where [ leads to the article before, ß where - leaves words out."""
    page = visitor.open(here)
    keyboard = Keyboard(page)
    click(page, here, "Eighteen")
    before = page.locator("#room-live").text_content()
    keyboard.press("ü", "BracketLeft")
    keyboard.press("ß", "Minus")
    keyboard.press("Z", "KeyY", SHIFT)  # a German Z stands where an English Y does
    expect(page.locator("#room-live")).to_have_text("Nothing to redo")
    assert before != "Nothing to redo"


def test_ctrl_z_undoes_and_enter_ends_a_word_of_an_input_method(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    page.keyboard.press("Delete")
    for keys, there in (("Control+z", True), ("Control+y", False), ("Meta+z", True), ("Meta+Shift+z", False)):
        page.keyboard.press(keys)
        assert (LONE in painted(page, "claim")) == there, keys
    page.keyboard.press("Control+z")
    saved(page)
    cursor_at(page, here, "We found")
    page.keyboard.press("c")
    page.keyboard.type("Ada")
    # WebKit tells the Enter that ends a word after the composition is over, by its code alone
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    expect(page.locator("#claim-speaker")).to_have_value("Ada")
    expect(page.locator(".chain-edit .chip")).to_have_count(0)


def test_help_names_every_key(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    told = dialog.locator("dt").all_text_contents()
    named = {key for line in told for key in re.split(r"[\s…]+", line)}
    main, watch = (SCRIPTS / name for name in ("main.js", "watch.js"))
    table = re.search(r"return \{\n(    c: .*?)\n  \};", main.read_text(), re.DOTALL)
    assert table
    keys = set(re.findall(r'(?:^|[\s,])"?([a-zA-Z]|Enter|Escape|Delete|[][?+-])"?: (?:\(|erase)', table[1]))
    assert {"c", "J", "Z", "+", "-", "[", "?", "Enter"} <= keys
    of_watch = re.search(r"get keys\(\) \{\n(.*)\n", watch.read_text())
    assert of_watch
    keys |= set(re.findall(r"(\w): \(", of_watch[1]))
    assert {"w", "W", "h", "m"} <= keys
    spelled = {"Escape": "Esc", "J": "j", "K": "k"}
    for key in keys:
        shown = spelled.get(key, f"Shift+{key}" if re.fullmatch("[A-Z]", key) else key)
        assert shown in named, f"{key} does something that help does not tell"
