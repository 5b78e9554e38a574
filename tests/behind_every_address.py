"""What the small world lacks: files of the releases, an upload, a second event of each side."""

import sqlite3
from contextlib import closing
from typing import Any
from uuid import uuid4

from annotator.actions import intakes
from annotator.exchange.difference_file import found_at
from annotator.exchange.differences import RESULT
from annotator.exchange.receiving import parcels
from annotator.exchange.release_file import path_of
from annotator.models import Release
from tests.factories import World, annotate

SECOND = {"here": str(uuid4()), "there": str(uuid4())}  # a second event of each side


def complete(world: World) -> None:
    """Fill both sides of the world, and the data folder that the settings name."""
    for side in (world.here, world.there):
        made: dict[str, Any] = {"state": "ready", "file_name": "a.zip", "size": 4, "sha256": "0" * 64}
        made["filter"] = {"statuses": ["accepted"]}
        Release.objects.filter(pk=side.release.pk).update(**made)
        first = Release.objects.get(pk=side.release.pk)
        file = path_of(first)
        file.parent.mkdir(parents=True)
        file.write_bytes(b"a.zip")
        file.with_suffix(".xlsx").write_bytes(b"a.xlsx")
        uploads = [intakes.Upload("asked.csv", [b"Headline,Words\nWeir gives way,It gave way at dawn.\n"])]
        intakes.begin(by=world.manager, project=side.project, uploads=uploads)
        parcels.keep(side.project, parcels.Asked("a.json", "w3c", (), {}, False, world.manager.pk), b"[]")
        again = Release.objects.create(project=side.project, number=2, title="Again", **made)
        with closing(sqlite3.connect(found_at(first, again))) as db:
            db.executescript(RESULT + """INSERT INTO about VALUES ('{"old": {}, "new": {}}')""")
        second = {"uuid": SECOND[side.project.slug], "label": "Lorries turned back", "type": "other"}
        annotate(world.manager, side.snapshot, "event", "turned back", new_event=second)
