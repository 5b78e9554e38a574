"""What became of an import, for a page, a command and a test alike. Pure."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from annotator.exchange.importers.bundle import At, Unmapped

COUNTED = (
    *("texts_new", "texts_known", "texts_refused"),
    *("stored", "known", "changed", "refused", "found_again"),
    *("actors", "events", "relations", "codes"),
)
"""Texts; annotations; and the records that were made for them. `found_again` are those of the stored or known
annotations whose words were looked for: they stand elsewhere than the file says, or the text is another."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something to tell of one item: `rule` is the short name of what it is held to, `why` is for people."""

    at: At
    what: str
    rule: str
    why: str


@dataclass(slots=True)
class Report:
    """`refused` were not stored. `changed` are here already and say something else here: they were left as
    they are. `moved` are stored or known where their words were found, and why that is certain.
    `unmapped` were not understood, or are not for importing."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Told] = field(default_factory=list)
    changed: list[Told] = field(default_factory=list)
    moved: list[Told] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)

    def refuse(self, at: At, what: str, rule: str, why: str, counted: str = "refused") -> None:
        self.counts[counted] += 1
        self.refused.append(Told(at, what, rule, why))

    def copy(self) -> "Report":
        lists = {name: list(getattr(self, name)) for name in ("refused", "changed", "moved", "unmapped")}
        return Report(counts=Counter(self.counts), **lists)

    def restore(self, told: "Report") -> None:
        """Tell again what a `copy` tells, and no more."""
        self.counts, self.refused, self.changed = told.counts, told.refused, told.changed
        self.moved, self.unmapped = told.moved, told.unmapped

    def left(self, at: At, what: str, why: str) -> None:
        self.unmapped.append(Unmapped(at, what, why))

    @property
    def whole(self) -> bool:
        """Whether nothing was refused. What is here already in other words was not overwritten, and is
        told."""
        return not self.refused

    def to_json(self) -> dict[str, Any]:
        made: dict[str, Any] = {"counts": {name: self.counts[name] for name in COUNTED}}
        for name in ("refused", "changed", "moved", "unmapped"):
            made[name] = [asdict(one) for one in getattr(self, name)]
        return made

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Report":
        told = {
            name: [Told(**{**one, "at": At(**one["at"])}) for one in value[name]]
            for name in ("refused", "changed", "moved")
        }
        unmapped = [Unmapped(**{**one, "at": At(**one["at"])}) for one in value["unmapped"]]
        return cls(counts=Counter(value["counts"]), unmapped=unmapped, **told)


_SAID = (
    ("texts_new", "text taken in", "texts taken in"),
    ("texts_known", "text already there", "texts already there"),
    ("texts_refused", "text refused", "texts refused"),
    ("stored", "annotation stored", "annotations stored"),
    ("known", "already there", "already there"),
    ("changed", "left as it is", "left as they are"),
    ("refused", "refused", "refused"),
    ("found_again", "found by its words", "found by their words"),
    ("actors", "actor", "actors"),
    ("events", "event", "events"),
    ("relations", "relation", "relations"),
    ("codes", "code", "codes"),
)


def summary(report: Report) -> str:
    """The counts in one line."""
    counts = report.counts
    said = [
        f"{counts[name]} {one if counts[name] == 1 else many}" for name, one, many in _SAID if counts[name]
    ]
    if report.unmapped:
        said.append(f"{len(report.unmapped)} not taken over")
    return ", ".join(said) + "." if said else "There was nothing to import."
