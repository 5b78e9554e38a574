"""Two releases between which texts were cut again: told as that, and not as other sentences."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from annotator.actions.segmentations import renew_all
from annotator.exchange.difference_list import as_json, differences_in
from annotator.exchange.differences import compare
from annotator.exchange.publish import Wanted, publish
from annotator.exchange.verification.command import verify
from annotator.intents.release import STATUSES, Scope
from sources.text.segment import SEGMENTER, VERSION
from tests.cutting import use_segmenter
from tests.factories import World

from .releases import table, unpack, write_table


def renamed(top: Path, segmenter: str) -> None:
    """All sentences get other identifiers and another segmenter, as after a new cut at the same places."""
    header, *rows = table(top, "sentences")
    at, by = header.index("sentence_id"), header.index("segmenter")
    others = {row[at]: str(uuid4()) for row in rows}
    for row in rows:
        row[at], row[by] = others[row[at]], segmenter
    write_table(top, "sentences", [header, *rows])
    for name in ("claims", "annotations"):
        header, *rows = table(top, name)
        column = header.index("sentence_ids")
        for row in rows:
            row[column] = ";".join(others[one] for one in row[column].split(";"))
        write_table(top, name, [header, *rows])


@pytest.fixture
def pair(demo_release: Any, tmp_path: Path) -> tuple[Path, Path]:
    return unpack(demo_release["plain"], tmp_path / "old"), unpack(demo_release["plain"], tmp_path / "new")


@pytest.mark.lengthy
def test_the_same_places_are_the_same_sentences(pair: tuple[Path, Path], tmp_path: Path) -> None:
    renamed(pair[1], f"{SEGMENTER} 99")
    compare(*pair, tmp_path / "found.sqlite")
    with differences_in(tmp_path / "found.sqlite") as found:
        assert [one for one in found.tables() if not one.same] == []
        assert found.cut == {"old": [f"{SEGMENTER} {VERSION}"], "new": [f"{SEGMENTER} 99"]}
    told = json.loads(b"".join(as_json(tmp_path / "found.sqlite")))
    assert told["cut"]["new"] == [f"{SEGMENTER} 99"]
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("compare_releases", *map(str, pair), stdout=out)
    assert (
        f"Sentences were cut again: by {SEGMENTER} {VERSION} before, by {SEGMENTER} 99 now." in out.getvalue()
    )


def test_other_identifiers_by_the_same_segmenter_are_other_sentences(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    renamed(pair[1], f"{SEGMENTER} {VERSION}")
    compare(*pair, tmp_path / "found.sqlite")
    with differences_in(tmp_path / "found.sqlite") as found:
        assert found.cut is None
        (sentences,) = [one for one in found.tables() if one.name == "sentences"]
        assert sentences.added == sentences.removed == sentences.before


@pytest.mark.lengthy
@pytest.mark.django_db
def test_a_release_keeps_its_sentences_and_the_next_one_has_the_new(
    small_world_here: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = small_world_here
    wanted = Wanted(scope=Scope(statuses=tuple(STATUSES)))
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    publish(world.here.project, wanted, old)
    use_segmenter(monkeypatch, "99")
    assert all(one.done for one in renew_all(by=world.manager, project=world.here.project))
    publish(world.here.project, wanted, new)
    assert verify(old).ok
    assert verify(new).ok
    compare(old, new, tmp_path / "found.sqlite")
    with differences_in(tmp_path / "found.sqlite") as found:
        assert found.cut == {"old": [f"{SEGMENTER} {VERSION}"], "new": [f"{SEGMENTER} 99"]}
        (sentences,) = [one for one in found.tables() if one.name == "sentences"]
        assert sentences.added
        assert not any(
            column == "segmenter" for one in found.rows("sentences") for column, _, _ in one.changes
        )
        assert {one.what for one in found.rows("claims")} <= {"changed"}
