"""The tables as datapackage.json describes them: cells, keys, types, levels, references."""

# ruff: noqa: S608  (names come quoted, or from this file)

import csv
import io
import re
from decimal import Decimal

TABLES = (
    *(
        "claims",
        "claim_speakers",
        "attributions",
        "addressees",
        "targets",
        "quantities",
        "positions",
        "annotations",
    ),
    *("sentences", "snapshots", "articles", "outlets", "actors", "actor_names", "affiliations"),
    *("events", "event_mentions", "event_participants", "relations", "reviews"),
)
NOT_OF_TYPE = {
    "integer": "{0} GLOB '*[^0-9]*'",
    "number": "NOT is_number({0})",
    "boolean": "{0} NOT IN ('TRUE', 'FALSE')",
    "date": "date({0}) IS NOT {0}",
    "datetime": "strftime('%Y-%m-%dT%H:%M:%SZ', {0}) IS NOT {0}",
}


# One way to write each number: no exponent, no zero that says nothing, no minus before nought.
NUMBER = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


def is_number(cell):
    return NUMBER.fullmatch(cell) is not None


def is_bounded(qualifier, low, high):
    """Whether a quantity has the ends that its qualifier speaks of, in their order."""
    if not all(is_number(end) for end in (low, high) if end):
        return False
    if qualifier in ("at_least", "more_than"):
        return bool(low) and not high
    if qualifier in ("at_most", "fewer_than"):
        return bool(high) and not low
    if not (low and high):
        return qualifier == "about" and not low and not high
    least, most = Decimal(low), Decimal(high)
    return {"exactly": least == most, "about": least <= most, "range": least < most}.get(qualifier, False)


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(files, db, resource, report):
    """One table into the database, cells as they were before they were made safe for spreadsheets."""
    table, path = resource["name"], "data/" + resource["path"]
    if path not in files.paths:
        report.say(f"{path} is missing")
        return False
    described = resource["schema"]["fields"]
    fields = [field["name"] for field in described]
    db.execute(f"CREATE TABLE {quoted(table)} (row INTEGER PRIMARY KEY, {', '.join(map(quoted, fields))})")
    lists = [(at, field) for at, field in enumerate(described) if field.get("refers")]
    insert = f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * (len(fields) + 1))})"
    with io.TextIOWrapper(files.open(path), "utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        if next(reader, None) != fields:
            report.say(f"{path} does not have the header that datapackage.json gives")
            return False
        for row, raw in enumerate(reader, 2):
            cells = [cell[1:] if cell[:1] == "'" else cell for cell in raw]
            if len(cells) != len(fields):
                first = cells[0] if cells else ""
                report.problem(table, row, first, f"it has {len(cells)} cells, not {len(fields)}")
                continue
            db.execute(insert, [row, *cells])
            for at, field in lists:
                values = cells[at].split(field["separator"]) if cells[at] else ()
                found = [(table, row, cells[0], field["name"], field["refers"], value) for value in values]
                db.executemany("INSERT INTO refers VALUES (?, ?, ?, ?, ?, ?)", found)
    return True


def index(db, resource):
    """Keys are looked up once for each row that names them."""
    table, key = resource["name"], ", ".join(map(quoted, resource["schema"]["primaryKey"]))
    db.execute(f"CREATE INDEX {quoted('key of ' + table)} ON {quoted(table)} ({key})")


def check_schema(db, resource, report):
    """Keys, types, levels, references: what datapackage.json promises of each cell."""
    table, schema = resource["name"], resource["schema"]
    name, first = quoted(table), quoted(schema["fields"][0]["name"])
    for condition, words in broken_promises(name, schema):
        for row, identifier in db.execute(f"SELECT row, {first} FROM {name} AS t WHERE {condition}"):
            report.problem(table, row, identifier, words)


def broken_promises(name, schema):
    """For each promise the SQL condition that finds the rows which break it, and what to say of them."""
    key = ", ".join(map(quoted, schema["primaryKey"]))
    yield f"row NOT IN (SELECT min(row) FROM {name} GROUP BY {key})", "it stands here a second time"
    for field in schema["fields"]:
        column, constraints = f"t.{quoted(field['name'])}", field.get("constraints", {})
        if constraints.get("required"):
            yield f"{column} = ''", f"{field['name']} is empty"
        if field["type"] in NOT_OF_TYPE:
            wrong = NOT_OF_TYPE[field["type"]].format(column)
            yield f"{column} <> '' AND {wrong}", f"{field['name']} is not of the type {field['type']}"
        if "enum" in constraints:
            levels = ", ".join("'" + level.replace("'", "''") + "'" for level in constraints["enum"])
            yield f"{column} NOT IN ('', {levels})", f"{field['name']} is not one of its levels"
    for link in schema.get("foreignKeys", []):
        here, there = f"t.{quoted(link['fields'])}", f"o.{quoted(link['reference']['fields'])}"
        other = link["reference"]["resource"]
        nobody = f"NOT EXISTS (SELECT 1 FROM {quoted(other) if other else name} AS o WHERE {there} = {here})"
        yield f"{here} <> '' AND {nobody}", f"{link['fields']} names nothing in {other or name}.csv"


def check_lists(db, report):
    """The references in cells that hold several."""
    for (target,) in db.execute("SELECT DISTINCT target FROM refers").fetchall():
        table, column = map(quoted, target.split("."))
        missing = f"target = ? AND NOT EXISTS (SELECT 1 FROM {table} AS o WHERE o.{column} = value)"
        found = db.execute(f"SELECT tbl, row, id, col, value FROM refers WHERE {missing}", [target])
        for name, row, identifier, col, value in found.fetchall():
            report.problem(name, row, identifier, f"{col} names {value}, which is not in {target}")
