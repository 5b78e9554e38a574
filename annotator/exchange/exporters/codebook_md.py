"""`codebook.md`: every code of the project's codebook with its name and definition."""

import re
from itertools import groupby

from .description import CodebookEntry, Description

FACETS = {
    "claim_type": "Claim types",
    "topic": "Topics",
    "actor_kind": "Kinds of actor",
    "event_type": "Event types",
    "relation_kind": "Relations between claims",
}
MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")


def _plain(value: str) -> str:
    return MARKUP.sub(r"\\\1", " ".join(value.split()))


def _line(entry: CodebookEntry) -> str:
    made = f"- `{entry.key}`: **{_plain(entry.name)}**"
    if entry.definition:
        made += f". {_plain(entry.definition)}"
    return made + (" (retired)" if entry.retired else "")


def write(release: Description) -> bytes:
    lines = [f"# Codebook of {_plain(release.project)}", ""]
    if release.codebook_version:
        lines += [f"Version {_plain(release.codebook_version)}.", ""]
    order = list(FACETS)
    entries = sorted(release.codebook, key=lambda entry: order.index(entry.facet))
    for facet, group in groupby(entries, key=lambda entry: entry.facet):
        lines += [f"## {FACETS[facet]} (`{facet}`)", "", *map(_line, group), ""]
    return "\n".join(lines).encode()
