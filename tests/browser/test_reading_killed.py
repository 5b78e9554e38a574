"""Processes killed outright in the middle of saving: web, database, the whole server, the browser."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from annotator import embedded_postgres
from annotator.serving import CannotServe, claim_port
from tests.data_folders import serve_before
from tests.serving import ROOT, Serving, kill_children, manage

from .conftest import CHROMIUM
from .reading import ON_DISK, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLAIMS = 100
PATIENCE = 120_000  # milliseconds, for a hundred saves on a busy machine
STATE = "#room-state"
SERVE = [sys.executable, str(ROOT / "manage.py"), "serve"]


class Site:
    """`manage.py serve` with the demo on a data folder of its own, killed and started again on one port."""

    def __init__(self, base: Path) -> None:
        self.base, self.data = base, base / "data"
        serve_before(self.data)
        self.running = Serving("--data", str(self.data), command=SERVE)
        self.link = self.running.link()

    def new_link(self) -> str:
        return manage("sign_in_link", "--data", str(self.data)).stdout.strip()

    def kill_database(self) -> None:
        """kill -9 of PostgreSQL's first process; what supervises it starts another."""
        for process in _processes_with(str(self.base), "-D"):
            os.kill(process, signal.SIGKILL)
            return
        raise AssertionError("no PostgreSQL of this folder is running")

    def kill(self) -> None:
        """kill -9 of the command; returns when its children, which go with it, have let go of the port."""
        self.running.end(signal.SIGKILL)
        end = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                return claim_port("127.0.0.1", self.running.port)
            except CannotServe:
                assert time.monotonic() < end, self.running.said()
                time.sleep(0.05)

    def start_again(self) -> None:
        port = self.running.port
        self.running.log.close()
        self.running = Serving("--data", str(self.data), "--port", str(port), command=SERVE)
        self.running.port = port
        self.link = self.running.link()

    def versions(self) -> dict[str, int]:
        """UUID → version of every claim, as the database has them."""
        server = embedded_postgres.ensure_running(self.data)
        try:
            with closing(psycopg.connect(server.url("sourceline_owner"))) as connection:
                found = connection.execute(
                    "SELECT a.uuid::text, a.version FROM annotator_annotation a WHERE a.kind = 'claim'"
                ).fetchall()
        finally:
            server.leave()
        assert len(found) == len(dict(found))
        return dict(found)

    def end(self) -> None:
        self.running.end()
        self.running.log.close()


def _processes_with(*parts: str) -> Iterator[int]:
    """Processes whose command line holds each of the parts, those that were started first first."""
    for process in sorted(int(one.name) for one in Path("/proc").glob("[0-9]*")):
        try:
            words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
        except OSError:
            continue
        if all(any(part in word for word in words) for part in parts) and process != os.getpid():
            yield process


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """One for all: it is found whole after each killing, and each test has a link that nobody used."""
    base = Path(tempfile.mkdtemp(prefix="sourceline-killed-"))
    base.chmod(0o711)  # as root the database runs as another user, who has to pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        one = Site(base)
        try:
            yield one
        finally:
            one.end()
            shutil.rmtree(base, ignore_errors=True)


def ready(page: Page) -> None:
    page.wait_for_selector("#room[data-ready]", state="attached", timeout=PATIENCE)


def into_the_room(page: Page, link: str) -> str:
    """Signs in and opens the first article of the demo; returns its address."""
    page.goto(link)
    page.goto(f"{link.split('/sign-in/')[0]}/p/demo/articles/")
    page.locator("main a[href*='/p/demo/articles/']:not([href$='import/'])").first.click()
    ready(page)
    page.keyboard.press("j")
    return page.url


def make_claims(page: Page, count: int) -> None:
    """One word after the other becomes a claim."""
    for _ in range(count):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("c")
        page.keyboard.press("Enter")
        expect(page.locator(".sheet-form")).to_have_count(0)


def waiting(page: Page) -> int:
    """How many changes lie in the browser's ordinary store."""
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return len([key for key in keys if key.startswith("sourceline-outbox")])


def all_saved(page: Page) -> None:
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    assert waiting(page) == 0


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def test_a_hundred_saves_through_killed_processes(context: BrowserContext, site: Site) -> None:
    """Web process and job process, then PostgreSQL, then all of it: kill -9, while claims are being made."""
    page = context.new_page()
    into_the_room(page, site.link)
    before = site.versions()
    make_claims(page, 25)
    kill_children(site.running)
    make_claims(page, 25)
    site.kill_database()
    make_claims(page, 25)
    site.kill()
    make_claims(page, 25)
    expect(page.locator(STATE)).to_contain_text("waiting")
    assert waiting(page) >= 25
    site.start_again()
    page.locator(STATE).click()
    all_saved(page)
    after = site.versions()
    assert before.items() <= after.items()
    made = {uuid: version for uuid, version in after.items() if uuid not in before}
    assert len(made) == CLAIMS
    assert Counter(made.values()) == {1: CLAIMS}
    page.reload()
    ready(page)
    listed = page.locator("#room-list .mini")
    wanted = {f"card-{uuid}" for uuid in made}  # the first cards are there at once, the others soon after
    until(page, lambda: wanted <= set(listed.evaluate_all("(all) => all.map((one) => one.id)")))


def persistent(chromium: Browser, profile: Path) -> BrowserContext:
    context = chromium.browser_type.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=["--no-sandbox"], viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    return context


def kill_browser(profile: Path) -> None:
    """kill -9 of the browser that uses this profile, with all its processes."""
    killed = list(_processes_with(f"--user-data-dir={profile}"))
    assert killed
    for process in killed:
        os.kill(process, signal.SIGKILL)
    while list(_processes_with(f"--user-data-dir={profile}")):
        time.sleep(0.05)


def test_a_killed_browser_sends_what_waited(chromium: Browser, site: Site, tmp_path: Path) -> None:
    """The server is gone, ten claims wait, and then the browser is killed too, right after the last one."""
    context = persistent(chromium, tmp_path)
    page = context.new_page()
    room = into_the_room(page, site.link)
    before = site.versions()
    site.kill()
    make_claims(page, 10)
    assert waiting(page) == 10
    page.wait_for_function(ON_DISK, arg=10)
    kill_browser(tmp_path)
    site.start_again()
    context = persistent(chromium, tmp_path)
    page = context.new_page()
    page.goto(site.link)
    page.goto(room)
    ready(page)
    all_saved(page)
    made = {uuid: version for uuid, version in site.versions().items() if uuid not in before}
    assert Counter(made.values()) == {1: 10}
    context.close()
