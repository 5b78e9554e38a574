"""Files chosen for import: what is too much is said before anything is sent."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

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
    field.set_input_files(chosen(tmp_path, 14, 1_900_000))
    expect(notice).to_have_text("These are 25.4 MB; at most 24.0 MB go at once.")
    page.get_by_role("button", name="Add the files").click()
    assert page.url == address and "POST" not in sent

    field.set_input_files(chosen(tmp_path, 1, 2 * 1024 * 1024 + 1) + chosen(tmp_path, 1, 10))
    expect(notice).to_be_hidden()
    expect(page.locator(".drop-list small").first).to_have_text("2.0 MB, too large: at most 2.0 MB")
