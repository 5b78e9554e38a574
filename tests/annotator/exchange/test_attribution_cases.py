"""Every case is stored, told back as it came, and exported; and the release that holds them all verifies."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.db import transaction

from annotator.exchange.verification import verify
from annotator.models import Annotation
from annotator.queries.annotation_json import annotations_json
from sources.models import Project
from tests.factories import person
from tests.order_of_locks import of_the_test

from . import chained_cases, dated_cases  # noqa: F401  their cases are in CASES
from .attribution_cases import CASES, Passage, prepared
from .releases import seal, table, unpack, write, write_table

Rows = dict[str, list[dict[str, str]]]
TABLES = (
    *("claims", "attributions", "claim_speakers", "quantities", "relations", "annotations", "actors"),
    *("addressees", "targets"),
)


@pytest.fixture(scope="module")
def written(loaded: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with of_the_test():
        by = person("coder")
        passages = {name: prepared(by, loaded, name) for name in CASES}
        folder = tmp_path_factory.mktemp("cases")
        top = unpack(write(loaded, folder / "cases.zip", with_texts=True), folder / "unpacked")
        yield passages, top, {name: _rows(top, name) for name in TABLES}
        transaction.set_rollback(True)


def _rows(top: Path, name: str) -> list[dict[str, str]]:
    header, *rows = table(top, name)
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def _of(rows: Rows, name: str, uuid: str) -> list[dict[str, str]]:
    return [row for row in rows[name] if row.get("claim_id", row.get("from_claim_id")) == uuid]


def _found(rows: Rows, uuid: str) -> dict[str, Any]:
    """What the dataset says of a claim, in the words of a case."""
    (row,) = _of(rows, "claims", uuid)
    actors = {one["actor_id"]: one for one in rows["actors"]}
    notes = {one["annotation_id"]: one for one in rows["annotations"]}
    links, speakers = _of(rows, "attributions", uuid), _of(rows, "claim_speakers", uuid)
    named = [(link["chain"], link["link"], _names(link, actors), *(link[c] for c in LINK)) for link in links]
    counted = ("what", "qualifier", "low", "high", "unit", "words")
    numbers = [tuple(one[c] for c in counted) for one in _of(rows, "quantities", uuid)]
    said = [(one["kind"], one["basis"]) for one in _of(rows, "relations", uuid)]
    return {
        **row,
        **{name: len(row[name].split(";")) for name in COUNTED if row[name]},
        "links": named,
        "told": [
            (*(link[c] for c in TOLD), len([*filter(None, link["time_ids"].split(";"))]), link["repeated"])
            for link in links
        ],
        "occasions": [link["occasion"] for link in links if link["occasion_ids"]],
        "meant": [tuple(one[c] for c in HEARD[1:] if c in one) for one in _of(rows, "targets", uuid)],
        "heard": [tuple(one[c] for c in HEARD) for one in _of(rows, "addressees", uuid)],
        "jointly": [one["jointly"] for one in speakers],
        "rests": [(one["basis"], one["confidence"]) for one in speakers],
        "marks": [notes[uuid]["says"] for uuid in filter(None, row["marks_ids"].split(";"))],
        "role_ids": sum(len(link["role_ids"].split(";")) for link in links if link["role_ids"]),
        "quantity": numbers[0] if numbers else None,
        "relation": said[0] if said else None,
        "reason": actors[row["speaker_id"]]["anonymity_reason"] if row["speaker_id"] else "",
    }


COUNTED = ("time_ids", "period_ids", "hedge_ids", "gloss_ids")
TOLD = ("said_on_edtf", "said_on_min", "said_on_max", "said_on_basis", "said_on_confidence")
HEARD = ("link", "position", "addressee", "mention_id", "words_id")
LINK = ("role", "act", "basis", "quotation_type")


def _names(link: dict[str, str], actors: dict[str, dict[str, str]]) -> str:
    return " and ".join(actors[uuid]["name"] for uuid in filter(None, link["actor_ids"].split(";")))


@pytest.mark.lengthy
@pytest.mark.parametrize("name", CASES)
def test_the_case_is_exported_as_it_was_said(written: Any, name: str) -> None:
    passages, _, rows = written
    passage: Passage = passages[name]
    assert passage.made
    for said, expected in passage.made:
        found = _found(rows, str(said.uuid))
        for column, value in expected.items():
            assert found[column] == value, column


@pytest.mark.parametrize("name", CASES)
def test_the_case_is_told_back(written: Any, name: str) -> None:
    passages, _, rows = written
    for said, _ in passages[name].made:
        (told,) = annotations_json(Annotation.objects.filter(pk=said.pk))
        (row,) = _of(rows, "claims", str(said.uuid))
        claim = told["claim"]
        assert claim["quotation_type"] == row["quotation_type"]
        assert claim.get("negated", False) == (row["negated"] == "TRUE")
        own = [link for link in _of(rows, "attributions", row["claim_id"]) if link["outer_link"] == "FALSE"]
        assert sum(len(chain) for chain in claim["chains"]) == len(own)
        assert len(claim.get("hedges", [])) == len(list(filter(None, row["hedge_ids"].split(";"))))
        assert claim.get("inside", "") == row["inside_claim_id"]


def test_the_release_with_every_case_verifies(written: Any) -> None:
    _, top, rows = written
    report = verify(top)
    assert report.ok, report.lines[:5]
    assert len(CASES) >= 22
    assert {row["says"] for row in rows["annotations"]} >= {"speaker", "reporter", "scare", "another"}


def test_a_plain_quote_that_says_more_than_the_printed_one_is_found(written: Any, tmp_path: Path) -> None:
    _, top, _ = written
    copied = Path(copytree(top, tmp_path / "copy"))
    cells = table(copied, "claims")
    at, number = cells[0].index("quote_bare"), 3
    cells[number][at] = f"never {cells[number][at]}"
    write_table(copied, "claims", cells)
    seal(copied)
    assert any(
        f"claims.csv row {number + 1}" in line and "quote_bare" in line for line in verify(copied).lines
    )
