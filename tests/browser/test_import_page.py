"""Files chosen for import: what is too much is said before anything is sent."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from annotator.exchange.publish import Wanted, publish
from annotator.intents.release import STATUSES, Scope
from tests.annotator.jobs.test_stalled import run_worker
from tests.factories import Side

from .conftest import Visitor

pytestmark = pytest.mark.browser


def chosen(folder: Path, number: int, size: int) -> list[Path]:
    files = [folder / f"{n}-{size}.txt" for n in range(number)]
    for file in files:
        with file.open("wb") as opened:
            opened.truncate(size)
    return files


def test_too_much_is_said_before_it_is_sent(visitor: Visitor, here: Side, tmp_path: Path) -> None:
    page = visitor.page
    address = f"{visitor.address}/p/here/articles/import/"
    page.goto(address)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    field, notice = page.locator("#files"), page.locator("[data-drop] [role=alert]")

    field.set_input_files(chosen(tmp_path, 101, 10))
    expect(notice).to_have_text("These are 101 files; at most 100 go at once.")
    page.get_by_role("button", name="Add the files").click()
    field.set_input_files(chosen(tmp_path, 14, 15_300_000))
    expect(notice).to_have_text("These are 204.3 MB; at most 200.0 MB go at once.")
    page.get_by_role("button", name="Add the files").click()
    assert page.url == address and "POST" not in sent

    field.set_input_files(chosen(tmp_path, 1, 2 * 1024 * 1024 + 1) + chosen(tmp_path, 1, 10))
    expect(notice).to_be_hidden()
    expect(page.locator(".drop-list small").first).to_have_text("2.0 MB, too large: at most 2.0 MB")


def test_a_dataset_is_dropped_and_checked(
    visitor: Visitor, here: Side, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    made = tmp_path / "here.zip"
    publish(here.project, Wanted(scope=Scope(statuses=STATUSES)), made)
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/releases/")
    page.get_by_role("link", name="Check a dataset").click()
    drop = """async ([place, bytes]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "here.zip", { type: "application/zip" }));
        const event = { bubbles: true, cancelable: true, dataTransfer: transfer };
        document.querySelector(place).dispatchEvent(new DragEvent("drop", event));
    }"""
    page.evaluate(drop, ["[data-drop]", list(made.read_bytes())])
    expect(page.locator(".drop-list")).to_contain_text("here.zip")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All of it holds")
    page.get_by_role("link", name="Check another").click()
    made.write_bytes(made.read_bytes()[:-40])
    page.locator("#dataset").set_input_files(made)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not a whole dataset")
    expect(page.get_by_role("table")).to_contain_text("the file is no ZIP")


def test_files_are_taken_in_while_the_page_waits(
    visitor: Visitor, here: Side, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/import/")
    texts = {"ferry.txt": "Ferry stays\n\nIt stayed in port on Monday.\n", "empty.txt": ""}
    page.locator("#files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in texts.items()]
    )
    page.get_by_role("button", name="Add the files").click()
    expect(page.locator("#stage")).to_have_text("Waiting for its turn")
    run_worker()
    expect(page.locator(".intake-end")).to_contain_text("1 of 2 taken in. 1 new, 1 refused.")
    expect(page.locator("#said")).to_have_text("1 of 2 taken in. 1 new, 1 refused.")
    page.locator("#only-refused").click()
    expect(page.get_by_role("table")).to_contain_text("The file is empty")
    expect(page.get_by_role("link", name="Ferry stays")).to_have_count(0)
