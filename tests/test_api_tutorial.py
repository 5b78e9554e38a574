"""docs/api.md, run as it stands against the program as script/server runs it."""

import http.cookiejar
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.data_folders import served_folder
from tests.serving import ROOT, Serving, serving

pytestmark = pytest.mark.slow
PAGE = ROOT / "docs" / "api.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def token_of(running: Serving) -> str:
    """Made as people make one: signed in by the printed link, on the page of their account."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    browser.open(running.link(), timeout=60).read()
    page = f"http://127.0.0.1:{running.port}/account/tokens/"
    form = browser.open(page, timeout=60).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert found
    said = {"name": "tutorial", "scope": "manage", "project": "", "ends": "7"}
    said["csrfmiddlewaretoken"] = found[1]
    made = browser.open(page, urllib.parse.urlencode(said).encode(), timeout=60).read().decode()
    (secret,) = re.findall(r"sl_[A-Za-z0-9_-]{43}", made)
    return secret


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = BLOCK.findall(PAGE.read_text())
    assert len(blocks) == 8
    with served_folder(monkeypatch) as folder, serving("--data", str(folder)) as running:
        server, secret = f"http://127.0.0.1:{running.port}", token_of(running)
        done = subprocess.run(
            [sys.executable, "-I", "-c", "\n".join(blocks)],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "SOURCELINE_URL": server, "SOURCELINE_TOKEN": secret},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr + running.said()
    assert "new 2025-03-14" in done.stdout
    assert "['We found a crack'] 1" in done.stdout
    assert "ready []" in done.stdout
    assert "every citation" in done.stdout.lower() or "holds" in done.stdout.lower(), done.stdout
    assert (tmp_path / "bridge.zip").stat().st_size > 1000
