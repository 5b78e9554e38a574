"""What is in a release, in the order and the words in which people ask for it."""

import json
from collections.abc import Mapping

from django import template

from annotator.exchange.difference_list import WHAT, TableSummary

register = template.Library()
CHIEF = {
    "claims": ("claim", "claims"),
    "sentences": ("sentence", "sentences"),
    "articles": ("article", "articles"),
    "actors": ("speaker or other actor", "speakers and other actors"),
}
OTHERS = {
    "outlets": ("outlet", "outlets"),
    "positions": ("stand of a claim on a concept", "stands of claims on concepts"),
    "actor_names": ("name of an actor", "names of actors"),
    "affiliations": ("affiliation of an actor", "affiliations of actors"),
    "events": ("event", "events"),
    "event_mentions": ("mention of an event", "mentions of events"),
    "event_participants": ("part in an event", "parts in events"),
    "relations": ("relation between claims", "relations between claims"),
    "reviews": ("review decision", "review decisions"),
    "attributions": ("link of a claim’s chain", "links of the claims’ chains"),
    "claim_speakers": ("speaker of such a link", "speakers of those links"),
    "addressees": ("person or group spoken to", "people and groups spoken to"),
    "targets": ("person or group a claim is directed at", "people and groups claims are directed at"),
    "quantities": ("number given in a claim", "numbers given in claims"),
    "annotations": ("marked passage", "marked passages"),
    "snapshots": ("captured text", "captured texts"),
}


@register.filter
def chief(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """(name in words, rows) of the tables that people ask for first."""
    return [(CHIEF[name][counts[name] != 1], counts[name]) for name in CHIEF if name in counts]


@register.filter
def others(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """(name in words, rows) of the remaining tables; one without words here has its own name."""
    names = [name for name in OTHERS if name in counts]
    names += sorted(counts.keys() - CHIEF.keys() - OTHERS.keys())
    return [(_words(name, counts[name]), counts[name]) for name in names]


def _words(table: str, rows: int) -> str:
    return OTHERS[table][rows != 1] if table in OTHERS else table.replace("_", " ")


@register.filter
def plain_table(name: str) -> str:
    """What the rows of a table are, in words: "claims", "links of the claims’ chains"."""
    return (CHIEF | OTHERS).get(name, (name, name.replace("_", " ")))[1]


@register.filter
def plain_row(table: str) -> str:
    """What one row of a table is, in words."""
    return (CHIEF | OTHERS).get(table, (table.replace("_", " "), ""))[0]


@register.filter
def kinds(summary: TableSummary) -> list[tuple[str, int]]:
    """Added, removed and changed, each with its number of rows."""
    return [(what, summary.number(what)) for what in WHAT]


@register.filter
def passages(value: str) -> str:
    """Words of several passages, which a table holds as a JSON list, as people quote them; any other value as
    it is."""
    try:
        words = json.loads(value) if value.startswith('["') else None
    except (ValueError, RecursionError):
        return value
    if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
        return value
    return " … ".join(words)
