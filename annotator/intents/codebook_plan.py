"""What a file of a codebook would change: worked out before, shown, and then done as shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .codebook import CONTENT
from .codebook_file import CodebookFile, FileCode
from .refusal import Refused

ADD, CHANGE, RETIRE, BACK = "add", "change", "retire", "back"
IN_WORDS = {ADD: "new", CHANGE: "changed", RETIRE: "retired", BACK: "offered again"}

Stored = Mapping[str, Any]
"""A code as queries/codebook.py freezes it."""


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """`new` is what the code is to be; None where only its being offered changes."""

    act: str
    facet: str
    key: str
    name: str
    differences: tuple[Difference, ...] = ()
    new: FileCode | None = None

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.act]


@dataclass(frozen=True, slots=True)
class Plan:
    """`version` is that of the codebook it was made for; `notes` what the file asks for and does not get."""

    version: int
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    @property
    def told(self) -> str:
        """ "2 new, 1 changed"."""
        acts = [step.act for step in self.steps]
        return ", ".join(f"{acts.count(act)} {word}" for act, word in IN_WORDS.items() if act in acts)


def plan(
    file: CodebookFile, content: Mapping[str, Sequence[Stored]], version: int, *, retire_missing: bool = False
) -> Plan:
    """`content` is the project's codebook. Raises Refused where the two cannot go together."""
    steps: list[Step] = []
    notes: list[str] = []
    for facet in file.facets:
        mine = {str(code["key"]): code for code in content.get(facet, [])}
        theirs = [code for code in file.codes if code.facet == facet]
        _check_parents(theirs, mine)
        for code in theirs:
            steps += _steps(code, mine.get(code.key), notes)
        if retire_missing:
            named = {code.key for code in theirs}
            steps += _missing(facet, (one for key, one in mine.items() if key not in named))
        _check_names(theirs, mine)
        _check_shortcuts(theirs, mine, {step.key for step in steps if step.act == RETIRE})
    return Plan(version, tuple(steps), tuple(notes))


def _steps(code: FileCode, stored: Stored | None, notes: list[str]) -> Iterable[Step]:
    name = code.content.name
    if code.content.colour_changed:
        notes.append(
            f"“{name}”: {code.content.colour_asked} cannot be told from the page by day and by night; "
            f"it becomes {code.content.colour}."
        )
    if stored is not None and stored.get("merged_into"):
        notes.append(f"“{name}” was merged into “{stored['merged_into']}” here and stays so.")
        return
    if code.merged and stored is None:
        notes.append(f"“{name}” was merged away where the file comes from and is left out.")
        return
    if stored is None:
        yield Step(ADD, code.facet, code.key, name, _differences({}, code), code)
        return
    if differences := _differences(stored, code):
        yield Step(CHANGE, code.facet, code.key, str(stored["name"]), differences, code)
    if code.retired != bool(stored.get("retired")) and not code.merged:
        yield Step(RETIRE if code.retired else BACK, code.facet, code.key, name)


def _missing(facet: str, codes: Iterable[Stored]) -> Iterable[Step]:
    for code in codes:
        if not code.get("retired"):
            yield Step(RETIRE, facet, str(code["key"]), str(code["name"]))


def _differences(stored: Stored, code: FileCode) -> tuple[Difference, ...]:
    pairs = ((name, _said(stored.get(name)), getattr(code.content, name)) for name in CONTENT)
    return tuple(Difference(name, before, after) for name, before, after in pairs if before != after)


def _said(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _check_parents(theirs: list[FileCode], mine: Mapping[str, Stored]) -> None:
    """Topics lie two deep, counting those that the file does not speak of."""
    parents = {key: _said(code.get("parent")) for key, code in mine.items() if not code.get("merged_into")}
    parents |= {
        code.key: code.content.parent for code in theirs if not (code.merged and code.key not in mine)
    }
    for code in theirs:
        above = code.content.parent
        if above and above not in parents:
            raise Refused(
                f"{code.field}.parent", "code", f"“{above}” is in neither the file nor the codebook"
            )
        if above and (parents[above] or above == code.key):
            raise Refused(f"{code.field}.parent", "two_levels", f"“{above}” lies under another topic itself")
    for key, above in parents.items():
        if above and parents.get(above):
            at = next((code.field for code in theirs if code.key == above), "codes.topic")
            raise Refused(f"{at}.parent", "two_levels", f"“{key}” lies under “{above}” already")


def _check_names(theirs: list[FileCode], mine: Mapping[str, Stored]) -> None:
    """One code a name among those that lie under no other, counting those that the file does not speak of."""
    held = {
        str(code["name"]).casefold(): key
        for key, code in mine.items()
        if not code.get("merged_into") and not code.get("parent") and key not in {one.key for one in theirs}
    }
    for code in theirs:
        merged = code.merged if code.key not in mine else bool(mine[code.key].get("merged_into"))
        if merged or code.content.parent:
            continue
        other = held.setdefault(code.content.name.casefold(), code.key)
        if other != code.key:
            raise Refused(f"{code.field}.name", "name_once", f"is the name of “{other}” already")


def _check_shortcuts(theirs: list[FileCode], mine: Mapping[str, Stored], retired: set[str]) -> None:
    said = {code.key for code in theirs}
    held = {
        str(code["shortcut"]): key
        for key, code in mine.items()
        if code.get("shortcut") and not code.get("retired") and key not in said | retired
    }
    for code in theirs:
        if not code.retired and code.content.shortcut in held:
            other = held[code.content.shortcut]
            raise Refused(f"{code.field}.shortcut", "unique", f"is the key of “{other}” in this codebook")
