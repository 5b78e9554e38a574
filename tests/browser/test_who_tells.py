"""Who is read off a text as the teller of words, and by which word: never one whom it does not say."""

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import expect

from annotator.models import Claim
from tests.factories import Side, World, annotate, new_actor
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import drag, saved

pytestmark = pytest.mark.browser
NOBODY = "nobody"
READ = """async (cases) => {
  const { TextMap } = await import('/static/js/reading/text_map.js');
  const { Words } = await import('/static/js/reading/words.js');
  const { WhoTells } = await import('/static/js/reading/who_tells.js');
  const { speakerOptions } = await import('/static/js/reading/actors.js');
  const root = document.querySelector('article.text');
  const { snapshot } = JSON.parse(document.getElementById('room-data').textContent);
  const map = new TextMap(root, snapshot);
  const words = new Words(map, 'en');
  return cases.map(({ claim, mentions }) => {
    const made = mentions.map((extent, i) => (
      { uuid: String(i), kind: 'actor', extent: [extent],
        sentence: map.sentenceAt(extent[0]).n, actor: { actor: String(i) } }));
    const actors = made.map(({ uuid, extent }) => (
      { uuid, name: map.slice(...extent[0]), kind: 'person', naming: 'named' }));
    const store = { ofKind: () => made, actors: new Map(actors.map((one) => [one.uuid, one])) };
    const who = new WhoTells({ map, words, store }, claim);
    const told = who.find();
    const asked = { store, actors, map, extent: claim, kinds: [], query: '', taken: new Set(), told };
    const [first] = speakerOptions(asked);
    const cues = made.map((mention) => who.cueOf(mention, told));
    return {
      told: told && (told.kind === 'nobody' ? 'nobody'
        : told.tellers.map(({ extent }) => map.slice(...extent)).join(' + ')),
      first: first?.value.voice ? 'nobody' : first?.label ?? null,
      cues: Object.fromEntries(made.map((one, i) => [actors[i].name, cues[i] && map.slice(...cues[i])])),
    };
  });
}"""


@dataclass(frozen=True)
class Case:
    """`text` marks the claim with [[ ]], mentions of actors with { }. `told` is who tells, "" where the text
    leaves it to a pronoun, None where nothing is told; `cues` what each mention's cue is."""

    text: str
    told: str | None
    cues: dict[str, str | None]
    first: str | None = None


