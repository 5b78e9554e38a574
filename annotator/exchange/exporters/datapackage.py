"""`datapackage.json`: a Frictionless tabular data package (specification version 1) for the tables."""

import json
from collections.abc import Iterable
from typing import Any

from annotator.exchange.tables import LIST_SEPARATOR, TABLE, TABLES, Column, Table
from annotator.exchange.verification.formats import FORMAT, STATES_FORMAT

from .description import Description, WrittenFile

TYPES = {"list": "string"}
FORMATS = {"datetime": "%Y-%m-%dT%H:%M:%SZ"}


def _field(column: Column, release: Description) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.kind, column.kind),
        "description": column.description,
    }
    if column.kind == "list":
        made["separator"] = LIST_SEPARATOR
        if column.refers:
            made["refers"] = column.refers
    if column.kind in FORMATS:
        made["format"] = FORMATS[column.kind]
    if column.kind == "boolean":
        made |= {"trueValues": ["TRUE"], "falseValues": ["FALSE"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    levels = column.levels or (release.levels(column.codebook) if column.codebook else ())
    if levels and column.kind == "list":
        made["levels"] = list(levels)
    elif levels:
        constraints["enum"] = list(levels)
    if constraints:
        made["constraints"] = constraints
    return made


def schema(table: Table, release: Description) -> dict[str, Any]:
    """The Table Schema of one table, factor levels of this release's codebook included."""
    made: dict[str, Any] = {
        "fields": [_field(column, release) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    links = [
        {"fields": name, "reference": {"resource": "" if other == table.name else other, "fields": there}}
        for name, other, there in table.references()
    ]
    if links:
        made["foreignKeys"] = links
    return made


def _resource(file: WrittenFile, release: Description) -> dict[str, Any]:
    table = TABLE[file.in_data.removesuffix(".csv")]
    return {
        "name": table.name,
        "path": file.in_data,
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema(table, release),
    }


def outline(release: Description) -> dict[str, Any]:
    """The descriptor before its files are written: of each table the name and the schema."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        STATES_FORMAT: FORMAT,
        "name": release.folder.lower(),
        "title": release.title,
        "description": release.notes,
        "version": str(release.number),
        "created": release.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    package["selection"] = {
        **release.scope.as_json(),
        "words": [f"{about}: {asked}" for about, asked in release.scope.in_words()],
        "left_out": list(release.scope.left_out()),
    }
    if release.homepage:
        package["homepage"] = release.homepage
    if release.licence:
        package["licenses"] = [{"name": release.licence}]
    if release.contributors:
        package["contributors"] = [{"title": name, "role": "author"} for name in release.contributors]
    package["resources"] = [{"name": table.name, "schema": schema(table, release)} for table in TABLES]
    return package


def write(release: Description, files: Iterable[WrittenFile]) -> bytes:
    """The descriptor; its resources are those of `files` that are tables, in their order."""
    package = outline(release)
    package["resources"] = [_resource(file, release) for file in files if file.rows is not None]
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
