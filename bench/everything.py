"""Everything that is measured, one after the other, and one page of tables of it.

    script/bench [--quick] [--only NAME ...] [--keep FOLDER] [--into FOLDER]

Writes RESULTS.md, results.json and growth.svg into `--into` (this folder). `--quick` takes a hundredth of the
articles and claims, and minutes instead of hours: it shows that all of it runs, and its figures are told as
such. What is measured in `--keep` finds its articles and claims there the next time. A bench that ends with
an error is told of in the end, and the others are measured nevertheless.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from results import growth, machine, table
from results.figures import KEPT, read

HERE = Path(__file__).resolve().parent
QUICK = 100


def plan(quick: bool, kept: Path) -> dict[str, list[list[str]]]:
    """Name of a bench -> the arguments of each of its runs."""
    small = QUICK if quick else 1
    w = ["--keep", str(kept / "w"), "--articles", str(1_000 // (10 if quick else 1))]
    sizes = [(claims // small, copies) for claims, copies in ((10_000, 0), (100_000, 0), (100_000, 9))]
    desks = [
        ["--keep", str(kept / f"desk-{claims}-{copies}"), "--claims", str(claims), "--copies", str(copies)]
        for claims, copies in sizes
    ]
    return {
        "starting": [["--runs", "1" if quick else "5"]],
        "sentences": [[]],
        "reading_room": [["--runs", "1" if quick else "7"]],
        "saving": [[*w, "--saves", "30" if quick else "300", "--seconds", "2" if quick else "10"]],
        "crowd_at_work": [[*w, "--seconds", "20" if quick else "180"]],
        "annotated": [["--articles", "5" if quick else "100"]],
        "intake": [["--articles", str(10_000 // small)]],
        "claims_desk": [[*desk, "--runs", "3" if quick else "9"] for desk in desks],
        "release": [[*desk[:2]] for desk in desks],
        "reprints": [["--sizes", *(str(size // small) for size in (1_000, 10_000, 100_000))]],
        "hostile": [[]],
    }


def measured(wanted: dict[str, list[list[str]]], figures: Path) -> list[str]:
    """Runs them; the names of those that ended with an error."""
    failed = []
    environment = os.environ | {KEPT: str(figures), "PYTHONUNBUFFERED": "1"}
    for name, runs in wanted.items():
        for given in runs:
            print(f"\n# {name} {' '.join(given)}", flush=True)
            command = [sys.executable, str(HERE / f"{name}.py"), *given]
            if subprocess.run(command, env=environment, check=False).returncode:
                failed.append(name)
    return failed


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("--quick", action="store_true")
    reads.add_argument("--only", nargs="*", default=[], help="names of benches")
    reads.add_argument("--keep", type=Path, help="a folder for data to use and keep")
    reads.add_argument("--into", type=Path, default=HERE)
    asked = reads.parse_args()
    with tempfile.TemporaryDirectory(prefix="sourceline-bench-") as folder:
        Path(folder).chmod(0o711)  # as root the database runs as another user, who has to pass
        kept = (asked.keep or Path(folder)).absolute()
        wanted = plan(asked.quick, kept)
        if unknown := set(asked.only) - wanted.keys():
            raise SystemExit(f"There is no bench of the name {', '.join(sorted(unknown))}.")
        kept.mkdir(exist_ok=True, parents=True)
        kept.chmod(0o711)
        told = Path(folder) / "figures"
        told.touch()
        facts = machine.facts()
        failed = measured({n: r for n, r in wanted.items() if not asked.only or n in asked.only}, told)
        figures = read(str(told))
    facts["measured with"] = (
        "script/bench --quick, a hundredth of the sizes" if asked.quick else "script/bench"
    )
    if failed:
        facts["ended with an error"] = ", ".join(dict.fromkeys(failed))
    found = growth.curves(figures)
    asked.into.mkdir(exist_ok=True, parents=True)
    (asked.into / "RESULTS.md").write_text(table.page(facts, figures) + growth.table(found))
    (asked.into / "results.json").write_text(table.as_json(facts, figures))
    (asked.into / "growth.svg").write_text(growth.plot(found))
    print(f"\nWritten: {asked.into / 'RESULTS.md'}")
    raise SystemExit(f"Ended with an error: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
