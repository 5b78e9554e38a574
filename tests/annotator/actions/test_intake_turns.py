"""Several tables in one intake, in many turns: each row is read once, whoever goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.queries.intakes import lines
from sources.actions import kept_files
from sources.actions.column_mappings import remember
from sources.intake import csv_table, items, jsonl
from sources.intake.columns import Columns
from sources.models import Intake, Project
from tests.factories import World

FILES, ROWS = 3, 9
AHEAD = 3


@pytest.fixture
def project(small_world_here: World, db: None, settings: Any, tmp_path: Path) -> Project:
    settings.DATA_DIR = tmp_path
    return small_world_here.here.project


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Of rows whose cells were read, by the file's name; and how often each file was opened for its rows."""
    found: dict[str, int] = {}

    def counting(opening: Any) -> Any:
        def opened(*about: Any) -> Any:
            table = opening(*about)
            read = table.read

            def counted(over: int) -> Iterator[Any]:
                for row in read(over):
                    if row is not None:
                        found[table.name] = found.get(table.name, 0) + 1
                    yield row

            object.__setattr__(table, "read", counted)
            return table

        return opened

    monkeypatch.setattr(items, "open_csv", counting(csv_table.open_csv))
    monkeypatch.setattr(items, "open_jsonl", counting(jsonl.open_jsonl))
    return found


def csv_of(file: int) -> str:
    rows = "".join(f"Ford {file} {row},The ford {file} at {row} is dry.\n\n" for row in range(ROWS))
    return f"Headline,Body\n{rows}bad,\n"


def jsonl_of(file: int) -> str:
    row = '{{"Headline": "Mill {0} {1}", "Body": "The mill {0} at {1} turns."}}\n\n'
    return "".join(row.format(file, n) for n in range(ROWS)) + "{no record}\n"


def begun(world: World, project: Project, ending: str, *texts: str) -> Intake:
    names = ["Headline", "Body"]
    columns = Columns({"text": "Body", "title": "Headline"})
    remember(by=world.manager, project=project, names=names, columns=columns)
    uploads = [Upload(f"{n}.{ending}", [text.encode()]) for n, text in enumerate(texts)]
    return intakes.begin(by=world.manager, project=project, uploads=uploads)


@pytest.mark.lengthy
@pytest.mark.parametrize(("ending", "table"), [("csv", csv_of), ("jsonl", jsonl_of)])
def test_rows_are_read_once_in_however_many_turns(
    small_world_here: World,
    project: Project,
    counts: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    table: Any,
) -> None:
    intake = begun(small_world_here, project, ending, *(table(n) for n in range(FILES)))
    begun(small_world_here, project, ending, table(9))  # another one waits
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 2)
    monkeypatch.setattr("sources.actions.reading_ahead.AHEAD", AHEAD)
    monkeypatch.setattr(intakes, "TURN", 0.0)
    counts.clear()
    turns = 0
    while not intake.ended:
        intakes.run(intake)
        turns += 1
    told = [(line.position, line.outcome) for line in lines(intake)]
    whole = FILES * (ROWS + 1)
    assert [position for position, _ in told] == list(range(whole))
    assert [outcome for _, outcome in told] == (["new"] * ROWS + ["refused"]) * FILES
    assert turns >= whole / 4
    # What was read ahead of a turn's end is read again, and nothing else; JSON's columns are looked at first.
    # Were all begun anew in each turn, that would be some hundreds.
    sampled = 0 if ending == "csv" else (ROWS + 1) * turns
    assert sum(counts.values()) <= whole + turns * (AHEAD + 1) + sampled


@pytest.mark.lengthy
def test_who_follows_somebody_killed_behind_a_file_finds_its_place(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place was not kept: it is found by counting, and kept then."""
    intake = begun(small_world_here, project, "csv", *(csv_of(n) for n in range(3)))
    begun(small_world_here, project, "csv", csv_of(9))
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", ROWS + 1)
    monkeypatch.setattr(intakes, "TURN", 0.0)
    for _ in range(3):
        intakes.run(intake)
        (kept_files.kept(intake)[0][0].parent / "stands.json").unlink(missing_ok=True)
    while not intake.ended:
        intakes.run(intake)
    assert [line.position for line in lines(intake)] == list(range(3 * (ROWS + 1)))
    assert [line.name for line in lines(intake)][ROWS + 1] == "1.csv, row 2"
