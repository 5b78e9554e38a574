"""How far a build is: told in order, whole, never beyond what was expected, gone in the end."""

import json
from pathlib import Path

import pytest

from annotator.exchange.progress import STAGES, Progress, Teller, told_in
from annotator.exchange.publish import Wanted, publish
from annotator.exchange.workbook import write_workbook


class Watched(Teller):
    """Remembers everything that it told."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, pause=0)
        self.told: list[Progress] = []

    def _tell(self) -> None:
        super()._tell()
        found = told_in(self._path)
        assert found is not None
        self.told.append(found)


@pytest.mark.lengthy
def test_every_stage_of_a_build_is_told_to_its_last_row(demo, tmp_path: Path) -> None:
    tell = Watched(tmp_path / "p")
    counts = publish(demo, Wanted(), tmp_path / "a.zip", tell)
    tell.begin("workbook", sum(counts.values()))
    write_workbook(tmp_path / "a.zip", tmp_path / "a.xlsx", tell)
    assert list(dict.fromkeys(one.stage for one in tell.told)) == list(STAGES)
    percents = [one.percent for one in tell.told]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    for stage in ("checking", "tables", "workbook"):
        last = [one for one in tell.told if one.stage == stage][-1]
        assert last.done == last.expected > 0
    assert all(one.done <= one.expected for one in tell.told if one.expected)
    tell.end()
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "a.xlsx"}


def test_it_is_told_seldom(tmp_path: Path) -> None:
    tell = Teller(tmp_path / "p", pause=3600)
    tell.begin("tables", 1000)
    assert len(list(tell.counted(range(1000)))) == 1000
    assert told_in(tmp_path / "p") == Progress("tables", 0, 1000)


def test_a_part_counts_as_much_as_was_expected_of_it(tmp_path: Path) -> None:
    tell = Teller(tmp_path / "p", pause=0)
    tell.begin("formats", 20)
    assert list(tell.part("abc", 10)) == ["a", "b", "c"]
    assert list(tell.part("x" * 99, 10)) == ["x"] * 99
    tell.step()
    assert told_in(tmp_path / "p") == Progress("formats", 21, 20)
    assert told_in(tmp_path / "p").percent == 80, "never beyond its stage"


@pytest.mark.parametrize(
    "said",
    [None, "", "{", "[]", "null", '{"stage": "tables"}', '{"stage": "x", "done": 1, "expected": 2}',
     '{"stage": "tables", "done": "y", "expected": 2}', '"' + "a" * 9],
)  # fmt: skip
def test_what_is_not_sensible_is_nothing_told(tmp_path: Path, said: str | None) -> None:
    if said is not None:
        (tmp_path / "p").write_text(said)
    assert told_in(tmp_path / "p") is None


def test_what_is_told_is_plain(tmp_path: Path) -> None:
    Teller(tmp_path / "p").begin("workbook", 7)
    assert json.loads((tmp_path / "p").read_text()) == {"stage": "workbook", "done": 0, "expected": 7}
    assert Progress("workbook", 1200, 4_000_000).rows == "1,200 of 4,000,000 rows"
    assert Progress("selecting", 0, 0).rows == ""
