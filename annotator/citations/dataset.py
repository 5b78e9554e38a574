"""A release as a CSL-JSON item of the type dataset."""

from dataclasses import dataclass
from datetime import date

from .csl import Item
from .names import csl_name


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRecord:
    """`key` is unique to the release, `address` where it stays; `sha256` (hexadecimal) is its file's."""

    key: str
    title: str
    project: str
    number: int
    issued: date
    address: str
    sha256: str
    contributors: tuple[str, ...] = ()


def dataset_item(record: DatasetRecord) -> Item:
    """Only fields that the CSL schema knows. Without contributors the project stands where authors do: no
    style prints a dataset without an author rightly."""
    authors = [csl_name(name) for name in record.contributors] or [{"literal": record.project}]
    made: Item = {
        "id": record.key,
        "type": "dataset",
        "title": record.title,
        "author": authors,
        "issued": {"date-parts": [[record.issued.year, record.issued.month, record.issued.day]]},
        "version": str(record.number),
        "URL": record.address,
        "note": f"SHA-256 {record.sha256}",
    }
    if record.contributors and record.project != record.title:
        made["publisher"] = record.project
    return made
