"""A release of another layout: what does not depend on it is checked, the rest is said to be unchecked."""

import json
import re
import zipfile

import pytest

from annotator.exchange.comparison import compare as database
from annotator.exchange.confined import LONGEST, looked_at
from annotator.exchange.importers.files import Files, of_path
from annotator.exchange.importers.release_tables import read_release
from annotator.exchange.verification import say, verify
from annotator.exchange.verification.formats import FORMAT, STATES_FORMAT

from .mutations import PACKAGE, Content, InMemory, as_csv, read, rows_of, sealed
from .releases import seal, table
from .test_differences import found

SCRIPT = "data/verify.py"
REPORT = "data/report.html"


@pytest.fixture(scope="module")
def whole(demo_release) -> Content:
    return read(demo_release["plain"])


def stating(content: Content, number: object) -> Content:
    package = json.loads(content[PACKAGE])
    package[STATES_FORMAT] = number
    if number is None:
        del package[STATES_FORMAT]
    return content | {PACKAGE: json.dumps(package).encode()}


def knowing(content: Content, line: bytes) -> Content:
    script, many = re.subn(rb"(?m)^FORMAT = .*\n", line, content[SCRIPT])
    assert many == 1
    return content | {SCRIPT: script}


def of_first_format(content: Content) -> Content:
    """As it was written before formats were stated, with a page laid out otherwise."""
    page = content[REPORT].replace(b"<header>", b"<header><p>Otherwise.</p>")
    return knowing(stating(content, None), b"") | {REPORT: page}


NEW_IN_FOURTH = {
    "claims": ("snapshot_id", "text_number"),
    "articles": ("outlet_id", "outlet_original_id", "n_texts"),
}


def of_third_format(content: Content) -> Content:
    """Without the table of outlets, and the columns that came with it."""
    package = json.loads(content[PACKAGE])
    package["resources"] = [one for one in package["resources"] if one["name"] != "outlets"]
    made = {path: raw for path, raw in content.items() if "outlets" not in path}
    for resource in package["resources"]:
        gone = NEW_IN_FOURTH.get(resource["name"], ())
        schema = resource["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in gone]
        schema["foreignKeys"] = [one for one in schema.get("foreignKeys", []) if one["fields"] not in gone]
        if gone:
            path = f"data/{resource['name']}.csv"
            rows = rows_of(made[path])
            kept = [at for at, name in enumerate(rows[0]) if name not in gone]
            made[path] = as_csv([[row[at] for at in kept] for row in rows])
    made[PACKAGE] = json.dumps(package).encode()
    return knowing(stating(made, 3), b"FORMAT = 3\n")


@pytest.mark.lengthy
def test_a_release_without_outlets_is_checked_compared_and_read(whole, demo_release, tmp_path):
    content = sealed(of_third_format(whole))
    report = verify(InMemory(content))
    assert report.lines == [] and report.held == report.citations > 0
    assert any("does not list the table outlets" in note for note in report.notes)
    path = tmp_path / "older.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in content.items():
            archive.writestr(f"older/{name}", raw)
    release = read_release(of_path(path))
    assert release.tables["outlets"] == []
    assert {row["outlet_id"] for row in release.tables["articles"]} == {""}
    differences, _ = found(path, demo_release["plain"], tmp_path)
    assert all(one.name in ("outlets", *NEW_IN_FOURTH) for one in differences)
    assert database(path).contradicted == []


@pytest.mark.lengthy
def test_this_format_is_stated_and_all_of_it_checked(whole):
    assert json.loads(whole[PACKAGE])[STATES_FORMAT] == FORMAT
    report = verify(InMemory(whole))
    assert (report.ok, report.notes) == (True, [])
    assert list(say(report))[-1] == "all of it holds"
    other_page = whole | {REPORT: whole[REPORT].replace(b"<header>", b"<header><p>Otherwise.</p>")}
    assert not verify(InMemory(sealed(other_page))).ok


def test_an_older_release_holds_and_what_was_not_checked_is_told(whole):
    report = verify(InMemory(sealed(of_first_format(whole))))
    assert report.lines == []
    assert report.held == report.citations > 0
    (note,) = report.notes
    assert note.startswith(f"made by format 1, this program knows format {FORMAT}")
    assert "report.html" in note
    assert list(say(report))[-1] == "all that was checked here holds"
    assert report.as_json()["notes"] == [note]


@pytest.mark.lengthy
@pytest.mark.parametrize("number", [None, 1, FORMAT + 1, 0, -1, True, "2", 2.0, 10**9, [2], {}])
def test_a_format_that_is_changed_alone_is_found(whole, number):
    report = verify(InMemory(sealed(stating(whole, number))))
    assert any("format" in line for line in report.lines)


def test_an_older_release_that_states_this_format_is_found(whole):
    lines = verify(InMemory(sealed(stating(of_first_format(whole), FORMAT)))).lines
    assert any("states the format" in line for line in lines)


@pytest.mark.lengthy
@pytest.mark.parametrize("line", [b"", b"FORMAT = 1\n", b"FORMAT = 2\nFORMAT = 1\n", b"FORMAT = 02\n"])
def test_a_format_that_is_changed_in_the_script_alone_is_found(whole, line):
    assert any("states the format" in one for one in verify(InMemory(sealed(knowing(whole, line)))).lines)


def test_without_mended_manifests_another_format_is_found(whole):
    lines = verify(InMemory(of_first_format(whole))).lines
    assert any(line.startswith(f"{SCRIPT} has the SHA-256") for line in lines)


@pytest.mark.parametrize(
    ("name", "column"),
    [("claims", "quote"), ("sentences", "text"), ("annotations", "extent"), ("actors", "kind")],
)
def test_in_another_format_the_tables_are_held_as_ever(whole, name, column):
    made = of_first_format(whole)
    path = f"data/{name}.csv"
    rows = rows_of(made[path])
    rows[1][rows[0].index(column)] += "7"
    lines = verify(InMemory(sealed(made | {path: as_csv(rows)}))).lines
    assert any(line.startswith(f"{name}.csv row 2") for line in lines), lines


def test_a_column_that_the_older_format_did_not_have_is_told(whole):
    made = of_first_format(whole)
    rows = rows_of(made["data/events.csv"])
    at = rows[0].index("n_participants")
    package = json.loads(made[PACKAGE])
    (events,) = (one for one in package["resources"] if one["name"] == "events")
    del events["schema"]["fields"][at]
    made |= {
        PACKAGE: json.dumps(package).encode(),
        "data/events.csv": as_csv([row[:at] + row[at + 1 :] for row in rows]),
    }
    report = verify(InMemory(sealed(made)))
    assert report.lines == []
    assert any("n_participants" in note for note in report.notes)


@pytest.mark.lengthy
def test_a_page_and_an_import_take_the_older_release(top):
    package = top / PACKAGE
    script = top / SCRIPT
    content = of_first_format({path: (top / path).read_bytes() for path in (PACKAGE, SCRIPT, REPORT)})
    for path in (package, script, top / REPORT):
        path.write_bytes(content[path.relative_to(top).as_posix()])
    seal(top)
    found = looked_at(top)
    assert (found["ok"], found["stopped"]) == (True, "")
    assert all(len(words) <= LONGEST for words in found["notes"])
    files = Files("a", {path.relative_to(top).as_posix(): path.read_bytes for path in top.rglob("*.*")})
    assert len(read_release(files).tables["claims"]) == len(table(top, "claims")) - 1
