"""`ro-crate-metadata.json` (RO-Crate 1.1): what each file of `data/` is, for catalogues and repositories."""

import json
from collections.abc import Iterable
from typing import Any

from annotator.exchange.tables import TABLE

from .description import Description, WrittenFile

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "cff": "application/yaml",
    "py": "text/x-python",
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "jsonld": "application/ld+json",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
    "html": "text/html",
    "ris": "application/x-research-info-systems",
    "ann": "text/plain",
    "conf": "text/plain",
    "tsv": "text/tab-separated-values",
}
ABOUT = {
    "references.json": "The cited articles as CSL-JSON.",
    "references.bib": "The cited articles for BibTeX and biblatex.",
    "references.ris": "The cited articles as RIS.",
    "annotations.jsonld": "Every annotation after the W3C Web Annotation Data Model.",
    "claims.jsonl": "A claim a line, with all that the tables say of it.",
    "report.html": "The claims by speaker, with footnotes, to read and to print.",
    "brat/annotation.conf": "The types and attributes of the standoff annotations, for brat.",
    "brat/visual.conf": "How brat is to draw them.",
    "brat/metadata.tsv": "The articles of brat's texts.",
    "README.md": "What this dataset is, which claims it took and which it left out.",
    "datapackage.json": "Frictionless descriptor of the tables.",
    "codebook.md": "What the codes mean.",
    "CITATION.cff": "How to cite this dataset.",
    "ro-crate-metadata.json": "Description of every file, for catalogues and repositories.",
    "verify.py": "Checks every citation of this dataset; needs Python 3.9 and nothing else.",
}


def _file(file: WrittenFile) -> dict[str, Any]:
    name = file.in_data
    table = TABLE.get(name.rpartition("/")[2].rpartition(".")[0])
    about = ABOUT.get(name) or (table.description if table else "Full text of one article.")
    about = "Its claims, speakers and cues in brat's standoff format." if name.endswith(".ann") else about
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": about,
        "encodingFormat": MEDIA_TYPES[name.rpartition(".")[2]],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def write(release: Description, files: Iterable[WrittenFile]) -> bytes:
    """The metadata document for all `files` that lie in `data/`, itself not among them."""
    parts = [_file(file) for file in files if file.path.startswith("data/")]
    people = [
        {"@id": f"#contributor-{number}", "@type": "Person", "name": name}
        for number, name in enumerate(release.contributors, 1)
    ]
    licence = {"@id": "#licence", "@type": "CreativeWork", "name": release.licence or "All rights reserved"}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": release.title,
        "description": release.notes or release.title,
        "version": str(release.number),
        "datePublished": release.moment.date().isoformat(),
        "license": {"@id": "#licence"},
        "creator": [{"@id": person["@id"]} for person in people],
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    crate = {"@context": CONTEXT, "@graph": [descriptor, root, licence, *people, *parts]}
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()
