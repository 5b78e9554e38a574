"""A job whose worker was killed is done by the next one, once."""

import contextlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from annotator.actions.releases import request_release
from annotator.embedded_postgres import Server
from annotator.exchange.release_file import path_of, progress_of, workbook_of
from annotator.exchange.verification import verify
from annotator.intents.release import AskedScope
from annotator.jobs.hearing import HEAR
from annotator.jobs.stalled import RETRY
from annotator.models import Release
from tests.factories import World

EACH_MINUTE = (RETRY, HEAR)
"""What the clock puts beside the job that is meant."""


def run_worker() -> None:
    """What `manage.py work` runs, until nothing is queued.

    In a thread: where a browser was driven before, the loop that drives it runs in this one to the end.
    """

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def take(cursor: object, heartbeat: str) -> None:
    """Put all queued jobs into the hands of a worker whose last sign of life was `heartbeat` ago.

    One that is still to come is of a worker that lives however long the test takes.
    """
    cursor.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
        [heartbeat],
    )
    (worker,) = cursor.fetchone()
    cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])


@pytest.fixture
def release(committed_world: World, settings: object, tmp_path: object) -> Release:
    settings.DATA_DIR = tmp_path
    world = committed_world
    return request_release(
        by=world.manager, project=world.here.project, scope=AskedScope(statuses=("submitted", "accepted"))
    )


@pytest.mark.lengthy
@pytest.mark.parametrize(("heartbeat", "state"), [("1 hour", "ready"), ("-1 hour", "queued")])
def test_a_dead_workers_job_is_done_by_another_and_a_living_ones_is_left(release, heartbeat, state):
    with connection.cursor() as cursor:
        take(cursor, heartbeat)
    app.configure_task(RETRY).defer(timestamp=0)
    run_worker()
    release.refresh_from_db()
    assert release.state == state
    left = ProcrastinateJob.objects.exclude(task_name__in=EACH_MINUTE).get()
    assert (left.status, left.attempts) == (("succeeded", 2) if state == "ready" else ("doing", 0))


WORKER_THAT_HALTS = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from annotator.exchange import package

def halt(_):
    print("in the middle", flush=True)
    time.sleep(600)

package.FROM_DESCRIPTION["codebook.md"] = halt
call_command("work")
"""


def killed_in_the_middle(server: Server, database: str, data: Path, script: str = WORKER_THAT_HALTS) -> None:
    """A worker in a process of its own, killed where the script says that it is: for a release, once it has
    written the tables and some of the formats."""
    environment = os.environ | {
        "DATABASE_URL": server.url("sourceline_app", database),
        "DATABASE_OWNER_URL": server.url("sourceline_owner", database),
        "SOURCELINE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "annotator.settings",
    }
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stdout.readline() == "in the middle\n"
        finally:
            worker.send_signal(signal.SIGKILL)
    assert worker.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_build_leaves_nothing_behind(
    release: Release, committed_db: str, embedded_server: Server, tmp_path: Path
) -> None:
    killed_in_the_middle(embedded_server, committed_db, tmp_path)
    release.refresh_from_db()
    folder = tmp_path / "releases" / str(release.project.uuid)
    left = {path.name for path in folder.iterdir()}
    assert release.state == "building"
    assert progress_of(release).stage == "formats"
    assert {name.rpartition(".")[2] for name in left} == {"part", "scratch", "progress"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    with contextlib.suppress(AlreadyEnqueued):  # by the killed worker, if a minute had just begun
        app.configure_task(RETRY).defer(timestamp=0)
    run_worker()
    release.refresh_from_db()
    job = ProcrastinateJob.objects.exclude(task_name__in=EACH_MINUTE).get()
    assert (release.state, job.status, job.attempts) == ("ready", "succeeded", 2)
    assert set(folder.iterdir()) == {path_of(release), workbook_of(release)}
    assert verify(path_of(release)).ok
    assert (
        Release.objects.filter(project=release.project, state="ready", file_name=release.file_name).count()
        == 1
    )
