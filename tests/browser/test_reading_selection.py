"""What a selection takes: whole words or, with a modifier, characters; never a blank, never half a sign."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from sources.text.offsets import Extent
from tests.factories import Side, World, annotate, new_actor
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import cursor_at, drag, painted, place, saved, stored, where

pytestmark = pytest.mark.browser
SIGNS = """Flags over the bridge

Two flags 🇩🇪🇫🇷 and a family 👨‍👩‍👧‍👦 met at Cafe\u0301s nearby. Nobody spoke.
"""
QUOTES = """async (texts) => {
  const { longestIn } = await import('/static/js/reading/quotations.js');
  return texts.map((text) => {
    const chars = Array.from(text);
    const found = longestIn(chars, true);
    return found && chars.slice(found[0], found[1] + 1).join('');
  });
}"""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def made(page: Page) -> list[str]:
    """The words of a claim made of what is selected."""
    press(page, "c", "Enter")
    saved(page)
    return list(Claim.objects.latest("pk").annotation.quotes)


def signs(world: World, here: Side) -> Side:
    snapshot = import_text(world.manager, here.project, SIGNS)
    return replace(here, snapshot=snapshot, article=snapshot.article)


def test_alt_takes_exactly_the_characters_that_the_mouse_took(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    at = place(page, here, "orries turn")
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move(at["x2"], at["y2"], steps=3)
    page.keyboard.down("Alt")
    page.mouse.up()
    page.keyboard.up("Alt")
    assert made(page) == ["orries turn"]
    drag(page, here, "orries turn")
    assert made(page) == ["lorries turned"]


def test_what_was_selected_by_characters_stays_so(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "lorries turned")
    press(page, *["Alt+Shift+ArrowRight"] * 4)
    # The browser tells of its selection a moment later.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert made(page) == ["lorr"]
    cursor_at(page, here, "lorries turned")
    press(page, *["Control+ArrowRight"] * 3, *["Control+Shift+ArrowRight"] * 2)
    assert made(page) == ["ri"]
    cursor_at(page, here, "lorries turned")
    press(page, *["Alt+Shift+ArrowRight"] * 3, "Shift+ArrowRight")
    assert made(page) == ["lorries"], "by word again: whole words"


@pytest.mark.parametrize(
    "words,kept",
    [
        ("“We found a crack,”", "“We found a crack,”"),
        (" found a crack, "[:-1], "found a crack,"),
        ("said. “We ", "said. “We"),
    ],
)
def test_marks_stay_and_blanks_go(visitor: Visitor, here: Side, words: str, kept: str) -> None:
    page = visitor.open(here)
    drag(page, here, words)
    assert made(page) == [kept]


@pytest.mark.parametrize(
    "before,presses,taken",
    [
        ("🇩🇪", 1, "🇩🇪"),
        ("🇩🇪", 2, "🇩🇪🇫🇷"),
        ("👨‍👩", 1, "👨‍👩‍👧‍👦"),
        ("Cafe\u0301s", 4, "Cafe\u0301"),
        ("flags 🇩🇪", 6, "flags"),
    ],
)
def test_no_sign_is_cut_by_keys_of_one_character(
    visitor: Visitor, world: World, here: Side, before: str, presses: int, taken: str
) -> None:
    side = signs(world, here)
    page = visitor.open(side)
    cursor_at(page, side, before)
    press(page, *["Alt+Shift+ArrowRight"] * presses)
    assert made(page) == [taken]
    start = side.snapshot.text.index(taken)
    assert Claim.objects.latest("pk").annotation.extent == Extent.of((start, start + len(taken)))


@pytest.mark.parametrize(
    "words,off,cut,snapped,back",
    [
        ("🇩🇪🇫🇷", 1, 3, "🇩🇪🇫🇷", 2),
        ("👨‍👩‍👧‍👦", 2, 5, "👨‍👩‍👧‍👦", -1),
        ("Cafe\u0301s", 0, 4, "Cafe\u0301", 3),
    ],
)
def test_no_sign_is_cut_where_snapping_is_off(
    visitor: Visitor, world: World, here: Side, words: str, off: int, cut: int, snapped: str, back: int
) -> None:
    """A selection takes the whole of a sign that it touches; a handle stops before one that it would cut."""
    side = signs(world, here)
    page = visitor.open(side)
    start, _ = where(side, words)
    told: Any = page.evaluate(
        """async ([start, end]) => {
             const { TextMap } = await import('/static/js/reading/text_map.js');
             const { Words } = await import('/static/js/reading/words.js');
             const data = JSON.parse(document.getElementById('room-data').textContent);
             const map = new TextMap(document.getElementById('room-text'), data.snapshot);
             const words = new Words(map, 'en');
             const edges = [words.edge(start, 'start', true), words.edge(end, 'end', true)];
             return { snapped: map.slice(...words.snap(start, end, true)), edges };
           }""",
        [start + off, start + cut],
    )
    assert told == {"snapped": snapped, "edges": [start, start + back]}


def test_one_key_grows_to_sentences_and_another_shrinks_to_the_quotation(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "days, the harbour")
    press(page, *["Shift+ArrowRight"] * 6, "s", "c")
    sentences = [page.locator("#s3").inner_text(), page.locator("#s4").inner_text()]
    assert painted(page, "claim-draft") == sentences, "every sentence that it touched"
    press(page, "Escape", "q", "c")
    assert painted(page, "claim-draft") == ["“We found a crack,”"]
    press(page, "Escape", "q")
    expect(page.locator("#room-live")).to_have_text("No quotation here.")


def test_quotations_in_the_marks_of_many_languages(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    texts = {
        "She said “It’s ‘quite safe’ here”, twice.": "“It’s ‘quite safe’ here”",
        "“It’s ‘quite safe’ here”": "‘quite safe’",
        "Sie sagte: „Es ist ‚sicher‘ hier“, und ging.": "„Es ist ‚sicher‘ hier“",
        "Elle dit : « C’est “sûr” ici », puis partit.": "« C’est “sûr” ici »",
        "Hun sagde »det er sikkert« igen.": "»det er sikkert«",
        "Hän sanoi ”se on turvallinen” taas.": "”se on turvallinen”",
        "他说“桥是安全的”。": "“桥是安全的”",
        "彼は「橋は『安全』だ」と言った。": "「橋は『安全』だ」",
        'דובר צה"ל אמר "הגשר סגור" שוב': '"הגשר סגור"',
        "قال إن «الجسر آمن» اليوم": "«الجسر آمن»",
        "The 1990’s bridge isn’t safe": None,
        "An “open one without an end": None,
    }
    assert page.evaluate(QUOTES, list(texts)) == list(texts.values())


def test_eight_presses_for_a_claim_with_speaker_cue_and_relay_that_are_mentioned(
    visitor: Visitor, world: World, here: Side
) -> None:
    """The speaker stands in the sentence before; both are taken by the digit beside their names."""
    text = "Night ferry\n\nMayor Ada Lund told the agency Nordpost all of it. The ferry will run at night.\n"
    snapshot = import_text(world.manager, here.project, text)
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    mention(world, side, "Ada Lund")
    mention(world, side, "Nordpost")
    page = visitor.open(side)
    cursor_at(page, side, "ferry will run")
    count = 0

    def count_press(*keys: str) -> None:
        nonlocal count
        press(page, *keys)
        count += len(keys)

    count_press("s", "c")
    digit = proposed(page, "Ada Lund")
    assert painted(page, "actor-linked") == [], "nobody is taken before a digit is pressed"
    count_press(digit)
    assert painted(page, "cue-linked") == ["told"]
    count_press(">")
    assert proposed(page, "Nordpost") == "1", "who stands beside the speaker comes first"
    count_press("1", "Enter")
    assert count <= 8
    saved(page)
    expect(page.locator("#room-live")).to_have_text("Claim saved: Ada Lund")
    said, relayed = stored(side, "The ferry will run at night.").claim.attributions.order_by("position")
    assert said.sources.get().mention.annotation.quotes == ["Ada Lund"]
    assert said.cues.get().annotation.quotes == ["told"]
    assert relayed.role == "relayed"
    assert relayed.sources.get().mention.annotation.quotes == ["Nordpost"]


def mention(world: World, side: Side, name: str) -> None:
    annotate(world.manager, side.snapshot, "actor", name, **new_actor(name))


def proposed(page: Page, name: str) -> str:
    """The digit beside a proposal."""
    return page.locator("[role=option]", has_text=name).first.locator("kbd").inner_text()


def test_all_that_is_selected_is_taken(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "Eighteen")
    page.keyboard.press("Control+a")
    page.keyboard.press("c")
    form = page.locator(".sheet-form .words")
    first, *_, last = page.locator("#room-text .s").all_text_contents()
    text = form.text_content() or ""
    assert text.startswith(first) and text.endswith(last) and "Eighteen lorries" in text
    page.keyboard.press("Enter")
    saved(page)
    made = Claim.objects.latest("pk").annotation
    assert made.quotes == [here.snapshot.text[made.extent.start : made.extent.end]]
    assert made.quotes[0].startswith(first) and made.quotes[0].endswith(last)


def test_of_a_selection_that_leaves_the_text_its_part_is_taken(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "Eighteen")
    page.evaluate(
        """() => {
          const last = [...document.querySelectorAll('#room-text .s')].at(-1);
          getSelection().setBaseAndExtent(last.firstChild, 0, document.body, document.body.childNodes.length);
        }"""
    )
    page.keyboard.press("c")
    last = page.locator("#room-text .s").last.text_content()
    expect(page.locator(".sheet-form .words")).to_have_text(str(last))
