"""What an outlet's record may say."""

from uuid import UUID

import pytest

from annotator.intents.outlet import issn, parse_outlet, parse_outlet_merge
from annotator.intents.refusal import Refused

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    "said",
    ["0261-3077", "02613077", "ISSN 0261-3077", "ISSN-L: 0261-3077", "issn 0261–3077", " eISSN 0261-3077"],
)
def test_an_issn_is_read_however_it_is_printed(said: str) -> None:
    assert issn(said, "issn") == "0261-3077"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("0261-3078", "issn_check_digit"),
        ("0261-307X", "issn_check_digit"),
        ("0621-3077", "issn_check_digit"),
        ("0261-307", "issn"),
        ("٠٢٦١-٣٠٧٧", "issn"),
        ("0261\u202e-3077", "no_bidi_overrides"),
        ("0261-3077\x00", "no_control_characters"),
        ("1" * 10_000, "max_length"),
        ("Q42", "issn"),
        (261, "string"),
    ],
)
def test_what_is_no_issn_is_refused(said: object, rule: str) -> None:
    with pytest.raises(Refused) as error:
        issn(said, "issn")
    assert (error.value.field, error.value.rule) == ("issn", rule)


def test_an_x_counts_ten_and_nothing_is_nothing() -> None:
    assert issn("2434-561x", "issn") == "2434-561X"
    assert issn("", "issn") == issn(None, "issn") == ""


def test_names_and_sites_are_kept_once() -> None:
    record = parse_outlet(
        {
            "version": 3,
            "name": "The Tide",
            "aliases": ["THE TIDE", "Tide", "tide", "المد"],
            "domains": ["https://www.thetide.example/x", "thetide.example", "Tide.Example"],
            "wikidata": "https://www.wikidata.org/wiki/Q42",
            "country": "gb",
            "language": "en-GB",
            "is_agency": True,
        }
    )
    assert (record.version, record.aliases) == (3, ("Tide", "المد"))
    assert record.domains == ("thetide.example", "tide.example")
    assert (record.wikidata, record.country, record.language, record.is_agency) == (
        "Q42",
        "GB",
        "en-GB",
        True,
    )


@pytest.mark.parametrize(
    ("said", "field", "rule"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 10_000}, "name", "max_length"),
        ({"name": "a\u202eb"}, "name", "no_bidi_overrides"),
        ({"name": "a\x00b"}, "name", "no_control_characters"),
        ({"aliases": ["Tide", "a\u2066b"]}, "aliases.1", "no_bidi_overrides"),
        ({"aliases": ["A"] * 101}, "aliases", "max_items"),
        ({"domains": ["javascript:alert(1)"]}, "domains.0", "domain"),
        ({"domains": ["thetide"]}, "domains.0", "domain"),
        ({"domains": ["x" * 10_000]}, "domains.0", "max_length"),
        ({"domains": ["127.0.0.1"]}, "domains.0", "domain"),
        ({"wikidata": "42"}, "wikidata", "wikidata"),
        ({"wikidata": "Q٤٢"}, "wikidata", "wikidata"),
        ({"country": "GBR"}, "country", "max_length"),
        ({"country": "4B"}, "country", "country"),
        ({"language": "english!"}, "language", "language"),
        ({"is_agency": "yes"}, "is_agency", "boolean"),
        ({"version": "1.5"}, "version", "integer"),
        ({"version": None}, "version", "required"),
        ({"owner": "x"}, "owner", "known_field"),
    ],
)
def test_a_record_that_cannot_be_is_refused(said: dict[str, object], field: str, rule: str) -> None:
    with pytest.raises(Refused) as error:
        parse_outlet({"name": "The Tide", "version": 1} | said)
    assert (error.value.field, error.value.rule) == (field, rule)


def test_two_are_merged_and_not_one_with_itself() -> None:
    said = {
        "gone": str(ONE),
        "kept": str(OTHER),
        "gone_version": 1,
        "kept_version": "2",
        "reason": "the same",
    }
    intent = parse_outlet_merge(said)
    assert (intent.gone, intent.kept, intent.versions, intent.reason) == (ONE, OTHER, (1, 2), "the same")
    for change, field in (
        ({"kept": str(ONE)}, "kept"),
        ({"gone": "x"}, "gone"),
        ({"reason": "\x00"}, "reason"),
    ):
        with pytest.raises(Refused) as error:
            parse_outlet_merge(said | change)
        assert error.value.field == field
