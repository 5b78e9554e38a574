"""The ordinary pages in a real browser: judging by keyboard, with and without scripts, on a narrow screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from annotator.actions import claims
from annotator.models import Claim, Code, Review
from sources.models import Publication
from tests.factories import Side, World, annotate, claim, stored
from tests.reprinted import AGENCY, REPRINTS

from .conftest import Visitor, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def scriptless(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    yield from visit(chromium, address, world.manager, java_script_enabled=False)


def card(page: Page, one: Claim) -> object:
    return page.locator(f"#claim-{one.uuid}")


def speakers_page(visitor: Visitor, world: World) -> tuple[Page, list[Claim]]:
    """Ilse Brandt's page with two more claims of hers, in the order of the text."""
    here = world.here
    chain = {"role": "said", "sources": [{"actor": str(here.actor.uuid)}]}
    more = [
        claim(world.manager, here.snapshot, words, voice="attributed", chains=[[chain]])
        for words in ("The bridge at Velm stays shut", "stays shut for nine days")
    ]
    visitor.page.goto(f"{visitor.address}/p/here/speakers/{here.actor.uuid}/")
    return visitor.page, more


def test_a_speakers_claims_are_judged_by_keyboard_alone(visitor: Visitor, world: World) -> None:
    page, (first, second) = speakers_page(visitor, world)
    page.keyboard.press("j")
    expect(card(page, first)).to_have_attribute("aria-current", "true")
    page.keyboard.press("a")
    expect(card(page, first)).to_contain_text("Accepted by Manager")
    expect(card(page, second)).to_have_attribute("aria-current", "true")
    expect(page.locator("#waiting")).to_contain_text("3")

    page.keyboard.press("r")
    page.keyboard.type("a rejection that r and d must not take keys from")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card(page, second)).to_contain_text("a rejection that r and d must not")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(card(page, first).locator('[data-key="a"]')).to_be_visible()
    expect(page.locator("#save-state")).to_have_text("Saved")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("submitted", "rejected")
    assert Review.objects.get(claim=second).reason.startswith("a rejection")


def test_enter_sends_a_reason_and_the_claims_own_page_tells_of_it(visitor: Visitor, world: World) -> None:
    page, lone = visitor.page, world.here.lone
    page.goto(f"{visitor.address}/c/{lone.uuid}/")
    for key in ("r", "Enter"):
        page.keyboard.press(key)  # an empty reason is not sent
    page.keyboard.type("a, r, d, u and j")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("are letters here")
    page.keyboard.press("Enter")
    expect(page.locator("#became")).to_contain_text("rejected")
    expect(page.locator("#decisions")).to_contain_text("are letters here")
    expect(page.locator(".permanent:not(.in-text)")).to_have_count(0)
    page.evaluate("htmx.config.defaultSettleDelay = 300")  # keys pressed before all has settled count too
    page.keyboard.press("u")
    expect(page.locator("#decisions")).to_contain_text("Reopened")
    page.keyboard.press("d")
    page.keyboard.type("So is this", delay=60)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decisions")).to_contain_text("So is this")
    reasons = list(Review.objects.filter(claim=lone).order_by("pk").values_list("decision", "reason"))
    assert reasons == [
        ("rejected", "a, r, d, u and j\nare letters here"),
        ("reopened", ""),
        ("disputed", "So is this"),
    ]


def test_an_empty_reason_is_not_sent_and_escape_leads_back(visitor: Visitor, world: World) -> None:
    page, (first, _) = speakers_page(visitor, world)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(card(page, first).locator("textarea:visible")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card(page, first).locator("textarea:visible")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page, first)).to_be_focused()
    assert not Review.objects.filter(claim=first).exists()


