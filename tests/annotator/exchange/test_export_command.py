from pathlib import Path

import pytest
from django.core.management import call_command

from .releases import table, unpack


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
