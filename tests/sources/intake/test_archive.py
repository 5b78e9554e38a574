"""ZIP archives: what comes out of one, and what never does."""

import io
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.intake import archive
from sources.intake.columns import Columns
from sources.intake.items import Item, count_of, is_container, items_of, tables_of
from sources.intake.refusal import Refused
from sources.intake.registry import read

STORY = b"A headline\n\nA story with words."


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def items(tmp_path: Path) -> Callable[..., list[Item]]:
    def items(raw: bytes, **how: object) -> list[Item]:
        path = tmp_path / "a.zip"
        path.write_bytes(raw)
        found = list(items_of(path, "a.zip", **how))  # type: ignore[arg-type]
        assert [item.position for item in found] == list(range(len(found)))
        assert count_of(path, "a.zip") == len(found)
        for start in range(len(found) + 1):
            assert list(items_of(path, "a.zip", start=start, **how)) == found[start:]  # type: ignore[arg-type]
        return found

    return items


def refusal(tmp_path: Path, raw: bytes) -> str:
    (tmp_path / "a.zip").write_bytes(raw)
    with pytest.raises(Refused) as caught:
        list(items_of(tmp_path / "a.zip", "a.zip"))
    return str(caught.value)


def test_documents_and_tables_come_out_in_the_archives_order(items: Callable[..., list[Item]]) -> None:
    raw = zipped(
        ("2/b.txt", STORY),
        ("folder/", b""),
        ("__MACOSX/2/._b.txt", b"x"),
        ("2/.DS_Store", b"x"),
        ("README.md", b"About these"),
        ("t.csv", b"Title,Text\nA,B\nC\n"),
        ("a.html", b"<html><body><p>Words that a page shows.</p></body></html>"),
        ("t.jsonl", b'{"Text":"B"}\n'),
        ("broken.csv", b"Title,Title\na,b\n"),
    )
    found = items(raw, columns=Columns({"text": "Text"}))
    assert [item.name for item in found] == [
        *("2/b.txt", "t.csv, row 2", "t.csv, row 3", "a.html", "t.jsonl, line 1", "broken.csv, row 1"),
    ]
    kinds = [
        ("document", "read", "refusal")[(item.read is not None) + 2 * (item.refusal is not None)]
        for item in found
    ]
    assert kinds == ["document", "read", "refusal", "document", "read", "refusal"]
    assert found[0].document == STORY and read(STORY, "2/b.txt").title == "A headline"


def test_a_table_that_nobody_described_is_refused_alone_and_told(
    items: Callable[..., list[Item]], tmp_path: Path
) -> None:
    first, table = items(zipped(("a.txt", STORY), ("t.csv", b"Title,Text\nA,B\n")), columns=None)
    assert first.document == STORY
    assert table.refusal is not None and "they look like text=Text title=Title" in table.refusal.why
    with tables_of(tmp_path / "a.zip", "a.zip") as tables:
        assert [table.columns for table in tables] == [("Title", "Text")]
        assert sum(1 for _ in tables[0].rows()) == 1


def linked() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("link.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../out.txt", "leads out"),
        ("a/../../out.txt", "leads out"),
        ("/etc/passwd", "leads out"),
        ("C:/out.txt", "leads out"),
        ("a//b.txt", "leads out"),
        ("..\\out.txt", "signs that no name needs"),
        ("a\x1b[31m.txt", "signs that no name needs"),
        ("cod\u202etxt.exe", "signs that no name needs"),
        ("n" * 501, "empty or too long"),
        ("more.zip", "an archive within the archive"),
        ("more.tar.gz", "an archive within the archive"),
        (linked(), "it is a link"),
    ],
)
def test_a_member_that_is_refused_is_refused_alone(
    items: Callable[..., list[Item]], name: str | zipfile.ZipInfo, why: str
) -> None:
    bad, good = items(zipped((name, b"../secret"), ("good.txt", STORY)))
    assert bad.refusal is not None and why in bad.refusal.why
    assert (
        "\n" not in str(bad.refusal) and "\x1b" not in str(bad.refusal) and "\u202e" not in str(bad.refusal)
    )
    assert good.document == STORY


@pytest.mark.parametrize(
    "name",
    [
        "10:30 news.txt",
        "Dock: strike/1.txt",
        "a\u200eb.txt",
        "a\u200fb.txt",
        "می\u200cخواهم.txt",
        "a\u200db.txt",
    ],
)
def test_a_name_as_people_give_it_is_fine(items: Callable[..., list[Item]], name: str) -> None:
    (good,) = items(zipped((name, STORY)))
    assert (good.refusal, good.document) == (None, STORY)


