"""Whole texts of ours, in which every sentence is right; and the scorer that says so finds what is not."""

import json
import re
from pathlib import Path

import pytest

from bench import sentences as bench
from sources.text.segment import sentence_spans

OURS = sorted(bench.OWN.glob("*.txt"))


def shown(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_sentence_of_our_texts_is_right(path: Path) -> None:
    for text, language, gold in bench.units_of(path):
        assert shown(text, list(sentence_spans(text, language))) == shown(text, gold)


def test_our_texts_hold_what_is_hard() -> None:
    whole = "\n".join(path.read_text() for path in OURS)
    for hard in (
        "U. S. envoy",
        "U.S. -backed",
        "J. R. Marrow",
        "Gen. Orla",
        "Lt. Col.",
        "etc.",
        "No. 5",
        "[4]",
    ):
        assert hard in whole
    assert {path.stem.partition("_")[0] for path in OURS} == {
        *("ar", "de", "en", "es", "fa"),
        *("fr", "tr", "uk", "ur"),
    }
    headings = [
        text for path in OURS for text, _, gold in bench.units_of(path) if not re.search(r"\W$", text)
    ]
    assert len(headings) >= len(OURS)  # and captions: they end without a stop
    running = re.findall("“[^“”]*[.!?]\\n[^“”]*”", whole)
    assert len(running) >= 2  # quotations of several sentences


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents and a rule in the forms that are measured elsewhere."""
    text = "The dam held. Nobody knew why.\n\nIt fell in May."
    spans = [[0, 13], [14, 30], [32, 47]]
    parted = {"text": text, "lang": "en", "sentences": spans, "paragraphs": [[0, 30], [32, 47]]}
    flat = {"text": "It held.\n It fell.", "lang": "en", "sentences": [[0, 8], [10, 18]]}
    (tmp_path / "en_gum-dev.jsonl").write_text(f"{json.dumps(parted)}\n{json.dumps(flat)}\n")
    rules = [{"text": "It held. It fell.", "expected": ["It held.", "It fell."]}]
    (tmp_path / "golden_rules_en.json").write_text(json.dumps(rules))
    return tmp_path


def at_stops(text: str, language: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.]+\.", text)]


def test_a_cut_that_is_right_misses_nothing(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.missed(gold, at_stops) == []
    told = capsys.readouterr().out
    assert re.search(r"en_gum-dev +100\.0 +100\.0 +100\.0 +96\.0 ", told) and "1/1" in told


def test_planted_errors_are_counted_and_are_below_the_limit(gold: Path) -> None:
    def never(text: str, language: str) -> list[tuple[int, int]]:
        return [(0, len(text))]

    def short(text: str, language: str) -> list[tuple[int, int]]:
        return [(start, end - 1) for start, end in at_stops(text, language)]

    def once_more(text: str, language: str) -> list[tuple[int, int]]:
        (start, end), *others = at_stops(text, language)
        return [(start, start + 3), (start + 3, end), *others]

    units = list(bench.units_of(gold / "en_gum-dev.jsonl"))
    assert [text for text, _, _ in units] == [
        "The dam held. Nobody knew why.",
        "It fell in May.",
        "It held. It fell.",
    ]
    found = {cut.__name__: bench.score(units, cut) for cut in (never, short, once_more)}
    assert {name: (one.found, one.cut, one.gold) for name, one in found.items()} == {
        "never": (1, 3, 5),
        "short": (0, 5, 5),
        "once_more": (2, 8, 5),
    }
    assert round(found["once_more"].precision), round(found["once_more"].recall) == (25, 40)
    assert found["never"].f1 == 25.0
    for cut in (never, short, once_more):
        below = bench.missed(gold, cut)
        assert [line.partition(":")[0] for line in below] == ["en_gum-dev", "golden_rules_en"]


def test_our_own_texts_are_held_to_every_sentence() -> None:
    assert {bench.limit_of(path) for path in OURS} == {100.0}
    assert bench.limit_of(Path("/else/where/en_story.txt")) == 0.0
    assert [bench.limit_of(Path(f"/gold/{name}")) for name in ("en_gum-dev.jsonl", "en_ewt-dev.jsonl")] == [
        96,
        88,
    ]
