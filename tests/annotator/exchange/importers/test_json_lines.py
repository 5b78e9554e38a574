"""JSON whose objects know their lines, and what no reader is given."""

import pytest

from annotator.exchange.importers.bundle import NotRead
from annotator.exchange.importers.json_lines import read_json, read_json_lines
from tests.growth import growth


def test_objects_know_their_lines() -> None:
    found = read_json('\ufeff{"items": [\n {"a": "\\ud83d\\ude00"},\n\n {"b": {"c": 1}}]}', "x.json")
    first, second = found["items"]
    assert (found.line, first.line, second.line, second["b"].line) == (1, 2, 4, 4)
    assert first["a"] == "\U0001f600"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{"a": 1,}', "x.json:1: is no JSON"),
        ('{"a":\n\n tru}', "x.json:3: is no JSON"),
        ('\n{"a": NaN}', "NaN is not JSON"),
        ('[\n{"a": "\\ud83d"}]', "x.json:2: a string holds half a character"),
        ('{"\\udc00": 1}', "half a character"),
        ('{"a": [["\\udc00"]]}', "half a character"),
        ('[["\\udc00"]]', "half a character"),
        ("[" * 65, "nested more than 64 deep"),
        ('{"a":' * 100_000, "nested more than 64 deep"),
        ('"' + "[" * 100 + '"\n' + "[" * 70, "x.json:2: is nested"),
        ("1" * 5000, "is no JSON"),
        ("", "is no JSON"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(written: str, said: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_json(written, "x.json")
    assert said in str(refused.value)


def test_a_bad_line_spoils_no_other() -> None:
    found = list(read_json_lines('\ufeff{"a": 1}\r\n\r\n{"a": \n{"a": 2}\n', "x.jsonl"))
    assert [(line, None if isinstance(v, NotRead) else v["a"]) for line, v in found] == [
        (1, 1),
        (3, None),
        (4, 2),
    ]
    assert found[2][1].line == 4
    assert str(found[1][1]).startswith("x.jsonl:3: is no JSON")


@pytest.mark.parametrize("unit", ['"a', "\\", '"\\', "{", '["', "\n", "[" * 60 + "]" * 60])
def test_hostile_json_is_refused_in_linear_time(unit: str) -> None:
    def read(size: int) -> None:
        with pytest.raises(NotRead):
            read_json(unit * (size // len(unit)) + "!", "x.json")

    assert growth(read) < 9
