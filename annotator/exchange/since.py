"""What the store says today of the rows of a dataset, told where it is not what the dataset says."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from .exporters.tables_csv import cells, restore
from .tables import TABLE, Table

Now = Mapping[str, Iterable[object]]
LONGEST = 120
"""Characters shown of a cell that changed."""
# What a claim's row repeats of its article, or is made from other columns: told once, where it comes from.
FOLLOWS = {
    "claims": {
        *("title", "outlet_seen", "outlet_original", "independent_source_group", "published_edtf"),
        *("published_min", "published_max", "language", "url", "citation", "reference_id", "permalink"),
        *("fragment_url", "fragment_state", "release_version", "quote_printed", "quote_bare", "sentences"),
        *("sentence_ids", "first_start", "last_end", "prefix", "suffix", "said_on_min", "said_on_max"),
        *("period_min", "period_max", "speaker_kind", "speaker_naming", "n_speakers", "speaker_id"),
        *("addressee_id", "target_ids", "coded_at", "said_again", "refers_to_claim_ids"),
        *("snapshot_id", "text_number"),
    },
    "attributions": {"said_on_min", "said_on_max", "actor_ids", "chain", "addressee_ids"},
    "addressees": {"addressee", "position", "chain"},
    "targets": {"target", "position"},
    "articles": {
        *("published_min", "published_max", "citation", "reference_id", "n_claims", "n_texts"),
        *("outlet_id", "outlet_original_id"),
    },
    # Which mentions and parts are told depends on what else a release holds.
    "actors": {"mention_ids", "reason_ids", "anonymous_number", "affiliation", "label"},
    "events": {"n_participants", "mention_ids", "slot_ids", "date_min", "date_max"},
    "event_participants": {"actor"},
    "affiliations": {"organisation", "organisation_id", "since_min", "until_max"},
}
# Names that claims repeat: an actor that is called otherwise is told once.
NAMES = {"speaker", "chain", "addressee", "targets"}
CLAIM_COLUMNS = ("claim_id", "from_claim_id", "to_claim_id")
"""A dataset names in them no claim that it does not hold."""
OF_CLAIMS = {
    "attributions": ("claim_id", "a link of its chain"),
    "addressees": ("claim_id", "somebody it was said to"),
    "targets": ("claim_id", "somebody it is directed at"),
    "quantities": ("claim_id", "a number"),
    "positions": ("claim_id", "a position on a concept"),
    "relations": ("from_claim_id", "a relation to another claim"),
    "reviews": ("claim_id", "a review"),
}
COMPARED = (
    *("actors", "outlets", "articles", "claims", *OF_CLAIMS),
    *("events", "event_participants", "affiliations"),
)
"""In this order; texts and sentences never change."""


def stage(db: sqlite3.Connection, table: Table, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The dataset's table with those of our columns that it has: it may come from another version of the
    program. `rows` are cells in the order of `header`, the first of them row 2."""
    kept = [(place, name) for place, name in enumerate(header) if name in table.header]
    columns = ", ".join(f'"{name}"' for _, name in kept)
    db.execute(f'CREATE TABLE "{table.name}" (row INTEGER PRIMARY KEY, {columns})')
    insert = f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * (len(kept) + 1))})'  # noqa: S608
    db.executemany(insert, ([number, *(row[at] for at, _ in kept)] for number, row in enumerate(rows, 2)))
    db.execute(f'CREATE INDEX "key of {table.name}" ON "{table.name}" ({", ".join(table.key)})')


def news(db: sqlite3.Connection, now: Now, gone: Mapping[str, Mapping[UUID, str]]) -> Iterator[str]:
    """Line by line what differs, table by table.

    `db` has the tables of the dataset, those that its format has, as `stage` put them there, `now` the rows
    of today for the same project, whatever their status; `gone` says of identifiers that are not among them
    what became of them.
    """
    renamed: dict[str, str] = {}
    staged = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in (one for one in COMPARED if one in staged):
        for row, key, words in _news_of(db, TABLE[name], now, gone.get(name, {}), renamed):
            where = "claims" if words.endswith(".csv)") else name
            yield f"{where}.csv row {row} ({key}): {words}"


def _news_of(
    db: sqlite3.Connection, table: Table, now: Now, gone: Mapping[UUID, str], renamed: dict[str, str]
) -> Iterator[tuple[int, str, str]]:
    places = " AND ".join(f"{name} = ?" for name in table.key)
    find = f"SELECT * FROM {table.name} WHERE {places}"  # noqa: S608  (names of our own tables)
    header, compared = table.header, _compared(db, table)
    seen: set[int] = set()
    for raw in cells(table, now[table.name]):
        today = dict(zip(header, map(restore, raw), strict=True))
        if table.name == "claims" and not _holds(db, today["inside_claim_id"]):
            today["inside_claim_id"] = ""
        found = db.execute(find, [today[name] for name in table.key])
        names = [column[0] for column in found.description]
        if (before := found.fetchone()) is None:
            yield from _added(db, table, today)
            continue
        was = dict(zip(names, before, strict=True))
        seen.add(was["row"])
        if table.name == "actors":
            renamed |= {was["name"]: today["name"]} if was["name"] != today["name"] else {}
        for column in compared:
            said = _renamed(was[column], renamed) if column in NAMES else was[column]
            if said != today[column] and was[column] != today[column]:
                words = f"{column} was {_shown(was[column])} and is {_shown(today[column])} now"
                yield was["row"], was[table.key[0]], words
    for row, key in db.execute(f"SELECT row, {table.key[0]} FROM {table.name} ORDER BY row"):  # noqa: S608
        if row not in seen:
            yield row, key, _fate(key, gone)


def _compared(db: sqlite3.Connection, table: Table) -> list[str]:
    """Columns that both have: a dataset may come from another version of the program."""
    there = {column[1] for column in db.execute(f"PRAGMA table_info({table.name})")}
    return [
        name
        for name in table.header
        if name in there and name not in FOLLOWS.get(table.name, ()) and name not in table.key
    ]


def _added(db: sqlite3.Connection, table: Table, today: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """What a claim of the dataset has got since; of anything else that is new the dataset says nothing."""
    if table.name not in OF_CLAIMS:
        return
    if not all(_holds(db, today[name]) for name in CLAIM_COLUMNS if name in today):
        return
    column, words = OF_CLAIMS[table.name]
    for row in db.execute("SELECT row FROM claims WHERE claim_id = ?", [today[column]]):
        yield row[0], today[column], f"{words} was added ({table.name}.csv)"


def _holds(db: sqlite3.Connection, claim: str) -> bool:
    return db.execute("SELECT 1 FROM claims WHERE claim_id = ?", [claim]).fetchone() is not None


def _fate(key: str, gone: Mapping[UUID, str]) -> str:
    try:
        return gone.get(UUID(key), "it is not there any more")
    except ValueError:
        return "it is not there any more"


def _renamed(cell: str, renamed: Mapping[str, str]) -> str:
    for before, after in renamed.items():
        cell = cell.replace(before, after)
    return cell


def _shown(cell: str) -> str:
    if not cell:
        return "empty"
    return f"“{cell}”" if len(cell) <= LONGEST else f"“{cell[:LONGEST]}…”"