def test_a_decision_without_a_network_is_kept_and_sent_later(visitor: Visitor, world: World) -> None:
    page, (first, second) = speakers_page(visitor, world)
    state = page.locator("#save-state")
    expect(state).to_be_hidden()
    visitor.context.set_offline(True)
    for key in "jar":
        page.keyboard.press(key)
    page.keyboard.type("Said without a network")
    page.keyboard.press("Enter")
    expect(state).to_have_text("Offline, 2 waiting")
    expect(card(page, first).locator(".decided-now")).to_contain_text("Accepted")
    expect(card(page, second).locator(".decided-now q")).to_have_text("Said without a network")
    assert not Review.objects.filter(claim__in=(first, second)).exists()
    page.route("**/reviews/**", lambda route: route.abort())
    visitor.context.set_offline(False)
    page.reload()
    expect(state).to_contain_text("2 waiting")
    expect(card(page, second).locator(".decided-now q")).to_have_text("Said without a network")
    visitor.complaints.clear()
    page.unroute("**/reviews/**")
    expect(state).to_have_text("Saved")
    expect(card(page, first)).to_contain_text("Accepted by Manager")
    expect(card(page, second)).to_contain_text("Rejected by Manager")
    told = Review.objects.filter(claim__in=(first, second)).order_by("pk").values_list("decision", "reason")
    assert list(told) == [("accepted", ""), ("rejected", "Said without a network")]


def test_what_was_refused_of_a_claim_that_is_not_here_can_be_let_go(visitor: Visitor, world: World) -> None:
    page, (first, _) = speakers_page(visitor, world)
    page.route("**/reviews/**", lambda route: route.abort())
    for key in "jr":
        page.keyboard.press(key)
    page.keyboard.type("Kept to the end")
    page.keyboard.press("Enter")
    expect(page.locator("#save-state")).to_contain_text("1 waiting")
    claims.withdraw(by=world.manager, claim=first)
    page.unroute("**/reviews/**")
    page.goto(f"{visitor.address}/p/here/review/")
    expect(page.locator("#save-state")).to_have_text("1 change not saved: look")
    page.locator("#save-state").press("Enter")
    told = page.locator("#flash").get_by_role("alert")
    expect(told).to_contain_text("Not saved: rejected.")
    expect(told.locator("q")).to_have_text("Kept to the end")
    expect(told).to_be_focused()
    expect(told.get_by_role("link", name="Open the claim")).to_have_attribute("href", f"/c/{first.uuid}/")
    told.get_by_role("button", name="Let it go").press("Enter")
    expect(told).to_have_count(0)
    expect(page.locator("#save-state")).to_have_text("Saved")
    visitor.complaints.clear()


def test_all_of_it_works_without_scripts(scriptless: Visitor, world: World) -> None:
    page, (first, second) = speakers_page(scriptless, world)
    card(page, first).get_by_role("button", name="Accept").click()
    expect(card(page, first)).to_contain_text("Accepted by Manager")
    card(page, second).locator("summary", has_text="Dispute").click()
    card(page, second).locator("textarea:visible").fill("The ferry says otherwise.")
    card(page, second).get_by_role("button", name="Dispute", exact=True).click()
    expect(card(page, second)).to_contain_text("The ferry says otherwise.")
    second.refresh_from_db()
    assert second.status == "disputed"


