"""`codebook.md`: every code of the project's codebook with its name, definition and examples."""

import re
from collections.abc import Iterator
from itertools import groupby

from .description import CodebookEntry, Description

FACETS = {
    "claim_type": "Claim types",
    "topic": "Topics",
    "concept": "Concepts",
    "cue_type": "Types of cues",
    "actor_kind": "Kinds of actor",
    "event_type": "Event types",
    "relation_kind": "Relations between claims",
}
MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")


def plain(value: str) -> str:
    """One line that Markdown shows as it is."""
    return MARKUP.sub(r"\\\1", " ".join(value.split()))


def _lines(entry: CodebookEntry, indent: str = "") -> Iterator[str]:
    made = f"{indent}- `{entry.key}`: **{plain(entry.name)}**"
    if entry.definition:
        made += f". {plain(entry.definition)}"
    if entry.merged_into:
        made += f" (merged into `{entry.merged_into}`)"
    elif entry.retired:
        made += " (retired)"
    yield made
    for example in entry.examples:
        yield f"{indent}  - example: {plain(example)}"


def _facet(entries: list[CodebookEntry]) -> Iterator[str]:
    """Each code, and under it those that lie under it."""
    keys = {entry.key for entry in entries}
    for entry in entries:
        if entry.parent in keys:
            continue
        yield from _lines(entry)
        for below in entries:
            if below.parent == entry.key:
                yield from _lines(below, "  ")


def write(release: Description) -> bytes:
    lines = [f"# Codebook of {plain(release.project)}", ""]
    if release.codebook_version:
        lines += [f"Version {plain(release.codebook_version)}.", ""]
    order = list(FACETS)
    entries = sorted(release.codebook, key=lambda entry: order.index(entry.facet))
    for facet, group in groupby(entries, key=lambda entry: entry.facet):
        lines += [f"## {FACETS[facet]} (`{facet}`)", "", *_facet(list(group)), ""]
    return "\n".join(lines).encode()
