"""How fast articles come in together with what is marked in them.

    script/bench annotated [--articles 100] [--keep FOLDER]

Articles of workload W (about 900 words, 40 spans each: ten claims, actors, events and cues) as doccano's JSON
lines, by `import_annotations`. Beside it stands COPY of the rows that came of it into tables of the same
columns, with the same checks and keys but without triggers and history.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from results.figures import Figure, heading, tell
from room import words
from room.served import ROOT, served, store

SECTION = "Articles with annotations"
KILOBYTE = 1024  # `ru_maxrss` counts in these on Linux
WORDS, BUNDLES = 900, 10
LABELS = {"claim": "claim:fact", "actor": "actor:person", "event": "event:other", "cue": "leave"}
TABLES = (
    *("sources_article", "sources_snapshot", "sources_block", "sources_segmentation", "sources_sentence"),
    *("annotator_annotation", "annotator_annotationsentence", "annotator_claim", "annotator_actor"),
    *("annotator_actormention", "annotator_event", "annotator_eventmention"),
)


def line(number: int) -> str:
    """An article with its spans, their offsets in code points; invented words are all of one unit each."""
    text = words.text(f"Marked {number}", WORDS, seed=number)
    whole, sentences, at = text.whole, [], 0
    for said in text.sentences:
        at = whole.index(said, at)
        sentences.append((at, said))
        at += len(said)
    spans = [
        [start, end, kind]
        for _, found in words.marked(sentences, BUNDLES)
        for kind, (start, end) in found.items()
    ]
    return json.dumps({"text": whole, "label": spans})


def taken_in(path: Path, slug: str, label: tuple[str, ...]) -> tuple[float, float]:
    """Seconds, and the peak of memory in MB."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_annotations", str(path), "--project", slug]
    command += ["--create", "--format", "doccano", "--voice", "unknown", "--quotation-type", "indirect"]
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*command, *label], stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"import_annotations ended with {process.returncode}:\n{said.read()[-2000:]}")
    return took, used.ru_maxrss * KILOBYTE / 1e6


def copied(project: Any) -> float:
    """Seconds in which the project's rows, given out before, go by COPY into tables of their own."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    took = 0.0
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        for table in TABLES:
            name, bare = Identifier(table), Identifier(f"bare_{table}")
            connection.execute(SQL("CREATE TEMP TABLE {} (LIKE {} INCLUDING ALL)").format(bare, name))
            columns = connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                [table],
            ).fetchall()
            listed = SQL(", ").join(Identifier(column) for (column,) in columns)
            rows = SQL("COPY (SELECT {} FROM {} WHERE project_id = {}) TO STDOUT")
            with connection.cursor().copy(rows.format(listed, name, project.pk)) as out:
                data = b"".join(out)
            start = time.monotonic()
            with connection.cursor().copy(SQL("COPY {} ({}) FROM STDIN").format(bare, listed)) as into:
                into.write(data)
            took += time.monotonic() - start
        connection.rollback()
    return took


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    reads.add_argument("--articles", type=int, default=100)
    asked = reads.parse_args()
    with served(asked.keep), store(), tempfile.TemporaryDirectory(prefix="sourceline-bench-") as folder:
        from annotator.models import Annotation
        from sources.models import Project

        path, slug = Path(folder) / "w.jsonl", f"annotated-{os.getpid()}"
        path.write_text("".join(f"{line(number)}\n" for number in range(asked.articles)))
        meant = tuple(f"--map={label}={meaning}" for label, meaning in LABELS.items())
        took, peak = taken_in(path, slug, meant)
        project = Project.objects.get(slug=slug)
        spans = Annotation.objects.filter(project=project).count()
        if spans != asked.articles * BUNDLES * 3:
            raise SystemExit(f"{spans} spans came in")
        print(heading())
        limit = ("COPY of the same rows", [asked.articles / copied(project)])
        rate = [asked.articles / took]
        what = f"{asked.articles} articles with {spans} spans, articles a second"
        tell(Figure(SECTION, what, "1/s", rate, *limit, goal=500, more_is_better=True))
        tell(Figure(SECTION, "peak of memory", "MB", [peak]))


if __name__ == "__main__":
    main()
