"""An upload on its way in: kept as files until it is taken in, then its report alone.

Files, as releases are: `DATA_DIR/imports/<project>/<upload>/`. What was uploaded is deleted once it is taken
in; the report stays for whoever sent it to read.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from procrastinate.contrib.django import app

from annotator.exchange.importers.bundle import Bundle, NotRead
from annotator.exchange.importers.files import of_bytes
from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from sources.actions.disk_room import require_room
from sources.actions.standing import require_right
from sources.models import Project, Role, User
from sources.request_id import for_the_job

from .receive import receive
from .report import Report

TAKE = "annotations.take_in"
"""The name of the job that takes in what is too much for one request."""
AT_ONCE = 200
"""As many annotations are taken in while their sender waits."""
SMALL = 1024 * 1024
"""Bytes that are read while their sender waits."""
_PAUSE = 0.5  # seconds between two things told


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; `meanings` as the user wrote them, `others` the further fields of `Wishes`."""

    name: str
    format: str
    meanings: tuple[str, ...]
    others: Mapping[str, str]
    create_codes: bool
    by: int

    @property
    def wishes(self) -> Wishes:
        return parse_wishes(meanings=self.meanings, **self.others)


@dataclass(frozen=True, slots=True)
class Parcel:
    project: Project
    uuid: UUID
    asked: Asked

    @property
    def folder(self) -> Path:
        return _folder(self.project) / str(self.uuid)

    @property
    def report(self) -> Report | None:
        """None until it is taken in."""
        try:
            return Report.from_json(json.loads((self.folder / "report.json").read_text()))
        except FileNotFoundError:
            return None

    @property
    def progress(self) -> tuple[int, int]:
        """Documents that were begun, of how many; 0 of 0 before the first."""
        try:
            done, total = json.loads((self.folder / "progress.json").read_text())
        except (FileNotFoundError, ValueError):
            return 0, 0
        return int(done), int(total)


def begin(project: Project, asked: Asked, raw: bytes) -> Parcel:
    """Taken in at once where it is little, else handed over to a worker. Raises NotRead where nothing of a
    small one can be read, NoRoom."""
    bundle = read(asked, raw) if len(raw) <= SMALL else None
    parcel = keep(project, asked, raw)
    if bundle and sum(len(document.placed) for document in bundle.documents) <= AT_ONCE:
        take_in(parcel, bundle)
    else:
        hand_over(parcel)
    return parcel


def named(name: str) -> str:
    """A file's name as people see it."""
    return "".join(c for c in name if c.isprintable())[:200] or "file"


def keep(project: Project, asked: Asked, raw: bytes) -> Parcel:
    """Raises NoRoom."""
    require_room(len(raw))
    parcel = Parcel(project, uuid4(), asked)
    parcel.folder.mkdir(mode=0o700, parents=True)
    (parcel.folder / "upload").write_bytes(raw)
    _write(parcel, "asked.json", asdict(asked))
    return parcel


def parcel_of(project: Project, uuid: UUID) -> Parcel | None:
    try:
        written = json.loads((_folder(project) / str(uuid) / "asked.json").read_text())
    except FileNotFoundError:
        return None
    return Parcel(project, uuid, Asked(**{**written, "meanings": tuple(written["meanings"])}))


def hand_over(parcel: Parcel, seconds: int = 0) -> None:
    """To a worker, who begins after so many seconds: the sender need not wait."""
    later = {"seconds": seconds} if seconds else None
    task = app.configure_task(TAKE, lock=f"import {parcel.project.uuid}", schedule_in=later)
    task.defer(project_id=parcel.project.pk, uuid=str(parcel.uuid), **for_the_job())


def take_in(parcel: Parcel, bundle: Bundle | None = None) -> Report:
    """Take the upload in, and write its report. Taking in again what was taken in gives the same report.

    A worker may be killed at any point: the next one goes on, and finds what is stored as already there. One
    that was killed when its report was written has left the upload to be deleted.
    """
    report = parcel.report
    if report is None:
        report = _received(parcel, bundle)
        _write(parcel, "report.json", report.to_json())
    for name in ("upload", "progress.json", "progress.json.part"):
        (parcel.folder / name).unlink(missing_ok=True)
    return report


def read(asked: Asked, raw: bytes) -> Bundle:
    """Raises NotRead."""
    wanted = FORMATS[asked.format]
    return wanted.read(of_bytes(asked.name, raw, wanted.limits), asked.wishes)


def _received(parcel: Parcel, bundle: Bundle | None) -> Report:
    asked = parcel.asked
    try:
        bundle = bundle or read(asked, (parcel.folder / "upload").read_bytes())
    except NotRead as error:
        report = Report()
        report.refuse(error.at, asked.name, "not_read", error.why)
        return report
    total, told, begun = len(bundle.documents), 0.0, 0

    def step(name: str) -> None:
        nonlocal told, begun
        begun += 1
        if time.monotonic() - told > _PAUSE:
            told = time.monotonic()
            _write(parcel, "progress.json", [begun, total])

    by = User.objects.get(pk=asked.by)
    needed = Role.MANAGER if asked.create_codes else Role.ANNOTATOR
    return receive(
        by=by,
        project=parcel.project,
        bundle=bundle,
        origin=f"{asked.format}: {asked.name}",
        wishes=asked.wishes,
        create_codes=asked.create_codes,
        step=step,
        require=partial(require_right, by, parcel.project, needed),
    )


def _folder(project: Project) -> Path:
    return Path(settings.DATA_DIR) / "imports" / str(project.uuid)


def _write(parcel: Parcel, name: str, value: Any) -> None:
    """Whole or not at all."""
    unfinished = parcel.folder / f"{name}.part"
    unfinished.write_text(json.dumps(value))
    os.replace(unfinished, parcel.folder / name)
