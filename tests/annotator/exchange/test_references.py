"""references.bib and references.ris as other people's libraries read them."""

import io
import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from annotator.citations.csl import ArticleRecord, item
from annotator.exchange.exporters.bibtex import BIB_MARKS, bib_entry
from annotator.exchange.exporters.ris import ris_entry
from annotator.exchange.verification import verify
from annotator.exchange.verification.derived import differences

from .releases import seal, table, write_table

UUID = "12345678-1234-1234-1234-123456789abc"
KEY = "sluice-courier-2031-123456789abc"
NASTY = 'A {title} \\ 50% of $5 & #1_x ^ ~ "q",\n@article{x, \r\nER  - \r\nTY  - Ü 🌊 سد'
LINE = " ".join(NASTY.split())


def record(**more) -> ArticleRecord:
    given = {"uuid": UUID, "title": "The dam", "outlet": "Sluice Courier", "published": "2031-03-04"}
    return ArticleRecord(**(given | more))


def bib(made: ArticleRecord) -> str:
    return bib_entry(item(made), made.published)


def ris(made: ArticleRecord) -> dict:
    (one,) = rispy.loads(ris_entry(item(made), made.published))
    return one


def unwritten(value: str) -> str:
    """A field as a reader hands it over, its marks as TeX prints them."""
    for mark, written in sorted(BIB_MARKS.items(), key=lambda pair: pair[0] == "\\"):
        value = value.replace(written, mark)
    return value


def test_all_of_a_record_is_read_by_two_libraries():
    made = record(
        title=NASTY,
        authors=("Quill, Ada",),
        outlet="Sluice & Courier",
        url="https://x.example/a_b%20c#{x}",
        archive_url="https://archive.example/2031/https://x.example/",
        accessed=date(2031, 3, 5),
        section="World",
        language="en",
    )
    expected = {
        "journal": "Sluice & Courier",
        "chapter": "World",
        "date": "2031-03-04",
        "year": "2031",
        "url": "https://x.example/a_b%20c#%7Bx%7D",
        "urldate": "2031-03-05",
        "note": r"Archived copy: \url{https://archive.example/2031/https://x.example/}",
        "language": "en",
        "entrysubtype": "newspaper",
    }
    ((key, one),) = parse_string(bib(made), "bibtex").entries.items()
    fields = {name: unwritten(value) for name, value in one.fields.items()}
    assert (key, one.type) == ("sluice-courier-2031-123456789abc", "article")
    assert fields == expected | {"title": "{" + LINE + "}", "month": "March"}
    library = bibtexparser.parse_string(bib(made))
    (other,) = library.entries
    assert (library.failed_blocks, library.comments, other.key) == ([], [], key)
    read = {name: unwritten(field.value) for name, field in other.fields_dict.items()}
    assert read == expected | {"title": "{" + LINE + "}", "month": "mar", "author": "Quill, Ada"}
    assert ris(made) == {
        "type_of_reference": "NEWS",
        "id": key,
        "title": LINE,
        "authors": ["Quill, Ada"],
        "secondary_title": "Sluice & Courier",
        "year": "2031",
        "date": "2031/03/04/",
        "access_date": "2031/03/05/",
        "section": "World",
        "language": "en",
        "urls": ["https://x.example/a_b%20c#{x}"],
        "notes": ["Archived copy: https://archive.example/2031/https://x.example/"],
    }


def test_a_reader_that_undoes_tex_has_the_title():
    made = record(title='50% of $5 & #1_x: "Ärger" 🌊 سد')
    decoded = bibtexparser.parse_string(bib(made), append_middleware=[middlewares.LatexDecodingMiddleware()])
    assert decoded.entries[0]["title"] == made.title


@pytest.mark.parametrize(
    ("author", "last", "first"),
    [
        ("Quill, Ada", "Quill", "Ada"),
        ("van der Ähre, Ada Bo", "{van der Ähre}", "{Ada Bo}"),
        ("Quill, Ada, Jr.", "Quill", "{Ada, Jr.}"),
        ("Ada Quill", "Quill", "Ada"),
        ("Ada Bo Quill", "{Ada Bo Quill}", ""),
        ("News and Sons", "{News and Sons}", ""),
        ("Quill,", "{Quill,}", ""),
        ("Ferry {and} Co", "{Ferry {and} Co}", ""),
        ("سلمى, نور", "سلمى", "نور"),
    ],
)
def test_names_are_literal_or_family_and_given(author, last, first):
    made = record(authors=(author, "Last, One"))
    one, other = parse_string(bib(made), "bibtex").entries[KEY].persons["author"]
    assert (unwritten(" ".join(one.last_names)), " ".join(one.first_names)) == (last, first)
    assert (one.prelast_names, one.lineage_names, other.last_names) == ([], [], ["Last"])
    turned = f"{last}, {first}" if (last, first) == ("Quill", "Ada") else author
    assert ris(made)["authors"] == [turned, "Last, One"]


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("edtf", "bibtex", "in_ris"),
    [
        ("", (None, None, None), (None, None)),
        ("2031", ("2031", "2031", None), ("2031", "2031///")),
        ("2031-03", ("2031-03", "2031", "March"), ("2031", "2031/03//")),
        ("2031-03-04", ("2031-03-04", "2031", "March"), ("2031", "2031/03/04/")),
        ("2031-03-04~", ("2031-03-04~", "2031", "March"), ("2031", "2031/03/04/2031-03-04~")),
        ("2031-21", ("2031-21", "2031", None), ("2031", "2031///2031-21")),
        (
            "2031-03-04/2031-03-06",
            ("2031-03-04/2031-03-06", "2031", None),
            ("2031", "2031///2031-03-04 to 2031-03-06"),
        ),
        ("2030/2031", ("2030/2031", "2030--2031", None), ("2030", "2030///2030 to 2031")),
        ("203X", ("203X", "2030--2039", None), ("2030", "2030///203X")),
        ("[2030, 2031]", (None, "2030--2031", None), ("2030", "2030///[2030, 2031]")),
    ],
)
def test_dates_say_what_edtf_says(edtf, bibtex, in_ris):
    made = record(published=edtf)
    (one,) = parse_string(bib(made), "bibtex").entries.values()
    assert tuple(map(one.fields.get, ("date", "year", "month"))) == bibtex
    assert tuple(map(ris(made).get, ("year", "date"))) == in_ris


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    str.strip
)


