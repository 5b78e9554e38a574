"""How long the reading room takes, in a real Chromium against `manage.py serve`: to show an article with
all that is marked in it, to mark something more, and to scroll.

Three articles of invented words: 900 with 40 spans, 13,700 with 2,000 and 50,000 with 10,000. Cold is a new
browser profile with an empty cache, warm the next visit. The bare page of the same text is as fast as
this browser can be. Times in milliseconds; "<50" where the browser saw no long task.
"""

import argparse
import functools
import http.server
import os
import shutil
import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright
from room import visits, words
from room.served import served, store
from room.visits import Figures

COLUMNS = ("answered", "first paint", "painted", "longest task", "kB", "requests", "elements", "heap MB")
STEPS = ("mouse-up", "claim form", "span", "task", "server")
BIT = 400  # pixels scrolled a frame


def cell(name: str, values: list[float]) -> str:
    """The median and, in brackets, the fastest and the slowest."""
    middle, low, high = statistics.median(values), min(values), max(values)
    if "task" in name and middle == 0:
        return "<50" if high == 0 else f"<50 (-{high:.0f})"
    if round(low) == round(high) or name in {"kB", "requests", "elements"}:
        return f"{middle:.0f}"
    return f"{middle:.0f} ({low:.0f}-{high:.0f})"


def row(title: str, names: tuple[str, ...], runs: list[Figures]) -> str:
    cells = [cell(name, [run[name] for run in runs]) if name in runs[0] else "" for name in names]
    return f"{title:<22}" + "".join(f"{text:>19}" for text in cells)


def head(title: str, names: tuple[str, ...]) -> str:
    return f"\n{title:<22}" + "".join(f"{name:>19}" for name in names)


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
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
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
            print(head("opening", COLUMNS))
            for name, article in chosen.items():
                address = f"{root}/p/{project.slug}/articles/{article.uuid}/"
                look = functools.partial(visits.cold_and_warm, browser, address, article.spans, state)
                cold, warm = several(asked.runs, look)
                plain, _ = several(
                    asked.runs, functools.partial(visits.cold_and_warm, browser, f"{limit}{name}.html", 0)
                )
                print(row(f"{article.spans} spans, cold", COLUMNS, cold))
                print(row(f"{article.spans} spans, warm", COLUMNS, warm))
                print(row("  bare text, cold", COLUMNS, plain), flush=True)
            print(head("marking", STEPS))
            for article in chosen.values():
                context = browser.new_context(viewport=visits.WINDOW, storage_state=state)
                address = f"{root}/p/{project.slug}/articles/{article.uuid}/"
                opened = visits.look(context, address, article.spans)
                visits.mark(opened, 0)
                steps = [visits.mark(opened, 1 + i % 4) for i in range(asked.runs)]
                print(row(f"in {article.spans} spans", STEPS, steps), flush=True)
                scrolled = [visits.scroll(opened, BIT) for _ in range(3)]
                print(head("scrolling", tuple(scrolled[0])))
                print(row(f"through {article.spans} spans", tuple(scrolled[0]), scrolled), flush=True)
                context.close()
            browser.close()


if __name__ == "__main__":
    main()
