"""`script/audit` against servers of ours that speak OSV's interface: it passes only where somebody knows."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def feed(*advised: str, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A feed that knows an advisory for each of those "name==version"; its address, and what it is asked."""
    asked: list[str] = []

    class Osv(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = query["package"]["name"]
            asked.append(f"{name}=={query['version']}")
            known = asked[-1] in advised
            about = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": []}]
            body = json.dumps({"vulns": [{"id": "PYSEC-1", "affected": about}]} if known else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
        finally:
            server.shutdown()


def audit(address: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SOURCELINE_AUDIT_URL": address, "NO_PROXY": "127.0.0.1"}
    return subprocess.run(
        [ROOT / "script" / "audit"], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.lengthy
def test_all_that_is_installed_is_asked_for_and_nothing_known_passes():
    with feed("django==3.2") as (address, asked):
        done = audit(address)
    assert done.returncode == 0, done.stderr
    pinned = {line.strip() for line in (ROOT / "requirements.txt").read_text().lower().splitlines()}
    assert {"django==5.2.19", "httpcore==1.0.9"} <= pinned & set(asked)


@pytest.mark.lengthy
def test_an_advisory_for_what_is_installed_fails_and_is_named():
    with feed("django==3.2", "httpcore==1.0.9") as (address, _):
        done = audit(address)
    assert done.returncode == 1
    assert "httpcore" in done.stdout
    assert "PYSEC-1" in done.stdout


@pytest.mark.lengthy
def test_a_feed_that_knows_nothing_is_no_feed():
    with feed() as (address, asked):
        done = audit(address)
    assert done.returncode == 1
    assert "NOTHING WAS CHECKED" in done.stderr
    assert asked == ["django==3.2"]


@pytest.mark.lengthy
def test_a_feed_that_is_not_there_or_broken_fails_and_says_so():
    with feed("django==3.2", status=500) as (address, _):
        broken = audit(address)
    gone = audit(address)
    for done in (broken, gone):
        assert done.returncode == 1
        assert "could not be asked. NOTHING WAS CHECKED" in done.stderr
