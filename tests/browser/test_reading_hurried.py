"""What a hurried person does: nothing half done is lost without a question, and no text stays shut."""

import pytest

from annotator.actions import events
from annotator.intents.event import parse_event_edit
from annotator.models import SUPPORTING, Kind
from tests.factories import Side, World, span

from .conftest import Visitor
from .reading import painted

pytestmark = pytest.mark.browser


def test_every_kind_of_annotation_has_a_name_and_a_place(visitor: Visitor, here: Side) -> None:
    names, owned = visitor.open(here).evaluate(
        """async () => {
             const { KIND_NAMES } = await import('/static/js/reading/form_frame.js');
             const { OWNED } = await import('/static/js/reading/bodies.js');
             return [Object.keys(KIND_NAMES), [...OWNED]];
           }"""
    )
    assert set(names) == set(Kind.values)
    assert set(owned) == {str(kind) for kind in SUPPORTING}


def test_the_words_of_an_events_place_are_marked_and_do_not_shut_the_room(
    visitor: Visitor, world: World, here: Side
) -> None:
    where = {"snapshot": str(here.snapshot.uuid), "slots": {"place": span(here.snapshot, "Velm bridge")}}
    event = here.event
    known = {"label": event.label, "type": event.type.key, "date": event.date}
    intent = parse_event_edit({**known, "place": "Velm", **where})
    events.edit(by=world.manager, project=here.project, uuid=event.uuid, intent=intent, version=event.version)
    assert "Velm bridge" in painted(visitor.open(here), "support")