@pytest.mark.lengthy
@settings(deadline=None)
@given(WORDS, WORDS)
def test_any_title_and_outlet_come_back(title, outlet):
    made = record(title=title, outlet=outlet)
    (one,) = parse_string(bib(made), "bibtex").entries.values()
    library = bibtexparser.parse_string(bib(made))
    assert not library.failed_blocks
    line = " ".join(title.split())
    assert unwritten(one.fields["title"]) == unwritten(library.entries[0]["title"]) == "{" + line + "}"
    assert unwritten(one.fields["journal"]) == " ".join(outlet.split())
    read = ris(made)
    assert (read["title"], read["secondary_title"]) == (line, " ".join(outlet.split()))


def test_a_release_has_every_article_under_its_key(top):
    header, *rows = table(top, "articles")
    keys = [row[header.index("reference_id")] for row in rows]
    data = top / "data"
    assert list(parse_string((data / "references.bib").read_text(), "bibtex").entries) == keys
    assert [entry.key for entry in bibtexparser.parse_file(str(data / "references.bib")).entries] == keys
    assert [entry["id"] for entry in rispy.loads((data / "references.ris").read_text())] == keys


def test_any_changed_letter_is_found_and_its_entry_named():
    entries = [(key, bib(record(title=key)).encode()) for key in ("One", "Two", "Drei 🌊")]
    whole = b"".join(content for _, content in entries)
    assert list(differences(io.BytesIO(whole), entries)) == []
    at = 0
    for key, content in entries:
        for place in range(at, at + len(content)):
            changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
            (words,) = differences(io.BytesIO(changed), entries)
            assert f" {key} " in words
        at += len(content)
    assert list(differences(io.BytesIO(whole + b"\n"), entries)) == ["it has more than the tables have"]
    assert len(list(differences(io.BytesIO(whole[:-1]), entries))) == 1


@pytest.mark.lengthy
@pytest.mark.parametrize("name", ["references.bib", "references.ris"])
def test_a_changed_file_is_found(top, name):
    path = top / "data" / name
    path.write_bytes(path.read_bytes().replace(b"2025", b"2026", 1))
    seal(top)
    key = table(top, "articles")[1][-2]
    assert verify(top).lines == [f"{name}: what it says of {key} is not what the tables say"]


@pytest.mark.lengthy
@pytest.mark.parametrize("field", ["title", "container-title", "author", "issued", "URL"])
def test_a_reference_that_contradicts_its_article_is_found(top, field):
    path = top / "data" / "references.json"
    items = json.loads(path.read_text())
    at = next(number for number, one in enumerate(items) if field in one)
    del items[at][field]
    items[at] |= {"title": ""} if field == "title" else {}
    lines = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in items]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    seal(top)
    assert any(f"references.json line {at + 2} ({items[at]['id']}): " in line for line in verify(top).lines)


@pytest.mark.lengthy
def test_a_missing_reference_is_found(top):
    path = top / "data" / "references.json"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:-2], lines[-1]]).replace("},\n]", "}\n]"))
    seal(top)
    assert any("references.json has nothing for articles.csv row 9" in line for line in verify(top).lines)


@pytest.mark.lengthy
def test_what_stands_in_the_tables_stands_in_the_references(top):
    """A change that is made alike in the tables and in references.json still contradicts the other two."""
    rows = table(top, "articles")
    rows[2][rows[0].index("archive_url")] = "https://archive.example/2"
    rows[2][rows[0].index("accessed")] = "2031-03-04"
    write_table(top, "articles", rows)
    path = top / "data" / "references.json"
    items = json.loads(path.read_text())
    items[1] |= {"archive_location": "https://archive.example/2", "accessed": {"date-parts": [[2031, 3, 4]]}}
    lines = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in items]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    seal(top)
    told = [line.partition(":")[0] for line in verify(top).lines]
    assert told[:2] == ["references.bib", "references.ris"]
    assert "parquet/articles.parquet" in told
