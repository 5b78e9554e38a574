"""Each change of a project in words: who did what to what, and from what to what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from typing import Any

from django.db.models import Model

from annotator.models import Actor, Annotation, Claim, Code, Event, Kind
from annotator.models.attribution import LinkRole
from sources.models import Article, Change, Project, Publication, Role, User

from .histories import SHORT, TOLD, Line, said_of
from .history_deeds import deed
from .history_kinds import WORDS
from .history_names import WORDED, Known
from .history_of_sources import TOLD_OF_INTAKES, TOLD_OF_PROJECTS
from .history_of_work import TOLD_OF_WORK
from .history_parts import COLUMNS, Parts, called_when_they_went
from .history_phrases import phrase, turned
from .history_places import PAGES, Place, Places
from .history_words import KINDS, Row, Told

EVERY = TOLD | {told.table: told for told in (*TOLD_OF_PROJECTS, *TOLD_OF_INTAKES, *TOLD_OF_WORK)}
SECRET = frozenset({"token_sha256", "mailed_sha256"})
FOR_MANAGERS = frozenset({"email", "token_prefix"})
VERBS = {"INSERT": "made", "UPDATE": "changed", "DELETE": "deleted"}
LONGEST = 300
"""Code points of a value on the page; the export has all of it."""
STORED = {model._meta.db_table: model for model in COLUMNS}
NAMED: tuple[type[Model], ...] = (Actor, Event, Publication, Article, Code)
"""Called by their names as they are now; those that stand no more, by what the history says."""
MARKS = {Kind.CLAIM: "claim", Kind.ACTOR: "mention of a speaker", Kind.EVENT: "mention of an event"}
CALLED_BY = {
    ("annotator_annotation", "quotes"),
    ("annotator_actor", "name"),
    ("annotator_event", "label"),
    ("sources_publication", "name"),
}
"""What the sentence calls a row that came or went."""
SAID_IN_FULL = {"name", "is_public", "archived_at", "role", "revoked_at", "mailed_at"}
"""Of members, invitations and the project: what the sentence tells from what to what."""


@dataclass(frozen=True)
class Words:
    """A stretch of a sentence: plain, the name of something, or a name that leads to its page."""

    text: str
    named: bool = False
    url: str = ""


@dataclass(frozen=True)
class Value:
    """A column from what to what, as stored; of people their names."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row. `sentence` is to be read after the name of `who` made it, `lines` tell it from
    what to what in words; `values` are its columns as stored."""

    at: datetime
    who: str
    sentence: list[Words]
    what: str
    verb: str
    lines: list[Line]
    request: str
    values: list[Value] = field(default_factory=list)
    made: bool = False
    """Whether the lines only say what was said when it was made."""

    @property
    def said(self) -> str:
        return "".join(words.text for words in self.sentence)

    @property
    def of(self) -> str:
        """What is changed, as it is called; empty where nothing more leads there."""
        return next((words.text for words in self.sentence if words.url), "")

    @property
    def url(self) -> str:
        return next((words.url for words in self.sentence if words.url), "")

    @property
    def folded(self) -> bool:
        return self.made or len(self.lines) > SHORT


def told(row: dict[str, Any] | None, role: Role | None) -> dict[str, Any] | None:
    """The row without what opens something, and without what managers alone are told."""
    hidden = SECRET if role == Role.MANAGER else SECRET | FOR_MANAGERS
    return None if row is None else {name: value for name, value in row.items() if name not in hidden}


def entries_of(project: Project, changes: Iterable[Change], role: Role | None) -> list[Entry]:
    """The latest first. At most 40 queries, however many."""
    changes = sorted(changes, key=lambda change: change.pk)
    for change in changes:
        change.before, change.after = told(change.before, role), told(change.after, role)
    people = _people(changes)
    parts = Parts(changes)
    names = Names(changes, parts)
    places = Places(project, changes, parts)
    found = []
    for change in changes:
        names.about(change, places.of(change))
        who = people.get(change.user_id or 0, "the system")
        found.append(
            Entry(
                at=change.at,
                who=who,
                sentence=_sentence(change, names, places, people),
                what=WORDS.get(change.table, change.table),
                verb=VERBS.get(change.operation, change.operation.lower()),
                lines=list(_lines(change, names)),
                request=change.request_id,
                values=list(_values(change, people)),
                made=not change.before,
            )
        )
    return found[::-1]


class Names(Known):
    """What the keys in changes of all kinds mean; also of what stands no more."""

    def __init__(self, changes: list[Change], parts: Parts) -> None:
        stored = [(STORED[table], key, row) for table, key, row in parts.rows() if table in STORED]
        super().__init__(0, changes, EVERY, stored, called=NAMED)
        self._parts = parts
        missing = {
            model._meta.db_table: {key for key in self._wanted[model] if (model, key) not in self._names}
            for model in NAMED
        }
        gone = called_when_they_went({table: keys for table, keys in missing.items() if keys})
        for model in NAMED:
            table = model._meta.db_table
            self._names |= {(model, key): name for (own, key), name in gone.items() if own == table}

    def about(self, change: Change, place: Place | None) -> None:
        """From here on it is that change which is told, and things are called as it left them."""
        self.subject = place.key if place else change.row_id or 0
        if change.operation != "DELETE":
            self.now(change)

    def of(self, model: type[Model], key: int | None) -> str:
        """Of actors their own names: who was merged since is told as who they were."""
        if model is Actor and ("own", key) in self._names:
            return str(self._names["own", key])
        if words := super().of(model, key):
            return words
        return " … ".join(self._parts.of(Annotation, key).get("quotes", ())) if model in WORDED else ""

    def place(self, place: Place) -> str:
        if place.model is Claim:
            return f"“{self.of(Claim, place.key)}”"
        known = (
            self.of(Actor, place.key) if place.model is Actor else self._names.get((place.model, place.key))
        )
        if known:
            return str(known)
        table = place.model._meta.db_table
        row = self._rows.get((table, place.key))
        return EVERY[table].called(row, self) if row else ""


def _people(changes: list[Change]) -> dict[int, str]:
    wanted: set[Any] = {change.user_id for change in changes}
    for change in changes:
        for row in (change.before, change.after):
            wanted |= {value for name, value in (row or {}).items() if _is_of_people(change, name)}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted - {None})}


def _is_of_people(change: Change, column: str) -> bool:
    told = EVERY.get(change.table)
    if told is None:
        return False
    return any(
        one.attname == column and one.is_relation and one.related_model is User
        for one in told.model._meta.concrete_fields
    )


def _sentence(change: Change, names: Names, places: Places, people: dict[int, str]) -> list[Words]:
    said = deed(change, people)
    if said and change.table != "annotator_review":
        return [Words(said)]
    told = EVERY[change.table]
    row = change.after or change.before or {}
    place = places.of(change)
    whole: list[Words] = []
    for words, slot, _, _ in Formatter().parse(phrase(change)):
        whole.append(Words(words))
        if slot == "what":
            whole.append(Words(_what(change.table, told, row, names)))
        elif slot == "it":
            whole.append(_called(change.table, told, row, names))
        elif slot == "of":
            whole += _of(place, names, places)
    return [one for one in whole if one.text]


def _called(table: str, told: Told, row: Row, names: Names) -> Words:
    if table in ("annotator_annotation", "annotator_carrying"):
        return Words(f"“{_cut(' … '.join(row['quotes']))}”", named=True)
    called = told.called(row, names)
    if table == "annotator_review":
        return Words(called)
    quoted = told.model in (*WORDED,) or table in ("annotator_supportingspan", "annotator_eventmention")
    return Words(f"“{_cut(called)}”" if quoted and called else _cut(called), named=True)


def _what(table: str, told: Told, row: Row, names: Names) -> str:
    if table == "annotator_annotation":
        return MARKS.get(row["kind"]) or KINDS.get(row["kind"], "words")
    if table == "annotator_attributionsource":
        role = names.link(row["attribution_id"]).get("role")
        return LinkRole(role).label.lower() if role else "link"
    if table == "annotator_party":
        return "addressee" if row["attribution_id"] else "target"
    return told.what if isinstance(told.what, str) else told.what(row, names)


def _of(place: Place | None, names: Names, places: Places) -> list[Words]:
    if place is None:
        return [Words("what is gone")]
    noun, name = PAGES[place.model][0], names.place(place)
    return [Words(f"{noun} " if noun else ""), Words(_cut(name), True, places.address(place))]


def _lines(change: Change, names: Names) -> Iterator[Line]:
    told = EVERY[change.table]
    before, after = change.before or {}, change.after or {}
    if before and after:
        said = turned(change.table) | (SAID_IN_FULL if deed(change, {}) else set())
        for name in told.columns:
            if before.get(name) == after.get(name) or name in said:
                continue
            old, new = (names.said(change.table, name, row) for row in (before, after))
            if old != new:
                yield Line(told.columns[name], _cut(old), _cut(new))
    elif not deed(change, {}) or change.table == "annotator_review":
        for name, words in said_of(told, after or before, names):
            if (change.table, name) in CALLED_BY:
                continue
            yield Line(told.columns[name], **{"after" if after else "before": _cut(words)})


def _values(change: Change, people: dict[int, str]) -> Iterator[Value]:
    before, after = change.before or {}, change.after or {}
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old != new and not (old in (None, "") and new in (None, "")):
            whose = people if _is_of_people(change, name) else {}
            yield Value(name, _stored(old, whose), _stored(new, whose))


def _stored(value: Any, people: dict[int, str]) -> str:
    if value is None or value == "":
        return ""
    return people.get(value, "") or _cut(str(value)) if people else _cut(str(value))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
