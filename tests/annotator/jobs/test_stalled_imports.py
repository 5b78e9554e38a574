"""An import whose worker was killed is finished by the next one: nothing twice, nothing lost."""

import contextlib
import json
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from annotator.embedded_postgres import Server
from annotator.exchange.receiving import parcels
from annotator.exchange.receiving.report import summary
from annotator.jobs.stalled import RETRY
from annotator.models import Actor, Annotation
from sources.models import Article
from tests.factories import World

from .test_stalled import killed_in_the_middle, run_worker

TEXTS = ("Ilse Brandt said so.", "The harbour is shut. Kai Lund said so.", "Mara Lind said so.")
WORKER_THAT_HALTS = """
import time
import django
django.setup()
from django.core.management import call_command
from annotator.actions import annotations

settle, saved = annotations.settle, []

def halt(**asked):
    made = settle(**asked)
    saved.append(made)
    if len(saved) == 2:
        print("in the middle", flush=True)
        time.sleep(600)
    return made

annotations.settle = halt
call_command("work")
"""


@pytest.fixture
def parcel(committed_world: World, settings: object, tmp_path: Path) -> parcels.Parcel:
    settings.DATA_DIR = tmp_path
    names = ("Ilse Brandt", "Kai Lund", "Mara Lind")
    lines = (
        json.dumps({"text": text, "label": [[text.index(name), text.index(name) + len(name), "who"]]})
        for text, name in zip(TEXTS, names, strict=True)
    )
    world = committed_world
    asked = parcels.Asked("a.jsonl", "doccano", ("who=actor:person",), {}, False, world.manager.pk)
    return parcels.keep(world.here.project, asked, "\n".join(lines).encode())


def kept(parcel: parcels.Parcel) -> set[str]:
    return {path.name for path in parcel.folder.iterdir()}


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_an_import_is_followed_by_another(
    parcel: parcels.Parcel, committed_db: str, embedded_server: Server, tmp_path: Path
) -> None:
    imported = Annotation.objects.filter(project=parcel.project, origin="import")
    articles, actors = Article.objects.count(), Actor.objects.count()
    parcels.hand_over(parcel)
    killed_in_the_middle(embedded_server, committed_db, tmp_path, WORKER_THAT_HALTS)
    assert imported.get().quotes == ["Ilse Brandt"]
    assert parcel.report is None
    assert kept(parcel) >= {"asked.json", "upload"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    with contextlib.suppress(AlreadyEnqueued):  # by the killed worker, if a minute had just begun
        app.configure_task(RETRY).defer(timestamp=0)
    run_worker()
    job = ProcrastinateJob.objects.get(task_name=parcels.TAKE)  # the worker has others, by the clock
    assert (job.status, job.attempts) == ("succeeded", 2)
    assert [one.quotes for one in imported.order_by("pk")] == [["Ilse Brandt"], ["Kai Lund"], ["Mara Lind"]]
    assert (Article.objects.count(), Actor.objects.count()) == (articles + 3, actors + 3)
    assert summary(parcel.report) == (
        "2 texts taken in, 1 text already there, 2 annotations stored, 1 already there, 2 actors."
    )
    assert kept(parcel) == {"asked.json", "report.json"}


def test_an_upload_is_deleted_by_whoever_follows(parcel: parcels.Parcel) -> None:
    """A worker may be killed when the report is written, and the upload is still there."""
    raw = (parcel.folder / "upload").read_bytes()
    report = parcels.take_in(parcel)
    for name in ("upload", "progress.json", "progress.json.part"):
        (parcel.folder / name).write_bytes(raw)
    assert parcels.take_in(parcel).to_json() == report.to_json()
    assert kept(parcel) == {"asked.json", "report.json"}
