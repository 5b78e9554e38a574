"""States of the pages that a plain request does not show: forms, dialogs, menus, refusals, errors."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.annotator.jobs.test_stalled import run_worker
from tests.factories import claim

from .conftest import Visitor
from .reading import click, cursor_at
from .site import Site

Scene = Callable[[Visitor, Site], None]
SCENES: dict[str, Scene] = {}
ANNOTATIONS = "**/api/v1/projects/*/annotations/**"


def scene(make: Scene) -> Scene:
    SCENES[make.__name__] = make
    return make


def room(visitor: Visitor, site: Site, hash_: str = "") -> Page:
    fresh(visitor)
    return visitor.open(site.here, hash_)


def fresh(visitor: Visitor) -> None:
    """Leaves whatever the scene before left open; a new hash alone would not load the page again."""
    visitor.page.unroute_all()
    visitor.page.goto("about:blank")
    session = visitor.context.new_cdp_session(visitor.page)
    kept = {"origin": visitor.address, "storageTypes": "local_storage,indexeddb"}
    session.send("Storage.clearDataForOrigin", kept)
    session.detach()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def form(page: Page, key: str) -> None:
    press(page, key)
    expect(page.locator(".sheet-form")).to_be_visible()


# ── the reading room ──────────────────────────────────────────────────────────────────────────────


@scene
def a_claim_is_chosen(visitor: Visitor, site: Site) -> None:
    room(visitor, site, f"#c-{site.here.claim.uuid}")


@scene
def a_new_claims_form_with_its_proposals(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "Eighteen")
    press(page, "s")
    form(page, "c")
    expect(page.get_by_role("option").first).to_be_visible()


@scene
def the_whole_form_of_a_claim_in_dispute(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site, f"#c-{site.here.claim.uuid}")
    # all of it on one screen: what has been scrolled half below the buttons would count as too small
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 4000})
    form(page, "Enter")
    page.locator("details.more").evaluate_all("(all) => { for (const e of all) e.open = true; }")


@scene
def a_new_speaker_and_who_relayed_it(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "Eighteen")
    form(page, "c")
    page.keyboard.type("Somebody new")
    press(page, "Enter", ">")
    expect(page.get_by_role("combobox", name="Relayed by")).to_be_focused()


@scene
def a_form_that_refuses(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "turned")
    form(page, "e")
    page.locator("#event-label").fill("")
    page.locator(".sheet-form [type=submit]").click()
    expect(page.locator(".field-error").first).to_be_visible()


@scene
def the_whole_form_of_a_known_event(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 4000})
    cursor_at(page, site.here, "turned")
    form(page, "e")
    page.keyboard.type("Crack")
    page.get_by_role("option", name="Crack found").first.click()
    for part in page.locator(".sheet-form summary").all():
        part.click()
    page.locator(".event-people .chain-cues button").first.click()
    expect(page.locator(".event-people .chip")).to_have_count(1)
    page.locator("#event-factuality").select_option("planned")


@scene
def the_whole_form_of_a_new_event(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 4000})
    cursor_at(page, site.here, "turned")
    form(page, "e")
    for part in page.locator(".sheet-form summary").all():
        part.click()
    page.locator(".event-people .chain-cues button").first.click()
    expect(page.locator(".event-people .chip")).to_have_count(1)


@scene
def a_number_in_a_claims_form(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 4000})
    cursor_at(page, site.here, "Eighteen")
    press(page, "s")
    form(page, "c")
    page.locator("summary", has_text="More: quotation").click()
    page.locator("summary", has_text="Numbers").click()
    page.get_by_role("button", name="+ “Eighteen”").click()
    page.get_by_label("The words mean").select_option("range")
    expect(page.get_by_label("to", exact=True)).to_be_visible()


@scene
def a_form_that_asks_before_it_goes(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "turned")
    form(page, "c")
    page.locator("#claim-paraphrase").fill("Half a sentence")
    press(page, "Escape")
    expect(page.locator(".notice-warn", has_text="Discard")).to_be_visible()


@scene
def an_actors_form(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "lorries")
    form(page, "a")
    page.keyboard.type("Mr. Brandt")
    expect(page.locator(".similar button")).to_have_count(1)
    page.get_by_label("Naming").select_option("anonymous")


@scene
def a_mention_is_picked_in_the_text(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "lorries")
    form(page, "c")
    page.get_by_role("button", name="Pick in the text").click()
    expect(page.locator(".pick-banner")).to_be_visible()


@scene
def every_key(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@scene
def what_is_marked_at_the_cursor(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "crack is")
    press(page, "l")
    expect(page.get_by_role("dialog", name="Marked here")).to_be_visible()


@scene
def what_a_part_is(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "denies")
    press(page, "b")
    expect(page.get_by_role("dialog", name="This part is a")).to_be_visible()


@scene
def words_are_selected_and_the_bar_shows(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    cursor_at(page, site.here, "Eighteen")
    page.mouse.dblclick(**_place(page, "lorries"))
    expect(page.locator(".tools")).to_be_visible()


def _place(page: Page, words: str) -> dict[str, float]:
    """The middle of a word as the browser shows it."""
    found = """(words) => {
      const s = [...document.querySelectorAll('.s')].find((e) => e.textContent.includes(words));
      const range = document.createRange();
      range.setStart(s.firstChild, s.firstChild.data.indexOf(words));
      range.setEnd(s.firstChild, s.firstChild.data.indexOf(words) + words.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }"""
    return page.evaluate(found, words)


@scene
def two_versions_side_by_side(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    current = {
        "uuid": str(site.here.lone.uuid),
        "kind": "claim",
        "extent": [[0, 4]],
        "quotes": ["Velm"],
        "version": 9,
    }
    stored = {
        **current,
        "sentence": 1,
        "sentences": [1],
        "claim": {"chains": [], "voice": "own", "type": "fact", "topics": []},
    }
    refusal = {"title": "Changed", "current": stored}
    page.route(ANNOTATIONS, lambda route: route.fulfill(status=412, json=refusal))
    click(page, site.here, "Eighteen")
    form(page, "Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    press(page, "Enter")
    expect(page.locator("dialog.troubles")).to_be_visible()


@scene
def a_change_refused_as_a_whole(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    refusal = {"title": "This contradicts what is stored", "errors": []}
    page.route(ANNOTATIONS, lambda route: route.fulfill(status=409, json=refusal))
    cursor_at(page, site.here, "Eighteen")
    form(page, "c")
    press(page, "Enter")
    expect(page.locator("dialog.troubles")).to_be_visible()


@scene
def a_field_refused_by_the_server(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    error = {"field": "claim.paraphrase", "rule": "long", "message": "is too long"}
    refusal = {"title": "Not valid", "errors": [error]}
    page.route(ANNOTATIONS, lambda route: route.fulfill(status=422, json=refusal))
    cursor_at(page, site.here, "Eighteen")
    form(page, "c")
    press(page, "Enter")
    expect(page.locator(".field-error", has_text="is too long")).to_be_visible()


@scene
def nothing_is_reached_and_changes_wait(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    page.route(ANNOTATIONS, lambda route: route.abort())
    cursor_at(page, site.here, "Eighteen")
    form(page, "c")
    press(page, "Enter")
    expect(page.locator("#room-state")).to_contain_text("waiting")


@scene
def every_kind_listed_and_every_fold_open(visitor: Visitor, site: Site) -> None:
    page = room(visitor, site)
    for number in ("room-sheet-toggle", "room-outline-button"):
        if page.locator(f"#{number}").is_visible():
            page.locator(f"#{number}").evaluate("(e) => e.click()")
    page.locator("#room-filter [data-kind='']").evaluate("(e) => e.click()")
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    # what has just come into sight has words for a checker once it has been laid out, two frames later
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(300)


@scene
def nothing_of_that_kind(visitor: Visitor, site: Site) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/{site.arabic.article.uuid}/#s3")
    visitor.ready()
    page.locator("#room-filter [data-kind=event]").evaluate("(e) => e.click()")
    expect(page.locator(".mini-empty")).to_be_attached()


# ── the other pages ───────────────────────────────────────────────────────────────────────────────


def at(visitor: Visitor, path: str) -> Page:
    fresh(visitor)
    visitor.page.goto(visitor.address + path)
    return visitor.page


@scene
def a_reason_is_asked_for_and_every_fold_is_open(visitor: Visitor, site: Site) -> None:
    page = at(visitor, f"/c/{site.here.lone.uuid}/")
    press(page, "r")
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")


@scene
def a_decision_was_just_taken(visitor: Visitor, site: Site) -> None:
    made = claim(site.by, site.here.snapshot, "anyone was warned")
    page = at(visitor, f"/c/{made.uuid}/")
    press(page, "a")
    expect(page.locator("#became")).to_contain_text("accepted")


@scene
def a_pasted_text_is_looked_over(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/here/articles/import/")
    text = "Tram bell falls silent\n\nBy Jo Tarn\n\n“It rang for the last time,” said Ada Tarn in Velm.\n"
    page.get_by_label("Text of the article").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Title")).to_be_visible()
    page.get_by_label("Title").fill(" ")
    page.get_by_role("button", name="Store the article").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()


@scene
def files_were_taken_in_and_refused(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/here/articles/import/")
    good = {
        "name": "bell.txt",
        "mimeType": "text/plain",
        "buffer": b"Bell\n\nThe bell is silent, she said.\n",
    }
    bad = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b" "}
    page.locator("#files").set_input_files([good, bad])
    page.get_by_role("button", name="Add the files").click()
    expect(page.locator("#stage")).to_have_text("Waiting for its turn")
    run_worker()
    expect(page.locator(".intake-end")).to_contain_text("1 new, 1 refused")


@scene
def a_project_without_a_name(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/new/")
    page.locator("main form").evaluate("(form) => { form.noValidate = true; }")
    page.locator("main form button").first.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()


@scene
def a_member_who_is_not_there(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/here/members/")
    page.get_by_label("Sign-in name").fill("nobody-here")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")


@scene
def menus_are_open(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/here/")
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")


@scene
def nothing_stands_here(visitor: Visitor, site: Site) -> None:
    at(visitor, "/p/nowhere/")


@scene
def a_request_that_makes_no_sense(visitor: Visitor, site: Site) -> None:
    at(visitor, "/p/here/articles/?" + "&".join(f"a{i}=1" for i in range(1100)))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("That request makes no sense")


@scene
def a_form_whose_token_is_gone(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/new/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((e) => e.remove())")
    page.get_by_label("Name").first.fill("A name")
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("New project")


@scene
def too_much_at_once(visitor: Visitor, site: Site) -> None:
    page = at(visitor, "/p/here/articles/import/")
    page.evaluate(
        """() => {
          const step = document.querySelector('[name=step][value=read]');
          step.value = 'x'.repeat(9_000_000);
          step.form.submit();
        }"""
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("That is too much at once")
