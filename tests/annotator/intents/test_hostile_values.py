"""Values that no honest client sends: each is refused by name, at once, and none raises anything else."""

import ast
import json
import time
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.intents import fields
from annotator.intents.annotation import parse_annotation
from annotator.intents.claim import parse_claim
from annotator.intents.refusal import Refused
from annotator.intents.review import parse_decision
from tests.growth import growth

SPAN = {"uuid": str(uuid4()), "extent": [[0, 3]], "quotes": ["abc"]}
SPEAKER = {"new_actor": {"uuid": str(uuid4()), "name": "Ilse Brandt"}}
CLAIM: dict[str, Any] = {
    "type": "fact",
    "quotation_type": "direct",
    "voice": "attributed",
    "chains": [[{"sources": [SPEAKER], "cues": [SPAN]}]],
}


def deep(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


WRONG = [
    None,
    True,
    0,
    -1,
    10**400,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eevil",
    "\u200b",
    "x" * 100_000,
    [],
    {},
    [[]],
    {"": 1},
    {"\ud800": 1},
    {"__proto__": 1},
    deep(500),
    b"bytes",
    [None],
    [SPAN],
]


def every_path(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [at, *(p for k, v in value.items() for p in every_path(v, (*at, k)))]
    if isinstance(value, list):
        return [at, *(p for i, v in enumerate(value) for p in every_path(v, (*at, i)))]
    return [at]


def with_value(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(whole, dict):
        return {k: with_value(v, path[1:], value) if k == path[0] else v for k, v in whole.items()}
    return [with_value(v, path[1:], value) if i == path[0] else v for i, v in enumerate(whole)]


FULL: dict[str, Any] = {
    **CLAIM,
    "paraphrase": "p",
    "polarity": "asserted",
    "negated": False,
    "certainty": "may",
    "basis": "textual",
    "status": "draft",
    "targets": [{"actor": str(uuid4()), "mention": str(uuid4()), "words": "w"}],
    "inside": str(uuid4()),
    "said_on": "2024",
    "time_span": {**SPAN, "uuid": str(uuid4())},
    "period": "2019/..",
    "period_basis": "inferential",
    "period_confidence": "possible",
    "period_span": {**SPAN, "uuid": str(uuid4())},
    "topics": ["bridge"],
    "chains": [
        [
            {
                "role": "said",
                "act": "says",
                "basis": "stated",
                "quotation_type": "",
                "sources": [
                    {
                        "new_actor": {
                            "uuid": str(uuid4()),
                            "name": "n",
                            "kind": "person",
                            "naming": "named",
                            "affiliation": "a",
                            "stated_reason": "r",
                            "reason_span": SPAN,
                            "aliases": ["b"],
                        },
                        "mention": str(uuid4()),
                        "role_at_time": "director",
                        "role_span": {**SPAN, "uuid": str(uuid4())},
                        "jointly": "each",
                    }
                ],
                "cues": [SPAN],
                "repeated": True,
                "occasion": "interview",
                "occasion_span": {**SPAN, "uuid": str(uuid4())},
                "addressees": [
                    {
                        "actor": str(uuid4()),
                        "name": "n",
                        "mention": str(uuid4()),
                        "words": "w",
                        "span": {**SPAN, "uuid": str(uuid4())},
                    }
                ],
            },
            {
                "role": "relayed",
                "sources": [{"actor": str(uuid4())}],
                "said_on": "2024",
                "said_on_basis": "inferential",
                "said_on_confidence": "possible",
                "time_span": {**SPAN, "uuid": str(uuid4())},
            },
        ]
    ],
    "quantities": [{"what": "days", "low": 1, "high": 2, "unit": "d", "words": "w", "event": str(uuid4())}],
}
BODIES: list[dict[str, Any]] = [
    {"snapshot": str(uuid4()), "kind": "claim", "extent": [[0, 3]], "quotes": ["abc"], "claim": FULL},
    {"snapshot": str(uuid4()), "kind": "actor", "extent": [[0, 3]], "quotes": ["abc"], "actor": SPEAKER},
    {
        "snapshot": str(uuid4()),
        "kind": "event",
        "extent": [[0, 3], [5, 6]],
        "quotes": ["abc", "d"],
        "event": {
            "new_event": {
                "uuid": str(uuid4()),
                "label": "l",
                "type": "other",
                "date": "2024",
                "date_words": "w",
                "place": "p",
            }
        },
    },
]


@pytest.mark.parametrize("body", BODIES, ids=[b["kind"] for b in BODIES])
def test_an_honest_body_is_read(body: dict[str, Any]) -> None:
    assert parse_annotation(uuid4(), body).kind == body["kind"]


@pytest.mark.lengthy
@pytest.mark.parametrize("body", BODIES, ids=[b["kind"] for b in BODIES])
def test_any_value_in_any_place_is_read_or_refused(body: dict[str, Any]) -> None:
    started = time.thread_time()
    refused = 0
    for path in every_path(body):
        for value in WRONG:
            try:
                parse_annotation(uuid4(), with_value(body, path, value))
            except Refused as error:
                refused += 1
                assert error.rule
                json.dumps([error.field, error.message], ensure_ascii=False).encode()  # it can be answered
                assert len(error.message) < 500
    assert refused > len(every_path(body)) * len(WRONG) / 3
    assert time.thread_time() - started < 30, "seconds of this thread, whatever else the machine does"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*FULL, *BODIES[0], "actor", "event", "x"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.lengthy
@settings(max_examples=150, deadline=None)
@given(uuid=JSON, body=JSON)
def test_any_json_is_read_or_refused(uuid: Any, body: Any) -> None:
    for parse in (lambda: parse_annotation(uuid, body), lambda: parse_decision(body)):
        try:
            parse()
        except Refused as error:
            assert error.rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("a\x00b", "no_control_characters"),
        ("a\x1b[2J", "no_control_characters"),
        ("a\ud800", "no_control_characters"),
        ("a\u202eb", "no_bidi_overrides"),
        ("\u2066a\u2069", "no_bidi_overrides"),
        ("a" + "\u0301" * 31, "stream_safe"),
        ("x" * 201, "max_length"),
        ("", "required"),
        (" \n\t ", "required"),
        ("\u200b\u2060", "required"),
        (["Ilse"], "string"),
        (7, "string"),
    ],
)
def test_names_that_are_none(name: Any, rule: str) -> None:
    actor = {"new_actor": {"uuid": str(uuid4()), "name": name}}
    with pytest.raises(Refused) as caught:
        parse_claim({**CLAIM, "chains": [[{"sources": [actor]}]]})
    assert caught.value.rule == rule
    assert caught.value.field == "claim.chains.0.0.sources.0.new_actor.name"


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73"])
def test_a_text_takes_no_longer_to_refuse_than_it_is_long(marks: str) -> None:
    def refuse(times: int) -> None:
        with pytest.raises(Refused):
            fields.text("a" + marks * times, "paraphrase")

    assert growth(refuse) < 8


def test_names_of_all_scripts_stay_as_they_are_but_for_nfc() -> None:
    for given_name, kept in [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("  Ilse \n Brandt ", "Ilse Brandt"),
        ("👩🏽\u200d🔧", "👩🏽\u200d🔧"),
    ]:
        actor = {"new_actor": {"uuid": str(uuid4()), "name": given_name}}
        claim = parse_claim({**CLAIM, "chains": [[{"sources": [actor]}]]})
        new = claim.chains[0][0].sources[0].who.new_actor
        assert new is not None
        assert new.name == kept


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("1e999999999", "number"),
        ("-1e999999999", "number"),
        ("1e-999999999", "decimals"),
        ("0.0000001", "decimals"),
        (1e30, "number"),
        (10**18, "number"),
        ("NaN", "number"),
        ("sNaN", "number"),
        ("Infinity", "number"),
        (True, "number"),
        ([1], "number"),
        ("eighteen", "number"),
    ],
)
def test_numbers_that_are_none(number: Any, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_claim({**CLAIM, "quantities": [{"what": "x", "words": "w", "low": number}]})
    assert (caught.value.field, caught.value.rule) == ("claim.quantities.0.low", rule)


@pytest.mark.parametrize("number", [0, -3, "9.5", 0.1, "0.100000", "1.0000000", "999999999999999999"])
def test_numbers_are_kept_exactly(number: Any) -> None:
    claim = parse_claim({**CLAIM, "quantities": [{"what": "x", "words": "w", "high": number}]})
    assert claim.quantities[0].high == Decimal(str(number))


@pytest.mark.parametrize("zero", ["0E-999999999", "-0E+999999999", "-0.0", "0" * 5000, "0." + "0" * 20000])
def test_a_zero_is_a_zero_however_it_is_written(zero: str) -> None:
    claim = parse_claim({**CLAIM, "quantities": [{"what": "x", "words": "w", "low": zero}]})
    assert str(claim.quantities[0].low) == "0"


def test_decimals_that_say_nothing_are_dropped() -> None:
    claim = parse_claim({**CLAIM, "quantities": [{"what": "x", "words": "w", "low": "7." + "0" * 20000}]})
    assert str(claim.quantities[0].low) == "7"


@pytest.mark.parametrize(
    ("extent", "rule"),
    [
        ([], "extent"),
        ([[]], "extent"),
        ([[1]], "extent"),
        ([[1, 2, 3]], "extent"),
        ([[2, 1]], "extent"),
        ([[1, 1]], "extent"),
        ([[-1, 1]], "extent"),
        ([[0, 2**31]], "extent"),
        ([[0, 10**400]], "extent"),
        ([[0.0, 1.0]], "extent"),
        ([[False, True]], "extent"),
        ([["0", "1"]], "extent"),
        ({"0": 1}, "extent"),
        ("0-1", "extent"),
        (None, "extent"),
        ([[i * 2, i * 2 + 1] for i in range(101)], "max_items"),
    ],
)
def test_extents_that_are_none(extent: Any, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_annotation(uuid4(), {**BODIES[1], "extent": extent})
    assert (caught.value.field, caught.value.rule) == ("extent", rule)


def test_a_decision_is_one_of_four_with_its_reason() -> None:
    assert parse_decision({"decision": "accepted", "version": "3"}).version == 3
    for value, field, rule in [
        ({"decision": "praised"}, "decision", "choice"),
        ({"decision": ["accepted"]}, "decision", "choice"),
        ({"decision": "rejected"}, "reason", "required"),
        ({"decision": "disputed", "reason": " \n "}, "reason", "required"),
        ({"decision": "accepted", "version": "1e3"}, "version", "integer"),
        ({"decision": "accepted", "version": "٣"}, "version", "integer"),
        ({"decision": "accepted", "version": True}, "version", "integer"),
        ({"decision": "accepted", "reason": "a\x00"}, "reason", "no_control_characters"),
        ({"decision": "accepted", "reason": "x" * 2001}, "reason", "max_length"),
        ({"decision": "accepted", "status": "accepted"}, "status", "known_field"),
        ([], "", "object"),
    ]:
        with pytest.raises(Refused) as caught:
            parse_decision(value)
        assert (caught.value.field, caught.value.rule) == (field, rule)


WORDS = {"quotes", "paraphrase", "words", "stated_reason", "place", "date_words"}
"""Keys whose values are words of a text, or free text, which may hold what it likes."""
TURNS = ("a\u202eb", "\u202aa\u202c", "a\u2066b\u2069", "a\u202d", "\u202ba", "\u2067a", "\u2068a")


@pytest.mark.parametrize("body", BODIES, ids=[b["kind"] for b in BODIES])
def test_no_name_of_a_body_takes_what_turns_text_about(body: dict[str, Any]) -> None:
    taken = set()
    for path in every_path(body):
        for value in TURNS:
            try:
                read = parse_annotation(uuid4(), with_value(body, path, value))
            except Refused:
                continue
            if value in words_in(asdict(read)):  # what is told beside an actor is passed over
                taken.add(next(key for key in reversed(path) if isinstance(key, str)))
    assert taken <= WORDS, taken - WORDS


def words_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {one for inner in value.values() for one in words_in(inner)}
    if isinstance(value, list | tuple):
        return {one for inner in value for one in words_in(inner)}
    return {value} if isinstance(value, str) else set()


FREE = {"paraphrase", "description", "definition", "examples", "lines", "text", "search", "note", "notes"}
FREE |= {"reason", "stated_reason", "assessment_reason", "reason_words", "evidence", "colour", "shortcut"}
"""What people write at length, or what is then held to a form of its own."""


def test_whatever_no_list_calls_free_is_read_as_a_name() -> None:
    read = set()
    for path in sorted((Path(fields.__file__).parent).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "fields.text":
                field = node.args[1]
                said = [one.value for one in ast.walk(field) if isinstance(one, ast.Constant)]
                read.add((path.name, str(said[-1]).strip(".") if said else "passed on"))
    read.remove(("carrying.py", "words"))  # held against the text in which they stand
    assert {name for _, name in read} - FREE == {"passed on"}
    assert {path for path, name in read if name == "passed on"} == {
        "addresses.py",
        "codebook.py",
        "project.py",
    }
