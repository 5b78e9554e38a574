"""brat's standoff files as they are: each line of an `.ann`, and the text beside it.

Lines are those of brat's documentation: T (text-bound), E (event), R (relation), `*` (equivalence), A and M
(attribute), N (normalisation), # (note). What is none of these, or points to nothing, is told and left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise

from .bundle import At, Unmapped

_TEXT_BOUND = re.compile(r"([^\s]+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)")
_EVENT = re.compile(r"([^\s:]+):([^\s:]+)((?: +[^\s:]+:[^\s:]+)*) *")
_RELATION = re.compile(r"([^\s]+) +([^\s:]+):([^\s:]+) +([^\s:]+):([^\s:]+) *")
_NORMALISATION = re.compile(r"[^\s]+ ([^\s]+) ([^\s:]+):([^\s]+)")
_LONGEST_OFFSET = 9
"""Digits: no text that is taken in is longer."""

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TextBound:
    """`stretches` in the order of the text, apart from each other; `words` of each, None where the line has
    none."""

    at: At
    name: str
    type: str
    stretches: Stretches
    words: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Joined:
    """An event with its trigger, or a relation with none. `parts` are pairs of role, without its number, and
    name."""

    at: At
    name: str
    type: str
    parts: tuple[tuple[str, str], ...]
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of another: an attribute and its value, a register and the entry there, a note."""

    at: At
    of: str
    type: str
    value: str
    more: str = ""
    """Of a normalisation the words of the entry."""


@dataclass(slots=True)
class Standoff:
    """One `.ann`, by name of line. `joined` are the names of all relations; `said` holds what lines say
    of each name, by letter: attributes (A), normalisations (N) and notes (#); `same` the first of those that
    an equivalence holds to be one."""

    file: str
    spans: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, Joined] = field(default_factory=dict)
    relations: list[Joined] = field(default_factory=list)
    joined: set[str] = field(default_factory=set)
    said: dict[str, dict[str, list[Said]]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)

    def of(self, name: str, letter: str) -> Iterator[Said]:
        return iter(self.said.get(name, {}).get(letter, ()))

    def values(self, name: str) -> Mapping[str, Said]:
        """The attributes of a line; of two that say the same the first."""
        return {one.type: one for one in reversed(list(self.of(name, "A")))}

    def leave(self, at: At, what: str, why: str) -> None:
        self.unmapped.append(Unmapped(at, what[:200], why))


