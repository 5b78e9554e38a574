"""The items that a file on disk holds: itself, or one after another what lies in an archive or a table."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from sources.intake.archive import Archive, Damaged, Member
from sources.intake.article import ReadArticle, tidy
from sources.intake.columns import BadColumns, Columns, checked, in_words, key_of, proposal
from sources.intake.csv_table import count_rows, open_csv
from sources.intake.jsonl import count_lines, open_jsonl
from sources.intake.refusal import Refusal, Refused, refused
from sources.intake.registry import largest, too_large
from sources.intake.row_article import article_of
from sources.intake.table import MOST_ROWS, BadRow, Opened, Opener, Row, value_of
from sources.intake.table_bytes import encoding_in_words
from sources.intake.walk import FoundFile

Meanings = Columns | Mapping[str, Columns] | None
"""What the columns of every table mean, or of each by the key of its columns."""

LARGEST_TABLE = 2 * 1024**3
"""Bytes of one table, which is streamed."""
JSON_LINES = (".jsonl", ".ndjson")
TABLES = (".csv", ".tsv", ".tab", *JSON_LINES)
ARCHIVES = (".zip",)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to take in. Exactly one of the four says what it is: `document` (bytes that the registry
    has yet to read), `read` (a row of a table, already an article), `refusal`, or `address` (to be fetched).

    `position` counts from 0 and is the same for the same bytes; `name` is what a report line shows: the path
    in the archive, "file.csv, row 12". `raw` is what is kept of a row that was read: the row as JSON.
    """

    position: int
    name: str
    document: bytes | None = None
    read: ReadArticle | None = None
    refusal: Refusal | None = None
    address: str = ""
    raw: bytes | None = None

    def __post_init__(self) -> None:
        said = (self.document, self.read, self.refusal, self.address or None)
        if sum(one is not None for one in said) != 1:
            raise ValueError("an item is one of document, read article, refusal and address")
        if (self.raw is None) != (self.read is None):
            raise ValueError("a row that was read, and nothing else, comes with its raw bytes")


_Later = Callable[[int], Item]


def items_of(
    path: Path, name: str, *, columns: Meanings = None, declared: str | None = None, start: int = 0
) -> Generator[Item, None, int]:
    """What the file holds, one item at a time, from position `start` on; what is before is not read. Returns
    how many it holds altogether. Whoever begins behind the first has had an archive proved already.

    `declared` is the encoding of tables, taken at its word. Raises Refused, before the first item, where the
    file is refused as a whole, a table also where nobody said what its columns mean; an item that is refused
    is an Item and stops no other.
    """
    position = 0
    for item in _all(path, name, columns, declared, start):
        if position >= start:
            yield item(position)
        position += 1
    return position


def count_of(path: Path, name: str, *, declared: str | None = None) -> int:
    """How many items `items_of` gives once every table's columns have a meaning, told from the archive's
    directory and the ends of rows. Raises Refused as that does, but for what only unpacking shows."""
    ending = _ending(name)
    if ending in TABLES:
        table = _table_file(path, name, declared)
        return _count(name, _opener(path), table.encoding)
    if ending not in ARCHIVES:
        return 1
    with closing(Archive(path, name)) as archive:
        return sum(
            1
            if member.why or _ending(member.name) not in TABLES
            else _count(member.name, partial(archive.open, member), declared)
            for member in archive.members
        )


def is_container(path: Path, name: str) -> bool:
    """Whether the file, by its name, holds items rather than being one."""
    return _ending(name) in (*TABLES, *ARCHIVES)


@contextmanager
def tables_of(path: Path, name: str, *, declared: str | None = None) -> Iterator[list[Opened]]:
    """The table that the file is, or those in the archive, to be read within the context; one that cannot
    be opened is left out, since its item says why. Raises Refused where an archive is refused as a whole."""
    found: list[Opened] = []
    with ExitStack() as stack:
        if _ending(name) in TABLES:
            with suppress(Refused):
                found.append(_table_file(path, name, declared))
        elif _ending(name) in ARCHIVES:
            archive = stack.enter_context(closing(Archive(path, name)))
            for member in archive.members:
                if not member.why and _ending(member.name) in TABLES:
                    with suppress(Refused):
                        found.append(_open(member.name, partial(archive.open, member), declared))
        yield found


def as_remembered(table: Opened, columns: Columns | None) -> Opened:
    """The table read in the encoding that was said of its columns before, where its own does not show and all
    of it is valid in that one; else as it is."""
    if not table.note or columns is None or not columns.encoding:
        return table
    try:
        again = _open(table.name, table.opener, columns.encoding)
    except Refused:
        return table
    if key_of(again.columns) != key_of(table.columns):
        return table
    note = f"read as {encoding_in_words(again.encoding)}, as was said of tables with these columns"
    return replace(again, note=note, letters_known=True)


