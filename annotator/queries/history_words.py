"""In which words a change of each table is told, column by column."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

Row = dict[str, Any]


class Names(Protocol):
    """Who and what the keys in the history's rows mean, at the moment that is told."""

    subject: int

    def of(self, model: type[Model], key: int | None) -> str: ...

    def own(self, model: type[Model], key: int) -> str:
        """Not that of whoever it was merged into."""

    def said(self, table: str, column: str, row: Row) -> str: ...

    def words(self, annotation: int) -> str: ...

    def kind(self, annotation: int) -> str: ...

    def code_key(self, code: int) -> str: ...


@dataclass(frozen=True)
class Told:
    """`called` says which row of the table it is ("the topic floods": floods), `what` what rows of it are.

    `columns` has a word for each column that is told; those `silent`, and what the database generates, follow
    from others or say nothing to a reader. Of a row that came or went those in `named` are told by what it is
    called, and those in `ordered` not at all. `place` are the columns by which a row that came is the
    successor of one that went in the same act. `verbs` are of columns that were set, or made empty. `merges`
    is the column that says into which other row one was merged, for which acts are named after the two.
    """

    model: type[Model]
    what: str | Callable[[Row, Names], str]
    columns: dict[str, str]
    silent: frozenset[str]
    called: Callable[[Row, Names], str] = lambda row, names: ""
    named: frozenset[str] = frozenset()
    ordered: frozenset[str] = frozenset()
    place: tuple[str, ...] = ()
    came: str = "added"
    went: str = "took away"
    verbs: dict[str, tuple[str, str]] = field(default_factory=dict)
    merges: str = ""

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)


def column(model: type[Model], name: str) -> Callable[[Row, Names], str]:
    return lambda row, names: names.said(model._meta.db_table, name, row)


def annotation_words(row: Row, names: Names) -> str:
    return names.words(row["annotation_id"])


KINDS = {
    "cue": "cue",
    "role": "words of the role",
    "reason": "words of the reason",
    "time": "words of the date",
    "place": "words of the place",
    "hedge": "hedge",
    "gloss": "addition of the reporter",
    "quoted": "quotation marks",
    "addressee": "words of the addressee",
    "target": "words of the target",
    "occasion": "words of the occasion",
    "period": "words of the time it speaks of",
}


def supporting(row: Row, names: Names) -> str:
    kind = names.kind(row["annotation_id"])
    return "words of the type" if kind == "cue" and row.get("event_id") else KINDS.get(kind, "words")


EVERYWHERE = frozenset({"id", "uuid", "project_id", "version"})
