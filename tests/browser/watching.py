"""What is heard of every window that a test opens: broken policies, and what could not be loaded."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage

VIOLATED = "policy violated: "
REPORT_VIOLATIONS = f"""document.addEventListener("securitypolicyviolation", (event) => {{
  const {{ violatedDirective, blockedURI, sourceFile, lineNumber }} = event;
  console.error(`{VIOLATED}${{violatedDirective}} ${{blockedURI}} ${{sourceFile}}:${{lineNumber}}`);
}});"""

REFUSALS = {400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 502, 503, 507}
"""What a page or the API may answer in a test; one of our own files that is not there is always a fault."""


@dataclass
class Watch:
    """What broke the content security policy, or that of trusted types, since it was last looked at."""

    violations: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._said)
        return context

    def _said(self, said: ConsoleMessage) -> None:
        if said.text.startswith(VIOLATED):
            self.violations.append(said.text)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Every context that is made meanwhile, by whichever call a test makes it, is watched."""

    def over(make: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
        return lambda *args, **options: watch.over(make(*args, **options))

    def nowhere(*_: Any, **__: Any) -> None:
        raise AssertionError("open a page of a context: one that a browser opens by itself is not watched")

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Browser, "new_context"), (BrowserType, "launch_persistent_context")):
            patch.setattr(owner, name, over(getattr(owner, name)))
        patch.setattr(Browser, "new_page", nowhere)
        yield


def expected(text: str, url: str) -> bool:
    """Whether this is what tests bring about on purpose: a refusal, a network that is cut off, or a
    request that was given up for a newer one."""
    if text.startswith(("Failed to load resource: net::ERR_", "htmx:sendAbort,", "htmx:afterRequest,")):
        return True
    refused = re.fullmatch(r"Failed to load resource: the server responded with a status of (\d+) .*", text)
    return bool(refused) and int(refused[1]) in REFUSALS and "/static/" not in url