RIGHT = [
    Case("{Ilse Brandt} said that [[the weir leaks]].", "Ilse Brandt", {"Ilse Brandt": "said"}),
    Case("“[[The weir leaks]],” grumbled {Ilse Brandt}.", "Ilse Brandt", {"Ilse Brandt": "grumbled"}),
    Case("According to {the council}, [[the weir leaks]].", "the council", {"the council": "According to"}),
    Case(
        "{Ilse Brandt} has repeatedly warned that [[the weir leaks]].",
        "Ilse Brandt",
        {"Ilse Brandt": "warned"},
    ),
    Case("{Ilse Brandt}, who keeps the weir, said [[it leaks]].", "Ilse Brandt", {"Ilse Brandt": "said"}),
    Case(
        "{The clerk} told {the keeper} that [[the ferry sank]].",
        "The clerk",
        {"The clerk": "told", "the keeper": None},
    ),
    Case(
        "{The keeper} was told by {the clerk} that [[the ferry sank]].",
        "the clerk",
        {"the clerk": "told", "The keeper": None},
    ),
    # sources in compounds
    Case(
        "{Harbour officials} and {analysts} said [[the quay will close]].",
        "Harbour officials + analysts",
        {"Harbour officials": "said", "analysts": "said"},
    ),
    Case(
        "{Brandt}, {Voss} and {a third engineer} warned that [[the quay will close]].",
        "Brandt + Voss + a third engineer",
        {"Brandt": "warned", "Voss": "warned", "a third engineer": "warned"},
    ),
    Case("[[The quay will close]], according to Kaltsee officials.", "Kaltsee officials", {}),
    Case(
        "[[The quay will close]], according to Kaltsee officials and divers.",
        "Kaltsee officials + divers",
        {},
    ),
    Case(
        "According to pilot captains, former Kaltsee ferry officials and people who know it, [[it sinks]].",
        "pilot captains + former Kaltsee ferry officials + people",
        {},
    ),
    Case(
        "[[The quay will close]], according to a UN Harbour Office report released in May.",
        "a UN Harbour Office report",
        {},
    ),
    Case(
        "It was denied by Nordhafen and the ousted harbour council that [[the quay sank]].",
        "Nordhafen + the ousted harbour council",
        {},
    ),
    Case("Some Kaltseers say [[the quay will close]].", "Some Kaltseers", {}),
    Case("But lately, harbour officials say, [[the quay sinks]].", "harbour officials", {}),
    Case("While divers say that [[the quay sinks]], it stands.", "divers", {}),
    Case("{Brandt} opened the book and said [[the quay will close]].", "", {"Brandt": "said"}),
    Case(
        "{Brandt} said it was late and warned that [[the quay will close]].", "Brandt", {"Brandt": "warned"}
    ),
    # what somebody says that somebody else says
    Case(
        "{The mayor} said {the pilots} had denied that [[the ferry leaked]].",
        "the pilots",
        {"The mayor": "said", "the pilots": "denied"},
    ),
    Case(
        "“{My brother} said [[the dyke broke]],” {Lena Voss} recalled.",
        "My brother",
        {"My brother": "said", "Lena Voss": "recalled"},
    ),
    # a quotation that goes on without a cue of its own
    Case(
        "“The pumps are old,” {the clerk} sighed. “[[They fail at night]].”",
        "the clerk",
        {"the clerk": "sighed"},
    ),
    Case(
        "{The clerk} said: “The pumps are old.\n\n“[[They fail at night]].”",
        "The clerk",
        {"The clerk": "said"},
    ),
    Case("{Voss} said the pumps were old. [[They would fail at night]].", "", {"Voss": "said"}),
    Case(
        "{A clerk from {the council}} said [[the quay will close]].",
        "A clerk from the council",
        {"A clerk from the council": "said", "the council": None},
    ),
    # titles, descriptions, what is wanted and blamed
    Case("“It leaks,” said Gen. {Lena Voss}. “[[We warned them]].”", "Lena Voss", {"Lena Voss": "said"}),
    Case("“[[It leaks]],” the keeper of the weir, {Lena Voss}, said.", "Lena Voss", {"Lena Voss": "said"}),
    Case(
        "[[The weir leaks]], according to an elder of the valley, {Otto Nord}.",
        "Otto Nord",
        {"Otto Nord": "according to"},
    ),
    Case(
        "“{The clerk} wants [[to sell the ferry]],” {Voss} said.",
        "The clerk",
        {"The clerk": "wants", "Voss": "said"},
    ),
    Case(
        "{Voss} told {a forum} that the town wants peace, [[has no favourites]] and waits.",
        "Voss",
        {"Voss": "told", "a forum": None},
    ),
    Case("{Many farmers} blame [[the town for the flood]].", "Many farmers", {"Many farmers": "blame"}),
    Case(
        "{Voss} told {a paper} recently that [[the pilots knew]].", "Voss", {"Voss": "told", "a paper": None}
    ),
    # other languages
    Case("„[[Das Wehr leckt]]“, sagte {Ilse Brandt}.", "Ilse Brandt", {"Ilse Brandt": "sagte"}),
    Case("Laut {Voss} [[leckt das Wehr]].", "Voss", {"Voss": "Laut"}),
    Case("قال {المدير} إن [[الجسر آمن]].", "المدير", {"المدير": "قال"}),
    Case("في المساء، قالت {الوزيرة} إن [[الجسر آمن]].", "الوزيرة", {"الوزيرة": "قالت"}),
    Case("{השר} אמר כי [[הגשר בטוח]].", "השר", {"השר": "אמר"}),
    Case('"[[הגשר בטוח]]", אמרה {המנהלת}.', "המנהלת", {"המנהלת": "אמרה"}),
    Case("{הנהגים} אמרו כי [[הגשר נסדק]].", "הנהגים", {"הנהגים": "אמרו"}),
    Case("{ڈائریکٹر} نے کہا کہ [[پل بند رہے گا]].", "ڈائریکٹر", {"ڈائریکٹر": "کہا"}),
    Case("{رئیس} وویل چې [[پل تړلی دی]].", "رئیس", {"رئیس": "وویل"}),
    # silence
    Case("{The ministry} [[declined to comment]].", None, {"The ministry": None}),
    Case(
        "{The ministry} declined to comment on whether [[the pumps are old]].",
        "The ministry",
        {"The ministry": "declined to comment"},
    ),
    Case("{Brandt} left early. She said [[the pumps are old]].", "", {"Brandt": "said"}),
]
WRONG = [
    Case("{Brandt} told the old harbour council that [[the quay sank]].", "Brandt", {"Brandt": "told"}),
    # a part of whoever is named is somebody else
    Case("[[The quay will close]], according to Kaltsee ferry builder Brandt.", "", {}),
    Case("According to officials, [[prices rose and wages fell]].", "officials", {}),
    Case("According to Brandt, the keeper, and others, [[the quay sinks]].", "Brandt", {}),
    Case("While {the clerk} says the ferry is safe, [[it leaks]].", None, {"the clerk": "says"}),
    Case(
        "[[The ferry leaks]], {Voss} being away, adding that {the clerk} knew.",
        None,
        {"Voss": None, "the clerk": None},
    ),
    Case("The United States sent a ferry, and {Voss} wept. [[It sank]].", None, {"Voss": None}),
    Case("{Voss} said it leaked. It was sold.\n\n[[The town bought a new one]].", None, {"Voss": None}),
    Case("The deal, reportedly struck by {Voss}, [[gives the town a ferry]].", None, {"Voss": None}),
    Case(
        "{The clerk} walked out. {The pilot} was told that [[the ferry leaked]].",
        NOBODY,
        {"The clerk": None, "The pilot": None},
        NOBODY,
    ),
    Case(
        "{The clerk} laughed. [[The ferry leaked]], {the pilot} claimed.",
        "the pilot",
        {"The clerk": None, "the pilot": "claimed"},
    ),
    Case(
        "{The clerk} walked out and {the pilot} said [[the ferry leaked]].",
        "the pilot",
        {"The clerk": None, "the pilot": "said"},
    ),
    Case("{The clerk} walked out. [[The ferry leaked]].", None, {"The clerk": None}),
    Case(
        "{The clerk} said the ferry leaked. {The pilot} sold it. [[It sank in May]].",
        None,
        {"The clerk": None, "The pilot": None},
    ),
    Case("{The ministry} declined to comment. [[The ferry will be sold]].", None, {"The ministry": None}),
    Case(
        "A spokesman for {the ministry} said [[the ferry will be sold]].",
        "A spokesman for the ministry",
        {"the ministry": None},
        "“A spokesman for the ministry”",
    ),
    Case(
        "{Voss}’s lawyer said [[the ferry will be sold]].", "Voss’s lawyer", {"Voss": None}, "“Voss’s lawyer”"
    ),
    Case("{Voss} is said to own the ferry, and [[it will be sold]].", NOBODY, {"Voss": None}, NOBODY),
    Case("Asked about it, {Voss} smiled. [[The ferry will be sold]].", None, {"Voss": None}),
    Case("{Voss} dismissed claims that [[the ferry leaks]].", "Voss", {"Voss": "dismissed"}),
    Case("[[The ferry leaked]] near {Voss}.", None, {"Voss": None}),
    Case("[[The ferry]] reportedly sank; {Voss} wept.", NOBODY, {"Voss": None}, NOBODY),
    Case("“It leaks,” {Voss} said. [[The ferry was built in 1990]].", None, {"Voss": None}),
    Case(
        "{Voss} paid {the pilot}. She said [[the ferry leaked]].", "", {"Voss": "said", "the pilot": "said"}
    ),
    Case(
        "{Voss} said the ferry leaked, while {the pilot} said [[it did not]].",
        "the pilot",
        {"Voss": "said", "the pilot": "said"},
    ),
]
QUIET = "\n\nIt rained.\n\n"
MARK = re.compile(r"\[\[|\]\]|[{}]")


