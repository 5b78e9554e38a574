"""How long the reading room takes, in a real Chromium against `manage.py serve`: to show an article with
all that is marked in it, to mark something more, and to scroll.

Three articles of invented words: 900 with 40 spans, 13,700 with 2,000 and 50,000 with 10,000. Cold is a new
browser profile with an empty cache, warm the next visit. The bare page of the same text is as fast as
this browser can be. Two frames are 34 ms; a longest task of 0 is one of less than 50 ms.
"""

import argparse
import functools
import http.server
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright
from results.figures import Figure, heading, tell
from room import visits, words
from room.served import served, store
from room.visits import Figures

UNITS = {
    "answered": "ms",
    "first paint": "ms",
    "painted": "ms",
    "longest task": "ms",
    "kB": "kB",
    "requests": "",
    "elements": "",
    "heap MB": "MB",
}
GOALS = {
    "short": {"painted": 200, "kB": 150, "requests": 8},
    "long": {"painted": 300, "longest task": 50, "heap MB": 20},
}
BIT = 400  # pixels scrolled a frame


def told(section: str, named: str, runs: list[Figures], plain: list[Figures], goals: Figures) -> None:
    """A figure of each column, beside the same of the bare page where there is one."""
    for column in runs[0]:
        values = [run[column] for run in runs]
        limits = [run[column] for run in plain if column in run]
        limit = ("a bare page of the text", limits) if limits else ("", ())
        unit = UNITS.get(column, "ms")
        tell(Figure(section, f"{named}: {column}", unit, values, *limit, goal=goals.get(column)))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing: the table is what is printed."""


@contextmanager
def bare(texts: dict[str, words.Text]) -> Iterator[str]:
    """Serves each text as a page of paragraphs and nothing else."""
    folder = tempfile.mkdtemp()
    for name, text in texts.items():
        body = "".join(f"<p>{part}</p>" for part in text.whole.split("\n\n"))
        Path(folder, f"{name}.html").write_text(f"<!doctype html><title>{name}</title>{body}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        shutil.rmtree(folder)


def several(runs: int, once: Callable[[], tuple[Figures, Figures]]) -> list[list[Figures]]:
    """All cold figures and all warm ones, after one visit that is not counted."""
    once()
    return [list(figures) for figures in zip(*(once() for _ in range(runs)), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=("short", "long", "book"))
    parser.add_argument("--data", default="", help="keep the server's data in this folder, for the next run")
    asked = parser.parse_args()
    chromium = next(
        filter(
            None,
            map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")),
        ),
        None,
    )
    with served(asked.data) as link:
        with store() as user:
            from room.workload import load

            project, articles = load(user)
        # Playwright's loop runs in this thread, and Django is done here.
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        root = "{0.scheme}://{0.netloc}".format(urlsplit(link))
        chosen = {name: one for name, one in articles.items() if asked.only in {None, name}}
        with sync_playwright() as playwright, bare({n: a.text for n, a in chosen.items()}) as limit:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            state = visits.enter(browser, link)
            print(heading())
            for name, article in chosen.items():
                address = f"{root}/p/{project.slug}/articles/{article.uuid}/"
                look = functools.partial(visits.cold_and_warm, browser, address, article.spans, state)
                cold, warm = several(asked.runs, look)
                plain, again = several(
                    asked.runs, functools.partial(visits.cold_and_warm, browser, f"{limit}{name}.html", 0)
                )
                spans = f"{article.spans:,} spans"
                told("Opening an article", f"{spans}, cold", cold, plain, GOALS.get(name, {}))
                told("Opening an article", f"{spans}, warm", warm, again, {})
            for article in chosen.values():
                context = browser.new_context(viewport=visits.WINDOW, storage_state=state)
                address = f"{root}/p/{project.slug}/articles/{article.uuid}/"
                opened = visits.look(context, address, article.spans)
                visits.mark(opened, 0)
                steps = [visits.mark(opened, 1 + i % 4) for i in range(asked.runs)]
                spans = f"in {article.spans:,} spans"
                told("Marking", spans, steps, [], {"mouse-up": 34, "span": 34})
                scrolled = [visits.scroll(opened, BIT) for _ in range(3)]
                told(
                    "Scrolling",
                    spans,
                    [{k: v for k, v in one.items() if k != "frames"} for one in scrolled],
                    [],
                    {},
                )
                context.close()
            browser.close()


if __name__ == "__main__":
    main()
