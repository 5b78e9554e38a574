"""A served Sourceline on a database of its own, and a real Chromium that must meet no script error."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from sources.models import User
from tests.databases import handed_on
from tests.factories import Side, World

from .served import Answers, Collected, collect
from .watching import Watch, expected, watched

# The same engine without the windows that nobody sees comes first: a page takes it a third of the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Another one of these can be named in SOURCELINE_TEST_BROWSER.
NAMED = [name for name in [os.environ.get("SOURCELINE_TEST_BROWSER")] if name]
CHROMIUM = next((found for name in (NAMED or BROWSERS) if (found := shutil.which(name))), None)
PATIENCE = 60_000  # milliseconds that a state is waited for: a busy machine is no fault of the page


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def nothing_breaks_the_policy(watch: Watch) -> Iterator[None]:
    """Not in any window of any context of a test, whoever opened it."""
    yield
    found, watch.violations[:] = list(watch.violations), []
    assert found == [], "the content security policy was violated"


@pytest.fixture(scope="session")
def chromium(watch: Watch) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright's loop runs in this thread; the tests ask the database from it, one thing at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright, watched(watch):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return collect(tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def answers(collected: Collected) -> Answers:
    return Answers(collected)


@pytest.fixture(scope="session")
def served(answers: Answers) -> Iterator[str]:
    """Where this process's server listens. Each request is answered from the database of its moment."""
    server = LiveServerThread("127.0.0.1", answers)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def address(served: str, answers: Answers, collected: Collected, committed_db: str) -> Iterator[str]:
    """Where the server listens, with a fresh database."""
    with collected.named_by_pages(), handed_on(), answers.during_a_test():
        yield served


@pytest.fixture
def world(address: str, committed_world: World) -> World:
    return committed_world


@pytest.fixture
def here(world: World) -> Side:
    return world.here


@dataclass
class Visitor:
    """A signed-in person with a browser window. `complaints` are script errors and policy violations."""

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, side: Side, hash_: str = "") -> Page:
        self.page.goto(f"{self.address}/p/{side.project.slug}/articles/{side.article.uuid}/{hash_}")
        self.ready()
        return self.page

    def ready(self) -> None:
        self.page.wait_for_selector("#room[data-ready]", state="attached")

    def listen(self) -> None:
        """To all windows of the context, also to those that are opened later."""
        self.context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        self.context.on("console", self._console)

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not expected(said.text, said.location["url"]):
            self.complaints.append(f"{said.text} {said.location['url']}".rstrip())


def signed_in(context: BrowserContext, address: str, user: User) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "annotator.web.accounts.backend.EachOnce"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
    context.add_cookies([cookie])


def visit(browser: Browser, address: str, user: User, **window: object) -> Iterator[Visitor]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **window})
    context.set_default_timeout(PATIENCE)
    signed_in(context, address, user)
    visitor = Visitor(context, context.new_page(), address)
    visitor.listen()
    yield visitor
    context.close()
    assert visitor.complaints == [], "script errors or policy violations"


@pytest.fixture
def visitor(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    yield from visit(chromium, address, world.manager)


@pytest.fixture
def phone(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    size = {"width": 390, "height": 844}
    yield from visit(chromium, address, world.manager, viewport=size, has_touch=True, is_mobile=True)
