"""How long a release of many claims takes to build and to verify, and how much memory each process needs.

    bench/release.py [--claims 20000] [--copies 0] [--keep FOLDER] [--texts] [--no-verify]

Each step is a process of its own, as people run it: `export_dataset`, once without and once with its
workbook, then the release's own `verify.py`. Printed are the seconds that it took and its peak of resident
memory in MB (10^6 bytes); the database's processes are not counted. `--keep` and `--copies` are those of
`claims_desk.py`: a million claims are a folder kept from there. What is built is gone afterwards.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from results.figures import Figure, heading, tell
from room.served import ROOT, served, store

KILOBYTE = 1024  # `ru_maxrss` counts in these on Linux
LARGEST_WORKBOOK = 200_000  # claims; above that a sheet is too long for many readers of workbooks
TABLES = (
    *("annotator_annotation", "annotator_annotationsentence", "annotator_claim", "annotator_attribution"),
    *("annotator_attributionsource", "annotator_claimtopic", "annotator_review", "annotator_claimrelation"),
    *("annotator_actor", "annotator_event", "annotator_eventmention", "sources_sentence", "sources_article"),
)


def measured(name: str, command: Sequence[str], told: dict[str, Any]) -> None:
    """Run it to its end and tell what it took. Ends the bench where the command fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{name} ended with {process.returncode}:\n{said.read()[-4000:]}")
    tell(Figure(what=name, unit="s", values=[took], **told))
    peak = [used.ru_maxrss * KILOBYTE / 1e6]
    tell(
        Figure(what=f"{name}, peak of memory", unit="MB", values=peak, **(told | {"limit": "", "limits": ()}))
    )


def copied(project: Any) -> float:
    """Seconds that COPY needs to give out the rows a release is made of."""
    from django.db import connection

    start = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for table in TABLES:
            with cursor.copy(
                f"COPY (SELECT * FROM {table} WHERE project_id = {project.pk}) TO STDOUT"
            ) as rows:
                for _ in rows:
                    pass
    return time.monotonic() - start


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--claims", type=int, default=20_000)
    reads.add_argument("--copies", type=int, default=0, help="of all claims, where they are made")
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    reads.add_argument("--texts", action="store_true", help="with the full texts inside")
    reads.add_argument("--no-verify", action="store_true", help="build only")
    asked = reads.parse_args()
    with served(asked.keep), store() as by, tempfile.TemporaryDirectory(prefix="sourceline-bench-") as folder:
        from desk import copies, workload

        from sources.models import Project

        project = Project.objects.filter(slug="desk-bench").first()
        if project is None:
            project = workload.load(by, asked.claims, asked.copies)
            if asked.copies:
                copies.copy(asked.copies, os.environ["DATABASE_OWNER_URL"])
        claims = project.claims.count()
        section = f"A release of {claims:,} claims"
        limit = {"limit": "COPY of its rows", "limits": [copied(project)]}
        told = {"section": section, "size": claims, **limit}
        print(f"{section}\n{heading()}")
        release = Path(folder) / "release.zip"
        export = ["export_dataset", project.slug, str(release), "--status", "all"]
        export += ["--with-texts"] if asked.texts else []
        manage = [sys.executable, str(ROOT / "manage.py")]
        measured("build", [*manage, *export], told)
        if claims <= LARGEST_WORKBOOK:
            workbook = ["--workbook", str(release.with_suffix(".xlsx"))]
            measured("build, with workbook", [*manage, *export, *workbook], told)
        size = [release.stat().st_size / 1e6]
        tell(Figure(section, "the ZIP", "MB", size, size=claims))
        if not asked.no_verify:
            with zipfile.ZipFile(release) as archive:
                (program,) = (name for name in archive.namelist() if name.endswith("/data/verify.py"))
                script = Path(archive.extract(program, folder))
            measured("verify.py", [sys.executable, str(script), str(release)], told)


if __name__ == "__main__":
    main()
