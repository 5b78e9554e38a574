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


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
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
    ],
)
def test_a_number_that_does_not_fit_its_bound_is_named(
    top: Path, qualifier: str, low: str, high: str
) -> None:
    rows = table(top, "quantities")
    header = rows[0]
    rows[3][header.index("qualifier")] = qualifier
    rows[3][header.index("low")], rows[3][header.index("high")] = low, high
    write_table(top, "quantities", rows)
    seal(top)
    assert any(line.startswith("quantities.csv row 4 ") for line in verify(top).lines)


@pytest.mark.lengthy
@pytest.mark.parametrize(("qualifier", "low", "high"), [("about", "", ""), ("range", "-3", "0.5")])
def test_a_number_that_fits_is_left_alone(top: Path, qualifier: str, low: str, high: str) -> None:
    rows = table(top, "quantities")
    header = rows[0]
    rows[3][header.index("qualifier")] = qualifier
    rows[3][header.index("low")], rows[3][header.index("high")] = low, high
    write_table(top, "quantities", rows)
    seal(top)
    assert [line.partition(":")[0] for line in verify(top).lines] == [
        "claims.jsonl",
        "parquet/quantities.parquet",
    ]
