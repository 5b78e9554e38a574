"""Watch terms in the reading room: painted lightly, stepped through, switched off, and never a danger."""

from playwright.sync_api import Page, Route, expect

from annotator.actions import watch_terms
from annotator.intents.watch_term import parse_adding
from annotator.models import WatchTerm
from sources.actions import judge_block, set_member
from sources.models import Block
from tests.factories import Side, World, stored

from .conftest import Visitor
from .reading import drag, painted, saved, until

PAYLOAD = "<img src=x onerror=alert(1)>"


def watch(side: Side, world: World, lines: str, **how: object) -> None:
    intent = parse_adding({"lines": lines, **how})
    watch_terms.add(by=world.manager, project=side.project, intent=intent)


def hits(page: Page, *words: str) -> None:
    page.wait_for_function("(count) => CSS.highlights.get('watch').size === count", arg=len(words))
    assert painted(page, "watch") == list(words)


def heard(page: Page, words: str) -> None:
    expect(page.locator("#room-live")).to_have_text(words)


def test_hits_are_painted_and_stepped_through(visitor: Visitor, here: Side, world: World) -> None:
    watch(here, world, "crack\ncafé\nالجسر", note="damage")
    page = visitor.open(here)
    hits(page, "crack", "crack", "crack", "lorries", "Cafe\u0301", "الجسر")
    expect(page.locator("#room-watch-place")).to_have_text("6")
    page.keyboard.press("w")
    heard(page, "Hit 1 of 6: crack. Watch term crack: damage")
    assert page.evaluate("getSelection().toString()") == "crack"
    expect(page.locator("#room-watch-place")).to_have_text("1/6")
    expect(page.locator("#room-watch-told")).to_have_text("crack: damage")
    for _ in range(3):
        page.keyboard.press("w")
    heard(page, "Hit 4 of 6: lorries. Watch term lorr*")
    assert painted(page, "watch-current") == ["lorries"]
    page.keyboard.press("Shift+W")
    heard(page, "Hit 3 of 6: crack. Watch term crack: damage")
    for _ in range(3):
        page.keyboard.press("w")
    heard(page, "Hit 6 of 6: الجسر. Watch term الجسر: damage")
    page.keyboard.press("w")
    heard(page, "From the top: Hit 1 of 6: crack. Watch term crack: damage")
    page.keyboard.press("Shift+W")
    heard(page, "From the end: Hit 6 of 6: الجسر. Watch term الجسر: damage")
    page.keyboard.press("k")
    expect(page.locator("#room-watch-place")).to_have_text("6")
    assert painted(page, "watch-current") == []


def test_a_hit_is_annotated_at_once(visitor: Visitor, here: Side, world: World) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    page.keyboard.press("w")
    page.keyboard.press("e")
    expect(page.locator("#room-form .words")).to_have_text("lorries")


