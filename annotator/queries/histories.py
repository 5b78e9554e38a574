"""What became of one thing of a project: who changed what, when, in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import NOT_PROVIDED, ForeignKey

from annotator.models import Actor, Annotation, Carrying, Claim, Code, Event
from sources.models import Article, Change, Publication, User

from .history_for_readers import draft_acts, seen_by_readers
from .history_names import Known
from .history_of_claims import TOLD_OF_CLAIMS
from .history_of_codes import TOLD_OF_CODES
from .history_of_records import TOLD_OF_ACTORS, TOLD_OF_EVENTS, TOLD_OF_OUTLETS
from .history_of_sources import TOLD_OF_ARTICLES
from .history_rows import Subject, changes_of
from .history_words import Row, Told

TOLD = {
    told.table: told
    for told in (
        *(*TOLD_OF_CLAIMS, *TOLD_OF_ACTORS, *TOLD_OF_EVENTS, *TOLD_OF_OUTLETS),
        *(*TOLD_OF_ARTICLES, *TOLD_OF_CODES),
    )
}
OWN = {
    Claim: "annotator_claim",
    Actor: "annotator_actor",
    Event: "annotator_event",
    Publication: "sources_publication",
    Article: "sources_article",
    Code: "annotator_code",
}
LINKED = ("speaker", "cue")
SHORT = 4
"""Of the lines of an act that are not folded."""


@dataclass(frozen=True)
class Line:
    """ "added topic floods", "type fact → figure", "role at the time of Ilse Brandt: director → mayor"."""

    what: str
    before: str = ""
    after: str = ""
    verb: str = ""
    of: str = ""
    note: str = ""


@dataclass(frozen=True)
class Merge:
    """ "merged Tide Online into The Tide: one paper", or that the two were taken apart again."""

    one: str
    into: str
    because: str
    undone: bool


@dataclass
class Deed:
    """All that one act of one person changed. One that merged is named after the two."""

    at: datetime
    who: str
    made: str = ""
    merge: Merge | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def folded(self) -> bool:
        return bool(self.made or self.merge) or len(self.lines) > SHORT


def history_of(one: Subject) -> list[Deed]:
    """The latest first. At most seven queries, however much there is to tell."""
    return [deed for _, deed in _deeds(one, changes_of(one))][::-1]


def public_history_of(claim: Claim) -> list[Deed]:
    """What a reader without a role is told: of the time before it was handed in who marked it and when, of
    the handing in that it was and what was decided with it, and of no claim that they may not see. One query
    more."""
    changes = seen_by_readers(claim, changes_of(claim))
    drafts = draft_acts(claim, changes)
    deeds = []
    for rows, deed in _deeds(claim, changes):
        if (rows[0].transaction, rows[0].request) in drafts:
            deed.lines = [] if deed.made else [line for line in deed.lines if _of_status(line)]
        if deed.made or deed.lines:
            deeds.append(deed)
    return deeds[::-1]


def _of_status(line: Line) -> bool:
    return line.what == "status" or line.verb == "decided"


def _deeds(one: Subject, changes: list[Change]) -> list[tuple[list[Change], Deed]]:
    """The oldest first, each with the rows that it changed."""
    names = Known(one.pk, changes, TOLD)
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={c.user_id for c in changes})}
    acts: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for change in changes:
        acts[change.transaction, change.request].append(change)
    deeds = []
    for rows in acts.values():
        deed = Deed(rows[0].at, people.get(rows[0].user_id or 0, "the system"))
        _tell(deed, rows, names, OWN[type(one)])
        if deed.made or deed.merge or deed.lines:
            deeds.append((rows, deed))
    return deeds


def _tell(deed: Deed, rows: list[Change], names: Known, own: str) -> None:
    came: dict[str, list[Row]] = defaultdict(list)
    went: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.operation == "DELETE":
            went[row.table].append(row.before or {})
        else:
            names.now(row)
            if row.operation == "UPDATE":
                deed.merge = deed.merge or _merge(row, names)
                deed.lines += _changed(TOLD[row.table], row.before or {}, row.after or {}, names)
            else:
                came[row.table].append(row.after or {})
    for table in dict.fromkeys([*came, *went]):
        if table != "annotator_annotation":  # its owner is told
            _come_and_gone(deed, TOLD[table], went[table], came[table], names, own)
    if "annotator_review" in came:  # which says it
        deed.lines = [line for line in deed.lines if line.what != "status"]
    if any(line.what in LINKED for line in deed.lines):  # which say that there is, or was, a link
        deed.lines = [line for line in deed.lines if line.what != "link" or line.note or not line.verb]


def _merge(row: Change, names: Known) -> Merge | None:
    told, before, after = TOLD[row.table], row.before or {}, row.after or {}
    was, now = before.get(told.merges), after.get(told.merges)
    if not told.merges or was == now:
        return None
    one, into = names.of(told.model, row.row_id), names.of(told.model, now or was)
    return Merge(one, into, after["merged_because"] or before["merged_because"], now is None)


def _come_and_gone(deed: Deed, told: Told, went: list[Row], came: list[Row], names: Known, own: str) -> None:
    for before, after in _pairs(told, went, came):
        if before and after:
            deed.lines += _changed(told, before, after, names)
        elif told.table == own:
            deed.made = told.came
            deed.lines[:0] = _set(told, after or {}, names)
        else:
            deed.lines.append(_whole(told, before, after, names))


def _pairs(told: Told, went: list[Row], came: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """What went beside what came in its place; whoever writes a list anew wrote nothing new of what stays."""
    left = list(went)
    new = []
    for row in came:
        same = next((old for old in left if _content(told, old) == _content(told, row)), None)
        if same is None:
            new.append(row)
        else:
            left.remove(same)
    for row in new:
        old = next((one for one in left if told.place and _at(told, one) == _at(told, row)), None)
        if old is not None:
            left.remove(old)
        yield old, row
    for row in left:
        yield row, None


def _content(told: Told, row: Row) -> dict[str, Any]:
    return {name: row.get(name) for name in told.columns}


def _at(told: Told, row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in told.place)


def _changed(told: Told, before: Row, after: Row, names: Known) -> list[Line]:
    """One line for each column that is another."""
    if told.model is Carrying:
        placed = names.of(Annotation, after["annotation_key"])
        return [Line(str(told.what), " … ".join(after["quotes"]), placed)]
    differ = [name for name in told.columns if before.get(name) != after.get(name)]
    if told.merges in differ:  # told as a merge, with why
        differ = [name for name in differ if name not in (told.merges, "merged_because")]
    if told.table == "annotator_annotation" and "quotes" in differ and "extent" in differ:
        differ.remove("extent")  # other words stand elsewhere
    what, of = _kind(told, after, names), told.called(after, names)
    lines = []
    for name in differ:
        old, new = names.said(told.table, name, before), names.said(told.table, name, after)
        if name in told.verbs:
            lines.append(Line("", verb=told.verbs[name][0 if new else 1]))
        elif told.columns[name] in (what, "who it is"):
            lines.append(Line(what, old, new))
        elif what in ("claim", "actor", "event", "outlet", "article", "code", ""):
            lines.append(Line(told.columns[name], old, new))
        else:
            lines.append(Line(told.columns[name], old, new, of=f"{what} {of}".strip()))
    return lines


def _set(told: Told, row: Row, names: Known) -> list[Line]:
    return [Line(told.columns[name], after=value) for name, value in said_of(told, row, names)]


def said_of(told: Told, row: Row, names: Known) -> Iterable[tuple[str, str]]:
    """The columns of a row that say something: another than where nobody says anything."""
    for name in told.columns:
        if name in told.named or name in told.ordered:
            continue
        column = _field(told, name)
        usual = "" if column.default is NOT_PROVIDED else column.default
        value = row.get(name)
        silent = value is None or value is False or value in ("", usual)  # a zero says something
        if silent and not isinstance(column, ForeignKey):
            continue
        if words := names.said(told.table, name, row):
            yield name, words


def _field(told: Told, name: str) -> Any:
    return next(one for one in told.model._meta.concrete_fields if one.attname == name)


def _whole(told: Told, before: Row | None, after: Row | None, names: Known) -> Line:
    row = after or before or {}
    more = "; ".join(f"{told.columns[name]}: {value}" for name, value in said_of(told, row, names))
    called = told.called(row, names)
    ends = {"after": called} if after else {"before": called}
    return Line(_kind(told, row, names), verb=told.came if after else told.went, note=more, **ends)


def _kind(told: Told, row: Row, names: Known) -> str:
    return told.what if isinstance(told.what, str) else told.what(row, names)
