"""The file of a backup: whole or refused, never replaced, never half, whatever a stranger made of it."""

import json
import os
import re
import resource
import signal
import stat
import zipfile
from pathlib import Path

import pytest

from annotator.keeping import archive
from annotator.keeping.manifest import DUMP, PLACES, Damaged, parsed
from tests import house_rules as rules
from tests.annotator.keeping.forging import NOTHING, seal, sealed, small, words

D = (DUMP, b"no database")


def read(path: Path) -> dict[str, bytes]:
    with archive.opened(path) as backup:
        return {name: b"".join(backup.chunks(name)) for name in backup.manifest.parts}


def test_what_was_put_in_comes_out_and_only_its_owner_may_read_it(tmp_path):
    files = {"releases/a-1/one.zip": b"\0" * 70_000, "imports/b/c/asked.json": b"{}"}
    path = small(tmp_path / "one.backup", files=files)
    assert read(path) == files | {DUMP: b"no database"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["one.backup"]


def test_no_byte_can_change_and_none_be_missing(tmp_path):
    path = small(tmp_path / "one.backup")
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged):
            read(path)
    for length in [*range(0, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(Damaged, match=r"cut short|changed or lost"):
            read(path)
    path.write_bytes(whole + b"0")
    with pytest.raises(Damaged):
        read(path)


@pytest.mark.parametrize("there", ["file", "link"])
def test_what_is_in_the_way_is_never_replaced(tmp_path, there):
    path = tmp_path / "one.backup"
    path.write_text("mine") if there == "file" else path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        small(path)
    assert os.listdir(tmp_path) == ["one.backup"]
    assert there == "link" or path.read_text() == "mine"


def test_what_comes_into_the_way_meanwhile_is_not_replaced_either(tmp_path):
    path = tmp_path / "one.backup"
    with pytest.raises(FileExistsError), archive.written(path) as (writer, finish):
        writer.add(DUMP, iter([b""]))
        finish(NOTHING)
        path.write_text("mine")
    assert (os.listdir(tmp_path), path.read_text()) == (["one.backup"], "mine")


def test_two_at_once_do_not_write_the_same_file_and_what_a_killed_one_left_is_written_over(tmp_path):
    path = tmp_path / "one.backup"
    (tmp_path / "one.backup.part").write_bytes(b"x" * 100_000)
    with archive.written(path) as (writer, finish):
        with pytest.raises(BlockingIOError):
            small(path)
        writer.add(DUMP, iter([b"d"]))
        finish(parsed(json.dumps(words((DUMP, b"d"))).encode()))
    assert read(path) == {DUMP: b"d"}


@pytest.mark.parametrize("prepared", ["by another user", "with a second name"])
def test_a_file_that_somebody_prepared_is_not_written_to(tmp_path, monkeypatch, prepared):
    part = tmp_path / "one.backup.part"
    part.write_bytes(b"theirs")
    if prepared == "by another user":
        monkeypatch.setattr(os, "geteuid", lambda: part.stat().st_uid + 1)
    else:
        os.link(part, tmp_path / "second")
    with pytest.raises(PermissionError):
        small(tmp_path / "one.backup")
    assert part.read_bytes() == b"theirs"


def test_a_full_disk_leaves_nothing(tmp_path):
    """The kernel refuses to let the file grow, in a process of its own."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        try:
            small(tmp_path / "one.backup", files={"releases/a/b.zip": b"\0" * (2 << 20)})
        except OSError:
            os._exit(0 if not os.listdir(tmp_path) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("releases/a/b.zip")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def packed(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


R = ("releases/a/b.zip", b"/etc/passwd")


@pytest.mark.parametrize(
    ("members", "manifest", "said"),
    [
        ([D, ("../x", b"")], words(D, ("../x", b"")), "no backup has"),
        ([D, ("/etc/x", b"")], words(D, ("/etc/x", b"")), "no backup has"),
        ([D, ("releases/../x", b"")], words(D, ("releases/../x", b"")), "no backup has"),
        ([D, ("releases/a\\..\\x", b"")], words(D, ("releases/a\\..\\x", b"")), "no backup has"),
        ([D, ("releases/.x/y", b"")], words(D, ("releases/.x/y", b"")), "no backup has"),
        ([D, ("secret_key", b"")], words(D, ("secret_key", b"")), "no backup has"),
        ([D, ("postgres/data/x", b"")], words(D, ("postgres/data/x", b"")), "no backup has"),
        ([D, ("releases/C:/x", b"")], words(D, ("releases/C:/x", b"")), "no backup has"),
        ([D, ("extra", b"")], words(D), "does not tell what it holds: 'extra'"),
        ([D], words(D, R), "does not tell what it holds: 'releases/a/b.zip'"),
        ([D, (link(), R[1])], words(D, R), "no ordinary file"),
        ([D, (packed(R[0]), b"\0" * 10_000)], words(D, (R[0], b"\0" * 10_000)), "is packed"),
        ([D, (R[0], b"short")], words(D, R), "another size"),
        ([D, (R[0], R[1][::-1])], words(D, R), "changed while it was read"),
        ([], words(), "names no database"),
        ([D], words(D, tables={"t": {"rows": -1, "size": 0, "sha256": "0" * 64}}), "not one of a backup"),
        ([D], words(D, tables={"t": {"rows": True, "size": 0, "sha256": "0" * 64}}), "not one of a backup"),
        ([D], words(D, tables={"t": {"rows": 0, "size": 0, "sha256": "'; DROP"}}), "not one of a backup"),
        ([D], words(D, migrations=[["a"]]), "not one of a backup"),
        ([D], words(D, migrations="ab"), "not one of a backup"),
        ([D], words(D, parts=[]), "not one of a backup"),
        ([D], words(D, version="\x1b[2J"), "not one of a backup"),
        ([D], words(D, closed=[{}]), "not one of a backup"),
        ([D], words(D, sourceline_backup=2), "made by a newer Sourceline"),
        ([D], words(D, sourceline_backup="1"), "names no database"),
        ([D], [], "not one of a backup"),
        ([D], {}, "not one of a backup"),
    ],
)
def test_a_sealed_file_that_is_no_sound_backup_is_refused(tmp_path, members, manifest, said):
    with pytest.raises(Damaged, match=said):
        read(sealed(tmp_path / "x", members, manifest))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path):
    with pytest.raises(Damaged, match="does not tell what it holds"):
        read(sealed(tmp_path / "x", [D, R, R], words(D, R)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_that_lie_over_each_other_are_refused(tmp_path):
    """Many members may point to the same bytes: what comes out is then far more than the file."""
    name, content = "releases/a/b.zip", os.urandom(5000)
    others = [(f"releases/a/{n}", b"") for n in range(9)]
    path = sealed(tmp_path / "x", [(name, content), *others, D], words((name, content), D, *others))
    told = words((name, content), D, *((other, content) for other, _ in others))
    with zipfile.ZipFile(path, "a") as made:
        whole = made.getinfo(name)
        for other, _ in others:
            one = made.getinfo(other)
            one.header_offset, one.file_size, one.compress_size = whole.header_offset, 5000, 5000
            one.CRC = whole.CRC
        made.filelist.remove(made.getinfo(archive.MANIFEST))
        made.writestr(archive.MANIFEST, json.dumps(told))
    with pytest.raises(Damaged, match="lie over each other"):
        read(seal(path))


@pytest.mark.parametrize("content", [b"", b"hello", b"f" * 200, b"{" * 5000])
def test_what_is_no_backup_at_all_is_refused(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        read(path)
    path.write_bytes(b"")
    path.write_bytes(content + b"0" * 64)
    with pytest.raises(Damaged):
        read(seal(path))


def test_a_manifest_that_is_nested_without_end_is_refused(tmp_path):
    with pytest.raises(Damaged, match="not one of a backup"):
        parsed(b"[" * 100_000)


def test_every_folder_of_the_data_folder_is_backed_up_or_known_to_be_made_anew():
    made_anew = {"address", "checking", "static"}
    named = {
        name
        for path in rules.own_files(".py", under=("annotator", "sources"))
        for name in re.findall(r'DATA_DIR\)? / "(\w+)"', path.read_text())
    }
    assert named == made_anew | set(PLACES)
