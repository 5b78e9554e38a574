import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.exporters import datapackage, tables_csv
from annotator.exchange.exporters.description import CodebookEntry, Description, WrittenFile
from annotator.exchange.tables import TABLE, TABLES
from annotator.exchange.tables.document import column_tables
from annotator.exchange.tables.reviews import ReviewRow
from annotator.exchange.verification import agreement, citations, tables

REVIEW = ReviewRow(
    review_id="r1", claim_id="c1", decision="accepted", decided_at=datetime(2031, 3, 4, tzinfo=UTC)
)
RELEASE = Description(
    project="Sluice",
    slug="sluice",
    number=2,
    title="Sluice claims",
    created=datetime(2031, 3, 4, 12, tzinfo=UTC),
    software_version="0",
    codebook=(CodebookEntry("claim_type", "fact", "Fact"), CodebookEntry("topic", "water", "Water")),
)


NAMED = """
    claim_id quote quote_printed paraphrase claim_type quotation_type voice polarity negated
    certainty review_status speaker_id speaker speaker_kind speaker_naming n_speakers role_at_time
    cue act addressee_id chain topics event_ids sentence_ids sentences article_id title outlet_seen
    outlet_original independent_source_group published_edtf published_min published_max said_on_edtf
    said_on_min said_on_max language url fragment_url fragment_state extent first_start last_end
    prefix suffix snapshot_sha256 citation reference_id permalink inside_claim_id
    refers_to_claim_ids annotator coded_at reviewer codebook_version release_version
"""


def read_back(rows) -> list[list[str]]:
    content = b"".join(tables_csv.write(TABLE["reviews"], rows)).decode()
    return list(csv.reader(io.StringIO(content, newline="")))


def test_every_column_the_contract_names_is_there():
    assert [name for name in NAMED.split() if name not in TABLE["claims"].header] == []


def test_every_reference_leads_to_a_column():
    for table in TABLES:
        assert set(table.key) <= set(table.header)
        for column in table.columns:
            if column.refers:
                other, there = column.refers.split(".")
                assert (there,) == TABLE[other].key


def test_the_checks_speak_of_columns_that_exist():
    assert set(tables.TABLES) == set(TABLE)
    assert {*citations.FROM_ARTICLE} <= set(TABLE["claims"].header) & set(TABLE["articles"].header)
    assert {*citations.FROM_ANNOTATION} <= set(TABLE["claims"].header) & set(TABLE["annotations"].header)
    assert {table for table, *_ in agreement.SAME} <= set(TABLE)


def test_header_and_descriptor_cannot_disagree():
    header = read_back([])[0]
    made = json.loads(datapackage.write(RELEASE, [WrittenFile("data/reviews.csv", 1, "0", 0)]))
    (resource,) = made["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert resource["schema"]["primaryKey"] == ["review_id"]
    decision = resource["schema"]["fields"][2]
    assert decision["constraints"] == {
        "required": True,
        "enum": ["accepted", "rejected", "disputed", "reopened"],
    }


def test_levels_come_from_the_codebook():
    fields = {field["name"]: field for field in datapackage.schema(TABLE["claims"], RELEASE)["fields"]}
    assert fields["claim_type"]["constraints"]["enum"] == ["fact"]
    assert fields["topics"]["levels"] == ["water"]
    assert fields["negated"]["trueValues"] == ["TRUE"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (0, "0"),
        (Decimal("18.500000"), "18.5"),
        (Decimal("200.000000"), "200"),
        (Decimal("2E+6"), "2000000"),
        (Decimal("-0.00"), "0"),
        (Decimal("-0.000010"), "-0.00001"),
        (("b", "a"), "b;a"),
        ((), ""),
        (date(2031, 3, 4), "2031-03-04"),
        (datetime(2031, 3, 4, 1, tzinfo=timezone(timedelta(hours=2))), "2031-03-03T23:00:00Z"),
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-5 degrees", "'-5 degrees"),
        ("\tx", "'\tx"),
        ("'tis", "''tis"),
        ("a=b", "a=b"),
    ],
)
def test_cells(value, written):
    assert tables_csv.cell(value) == written


def test_an_unknown_kind_of_value_is_refused():
    with pytest.raises(KeyError):
        tables_csv.cell(1.5)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXT)
def test_neutralising_is_undone_exactly_and_leaves_no_formula(text):
    safe = tables_csv.neutralise(text)
    assert tables_csv.restore(safe) == text
    assert safe[:1] not in set("=+-@\t\r\n＝＋－＠")


@given(TEXT)
def test_any_text_survives_the_file(text):
    row = read_back([replace(REVIEW, reason=text)])[1]
    assert tables_csv.restore(row[3]) == text


def test_names_cannot_break_a_list():
    assert tables_csv.name_list(["Ferry; Sons", "Quill"]) == "Ferry, Sons;Quill"


def test_the_documentation_has_the_columns_as_they_are():
    page = (Path(__file__).parents[3] / "docs" / "dataset.md").read_text(encoding="utf-8")
    inside = page.partition("<!-- columns -->\n")[2].partition("<!-- end of columns -->")[0]
    assert inside.strip() == column_tables().strip()
