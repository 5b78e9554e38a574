import os

import pytest

from sources.intake.refusal import Refusal
from sources.intake.registry import LARGEST
from sources.intake.walk import FoundFile, walk


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "news"
    (root / "b").mkdir(parents=True)
    for name in ("z.txt", "a.txt", "b/2.txt", "b/1.txt", "README.md", ".hidden.txt"):
        (root / name).write_text(name)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("no")
    (tmp_path / "outside.txt").write_text("secret")
    return root


def names(found):
    return [item.name for item in found if isinstance(item, FoundFile)]


def refusals(found):
    return [item for item in found if isinstance(item, Refusal)]


def test_a_folder_is_walked_in_a_stable_order_without_hidden_files_or_its_own_readme(folder):
    found = list(walk([folder]))
    assert names(found) == ["news/a.txt", "news/b/1.txt", "news/b/2.txt", "news/z.txt"]
    assert refusals(found) == []


def test_a_file_named_by_itself_is_taken_hidden_or_not(folder):
    assert names(walk([folder / ".hidden.txt", folder / "README.md", str(folder / "a.txt")])) == [
        str(folder / ".hidden.txt"),
        str(folder / "README.md"),
        str(folder / "a.txt"),
    ]


def test_links_that_lead_out_are_refused_and_stop_nothing(folder, tmp_path):
    (folder / "c.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "d").symlink_to(tmp_path)
    (folder / "e.txt").symlink_to(folder / "nowhere.txt")
    (folder / "f").symlink_to(folder)
    (folder / "g.txt").symlink_to(folder / "a.txt")
    found = list(walk([folder]))
    assert [refusal.what for refusal in refusals(found)] == ["news/c.txt", "news/d", "news/e.txt", "news/f"]
    assert "news/g.txt" in names(found) and "news/z.txt" in names(found)


def test_what_is_missing_or_no_file_is_refused(folder, tmp_path):
    os.mkfifo(folder / "pipe.txt")
    found = list(walk([tmp_path / "missing", folder / "b", folder / "pipe.txt", "nul\x00"]))
    assert [str(refusal).split(": ", 1)[1] for refusal in refusals(found)] == [
        "cannot be opened: No such file or directory",
        "is neither a file nor a folder",
        "is not a path",
    ]
    assert names(found) == ["b/1.txt", "b/2.txt"]


def test_reading_gives_the_bytes_or_a_refusal(folder):
    found = FoundFile(folder / "a.txt", "a.txt")
    assert found.read_bytes() == b"a.txt"
    with (folder / "big.txt").open("wb") as big:
        big.truncate(LARGEST + 1)
    assert "at most 2 MB" in str(FoundFile(folder / "big.txt", "big.txt").read_bytes())
    assert "cannot be read" in str(FoundFile(folder / "gone.txt", "gone.txt").read_bytes())
