"""How a release is cited, in the forms that people paste."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from annotator.citations.csl import Item
from annotator.citations.dataset import DatasetRecord, dataset_item
from annotator.citations.styled import STYLES, styled
from annotator.models import Release

from .contents import descriptor
from .exporters.bibtex import bib_address, bib_name, bib_text
from .release_file import path_of

IN_STYLE = ("apa", "chicago")
Form = tuple[str, str, str]
"""A key, what it is, and the text."""


@dataclass(frozen=True, slots=True)
class Cited:
    """`references` in words, `files` for programs that manage references."""

    references: list[Form]
    files: list[Form]


def cited(release: Release, address: str) -> Cited:
    """A release that is ready, whose permanent page is at `address`. Who made it, and of which day it is, its
    own file says."""
    package = descriptor(path_of(release))
    people = tuple(one["title"] for one in package.get("contributors", ()))
    record = DatasetRecord(
        key=f"{release.project.slug}-release-{release.number}",
        title=release.title,
        project=release.project.name,
        number=release.number,
        issued=date.fromisoformat(package.get("created", "")[:10] or f"{release.created_at:%Y-%m-%d}"),
        address=address,
        sha256=release.sha256,
        contributors=people,
    )
    item = dataset_item(record)
    return Cited(
        [(key, STYLES[key].name, in_style(item, key)) for key in IN_STYLE],
        [("bibtex", "BibTeX", bibtex(item)), ("csl", "CSL-JSON", csl_json(item))],
    )


def in_style(item: Item, style: str) -> str:
    """In words; the digest stands beside them on the page, as no style has a place for it."""
    return styled({name: value for name, value in item.items() if name != "note"}, style)


def bibtex(item: Item) -> str:
    """As biblatex reads it; BibTeX's old styles take a `@dataset` for a `@misc`."""
    lines = (f"  {name} = {{{value}}}" for name, value in _bib_fields(item))
    return "@dataset{" + item["id"] + ",\n" + ",\n".join(lines) + "\n}"


def _bib_fields(item: Item) -> Iterator[tuple[str, str]]:
    year, month, day = item["issued"]["date-parts"][0]
    yield "author", " and ".join(map(bib_name, item["author"]))
    yield "title", "{" + bib_text(item["title"]) + "}"  # capitals as they are
    yield "date", f"{year:04}-{month:02}-{day:02}"
    yield "year", f"{year:04}"
    yield "version", item["version"]
    if "publisher" in item:
        yield "publisher", bib_text(item["publisher"])
    yield "url", bib_address(item["URL"])
    yield "note", bib_text(item["note"])


def csl_json(item: Item) -> str:
    """An array of the one item, as reference managers import it."""
    return json.dumps([item], ensure_ascii=False, indent=2)
