"""What a backup says of itself: who made it from what, and by what its parts are known again."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
LARGEST = 16 << 20  # bytes of the manifest

_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Of the data folder's own names; a dot may not begin one, so that neither `..` nor a hidden file is named.
_STEP = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}"
PLACES = ("releases", "imports", "intakes")
_FILE = re.compile(rf"(?:{'|'.join(PLACES)})(?:/{_STEP}){{1,6}}", re.ASCII)


class Damaged(Exception):
    """The file is no whole, sound backup; the message says how that shows."""


@dataclass(frozen=True)
class Part:
    """A file inside the backup: its size in bytes and its digest."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """All rows of a table, all columns, in the order of its key: how many, their size as text, a digest."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the backup holds and where it came from.

    `postgres` is the server's major version; `closed` are functions that the public may not call;
    `missing` are files that rows name and that were not there, or not as the rows say, when it was made.
    """

    made_at: str
    version: str
    postgres: int
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Table]
    parts: dict[str, Part]
    closed: tuple[str, ...]
    missing: tuple[str, ...]
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        return json.dumps({"sourceline_backup": FORMAT, **asdict(self)}, indent=1).encode()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def text_size(self) -> int:
        """Bytes of all tables' rows as text."""
        return sum(table.size for table in self.tables.values())


def parsed(raw: bytes) -> Manifest:
    """The manifest in those bytes. Raises Damaged when it is none, of another format, or says odd things."""
    try:
        said = json.loads(raw)
        found = said["sourceline_backup"]
        if type(found) is int and found > FORMAT:
            raise Damaged(
                f"it is of the backup format {found}, and this version knows up to {FORMAT}: it was made by "
                "a newer Sourceline, so use that one or a newer one still"
            )
        manifest = Manifest(
            made_at=_text(said["made_at"]),
            version=_text(said["version"]),
            postgres=_number(said["postgres"]),
            migrations=tuple((_text(app), _text(name)) for app, name in said["migrations"]),
            tables={_text(name): Table(*_counted(one, "rows")) for name, one in said["tables"].items()},
            parts={_path(name): Part(*_counted(one)) for name, one in said["parts"].items()},
            closed=tuple(_text(one) for one in said["closed"]),
            missing=tuple(_text(one) for one in said["missing"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Damaged(f"its manifest is not one of a backup ({type(error).__name__})") from None
    if found != FORMAT or DUMP not in manifest.parts:
        raise Damaged("its manifest names no database")
    return manifest


DUMP = "database.dump"


def _counted(said: dict[str, Any], *first: str) -> tuple[Any, ...]:
    digest = _text(said["sha256"])
    if not _HEX.fullmatch(digest):
        raise ValueError("no digest")
    return (*(_number(said[name]) for name in first), _number(said["size"]), digest)


def _number(said: object) -> int:
    if type(said) is not int or said < 0:
        raise ValueError("no number")
    return said


def _text(said: object) -> str:
    if not isinstance(said, str) or len(said) > 1000 or not said.isprintable():
        raise ValueError("no text")
    return said


def is_ours(name: str) -> bool:
    """Whether a file of the data folder may be called so; what somebody else put there is not backed up."""
    return bool(_FILE.fullmatch(name))


def _path(said: object) -> str:
    name = _text(said)
    if name != DUMP and not is_ours(name):
        raise Damaged(f"it names a file that no backup has: {name[:100]!r}")
    return name
