from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from .releases import table, unpack


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("asked", "gets"),
    [
        ((), {"accepted"}),
        (("--status", "submitted"), {"submitted"}),
        (("--status", "submitted", "accepted"), {"submitted", "accepted"}),
        (("--status", "submitted", "--status", "accepted"), {"submitted", "accepted"}),
        (
            ("--status", "disputed", "--status", "all"),
            {"draft", "submitted", "accepted", "rejected", "disputed"},
        ),
    ],
)
def test_every_status_asked_for_goes_out(
    demo, tmp_path: Path, asked: tuple[str, ...], gets: set[str]
) -> None:
    out = tmp_path / "x.zip"
    call_command("export_dataset", demo.slug, str(out), *asked)
    header, *rows = table(unpack(out, tmp_path / "x"), "claims")
    assert {row[header.index("review_status")] for row in rows} == gets


@pytest.mark.lengthy
def test_the_workbook_comes_with_it_if_asked_for(demo, tmp_path: Path) -> None:
    call_command("export_dataset", demo.slug, str(tmp_path / "x.zip"), "--workbook", str(tmp_path / "x.xlsx"))
    claims = table(unpack(tmp_path / "x.zip", tmp_path / "x"), "claims")
    sheet = load_workbook(tmp_path / "x.xlsx", read_only=True)["claims"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == [row[0] for row in claims]
