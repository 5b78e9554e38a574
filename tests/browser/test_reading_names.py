"""Names in the reading room: who is called alike, how many nameless ones are, and what a cue does."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from annotator.models import Actor, Claim, SupportingSpan
from tests.factories import Side, World, annotate, new_actor
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import drag, place, saved, stored, until

pytestmark = pytest.mark.browser
TEXT = """Weir is sound, mayor says

Ms. Brandt smiled. Ilse Brandt left. A guard wept. Another guard slept.

The weir is sound, Lena Voss claimed.
"""

# The answer is waited for a moment only, which a busy machine may take: here that moment is long.
UNHURRIED = """const timeout = globalThis.setTimeout;
globalThis.setTimeout = (act, delay, ...more) => timeout(act, delay === 300 ? 30000 : delay, ...more);"""


@pytest.fixture
def weir(world: World, here: Side) -> Side:
    snapshot = import_text(world.manager, here.project, TEXT)
    annotate(world.manager, snapshot, "actor", "Ilse Brandt", actor=str(here.actor.uuid))
    return replace(here, snapshot=snapshot, article=snapshot.article)


def opened(page: Page, side: Side, words: str, key: str) -> None:
    drag(page, side, words)
    page.keyboard.press(key)
    expect(page.locator("form.sheet-form")).to_be_visible()


def places(page: Page) -> list[object]:
    """Where all that can be pressed stands, and which key takes which proposal."""
    controls = "#actor-name, #actor-kind, form.sheet-form > footer button, [role=option]"
    found = page.locator(controls)
    return [(found.nth(i).text_content(), found.nth(i).bounding_box()) for i in range(found.count())]


def test_a_surname_means_the_full_name_and_a_late_answer_moves_nothing(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/actors/?like=*", hold)
    found: list[str] = []
    page.on("response", lambda answer: found.append(answer.url) if "/actors/?q=" in answer.url else None)
    opened(page, weir, "Ms. Brandt", "a")
    similar = page.locator(".similar")
    expect(similar).to_contain_text("Looking")
    # What was found by its letters has come by then, and is listed.
    until(page, lambda: bool(found) and places(page) == places(page))
    before = places(page)
    assert len(held) == 1 and len(before) > 4
    held.pop().continue_()
    expect(similar.get_by_role("button")).to_have_text(["Take Ilse Brandt 0"])
    expect(similar).to_contain_text("the same surname · in this article")
    assert places(page) == before
    page.keyboard.press("0")
    expect(page.locator(".chip b")).to_have_text("Ilse Brandt")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(weir, "Ms. Brandt", kind="actor").mention.actor == weir.actor


HOLD = [
    # name, words, whether the one holds the other
    ("Governor Ada Quist", "Ada Quist", True),
    ("Ada Quist", "Governor Ada Quist’s", True),
    ("Ada Quist, governor of Velm", "Ada Quist", True),
    ("Dr. Ada J. Quist", "Ada J. Quist", True),
    ("Ada Quist", "A. Quist", True),
    ("A.J. Quist", "Ada Jo Quist", True),
    ("محافظ علی محمدی", "علی محمدی", True),
    ("Губернатор Анна Петрова", "Анна Петрова", True),
    ("Κυβερνήτης Άννα Πέτρου", "ΑΝΝΑ ΠΕΤΡΟΥ", True),
    ("राज्यपाल आशा देवी", "आशा देवी", True),
    ("省長王小明", "王小明", True),
    ("ผู้ว่าสมชาย", "สมชาย", True),
    ("the ministry", "A spokesman for the ministry", False),
    ("Ada Quist", "A lawyer of Ada Quist", False),
    ("Anna Petrova", "представитель Anna Petrova", False),
    ("علی محمدی", "سخنگوی دفتر علی محمدی", False),
    ("Governor Ada Quist", "Quist", False),
    ("Governor Ada Quistberg", "Ada Quist", False),
    ("Karl Quist", "Ada Quist", False),
    ("Ada Brandt", "A. Quist", False),
    ("A. B. C.", "A. B.", False),
    ("王", "王小明", False),
    ("", "Ada Quist", False),
]


def test_a_known_name_that_holds_an_unmarked_one_is_offered_and_told(
    visitor: Visitor, world: World, weir: Side
) -> None:
    mayor = annotate(
        world.manager, weir.snapshot, "actor", "mayor", **new_actor("Mayor Lena Voss")
    ).mention.actor
    page = visitor.open(weir)
    held = page.evaluate(
        """async (cases) => {
             const { nameHolders } = await import('/static/js/reading/name_parts.js');
             const one = ([name, words]) => nameHolders([{ name, naming: "named" }], words).length === 1;
             return cases.map(one);
           }""",
        [case[:2] for case in HOLD],
    )
    assert [(*case[:2], one) for case, one in zip(HOLD, held, strict=True)] == HOLD
    opened(page, weir, "The weir is sound", "c")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Mayor Lena Voss “Lena Voss” · nobody else here has these words")
    expect(options.nth(1)).to_contain_text("“Lena Voss”")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    saved(page)
    source = Claim.objects.latest("pk").attributions.get().sources.get()
    assert (source.actor, source.mention.annotation.quotes) == (mayor, ["Lena Voss"])


def test_of_two_names_that_hold_an_unmarked_one_each_is_offered_and_somebody_new(
    visitor: Visitor, world: World, weir: Side
) -> None:
    for words, name in (("guard", "Lena Voss-Brandt, Judge Lena Voss"), ("mayor", "Mayor Lena Voss")):
        annotate(world.manager, weir.snapshot, "actor", words, **new_actor(name))
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound", "c")
    expect(page.locator(".proposals-group").first).to_have_text("“Lena Voss” may be")
    expect(page.get_by_role("option").nth(2)).to_contain_text("not yet an actor: this makes it one")
    assert "nobody else" not in page.locator(".proposals").first.inner_text()


def test_of_two_with_the_surname_nobody_is_taken_by_a_key(visitor: Visitor, world: World, weir: Side) -> None:
    annotate(world.manager, weir.snapshot, "actor", "Lena Voss", **new_actor("Karl Brandt"))
    page = visitor.open(weir)
    opened(page, weir, "Ms. Brandt", "a")
    expect(page.locator(".similar button")).to_have_count(2)
    expect(page.locator(".similar kbd")).to_have_count(0)
    page.locator(".similar button", has_text="Karl Brandt").click()
    page.keyboard.press("Enter")
    saved(page)
    assert stored(weir, "Ms. Brandt", kind="actor").mention.actor.name == "Karl Brandt"


def test_a_typed_speaker_who_is_known_is_taken_instead(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    actors = Actor.objects.count()
    opened(page, weir, "The weir is sound", "c")
    page.keyboard.type("Mr. Brandt")
    page.keyboard.press("Enter")
    expect(page.locator(".chip .similar button")).to_have_text(["Take Ilse Brandt 0"])
    page.keyboard.press("0")
    expect(page.locator(".chip b")).to_have_text("Ilse Brandt")
    page.keyboard.press("Enter")
    saved(page)
    source = Claim.objects.latest("pk").attributions.get().sources.get()
    assert (source.actor, Actor.objects.count()) == (weir.actor, actors)


def surname_only(world: World, here: Side) -> Side:
    text = "Weir is sound\n\nIlse Brandt left early.\n\nThe weir is sound, Brandt said.\n"
    snapshot = import_text(world.manager, here.project, text)
    annotate(world.manager, snapshot, "actor", "Ilse Brandt", actor=str(here.actor.uuid))
    return replace(here, snapshot=snapshot, article=snapshot.article)


def test_a_surname_that_tells_is_offered_as_its_full_name(visitor: Visitor, world: World, here: Side) -> None:
    side = surname_only(world, here)
    page = visitor.open(side)
    opened(page, side, "The weir is sound", "c")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Ilse Brandt “Brandt” · sentence 3")
    expect(page.locator(".proposals .is-new")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator(".cue-open")).to_have_text("said")
    page.keyboard.press("Enter")
    saved(page)
    source = stored(side, "The weir is sound").claim.attributions.get().sources.get()
    assert (source.actor, source.mention.annotation.quotes) == (here.actor, ["Brandt"])


def test_of_a_surname_that_two_have_nobody_is_proposed(visitor: Visitor, world: World, here: Side) -> None:
    side = surname_only(world, here)
    annotate(world.manager, side.snapshot, "actor", "early", **new_actor("Karl Brandt"))
    page = visitor.open(side)
    opened(page, side, "The weir is sound", "c")
    groups = page.locator(".proposals-group")
    expect(groups.first).to_have_text("“Brandt” may be")
    offered = page.get_by_role("option")
    assert sorted(offered.nth(i).locator("span").inner_text().split("“")[0].strip() for i in (0, 1)) == [
        "Ilse Brandt",
        "Karl Brandt",
    ]
    expect(page.locator(".proposals .is-new")).to_have_count(0)


def test_words_picked_as_a_name_ask_who_is_meant_before_anybody_is_new(
    visitor: Visitor, world: World, weir: Side
) -> None:
    annotate(world.manager, weir.second_snapshot, "actor", "lorries", **new_actor("Lena Voss"))
    known = Actor.objects.get(name="Lena Voss")
    visitor.page.add_init_script(UNHURRIED)
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound", "c")
    page.get_by_role("button", name="Pick in the text").click()
    at = place(page, weir, "Lena Voss")
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move(at["x2"], at["y2"])
    page.mouse.up()
    page.keyboard.press("Enter")
    expect(page.locator(".chip-asked button", has_text="Take Lena Voss")).to_be_visible()
    asked = page.get_by_role("group", name="Who is meant by “Lena Voss”?")
    expect(page.get_by_role("button", name="Somebody new")).to_be_visible()
    expect(asked).to_be_focused()
    page.keyboard.press("Enter")  # a hasty one makes nobody
    expect(asked).to_be_visible()
    page.locator(".sheet-form [type=submit]").click()
    expect(page.locator(".sheet-form > .field-error")).to_contain_text("Say who “Lena Voss” is")
    expect(asked).to_be_focused()
    page.locator(".chip-asked button", has_text="Take Lena Voss").click()
    expect(page.locator(".chip b")).to_have_text("Lena Voss")
    page.keyboard.press("Enter")
    saved(page)
    source = stored(weir, "The weir is sound").claim.attributions.get().sources.get()
    assert (source.actor, source.mention.annotation.quotes) == (known, ["Lena Voss"])


def test_nameless_ones_are_counted_and_told_apart(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    opened(page, weir, "A guard", "a")
    expect(page.get_by_label("How many")).to_have_value("one")
    page.get_by_label("Naming").select_option("named")
    expect(page.get_by_label("How many")).to_be_hidden()
    page.get_by_label("Naming").select_option("anonymous")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    opened(page, weir, "Another guard", "a")
    page.locator("#actor-name").fill("A guard")
    page.get_by_label("Naming").select_option("anonymous")
    page.get_by_label("How many").select_option("several")
    page.locator("form.sheet-form [type=submit]").click()
    expect(page.locator(".sheet-form")).to_have_count(0)
    saved(page)
    assert list(Actor.objects.filter(name="A guard").order_by("pk").values_list("number", flat=True)) == [
        "one",
        "several",
    ]
    page.locator("#room-filter [data-kind='']").click()
    page.get_by_role("button", name="Show actors").click()
    who = page.locator("#room-list .mini-who b")
    expect(who.filter(has_text="A guard #1")).to_have_count(1)
    expect(who.filter(has_text="A guard #2")).to_have_count(1)
    opened(page, weir, "The weir is sound", "c")
    page.keyboard.type("guard #2")
    page.keyboard.press("Enter")
    expect(page.locator(".chip b")).to_have_text("A guard #2")
    page.keyboard.press("Enter")
    saved(page)
    page.locator(".mini[data-kind=claim][data-current] .chain").wait_for()
    expect(page.locator(".mini[data-current] .chain a")).to_have_text("A guard #2")


def test_what_a_cue_does_unfolds_on_it_and_is_undone(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound", "c")
    page.keyboard.press("1")
    chip = page.locator(".cue-chip")
    does = page.get_by_label("What the cue “claimed” does")
    expect(does).to_be_hidden()
    chip.get_by_role("button", name="claimed", exact=True).click()
    does.select_option("doubting")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)

    def told() -> str:
        return SupportingSpan.objects.get(annotation__quotes=["claimed"]).cue_type.key

    assert told() == "doubting"
    page.reload()
    visitor.ready()
    page.locator(".mini[data-kind=claim] .mini-main").click()
    expect(page.locator(".mini .chain")).to_contain_text("claimed · doubting")
    page.get_by_role("button", name="Edit").click()
    does.select_option("neutral")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert told() == "neutral"
    expect(page.locator(".mini .chain")).not_to_contain_text("doubting")
    page.keyboard.press("z")
    saved(page)
    assert told() == "doubting"
