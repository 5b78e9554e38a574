"""The whole main job, once, by a newcomer: start, import, annotate, review by speaker, export, prove."""

import csv
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.reading import until_still
from tests.serving import ROOT, Serving, clean_environment

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORY = """Ferry to Lunn Island stopped after crack is found

By Tove Marsk

SKARVIK, 12 May 2025 — The ferry to Lunn Island 🚢 was taken out of service on Monday.

“We found a crack as long as my arm in the ramp,” said Aino Berg, the harbour master. She declined \
to say when the ferry would sail again.

Advertisement

A deckhand, who spoke on condition of anonymity because he feared for his job, said the crack had \
been reported in March.
"""

_PLACE = """(words) => {
  const s = [...document.querySelectorAll('.s')].find((e) => e.textContent.includes(words));
  s.scrollIntoView({ block: 'center', behavior: 'instant' });
  const start = s.firstChild.data.indexOf(words);
  const range = document.createRange();
  range.setStart(s.firstChild, start);
  range.setEnd(s.firstChild, start + words.length);
  const rects = [...range.getClientRects()].filter((r) => r.width > 0);
  const [a, b] = [rects[0], rects.at(-1)];
  return { x1: a.left + 1, y1: (a.top + a.bottom) / 2, x2: b.right - 1, y2: (b.top + b.bottom) / 2 };
}"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """`script/server` on a new data folder, exactly as the README says it, with the demo."""
    base = Path(tempfile.mkdtemp(prefix="sourceline-story-"))
    base.chmod(0o711)  # as root the database runs as another user, who has to pass
    monkeypatch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
    running = Serving("--data", str(base / "data"), command=[str(ROOT / "script" / "server")])
    running.data = base / "data"
    try:
        yield running
    finally:
        running.end(signal.SIGINT)
        running.log.close()
        shutil.rmtree(base)


@pytest.fixture
def page(chromium: Browser, server: Serving) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(server.link())
    yield page
    context.close()
    assert complaints == [], "script errors or policy violations"


def select(page: Page, words: str) -> None:
    at = page.evaluate(until_still(_PLACE), words)
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move((at["x1"] + at["x2"]) / 2, at["y2"])
    page.mouse.move(at["x2"], at["y2"])
    page.mouse.up()
    expect(page.locator(".tools")).to_be_visible()


def saved(page: Page, kind: str) -> None:
    """The step can be undone, which it cannot before it was begun, and the server has it."""
    expect(page.get_by_role("button", name=f"Undo: {kind} saved")).to_have_count(1)
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved")


def import_the_story(page: Page) -> None:
    page.get_by_role("link", name="The Sulen flood").first.click()
    page.get_by_role("link", name="Add articles").first.click()
    page.get_by_label("Text of the article").fill(STORY)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Title")).to_have_value("Ferry to Lunn Island stopped after crack is found")
    expect(page.get_by_label("Authors")).to_have_value("Tove Marsk")
    page.get_by_label("Outlet (optional)", exact=True).fill("Skarvik Tidings")
    page.get_by_role("button", name="Store the article").click()
    page.wait_for_selector("#room[data-ready]", state="attached")


def annotate(page: Page) -> None:
    select(page, "Aino Berg")
    page.keyboard.press("a")
    expect(page.locator("#actor-name")).to_have_value("Aino Berg")
    page.keyboard.press("Enter")
    saved(page, "Actor")

    select(page, "We found a crack as long as my arm in the ramp")
    page.keyboard.press("c")
    expect(page.locator("#claim-speaker")).to_be_focused()
    page.keyboard.press("1")  # the nearest mention
    page.keyboard.press("Enter")
    saved(page, "Claim")

    select(page, "was taken out of service on Monday")
    page.keyboard.press("e")
    page.locator("#event-label").fill("Ferry to Lunn Island stopped")
    page.locator("#event-date").fill("2025-05-12")
    page.keyboard.press("Enter")
    saved(page, "Event")

    page.reload()
    page.wait_for_selector("#room[data-ready]", state="attached")
    claim = page.locator("#room-list").get_by_text("We found a crack as long as my arm")
    expect(claim).to_be_visible()
    expect(page.locator("#room-list")).to_contain_text("Aino Berg")


def review(page: Page) -> str:
    """Accept the claim from the keyboard on its speaker's page; returns the page's address."""
    page.get_by_role("link", name="Speakers").first.click()
    page.get_by_role("link", name="Aino Berg").click()
    card = page.locator("[data-claim]")
    expect(card).to_have_count(1)
    sentence = "“We found a crack as long as my arm in the ramp,” said Aino Berg, the harbour master."
    expect(card).to_contain_text(sentence)
    expect(card.locator("mark").first).to_have_text("We found a crack as long as my arm in the ramp")
    expect(card).to_contain_text("Skarvik Tidings")
    page.wait_for_load_state()  # the keys are listened to
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card).to_contain_text("Accepted by")
    at = card.locator("a.at").get_attribute("href")
    assert at is not None and re.search(r"/articles/[0-9a-f-]{36}/#s\d+$", at)
    return at


def export(page: Page, folder: Path) -> Path:
    page.get_by_role("link", name="Releases").first.click()
    page.get_by_label("Title").fill("Ferries and floods")
    page.get_by_role("button", name="Make it").click()
    link = page.get_by_role("link", name="Download the dataset")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    target = folder / "release.zip"
    download.value.save_as(target)
    return target


def manage(server: Serving, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments, "--data", str(server.data)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def prove(folder: Path) -> subprocess.CompletedProcess[str]:
    script = next(folder.rglob("verify.py"))
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script)],
        cwd=script.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_newcomer_does_the_whole_job(server: Serving, page: Page, tmp_path: Path) -> None:
    import_the_story(page)
    annotate(page)
    sentence = review(page)

    page.goto(f"http://127.0.0.1:{server.port}{sentence}")
    page.wait_for_selector("#room[data-ready]", state="attached")
    number = sentence.rpartition("#s")[2]
    expect(page.locator(f"#s{number}")).to_be_in_viewport()
    expect(page.locator(f"#s{number}")).to_contain_text("We found a crack")

    release = export(page, tmp_path)
    verdict = manage(server, "verify_dataset", str(release), "--against-database")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr

    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(release) as archive:
        archive.extractall(unpacked)
    claims = next(unpacked.rglob("claims.csv"))
    with claims.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["speaker"] == "Aino Berg"]
    assert [row["quote"] for row in rows] == ["We found a crack as long as my arm in the ramp"]
    assert rows[0]["outlet_seen"] == "Skarvik Tidings"
    assert rows[0]["review_status"] == "accepted"
    proved = prove(unpacked)
    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert re.search(r"\b61\b", proved.stdout), proved.stdout  # the demo's 60 accepted claims and this one

    claims.write_text(claims.read_text(encoding="utf-8").replace("long as my arm", "wide as my arm"), "utf-8")
    refused = prove(unpacked)
    assert refused.returncode != 0
    assert rows[0]["claim_id"] in refused.stdout