def test_nul_in_a_name_does_not_cut_it(items: Callable[..., list[Item]]) -> None:
    raw = zipped(("innocentX.txt", STORY)).replace(b"innocentX", b"innocent\x00")
    (bad,) = items(raw)
    assert bad.refusal is not None and "signs that no name needs" in bad.refusal.why


def test_neither_of_two_members_of_one_name_is_taken(items: Callable[..., list[Item]]) -> None:
    with pytest.warns(UserWarning):
        raw = zipped(("a.txt", STORY), ("b.txt", STORY), ("a.txt", b"Another story."))
    first, good, second = items(raw)
    assert (
        first.refusal is not None
        and second.refusal is not None
        and "2 files of this name" in second.refusal.why
    )
    assert good.document == STORY


def test_an_encrypted_member_and_an_unusual_packing_are_refused_by_name(
    items: Callable[..., list[Item]],
) -> None:
    raw = bytearray(zipped(("a.txt", STORY), ("b.txt", STORY)))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    secret, good = items(bytes(raw))
    assert secret.refusal is not None and (secret.name, secret.refusal.why[:16]) == (
        "a.txt",
        "it is encrypted:",
    )
    assert good.document == STORY
    (packed,) = items(zipped(("a.txt", STORY), packed=zipfile.ZIP_BZIP2))
    assert packed.refusal is not None and "use deflate" in packed.refusal.why


def test_a_member_too_large_for_its_kind_is_refused_alone(items: Callable[..., list[Item]]) -> None:
    large, good = items(zipped(("a.txt", STORY * 80_000), ("b.txt", STORY), packed=zipfile.ZIP_STORED))
    assert large.refusal is not None and "at most 2 MB" in large.refusal.why
    assert good.document == STORY


def test_names_are_utf_8_or_code_page_437(items: Callable[..., list[Item]]) -> None:
    raw = zipped(("Äußerung.txt", STORY), ("\u0646\u0627\u0645\u200c\u0647.txt", STORY))
    assert [item.name for item in items(raw)] == ["Äußerung.txt", "\u0646\u0627\u0645\u200c\u0647.txt"]
    unmarked = bytearray(zipped(("aaaa.txt", STORY), ("bbb.txt", STORY)))
    assert [
        item.name
        for item in items(bytes(unmarked.replace(b"aaaa", "éé".encode()).replace(b"bbb", b"\x84bb")))
    ] == [
        *("éé.txt", "äbb.txt"),
    ]


