"""What readers are given: files by names that stay inside, within limits."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from annotator.exchange.importers import files
from annotator.exchange.importers.bundle import NotRead
from annotator.exchange.importers.registry import FORMATS


def zipped(*members: tuple[str, bytes], **info: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members:
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, raw)
    return made.getvalue()


def why(raw: bytes) -> str:
    with pytest.raises(NotRead) as refused:
        found = files.of_bytes("a.zip", raw)
        for name in found.names:
            found.read(name)
    return refused.value.why


def test_a_zip_is_its_members_and_another_file_itself() -> None:
    found = files.of_bytes("a.zip", zipped(("b/z.ann", b"T1"), ("b/a.txt", b"Rain"), ("__MACOSX/b", b"")))
    assert found.names == ("b/a.txt", "b/z.ann")
    assert found.read("b/a.txt") == b"Rain"
    assert found.sizes == {"b/a.txt": 4, "b/z.ann": 2}
    assert found.ending(".ANN".lower()) == ("b/z.ann",)
    single = files.of_bytes("C:\\data\\x.jsonl", b"{}")
    assert (single.names, single.read("x.jsonl")) == (("x.jsonl",), b"{}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../x", "leads out"),
        ("a/../../x", "leads out"),
        ("/etc/passwd", "leads out"),
        ("C:/x", "leads out"),
        ("a//x", "leads out"),
        ("./x", "leads out"),
        ("a\\x", "signs that no name needs"),
        ("a\nx", "signs that no name needs"),
        ("a\u202ex", "signs that no name needs"),
        ("a" * 600, "too long"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str, said: str) -> None:
    assert said in why(zipped((name, b"x")))


def test_a_name_that_hides_behind_nul_is_refused() -> None:
    raw = zipped(("aaaa.txt", b"x")).replace(b"aaaa.txt", b"a\x00aa.txt")
    assert "signs that no name needs" in why(raw)


def test_links_twins_and_locked_members_are_refused() -> None:
    assert "is a link" in why(zipped(("x", b"/etc/passwd"), external_attr=0o120777 << 16))
    with pytest.warns(UserWarning, match="Duplicate"):
        twins = zipped(("x", b"1"), ("x", b"2"))
    assert "twice" in why(twins)
    raw = bytearray(zipped(("x", b"1")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark) + offset
        raw[at] |= 1
    assert "encrypted" in why(bytes(raw))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert "times its size" in why(zipped(("x", b"\0" * 20_000_000)))


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((1000, 1000), ""),
        ((1001,), "holds a file of 0 MB, at most"),
        ((900, 900, 201), "holds 0 MB, at most"),
        ((0, 0, 0, 0), "holds 4 files, at most 3"),
    ],
)
def test_limits_hold_for_each_file_and_for_all(sizes: tuple[int, ...], said: str, tmp_path: Path) -> None:
    limits = files.Limits(files=3, each=1000, together=2000)
    members = [(f"{number}.txt", os.urandom(size)) for number, size in enumerate(sizes)]
    for name, raw in members:
        (tmp_path / name).write_bytes(raw)
    for read in (
        lambda: files.of_bytes("a.zip", zipped(*members), limits),
        lambda: files.of_path(tmp_path, limits),
    ):
        if said:
            with pytest.raises(NotRead, match=said):
                read()
        else:
            assert len(read().names) == len(sizes)


def test_a_release_may_have_three_files_for_each_of_many_texts() -> None:
    raw = zipped(*((f"data/{number}.txt", b"") for number in range(files.USUAL.files + 1)))
    assert "at most 5,000" in why(raw)
    limits = FORMATS["sourceline"].limits
    assert len(files.of_bytes("a.zip", raw, limits).names) == files.USUAL.files + 1
    assert {one.limits for name, one in FORMATS.items() if name != "sourceline"} == {files.USUAL}


def test_a_member_is_as_long_as_it_says() -> None:
    raw = bytearray(zipped(("x", b"Rain fell on the pier. " * 50)))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = struct.pack("<I", 10)
    assert why(bytes(raw))


@pytest.mark.parametrize("cut", [5, 30, 60])
def test_a_cut_archive_is_refused(cut: int) -> None:
    assert "is no ZIP" in why(zipped(("x", b"Rain fell on the pier."))[:cut])


def test_a_broken_member_is_refused() -> None:
    raw = bytearray(zipped(("x", b"Rain fell on the pier. " * 50)))
    raw[35:45] = b"\xff" * 10
    assert "cannot be unpacked" in why(bytes(raw))


def test_a_folder_is_read_without_following_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_bytes(b"Rain")
    (folder / "one.txt").symlink_to(outside / "secret.txt")
    (folder / "all").symlink_to(outside)
    found = files.of_path(folder)
    assert found.names == ("deep/a.txt",)
    assert found.read("deep/a.txt") == b"Rain"
    assert found.sizes == {"deep/a.txt": 4}
    assert sorted(str(one.at) for one in found.skipped) == ["all", "one.txt"]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotRead, match=r"nowhere\.zip"):
        files.of_path(tmp_path / "nowhere.zip")


def test_text_stays_as_it_is() -> None:
    found = files.of_bytes("a.txt", "\ufeffOne\r\nTwo \U0001f6a2".encode())
    assert found.text("a.txt") == "\ufeffOne\r\nTwo \U0001f6a2"
    with pytest.raises(NotRead, match=r"a\.txt:2: is not UTF-8 at byte 5"):
        files.of_bytes("a.txt", b"One\nT\xff").text("a.txt")
