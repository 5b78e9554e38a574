"""doccano's JSON lines: spans with labels, and relations between them.

A line is one text, `{"text": …, "label": [[start, end, label]]}` (also `labels`) or, with relations,
`{"text": …, "entities": [{"id", "label", "start_offset", "end_offset"}], "relations": [{"from_id", "to_id",
"type"}]}`. doccano counts offsets in UTF-16 code units, or in characters where a project counts clusters; it
exports neither which nor the words. Where a text has characters that make the two differ, offsets are taken
only if one reading alone is possible in all lines of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sources.text.digest import sha256_hex

from .bundle import At, Bundle, NotRead, Unmapped
from .files import Files
from .json_lines import read_json_lines
from .labelled import Labelled, Region, Tie, bundle_of, record_of, whole
from .wishes import Wishes

_KNOWN = {"id", "text", "data", "label", "labels", "entities", "relations", "title", "url"}


@dataclass(frozen=True, slots=True)
class _Line:
    at: At
    value: dict[str, Any]
    text: str
    spans: tuple[tuple[str, str, int, int], ...]
    """Name, label, start and end as they are written."""


def read_doccano(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead where no file ends in `.jsonl` or `.json`."""
    names = files.ending(".jsonl", ".json")
    if not names:
        raise NotRead(At(files.name), "holds no file that ends in .jsonl")
    unmapped = list(files.skipped)
    documents: list[Labelled] = []
    for name in names:
        lines = list(_lines(files, name, unmapped))
        units = _units(lines)
        documents += [_labelled(line, units, wishes, unmapped) for line in lines]
    return bundle_of("doccano", documents, unmapped)


def _lines(files: Files, name: str, unmapped: list[Unmapped]) -> Iterator[_Line]:
    for number, value in read_json_lines(files.text(name), name):
        at = At(name, number)
        if isinstance(value, NotRead):
            unmapped.append(Unmapped(value.at, "line", value.why))
        elif not isinstance(value, dict) or not isinstance(text := value.get("text", value.get("data")), str):
            unmapped.append(Unmapped(at, "line", "is no object with a text"))
        else:
            yield _Line(at, value, text, tuple(_spans(at, value, unmapped)))


def _spans(at: At, value: dict[str, Any], unmapped: list[Unmapped]) -> Iterator[tuple[str, str, int, int]]:
    seen: set[str] = set()
    for key in ("label", "labels", "entities"):
        listed = value.get(key) or []
        for number, one in enumerate(listed if isinstance(listed, list) else [listed], start=1):
            found = _span(one, f"{key} {number}")
            if found is None:
                what = f"{key} {number}: {str(one)[:80]}"
                unmapped.append(Unmapped(at, what, "is no span with a label, a start and an end after it"))
            elif found[0] in seen:
                unmapped.append(Unmapped(at, found[0], "stands twice: the first is taken"))
            else:
                seen.add(found[0])
                yield found


def _span(one: Any, name: str) -> tuple[str, str, int, int] | None:
    if isinstance(one, dict):
        start, end, label = one.get("start_offset"), one.get("end_offset"), one.get("label")
        name = str(whole(one.get("id"))) if whole(one.get("id")) is not None else name
    elif isinstance(one, list) and len(one) == 3:
        start, end, label = one
    else:
        return None
    first, last = whole(start), whole(end)
    if first is None or last is None or not isinstance(label, str) or not 0 <= first < last:
        return None
    return name, label, first, last


def _units(lines: list[_Line]) -> str:
    """`points`, `units`, or nothing where the file does not tell."""
    possible = {"points", "units"}
    for line in lines:
        wide = [place for place, letter in enumerate(line.text) if letter > "\uffff"]
        if wide:
            inside = {place + number + 1 for number, place in enumerate(wide)}
            for _, _, start, end in line.spans:
                if end > len(line.text):
                    possible.discard("points")
                if end > len(line.text) + len(wide) or start in inside or end in inside:
                    possible.discard("units")
    return possible.pop() if len(possible) == 1 else ""


def _labelled(line: _Line, units: str, wishes: Wishes, unmapped: list[Unmapped]) -> Labelled:
    made = Labelled(line.at, _key(line), f"line {line.at.line} of {line.at.file}", line.text, wishes)
    made.record = record_of(line.value, line.text)
    to_points = _points(line.text)
    for name, label, start, end in line.spans:
        read = {"points": (start, end), "units": (to_points.get(start, -1), to_points.get(end, -1))}
        if units:
            read = {units: read[units]}
        places = {place for place in read.values() if 0 <= place[0] < place[1] <= len(line.text)}
        what = f"{name} {label} {start}–{end}"
        if not places:
            unmapped.append(Unmapped(line.at, what, "does not lie in the text"))
        elif len(places) > 1:
            why = "emoji or the like stand before it, and nothing tells whether they count once or twice"
            unmapped.append(Unmapped(line.at, what, why))
        else:
            first, last = places.pop()
            made.regions.append(Region(line.at, name, label, ((first, last),), (line.text[first:last],)))
    made.ties += _ties(line, unmapped)
    for key in sorted(line.value.keys() - _KNOWN):
        if line.value[key] not in (None, "", [], {}):
            unmapped.append(Unmapped(line.at, f"{key}: {str(line.value[key])[:80]}", "is not taken over"))
    return made


def _points(text: str) -> dict[int, int]:
    """Code points by UTF-16 code units, for every place that is not within a character."""
    found, unit = {0: 0}, 0
    for place, letter in enumerate(text, start=1):
        unit += 2 if letter > "\uffff" else 1
        found[unit] = place
    return found


def _ties(line: _Line, unmapped: list[Unmapped]) -> Iterator[Tie]:
    listed = line.value.get("relations") or []
    for number, one in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        ends = [whole(one.get(key)) for key in ("from_id", "to_id")] if isinstance(one, dict) else [None]
        if None in ends or not isinstance(one.get("type"), str):
            what = f"relation {number}: {str(one)[:80]}"
            unmapped.append(Unmapped(line.at, what, "does not say what it joins, and as what"))
        else:
            yield Tie(line.at, f"relation {number}", one["type"], str(ends[0]), str(ends[1]))


def _key(line: _Line) -> str:
    own = whole(line.value.get("id"))
    return sha256_hex(line.text) if own is None else f"{own}\x1f{sha256_hex(line.text)}"