# ── refused whole ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.lengthy
def test_no_archive_and_a_broken_one_say_what_and_where(tmp_path: Path) -> None:
    whole = zipped(*((f"{n}.txt", STORY * (n + 1)) for n in range(20)))
    none = "a.zip, byte 0: it is no ZIP archive: it does not begin as one does"
    assert refusal(tmp_path, b"no archive") == refusal(tmp_path, b"") == none
    cut = refusal(tmp_path, whole[: len(whole) // 2])
    assert (
        cut.startswith(f"a.zip, byte {len(whole) // 2}: it is cut short or damaged")
        and "Nothing is taken" in cut
    )
    hole = whole[:400] + b"\xff" * 40 + whole[440:]
    assert "nothing is taken from it" in refusal(tmp_path, hole) and "member “" in refusal(tmp_path, hole)
    for end in range(0, len(whole), 7):
        assert "a.zip" in refusal(tmp_path, whole[:end])


@pytest.mark.parametrize("at", [14, 60, 300, 700, 1000])
def test_a_flipped_byte_is_never_taken_for_the_article(
    items: Callable[..., list[Item]], at: int, tmp_path: Path
) -> None:
    raw = bytearray(zipped(*((f"{n}.txt", STORY + b"%d" % n) for n in range(9))))
    raw[at] ^= 0x20
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    try:
        found = list(items_of(path, "a.zip"))
    except Refused:
        return
    for item in found:
        assert item.refusal is not None or item.document in {STORY + b"%d" % n for n in range(9)}


def lying(declared: int, content: bytes, everywhere: bool = True) -> bytes:
    """An archive that gives another size of its member, with the checksum of what it claims to hold."""
    raw = bytearray(zipped(("a.txt", content)))
    directory = raw.index(b"PK\x01\x02")
    checksum = zlib.crc32(content[:declared])
    for place in (14, directory + 16) if everywhere else (directory + 16,):
        struct.pack_into("<L", raw, place, checksum)
        struct.pack_into("<L", raw, place + 8, declared)
    return bytes(raw)


@pytest.mark.parametrize("declared", [0, 10, len(STORY) - 1, len(STORY) + 1, 10_000])
@pytest.mark.parametrize("everywhere", [True, False])
def test_an_archive_that_lies_about_sizes_is_refused_whole(
    tmp_path: Path, declared: int, everywhere: bool
) -> None:
    said = refusal(tmp_path, lying(declared, STORY, everywhere))
    assert "member “a.txt”" in said
    assert ("not as long as the archive says" if everywhere else "another in its directory") in said


def test_another_name_before_the_member_than_in_the_directory_is_a_lie(tmp_path: Path) -> None:
    raw = zipped(("a.txt", STORY)).replace(b"a.txt", b"b.txt", 1)
    assert "it says one thing here and another in its directory" in refusal(tmp_path, raw)


def test_two_members_never_share_their_bytes(tmp_path: Path) -> None:
    raw = bytearray(zipped(("a.txt", STORY), ("b.txt", STORY)))
    second = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", raw, second + 42, 0)
    assert "share their bytes" in refusal(tmp_path, bytes(raw))


def test_much_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than 100 times its size" in refusal(tmp_path, zipped(("a.txt", b"a" * 3 * 1024**2)))
    monkeypatch.setattr(archive, "LARGEST_WHOLE", 1000)
    assert "it unpacks to 0 MB, at most 0 MB" in refusal(tmp_path, zipped(("a.txt", bytes(range(250)) * 5)))
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert "it holds 4 files, at most 3" in refusal(tmp_path, zipped(*((f"{n}.txt", b"") for n in range(4))))


@pytest.mark.lengthy
def test_neither_a_bomb_nor_a_directory_of_a_million_names_costs_memory(tmp_path: Path) -> None:
    bomb = lying(100, b"\0" * 60 * 1024**2)
    entry = bytearray(zipped(("a", b"")))
    start, end = entry.index(b"PK\x01\x02"), entry.index(b"PK\x05\x06")
    names = bytes(entry[start:end]) * 1_000_000
    tail = bytearray(entry[end:])
    struct.pack_into("<HHLL", tail, 8, 0xFFFF, 0xFFFF, len(names), start)
    crowded = bytes(entry[:start]) + names + bytes(tail)
    for raw, said in ((bomb, "not as long as the archive says"), (crowded, "far more than 20,000 files")):
        (tmp_path / "a.zip").write_bytes(raw)
        tracemalloc.start()
        with pytest.raises(Refused, match=said):
            list(items_of(tmp_path / "a.zip", "a.zip"))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 4 * 1024**2


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file"):
        list(items_of(tmp_path / "gone.zip", "gone.zip"))
    assert (
        is_container(tmp_path, "A.ZIP")
        and is_container(tmp_path, "a.Csv")
        and not is_container(tmp_path, "a.docx")
    )


def flagged(name: str, bit: int, *places: int) -> bytes:
    """Two members, the first with a flag turned over: in its directory entry (1), in its local header (0)."""
    raw = bytearray(zipped((name, STORY), ("b.txt", STORY)))
    for place in places:
        raw[(raw.index(b"PK\x01\x02") + 8 if place else 6) + (bit > 0xFF)] ^= bit >> (8 if bit > 0xFF else 0)
    return bytes(raw)


@pytest.mark.parametrize("bit", [0x20, 0x40, 0x2000])
def test_flags_that_the_library_stumbles_over_refuse_the_member_or_the_archive(
    items: Callable[..., list[Item]], tmp_path: Path, bit: int
) -> None:
    first, second = items(flagged("a.txt", bit, 0, 1))
    assert first.refusal is not None and second.document == STORY
    assert "another in its directory" in refusal(tmp_path, flagged("a.txt", bit, 1))


@pytest.mark.parametrize("place", [0, 1])
def test_a_name_that_is_utf_8_in_one_place_alone_is_a_lie(tmp_path: Path, place: int) -> None:
    said = refusal(tmp_path, flagged("é.txt", 0x800, place))
    assert "another in its directory" in said


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_damaged_table_is_refused_by_whoever_reads_it(tmp_path: Path, name: str) -> None:
    numbers = [b"%d %d" % (n, n * n * n * 7919) for n in range(30_000)]
    row = b'{"text": "%s"}' if name == "t.jsonl" else b"%s,1"
    table = b"\n".join([*([b"text,n"] if name == "t.csv" else []), *(row % number for number in numbers)])
    raw = bytearray(zipped((name, table)))
    middle = raw.index(b"PK\x01\x02") - 20_000
    raw[middle : middle + 50] = b"\xff" * 50
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    with pytest.raises(Refused, match=f"{name}, byte [1-9].*damaged there"):
        count_of(path, "a.zip")
    with tables_of(path, "a.zip") as tables:
        assert len(tables) == (name == "t.jsonl")
    assert "nothing is taken from it" in refusal(tmp_path, bytes(raw))
