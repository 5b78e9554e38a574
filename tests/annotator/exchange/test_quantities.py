"""quantities.csv: numbers as people write them, with what bounds them; what is falsified is named."""

import re
from pathlib import Path

import pytest

from annotator.exchange.verification import verify
from annotator.models import Quantity
from sources.models import Project

from .releases import seal, table, write_table

BOUNDED = {
    *(("at_least", "41", ""), ("more_than", "600", ""), ("at_most", "", "580")),
    *(("about", "6000", "6000"), ("range", "900", "1050")),
}


def test_every_number_goes_out_with_what_bounds_it(demo: Project, top: Path) -> None:
    header, *rows = table(top, "quantities")
    at = [header.index(name) for name in ("qualifier", "low", "high")]
    told = [tuple(row[i] for i in at) for row in rows]
    assert len(told) == Quantity.objects.filter(project=demo).count() > 20
    assert set(told) >= BOUNDED
    assert ("exactly", "38.5", "38.5") in told
    written = {cell for _, low, high in told for cell in (low, high) if cell}
    assert all(re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", cell) for cell in written)


UNFITTING = (
    ("at_least", "200.000000", ""),
    ("at_least", "0200", ""),
    ("at_least", "2E+2", ""),
    ("at_least", "-0", ""),
    ("at_least", "1.", ""),
    ("at_least", "200", "300"),
    ("at_least", "", "300"),
    ("more_than", "", ""),
    ("at_most", "200", ""),
    ("fewer_than", "200", "300"),
    ("exactly", "200", "300"),
    ("exactly", "200", ""),
    ("about", "200", ""),
    ("about", "300", "200"),
    ("range", "200", "200"),
    ("range", "300", "200"),
    ("roughly", "200", "200"),
    ("", "200", "200"),
)


def falsified(top: Path, said: tuple[tuple[str, str, str], ...]) -> list[str]:
    """What is found where the first numbers, from row 2 on, say this instead."""
    header, *rows = table(top, "quantities")
    assert len(rows) > len(said)
    for row, bounds in zip(rows, said, strict=False):
        for name, value in zip(("qualifier", "low", "high"), bounds, strict=True):
            row[header.index(name)] = value
    write_table(top, "quantities", [header, *rows])
    seal(top)
    return verify(top).lines


@pytest.mark.lengthy
def test_numbers_that_do_not_fit_their_bounds_are_named_and_no_others(top: Path) -> None:
    lines = falsified(top, UNFITTING)
    named = {int(row) for row in re.findall(r"^quantities\.csv row (\d+) ", "\n".join(lines), re.MULTILINE)}
    unnamed = [bounds for row, bounds in enumerate(UNFITTING, 2) if row not in named]
    assert unnamed == []
    assert named == set(range(2, len(UNFITTING) + 2))


@pytest.mark.lengthy
def test_numbers_that_fit_are_left_alone(top: Path) -> None:
    lines = falsified(top, (("about", "", ""), ("range", "-3", "0.5")))
    assert [line.partition(":")[0] for line in lines] == ["claims.jsonl", "parquet/quantities.parquet"]
