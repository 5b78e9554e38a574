"""All that is wrong with one object is told at once; what follows from it is not."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.intents import fields
from annotator.intents.annotation import parse_annotation
from annotator.intents.event import parse_event_edit
from annotator.intents.gathered import MOST_TOLD, gathering
from annotator.intents.outlet import parse_outlet
from annotator.intents.refusal import Refused
from annotator.intents.review import parse_decision
from annotator.intents.watch_term import parse_adding


def told(read: Any, *sent: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught, gathering():
        read(*sent, **more)
    return [(one.field, one.rule) for one in caught.value.all]


def claim(**content: Any) -> dict[str, Any]:
    said = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **content}
    place = {"snapshot": str(uuid4()), "kind": "claim", "extent": [[0, 3]], "quotes": ["abc"]}
    return {**place, "claim": said}


def test_each_wrong_field_of_a_claim_is_told_with_its_place() -> None:
    link = {"role": "shouted", "sources": [{"actor": "nobody"}, {"new_actor": {"uuid": 1, "name": ""}}]}
    body = claim(voice="loud", polarity=3, chains=[[link]], topics=["", "x" * 201], mood="bad")
    at = "claim.chains.0.0"
    assert told(parse_annotation, "none", body | {"extent": [[3, 0]], "colour": 1}) == [
        ("colour", "known_field"),
        ("uuid", "uuid"),
        ("extent", "extent"),
        ("claim.mood", "known_field"),
        (f"{at}.role", "choice"),
        (f"{at}.sources.0.actor", "uuid"),
        (f"{at}.sources.1.new_actor.uuid", "uuid"),
        (f"{at}.sources.1.new_actor.name", "required"),
        ("claim.voice", "choice"),
        ("claim.polarity", "choice"),
        ("claim.topics.0", "required"),
        ("claim.topics.1", "max_length"),
    ]


def test_what_compares_fields_is_told_where_each_by_itself_is_right() -> None:
    assert told(parse_annotation, uuid4(), claim(voice="attributed")) == [
        ("claim.chains", "attributed_needs_speaker")
    ]
    wrong = claim(voice="attributed", polarity="odd")
    assert told(parse_annotation, uuid4(), wrong) == [("claim.polarity", "choice")]
    two = claim(quantities=[{"what": "lorries", "words": "18"}, {"what": "x", "words": "y", "low": "z"}, 7])
    assert told(parse_annotation, uuid4(), two) == [
        ("claim.quantities.0", "quantity_has_number"),
        ("claim.quantities.1.low", "number"),
        ("claim.quantities.2", "object"),
    ]


def test_readers_that_tell_in_their_own_words_still_do() -> None:
    outlet = {"version": "?", "name": "", "issn": "1234-5678", "wikidata": "x", "domains": ["a b", "velm"]}
    assert told(parse_outlet, outlet) == [
        ("name", "required"),
        ("version", "integer"),
        ("domains.0", "domain"),
        ("domains.1", "domain"),
        ("issn", "issn_check_digit"),
        ("wikidata", "wikidata"),
    ]
    assert told(parse_adding, {"lines": "(\ncrack\n)", "is_pattern": True}) == [("lines", "pattern")] * 2
    decision = {"decision": "rejected", "version": "x"}
    assert told(parse_decision, decision, on_sight=True) == [
        ("reason", "required"),
        ("version", "integer"),
        ("review", "required"),
    ]
    event = {"label": "", "latitude": "north", "place_geonames": "x", "participants": [{"role": "king"}]}
    assert told(parse_event_edit, event) == [
        ("latitude", "number"),
        ("participants.0.actor", "one_actor"),
        ("label", "required"),
        ("place_geonames", "geonames"),
    ]


def test_nothing_is_gathered_elsewhere_and_no_more_than_anybody_reads() -> None:
    with pytest.raises(Refused) as caught:
        parse_annotation("none", {"kind": 1})
    assert [one.field for one in caught.value.all] == ["kind"]
    assert len(told(fields.items, [""] * 200, "names", fields.name)) == MOST_TOLD
    with gathering():
        assert fields.name("Velm", "name") == "Velm"


def test_an_object_that_is_none_ends_the_reading() -> None:
    assert told(parse_annotation, uuid4(), []) == [("", "object")]
    assert told(parse_annotation, uuid4(), claim() | {"claim": 3, "quotes": [1]}) == [
        ("quotes.0", "string"),
        ("claim", "object"),
    ]