def unmarked(case: Case, at: int) -> tuple[str, dict[str, Any]]:
    """The plain text, and where in a text that it begins at `at` the claim and the mentions stand."""
    plain, last, opened = "", 0, 0
    claim: list[int] = []
    mentions = []
    starts: list[int] = []
    for mark in MARK.finditer(case.text):
        plain += case.text[last : mark.start()]
        last = mark.end()
        if mark[0] in "[[]]":
            claim.append(at + len(plain))
        elif mark[0] == "{":
            starts.append(at + len(plain))
            opened += 1
        else:
            mentions.append([starts.pop(), at + len(plain)])
    return plain + case.text[last:], {"claim": [claim], "mentions": mentions}


def test_nobody_is_read_as_a_teller_whom_the_text_does_not_say(
    visitor: Visitor, world: World, here: Side
) -> None:
    text, asked = "Of tellers and told\n\nIt rained.\n\n", []
    for case in [*RIGHT, *WRONG]:
        plain, places = unmarked(case, len(text))
        text += plain + QUIET
        asked.append(places)
    snapshot = import_text(world.manager, here.project, text)
    assert snapshot.text.startswith(text.rstrip()), "the places are the stored text's"
    read = visitor.open(replace(here, snapshot=snapshot, article=snapshot.article)).evaluate(READ, asked)
    found = {case.text: (one["told"], one["cues"]) for case, one in zip([*RIGHT, *WRONG], read, strict=True)}
    assert found == {case.text: (case.told, case.cues) for case in [*RIGHT, *WRONG]}
    first = {case.text: one["first"] for case, one in zip([*RIGHT, *WRONG], read, strict=True) if case.first}
    assert first == {case.text: case.first for case in WRONG if case.first}


TEXT = """Ferry leaks

The clerk walked out. The pilot was told that the ferry had leaked for weeks.
"""


def test_what_nobody_says_is_offered_first_and_kept_with_its_cue(
    visitor: Visitor, world: World, here: Side
) -> None:
    snapshot = import_text(world.manager, here.project, TEXT)
    for words in ("The clerk", "The pilot"):
        annotate(world.manager, snapshot, "actor", words, **new_actor(words))
    side = replace(here, snapshot=snapshot, article=snapshot.article)
    page = visitor.open(side)
    drag(page, side, "the ferry had leaked for weeks")
    page.keyboard.press("c")
    expect(page.locator("[role=option]").first).to_contain_text("“told” does not tell who")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    saved(page)
    made = Claim.objects.latest("pk")
    link = made.attributions.get()
    assert (made.voice, link.sources.count()) == ("agentless", 0)
    assert [cue.annotation.quotes for cue in link.cues.all()] == [["told"]]
