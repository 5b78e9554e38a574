"""Writing together what many new annotations bring: gathered in memory, then one COPY a table.

While a `Gathering` is open, actions `insert` into it, and what they look up goes through `asked` and
`gathered`, which know the rows that are not written yet. Any other statement raises `Apart`: whoever hears
that writes what was gathered and carries the act out by itself. So no action, also none that is written
later, can look at half of what is there, or write beside what waits.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from annotator.models import (
    Actor,
    ActorAlias,
    ActorMention,
    Annotation,
    AnnotationSentence,
    Attribution,
    AttributionSource,
    Claim,
    ClaimTopic,
    Event,
    EventMention,
    Party,
    Position,
    Quantity,
    SupportingSpan,
)
from sources.actions.copying import copy_in, keys_for

ORDER: tuple[type[Model], ...] = (
    *(Actor, ActorAlias, Event, Annotation, AnnotationSentence, Claim, ActorMention, EventMention),
    *(ClaimTopic, Quantity, Position, Attribution, AttributionSource, Party, SupportingSpan),
)
"""In which tables are written: none points to a later one by a key that is looked at before the end."""
KEYS_AT_ONCE = 200

Found = TypeVar("Found")
Row = TypeVar("Row", bound=Model)


class Apart(Exception):
    """What is asked for needs the database as it will be, or is written by other means than `insert`."""


class Gathering:
    """Rows on their way in, in the transaction of whoever opened it."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = defaultdict(list)
        self._keys: dict[type[Model], deque[int]] = defaultdict(deque)
        self._called: dict[tuple[type[Model], UUID], Model] = {}
        self._answers: dict[Hashable, Any] = {}
        self._lasting: dict[Hashable, Any] = {}
        self._waiting: list[tuple[type[Model], UUID | None]] = []
        self._open = False

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Actions within gather; what is left unwritten at the end is forgotten."""
        token = _current.set(self)
        try:
            with connection.execute_wrapper(self._kept_from):
                self._open = True
                yield
        finally:
            self._open = False
            _current.reset(token)
            self._forget()
            self._lasting.clear()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Within, actions write and ask as ever; what was gathered is written first, and what was known
        forgotten."""
        self.write()
        self.forget()
        token = _current.set(None)
        try:
            with self.asking():
                yield
        finally:
            _current.reset(token)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A savepoint: what is gathered within is dropped where it fails."""
        before, broken = len(self._waiting), connection.needs_rollback
        try:
            yield
        except BaseException as error:
            if isinstance(error, Apart) and not broken:
                # Django takes the transaction for broken, whose statement never left.
                transaction.set_rollback(False)
            for model, uuid in reversed(self._waiting[before:]):
                self._rows[model].pop()
                if uuid is not None:
                    del self._called[model, uuid]
            del self._waiting[before:]
            raise

    def write(self) -> None:
        """All that was gathered, and every check of it. Raises what the database refuses."""
        if not self._waiting:
            return
        with self.asking():
            for model in ORDER:
                copy_in(self._rows[model])
            with connection.cursor() as cursor:
                cursor.execute(CHECK_NOW)
        self._rows.clear()
        self._waiting.clear()

    def forget(self) -> None:
        """All that is known: the database is asked again. Keys too, so that they go on counting up from those
        of rows that were written meanwhile."""
        self._forget()
        self._keys.clear()

    def _forget(self) -> None:
        for known in (self._rows, self._called, self._answers, self._waiting):
            known.clear()

    def add(self, row: Model) -> None:
        model = type(row)
        if row.pk is None:
            row.pk = self._key(model)
        row._state.adding, row._state.db = False, connection.alias
        uuid = _name_of(row)
        if uuid is not None:
            if (model, uuid) in self._called:
                raise Apart  # the database says which of the two is refused
            self._called[model, uuid] = row
        self._rows[model].append(row)
        self._waiting.append((model, uuid))

    def called(self, model: type[Row], uuid: UUID) -> Row | None:
        found = self._called.get((model, uuid))
        return found if isinstance(found, model) else None

    def answer(self, question: Hashable, ask: Callable[[], Found]) -> Found:
        if question in self._lasting:
            lasting: Found = self._lasting[question]
            return lasting
        if question not in self._answers:
            with self.asking():
                self._answers[question] = ask()
        found: Found = self._answers[question]
        return found

    def foresee(self, model: type[Model], rows: QuerySet[Any], uuids: Collection[UUID]) -> None:
        """Answer what will be asked by (`model`, identifier), for all of these at once; `rows` are those of
        them that are there. One query."""
        with self.asking():
            found = {row.uuid: row for row in rows} if uuids else {}
        self._answers |= {(model, uuid): found.get(uuid) for uuid in uuids}

    def know(self, questions: Iterable[Hashable], found: object) -> None:
        """What `asked` would find, of each of these, whatever else is written until the end."""
        self._lasting |= dict.fromkeys(questions, found)

    def _key(self, model: type[Model]) -> int:
        keys = self._keys[model]
        if not keys:
            with self.asking():
                keys.extend(keys_for(model, KEYS_AT_ONCE))
        return keys.popleft()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Within, statements go through."""
        before, self._open = self._open, False
        try:
            yield
        finally:
            self._open = before

    def _kept_from(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self._open:
            raise Apart
        return execute(*statement)


CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""Everything that PostgreSQL would check when the transaction ends."""
_current: ContextVar[Gathering | None] = ContextVar("gathering", default=None)


def _name_of(row: Model) -> UUID | None:
    """What it is looked up by: a mention by its annotation's identifier."""
    uuid = row.annotation.uuid if isinstance(row, ActorMention) else getattr(row, "uuid", None)
    return uuid if isinstance(uuid, UUID) else None


def insert(row: Model, *, savepoint: bool = False) -> None:
    """A new row, now or with what is gathered. `savepoint`: the caller catches what the database refuses of
    it."""
    if (open_ := _current.get()) is not None:
        open_.add(row)
    elif savepoint:
        with transaction.atomic():
            row.save(force_insert=True)
    else:
        row.save(force_insert=True)


def insert_all(model: type[Row], rows: Sequence[Row]) -> None:
    """New rows of one table."""
    if (open_ := _current.get()) is None:
        model._default_manager.bulk_create(rows)
        return
    for row in rows:
        open_.add(row)


def gathered(model: type[Row], uuid: UUID) -> Row | None:
    """The row of that identifier that waits to be written, or was written in this gathering."""
    open_ = _current.get()
    return open_.called(model, uuid) if open_ else None


@contextmanager
def aside() -> Iterator[None]:
    """Within, the database may be asked what rows that wait cannot change."""
    if (open_ := _current.get()) is None:
        yield
        return
    with open_.asking():
        yield


def gathering() -> bool:
    """Whether new rows wait to be written together with others."""
    return _current.get() is not None


def asked(question: Hashable, ask: Callable[[], Found]) -> Found:
    """What `ask` finds in the database; while rows are gathered each `question` is asked once."""
    open_ = _current.get()
    return open_.answer(question, ask) if open_ else ask()