def test_from_a_speaker_to_the_very_sentence(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/speakers/{here.actor.uuid}/")
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(card(page, here.claim).locator(".around .neighbours").first).to_be_visible()
    page.keyboard.press("o")
    page.wait_for_url("**/articles/*/#s*")
    assert "We found a crack" in page.locator(":target").inner_text()


def test_a_pasted_article_is_looked_over_and_stored(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/import/")
    text = "Tram bell falls silent\n\nBy Jo Tarn\n\n“It rang for the last time,” said Ada Tarn in Velm.\n"
    text += (
        "\nFollow Jo Tarn on Twitter\n\nAll news from Velm each day at noon.\n\nIt is quiet now, she said.\n"
    )
    page.get_by_label("Text of the article").fill("https://courier.example/tram?a=1&b=2")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Addresses of articles")).to_have_value("https://courier.example/tram?a=1&b=2")
    expect(page.get_by_role("button", name="Fetch it")).to_be_focused()
    page.get_by_label("Text of the article").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Title")).to_have_value("Tram bell falls silent")
    page.get_by_label("Outlet").fill("Velm Evening News")
    expect(page.locator("#record-standing .citation")).to_contain_text("Velm Evening News")
    expect(page.locator("#record-standing")).to_contain_text("date of publication, or the day it was read")
    page.get_by_label("Published").fill("spring 2015")
    expect(page.locator("#published-in-words")).to_have_text("spring 2015")
    page.get_by_label("Published").fill("")
    fold = page.locator(".look-fold").last
    expect(fold.locator("summary")).to_have_text("1 line left out: boilerplate")
    left_out = page.get_by_role("checkbox", name="Follow Jo Tarn")
    expect(left_out).to_be_hidden()
    fold.locator("summary").press("Enter")
    left_out.press("Space")
    page.get_by_role("checkbox", name="All news from Velm").press("Space")
    page.get_by_role("button", name="Store the article").click()
    page.wait_for_selector("#room[data-ready]", state="attached")
    expect(page.locator("#room-text")).to_contain_text("It rang for the last time")
    expect(page.locator(".fold", has_text="All news from Velm")).to_have_count(1)
    expect(page.locator("#room-text > p", has_text="Follow Jo Tarn")).to_be_visible()


def test_files_are_dropped_on_the_page(visitor: Visitor, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/import/")
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["Bell news\\n\\nThe bell is silent, Ada Tarn said.\\n"], "bell.txt"));
          const drop = { dataTransfer: files, bubbles: true, cancelable: true };
          document.dispatchEvent(new DragEvent("drop", drop));
        }"""
    )
    expect(page.locator(".drop-list")).to_contain_text("bell.txt")
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("heading", name="bell.txt")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Waiting for its turn.")


def test_the_theme_is_kept_and_copying_says_so(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{visitor.address}/c/{here.claim.uuid}/")
    switch = page.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Copy quote").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "We found a crack"
    page.get_by_text("Ready to paste").click()
    for name, begins in (
        ("quote with citation", "“We found a crack” (said by Ilse Brandt"),
        ("footnote", "Said by Ilse Brandt"),
        ("markdown", "> We found a crack\n>\n> — said by Ilse Brandt"),
        ("wiki reference", "<ref>Said by Ilse Brandt"),
        ("bibtex", "@article{"),
    ):
        button = page.get_by_role("button", name=f"as {name}")
        button.click()
        expect(button).to_contain_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins), name


def test_pages_of_codes_and_of_merging_fit_a_narrow_screen(phone: Visitor, world: World) -> None:
    here, page = world.here, phone.page
    Code.objects.filter(pk=here.spare_topic.pk).update(
        name="Ferries, barges, rafts and whatever else floats " * 2, version=here.spare_topic.version + 1
    )
    for address in (
        f"codebook/{here.topic.uuid}/",
        f"codebook/{here.topic.uuid}/merge/",
        f"codebook/{here.topic.uuid}/merge/?into={here.spare_topic.uuid}",
        "codebook/import/",
        "speakers/alike/",
        f"speakers/{here.actor.uuid}/merge/?with={here.office.uuid}",
    ):
        page.goto(f"{phone.address}/p/here/{address}")
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], address


def test_the_record_form_fits_a_narrow_window_and_shows_what_was_refused(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{visitor.address}/p/here/articles/{here.article.uuid}/edit/")
    expect(page.get_by_role("button", name="then the next incomplete one")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("Published").fill("never")
    page.get_by_role("button", name="Save the record").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Published")).to_be_visible()
    expect(page.get_by_label("Published")).to_be_focused()


def test_a_long_select_is_typed_into_to_find_one(
    visitor: Visitor, scriptless: Visitor, world: World, here: Side
) -> None:
    outlets = [Publication(project=here.project, name=f"Outlet {n} Zürich") for n in range(14)]
    Publication.objects.bulk_create(outlets)
    url = "/p/here/speakers/"
    scriptless.page.goto(f"{scriptless.address}{url}")
    expect(scriptless.page.locator("select#outlet")).to_be_visible()
    page, keys = visitor.page, visitor.page.keyboard
    page.goto(f"{visitor.address}{url}")
    field = page.get_by_role("combobox", name="Outlet", exact=True)
    expect(field).to_have_value("Any outlet")
    expect(page.get_by_role("combobox", name="Order")).to_have_js_property("tagName", "SELECT")
    field.focus()
    every = page.locator("select#outlet option").all_text_contents()
    expect(page.locator(".proposals [role=option] > span:visible")).to_have_text(every)
    keys.type("nowhere")
    expect(page.get_by_text("No outlet like that")).to_be_visible()
    keys.press("Escape")
    keys.type("13 zurich")
    expect(page.locator(".proposals [role=option]:visible")).to_have_text(["Outlet 13 Zürich"])
    keys.press("Enter")
    page.wait_for_url(f"**outlet={outlets[13].uuid}*")
    expect(page.get_by_role("heading", name="Nobody like that")).to_be_visible()
    expect(field).to_have_value("Outlet 13 Zürich")
    field.fill("courier")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("link", name="Ilse Brandt", exact=True)).to_be_visible()
    expect(field).to_have_value("The Velm Courier")
    field.fill("Outlet")
    keys.press("Tab")
    expect(field).to_have_value("The Velm Courier")
    page.get_by_role("link", name="Clear").click()
    expect(field).to_have_value("Any outlet")
    for address, name in (("review", "speaker"), ("events", "participant")):
        page.goto(f"{visitor.address}/p/here/{address}/")
        expect(page.locator(f"select#{name}[data-find]")).to_be_visible()  # few are read at once


def test_what_the_timeline_says_of_a_year_covers_nothing(phone: Visitor, world: World) -> None:
    here, page = world.here, phone.page
    treaty = {"uuid": str(uuid4()), "label": "Treaty signed", "type": "agreement", "date": "1987"}
    annotate(world.manager, here.second_snapshot, "event", "Two ferries", new_event=treaty)
    told = {"event": treaty["uuid"], "factuality": "planned"}
    annotate(world.manager, here.snapshot, "event", "nine days", **told)
    page.goto(f"{phone.address}/p/here/events/?view=timeline")
    year = page.locator(".timeline-group", has_text="Treaty signed")
    name, ends = year.locator("h2").bounding_box(), year.locator(".timeline-ends").bounding_box()
    assert name and ends and name["y"] + name["height"] <= ends["y"] + 1
    happened, planned = (year.locator(f".pill-{one}").bounding_box() for one in ("happened", "planned"))
    assert happened and planned and happened["y"] == planned["y"], "in one line"


def test_a_printed_search_says_what_was_asked_and_has_nothing_to_tick(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/claims/?q=eighteen")
    page.emulate_media(media="print")
    expect(page.locator(".asked-bar").get_by_text("eighteen")).to_be_visible()
    expect(page.locator("[data-tick]").first).to_be_hidden()
    card, whole = (
        page.locator(f"#claim-{here.lone.uuid}").bounding_box(),
        page.locator("#main").bounding_box(),
    )
    assert card and whole and card["width"] > 0.95 * whole["width"]


def test_a_reprint_is_confirmed_by_keyboard_alone_on_a_telephone(phone: Visitor, world: World) -> None:
    project = world.here.project
    texts = [(AGENCY, "Nordpost"), (REPRINTS["half of it cut"], "Kai Radio")]
    original, reprint = (stored(world.manager, project, *text).article for text in texts)
    page = phone.page
    page.goto(f"{phone.address}/p/here/articles/reprints/")
    page.get_by_role("link", name="What differs").press("Enter")
    kept = page.locator(".difference-kept").first
    kept.locator("summary").press("Enter")
    expect(kept.locator("p")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="It is a reprint").press("Enter")
    expect(page.get_by_text("The two count as one source.")).to_be_visible()
    reprint.refresh_from_db()
    assert reprint.reprint_of == original
    page.get_by_role("button", name="Take back what was said").press("Enter")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert phone.complaints == []
