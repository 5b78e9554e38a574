"""A release in memory, one thing of it changed, and everything that states a digest made true again.

Whoever hides a change does as much: what finds it then is not SHA-256 but what the files say of each other.
"""

import csv
import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Content = dict[str, bytes]
CRATE, PACKAGE = "data/ro-crate-metadata.json", "data/datapackage.json"
TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")
REPLACEMENTS = "0123456789abcdefxyzÄ—ب🌊;-= "
# Files that say nothing of a claim or its citation, and what they are instead. What happens to them alone is
# found by the manifests, and by nothing else.
BESIDE = {
    "data/codebook.md": "what the codes mean",
    "data/README.md": "how to read the dataset",
    "data/CITATION.cff": "how the dataset as a whole is cited",
    "data/verify.py": "the checks, which a stranger takes from elsewhere in any doubt",
    "bag-info.txt": "who packed it and when",
    CRATE: "titles and descriptions of files for catalogues",
    PACKAGE: "titles and descriptions of columns",
}


def read(path: Path) -> Content:
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


class InMemory:
    """What the checks take for a dataset; digests of what was not changed are not computed again."""

    _known: dict[int, tuple[bytes, str]] = {}

    def __init__(self, content: Content) -> None:
        self.paths = self._content = content

    def open(self, path: str) -> io.BytesIO:
        return io.BytesIO(self._content[path])

    def read(self, path: str) -> bytes:
        return self._content[path]

    def digest(self, path: str) -> tuple[str, int]:
        return sha256(self._content[path]), len(self._content[path])

    def close(self) -> None:
        pass


def sha256(content: bytes) -> str:
    kept = InMemory._known.get(id(content))
    if kept is None or kept[0] is not content:
        kept = InMemory._known[id(content)] = content, hashlib.sha256(content).hexdigest()
    return kept[1]


