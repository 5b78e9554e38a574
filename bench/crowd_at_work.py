"""A newsroom at work: whether nothing is lost, doubled or refused while many people work at once.

    script/bench crowd_at_work [--keep FOLDER] [--articles 1000] [--annotators 50] [--seconds 180]

Each annotator saves a claim about every five seconds and opens another article every minute; each tenth save
is sent a second time, as browsers do that heard no answer. Two reviewers decide on a claim every four
seconds; one release is built and one archive of articles taken in meanwhile. Afterwards every claim that the
server answered for has to be there once, with the words that were sent, and nobody may have one more. Ends
with 1 where a save is missing, doubled or not what was sent, or anything was answered with an error.
"""

import argparse
import io
import itertools
import json
import random
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from results.figures import Figure, heading, tell
from room.served import served, store

SECTION = "A newsroom at work"
THINKS, READS, JUDGES = 5.0, 60.0, 4.0
"""Seconds between two saves of one annotator, two articles, two decisions; half as much more or less."""
AGAIN = 10  # one of so many saves is sent twice
TAKEN_IN = 200  # articles of the archive


@dataclass
class Seen:
    """What all clients remember together; lists are appended to by many threads."""

    saves: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def annotator(person: Any, spans: Any, seen: Seen, end: float, seed: int) -> None:
    chance = random.Random(seed)
    at = time.monotonic() + chance.uniform(0, THINKS)
    reads_at = time.monotonic() + chance.uniform(0, READS)
    while at < end:
        time.sleep(max(0.0, at - time.monotonic()))
        article, span = next(spans)
        if time.monotonic() >= reads_at:
            seen.opened.append(person.open(article) * 1000)
            reads_at += READS
        uuid = str(uuid4())
        for _ in range(2 if chance.randrange(AGAIN) == 0 else 1):
            seen.saves.append(person.save(span, uuid) * 1000)
        at += chance.uniform(THINKS / 2, THINKS * 3 / 2)


def reviewer(person: Any, claims: Any, seen: Seen, end: float, seed: int) -> None:
    chance = random.Random(seed)
    while time.monotonic() < end:
        path = f"/api/v1/projects/{person.slug}/claims/{next(claims)}/reviews/{uuid4()}/"
        took, _ = person.ask("PUT", path, {"version": 1, "review": "", "decision": "accepted"})
        seen.decided.append(took * 1000)
        time.sleep(chance.uniform(JUDGES / 2, JUDGES * 3 / 2))


def exporter(person: Any, told: dict[str, float]) -> None:
    start, root = time.monotonic(), f"/api/v1/projects/{person.slug}/releases/"
    release = _json(person.ask("POST", root, {"title": "Bench", "statuses": ["submitted", "accepted"]}))
    number = release["release"]["number"]
    _until(lambda: _json(person.ask("GET", f"{root}{number}/"))["release"]["state"], "ready", "failed")
    told["a release built"] = time.monotonic() - start


def importer(person: Any, told: dict[str, float]) -> None:
    from room import words

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(TAKEN_IN):
            text = words.text(f"Taken in {number} {uuid4().hex}", 900, seed=90_000 + number)
            archive.writestr(f"{number}.txt", text.whole)
    edge = uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="more.zip"\r\n\r\n'
    body = head.encode() + packed.getvalue() + f"\r\n--{edge}--\r\n".encode()
    start, root = time.monotonic(), f"/api/v1/projects/{person.slug}/intakes/"
    intake = _json(person.ask("POST", root, body, f"multipart/form-data; boundary={edge}"))
    _until(lambda: _json(person.ask("GET", f"{root}{intake['uuid']}/"))["state"], "done", "stopped")
    told[f"{TAKEN_IN} articles taken in"] = time.monotonic() - start


def _json(answered: tuple[float, bytes]) -> Any:
    import gzip

    body = answered[1]
    return json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


def _until(ask: Callable[[], str], good: str, bad: str) -> None:
    while (state := ask()) != good:
        if state == bad:
            raise RuntimeError(f"It is {state}.")
        time.sleep(1)


