"""claims.jsonl beside the tables."""

import json
import sqlite3
from decimal import Decimal

import pytest

from annotator.exchange.exporters.claims_jsonl import NESTED, nested_number
from annotator.exchange.tables import TABLE
from annotator.exchange.verification import Report, verify
from annotator.exchange.verification.agreement import check_nesting
from tests.growth import growth

from .releases import seal, table, write_table


def rows_of(top, name: str) -> list[dict[str, str]]:
    header, *rows = table(top, name)
    return [dict(zip(header, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows]


def lines_of(top) -> list[dict]:
    content = (top / "data" / "claims.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in content.removesuffix("\n").split("\n")]


def flat(value: object) -> str:
    """A value as the tables have it."""
    if isinstance(value, bool):
        return str(value).upper()
    return ";".join(value) if isinstance(value, list) else str(value)


def test_every_claim_is_a_line_with_all_its_columns(top):
    wanted, lines = rows_of(top, "claims"), lines_of(top)
    assert len(lines) == len(wanted) > 50
    for line, row in zip(lines, wanted, strict=True):
        own = {name: flat(value) for name, value in line.items() if name in row}
        assert own == {name: cell for name, cell in row.items() if cell}
        assert isinstance(line["first_start"], int)
        assert isinstance(line["sentence_ids"], list)
        assert isinstance(line["said_again"], bool)


def test_what_other_tables_say_of_a_claim_stands_in_its_line(top):
    lines = lines_of(top)
    assert not {name for name, *_ in NESTED} & set(TABLE["claims"].header)
    for name, other, key in NESTED:
        nested = [
            {name: flat(value) for name, value in one.items()} | {key: line["claim_id"]}
            for line in lines
            for one in line[name]
        ]
        wanted = [{name: cell for name, cell in row.items() if cell} for row in rows_of(top, other)]
        assert sorted(map(repr, map(sorted, (one.items() for one in nested)))) == sorted(
            map(repr, map(sorted, (one.items() for one in wanted)))
        ), name
    articles = {row["article_id"]: row["title"] for row in rows_of(top, "articles")}
    assert all(line["article"]["title"] == articles[line["article_id"]] for line in lines)


def test_numbers_keep_all_their_digits():
    for cell in ("200", "-18.5", "123456789012345", "1234567890123456", "123456789012.123456"):
        assert Decimal(str(nested_number(cell))) == Decimal(cell)


def test_a_changed_line_is_found_and_its_claim_named(top):
    path = top / "data" / "claims.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    claim = json.loads(lines[4])["claim_id"]
    lines[4] = lines[4].replace('"review_status": "', '"review_status": "x')
    path.write_text("\n".join(lines), encoding="utf-8")
    seal(top)
    assert verify(top).lines == [f"claims.jsonl: what it says of {claim} is not what the tables say"]


BACK = "inside_claim_id leads back to the claim itself"


def circles(inside: dict[str, str]) -> list[str]:
    report, db = Report(), sqlite3.connect(":memory:")
    db.execute("CREATE TABLE claims (row INTEGER PRIMARY KEY, claim_id, inside_claim_id)")
    rows = [(row, *claim) for row, claim in enumerate(inside.items(), 2)]
    db.executemany("INSERT INTO claims VALUES (?, ?, ?)", rows)
    check_nesting(db, report)
    return report.lines


@pytest.mark.lengthy
def test_claims_that_lie_inside_themselves_are_found():
    assert circles({"a": "b", "b": "c", "c": "", "d": "b", "e": ""}) == []
    assert circles({"a": "a", "b": "a"}) == [f"claims.csv row 2 (a): {BACK}"]
    assert len(circles({"a": "b", "b": "c", "c": "b", "d": "e", "e": "d"})) == 2
    assert growth(lambda size: circles({str(n): str((n + 1) % size) for n in range(size)})) < 9


def test_a_release_with_a_circle_of_claims_does_not_hold(top):
    header, *rows = table(top, "claims")
    claim, inside = header.index("claim_id"), header.index("inside_claim_id")
    rows[0][inside], rows[1][inside] = rows[1][claim], rows[0][claim]
    write_table(top, "claims", [header, *rows])
    seal(top)
    assert f"claims.csv row 2 ({rows[0][claim]}): {BACK}" in verify(top).lines
