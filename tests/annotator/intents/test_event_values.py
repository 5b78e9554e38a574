"""What a request may say of an event, and what is refused at the door."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.intents.event import PARTICIPANT_ROLES, coordinate, geonames, parse_event_edit, wikidata
from annotator.intents.refusal import Refused
from annotator.models import ParticipantRole

ONE, OTHER = str(uuid4()), str(uuid4())


def read(**more: Any) -> Any:
    return parse_event_edit({"label": "Crack found", **more}).content


def span(uuid: str = ONE) -> dict[str, Any]:
    return {"uuid": uuid, "extent": [[0, 4]], "quotes": ["Velm"]}


def test_the_roles_are_those_the_store_knows() -> None:
    assert list(PARTICIPANT_ROLES) == ParticipantRole.values


@pytest.mark.parametrize(
    ("given", "kept"),
    [(48, "48"), (48.137, "48.137"), ("48.137000", "48.137"), (-90, "-90"), ("-0", "0"), (0, "0")],
)
def test_degrees_are_kept_exactly(given: Any, kept: str) -> None:
    content = read(latitude=given, longitude=180)
    assert (content.latitude, content.longitude) == (Decimal(kept), Decimal(180))
    assert str(content.latitude) == kept


@pytest.mark.parametrize(
    ("more", "field", "rule"),
    [
        ({"latitude": 90.000001, "longitude": 0}, "latitude", "bounds"),
        ({"latitude": 0, "longitude": -180.1}, "longitude", "bounds"),
        ({"latitude": "NaN", "longitude": 0}, "latitude", "bounds"),
        ({"latitude": "Infinity", "longitude": 0}, "latitude", "bounds"),
        ({"latitude": "1e400", "longitude": 0}, "latitude", "bounds"),
        ({"latitude": "1e-400", "longitude": 0}, "latitude", "decimals"),
        ({"latitude": "48.1234567", "longitude": 0}, "latitude", "decimals"),
        ({"latitude": "48° N", "longitude": 0}, "latitude", "number"),
        ({"latitude": True, "longitude": 0}, "latitude", "number"),
        ({"latitude": [48], "longitude": 0}, "latitude", "number"),
        ({"latitude": "9" * 5000, "longitude": 0}, "latitude", "number"),
        ({"latitude": 48}, "longitude", "both_or_neither"),
        ({"longitude": 48}, "latitude", "both_or_neither"),
        ({"place_wikidata": "64"}, "place_wikidata", "wikidata"),
        ({"place_wikidata": "Q0"}, "place_wikidata", "wikidata"),
        ({"place_wikidata": "Q" + "9" * 13}, "place_wikidata", "wikidata"),
        ({"place_wikidata": "https://evil.example/Q64"}, "place_wikidata", "wikidata"),
        ({"place_geonames": "Berlin"}, "place_geonames", "geonames"),
        ({"place_geonames": -5}, "place_geonames", "geonames"),
        ({"place_geonames": 10**400}, "place_geonames", "geonames"),
        ({"label": ""}, "label", "required"),
        ({"label": "x" * 301}, "label", "max_length"),
        ({"label": "a\u202eb"}, "label", "no_bidi_overrides"),
        ({"date": "x" * 61}, "date", "max_length"),
        ({"note": "x" * 5001}, "note", "max_length"),
        ({"typo": 1}, "typo", "known_field"),
        ({"participants": {"actor": ONE}}, "participants", "list"),
        ({"participants": [{"actor": ONE}] * 101}, "participants", "max_items"),
        ({"participants": [{}]}, "participants.0.actor", "one_actor"),
        ({"participants": [{"actor": ONE, "role": "king"}]}, "participants.0.role", "choice"),
        ({"participants": [{"actor": ONE, "basis": "guess"}]}, "participants.0.basis", "choice"),
        ({"participants": [{"actor": ONE, "mention": "x"}]}, "participants.0.mention", "uuid"),
        ({"participants": [{"actor": ONE}, {"actor": ONE}]}, "participants.1", "participant_once"),
        ({"slots": {"cause": span()}}, "slots.cause", "known_field"),
        ({"slots": {"date": span()}}, "snapshot", "required"),
        ({"slots": {"date": span(), "place": span()}, "snapshot": OTHER}, "slots", "span_once"),
        (
            {"slots": {"date": {**span(), "extent": [[4, 0]]}}, "snapshot": OTHER},
            "slots.date.extent",
            "extent",
        ),
    ],
)
def test_what_an_event_cannot_be_is_refused_by_name(more: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        read(**more)
    assert (caught.value.field, caught.value.rule) == (field, rule)


def test_identifiers_are_taken_from_the_addresses_of_their_pages() -> None:
    assert wikidata("https://www.wikidata.org/wiki/Q64", "") == "Q64"
    assert wikidata("http://www.wikidata.org/entity/q64", "") == "Q64"
    assert geonames("https://www.geonames.org/2950159/berlin.html", "") == "2950159"
    assert geonames(2950159, "") == "2950159"
    assert (wikidata(None, ""), geonames("", "")) == ("", "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["label", "type", "date", "place", "latitude", "longitude", "place_wikidata", "note"]
NAMES += ["place_geonames", "participants", "slots", "snapshot", "date_words"]


@pytest.mark.lengthy
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6))
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_is_read_or_refused(body: dict[str, Any]) -> None:
    try:
        parse_event_edit(body)
    except Refused as error:
        assert error.rule


@given(st.decimals(-90, 90, places=6))
def test_every_point_of_six_decimals_is_kept(degrees: Decimal) -> None:
    assert coordinate(str(degrees), "", 90) == degrees
