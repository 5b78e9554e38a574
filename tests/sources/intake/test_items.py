"""What a file on disk holds, item by item."""

from pathlib import Path

import pytest

from sources.intake.items import Item, count_of, is_container, items_of
from sources.intake.refusal import Refusal


def test_a_document_is_the_one_item_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"A headline\n\nA story.")
    assert list(items_of(path, "story.txt")) == [Item(0, "story.txt", document=b"A headline\n\nA story.")]
    assert list(items_of(path, "story.txt", start=1)) == []
    assert count_of(path, "story.txt") == 1
    assert not is_container(path, "story.txt")


def test_a_document_that_is_too_large_or_gone_is_a_refused_item(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"a" * (2 * 1024 * 1024 + 1))
    (large,) = items_of(path, "story.txt")
    assert large.refusal is not None and "at most 2 MB" in large.refusal.why
    (gone,) = items_of(tmp_path / "gone.txt", "gone.txt")
    assert gone.refusal == Refusal("gone.txt", "", "cannot be read: No such file or directory")


@pytest.mark.parametrize(
    "said", [{}, {"document": b"a", "address": "https://a.example/"}, {"document": b"a", "raw": b"a"}]
)
def test_an_item_is_one_thing(said: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Item(0, "a", **said)  # type: ignore[arg-type]