def test_one_key_switches_them_off_and_the_browser_remembers(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    page.keyboard.press("h")
    heard(page, "Watch terms hidden")
    hits(page)
    expect(page.locator("#room-watch")).to_be_hidden()
    expect(page.locator("#room-watch-shown")).not_to_be_checked()
    page.reload()
    visitor.ready()
    expect(page.locator("#room-watch-layer")).to_be_visible()
    expect(page.locator("#room-watch-shown")).not_to_be_checked()
    hits(page)
    page.keyboard.press("h")
    heard(page, "Watch terms shown: 1 hit")
    hits(page, "lorries")
    page.reload()
    visitor.ready()
    hits(page, "lorries")


def test_how_many_are_shown_is_said_once_it_is_known(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    page.keyboard.press("h")
    heard(page, "Watch terms hidden")
    held: list[Route] = []
    refused = False

    def answer(route: Route) -> None:
        if refused:
            route.fulfill(status=503)
        else:
            held.append(route)

    page.route("**/hits/", answer)
    page.reload()
    visitor.ready()
    until(page, lambda: len(held) == 1)  # asked for by the page
    page.keyboard.press("h")
    expect(page.locator("#room-watch-shown")).to_be_checked()
    until(page, lambda: len(held) == 2)  # asked for anew, by the key
    page.keyboard.press("h")
    page.keyboard.press("h")
    until(page, lambda: len(held) == 3)
    for route in held[:2]:
        route.continue_()
        page.wait_for_timeout(50)
    assert "0 hits" not in page.locator("#room-live").inner_text(), "what the last who asked are told counts"
    held[2].continue_()
    heard(page, "Watch terms shown: 1 hit")
    page.keyboard.press("h")
    refused = True
    page.reload()
    visitor.ready()
    page.keyboard.press("h")
    heard(page, "Watch terms shown. The server did not answer where they stand.")


def test_mouse_steps_and_switches(visitor: Visitor, here: Side, world: World) -> None:
    watch(here, world, "crack")
    page = visitor.open(here)
    page.get_by_role("button", name="watch term hits: next").click()
    heard(page, "Hit 1 of 4: crack. Watch term crack")
    page.get_by_role("button", name="Previous hit").click()
    heard(page, "From the end: Hit 4 of 4: lorries. Watch term lorr*")
    page.get_by_label("Watch terms").uncheck()
    hits(page)


def test_touch_steps_on_a_phone(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    page.get_by_role("button", name="watch term hits: next").tap()
    heard(page, "Hit 1 of 1: lorries. Watch term lorr*")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_asked_for_where_nothing_is_watched_for(visitor: Visitor, here: Side) -> None:
    WatchTerm.objects.all().delete()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open(here)
    page.keyboard.press("w")
    heard(page, "No watch term stands in this text.")
    expect(page.locator("#room-watch-layer")).to_be_hidden()
    page.keyboard.press("h")
    heard(page, "Watch terms hidden")
    page.keyboard.press("h")
    assert not [url for url in asked if url.endswith("/hits/")]
    drag(page, here, "nine days")
    page.keyboard.press("m")
    hits(page, "nine days")


def test_a_server_that_does_not_answer_is_told_and_asked_again(visitor: Visitor, here: Side) -> None:
    visitor.page.route("**/hits/", lambda route: route.abort())
    page = visitor.open(here)
    page.keyboard.press("w")
    heard(page, "The server did not answer where watch terms stand.")
    page.unroute("**/hits/")
    page.keyboard.press("w")
    heard(page, "Hit 1 of 1: lorries. Watch term lorr*")


def test_the_text_is_ready_before_hits_are_asked_for(visitor: Visitor, here: Side) -> None:
    visitor.page.route("**/hits/", lambda route: None)  # never answered
    page = visitor.open(here)
    assert "We found a crack" in " ".join(painted(page, "claim") + painted(page, "claim-inner"))


def test_words_are_watched_for_from_the_text(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    drag(page, here, "nine days")
    page.keyboard.press("m")
    heard(page, "Every text is now watched for “nine days”")
    hits(page, "nine days", "lorries")
    assert WatchTerm.objects.filter(project=here.project, words="nine days").exists()
    page.keyboard.press("m")
    heard(page, "“nine days” is watched for already")
    page.keyboard.press("z")  # what was there already is no step of its own
    heard(page, "Undone: Watching for “nine days”")
    hits(page, "lorries")
    saved(page)
    assert not WatchTerm.objects.filter(project=here.project, words="nine days").exists()
    page.keyboard.press("Shift+Z")
    hits(page, "nine days", "lorries")
    saved(page)
    assert WatchTerm.objects.filter(project=here.project, words="nine days").exists()
    page.reload()
    visitor.ready()
    hits(page, "nine days", "lorries")
    expect(page.locator("#room-undo")).to_have_accessible_name("Undo: Watching for “nine days”")
    page.keyboard.press("z")
    hits(page, "lorries")
    saved(page)
    assert not WatchTerm.objects.filter(project=here.project, words="nine days").exists()
    page.reload()
    visitor.ready()
    page.keyboard.press("Shift+Z")
    hits(page, "nine days", "lorries")
    saved(page)
    page.reload()
    visitor.ready()
    WatchTerm.objects.filter(words="nine days").update(note="mine", version=2)
    page.keyboard.press("z")
    dialog = page.get_by_role("dialog", name="Not saved yet")
    expect(dialog.get_by_role("definition")).to_have_text("nine days")
    dialog.get_by_role("button", name="Take the stored one").click()
    saved(page)
    assert WatchTerm.objects.filter(words="nine days").exists(), "somebody changed it since"


def test_a_term_added_offline_is_undone_there(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    visitor.context.set_offline(True)
    drag(page, here, "nine days")
    page.keyboard.press("m")
    heard(page, "Every text will be watched for “nine days” once this is saved")
    page.keyboard.press("z")
    heard(page, "Undone: Watching for “nine days”")
    page.keyboard.press("Shift+Z")
    expect(page.locator("#room-state")).to_have_text("Offline, 3 waiting")
    visitor.context.set_offline(False)
    hits(page, "nine days", "lorries")
    saved(page)
    assert WatchTerm.objects.filter(project=here.project, words="nine days").count() == 1


def test_a_term_too_many_is_given_up(visitor: Visitor, here: Side, world: World) -> None:
    watch(here, world, "\n".join(f"word{n}" for n in range(999)))
    page = visitor.open(here)
    drag(page, here, "nine days")
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Not saved yet")
    expect(dialog).to_contain_text("watches for 1,000 terms at most")
    dialog.get_by_role("button", name="Give it up").click()
    saved(page)
    page.keyboard.press("z")
    heard(page, "Nothing to undo")


def test_a_part_that_is_masked_loses_its_hits(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    page.keyboard.press("w")
    page.keyboard.press("b")
    page.get_by_role("button", name="Boilerplate").click()
    hits(page)


def test_hostile_terms_are_text(visitor: Visitor, here: Side, world: World) -> None:
    text = f"A heading\n\nSomebody wrote {PAYLOAD} here."
    stored(world.manager, here.project, text, "Elsewhere")
    watch(here, world, f"{PAYLOAD}\nsomebody", note=PAYLOAD)
    article = here.project.articles.order_by("-pk")[0]
    visitor.page.goto(f"{visitor.address}/p/here/articles/{article.uuid}/")
    visitor.ready()
    page = visitor.page
    hits(page, "Somebody", PAYLOAD)
    page.keyboard.press("w")
    page.keyboard.press("w")
    heard(page, f"Hit 2 of 2: {PAYLOAD}. Watch term {PAYLOAD}: {PAYLOAD}")
    expect(page.locator("#room-watch-told")).to_have_text(f"{PAYLOAD}: {PAYLOAD}")
    assert page.locator("img").count() == 0


def test_a_thousand_terms_and_one_that_matches_everything(visitor: Visitor, here: Side, world: World) -> None:
    watch(here, world, "\n".join(f"word{n}" for n in range(990)))
    watch(here, world, ".", is_pattern=True, whole_words=False)
    page = visitor.open(here)
    page.wait_for_function("() => CSS.highlights.get('watch').size > 300")
    count = page.evaluate("CSS.highlights.get('watch').size")
    expect(page.locator("#room-watch-place")).to_contain_text(str(count))
    page.keyboard.press("w")
    heard(page, f"Hit 1 of {page.locator('#room-watch-total').text_content()}: V. Watch term .")


def test_a_viewer_steps_and_adds_nothing(visitor: Visitor, here: Side, world: World) -> None:
    set_member(by=world.manager, project=here.project, user=world.reviewer, role="manager")
    here.project.memberships.filter(user=world.manager).update(role="viewer")
    page = visitor.open(here)
    hits(page, "lorries")
    drag_free = page.locator(".s").first
    drag_free.dblclick()
    page.keyboard.press("m")
    heard(page, "You may read here, not change what is watched for.")


def test_what_others_watch_for_and_mask_shows_without_a_reload(
    visitor: Visitor, here: Side, world: World
) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sen")
    watch(here, world, "crack")
    page.wait_for_function("() => CSS.highlights.get('watch').size === 4")
    expect(page.locator("#room-watch-place")).to_have_text("4")
    first = Block.objects.get(
        snapshot=here.snapshot,
        start__lte=here.snapshot.text.index("Eighteen"),
        end__gt=here.snapshot.text.index("Eighteen"),
    )
    judge_block(by=world.reviewer, block=first, role="boilerplate", masked=True)
    page.wait_for_function("() => CSS.highlights.get('watch').size === 2")
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sen")
    expect(page.locator("#claim-paraphrase")).to_be_focused()
    for term in WatchTerm.objects.filter(project=here.project):
        watch_terms.remove(by=world.manager, term=term)
    page.wait_for_function("() => CSS.highlights.get('watch').size === 0")
    expect(page.locator("#room-watch")).to_be_hidden()


def test_who_stands_at_a_hit_stays_there_when_others_add_terms(
    visitor: Visitor, here: Side, world: World
) -> None:
    page = visitor.open(here)
    hits(page, "lorries")
    page.keyboard.press("w")
    expect(page.locator("#room-watch-place")).to_have_text("1/1")
    watch(here, world, "crack")
    expect(page.locator("#room-watch-place")).to_have_text("4/4")
    assert page.evaluate("getSelection().toString()") == "lorries"
    assert painted(page, "watch-current") == ["lorries"]


def test_the_first_term_of_a_project_shows_in_texts_that_are_open(
    visitor: Visitor, here: Side, world: World
) -> None:
    WatchTerm.objects.all().delete()
    page = visitor.open(here)
    expect(page.locator("#room-watch-layer")).to_be_hidden()
    watch(here, world, "lorries")
    page.wait_for_function("() => CSS.highlights.get('watch').size === 1")
    expect(page.locator("#room-watch-layer")).to_be_visible()
