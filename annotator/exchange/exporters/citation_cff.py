"""`CITATION.cff` (Citation File Format 1.2.0): how to cite the dataset."""

import json
import re
from collections.abc import Iterator

from annotator.citations.names import csl_name

from .description import Description

SPDX = re.compile(
    r"CC0-1\.0|CC-BY(?:-NC)?(?:-SA|-ND)?-(?:1\.0|2\.0|2\.5|3\.0|4\.0)|ODbL-1\.0|ODC-By-1\.0|PDDL-1\.0|MIT|"
    r"Apache-2\.0"
)
NAMED = {
    "family": "family-names",
    "given": "given-names",
    "non-dropping-particle": "name-particle",
    "suffix": "name-suffix",
    "literal": "alias",
}
"""What CSL calls the parts of a person's name, and what CFF does. Who has one name only goes by it."""


def _quoted(words: str) -> str:
    """A JSON string is a YAML string, whatever it holds."""
    return json.dumps(words, ensure_ascii=False)


def _licence(written: str) -> Iterator[str]:
    """Only what the format has a place for: an identifier of SPDX's, or an address."""
    spdx = "-".join(written.split())
    if SPDX.fullmatch(spdx):
        yield f"license: {spdx}"
    elif re.fullmatch(r"https?://[^\s\"<>]+", written):
        yield f"license-url: {_quoted(written)}"


def _person(name: str) -> Iterator[str]:
    parts = [(NAMED[part], words) for part, words in csl_name(name).items() if part in NAMED and words]
    for number, (key, words) in enumerate(parts):
        yield f"  {' ' if number else '-'} {key}: {_quoted(words)}"


def _abstract(release: Description) -> str:
    told = "; ".join(f"{about.lower()}: {asked}" for about, asked in release.scope.in_words())
    return f"Claims of {release.project}, each with its source ({told})."


def write(release: Description) -> bytes:
    """What the licence says in words of its own stands in the message."""
    licence = list(_licence(release.licence))
    message = "Please cite this dataset as below, and the articles as references.json has them."
    if release.licence and not licence:
        message += f" Licence: {release.licence}."
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(message)}",
        "type: dataset",
        f"abstract: {_quoted(_abstract(release))}",
        f"title: {_quoted(release.title)}",
        f'version: "{release.number}"',
        f'date-released: "{release.moment.date().isoformat()}"',
        *licence,
        "authors:",
    ]
    for name in release.contributors:
        lines += _person(name)
    if not release.contributors:
        lines.append(f"  - name: {_quoted(release.project)}")
    if release.address:
        lines.append(f"url: {json.dumps(release.address)}")
    return ("\n".join(lines) + "\n").encode()
