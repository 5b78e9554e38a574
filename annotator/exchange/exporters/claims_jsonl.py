"""`claims.jsonl`: a claim a line, with all that other tables say of it nested inside.

`verify.py` carries this file: the standard library alone, Python 3.9.
"""

import json
from collections.abc import Callable
from functools import lru_cache

EXACT = 15
"""Digits that every reader of JSON keeps; a number with more is a string."""
NESTED = (
    ("attributions", "attributions", "claim_id"),
    ("speakers", "claim_speakers", "claim_id"),
    ("addressees", "addressees", "claim_id"),
    ("directed_at", "targets", "claim_id"),
    ("quantities", "quantities", "claim_id"),
    ("positions", "positions", "claim_id"),
    ("relations", "relations", "from_claim_id"),
    ("reviews", "reviews", "claim_id"),
)
"""Name in the line, table, and its column that names the claim."""


@lru_cache(maxsize=4096)
def nested_number(cell):
    return json.loads(cell) if sum(map(str.isdigit, cell)) <= EXACT else cell


NESTED_TYPES: dict[str, Callable] = {
    "string": str,
    "date": str,
    "datetime": str,
    "integer": nested_number,
    "number": nested_number,
    "boolean": lambda cell: cell == "TRUE",
}


def nested_reader(package, table):
    """A function from the cells of a row of the table to what the line says; what is missing is left out."""
    (fields,) = (one["schema"]["fields"] for one in package["resources"] if one["name"] == table)
    readers = [(field["name"], field.get("separator"), NESTED_TYPES[field["type"]]) for field in fields]

    def read(cells):
        return {
            name: cell.split(separator) if separator else convert(cell)
            for (name, separator, convert), cell in zip(readers, cells)  # noqa: B905  (Python 3.9)
            if cell
        }

    columns = ", ".join('"' + name.replace('"', '""') + '"' for name, _, _ in readers)
    return columns, read


def write_claims(db, package):
    """(identifier, bytes) of each line; `db` has the tables of the dataset."""
    inner = []
    for name, table, key in NESTED:
        db.execute(f"CREATE INDEX IF NOT EXISTS nested_{name} ON {table} ({key})")
        columns, read = nested_reader(package, table)
        query = f"SELECT {columns} FROM {table} WHERE {key} = ? ORDER BY row"  # noqa: S608  (names from here)
        inner.append((name, key, query, read))
    article_columns, read_article = nested_reader(package, "articles")
    article = f"SELECT {article_columns} FROM articles WHERE article_id = ?"  # noqa: S608
    claim_columns, read_claim = nested_reader(package, "claims")
    for cells in db.execute(f"SELECT {claim_columns} FROM claims ORDER BY row"):  # noqa: S608
        claim = read_claim(cells)
        for name, key, query, read in inner:
            rows = list(map(read, db.execute(query, [claim["claim_id"]])))
            for row in rows:
                del row[key]
            claim[name] = rows
        for cells_of_article in db.execute(article, [claim["article_id"]]):
            claim["article"] = read_article(cells_of_article)
        yield claim["claim_id"], (json.dumps(claim, ensure_ascii=False) + "\n").encode()
