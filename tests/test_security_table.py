"""The tests that docs/security.md names are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"by `([^`]*\.py)::(\w+)`", (ROOT / "docs" / "security.md").read_text())


def test_some_are_named() -> None:
    rows = [one for one in (ROOT / "docs" / "security.md").read_text().splitlines() if "| by `" in one]
    assert len(NAMED) == len(rows) == len(set(NAMED)) > 20


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda one: one.rpartition("/")[2])
def test_each_stands_where_it_is_said_to(path: str, name: str) -> None:
    defined = [one for one in ast.parse((ROOT / path).read_text()).body if isinstance(one, ast.FunctionDef)]
    assert name in {one.name for one in defined}
