"""What two releases say, in words that do not depend on which store they came from.

Identifiers that a store makes (articles, texts, sentences, links, parts) stand for what they name; those that
are carried over, or derived from what is carried over, are translated by `renamed`. What is not taken over is
left out.
"""

import re
from collections.abc import Callable
from pathlib import Path

from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.release_tables import Release, Row, read_release
from annotator.exchange.tables.claims import QUOTE_JOINER as JOINER

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
Renamed = Callable[[str], str]
Rows = list[tuple[tuple[str, str], ...]]

NOT_TAKEN = {
    *("author", "annotator", "made_at", "coded_at", "reviewer", "origin", "version", "release_version"),
    *("permalink", "codebook_version", "review_status", "merged_ids", "merged_id", "captured_at", "method"),
    *("raw_sha256", "reference_id", "independent_source_group", "label", "affiliation_id", "participant_id"),
    *("row", "block_role", "masked"),
}
TABLES = (
    *("claims", "claim_speakers", "attributions", "addressees", "targets", "quantities", "positions"),
    *(
        "annotations",
        "sentences",
        "snapshots",
        "articles",
        "outlets",
        "actors",
        "actor_names",
        "affiliations",
    ),
    *("events", "event_mentions", "event_participants", "relations"),
)

IN_PIECES = ("cue", "hedge", "reporters_hedge")
"""Words of several stretches; those that begin at the same place are in the order of their identifiers."""
IN_ANY_ORDER = ("topics", "cue_types")
"""Lists that follow the order of the codebook, which is the store's own."""


def told(path: Path, renamed: Renamed = str) -> dict[str, Rows]:
    """Rows by table, in an order of their own."""
    release = read_release(of_path(path))
    names = _names(release)

    def named(found: re.Match[str]) -> str:
        return names.get(found[0]) or renamed(found[0])

    def said(column: str, cell: str) -> str:
        cell = _UUID.sub(named, cell)
        if column in IN_PIECES:
            return JOINER.join(sorted(cell.split(JOINER)))
        return (
            ";".join(sorted(cell.split(";"))) if column in IN_ANY_ORDER or column.endswith("_ids") else cell
        )

    return {
        table: sorted(
            tuple((column, said(column, cell)) for column, cell in row.items() if column not in NOT_TAKEN)
            for row in release.tables[table]
        )
        for table in TABLES
    }


def _names(release: Release) -> dict[str, str]:
    """What identifiers of the store's own stand for."""
    names: dict[str, str] = {}

    def name(table: str, column: str, called: Callable[[Row], str]) -> None:
        names.update((row[column], called(row)) for row in release.tables[table] if len(row[column]) == 36)

    name("outlets", "outlet_id", lambda o: f"outlet {o['name']}")
    name("articles", "article_id", lambda a: f"article {a['title']} {a['outlet_seen']} {a['published_edtf']}")
    name("snapshots", "snapshot_id", lambda s: f"text {s['sha256']} of {names[s['article_id']]}")
    name("sentences", "sentence_id", lambda s: f"sentence {s['number']} of {names[s['snapshot_id']]}")
    # A link's own identifier is made by the store; the claim whose link it is names it.
    name("attributions", "attribution_id", lambda t: f"link {t['chain']}.{t['link']} of {_words(release, t)}")
    return names


def _words(release: Release, link: Row) -> str:
    return release.annotations[link["claim_id"]]["extent"]


def differences(was: Rows, now: Rows) -> list[str]:
    """Cells that differ, row by row in their order; one line where there are more or fewer rows."""
    if len(was) != len(now):
        return [f"{len(was)} rows, then {len(now)}"]
    return [
        f"{column}: {cell!r}, then {other!r}"
        for before, after in zip(was, now, strict=True)
        for (column, cell), (_, other) in zip(before, after, strict=True)
        if cell != other
    ]
