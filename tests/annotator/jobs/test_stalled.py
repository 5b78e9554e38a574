"""A job whose worker was killed is done by the next one, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.releases import request_release
from annotator.intents.release import AskedScope
from annotator.jobs.stalled import RETRY
from annotator.models import Release
from tests.factories import World


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


@pytest.mark.parametrize(("heartbeat", "state"), [("1 hour", "ready"), ("-1 hour", "queued")])
def test_a_dead_workers_job_is_done_by_another_and_a_living_ones_is_left(release, heartbeat, state):
    with connection.cursor() as cursor:
        take(cursor, heartbeat)
    app.configure_task(RETRY).defer(timestamp=0)
    run_worker()
    release.refresh_from_db()
    assert release.state == state
    left = ProcrastinateJob.objects.exclude(task_name=RETRY).get()
    assert (left.status, left.attempts) == (("succeeded", 2) if state == "ready" else ("doing", 0))
