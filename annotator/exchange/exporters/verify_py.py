"""`verify.py`: the modules of `annotator.exchange.verification` as one file that stands alone.

With them go the exporters whose files it makes again.
"""

import ast
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "verification"
# Each part uses only parts before it.
PARTS = (
    *("report", "files", "formats", "tables", "links", "texts", "citations", "outlets", "agreement"),
    *("../exporters/bibtex", "../exporters/ris", "../exporters/web_annotation", "../exporters/parquet"),
    *("../exporters/claims_jsonl", "../exporters/report_html", "../exporters/brat"),
    *("derived", "command"),
)


@cache
def write() -> bytes:
    """The program: the last part's docstring, all imports of the standard library, then the parts."""
    imports: set[str] = set()
    bodies = []
    doc = ""
    for part in PARTS:
        source = (FOLDER / f"{part}.py").read_text(encoding="utf-8")
        tree = ast.parse(source)
        doc = ast.get_docstring(tree) or ""
        head = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        imports |= {ast.unparse(node) for node in head if not getattr(node, "level", 0)}
        begin = (head or tree.body[:1])[-1].end_lineno
        bodies.append("\n".join(source.splitlines()[begin:]).strip())
    program = [f'#!/usr/bin/env python3\n"""{doc}\n"""\n', *sorted(imports)]
    return ("\n".join(program) + "\n\n" + "\n\n\n".join(bodies) + "\n").encode()
