"""What changed between two releases: rows that came, went and changed; and files that are no releases."""

import csv
import errno
import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotator.exchange import differences
from annotator.exchange.difference_list import as_csv, as_json, differences_in
from annotator.exchange.differences import NotComparable, OutOfReach, compare

from .releases import table, unpack, write_table


@pytest.fixture
def old(demo_release, tmp_path: Path) -> Path:
    return unpack(demo_release["plain"], tmp_path / "old")


@pytest.fixture
def new(demo_release, tmp_path: Path) -> Path:
    return unpack(demo_release["plain"], tmp_path / "new")


def found(old: Path, new: Path, tmp_path: Path):
    compare(old, new, tmp_path / "found.sqlite")
    with differences_in(tmp_path / "found.sqlite") as differences:
        return [one for one in differences.tables() if not one.same], list(differences.rows())


def edited(top: Path, name: str, edit) -> list[str]:
    """The header, once `edit` has changed the rows in place."""
    header, *rows = table(top, name)
    edit(header, rows)
    write_table(top, name, [header, *rows])
    return header


def test_a_release_is_as_itself(demo_release, tmp_path):
    assert found(demo_release["plain"], demo_release["texts"], tmp_path)[0] != [], "text_included differs"
    assert found(demo_release["plain"], demo_release["plain"], tmp_path) == ([], [])


def test_rows_that_came_went_and_changed_in_whatever_order(old, new, tmp_path):
    kept = {}

    def edit(header, rows):
        rows.reverse()
        kept["gone"], kept["changed"] = rows.pop()[0], rows[3][0]
        kept["was"] = rows[3][header.index("paraphrase")]
        rows[3][header.index("paraphrase")] = '=SUM(1) said anew; "so"\nand on'
        rows[3][header.index("negated")] = "TRUE" if rows[3][header.index("negated")] != "TRUE" else "FALSE"
        for row in rows:
            row[header.index("release_version")] = "77"  # of every row, and no change
        rows.append(["01990000-0000-7000-8000-00000000aaaa", *rows[0][1:]])

    edited(new, "claims", edit)
    tables, rows = found(old, new, tmp_path)
    assert [(one.name, one.added, one.removed, one.changed, one.after - one.before) for one in tables] == [
        ("claims", 1, 1, 1, 0)
    ]
    by_what = {one.what: one for one in rows}
    assert by_what["removed"].key == kept["gone"]
    assert by_what["added"].key == "01990000-0000-7000-8000-00000000aaaa"
    assert by_what["added"].label
    changed = by_what["changed"]
    assert changed.key == kept["changed"]
    assert ("paraphrase", kept["was"], '=SUM(1) said anew; "so"\nand on') in changed.changes
    assert {column for column, _, _ in changed.changes} == {"paraphrase", "negated"}
    cells = list(csv.reader(io.StringIO(b"".join(as_csv(tmp_path / "found.sqlite")).decode(), newline="")))
    assert len(cells) == 1 + 4
    assert [row[6] for row in cells if row[4] == "paraphrase"] == ['\'=SUM(1) said anew; "so"\nand on']
    told = json.loads(b"".join(as_json(tmp_path / "found.sqlite")))
    assert told["tables"]["claims"] == {"added": 1, "removed": 1, "changed": 1}
    assert told["tables"]["actors"] == {"added": 0, "removed": 0, "changed": 0}
    assert [one["what"] for one in told["differences"]] == ["removed", *[one.what for one in rows[1:]]]
    assert not list(tmp_path.glob("*.scratch"))


def test_two_at_once_do_not_touch_each_other(demo_release, tmp_path, monkeypatch):
    pair = demo_release["plain"], demo_release["texts"]
    target, compare_table, inner = tmp_path / "found.sqlite", differences._compare_table, []

    def and_another(*asked):
        if not inner:
            inner.append(True)
            compare(*pair, target)
            inner.append(target.read_bytes())
        compare_table(*asked)

    monkeypatch.setattr(differences, "_compare_table", and_another)
    compare(*pair, target)
    assert target.read_bytes() == inner[1]
    assert [one.name for one in tmp_path.iterdir()] == ["found.sqlite"]


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EMFILE, "Too many open files", "/somewhere/secret.zip"),
        sqlite3.OperationalError("database or disk is full"),
    ],
)
@pytest.mark.parametrize("where", ["Files", "_compare_table", "scratch_beside"])
def test_what_the_machine_lacks_is_told_as_passing_and_without_a_path(
    demo_release, tmp_path, monkeypatch, error, where
):
    def fails(*asked):
        raise error

    if where == "Files" and not isinstance(error, OSError):
        where = "_open"
    monkeypatch.setattr(differences, where, fails)
    with pytest.raises(OutOfReach, match=type(error).__name__) as caught:
        compare(demo_release["plain"], demo_release["texts"], tmp_path / "found.sqlite")
    assert "/" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_key_of_several_columns_and_a_table_and_a_column_of_one_alone(old, new, tmp_path):
    links = edited(new, "claim_speakers", lambda header, rows: rows.pop(0))
    assert links
    package = json.loads((new / "data" / "datapackage.json").read_text())
    package["resources"] = [one for one in package["resources"] if one["name"] != "reviews"]
    (actors,) = (one for one in package["resources"] if one["name"] == "actors")
    actors["schema"]["fields"] = [f for f in actors["schema"]["fields"] if f["name"] != "wikidata"]
    (new / "data" / "datapackage.json").write_text(json.dumps(package))
    header, *rows = table(new, "actors")
    at = header.index("wikidata")
    write_table(new, "actors", [row[:at] + row[at + 1 :] for row in (header, *rows)])
    tables, differences = found(old, new, tmp_path)
    by_name = {one.name: one for one in tables}
    assert by_name.keys() == {"claim_speakers", "actors", "reviews"}
    assert (by_name["claim_speakers"].removed, by_name["reviews"].after) == (1, 0)
    assert by_name["reviews"].removed == by_name["reviews"].before > 0
    assert (by_name["actors"].columns_gone, by_name["actors"].changed) == (("wikidata",), 0)
    (link,) = (one for one in differences if one.table == "claim_speakers")
    assert ", " in link.key


