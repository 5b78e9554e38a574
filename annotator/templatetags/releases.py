"""What is in a release, in the order people ask for it."""

from collections.abc import Mapping

from django import template

register = template.Library()
FIRST = ("claims", "sentences", "articles", "actors", "events", "relations", "reviews")


@register.filter
def tables(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """(name in words, rows) of each table, the claims first; the singular where there is one row."""
    rank = {name: place for place, name in enumerate(FIRST)}
    names = sorted(counts, key=lambda name: (rank.get(name, len(rank)), name))
    return [(_words(name, counts[name]), counts[name]) for name in names]


def _words(table: str, rows: int) -> str:
    words = table.replace("_", " ")
    if rows != 1:
        return words
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")
