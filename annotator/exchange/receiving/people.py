"""The actors and events that bodies name: made when the first of them that can be stored needs them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from annotator.actions import actors, events
from annotator.actions.gathering import Gathering, aside
from annotator.exchange.importers.bundle import ActorEntry, Bundle, EventEntry, as_uuid
from annotator.intents.actor import ActorChoice, parse_new_actor
from annotator.intents.event import parse_new_event
from annotator.intents.refusal import Refused, Taken
from annotator.models import Actor, Event
from sources.models import Project, User

from . import differing
from .identifiers import canonical
from .placing import named_in, settled
from .report import Report
from .texts import Text


class People:
    """`made` and `known` are identifiers here, of entries that were made now or were here before."""

    def __init__(
        self, by: User, project: Project, bundle: Bundle, name: Callable[[str], str], report: Report
    ) -> None:
        self.by, self.project, self.name, self.report = by, project, name, report
        self.actors: dict[str, ActorEntry] = {name(str(one.uuid)): one for one in bundle.actors}
        self.events: dict[str, EventEntry] = {name(str(one.uuid)): one for one in bundle.events}
        self.made: set[str] = set()
        self.known: set[str] = set()
        self.texts: dict[str, Text] = {}

    def arrive(self, key: str, text: Text) -> None:
        """The text of the document of that key is here: its anonymous actors can be."""
        self.texts[key] = text

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What is made within is forgotten where it fails: the savepoint takes it back."""
        before = set(self.made)
        try:
            yield
        except BaseException:
            self.made = before
            raise

    def here(self, uuid: str) -> bool:
        return uuid in self.made or uuid in self.known

    def needed(self, body: Any) -> None:
        """Everybody whom a settled body names, and every event. Raises Refused."""
        for uuid in sorted(map(canonical, named_in(body))):
            self.need(uuid)

    def foresee(self, bodies: Iterable[Any], gathering: Gathering) -> None:
        """Look up at once everybody whom these name, and every event."""
        written = set().union(*map(named_in, bodies))
        named = {uuid for one in written if (uuid := as_uuid(self.name(one)))}
        gathering.foresee(Actor, actors.all_called(named), named)
        gathering.foresee(Event, events.all_called(named), named)

    def need(self, uuid: str) -> None:
        """Whom the bundle does not describe has to be here, which is found out where they are named."""
        if self.here(uuid):
            return
        if uuid in self.actors:
            self._need_actor(uuid, self.actors[uuid])
        elif uuid in self.events:
            self._need_event(uuid, self.events[uuid])

    def _need_actor(self, uuid: str, entry: ActorEntry) -> None:
        here = actors.called(UUID(uuid))
        if here is not None and here.project_id == self.project.pk:
            # What a first version lacks of its record is added when the bundle is completed.
            said = entry.body if here.version == 1 else {**entry.body, **entry.record}
            with aside():
                differing.tell(self.report, entry.at, f"actor “{here}”", differing.of_actor(here, said))
            self.known.add(uuid)
            return
        text = self.texts.get(entry.document)
        if entry.document and text is None:
            raise Refused("actor", "needs_text", "is anonymous in a document that was not taken in")
        body = settled(entry.body, text.ground if text else None, self.name, [])
        new = parse_new_actor({**body, "uuid": uuid}, "actor")
        try:
            if text is None:
                actors.make(by=self.by, project=self.project, new=new, article=None)
            else:
                choice = ActorChoice(new_actor=new)
                actors.chosen(
                    by=self.by, project=self.project, snapshot=text.snapshot, choice=choice, field="actor"
                )
        except Taken:
            raise Refused("actor.uuid", "taken", "is in use elsewhere") from None
        self.made.add(uuid)

    def _need_event(self, uuid: str, entry: EventEntry) -> None:
        here = events.called(UUID(uuid))
        if here is not None and here.project_id == self.project.pk:
            with aside():
                differing.tell(self.report, entry.at, f"event “{here}”", differing.of_event(here, entry.body))
            self.known.add(uuid)
            return
        new = parse_new_event({**entry.body, "uuid": uuid}, "event")
        try:
            events.make(by=self.by, project=self.project, new=new)
        except Taken:
            raise Refused("event.uuid", "taken", "is in use elsewhere") from None
        self.made.add(uuid)