def sealed(content: Content) -> Content:
    """The same with every stated size and digest true, as far as what states them can be read."""
    made = dict(sorted(content.items()))
    for path, describe in ((PACKAGE, _resources), (CRATE, _parts)):
        try:
            found = json.loads(made[path])
            describe(found, made)
        except (KeyError, ValueError, TypeError):
            continue
        made[path] = (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
    payload = [path for path in made if path.startswith("data/")]
    if all(tag in made for tag in TAGS):
        made["manifest-sha256.txt"] = "".join(f"{sha256(made[path])}  {path}\n" for path in payload).encode()
        oxum = f"Payload-Oxum: {sum(len(made[path]) for path in payload)}.{len(payload)}"
        info = made["bag-info.txt"].decode("utf-8", "replace").split("\n")
        kept = [oxum if line.startswith("Payload-Oxum") else line for line in info]
        made["bag-info.txt"] = "\n".join(kept).encode()
        retag(made)
    return made


def retag(made: Content) -> None:
    made["tagmanifest-sha256.txt"] = "".join(f"{sha256(made[tag])}  {tag}\n" for tag in TAGS).encode()


def _resources(package: dict, made: Content) -> None:
    for resource in package["resources"]:
        content = made.get("data/" + resource["path"], b"")
        resource |= {"bytes": len(content), "hash": f"sha256:{sha256(content)}"}


def _parts(crate: dict, made: Content) -> None:
    named = {part["@id"]: part for part in crate["@graph"] if part["@type"] == "File"}
    files = [path.removeprefix("data/") for path in made if path.startswith("data/") and path != CRATE]
    crate["@graph"] = [part for part in crate["@graph"] if part["@type"] != "File"] + [
        named.get(name, {"@id": name, "@type": "File"})
        | {"contentSize": str(len(made["data/" + name])), "sha256": sha256(made["data/" + name])}
        for name in files
    ]


@dataclass(frozen=True)
class Mutation:
    """One change: of `path`, told in words. Of a cell also the table's row (the header is row 1)."""

    path: str
    words: str
    content: Content
    row: int = 0


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def as_csv(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def mutated(cell: str, chance: random.Random) -> str:
    """One character other than it was."""
    at = chance.randrange(len(cell))
    return cell[:at] + chance.choice([c for c in REPLACEMENTS if c != cell[at]]) + cell[at + 1 :]


def in_table(whole: Content, name: str, act: Callable[[list[list[str]]], str]) -> Mutation:
    """`act` changes the rows and says what it did; the header is row 0 to it."""
    path = f"data/{name}.csv"
    rows = rows_of(whole[path])
    words = act(rows)
    return Mutation(path, f"{name}.csv: {words}", whole | {path: as_csv(rows)})


def a_cell(whole: Content, name: str, column: str, chance: random.Random) -> Mutation:
    path = f"data/{name}.csv"
    rows = rows_of(whole[path])
    at = rows[0].index(column)
    number = chance.choice([n for n, row in enumerate(rows) if n and row[at]])
    before = rows[number][at]
    rows[number][at] = mutated(before, chance)
    words = f"{name}.csv row {number + 1}: {column} {before!r} became {rows[number][at]!r}"
    return Mutation(path, words, whole | {path: as_csv(rows)}, number + 1)


def row_deeds(chance: random.Random) -> Iterator[Callable[[list[list[str]]], str]]:
    """What can happen to whole rows and to cells that change places."""

    def two(rows: list[list[str]]) -> tuple[int, int]:
        one, other = sorted(chance.sample(range(1, len(rows)), 2))
        return one, other

    def swap_rows(rows: list[list[str]]) -> str:
        one, other = two(rows)
        rows[one], rows[other] = rows[other], rows[one]
        return f"rows {one + 1} and {other + 1} swapped"

    def swap_cells(rows: list[list[str]]) -> str:
        pairs = [
            (at, one, other)
            for at in range(len(rows[0]))
            for one, other in [two(rows)]
            if rows[one][at] != rows[other][at]
        ]
        at, one, other = chance.choice(pairs)
        rows[one][at], rows[other][at] = rows[other][at], rows[one][at]
        return f"{rows[0][at]} of rows {one + 1} and {other + 1} swapped"

    def swap_in_row(rows: list[list[str]]) -> str:
        number = chance.randrange(1, len(rows))
        row = rows[number]
        pairs = [(a, b) for a in range(len(row)) for b in range(a) if row[a] != row[b]]
        a, b = chance.choice(pairs)
        row[a], row[b] = row[b], row[a]
        return f"{rows[0][a]} and {rows[0][b]} of row {number + 1} swapped"

    def drop(rows: list[list[str]]) -> str:
        number = chance.randrange(1, len(rows))
        del rows[number]
        return f"row {number + 1} dropped"

    def double(rows: list[list[str]]) -> str:
        number = chance.randrange(1, len(rows))
        rows.insert(number, list(rows[number]))
        return f"row {number + 1} doubled"

    def empty(rows: list[list[str]]) -> str:
        number = chance.randrange(1, len(rows))
        at = chance.choice([at for at, cell in enumerate(rows[number]) if cell])
        rows[number][at] = ""
        return f"{rows[0][at]} of row {number + 1} emptied"

    yield from (swap_rows, swap_cells, swap_in_row, drop, double, empty)


def a_byte(whole: Content, path: str, chance: random.Random) -> Mutation:
    """One character of a text, or one byte of what is none, is another, gone or doubled."""
    content = whole[path]
    try:
        text = content.decode()
    except UnicodeDecodeError:
        at = chance.randrange(len(content))
        made = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
        return Mutation(path, f"{path}: byte {at} changed", whole | {path: made})
    at = chance.randrange(len(text))
    other = chance.choice([c for c in REPLACEMENTS if c != text[at]])
    become = chance.choice([other, other, "", text[at] * 2])
    words = f"{path}: {text[max(0, at - 20) : at + 20]!r} became {become!r} at {at}"
    return Mutation(path, words, whole | {path: (text[:at] + become + text[at + 1 :]).encode()})