def meaning_of(table: Opened, columns: Meanings) -> Columns:
    """What the table's columns mean. Raises Refused, with what their names propose, where nobody said it."""
    meant = columns if isinstance(columns, Columns) or columns is None else columns.get(key_of(table.columns))
    if meant is None:
        meant = proposal(table.columns)
        looks = (
            f"; they look like {in_words(meant)}" if meant.fields else f": {', '.join(table.columns[:20])}"
        )
        raise refused(table.name, f"nobody has said yet what its columns mean{looks}")
    try:
        later = [name for field, name in meant.fields.items() if field != "text"] if table.more else []
        return checked(meant, [*table.columns, *later])
    except BadColumns as error:
        raise refused(table.name, str(error)) from None


def _all(path: Path, name: str, columns: Meanings, declared: str | None, start: int) -> Iterator[_Later]:
    ending = _ending(name)
    if ending in ARCHIVES:
        yield from _of_archive(path, name, columns, declared, start)
    elif ending in TABLES:
        table = _table_file(path, name, declared)
        meant = meaning_of(table, columns)
        yield from _of_table(as_remembered(table, meant), meant, start)
    else:
        yield partial(_document, FoundFile(path, name).read_bytes(), name)


def _of_archive(
    path: Path, name: str, columns: Meanings, declared: str | None, start: int
) -> Iterator[_Later]:
    with closing(Archive(path, name)) as archive:
        if not start:
            archive.prove()
        seen = 0
        for member in archive.members:
            seen += 1
            if member.why:
                yield partial(_refused, Refusal(member.name, "", member.why))
            elif _ending(member.name) in TABLES:
                try:
                    table = _open(member.name, partial(archive.open, member), declared)
                    meant = meaning_of(table, columns)
                    table = as_remembered(table, meant)
                except Refused as error:
                    yield partial(_refused, error.refusal)
                else:
                    seen -= 1
                    for row in _of_table(table, meant, max(start - seen, 0)):
                        seen += 1
                        yield row
            else:
                yield partial(_member, archive, member)


def _of_table(table: Opened, columns: Columns, start: int = 0) -> Iterator[_Later]:
    """Of the rows before `start` no more is read than where they end."""
    for number, row in enumerate(_up_to_the_damage(table, start)):
        if number == MOST_ROWS:
            yield partial(
                _refused, Refusal(table.name, "", f"at most {MOST_ROWS:,} rows are taken: split the rest off")
            )
            return
        if row is None:
            yield _passed
        elif isinstance(row, BadRow):
            yield partial(_refused, row.refusal)
        else:
            yield partial(_row, table, row, columns)


def _up_to_the_damage(table: Opened, start: int) -> Iterator[Row | BadRow | None]:
    try:
        yield from table.read(start)
    except Damaged as error:
        yield BadRow(error.refusal, last=True)


def _passed(position: int) -> Item:
    raise AssertionError(f"item {position} was passed over and is asked for")


def _refused(refusal: Refusal, position: int) -> Item:
    name = f"{refusal.what}, {refusal.where}" if refusal.where else refusal.what
    return Item(position, name, refusal=refusal)


def _row(table: Opened, row: Row, columns: Columns, position: int) -> Item:
    name = f"{table.name}, {row.where}"
    if (identifier := columns.fields.get("id")) in row.cells and identifier:
        name = f"{name} ({tidy(value_of(row.cells[identifier]), 80)})"
    article = article_of(row, columns, table.name)
    if isinstance(article, Refusal):
        return Item(position, name, refusal=article)
    notes = (table.note, *article.notes) if table.note else article.notes
    return Item(position, name, read=replace(article, notes=notes, encoding=table.encoding), raw=row.raw)


def _member(archive: Archive, member: Member, position: int) -> Item:
    try:
        raw = archive.read(member, largest(member.name))
    except Exception as error:  # of an archive that lies in a way nobody foresaw: the others come in
        raw = Refusal(member.name, "", f"it cannot be unpacked ({type(error).__name__})")
    return _document(raw, member.name, position)


def _document(raw: bytes | Refusal, name: str, position: int) -> Item:
    if isinstance(raw, Refusal):
        return Item(position, name, refusal=raw)
    return Item(position, name, document=raw)


def _count(name: str, opener: Opener, declared: str | None) -> int:
    if _ending(name) in JSON_LINES:
        return count_lines(opener)
    try:
        return count_rows(open_csv(opener, name, declared))
    except Damaged:
        raise
    except Refused:
        return 1  # its refusal


def _open(name: str, opener: Opener, declared: str | None) -> Opened:
    return (open_jsonl if _ending(name) in JSON_LINES else open_csv)(opener, name, declared)


def _opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _table_file(path: Path, name: str, declared: str | None) -> Opened:
    try:
        if (size := path.stat().st_size) > LARGEST_TABLE:
            raise refused(name, too_large(size, LARGEST_TABLE))
        return _open(name, _opener(path), declared)
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}") from None
