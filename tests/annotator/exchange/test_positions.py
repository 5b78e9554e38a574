"""positions.csv and the types of cues: what the store holds goes out, and what is falsified is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.exchange.verification import verify
from annotator.models import Position
from sources.models import Project

from .releases import seal, table, write_table


def test_every_position_goes_out_with_its_proposition(demo: Project, top: Path) -> None:
    header, *rows = table(top, "positions")
    assert header == ["claim_id", "concept", "proposition", "stand"]
    claims = {row[0] for row in table(top, "claims")[1:]}
    stored = Position.objects.filter(project=demo)
    wanted = {
        (str(uuid), key, name, stand)
        for uuid, key, name, stand in stored.values_list(
            "claim__uuid", "concept__key", "concept__name", "stand"
        )
        if str(uuid) in claims
    }
    assert {tuple(row) for row in rows} == wanted and len(rows) == len(wanted) > 5
    assert {row[3] for row in rows} == {"against", "neutral", "for"}


def test_cues_say_what_they_do(top: Path) -> None:
    header, *rows = table(top, "attributions")
    at = header.index("cue_types")
    assert {row[at] for row in rows} == {"", "neutral"}
    for name, column in (("claims", "cue_types"), ("annotations", "cue_type")):
        header, *rows = table(top, name)
        assert {row[header.index(column)] for row in rows} == {"", "neutral"}


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("claim_id", lambda cell: cell[:-1] + ("0" if cell[-1] != "0" else "1")),
        ("concept", lambda cell: cell + "x"),
        ("proposition", lambda cell: cell.replace(".", "!")),
        ("stand", lambda cell: "sideways"),
        ("stand", lambda cell: ""),
    ],
)
def test_what_is_falsified_is_named_by_row(top: Path, column: str, change: Callable[[str], str]) -> None:
    rows = table(top, "positions")
    at = rows[0].index(column)
    rows[2][at] = change(rows[2][at])
    write_table(top, "positions", rows)
    seal(top)
    report = verify(top)
    assert not report.ok
    assert any("positions.csv row 3" in line for line in report.lines), report.lines


def test_a_position_twice_is_found(top: Path) -> None:
    rows = table(top, "positions")
    write_table(top, "positions", [*rows, rows[1]])
    seal(top)
    assert any("a second time" in line for line in verify(top).lines)
