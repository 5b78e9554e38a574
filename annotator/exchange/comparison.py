"""A dataset beside the store it came from: what the store contradicts, and what has changed since."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from uuid import UUID

from annotator.models import Claim
from sources.models import Snapshot
from sources.text.digest import sha256_hex
from sources.text.offsets import BadExtent, Extent

from .exporters.tables_csv import restore
from .verification.files import Files

BATCH = 1000
Cells = dict[str, str]


@dataclass
class Comparison:
    """`contradicted`: the stored text does not say what the dataset says. `changed`: news since then."""

    contradicted: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def compare(path: Path) -> Comparison:
    """The dataset at `path` (ZIP or folder), which has been verified, with the store. Reads in batches."""
    found = Comparison()
    files = Files(path)
    try:
        found.contradicted += _contradictions(files)
        found.changed += _changes(files)
    finally:
        files.close()
    return found


def _rows(files: Files, table: str) -> Iterator[tuple[int, Cells]]:
    """Each row with its number; the header is row 1."""
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(files.open(f"data/{table}.csv"), "utf-8", newline="") as stream:
        for number, cells in enumerate(csv.DictReader(stream), 2):
            yield number, {name: restore(cell or "") for name, cell in cells.items() if name}


@lru_cache(maxsize=4)
def _stored(uuid: str) -> tuple[str, str] | None:
    """Text and digest of the snapshot; the digest is computed from the text, not looked up."""
    identifier = _uuid(uuid)
    if identifier is None:
        return None
    found = Snapshot.objects.filter(uuid=identifier).values_list("text", flat=True).first()
    return None if found is None else (found, sha256_hex(found))


def _uuid(cell: str) -> UUID | None:
    try:
        return UUID(cell)
    except ValueError:
        return None


def _contradictions(files: Files) -> Iterator[str]:
    _stored.cache_clear()
    for number, row in _rows(files, "annotations"):
        name = f"annotations.csv row {number} ({row['annotation_id']})"
        stored = _stored(row["snapshot_id"])
        if stored is None:
            yield f"{name}: its text is not in this database"
            continue
        text, digest = stored
        if digest != row["snapshot_sha256"]:
            yield f"{name}: the stored text has the digest {digest}"
        try:
            quotes = Extent.parse(row["extent"]).slices(text)
        except BadExtent as bad:
            yield f"{name}: {bad.reason}"
            continue
        if list(quotes) != json.loads(row["quotes"]):
            yield f"{name}: the stored text has other words at {row['extent']}"


def _changes(files: Files) -> Iterator[str]:
    rows = _rows(files, "claims")
    while batch := list(islice(rows, BATCH)):
        wanted = [_uuid(row["claim_id"]) for _, row in batch]
        claims = Claim.objects.select_related("annotation__snapshot", "type").defer(
            "annotation__snapshot__text"
        )
        stored = {str(claim.uuid): claim for claim in claims.filter(uuid__in=filter(None, wanted))}
        for number, row in batch:
            claim = stored.get(row["claim_id"])
            news = ["it is not in this database"] if claim is None else list(_news(claim, row))
            yield from (f"claims.csv row {number} ({row['claim_id']}): {words}" for words in news)


def _news(claim: Claim, row: Cells) -> Iterator[str]:
    annotation = claim.annotation
    if claim.withdrawn_at:
        yield f"it was withdrawn on {claim.withdrawn_at:%Y-%m-%d}"
    if claim.status != row["review_status"]:
        yield f"it was {row['review_status']} and is {claim.status} now"
    if claim.type.key != row["claim_type"]:
        yield f"its type was {row['claim_type']} and is {claim.type.key} now"
    if annotation.snapshot.sha256 != row["snapshot_sha256"]:
        yield "it stands on another captured text now"
    elif str(annotation.extent) != row["extent"]:
        yield f"it stood at {row['extent']} and stands at {annotation.extent} now"
