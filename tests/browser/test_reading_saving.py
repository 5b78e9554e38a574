"""Nothing is lost: without a network, over a reload, against somebody else's change."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from annotator.actions import annotations, claims
from annotator.models import Annotation, Claim
from sources.actions import remove_member, set_member
from tests.factories import Side, World, annotate, words

from .conftest import Visitor, visit
from .reading import ON_DISK, cards, click, cursor_at, drag, painted, saved, stored, until, where
from .test_reading_room import SELECT

pytestmark = pytest.mark.browser
ANNOTATIONS = re.compile(r"/api/v1/projects/.*/annotations/")
STATE = "#room-state"


def make_claim(page: Page, side: Side, quote: str) -> None:
    drag(page, side, quote)
    page.keyboard.press("c")
    page.keyboard.press("Enter")


def cut_off(page: Page) -> None:
    page.route(ANNOTATIONS, lambda route: route.abort())


def test_offline_work_is_shown_kept_and_sent_later(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    visitor.context.set_offline(True)
    for quote in ("Eighteen lorries", "anyone was warned", "a crack"):
        make_claim(page, here, quote)
    expect(page.locator(STATE)).to_have_text("Offline, 3 waiting")
    assert "anyone was warned" in painted(page, "claim")
    assert not Annotation.objects.filter(quotes=["a crack"]).exists()
    visitor.context.set_offline(False)
    saved(page)
    for quote in ("Eighteen lorries", "anyone was warned", "a crack"):
        assert stored(here, quote).version == 1


def test_the_outbox_outlives_the_page(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cut_off(page)
    make_claim(page, here, "Eighteen lorries")
    drag(page, here, "spring")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(STATE)).not_to_have_attribute("data-state", "saved")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    visitor.ready()
    assert "Eighteen lorries" in painted(page, "claim-inner"), "what waits is shown after a reload"
    assert "spring" in painted(page, "actor")
    page.unroute(ANNOTATIONS)
    saved(page)
    assert stored(here, "Eighteen lorries").claim.voice == "unknown"
    assert stored(here, "spring", kind="actor").mention.actor.name == "spring"


def test_what_only_the_disk_has_is_sent_too(visitor: Visitor, here: Side) -> None:
    """A browser that is killed has not written the last seconds of its ordinary store yet."""
    page = visitor.open(here)
    cut_off(page)
    make_claim(page, here, "Eighteen lorries")
    make_claim(page, here, "a crack")
    expect(page.locator(STATE)).not_to_have_attribute("data-state", "saved")
    page.wait_for_function(ON_DISK, arg=2)
    page.evaluate("localStorage.clear()")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    visitor.ready()
    expect(page.locator("#room-list .mini-words", has_text="Eighteen lorries").last).to_be_attached()
    page.unroute(ANNOTATIONS)
    saved(page)
    assert stored(here, "Eighteen lorries").version == stored(here, "a crack").version == 1
    page.reload()
    visitor.ready()
    page.wait_for_timeout(500)
    saved(page)
    assert Claim.objects.filter(annotation__snapshot=here.snapshot).count() == 4


def test_a_lost_answer_stores_once(visitor: Visitor, here: Side) -> None:
    """The server saves, the answer is lost, the page sends again."""
    page = visitor.open(here)
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route(ANNOTATIONS, lose_first)
    before = Claim.objects.count()
    make_claim(page, here, "Eighteen lorries")
    expect(page.locator(STATE)).to_have_attribute("data-state", "waiting")
    saved(page)
    assert lost and Claim.objects.count() == before + 1
    assert stored(here, "Eighteen lorries").version == 1


def test_a_torn_entry_in_the_browsers_store_stops_nothing(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    key = f"sourceline-outbox:{Annotation.objects.first().author.uuid}:{here.snapshot.uuid}:1"
    page.evaluate("(key) => localStorage.setItem(key, '{\"uuid\": ')", key)
    page.reload()
    visitor.ready()
    make_claim(page, here, "Eighteen lorries")
    saved(page)
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sourceline-outbox'))") == []
    )


def test_over_plain_http_identifiers_are_made_all_the_same(visitor: Visitor, here: Side) -> None:
    visitor.context.add_init_script("delete Crypto.prototype.randomUUID")
    page = visitor.open(here)
    assert page.evaluate("crypto.randomUUID === undefined")
    make_claim(page, here, "Eighteen lorries")
    saved(page)
    assert stored(here, "Eighteen lorries").uuid.version == 4


def test_a_server_in_trouble_is_asked_again(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    answers = [503, 500, 502]
    page.route(
        ANNOTATIONS,
        lambda route: route.fulfill(status=answers.pop()) if answers else route.continue_(),
    )
    make_claim(page, here, "Eighteen lorries")
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved")
    assert answers == []
    assert stored(here, "Eighteen lorries").version == 1


def change_behind_the_back(world: World, side: Side, paraphrase: str) -> None:
    client = Client()
    client.force_login(world.reviewer)
    lone = Annotation.objects.get(pk=side.lone.pk)
    claim = {"type": "fact", "quotation_type": "indirect", "voice": "own", "paraphrase": paraphrase}
    answer = client.put(
        f"/api/v1/projects/here/annotations/{lone.uuid}/",
        {
            "snapshot": str(side.snapshot.uuid),
            "kind": "claim",
            **words(side.snapshot, "Eighteen lorries turned back"),
            "claim": claim,
        },
        content_type="application/json",
        headers={"If-Match": f'"{lone.version}"'},
    )
    assert answer.status_code == 200


def conflict(visitor: Visitor, world: World, side: Side) -> Page:
    page = visitor.open(side)
    change_behind_the_back(world, side, "Theirs.")
    click(page, side, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.troubles")).to_contain_text("Theirs.")
    expect(page.locator("dialog.troubles")).to_contain_text("Mine.")
    return page


def test_a_conflict_is_shown_and_mine_may_stay(visitor: Visitor, world: World, here: Side) -> None:
    page = conflict(visitor, world, here)
    page.keyboard.press("Enter")  # of a double press: it decides nothing
    versions = page.get_by_role("dialog", name="Not saved yet").locator(".version")
    expect(versions.locator("[data-differs]")).to_have_text(
        [
            *("Said by (differs)Unknown", "Paraphrase (differs)Mine."),
            *("Said by (differs)The article’s own voice", "Paraphrase (differs)Theirs."),
        ]
    )
    expect(versions.first.locator("dt")).to_contain_text(["Words", "Said by", "Type", "Quotation"])
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Mine."


def test_a_conflict_is_shown_and_theirs_may_stay(visitor: Visitor, world: World, here: Side) -> None:
    page = conflict(visitor, world, here)
    page.get_by_role("button", name="Take the stored one").click()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Theirs."
    click(page, here, "Eighteen")
    expect(page.locator("[data-current=true] .paraphrase")).to_have_text("Theirs.")


def withdrawn_meanwhile(visitor: Visitor, world: World, side: Side) -> Page:
    """Mine is being written while somebody else withdraws the claim, unseen until it is saved."""
    visitor.page.route("**/changes/", lambda route: route.abort())
    page = visitor.open(side)
    click(page, side, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    claims.withdraw(by=world.reviewer, claim=side.lone)
    page.keyboard.press("Enter")
    expect(page.locator("dialog.troubles")).to_contain_text("It was deleted elsewhere")
    return page


def test_mine_may_stay_where_another_withdrew_the_claim(visitor: Visitor, world: World, here: Side) -> None:
    page = withdrawn_meanwhile(visitor, world, here)
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    here.lone.refresh_from_db()
    assert (here.lone.withdrawn_at, here.lone.paraphrase) == (None, "Mine.")
    page.keyboard.press("z")
    saved(page)
    here.lone.refresh_from_db()
    assert (here.lone.withdrawn_at, here.lone.paraphrase) == (None, "")
    assert "Eighteen lorries turned back" in painted(page, "claim")


def test_a_withdrawn_claim_may_stay_withdrawn(visitor: Visitor, world: World, here: Side) -> None:
    page = withdrawn_meanwhile(visitor, world, here)
    page.get_by_role("button", name="Leave it deleted").click()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is not None and here.lone.paraphrase == ""
    assert "Eighteen lorries turned back" not in painted(page, "claim")
    page.keyboard.press("z")
    expect(page.locator("#room-live")).to_have_text("Nothing to undo")


@pytest.mark.parametrize(("choice", "standing"), [("Keep mine", 1), ("Leave it deleted", 0)])
def test_a_deleted_mention_is_a_conflict_too(
    visitor: Visitor, world: World, here: Side, choice: str, standing: int
) -> None:
    one = annotate(world.manager, here.snapshot, "actor", "lorries", actor=str(here.office.uuid))
    visitor.page.route("**/changes/", lambda route: route.abort())
    page = visitor.open(here)
    click(page, here, "lorries")
    annotations.remove(by=world.reviewer, project=here.project, uuid=one.uuid, version=1)
    start, end = where(here, "Eighteen lorries")
    page.evaluate(SELECT, [start, end])
    page.keyboard.press("x")
    expect(page.locator("dialog.troubles")).to_contain_text("It was deleted elsewhere")
    page.get_by_role("button", name=choice).click()
    saved(page)
    left = Annotation.objects.filter(snapshot=here.snapshot, kind="actor", quotes=["Eighteen lorries"])
    assert left.count() == standing
    assert ("Eighteen lorries" in painted(page, "actor")) == bool(standing)


def test_leaving_with_unsaved_work_warns(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    cursor_at(page, here, "turned")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sentence")
    page.evaluate("setTimeout(() => location.assign('/'))")
    until(page, lambda: asked == ["beforeunload"])
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sentence")
    cut_off(page)
    page.keyboard.press("Enter")
    expect(page.locator(STATE)).not_to_have_attribute("data-state", "saved")
    page.evaluate("setTimeout(() => location.assign('/'))")
    until(page, lambda: asked == ["beforeunload"] * 2)
    page.unroute(ANNOTATIONS)
    page.locator(STATE).click()
    saved(page)
    page.evaluate("setTimeout(() => location.assign('/'))")
    page.wait_for_url("**/")
    assert asked == ["beforeunload"] * 2


def test_a_refusal_names_its_reason_and_can_be_given_up(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned")
    page.keyboard.press("e")
    page.locator("#event-date").fill("some day in spring")
    refused: list[Route] = []

    def hold(route: Route) -> None:
        refused.append(route)

    page.route(ANNOTATIONS, hold)
    page.keyboard.press("Enter")
    cursor_at(page, here, "Eighteen")
    page.keyboard.press("c")  # the refusal comes while something else is being written
    page.locator("#claim-paraphrase").fill("Half a sentence")
    refused[0].continue_()
    dialog = page.locator("dialog.troubles")
    expect(dialog).to_contain_text("“some day in spring” cannot be read as a date.")
    assert dialog.inner_text().count("cannot be read") == 1
    assert "new_event" not in dialog.inner_text()
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sentence")
    page.unroute(ANNOTATIONS)
    page.get_by_role("button", name="Give it up").click()
    saved(page)
    assert "turned" not in painted(page, "event")
    assert not Annotation.objects.filter(quotes=["turned"]).exists()


def test_a_signed_out_person_loses_nothing(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cookies = visitor.context.cookies()
    visitor.context.clear_cookies()
    make_claim(page, here, "Eighteen lorries")
    expect(page.locator(STATE)).to_contain_text("Signed out, 1 waiting")
    visitor.context.add_cookies(cookies)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    visitor.ready()
    saved(page)
    assert stored(here, "Eighteen lorries").author_id is not None


def test_many_steps_are_undone_and_redone(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    quotes = ["Eighteen", "lorries", "turned", "back", "crack", "known"]
    for quote in quotes:
        cursor_at(page, here, quote)
        page.keyboard.press("c")
        page.keyboard.press("Enter")
    before = painted(page, "claim") + painted(page, "claim-inner")
    for _ in quotes:
        page.keyboard.press("z")
    saved(page)
    standing = Claim.objects.filter(annotation__snapshot=here.snapshot, withdrawn_at=None)
    assert standing.count() == 2
    for _ in quotes:
        page.keyboard.press("Shift+Z")
    saved(page)
    assert standing.count() == 2 + len(quotes)
    assert sorted(painted(page, "claim") + painted(page, "claim-inner")) == sorted(before)


def test_a_viewer_reads_and_changes_nothing(chromium: Browser, address: str, world: World) -> None:
    here = world.here
    here.project.is_public = True
    here.project.save(update_fields=["is_public"])
    for visitor in visit(chromium, address, world.stranger):
        page = visitor.open(here)
        assert "We found a crack" in cards(page)
        cursor_at(page, here, "Eighteen")
        page.keyboard.press("c")
        expect(page.locator("#room-live")).to_have_text("You may read here, not annotate.")
        assert page.locator(".sheet-form").count() == 0


def test_who_was_removed_is_told_so_once_and_gets_out(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    set_member(by=world.manager, project=here.project, user=world.reviewer, role="manager")
    remove_member(by=world.reviewer, project=here.project, user=world.manager)
    make_claim(page, here, "Eighteen lorries")
    expect(page.locator(STATE)).to_contain_text("You are no longer in this project, or it is gone")
    make_claim(page, here, "a crack")
    expect(page.locator(STATE)).to_contain_text("2 changes not saved")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate("setTimeout(() => location.assign('/'))")
    page.wait_for_url("**/")
    assert asked == []
