"""What is asked of a project's watch terms is read, or refused with the line, the place and the reason."""

from typing import Any

import pytest

from annotator.detect.watching import Wanted
from annotator.intents.refusal import Refused
from annotator.intents.watch_term import MOST_LINES, parse_adding, parse_change


def test_reads_one_term_a_line_and_each_once() -> None:
    intent = parse_adding({"lines": " ferry \r\n\nprime  minister\nferry\n", "note": "who said it?"})
    assert [term.words for term in intent.terms] == ["ferry", "prime minister"]
    assert intent.terms[0] == Wanted("ferry", is_pattern=False, whole_words=True, case_sensitive=False)
    assert intent.note == "who said it?"


def test_keeps_the_blanks_that_a_pattern_looks_for() -> None:
    (term,) = parse_adding({"lines": r"a  b\s+c", "is_pattern": True, "whole_words": False}).terms
    assert term == Wanted(r"a  b\s+c", is_pattern=True, whole_words=False)


@pytest.mark.parametrize(
    ("value", "field", "rule", "said"),
    [
        ({}, "lines", "required", "empty"),
        ({"lines": " \n "}, "lines", "required", "empty"),
        ({"lines": ["ferry"]}, "lines", "string", "a text"),
        ({"lines": "a\x00b"}, "lines", "no_control_characters", "control"),
        ({"lines": "a\ud800"}, "lines", "no_control_characters", "control"),
        ({"lines": "ok\n*\n"}, "lines", "words", "line 2, “*”: holds nothing"),
        ({"lines": "ok\n" + "x" * 201}, "lines", "max_length", "line 2, “xxx"),
        ({"lines": "ferry\u202egnp"}, "lines", "no_bidi_overrides", "reorder"),
        ({"lines": "ok\nab(", "is_pattern": True}, "lines", "pattern", "line 2, “ab(”: Character 3: “(”"),
        ({"lines": "a\tb", "is_pattern": True}, "lines", "one_line", "tabs"),
        ({"lines": "\n".join(f"w{n}" for n in range(MOST_LINES + 1))}, "lines", "max_items", "1000"),
        ({"lines": "x" * 300_000}, "lines", "max_length", "at most"),
        ({"lines": "x", "is_pattern": "yes"}, "is_pattern", "boolean", "true or false"),
        ({"lines": "x", "project": 1}, "project", "known_field", "not a field"),
        ({"lines": "x", "note": "n" * 201}, "note", "max_length", "at most"),
        ([], "", "object", "an object"),
    ],
)
def test_refuses(value: Any, field: str, rule: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_adding(value)
    assert (refusal.value.field, refusal.value.rule) == (field, rule)
    assert said in refusal.value.message


@pytest.mark.parametrize("version", [None, 0, -1, True, "1", 1.5])
def test_a_change_says_what_it_is_based_on(version: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse_change({"words": "ferry", "version": version})
    assert refusal.value.field == "version"


def test_a_change_is_one_term() -> None:
    with pytest.raises(Refused) as refusal:
        parse_change({"words": "a\nb", "version": 1, "is_pattern": True})
    assert (refusal.value.field, refusal.value.rule) == ("words", "one_line")
