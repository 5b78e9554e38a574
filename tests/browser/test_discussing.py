"""Saying something on a claim's page by keyboard alone, with a member called, and without a network."""

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from annotator.models import Comment
from sources.models import Project, acting
from tests.factories import Side, World, said

from .conftest import Visitor
from .reading import held_back

pytestmark = pytest.mark.browser


def test_something_is_said_whatever_the_network_does(visitor: Visitor, world: World, here: Side) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    page.goto(f"{visitor.address}/c/{here.lone.uuid}/")
    new = page.locator("#say-new")
    new.focus()
    keys.type("Who counted them, @re")
    proposed = page.locator(".proposals [role=option]")
    expect(proposed).to_have_count(1)
    expect(proposed).to_have_attribute("aria-selected", "true")
    expect(new).to_have_attribute("aria-activedescendant", proposed.get_attribute("id"))
    keys.press("Escape")
    expect(proposed).to_have_count(0)
    keys.type("v")
    expect(proposed).to_have_text("Reviewer @reviewer")
    keys.press("Enter")
    expect(new).to_have_value("Who counted them, @reviewer ")
    keys.type("or the police? l d a x")  # letters that are keys of the page
    page.reload()
    expect(new).to_have_value("Who counted them, @reviewer or the police? l d a x")

    page.context.set_offline(True)
    new.focus()
    keys.press("Control+Enter")
    waiting = page.locator(".said-unsent")
    expect(waiting).to_contain_text("Who counted them, @reviewer or the police?")
    expect(waiting).to_contain_text("Waiting")
    expect(new).to_have_value("")
    assert not Comment.objects.filter(discussion__claim=here.lone).exists()
    page.context.set_offline(False)
    thread = page.locator(".thread")
    expect(thread.locator(".called")).to_have_text("@Reviewer")
    expect(waiting).to_have_count(0)
    (comment,) = Comment.objects.filter(discussion__claim=here.lone)
    assert [mention.user for mention in comment.mentions.all()] == [world.reviewer]

    answer = thread.get_by_label("Answer")
    answer.fill("Right \u202eto left")
    thread.get_by_role("button", name="Answer").click()
    expect(waiting.get_by_role("alert")).to_contain_text("contains characters that reorder text")
    waiting.get_by_role("button", name="Change it").click()
    expect(answer).to_be_focused()
    expect(answer).to_have_value("Right \u202eto left")
    answer.fill("Right to left")
    said(world.reviewer, here.lone, "The police", discussion=comment.discussion.uuid)
    keys.press("Control+Enter")
    expect(thread.locator(".comments > li")).to_have_count(3)
    expect(thread.locator(".comments > li").last).to_contain_text("Right to left")
    late = held_back(page, lambda url: "/discussions/about/" in url)
    answer.fill("One more")
    keys.press("Control+Enter")
    expect(waiting).to_have_count(0)
    first = answer.element_handle()
    answer.fill("And while it is shown")
    late[0].continue_()
    page.wait_for_load_state("networkidle")
    assert first.evaluate("field => field.isConnected && field === document.activeElement")
    expect(answer).to_have_value("And while it is shown")
    answer.fill("")
    thread.get_by_role("button", name="Resolve").click()
    expect(page.locator(".thread-resolved summary")).to_contain_text("Resolved by Manager")


def test_the_number_on_a_card_follows_what_is_said_and_resolved_in_another_tab(
    visitor: Visitor, world: World, here: Side
) -> None:
    said(world.reviewer, here.lone, "Who counted them?")
    page, desk = visitor.page, visitor.page.context.new_page()
    desk.goto(f"{visitor.address}/p/here/claims/")
    counted = desk.locator(f"#claim-{here.lone.uuid} .discussed")
    expect(counted).to_have_text("1 discussion, 1 open")
    page.goto(f"{visitor.address}/c/{here.lone.uuid}/")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(".thread-resolved summary")).to_contain_text("Resolved by Manager")
    expect(counted).to_have_text("1 discussion")
    page.locator("#say-new").fill("Another matter")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".thread:not(.thread-resolved)")).to_contain_text("Another matter")
    expect(counted).to_have_text("2 discussions, 1 open")


def test_the_number_in_a_row_stands_below_the_name(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.page
    for thing, rows in ((here.article, "articles"), (here.event, "events"), (here.actor, "speakers")):
        said(world.reviewer, thing, "Which one?")
        page.goto(f"{visitor.address}/p/here/{rows}/")
        number = page.locator(f"tbody th .discussed[data-discussed$='{thing.uuid}']")
        expect(number).to_have_text("1 discussion, 1 open")
        name = number.locator("xpath=../a[1]")
        above, below = name.bounding_box(), number.bounding_box()
        assert above and below and below["y"] >= above["y"] + above["height"] - 1, rows
        assert number.evaluate("one => getComputedStyle(one).fontWeight") == "400"


def test_a_comment_that_came_too_late_can_be_let_go(visitor: Visitor, world: World, here: Side) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    page.goto(f"{visitor.address}/c/{here.lone.uuid}/")
    page.locator("#say-new").fill("Too late")
    with acting(world.manager):
        Project.objects.filter(pk=here.project.pk).update(archived_at=Now())
    keys.press("Control+Enter")
    refused = page.locator(".said-unsent").get_by_role("alert")
    expect(refused).to_contain_text("archived")
    page.reload()
    expect(refused).to_contain_text("archived")
    told = page.locator("#unsaid").get_by_role("alert")
    expect(told).to_have_count(0)
    elsewhere = (
        "/",
        "/p/here/claims/",
        "/p/here/review/",
        "/p/here/speakers/",
        f"/p/here/articles/{here.article.uuid}/",
    )
    for address in elsewhere:
        page.goto(f"{visitor.address}{address}")
        expect(told).to_contain_text("Your comment on a claim is not saved")
        expect(told).to_contain_text("archived")
        expect(told.locator("q")).to_have_text("Too late")
    other = page.context.new_page()
    other.goto(f"{visitor.address}/")
    also = other.locator("#unsaid").get_by_role("alert")
    expect(also).to_contain_text("Too late")
    told.get_by_role("link", name="Go to where you said it").click()
    expect(refused).to_contain_text("archived")
    expect(told).to_have_count(0)
    expect(page.get_by_role("button", name="Change it")).to_have_count(0)
    page.get_by_role("button", name="Let it go").click()
    expect(page.locator(".said-unsent")).to_have_count(0)
    expect(also).to_have_count(0)
