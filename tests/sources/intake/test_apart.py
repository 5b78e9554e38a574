"""Documents are read in a process of their own: what a hostile one does ends there, and the next is read."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.intake import apart
from sources.intake.page import read_page
from sources.intake.refusal import Refused
from sources.intake.registry import read
from tests.house_rules import ROOT

PAGE = (Path(__file__).parents[2] / "fixtures" / "pages" / "dockers.html").read_bytes()
MANY_ATTRIBUTES = b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">Rain fell."


@pytest.fixture(scope="module", autouse=True)
def _nobody_is_left_waiting() -> Iterator[None]:
    yield
    while apart._waiting:
        apart._end(apart._waiting.pop())


@pytest.mark.lengthy
def test_what_comes_back_is_what_the_reader_read() -> None:
    assert read(PAGE, "dockers.html") == read_page(PAGE, "dockers.html")


def test_one_process_reads_one_document_after_the_other() -> None:
    read(PAGE, "a.html")
    waiting = list(apart._waiting)
    read(PAGE, "b.html")
    assert apart._waiting == waiting and waiting


def test_a_refusal_comes_back_as_one_with_whatever_name() -> None:
    with pytest.raises(Refused) as refused:
        read(b"   ", "a\udcff\n.html")
    assert refused.value.refusal.what == "a\udcff\n.html" and "blank" in refused.value.refusal.why


@pytest.mark.lengthy
def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    read(PAGE, "a.html")
    for child in apart._waiting:
        assert child.stdin is not None
        child.stdin.close()
        child.wait()
    assert read(PAGE, "a.html").title == "Dockers walk out at Port Amber"


@pytest.mark.lengthy
def test_work_without_end_is_stopped_and_the_next_document_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read(PAGE, "a.html")  # what the libraries take to load is not the document's
    monkeypatch.setattr(apart, "SECONDS", 0)
    with pytest.raises(Refused, match="takes more than 0 seconds of work"):
        read(MANY_ATTRIBUTES, "many.html")
    monkeypatch.undo()
    assert read(PAGE, "a.html").title == "Dockers walk out at Port Amber"


def test_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 96 * 1024**2)
    with pytest.raises(Refused, match=r"MB of memory|its reader"):
        read(b"<p>Rain fell.</p>" * 500_000, "a.html")
    monkeypatch.undo()
    assert read(PAGE, "a.html").title == "Dockers walk out at Port Amber"


def test_a_reader_that_fails_refuses_this_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match=r"its reader failed \(KeyError"):
        apart.read_apart("no such format", PAGE, "a.html", None)
    waiting = list(apart._waiting)
    assert read(PAGE, "a.html").title == "Dockers walk out at Port Amber" and apart._waiting == waiting


@pytest.mark.lengthy
def test_it_knows_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret@nowhere/x")
    while apart._waiting:
        apart._end(apart._waiting.pop())
    read(PAGE, "a.html")
    (child,) = apart._waiting
    environment = Path(f"/proc/{child.pid}/environ")
    if environment.exists():
        assert b"secret" not in environment.read_bytes()
        assert os.environ["DATABASE_URL"]


def test_a_copy_of_this_process_starts_one_of_its_own() -> None:
    read(PAGE, "a.html")
    into, out = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.write(out, str(len(apart._waiting)).encode())
        os._exit(0)
    os.waitpid(copy, 0)
    assert os.read(into, 8) == b"0" and apart._waiting
    os.close(into)
    os.close(out)


ASKING = """
import socket
from sources.intake import apart_reader

def ask(document, name, declared):
    socket.create_connection(("127.0.0.1", int(document)), timeout=5)

apart_reader.READERS["plain"] = ask
apart_reader.main()
"""


def test_a_reader_asks_no_other_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        port = str(canary.getsockname()[1]).encode()
        asked = {"format": "plain", "name": "a.txt", "declared": None, "size": len(port)}
        limits = {"seconds": 20, "memory": 1024**3}
        child = subprocess.run(
            [sys.executable, "-c", ASKING],
            input=json.dumps(asked | limits).encode() + b"\n" + port,
            capture_output=True,
            check=True,
            cwd=ROOT,
        )
        assert "asks nobody for anything" in json.loads(child.stdout)["refusal"]["why"]
        canary.settimeout(0)
        with pytest.raises(BlockingIOError):
            canary.accept()