def damaged(path: Path, how: str) -> Path:
    content = path.read_bytes()
    bad = path.with_name(f"bad-{how}.zip")
    if how == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif how == "flipped":
        with zipfile.ZipFile(path) as archive:
            (claims,) = (one for one in archive.infolist() if one.filename.endswith("/claims.csv"))
        middle = claims.header_offset + 400
        bad.write_bytes(content[:middle] + bytes(64) + content[middle + 64 :])
    elif how == "empty":
        bad.write_bytes(b"")
    elif how == "words":
        bad.write_bytes(b"PK\x03\x04 not a release")
    return bad


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "words", "missing"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_file_that_is_no_release_is_named(demo_release, tmp_path, how, place):
    good = Path(shutil.copy(demo_release["plain"], tmp_path / "good.zip"))
    pair = [good, good]
    pair[place] = damaged(good, how)
    with pytest.raises(NotComparable, match=rf"bad-{how}\.zip"):
        compare(*pair, tmp_path / "found.sqlite")
    assert not list(tmp_path.glob("found*"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("datapackage.json", b"[]"),
        ("datapackage.json", b"{"),
        ("datapackage.json", b'{"resources": [{"name": "x"}]}'),
        ("claims.csv", b"claim_id\r\nx\r\n"),
        ("claims.csv", b""),
        ("claims.csv", b"\xff\xfe"),
    ],
)
def test_a_damaged_folder_is_named(old, new, tmp_path, name, content):
    (new / "data" / name).write_bytes(content)
    with pytest.raises(NotComparable, match="cannot be read as a release"):
        compare(old, new, tmp_path / "found.sqlite")


def test_a_row_that_is_there_twice_and_one_with_too_few_cells(old, new, tmp_path):
    edited(new, "actors", lambda header, rows: rows.append(rows[0]))
    with pytest.raises(NotComparable, match=r"a row of actors\.csv twice"):
        compare(old, new, tmp_path / "found.sqlite")
    edited(new, "actors", lambda header, rows: rows.__setitem__(-1, rows[0][:3]))
    with pytest.raises(NotComparable, match="cannot be read as a release"):
        compare(old, new, tmp_path / "found.sqlite")


def test_releases_of_two_projects_are_not_compared(old, new, tmp_path):
    text = (new / "data" / "datapackage.json").read_text()
    (new / "data" / "datapackage.json").write_text(text.replace('"name": "demo-', '"name": "other-', 1))
    with pytest.raises(NotComparable, match="of the project demo"):
        compare(old, new, tmp_path / "found.sqlite")


def test_the_command(demo_release, old, new, tmp_path, capsys):
    plain = str(demo_release["plain"])
    call_command("compare_releases", plain, plain)
    assert capsys.readouterr().out == "Nothing changed.\n"

    def edit(header, rows):
        for row in rows:
            row[header.index("name")] += " anew"

    edited(new, "actors", edit)
    for name in ("out.csv", "out.json"):
        with pytest.raises(SystemExit) as ended:
            call_command("compare_releases", str(old), str(new), "--to", str(tmp_path / name))
        assert ended.value.code == 1
    said = capsys.readouterr().out
    rows = len(table(new, "actors")) - 1
    assert f"actors: 0 added, 0 removed, {rows} changed ({rows} rows, now {rows})" in said
    assert " anew'" in said
    assert len(json.loads((tmp_path / "out.json").read_text())["differences"]) == rows
    assert len((tmp_path / "out.csv").read_bytes().splitlines()) == rows + 1
    for wrong in ((plain, str(tmp_path / "none.zip")), (plain, plain, "--to", str(tmp_path / "x.txt"))):
        with pytest.raises(CommandError) as refused:
            call_command("compare_releases", *wrong)
        assert refused.value.returncode == 2
