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

from room.served import ROOT, served, store

KILOBYTE = 1024  # `ru_maxrss` counts in these on Linux


def measured(name: str, command: Sequence[str]) -> None:
    """Run it to its end and print what it took. Ends the bench where the command fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{name} ended with {process.returncode}:\n{said.read()[-4000:]}")
    print(f"{name:<28}{took:>10.1f}{used.ru_maxrss * KILOBYTE / 1e6:>10.1f}", flush=True)


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--claims", type=int, default=20_000)
    reads.add_argument("--copies", type=int, default=0, help="of all claims, beside them")
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    reads.add_argument("--texts", action="store_true", help="with the full texts inside")
    reads.add_argument("--no-verify", action="store_true", help="build only")
    asked = reads.parse_args()
    with served(asked.keep), store() as by, tempfile.TemporaryDirectory(prefix="sourceline-bench-") as folder:
        from desk import copies, workload

        from sources.models import Project

        project = Project.objects.filter(slug="desk-bench").first() or workload.load(by, asked.claims)
        if asked.copies:
            copies.copy(asked.copies, os.environ["DATABASE_OWNER_URL"])
        print(f"{f'{project.claims.count()} claims':<28}{'seconds':>10}{'peak MB':>10}", flush=True)
        release = Path(folder) / "release.zip"
        export = ["export_dataset", project.slug, str(release), "--status", "all"]
        export += ["--with-texts"] if asked.texts else []
        manage = [sys.executable, str(ROOT / "manage.py")]
        measured("build", [*manage, *export])
        measured("build, with workbook", [*manage, *export, "--workbook", str(release.with_suffix(".xlsx"))])
        print(f"{'ZIP, MB':<28}{release.stat().st_size / 1e6:>10.1f}")
        if not asked.no_verify:
            with zipfile.ZipFile(release) as archive:
                (program,) = (name for name in archive.namelist() if name.endswith("/data/verify.py"))
                script = Path(archive.extract(program, folder))
            measured("verify.py", [sys.executable, str(script), str(release)])


if __name__ == "__main__":
    main()
