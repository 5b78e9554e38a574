"""What became of one thing as the API tells it."""

from collections.abc import Iterable
from dataclasses import asdict

from .annotation_json import Json
from .histories import Deed, Line
from .project_history import Entry


def history_json(deeds: Iterable[Deed]) -> list[Json]:
    """In the order given. `made` says that the thing came into being, and how."""
    return [
        {
            "at": deed.at.isoformat(),
            "who": deed.who,
            "made": deed.made,
            "changes": [_line(line) for line in deed.lines],
        }
        for deed in deeds
    ]


def _line(line: Line) -> Json:
    return {
        "what": line.what,
        "verb": line.verb,
        "of": line.of,
        "before": line.before,
        "after": line.after,
        "note": line.note,
    }


def entries_json(entries: Iterable[Entry]) -> list[Json]:
    """Changes in a project, one of one row each, in the order given."""
    return [
        {
            "at": one.at.isoformat(),
            "who": one.who,
            "said": one.said,
            "what": one.what,
            "verb": one.verb,
            "of": one.of,
            "page": one.url,
            "request": one.request,
            "changes": [_line(line) for line in one.lines],
            "values": [asdict(value) for value in one.values],
        }
        for one in entries
    ]
