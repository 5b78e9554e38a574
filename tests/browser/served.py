"""Static files as they are served in earnest, from memory: asking for them is most of what a page costs."""

import mimetypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

LONGEST = 60  # seconds that a test's last requests are waited for


@dataclass(frozen=True)
class Collected:
    """What `collectstatic` has made in that folder: joined, under names with their digest."""

    folder: Path
    names: dict[str, str]
    """Name of a source → name with its digest."""

    @contextmanager
    def named_by_pages(self) -> Iterator[None]:
        """Pages name the collected files, and no longer the sources."""
        with _storing_in(self.folder):
            yield

    def source_of(self, name: str) -> str:
        """The name that a file had before it was given its digest; any other name as it is."""
        return next((source for source, digested in self.names.items() if digested == name), name)


class Answers:
    """A server's handler: collected files by their names; under plain names each source by itself.

    Only while a test is on: what a closed window had still asked for would be answered from the next test's
    database, or written into the one that tests share.
    """

    def __init__(self, collected: Collected) -> None:
        names = collected.names.values()
        self._contents = {
            settings.STATIC_URL + name: (collected.folder / name).read_bytes() for name in names
        }
        self._under_way = 0
        self._open = False
        self._changed = Condition()

    def __call__(self, application: Callable[..., Any]) -> Callable[..., Iterable[bytes]]:
        others = StaticFilesHandler(application)

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            if path in self._contents:
                return self._kept(path, start_response)
            with self._counted() as is_open:
                if is_open:
                    return others(environ, start_response)
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []

        return answer

    def _kept(self, path: str, start_response: Callable[..., Any]) -> list[bytes]:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = [
            ("Content-Type", f'{kind}; charset="utf-8"' if kind.startswith("text/") else kind),
            ("Content-Length", str(len(self._contents[path]))),
            ("Cache-Control", "max-age=315360000, public, immutable"),
        ]
        start_response("200 OK", headers)
        return [self._contents[path]]

    @contextmanager
    def _counted(self) -> Iterator[bool]:
        with self._changed:
            is_open = self._open
            self._under_way += 1
        try:
            yield is_open
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    @contextmanager
    def during_a_test(self) -> Iterator[None]:
        """Requests are answered in here, and all that came in here are answered when this is over."""
        with self._changed:
            self._open = True
        try:
            yield
        finally:
            with self._changed:
                self._open = False
                self._changed.wait_for(lambda: self._under_way == 0, timeout=LONGEST)


def _storing_in(folder: Path) -> override_settings:
    names = {"staticfiles": {"BACKEND": "annotator.static_files.HashedFiles"}}
    return override_settings(STORAGES={**settings.STORAGES, **names}, STATIC_ROOT=folder)


def collect(folder: Path) -> Collected:
    with _storing_in(folder):
        call_command("collectstatic", verbosity=0, interactive=False)
        return Collected(folder, dict(staticfiles_storage.hashed_files))
