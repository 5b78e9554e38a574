"""As what the words of a text tell an event: planned, denied …, with the words that show it."""

from typing import Any

import pytest

from annotator.exchange.tables.evidence import FACTUALITIES as EXPORTED
from annotator.intents.event_mention import FACTUALITIES
from annotator.intents.refusal import Refused, VersionNeeded
from annotator.models import Event, EventMention, Factuality
from annotator.queries.annotation_json import annotations_json

from .conftest import Desk


@pytest.fixture
def crack(desk: Desk) -> Event:
    new = {"label": "Crack", "type": "other", "uuid": "6f9b4e51-7f8b-4a53-9b4e-8d0d1c6a2f11"}
    desk.put(desk.body("event", "We found a crack", new_event=new))
    return Event.objects.get()


def told(desk: Desk, event: Event, **said: Any) -> dict[str, Any]:
    return desk.body("event", "stays shut", event=str(event.uuid), **said)


def test_what_nothing_is_said_of_happened(desk: Desk, crack: Event) -> None:
    mention = EventMention.objects.get()
    assert (mention.factuality, mention.factuality_words) == ("happened", "")
    (one,) = annotations_json(mention.annotation.__class__.objects.filter(pk=mention.pk))
    assert set(one["event"]) == {"event", "label"}


def test_each_mention_tells_for_itself_and_is_told_back(desk: Desk, crack: Event) -> None:
    said = {"factuality": "planned", "factuality_words": "for  nine\ndays"}
    saved = desk.put(told(desk, crack, **said))
    mention = EventMention.objects.get(pk=saved.annotation.pk)
    assert (mention.factuality, mention.factuality_words) == ("planned", "for nine days")
    (one,) = annotations_json(saved.annotation.__class__.objects.filter(pk=mention.pk))
    assert (one["event"]["factuality"], one["event"]["factuality_words"]) == ("planned", "for nine days")
    assert EventMention.objects.filter(event=crack, factuality="happened").count() == 1


def test_saying_otherwise_is_a_change_and_saying_it_again_none(desk: Desk, crack: Event) -> None:
    body = told(desk, crack, factuality="planned")
    uuid = desk.put(body).annotation.uuid
    assert desk.put(body, uuid).annotation.version == 1
    denied = told(desk, crack, factuality="denied")
    with pytest.raises(VersionNeeded):
        desk.put(denied, uuid)
    assert desk.put(denied, uuid, version=1).annotation.version == 2
    assert EventMention.objects.get(annotation__uuid=uuid).factuality == "denied"
    desk.put(told(desk, crack), uuid, version=2)
    assert EventMention.objects.get(annotation__uuid=uuid).factuality == "happened"


@pytest.mark.parametrize(
    ("said", "field", "rule"),
    [
        ({"factuality": "rumoured"}, "event.factuality", "choice"),
        ({"factuality": ["planned"]}, "event.factuality", "choice"),
        ({"factuality_words": "never written here"}, "event.factuality_words", "in_the_text"),
        ({"factuality_words": "x" * 201}, "event.factuality_words", "max_length"),
        ({"factuality_words": {"a": 1}}, "event.factuality_words", "string"),
        ({"modality": "planned"}, "event.modality", "known_field"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, crack: Event, said: dict[str, Any], field: str, rule: str
) -> None:
    with pytest.raises(Refused) as caught:
        desk.put(told(desk, crack, **said))
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert EventMention.objects.count() == 1


def test_it_is_stored_and_exported_in_the_same_words() -> None:
    assert FACTUALITIES == EXPORTED == tuple(Factuality.values)
