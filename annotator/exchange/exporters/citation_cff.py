"""`CITATION.cff` (Citation File Format 1.2.0): how to cite the dataset."""

import json

from .description import Description


def _abstract(release: Description) -> str:
    told = "; ".join(f"{about.lower()}: {asked}" for about, asked in release.scope.in_words())
    return f"Claims of {release.project}, each with its source ({told})."


def write(release: Description) -> bytes:
    # A JSON string is a YAML string, whatever it holds.
    quoted = json.dumps
    lines = [
        "cff-version: 1.2.0",
        'message: "Please cite this dataset as below, and the articles as references.json has them."',
        "type: dataset",
        f"abstract: {quoted(_abstract(release), ensure_ascii=False)}",
        f"title: {quoted(release.title, ensure_ascii=False)}",
        f'version: "{release.number}"',
        f'date-released: "{release.moment.date().isoformat()}"',
        "authors:",
    ]
    authors = release.contributors or (release.project,)
    lines += [f"  - name: {quoted(name, ensure_ascii=False)}" for name in authors]
    if release.address:
        lines.append(f"url: {quoted(release.address)}")
    return ("\n".join(lines) + "\n").encode()