def missing(project: Any, persons: list[Any]) -> list[str]:
    """What the database has otherwise than the clients remember."""
    from annotator.models import Annotation, Claim

    wrong = []
    for person in persons:
        rows = Annotation.objects.filter(project=project, author__username=person.name)
        stored = {str(one.uuid): one for one in rows.select_related("snapshot")}
        claims = {
            str(one) for one in Claim.objects.filter(annotation__in=rows).values_list("uuid", flat=True)
        }
        wrong += [
            f"{uuid} of {person.name} was answered for and is not there"
            for uuid in person.kept.keys() - stored
        ]
        wrong += [
            f"{uuid} of {person.name} is there and was not answered for"
            for uuid in stored.keys() - person.kept
        ]
        wrong += [f"{uuid} of {person.name} is no claim" for uuid in stored.keys() - claims]
        for uuid, span in person.kept.items():
            one = stored.get(uuid)
            if one and (one.quotes, str(one.snapshot.uuid)) != ([span.quote], span.text):
                wrong.append(f"{uuid} of {person.name} has other words than were sent")
    return wrong


def work(
    project: Any, persons: list[Any], others: list[Any], seconds: float
) -> tuple[Seen, dict[str, float]]:
    from room.crowd import spans_to_mark

    from annotator.models import Claim

    seen, told = Seen(), {}
    waiting = Claim.objects.filter(project=project, status="submitted", reviews=None).order_by("pk")
    claims = iter([str(one) for one in waiting.values_list("uuid", flat=True)[:2_000]])
    lock = threading.Lock()
    claims = _in_turn(claims, lock)
    plans = [
        list(itertools.islice(spans_to_mark(project, n), int(seconds / THINKS * 3) + 3))
        for n in range(len(persons))
    ]
    end = time.monotonic() + seconds

    def safely(act: Callable[..., None], *given: Any) -> None:
        try:
            act(*given)
        except Exception as error:
            seen.errors.append(f"{type(error).__name__}: {error}")

    acts = [
        (annotator, one, iter(plan), seen, end, n)
        for n, (one, plan) in enumerate(zip(persons, plans, strict=True))
    ]
    acts += [(reviewer, one, claims, seen, end, n) for n, one in enumerate(others[:2])]
    acts += [(exporter, others[2], told), (importer, others[3], told)]
    threads = [threading.Thread(target=safely, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen, told


class _in_turn:
    """One iterator for several threads."""

    def __init__(self, rows: Any, lock: threading.Lock) -> None:
        self.rows, self.lock = rows, lock

    def __next__(self) -> Any:
        with self.lock:
            return next(self.rows)


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    reads.add_argument("--articles", type=int, default=1_000)
    reads.add_argument("--annotators", type=int, default=50)
    reads.add_argument("--seconds", type=float, default=180.0)
    asked = reads.parse_args()
    with served(asked.keep) as link, store() as by:
        from room.clients import people
        from room.crowd import load_w

        from sources.models import Role

        project = load_w(by, asked.articles)
        run = uuid4().hex[:6]
        server = urlsplit(link).netloc
        persons = people(by, project, server, [Role.ANNOTATOR] * asked.annotators, run)
        others = people(
            by, project, server, [Role.REVIEWER, Role.REVIEWER, Role.MANAGER, Role.ANNOTATOR], run
        )
        seen, told = work(project, persons, others, asked.seconds)
        wrong = [*seen.errors, *missing(project, persons)]
    print(heading())
    many = f"{asked.annotators} annotators"
    tell(Figure(SECTION, f"a save, {many}", "ms", seen.saves, goal_p95=100, note=f"{len(seen.saves)} saves"))
    for what, values in (("an article opened", seen.opened), ("a decision", seen.decided)):
        if values:
            tell(Figure(SECTION, f"{what}, {many}", "ms", values))
    for what, seconds in told.items():
        tell(Figure(SECTION, f"{what} meanwhile", "s", [seconds]))
    tell(Figure(SECTION, "saves lost, doubled or changed; errors", "", [len(wrong)], goal=0))
    raise SystemExit("\n".join(wrong[:20]) if wrong else 0)


if __name__ == "__main__":
    main()
