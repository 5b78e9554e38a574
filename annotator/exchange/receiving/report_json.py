"""An upload on its way in, and what became of it, as programs are told."""

from typing import Any

from .parcels import Parcel
from .report import Report, summary

LISTS = ("refused", "changed", "moved", "unmapped")


def parcel_json(parcel: Parcel) -> dict[str, Any]:
    """`counts` are null until it is in."""
    report, (done, total) = parcel.report, parcel.progress
    return {
        "uuid": str(parcel.uuid),
        "name": parcel.asked.name,
        "format": parcel.asked.format,
        "state": "waiting" if report is None else "done",
        "done": done,
        "expected": total,
        "counts": None if report is None else report.to_json()["counts"],
        "lines": None if report is None else {name: len(getattr(report, name)) for name in LISTS},
        "summary": summary(report) if report else "",
    }


def lines_json(report: Report, only: str = "") -> list[dict[str, Any]]:
    """What was refused first, then what is here in other words, what was found elsewhere, and what was not
    taken over; of one list alone where it is named."""
    return [
        {
            "list": name,
            "file": _shown(one.at.file),
            "line": one.at.line or None,
            "item": _shown(one.at.item),
            "what": _shown(one.what),
            "rule": getattr(one, "rule", ""),
            "why": _shown(one.why),
        }
        for name in LISTS
        if only in ("", name)
        for one in getattr(report, name)
    ]


def _shown(words: str) -> str:
    """With halves of characters, which no answer can hold, written as escapes."""
    return words.encode("utf-8", "backslashreplace").decode()
