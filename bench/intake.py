"""How fast articles in one archive are taken in, and how much memory that needs, however many there are.

    bench/intake.py [--articles 10000] [--keep FOLDER]

Makes a ZIP of invented articles of about 900 words, of which each tenth is an HTML page, and runs
`import_articles` on a tenth of them and then on all, each in a project of its own. Printed are the seconds,
the articles a second, the seconds of work that the importing process and its readers did (the database's are
not among them), and the peak of resident memory in MB (10^6 bytes) of the largest of them. Beside it stands a
bare COPY of the same texts into a table without any index, constraint or history.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from html import escape
from pathlib import Path

from results.figures import Figure, heading, tell
from room import words
from room.served import ROOT, served, store

SECTION = "Articles taken in"
KILOBYTE = 1024  # `ru_maxrss` counts in these on Linux
WORDS = 900
HTML = 10  # each of so many is a page
OUTLETS = 40


def article(number: int) -> tuple[str, str]:
    """The name of a file and what is in it: a text with its header, or a page."""
    text = words.text(f"Story {number} of the day", WORDS, seed=number)
    outlet, day = f"Courier {number % OUTLETS}", f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    address = f"https://courier-{number % OUTLETS}.example/{number}"
    if number % HTML:
        return f"{number}.txt", f"Outlet: {outlet}\nDate: {day}\nURL: {address}\n\n{text.whole}\n"
    title, *paragraphs = (escape(part) for part in text.whole.split("\n\n"))
    return f"{number}.html", (
        f'<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{address}">'
        f'<meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}"></head><body>'
        f'<nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{''.join(f'<p>{part}</p>' for part in paragraphs)}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def made(archive: Path, articles: int) -> Path:
    order = list(range(articles))
    random.Random(7).shuffle(order)  # so that pages do not come all together
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into:
        for number in order:
            into.writestr(*article(number))
    return archive


def measured(archive: Path, articles: int, project: str) -> tuple[float, float, float]:
    """Seconds, seconds of work, and the peak in MB."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_articles", str(archive)]
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [*command, "--project", project, "--create"], stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - start
        said.seek(0)
        lines = said.read()[-2000:]
    if process.returncode or f"{articles} new." not in lines:
        raise SystemExit(f"import_articles ended with {process.returncode}:\n{lines}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss * KILOBYTE / 1e6


def copied(archive: Path) -> float:
    """Seconds that the same files need through COPY, as bare as can be."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection, zipfile.ZipFile(archive) as texts:
        names = texts.namelist()
        connection.execute("CREATE TABLE bare_texts (name text, content text)")
        start = time.monotonic()
        with connection.cursor().copy("COPY bare_texts FROM STDIN") as copy:
            for name in names:
                copy.write_row((name, texts.read(name).decode()))
        connection.commit()
        took = time.monotonic() - start
        connection.execute("DROP TABLE bare_texts")
    return took


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--articles", type=int, default=10_000)
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    asked = reads.parse_args()
    with served(asked.keep), store(), tempfile.TemporaryDirectory(prefix="sourceline-bench-") as folder:
        print(heading())
        for name, number in (("tenth", asked.articles // 10), ("all", asked.articles)):
            archive = made(Path(folder) / f"{name}.zip", number)
            took, work, peak = measured(archive, number, f"bench-{name}")
            limit = ("a bare COPY of the texts", [number / copied(archive)])
            what = f"{number:,} articles"
            tell(Figure(SECTION, f"{what}, a second", "1/s", [number / took], *limit, more_is_better=True))
            tell(Figure(SECTION, f"{what}, work", "s", [work]))
            tell(Figure(SECTION, f"{what}, peak of memory", "MB", [peak]))


if __name__ == "__main__":
    main()
