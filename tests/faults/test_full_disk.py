"""The disk of the database runs full under a working server, and is emptied again."""

import http.cookiejar
import os
import re
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from annotator.embedded_postgres import room
from tests.data_folders import collect_before
from tests.serving import PATIENCE, ROOT, Serving

pytestmark = pytest.mark.slow
DISK = room.PLENTY + 512 * 1024**2  # bytes: a new database, its ballast, and a little to spare


class SmallDisk:
    """`manage.py serve` whose database files have a disk of their own, which nobody else sees."""

    def __init__(self, data: Path, disk: Path) -> None:
        disk.mkdir(parents=True)
        collect_before(data)
        mount = f'mount -t tmpfs -o size={DISK},mode=0755 tmpfs "{disk}" && exec "$@"'
        serve = [sys.executable, str(ROOT / "manage.py"), "serve", "--no-demo", "--data", str(data)]
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, "sh", *serve]
        self.running = Serving(command=command, SOURCELINE_DATABASES=str(disk))
        self.visitor = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        link = self.running.link()
        self.site = link.partition("/sign-in/")[0]
        self.visitor.open(link, timeout=PATIENCE).close()
        # The same disk, seen through the process that mounted it.
        self.disk = Path(f"/proc/{self.running.process.pid}/root{disk}")
        self.home = next(self.disk.glob("*/data")).parent

    def make_project(self, name: str) -> int:
        """The status of the answer to the form that makes one."""
        try:
            with self.visitor.open(f"{self.site}/p/new/", timeout=PATIENCE) as page:
                token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
            form = urllib.parse.urlencode({"name": name, "slug": name, "csrfmiddlewaretoken": token})
            with self.visitor.open(f"{self.site}/p/new/", form.encode(), timeout=PATIENCE) as answer:
                return 200 if f"/p/{name}/" in answer.url else 0
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def projects(self) -> list[str]:
        with self.connection() as connection:
            return sorted(
                slug for (slug,) in connection.execute("SELECT slug FROM sources_project").fetchall()
            )

    def connection(self) -> psycopg.Connection:
        socket = next(self.home.rglob(".s.PGSQL.5432")).parent
        return psycopg.connect(
            host=str(socket), dbname="sourceline", user="sourceline_owner", autocommit=True
        )

    def fill(self) -> None:
        """Leave a megabyte free."""
        with (self.disk / "filler").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(self.disk).free - 1024**2)

    def write_logs_until_it_stops(self) -> None:
        """What is written to the log of changes alone, until PostgreSQL cannot write any more and ends."""
        with pytest.raises(psycopg.OperationalError), self.connection() as connection:
            while True:
                connection.execute("SELECT pg_logical_emit_message(true, 'fault', repeat('x', 1000000))")

    def until(self, wanted: object, name: str) -> None:
        """Ask for a project of that name until the answer has the wanted status."""
        end = time.monotonic() + PATIENCE
        while (got := self.make_project(name)) != wanted:
            assert got in {503, 507}, (got, self.running.said())
            assert time.monotonic() < end, (got, self.running.said())
            time.sleep(0.2)


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    if os.geteuid() != 0:
        pytest.skip("Only root can mount a small disk.")
    base = Path(f"/tmp/sourceline-disk-{os.getpid()}")
    base.mkdir(mode=0o711)
    one = SmallDisk(base / "data", base / "disk")
    try:
        yield one
    finally:
        one.running.end()
        one.running.log.close()
        shutil.rmtree(base)


def test_a_full_disk_loses_nothing_and_is_recovered_from(small):
    assert (small.home / "ballast").stat().st_size == room.BALLAST
    stored = [name for name in ("first", "second") if small.make_project(name) == 200]
    assert stored == ["first", "second"]

    small.fill()
    small.write_logs_until_it_stops()
    small.until(200, "on-ballast")  # started again in the room that was kept for it
    assert not (small.home / "ballast").exists()

    small.write_logs_until_it_stops()
    end = time.monotonic() + PATIENCE
    while "is full: make room" not in small.running.said():
        assert time.monotonic() < end, small.running.said()
        time.sleep(0.1)
    assert small.make_project("while-full") == 503
    assert small.running.process.poll() is None

    (small.disk / "filler").unlink()
    small.until(200, "after")
    found = small.projects()
    assert found == sorted([*stored, "on-ballast", "after"])
    while not (small.home / "ballast").exists():
        assert time.monotonic() < end, "no ballast was laid in again"
        time.sleep(0.1)
