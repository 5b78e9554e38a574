"""A list of codes is chosen from by the keys that the codebook gives, and says them."""

from typing import Any

import pytest
from playwright.sync_api import expect

from annotator.models import Claim, Code
from tests.factories import Side

from .conftest import Visitor
from .reading import drag, saved

pytestmark = pytest.mark.browser
PRESSED = """async (keys) => {
  const { codeKeys } = await import('/static/js/reading/code_keys.js');
  const codes = [
    { key: 'fact', name: 'Fact', shortcut: 'f' }, { key: 'figure', name: 'Figure' },
    { key: 'threat', name: 'Threat', shortcut: '3' },
    { key: 'old', name: 'Old', shortcut: 'o', retired: true },
  ];
  const select = document.createElement('select');
  for (const { key, name } of codes) select.add(new Option(name, key));
  codeKeys(select, codes).value = 'figure';
  let changes = 0;
  select.addEventListener('change', () => { changes += 1; });
  return [[...select.options].map(({ text }) => text), keys.map((told) => {
    const event = new KeyboardEvent('keydown', { cancelable: true, bubbles: true, ...told });
    changes = 0;
    const taken = !select.dispatchEvent(event);
    const found = [select.value, taken, changes];
    select.value = 'figure';
    return found;
  })];
}"""
LEFT: list[Any] = ["figure", False, 0]


def test_only_the_keys_of_codes_in_use_choose(visitor: Visitor, here: Side) -> None:
    keys = {
        "its key": {"key": "f"},
        "a digit": {"key": "3"},
        "of a retired code": {"key": "o"},
        "of no code": {"key": "x"},
        "a capital": {"key": "F", "shiftKey": True},
        "with Ctrl": {"key": "f", "ctrlKey": True},
        "with Cmd": {"key": "f", "metaKey": True},
        "with Alt": {"key": "f", "altKey": True},
        "Enter": {"key": "Enter"},
    }
    names, found = visitor.open(here).evaluate(PRESSED, list(keys.values()))
    assert names[:3] == ["Fact (f)", "Figure", "Threat (3)"]
    assert dict(zip(keys, found, strict=True)) == {
        **dict.fromkeys(keys, LEFT),
        "its key": ["fact", True, 1],
        "a digit": ["threat", True, 1],
    }


def test_a_type_is_chosen_by_its_key_in_the_form(visitor: Visitor, here: Side) -> None:
    figure = Code.objects.get(project=here.project, facet="claim_type", key="figure")
    figure.shortcut, figure.version = "g", figure.version + 1
    figure.save()
    page = visitor.open(here)
    drag(page, here, "the crack was known in spring")
    page.keyboard.press("c")
    select = page.locator("#claim-type")
    expect(select.locator("option", has_text="Figure (g)")).to_have_count(1)
    select.focus()
    page.keyboard.press("g")
    expect(select).to_have_value("figure")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert Claim.objects.latest("pk").type == figure


def test_so_are_the_kind_of_an_actor_and_the_type_of_an_event(visitor: Visitor, here: Side) -> None:
    for facet, key in (("actor_kind", "group"), ("event_type", "talks")):
        code = Code.objects.get(project=here.project, facet=facet, key=key)
        code.shortcut, code.version = "y", code.version + 1
        code.save()
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    for opens, select, chosen in (("a", "#actor-kind", "group"), ("e", "#event-type", "talks")):
        page.keyboard.press(opens)
        page.locator(select).focus()
        page.keyboard.press("y")
        expect(page.locator(select)).to_have_value(chosen)
        page.keyboard.press("Escape")
        expect(page.locator(select)).to_have_count(0)
