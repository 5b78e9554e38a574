"""The form reads quotation marks as the server does: what it proposes is never refused."""

import random
from typing import Any

import pytest
from playwright.sync_api import expect

from annotator.models import Claim
from sources.text.offsets import Extent
from sources.text.quotations import paragraphs_of, quotations
from sources.text.quoted import inside, outside, quoted
from tests.factories import Side

from .conftest import Visitor
from .reading import drag, saved

pytestmark = pytest.mark.browser
LETTERS = "“”„«»‹›‘’‚\"'「」『』—— as bs, .s é\n شَ🌉"
WHOLE = [
    "“We left,” she said, looking at the river, “at dawn.” Nobody saw it.",
    "“We found the leak,” Dr. A. Brandt said. “It was small.”",
    "“We found the leak,” she said, adding that the valve was old. “It was small.”",
    "‘It’s the dockers’ offer,’ she said, ‘not ours.’",
    "“One.\n\n“Two ‘x’\n\n“Three,” he said.",
    "قال: «المال موجود»، قال عمراني، «غدًا»",
]
READ = """async (cases) => {
  const { readQuotations, quotedStretches, typeOf } = await import('/static/js/reading/marks.js');
  return cases.map(({ text, paragraphs, extent }) => {
    const chars = Array.from(text);
    const found = readQuotations(chars, paragraphs);
    const marks = quotedStretches(found);
    return { found: found.map(({ start, end, depth, words }) => [start, end, depth, words]),
      type: typeOf(chars, [extent], marks) };
  });
}"""


def case(text: str, start: int, end: int) -> dict[str, Any]:
    return {"text": text, "paragraphs": [list(p) for p in paragraphs_of(text)], "extent": [start, end]}


def server_says(one: dict[str, Any]) -> dict[str, Any]:
    found = quotations(one["text"])
    marks, extent = quoted(found), Extent.from_json([one["extent"]])
    kind = "direct" if not outside(one["text"], extent, marks) else "mixed"
    return {
        "found": [[q.start, q.end, q.depth, [list(w) for w in q.words]] for q in found],
        "type": kind if inside(extent, marks) else "indirect",
    }


def test_both_sides_read_the_same(visitor: Visitor, here: Side) -> None:
    chance = random.Random(4)
    texts = ["".join(chance.choices(LETTERS, k=chance.randint(1, 50))) for _ in range(1500)]
    cases = []
    for text in [*texts, *WHOLE * 40]:
        start = chance.randrange(len(text))
        cases.append(case(text, start, chance.randint(start + 1, len(text))))
    read = visitor.open(here).evaluate(READ, cases)
    for one, found in zip(cases, read, strict=True):
        assert found == server_says(one), one
    assert {one["type"] for one in read} == {"direct", "mixed", "indirect"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("We found a crack", "direct"),
        ("said. “We found a crack", "mixed"),
        ("stays shut", "indirect"),
    ],
)
def test_what_the_form_proposes_is_saved(visitor: Visitor, here: Side, words: str, kind: str) -> None:
    page = visitor.open(here)
    drag(page, here, words)
    page.keyboard.press("c")
    expect(page.locator("form.sheet-form")).to_be_visible()
    page.keyboard.press("Enter")
    saved(page)
    assert Claim.objects.latest("pk").quotation_type == kind
