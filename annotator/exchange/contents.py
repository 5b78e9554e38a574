"""Which files are in a release, for people who choose among them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from .exporters.ro_crate import ABOUT

MANY = {
    "*.csv": "The tables as CSV.",
    "parquet/*.parquet": "The same tables as Apache Parquet, with types.",
    "texts/*.txt": "The full texts, each under its SHA-256.",
    "brat/*.txt": "The full texts once more, for brat.",
    "brat/*.ann": "Their claims, speakers and cues in brat's standoff format.",
}
"""What a line says of files that are alike."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or `number` files that are alike: `size` in bytes, unpacked."""

    name: str
    about: str
    number: int
    size: int


def contents(path: Path) -> tuple[Part, ...]:
    """What lies in `data/` of the ZIP, the tables first; nothing of what is no ZIP or not there."""
    try:
        return _contents(path, path.stat().st_mtime_ns)
    except (FileNotFoundError, BadZipFile):
        return ()


def descriptor(path: Path) -> Mapping[str, Any]:
    """What `datapackage.json` in the ZIP says; nothing of what is no release or not there."""
    try:
        return _descriptor(path, path.stat().st_mtime_ns)
    except (FileNotFoundError, BadZipFile, KeyError, StopIteration, ValueError):
        return {}


@lru_cache(maxsize=64)
def _descriptor(path: Path, _written: int) -> Mapping[str, Any]:
    with ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith("/data/datapackage.json"))
        found = json.loads(archive.read(name))
    # the tables' columns are of no use here and large
    return {key: value for key, value in found.items() if key != "resources"}


@lru_cache(maxsize=64)
def _contents(path: Path, _written: int) -> tuple[Part, ...]:
    with ZipFile(path) as archive:
        return tuple(_parts(archive.infolist()))


def _parts(members: list[ZipInfo]) -> Iterator[Part]:
    named = [(_alike(member.filename.partition("/data/")[2]), member.file_size) for member in members]
    order = {name: place for place, name in enumerate([*MANY, *ABOUT])}
    inside = sorted((order.get(name, len(order)), name, size) for name, size in named if name)
    for (_, name), group in groupby(inside, key=lambda one: one[:2]):
        sizes = [size for *_, size in group]
        yield Part(name, MANY.get(name) or ABOUT.get(name, ""), len(sizes), sum(sizes))


def _alike(name: str) -> str:
    folder, slash, file = name.rpartition("/")
    pattern = f"{folder}{slash}*.{file.rpartition('.')[2]}"
    return pattern if pattern in MANY else name
