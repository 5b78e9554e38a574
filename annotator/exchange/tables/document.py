"""The column tables of `docs/dataset.md`, from the declarations themselves."""

from . import TABLES, Column


def column_tables() -> str:
    """Markdown: one heading and one table of columns for each table of the dataset."""
    parts = []
    for table in TABLES:
        rows = "\n".join(_row(column) for column in table.columns)
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(
            f"### {table.name}.csv\n\n{table.description} Key: {key}.\n\n"
            f"| column | type | meaning |\n|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def _row(column: Column) -> str:
    kind = column.kind + (", never empty" if column.required else "")
    more = ""
    if column.levels:
        more = f" One of {', '.join(f'`{level}`' for level in column.levels)}."
    elif column.codebook:
        more = f" Levels: the codebook's `{column.codebook}`."
    if column.refers:
        more += f" → `{column.refers}`"
    return f"| `{column.name}` | {kind} | {column.description}{more} |"
