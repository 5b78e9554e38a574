"""Database files of another major version: told in words, and exchanged so that no crash leaves none."""

import os
from pathlib import Path

import pytest

from annotator.embedded_postgres import DatabaseServerError, binaries, cluster, majors, places

OLD, NEW = b"\1\0\0\0\0\0\0\0", b"\2\0\0\0\0\0\0\0"
COMES_ALONG = binaries.MAJOR


def files(path: Path, identifier: bytes, major: str = f"{COMES_ALONG}") -> Path:
    (path / "global").mkdir(parents=True)
    (path / "global" / "pg_control").write_bytes(identifier)
    (path / "PG_VERSION").write_text(f"{major}\n")
    return path


@pytest.mark.parametrize(
    ("major", "said"),
    [
        (
            "16",
            r"PostgreSQL 16, and this Sourceline brings PostgreSQL 18\. Nothing was changed\..*"
            r"upgrade_database --data '/a folder' \(the programs of the old one are here\).*restore",
        ),
        (
            "13",
            r"PostgreSQL 13, .* which are not here: install them .*postgresql-13\), or name .*--old-programs",
        ),
        ("19", r"made by a newer Sourceline: start that one"),
        ("", r"does not say which PostgreSQL"),
        ("9.6", r"does not say which PostgreSQL"),
    ],
)
def test_another_major_is_refused_with_what_to_do(tmp_path, major, said):
    with pytest.raises(DatabaseServerError, match=said):
        majors.refuse_another(files(tmp_path / "data", OLD, major), Path("/a folder"))


def test_our_own_is_not_and_is_what_the_programs_are(tmp_path):
    majors.refuse_another(files(tmp_path / "data", OLD), tmp_path)
    assert binaries.major_of(binaries._installed()) == binaries.MAJOR
    assert next(iter(binaries.installed_folders())) == binaries.MAJOR


class Crash(Exception):
    pass


@pytest.mark.parametrize(
    ("owner", "name", "call"),
    [
        (os, "rename", 0),
        (os, "rename", 1),
        (os, "rename", 2),
        (majors, "sync_folder", 1),
        (majors, "sync_folder", 3),
        (cluster, "_write", 1),
        (None, "", 0),
    ],
)
def test_a_crash_at_any_point_of_an_exchange_is_finished_by_the_next_start(
    tmp_path, monkeypatch, owner, name, call
):
    folder = places.DataFolder(tmp_path)
    home = places.Home(tmp_path / "postgres")
    files(home.data, OLD, "16")
    files(home.path / "next" / "data", NEW)
    cluster._write(folder, cluster.Marker("", str(tmp_path), 1))
    majors.begin_exchange(folder, home, "next/data", "data-16")
    if owner:
        calls, real = 0, getattr(owner, name)

        def crashing(*args: object) -> None:
            nonlocal calls
            calls += 1
            if calls > call:
                raise Crash
            real(*args)
            if calls == call:
                raise Crash

        with monkeypatch.context() as patch, pytest.raises(Crash):
            patch.setattr(owner, name, crashing)
            cluster.recognise(folder)
    for _twice in range(2):
        cluster.recognise(folder)
        assert majors.system_identifier(home.data) == 2
        assert majors.system_identifier(home.path / "data-16") == 1
        assert cluster._read(folder).identifier == 2
        assert not folder.exchange.exists()


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"incoming": "x", "aside": "y", "identifier": "z"}'])
def test_a_damaged_note_is_refused(tmp_path, note):
    places.DataFolder(tmp_path).exchange.write_text(note)
    with pytest.raises(DatabaseServerError, match="is damaged"):
        majors.finished(places.DataFolder(tmp_path), places.Home(tmp_path))


def test_a_note_of_files_that_are_nowhere_changes_nothing(tmp_path):
    folder, home = places.DataFolder(tmp_path), places.Home(tmp_path)
    files(home.data, OLD)
    places.write_whole(folder.exchange, {"incoming": "next/data", "aside": "data-16", "identifier": 2})
    with pytest.raises(DatabaseServerError, match="are neither in"):
        majors.finished(folder, home)
    assert majors.system_identifier(home.data) == 1
    with pytest.raises(DatabaseServerError, match="holds no database"):
        majors.begin_exchange(folder, home, "nowhere", "data-16")


def test_what_is_in_the_way_is_not_written_over(tmp_path):
    folder, home = places.DataFolder(tmp_path), places.Home(tmp_path)
    files(home.data, OLD)
    files(home.path / "data-16", OLD)
    files(home.path / "next" / "data", NEW)
    majors.begin_exchange(folder, home, "next/data", "data-16")
    with pytest.raises(DatabaseServerError, match="in the way"):
        majors.finished(folder, home)
    assert majors.system_identifier(home.data) == 1
