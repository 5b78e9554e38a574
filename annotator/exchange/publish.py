"""Builds the file of a release from the store, and refuses to if one row does not hold."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from annotator.citations.build import CitedSentence, check_row, check_text
from annotator.citations.fragment import Fragment, PageText
from annotator.intents.release import STATUSES, Scope
from annotator.models import Code
from annotator.queries.dataset import Dataset, Record, selected
from sources import VERSION
from sources.models import Project
from sources.text.digest import sha256_hex

from . import rows
from .exporters.description import CodebookEntry, Description
from .package import write_package
from .progress import Teller
from .references_kept import ReferencesKept
from .scratch import scratch_beside
from .tables import TABLE
from .tables.evidence import SentenceRow

MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to publish. Without `created` the date is that of the latest change in what is published.

    `number` 0 is an export that is no release. `site` is the address that permanent pages stand below.
    """

    scope: Scope = field(default_factory=Scope)
    number: int = 0
    title: str = ""
    notes: str = ""
    licence: str = ""
    with_texts: bool = False
    site: str = ""
    created: datetime | None = None


class Untrue(Exception):
    """Rows that do not hold, named in `problems`, one line each; nothing was published."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} rows do not hold; the first: {problems[0]}")
        self.problems = problems


def publish(project: Project, wanted: Wanted, path: Path, progress: Teller | None = None) -> dict[str, int]:
    """Write the ZIP to `path` and return the number of rows of each table. Raises Untrue.

    The same content under the same `wanted` gives the same bytes.
    """
    tell = progress or Teller()
    tell.begin("selecting")
    with selected(project, wanted.scope, every_mention=wanted.with_texts) as dataset:
        counts = dataset.counts()
        tell.begin("checking", counts["annotations"])
        problems = list(_problems(dataset, tell))
        if problems:
            raise Untrue(problems)
        release = _describe(dataset, wanted)
        tell.begin("tables", sum(counts.values()))
        with (
            path.open("wb") as target,
            scratch_beside(path) as scratch,
            closing(ReferencesKept(scratch)) as references,
        ):
            return write_package(
                target,
                release,
                {
                    name: tell.counted(table) if name in counts else table
                    for name, table in _tables(dataset, wanted, references).items()
                },
                (rows.csl_item(record) for record in dataset.rows("articles")),
                scratch,
                _texts(dataset) if wanted.with_texts else (),
                tell,
            )


@contextmanager
def as_it_stands(project: Project, scratch: Path) -> Iterator[dict[str, Iterator[Any]]]:
    """The rows that a release of every claim of the project would have now, table by table, in streams.

    What has to wait meanwhile lies in the folder `scratch`.
    """
    wanted = Wanted(scope=Scope(statuses=STATUSES))
    with selected(project, wanted.scope) as dataset, closing(ReferencesKept(scratch)) as references:
        yield _tables(dataset, wanted, references)


def _problems(dataset: Dataset, tell: Teller) -> Iterator[str]:
    """Every stored text against its digest, every annotation against its text: the first thousand faults."""
    found = chain(_text_problems(dataset), _annotation_problems(dataset, tell))
    return (f"{name}: {words}" for name, words in islice(found, MOST_PROBLEMS))


def _text_problems(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for record in dataset.rows("snapshots"):
        text = dataset.text_of(record["snapshot_key"])
        for words in check_text(text, record["length"], record["sha256"], sha256_hex(text)):
            yield f"snapshot {record['snapshot_id']}", words


def _annotation_problems(dataset: Dataset, tell: Teller) -> Iterator[tuple[str, str]]:
    for record in tell.counted(dataset.rows("annotations")):
        sentences = [
            CitedSentence(*place)
            for place in zip(
                record["numbers"] or (), record["starts"] or (), record["ends"] or (), strict=True
            )
        ]
        found = check_row(
            dataset.text_of(record["snapshot_id"]),
            rows.extent_of(record).stretches,
            record["quotes"],
            prefix=record["prefix"],
            suffix=record["suffix"],
            sentences=sentences,
        )
        whose = f" of {record['of_id']}" if record["kind"] == "claim" else ""
        for words in found:
            yield f"{record['kind']} {record['annotation_id']}{whose}", words


def _describe(dataset: Dataset, wanted: Wanted) -> Description:
    project = dataset.project
    return Description(
        project=project.name,
        slug=project.slug,
        number=wanted.number,
        title=wanted.title or project.name,
        created=wanted.created or dataset.latest(),
        software_version=VERSION,
        notes=wanted.notes or project.description,
        licence=wanted.licence,
        contributors=tuple(dataset.authors()),
        homepage=wanted.site,
        scope=wanted.scope,
        with_texts=wanted.with_texts,
        codebook_version=dataset.codebook_version(),
        codebook=tuple(map(_entry, dataset.codes())),
    )


def _entry(code: Code) -> CodebookEntry:
    return CodebookEntry(
        facet=code.facet,
        key=code.key,
        name=code.name,
        definition=code.definition,
        retired=code.retired_at is not None,
        examples=tuple(code.examples.split("\n")) if code.examples else (),
        parent=code.parent.key if code.parent else "",
        merged_into=code.merged_into.key if code.merged_into else "",
    )


def _tables(dataset: Dataset, wanted: Wanted, references: ReferencesKept) -> dict[str, Iterator[Any]]:
    shaped: dict[str, Callable[[Record], Any]] = {
        "attributions": rows.attribution_row,
        "annotations": rows.annotation_row,
        "sentences": _sentence(dataset),
        "snapshots": lambda record: rows.snapshot_row(record, wanted.with_texts),
        "articles": lambda record: rows.article_row(record, references),
        "outlets": rows.outlet_row,
        "actors": rows.actor_row,
    }

    def table(name: str) -> Iterator[Any]:
        shape = shaped.get(name) or (lambda record: rows.plain(TABLE[name].row, record))
        records = dataset.rows(name)
        return (shape(record) for record in records)

    return {name: _claims(dataset, wanted, references) if name == "claims" else table(name) for name in TABLE}


def _claims(dataset: Dataset, wanted: Wanted, references: ReferencesKept) -> Iterator[Any]:
    """Claims come in the order of the articles, so the two are read side by side."""
    articles = ((record["key"], rows.article_row(record, references)) for record in dataset.rows("articles"))
    release = {"site": wanted.site, "version": str(wanted.number)}
    key, article = None, None
    page = _pages(dataset)
    for record in dataset.claims():
        while key != record["article"]:
            key, article = next(articles)
        assert article is not None  # noqa: S101  the selection takes the articles of its claims
        text = dataset.text_of(record["snapshot_id"])
        first = rows.extent_of(record).stretches[0]  # what stands between two stretches is not the quote
        link = _link(article.url, record["snapshot_id"], first, page)
        yield rows.claim_row(record, article, text, link, release)


def _sentence(dataset: Dataset) -> Callable[[Record], SentenceRow]:
    page = _pages(dataset)

    def row(record: Record) -> SentenceRow:
        snapshot, place = record["snapshot_id"], (record["start"], record["end"])
        link = _link(record["url"], snapshot, place, page)
        return rows.sentence_row(record, dataset.text_of(snapshot), link)

    return row


def _pages(dataset: Dataset) -> Callable[[int], PageText]:
    """The text by its key, prepared once for what follows each other out of it."""
    return lru_cache(maxsize=1)(lambda snapshot: PageText(dataset.text_of(snapshot)))


def _link(
    url: str | None, snapshot: int, place: tuple[int, int], page: Callable[[int], PageText]
) -> Fragment:
    if not (url or "").lower().startswith(("http://", "https://")):
        return Fragment("", "no_url")  # without preparing the text
    return page(snapshot).link(url or "", *place)


def _texts(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Each captured text once, though a reprint may have the very same."""
    seen: set[str] = set()
    for record in dataset.rows("snapshots"):
        if record["sha256"] not in seen:
            seen.add(record["sha256"])
            yield record["sha256"], dataset.text_of(record["snapshot_key"])
