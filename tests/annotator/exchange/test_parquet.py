"""The tables as Parquet, as Apache Arrow reads them."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exchange.exporters import parquet
from annotator.exchange.tables import TABLES
from annotator.exchange.verification import verify

from .releases import seal, table

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.decimal128(38, 6),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
FIELDS = [{"name": kind, "type": kind} for kind in TYPES]
FIELDS.append({"name": "always", "type": "string", "constraints": {"required": True}})


def whole(rows: list[list[str]]) -> pq.ParquetFile:
    return pq.ParquetFile(io.BytesIO(b"".join(piece for _, piece in parquet.parquet_of("x", FIELDS, rows))))


def cell(value: object) -> str:
    """A value as the tables have it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, datetime):
        return value.strftime("%4Y-%m-%dT%H:%M:%SZ")
    return "" if value is None else str(value)


def test_each_type_is_itself():
    made = whole([["a", "-7", "-18.5", "FALSE", "1931-03-04", "2031-03-04T09:30:00Z", "z"]])
    assert made.schema_arrow.types == [*TYPES.values(), pa.string()]
    assert [field.nullable for field in made.schema_arrow] == [True] * 6 + [False]
    assert list(made.read().to_pylist()[0].values()) == [
        *("a", -7, Decimal("-18.5"), False, date(1931, 3, 4), datetime(2031, 3, 4, 9, 30, tzinfo=UTC), "z"),
    ]


OPTIONAL = [
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.integers(-(2**63), 2**63 - 1),
    st.decimals(Decimal("-1e18"), Decimal("1e18"), places=6),
    st.booleans(),
    st.dates(min_value=date(1000, 1, 1)),
    st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC)).map(lambda one: one.replace(microsecond=0)),  # noqa: DTZ001
]
ROWS = st.lists(st.tuples(*(st.none() | one for one in OPTIONAL), st.sampled_from("abc")), max_size=40)


@pytest.mark.lengthy
@settings(deadline=None)
@given(ROWS)
def test_any_rows_come_back(rows):
    read = whole([list(map(cell, row)) for row in rows]).read().to_pylist()
    assert [tuple(row.values()) for row in read] == rows


@pytest.mark.lengthy
@pytest.mark.parametrize("distinct", [1, 256, 257, 65536, 65537])
def test_dictionaries_of_every_width(distinct):
    names = [f"v{number % distinct}" for number in range(2 * distinct + 3)]
    made = whole([[name, *[""] * 5, "a"] for name in names])
    assert made.read()["string"].to_pylist() == names


def test_rows_come_in_groups_of_bounded_size(monkeypatch):
    monkeypatch.setattr(parquet, "PQ_GROUP", 5000)
    asked = []

    def rows():
        for number in range(200):
            asked.append(number)
            yield [f"word {number}", str(number), *[""] * 4, "a"]

    pieces = parquet.parquet_of("x", FIELDS, rows())
    next(pieces), next(pieces)
    assert 0 < len(asked) < 20
    made = whole(list(rows()))
    assert made.metadata.num_row_groups > 10
    assert made.read()["integer"].to_pylist() == list(range(200))


def test_no_rows_are_a_file_too():
    assert whole([]).read().num_rows == 0


@pytest.mark.parametrize("cells", [["", "", "0.0000001"], ["", "", "1" + "0" * 33], ["", "x"], ["", ""]])
def test_what_does_not_fit_is_refused(cells):
    row = cells + [""] * (6 - len(cells)) + ["a" if len(cells) > 2 or cells[1] else ""]
    with pytest.raises(ValueError, match=r"too many digits|invalid literal|always is empty"):
        whole([row])


def test_every_table_is_what_its_csv_is(top):
    descriptor = json.loads((top / "data" / "datapackage.json").read_text())
    resources = {one["name"]: one["schema"]["fields"] for one in descriptor["resources"]}
    assert {path.stem for path in (top / "data" / "parquet").iterdir()} == {one.name for one in TABLES}
    for name, fields in resources.items():
        made = pq.read_table(top / "data" / "parquet" / f"{name}.parquet")
        assert made.schema.types == [TYPES[field["type"]] for field in fields]
        required = [not field.get("constraints", {}).get("required") for field in fields]
        assert [field.nullable for field in made.schema] == required
        header, *rows = table(top, name)
        assert made.schema.names == header
        read = [[cell(value) for value in row.values()] for row in made.to_pylist()]
        assert read == [[value.removeprefix("'") for value in row] for row in rows]


@pytest.mark.lengthy
@pytest.mark.parametrize("name", ["claims", "reviews"])
def test_a_changed_byte_is_found_and_its_column_named(top, name):
    path = top / "data" / "parquet" / f"{name}.parquet"
    content = path.read_bytes()
    at = content.index(b"accepted")
    path.write_bytes(content[:at] + b"rejected" + content[at + 8 :])
    seal(top)
    column = "review_status" if name == "claims" else "decision"
    assert verify(top).lines == [
        f"parquet/{name}.parquet: what it says of {name}.{column} is not what the tables say"
    ]
