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


def longest_question(server: str, secret: str) -> int:
    """The status of a list asked with as many letters as the reference lets a parameter have."""
    (slug, *_) = re.findall(r"velm-[0-9a-f]{8}", get(f"{server}/api/v1/projects/", secret)[1])
    return get(f"{server}/api/v1/projects/{slug}/actors/?q={'a' * 4000}&name={'b' * 200}", secret)[0]


def get(url: str, secret: str) -> tuple[int, str]:
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.status, answer.read().decode()


def run(written: str, folder: Path, server: str, secret: str, *how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", *how],
        input=written,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SOURCELINE_URL": server, "SOURCELINE_TOKEN": secret},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_tutorial_does_what_it_says_pasted_or_run_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where other folders lie about."""
    blocks = BLOCK.findall(PAGE.read_text())
    assert len(blocks) == 10
    (tmp_path / "another").mkdir()
    with served_folder(monkeypatch) as folder, serving("--data", str(folder)) as running:
        server, secret = f"http://127.0.0.1:{running.port}", token_of(running)
        pasted = run("".join(blocks) + "sys.exit()\n", tmp_path, server, secret, "-i", "-q")
        whole = run("\n".join(blocks), tmp_path, server + "/", secret, "-")
        assert whole.returncode == 0, whole.stderr + running.said()
        assert "Error" not in pasted.stderr, pasted.stderr + running.said()
        assert longest_question(server, secret) == 200
    for done in (pasted, whole):
        assert "new 2025-03-14" in done.stdout
        assert "['We found a crack'] 1" in done.stdout
        assert "There is a crack in the bridge. 2" in done.stdout
        assert "submitted 3\naccepted\n" in done.stdout.replace(">>> ", "")
        assert "ready []" in done.stdout
        assert "every citation" in done.stdout.lower() or "holds" in done.stdout.lower(), done.stdout
        assert done.stdout.endswith("True\n")
    assert (tmp_path / "bridge.zip").stat().st_size > 1000
