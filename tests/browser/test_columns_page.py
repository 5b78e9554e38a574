"""What somebody chooses and types while an answer is under way stays, and is what is asked about last."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from sources.models import ColumnMapping, Intake
from tests.factories import Side

from .conftest import Visitor

pytestmark = pytest.mark.browser
TABLE = """Headline,Body,Penned,Day,Mood
Gate shut,The gate at the weir was shut.,Ada Lund,03/04/2025,calm
Gate open,The gate at the weir was opened.,Bo Ek,05/04/2025,calm
"""


def asked(visitor: Visitor, table: bytes, name: str) -> Page:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/import/")
    page.locator("#files").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": table}])
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns mean?")
    return page


def held_back(page: Page) -> tuple[list[Route], list[Request]]:
    """What is asked of the form from now on, answered where the test says so, but for a page that is led to;
    and what was given up."""
    waiting: list[Route] = []
    given_up: list[Request] = []

    def hold(route: Route) -> None:
        waiting.append(route)
        if route.request.is_navigation_request():
            route.continue_()

    def note(request: Request) -> None:
        given_up.append(request)

    page.route("**/columns/", hold)
    page.on("requestfailed", note)
    return waiting, given_up


def until(page: Page, happened: Any) -> None:
    """Lets the browser's news come in until it is so."""
    for _ in range(3000):
        if happened():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it never came to that")


def sent(route: Route) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(route.request.post_data or "").items()}


@pytest.mark.lengthy
def test_what_is_chosen_and_typed_while_an_answer_is_under_way_stays(
    visitor: Visitor, here: Side, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    page = asked(visitor, TABLE.encode(), "weir.csv")
    waiting, given_up = held_back(page)
    authors, order = page.get_by_label("Authors", exact=True), page.get_by_label("Dates such as 03/04/2025")
    outlet = page.locator("#id_row_outlet")

    authors.select_option("Penned")
    until(page, lambda: len(waiting) == 1)
    order.select_option("day")
    until(page, lambda: len(waiting) == 2 and len(given_up) == 1)
    assert given_up == [waiting[0].request], "the newest takes the place of the older"
    assert (sent(waiting[1])["column-authors"], sent(waiting[1])["order"]) == ("Penned", "day")
    outlet.press_sequentially("The Lund")
    waiting[1].continue_()
    preview = page.locator("#columns-preview")
    expect(preview).to_contain_text("Ada Lund")
    expect(preview).to_contain_text("None of the first 2 rows will be refused")
    expect(page.locator("#columns-dates")).to_be_empty()
    expect(page.locator("#id_column-authors_told")).to_have_text("Ada Lund")
    outlet.press_sequentially(" Times")  # the field is the same one, and still has the focus
    expect(outlet).to_have_value("The Lund Times")
    expect(authors).to_have_value("Penned")
    expect(order).to_have_value("day")

    outlet.press("Tab")
    until(page, lambda: len(waiting) == 3)
    assert sent(waiting[2])["row_outlet"] == "The Lund Times"
    language = page.locator("#id_row_language")
    language.fill("Swedish, mostly")
    language.press("Tab")
    until(page, lambda: len(waiting) == 4)
    waiting[3].continue_()
    expect(page.locator("#id_row_language_told")).to_contain_text("is not a language tag")
    expect(language).to_have_attribute("aria-invalid", "true")
    language.fill("sv")
    language.press("Tab")
    until(page, lambda: len(waiting) == 5)

    page.get_by_role("button", name="Start").click()  # what is under way is not waited for
    expect(page.locator("#stage")).to_have_text("Waiting for its turn")
    told = sent(waiting[5])
    assert (told["step"], told["column-authors"], told["order"]) == ("start", "Penned", "day")
    meaning = ColumnMapping.objects.get(project=here.project, names__contains=["Penned"]).meaning
    assert meaning["fields"]["authors"] == "Penned"
    assert (meaning["order"], meaning["outlet"], meaning["language"]) == ("day", "The Lund Times", "sv")


@pytest.mark.lengthy
def test_what_is_chosen_before_the_scripts_are_there_is_asked_about(
    visitor: Visitor, here: Side, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    page = asked(visitor, TABLE.encode(), "weir.csv")
    scripts: list[Route] = []
    held = True

    def late(route: Route) -> None:
        if held:
            scripts.append(route)
        else:
            route.continue_()

    page.route("**/*.js", late)
    page.reload(wait_until="commit")
    until(page, lambda: len(scripts) > 1)
    page.get_by_label("Authors", exact=True).select_option("Penned")
    page.get_by_label("Dates such as 03/04/2025").select_option("day")
    held = False
    for script in scripts:
        script.continue_()
    expect(page.locator("#columns-preview")).to_contain_text("Ada Lund")


@pytest.mark.lengthy
def test_other_letters_bring_other_columns_and_lose_nothing(
    visitor: Visitor, here: Side, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    raw = "Název;Text;Podpis\nŘeka;Voda v řece stoupla, řekl úřad.;Jan Novák\n".encode("cp1250")
    page = asked(visitor, raw, "reka.csv")
    page.get_by_label("Authors", exact=True).select_option("Podpis")
    expect(page.locator("#columns-preview")).to_contain_text("Jan Nov")
    waiting, given_up = held_back(page)
    page.get_by_label("Read as").select_option("cp1250")
    until(page, lambda: len(waiting) == 1)
    page.get_by_label("The text is").select_option("plain")
    until(page, lambda: len(waiting) == 2 and len(given_up) == 1)
    outlet = page.locator("#id_row_outlet")
    outlet.press_sequentially("Den")
    waiting[1].continue_()
    expect(page.locator("#columns-preview")).to_contain_text("Voda v řece stoupla")
    expect(page.get_by_label("Title", exact=True).locator("option", has_text="Název")).to_have_count(1)
    expect(page.get_by_label("Authors", exact=True)).to_have_value("Podpis")
    expect(page.get_by_label("The text is")).to_have_value("plain")
    expect(outlet).to_have_value("Den")
    assert Intake.objects.get(project=here.project, name="reka.csv").state == "asking"
