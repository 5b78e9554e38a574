"""Articles whose worker was killed, again and again, are all taken in by the next: none twice, none lost."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.embedded_postgres import Server
from annotator.queries.intakes import lines
from sources.models import Article, Intake, Project, Segmentation, Sentence, Snapshot
from tests.factories import World

from .test_stalled import killed_in_the_middle, run_worker

HALTS = """
import time
import django
django.setup()
from django.core.management import call_command
from sources.actions import intakes

intakes.TOGETHER = 4
calls = 0

def halting(function):
    def counted(*args, **named):
        global calls
        calls += 1
        if calls == {number}:
            print("in the middle", flush=True)
            time.sleep(600)
        return function(*args, **named)
    return counted

intakes.{name} = halting(intakes.{name})
call_command("work")
"""
POINTS = (
    ("import_articles", 2, "before a batch is stored"),
    ("_store_batch", 2, "between two batches"),
    ("line_of", 7, "in the middle of a later one, whose articles are stored and not yet committed"),
    ("finish", 1, "when all is in, and nobody was told"),
    ("forget", 1, "when it is over, and the files lie there still"),
)


def handed_over(world: World, project: Project) -> Intake:
    """Texts, one of them twice, one empty."""
    stories = [f"Ferry {n} stays\n\nIt stayed in port {n} on Monday. Nobody was hurt." for n in range(17)]
    stories[9], stories[5] = stories[2], ""
    uploads = [Upload(f"{n}.txt", [text.encode()]) for n, text in enumerate(stories)]
    return intakes.begin(by=world.manager, project=project, uploads=uploads)


def told(intake: Intake) -> list[tuple[Any, ...]]:
    found = lines(intake).select_related("snapshot")
    return [
        (one.position, one.name, one.outcome, one.told, one.snapshot and one.snapshot.text) for one in found
    ]


def stored(project: Project, intake: Intake) -> tuple[int, ...]:
    mine = {"project": project, "article__intake_items__intake": intake}
    snapshots = Snapshot.objects.filter(**mine).distinct()
    of_them = {"snapshot__in": snapshots.values("pk")}
    return (
        Article.objects.filter(project=project).count(),
        snapshots.count(),
        Segmentation.objects.filter(**of_them).count(),
        Sentence.objects.filter(**of_them).count(),
    )


@pytest.mark.slow
def test_a_worker_killed_again_and_again_doubles_and_drops_nothing(
    committed_world: World, committed_db: str, embedded_server: Server, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    undisturbed = handed_over(committed_world, committed_world.there.project)
    run_worker()
    killed = handed_over(committed_world, committed_world.here.project)
    for name, number, _ in POINTS:
        script = HALTS.format(name=name, number=number)
        killed_in_the_middle(embedded_server, committed_db, tmp_path, script)
        with connection.cursor() as cursor:  # as the task for stalled jobs does, after half a minute
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE task_name = %s",
                [intakes.TAKE],
            )
    run_worker()
    for intake in (undisturbed, killed):
        intake.refresh_from_db()
        assert intake.state == "done"
    assert told(killed) == told(undisturbed)
    assert stored(killed.project, killed) == stored(undisturbed.project, undisturbed)
    assert len(told(killed)) == 17
    assert [path for path in (tmp_path / "intakes").rglob("*") if path.is_file()] == []
