"""Files of codebooks: what is read, what is refused and where, and what a file would change."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.intents.codebook_file import DEEPEST, LARGEST, parse_file, written
from annotator.intents.codebook_plan import plan
from annotator.intents.colours import contrast, is_seen, made_seen
from annotator.intents.refusal import Refused
from tests.growth import growth

HEAD = {"format": "sourceline-codebook", "edition": 1}
MINE: dict[str, list[dict[str, Any]]] = {
    "topic": [
        {"key": "water", "name": "Water", "definition": "", "retired": False},
        {"key": "floods", "name": "Floods", "definition": "", "retired": False, "parent": "water"},
        {"key": "old", "name": "Old", "definition": "", "retired": True},
        {"key": "gone", "name": "Gone", "definition": "", "retired": True, "merged_into": "water"},
    ],
    "claim_type": [{"key": "fact", "name": "Fact", "definition": "So.", "retired": False, "shortcut": "f"}],
}


def file_of(**codes: Any) -> str:
    return json.dumps({**HEAD, "codes": codes})


def planned(retire_missing: bool = False, **codes: Any) -> list[tuple[str, str]]:
    made = plan(parse_file(file_of(**codes)), MINE, 7, retire_missing=retire_missing)
    return [(step.act, step.key) for step in made.steps]


def test_what_is_written_reads_back_and_changes_nothing() -> None:
    text = written(MINE, "Velm", 7)
    assert plan(parse_file(text.encode()), MINE, 7, retire_missing=True).steps == ()
    assert text == written(json.loads(text)["codes"], "Velm", 7)


def test_a_plan_says_what_is_new_changed_retired_and_offered_again() -> None:
    codes = [
        {"key": "water", "name": "Water and dams", "definition": "All that flows."},
        {"key": "floods", "name": "Floods", "parent": "water", "retired": True},
        {"key": "old", "name": "Old"},
        {"key": "gone", "name": "Gone"},
        {"key": "fire", "name": "Fire", "colour": "#ffff00"},
        {"key": "lost", "name": "Lost", "merged_into": "fire"},
    ]
    made = plan(parse_file(file_of(topic=codes)), MINE, 7)
    assert [(step.act, step.key) for step in made.steps] == [
        ("change", "water"),
        ("retire", "floods"),
        ("back", "old"),
        ("add", "fire"),
    ]
    assert [(d.field, d.before, d.after) for d in made.steps[0].differences] == [
        ("name", "Water", "Water and dams"),
        ("definition", "", "All that flows."),
    ]
    assert made.told == "1 new, 1 changed, 1 retired, 1 offered again"
    assert len(made.notes) == 3 and "becomes #8c8c00" in " ".join(made.notes)


def test_what_a_file_does_not_have_is_retired_only_when_asked_and_only_of_its_kinds() -> None:
    assert planned(topic=[]) == []
    assert planned(True, topic=[{"key": "water", "name": "Water"}]) == [("retire", "floods")]
    assert planned(True, claim_type=[]) == [("retire", "fact")]


DEEP = json.dumps({**HEAD, "codes": None}).replace("null", "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


@pytest.mark.parametrize(
    ("raw", "field", "rule", "said"),
    [
        ("", "", "json", "line 1"),
        ('{"format": "sourceline-codebook",\n "edition": 1,\n oops}', "", "json", "line 3, column 2"),
        ("[]", "", "object", "must be an object"),
        ("nul", "", "json", "line 1"),
        ('{"format": NaN}', "", "json", "NaN"),
        ('{"format": "word"}', "format", "format", "no file of a codebook"),
        (json.dumps({**HEAD, "edition": 2, "codes": {}}), "edition", "edition", "must be 1"),
        (json.dumps({**HEAD, "edition": True, "codes": {}}), "edition", "edition", "must be 1"),
        (json.dumps(HEAD), "codes", "required", "is missing"),
        (json.dumps({**HEAD, "codes": []}), "codes", "object", "must be an object"),
        (json.dumps({**HEAD, "codes": {"mood": []}}), "codes.mood", "known_field", "is not a field"),
        (file_of(topic={}), "codes.topic", "list", "must be a list"),
        (file_of(topic=["water"]), "codes.topic.0", "object", "must be an object"),
        (file_of(topic=[{"name": "X"}]), "codes.topic.0.key", "key", "at most 60"),
        (file_of(topic=[{"key": "a b", "name": "X"}]), "codes.topic.0.key", "key", "at most 60"),
        (file_of(topic=[{"key": 7, "name": "X"}]), "codes.topic.0.key", "key", "at most 60"),
        (file_of(topic=[{"key": "a"}]), "codes.topic.0.name", "required", "must not be empty"),
        (file_of(topic=[{"key": "a", "name": {}}]), "codes.topic.0.name", "string", "must be a text"),
        (file_of(topic=[{"key": "a", "name": "X\u0000"}]), "codes.topic.0.name", "no_control_characters", ""),
        (file_of(topic=[{"key": "a", "name": "\ud800"}]), "codes.topic.0.name", "no_control_characters", ""),
        (file_of(topic=[{"key": "a", "name": "X", "retired": 1}]), "codes.topic.0.retired", "boolean", ""),
        (file_of(topic=[{"key": "a", "name": "X", "x": 1}]), "codes.topic.0.x", "known_field", ""),
        (file_of(topic=[{"key": "a", "name": "X", "colour": "red"}]), "codes.topic.0.colour", "colour", ""),
        (file_of(topic=[{"key": "a", "name": "X", "examples": "y"}]), "codes.topic.0.examples", "list", ""),
        (file_of(topic=[{"key": "a", "name": "X"}] * 2), "codes.topic.1.key", "unique", "stands twice"),
        (
            file_of(topic=[{"key": k, "name": "X", "shortcut": "x"} for k in "ab"]),
            "codes.topic.1.shortcut",
            "unique",
            "stands twice",
        ),
        (file_of(topic=[{"key": f"k{i}", "name": "X"} for i in range(1001)]), "codes.topic", "max_items", ""),
        (
            file_of(concept=[{"key": "a", "name": "X", "parent": "b"}]),
            "codes.concept.0.parent",
            "parent_of_topic",
            "",
        ),
        (DEEP, "", "depth", "nested more than 8 deep"),
        ('{"a": 1, "a": 2}', "a", "once", "stands twice in one object"),
        ('{"format": ' + "9" * 5000 + "}", "", "json", "cannot be read"),
        (b'{"format":\n "\xff"}', "", "utf-8", "line 2 is not UTF-8"),
        (b" " * (LARGEST + 1), "", "max_length", "more than 1024 kB"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_refused_with_its_place(raw: Any, field: str, rule: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_file(raw)
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert said in caught.value.message
    caught.value.message.encode()


@pytest.mark.parametrize(
    ("topic", "rule"),
    [
        ([{"key": "a", "name": "A", "parent": "nowhere"}], "code"),
        ([{"key": "a", "name": "A", "parent": "a"}], "two_levels"),
        ([{"key": "a", "name": "A", "parent": "floods"}], "two_levels"),
        (
            [{"key": "a", "name": "A", "parent": "b"}, {"key": "b", "name": "B", "parent": "water"}],
            "two_levels",
        ),
        ([{"key": "water", "name": "Water", "parent": "old"}], "two_levels"),
        ([{"key": "a", "name": "A", "parent": "gone"}], "code"),
    ],
)
def test_topics_that_would_lie_too_deep_are_refused(topic: list[dict[str, Any]], rule: str) -> None:
    with pytest.raises(Refused) as caught:
        planned(topic=topic)
    assert caught.value.rule == rule and caught.value.field.startswith("codes.topic")


def test_a_shortcut_that_another_code_has_is_refused() -> None:
    new = {"key": "new", "name": "New", "shortcut": "f"}
    with pytest.raises(Refused, match="is the key of “fact”"):
        planned(claim_type=[new])
    assert planned(claim_type=[new, {"key": "fact", "name": "Fact", "definition": "So."}]) == [
        ("add", "new"),
        ("change", "fact"),
    ]


@pytest.mark.lengthy
def test_brackets_and_quotes_without_end_are_read_in_linear_time() -> None:
    def read(size: int) -> None:
        for piece in ('["', '{"a":', '"\\"', "[" * 3):
            with pytest.raises(Refused):
                parse_file(piece * (size // len(piece)))

    assert growth(read) < 8


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_every_colour_becomes_one_that_is_seen(colour: str) -> None:
    shown = made_seen(colour)
    assert is_seen(shown)
    assert (shown == colour) == is_seen(colour)


def test_the_surfaces_are_the_pages_own() -> None:
    from annotator.intents.colours import DAY, NIGHT
    from tests.annotator.web.test_contrast import COLOURS, SURFACES

    for scheme, hardest in ((0, DAY), (1, NIGHT)):
        surfaces = [COLOURS[name][scheme] for name in SURFACES]
        assert min(surfaces, key=lambda one: contrast(one, "#808080")) == hardest
