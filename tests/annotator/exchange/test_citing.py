"""How a release is cited: written after the style guides and read back by libraries that are not ours."""

import json
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest

from annotator.citations.dataset import DatasetRecord, dataset_item
from annotator.exchange.citing import bibtex, csl_json, in_style

SHA = "ab" * 32
RECORD = DatasetRecord(
    key="dam-release-3",
    title="Claims about the dam",
    project="Harbour desk",
    number=3,
    issued=date(2031, 3, 4),
    address="https://desk.example/p/dam/releases/3/",
    sha256=SHA,
    contributors=("Ada Okoro", "Mara Lind"),
)
NOBODY = replace(RECORD, contributors=())
OF_PROJECT = replace(RECORD, title="Harbour desk", contributors=("Ada Okoro",))
ADDRESS = RECORD.address
CASES = [
    (
        RECORD,
        "apa",
        "Okoro, A., & Lind, M. (2031). Claims about the dam (Version 3) [Dataset]. Harbour desk. " + ADDRESS,
    ),
    (
        RECORD,
        "chicago",
        "Ada Okoro and Mara Lind, “Claims About the Dam,” version 3, Harbour desk, March 4, 2031, "
        f"{ADDRESS}.",
    ),
    (NOBODY, "apa", f"Harbour desk. (2031). Claims about the dam (Version 3) [Dataset]. {ADDRESS}"),
    (NOBODY, "chicago", f"Harbour desk, “Claims About the Dam,” version 3, March 4, 2031, {ADDRESS}."),
    (OF_PROJECT, "apa", f"Okoro, A. (2031). Harbour desk (Version 3) [Dataset]. {ADDRESS}"),
    (OF_PROJECT, "chicago", f"Ada Okoro, “Harbour Desk,” version 3, March 4, 2031, {ADDRESS}."),
]
# The types that the CSL schema (csl-data.json) gives the fields that are used here; it allows no others.
SCHEMA = {
    "id": str,
    "type": str,
    "title": str,
    "version": str,
    "publisher": str,
    "URL": str,
    "note": str,
    "author": list,
    "issued": dict,
}


@pytest.mark.parametrize(("record", "style", "expected"), CASES)
def test_in_words(record: DatasetRecord, style: str, expected: str) -> None:
    assert in_style(dataset_item(record), style) == expected


@pytest.mark.parametrize("record", [RECORD, NOBODY, OF_PROJECT])
def test_csl_json_has_what_the_schema_allows(record: DatasetRecord) -> None:
    (item,) = json.loads(csl_json(dataset_item(record)))
    for name, value in item.items():
        assert type(value) is SCHEMA[name]
    for person in item["author"]:
        assert set(person) in ({"literal"}, {"family", "given"})
    assert item["issued"] == {"date-parts": [[2031, 3, 4]]}
    assert (item["type"], item["version"], item["note"]) == ("dataset", "3", f"SHA-256 {SHA}")


ODD = ["{x} & 50% of $1_000", "a\u202eb 🙂", 'quote " and \\ stroke', "line\nline", "ends in %"]


@pytest.mark.parametrize("words", ["Claims about the dam", *ODD])
def test_bibtex_is_read_back(words: str) -> None:
    item = dataset_item(replace(RECORD, title=words, project=words + "!", contributors=(words,)))
    library = bibtexparser.parse_string(bibtex(item))
    (entry,) = library.entries
    assert not library.failed_blocks
    assert (entry.entry_type, entry.key) == ("dataset", "dam-release-3")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["date"] == "2031-03-04"
    assert fields["note"] == f"SHA-256 {SHA}"
    assert fields["url"] == ADDRESS
    assert fields.keys() == {"author", "title", "date", "year", "version", "publisher", "url", "note"}


@pytest.mark.parametrize("style", ["apa", "chicago"])
@pytest.mark.parametrize("words", ODD)
def test_odd_titles_come_through(style: str, words: str) -> None:
    made = in_style(dataset_item(replace(RECORD, title=words)), style)
    marks = str.maketrans("", "", '“”‘’"')
    assert " ".join(words.split()).translate(marks).lower() in made.translate(marks).lower()
