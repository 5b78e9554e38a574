"""What the benches tell: figures beside their limits, the table of them, and how they grow."""

import json
from pathlib import Path

import pytest

from bench.results import growth, machine, table
from bench.results.figures import KEPT, Figure, read, tell


def test_a_figure_stands_beside_its_limit() -> None:
    one = Figure("Saving", "a claim", "ms", [9, 1, 2, 3], "INSERT", [1, 2, 3])
    assert (one.median, one.p95, one.ratio) == (2.5, 9, 1.25)
    rate = Figure("Saving", "claims", "1/s", [50, 100, 150], "COPY", [400], more_is_better=True)
    assert rate.ratio == 4


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ({"goal": 3}, True),
        ({"goal": 2.9}, False),
        ({"goal": 3, "more_is_better": True}, True),
        ({"goal": 3.1, "more_is_better": True}, False),
        ({"goal_p95": 9}, True),
        ({"goal_p95": 8.9}, False),
        ({"goal": 3, "goal_p95": 8}, False),
        ({"within": 3.0, "limits": [3]}, True),
        ({"within": 2.9, "limits": [3]}, False),
        ({}, True),
    ],
)
def test_what_is_asked_for_is_reached_or_not(asked: dict, reached: bool) -> None:
    one = Figure("S", "it", "ms", [1, 3, 9], **asked)
    assert one.reached is reached
    row = table.page({}, [one]).splitlines()[-1]
    assert row.endswith("✗ |") is not reached
    assert bool(one.asked) is bool(asked)


def test_figures_are_printed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEPT, str(tmp_path / "figures"))
    told = [tell(Figure("S", "a", "ms", [1.5], "x", [0.5])), tell(Figure("S", "b", "s", [2], goal=1))]
    assert read(str(tmp_path / "figures")) == told
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["a", "1.50", "1.50", "0.50", "3.0", "ms"]
    assert second.endswith("not ≤ 1.00")


def test_the_table_has_a_section_for_each_and_the_json_every_measurement() -> None:
    figures = [Figure("One", "a | b", "ms", [1, 2, 3]), Figure("Two", "c", "", [0], goal=0)]
    facts = machine.facts()
    assert {"date", "commit", "processor", "memory", "python", "django"} <= facts.keys()
    page = table.page(facts, figures)
    assert "\n## One\n" in page and "\n## Two\n" in page
    assert "| a / b | ms | 2.00 | 3.00 | 1.00–3.00 |  |  |  |  |" in page
    told = json.loads(table.as_json(facts, figures))
    assert [one["values"] for one in told["figures"]] == [[1, 2, 3], [0]]
    assert told["measured_on"] == facts


def _sized(what: str, unit: str, *values: float) -> list[Figure]:
    sizes = (10_000, 100_000, 1_000_000)
    return [Figure("S", what, unit, [v], size=n) for n, v in zip(sizes, values, strict=True)]


def test_growth_beyond_n_log_n_is_marked() -> None:
    """From ten thousand to a million that is 150 times as much."""
    figures = [
        *_sized("flat", "ms", 5, 5, 5),
        *_sized("even", "s", 1, 12, 149),
        *_sized("square", "s", 1, 100, 10_000),
        *_sized("tiny", "ms", 0.001, 0.01, 0.9),
        Figure("S", "of one size", "ms", [3], size=10_000),
    ]
    found = growth.curves(figures)
    assert [what for what, _, _ in found] == ["flat", "even", "square", "tiny"]
    assert [growth.above(curve) > 1 for curve in found] == [False, False, True, False]
    rows = growth.table(found).splitlines()
    assert [row.split("|")[1].strip() for row in rows if row.endswith("✗ |")] == ["square"]
    drawn = growth.plot(found)
    assert drawn.startswith("<svg") and drawn.count("<polyline") == len(found) + 1
    assert growth.table([]) == growth.plot([]) == ""