def read_standoff(text: str, file: str) -> Standoff:
    """Never raises: a line that is none is told."""
    read = Standoff(file)
    equivalent: list[tuple[At, list[str]]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            _read_line(read, At(file, number), line.removesuffix("\r"), equivalent)
    _drop_what_points_nowhere(read)
    _hold_the_same(read, equivalent)
    return read


def _read_line(read: Standoff, at: At, line: str, equivalent: list[tuple[At, list[str]]]) -> None:
    name, tab, rest = line.partition("\t")
    data, _, tail = rest.partition("\t")
    letter = "A" if name[:1] == "M" else name[:1]
    why = ""
    if tab and letter == "*":
        equivalent.append((at, data.split()[1:]))
    elif not tab or letter not in _READERS:
        why = "is no line of brat’s standoff format"
    elif name in read.spans or name in read.events or name in read.joined:
        why = f"{name} stands twice: the first is taken"
    else:
        why = _READERS[letter](read, at, name, data, tail)
    if why:
        read.leave(at, line[:80], why)


def _read_text_bound(read: Standoff, at: At, name: str, data: str, tail: str) -> str:
    match = _TEXT_BOUND.fullmatch(data)
    if not match:
        return "has no type and offsets as brat writes them"
    pairs = [pair.split(" ") for pair in match[2].split(";")]
    if any(len(offset) > _LONGEST_OFFSET for pair in pairs for offset in pair):
        return "has an offset that no text reaches"
    places = [(int(start), int(end)) for start, end in pairs]
    if any(start >= end for start, end in places):
        return "marks no words: it ends where it begins, or before"
    pieces = _pieces(places, tail)
    if tail and pieces is None:
        return "has words that do not fill its stretches"
    order = sorted(range(len(places)), key=places.__getitem__)
    places = [places[i] for i in order]
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        return "has stretches that overlap"
    words = None if pieces is None else tuple(pieces[i] for i in order)
    read.spans[name] = TextBound(at, name, match[1], tuple(places), words)
    return ""


def _pieces(places: list[tuple[int, int]], tail: str) -> list[str] | None:
    """The words of each stretch: one blank stands between two."""
    lengths = [end - start for start, end in places]
    if not tail or len(places) == 1:
        return [tail] if tail else None
    if len(tail) != sum(lengths) + len(lengths) - 1:
        return None
    pieces, begin = [], 0
    for length in lengths:
        pieces.append(tail[begin : begin + length])
        begin += length + 1
    return pieces


def _read_event(read: Standoff, at: At, name: str, data: str, _tail: str) -> str:
    match = _EVENT.fullmatch(data)
    if not match:
        return "has no type, trigger and parts as brat writes them"
    parts = [part.split(":") for part in match[3].split()]
    read.events[name] = Joined(at, name, match[1], tuple((_role(r), of) for r, of in parts), match[2])
    return ""


def _role(written: str) -> str:
    """Several parts with one role are numbered: Source, Source2."""
    return written.rstrip("0123456789") or written


def _read_relation(read: Standoff, at: At, name: str, data: str, _tail: str) -> str:
    match = _RELATION.fullmatch(data)
    if not match:
        return "has no type and two parts as brat writes them"
    read.joined.add(name)
    read.relations.append(Joined(at, name, match[1], ((match[2], match[3]), (match[4], match[5]))))
    return ""


def _read_attribute(read: Standoff, at: At, name: str, data: str, _tail: str) -> str:
    type_, *rest = data.split(" ", 2)
    if not rest:
        return "does not say what it is of"
    return _say(read, "A", Said(at, rest[0], type_, rest[1] if len(rest) > 1 else ""))


def _read_normalisation(read: Standoff, at: At, name: str, data: str, tail: str) -> str:
    match = _NORMALISATION.fullmatch(data.strip())
    if not match:
        return "has no register and entry as brat writes them"
    return _say(read, "N", Said(at, match[1], match[2], match[3], tail))


def _read_note(read: Standoff, at: At, name: str, data: str, tail: str) -> str:
    type_, _, of = data.strip().partition(" ")
    if not of:
        return "does not say what it is of"
    return _say(read, "#", Said(at, of.strip(), type_, tail))


def _say(read: Standoff, letter: str, said: Said) -> str:
    read.said.setdefault(said.of, {}).setdefault(letter, []).append(said)
    return ""


_READERS = {
    "T": _read_text_bound,
    "E": _read_event,
    "R": _read_relation,
    "A": _read_attribute,
    "N": _read_normalisation,
    "#": _read_note,
}


def _drop_what_points_nowhere(read: Standoff) -> None:
    """An event whose trigger or part is missing goes, and with it what points to it."""
    used_by: dict[str, list[str]] = {}
    for event in read.events.values():
        for name in _names(event):
            used_by.setdefault(name, []).append(event.name)
    there = read.spans.keys() | read.events.keys()
    missing = [name for name in used_by if name not in there]
    while missing:
        name = missing.pop()
        for user in used_by.get(name, ()):
            if user in read.events:
                event = read.events.pop(user)
                read.leave(event.at, f"{user} {event.type}", f"points to {name}, which is missing")
                missing.append(user)
    kept = []
    for relation in read.relations:
        lost = [name for name in _names(relation) if name not in read.spans and name not in read.events]
        if lost:
            what = f"{relation.name} {relation.type}"
            read.leave(relation.at, what, f"points to {lost[0]}, which is missing")
        else:
            kept.append(relation)
    read.relations = kept
    known = read.spans.keys() | read.events.keys() | {relation.name for relation in kept}
    for name in [name for name in read.said if name not in known]:
        for said in chain.from_iterable(read.said.pop(name).values()):
            read.leave(said.at, f"{said.type} of {name}", f"{name} is missing")


def _names(joined: Joined) -> list[str]:
    return [*([joined.trigger] if joined.trigger else []), *(of for _, of in joined.parts)]


def _hold_the_same(read: Standoff, equivalent: list[tuple[At, list[str]]]) -> None:
    order = {name: number for number, name in enumerate(read.spans)}
    above: dict[str, str] = {}

    def first(name: str) -> str:
        while name in above:
            above[name] = above.get(above[name], above[name])  # halves the way, so that none gets long
            name = above[name]
        return name

    for at, names in equivalent:
        if len(set(names)) < 2 or not all(name in order for name in names):
            read.leave(at, f"* {' '.join(names)}", "does not name two or more marks that are there")
            continue
        one, *others = sorted({first(name) for name in names}, key=order.__getitem__)
        above |= dict.fromkeys(others, one)
    held = above.keys() | set(above.values())
    read.same = {name: first(name) for name in order if name in held}
