"""`resegment`: says what would change, cuts again, and says which texts it left."""

import io

import pytest
from django.core.management import CommandError, call_command

from annotator.actions import segmentations
from sources.models import Segmentation
from sources.text.segment import SEGMENTER, VERSION
from tests.cutting import use_segmenter
from tests.factories import World


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


def ran(*options: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("resegment", *options, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_it_says_what_would_change_and_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    status, out, _ = ran("--project", "here", "--dry-run")
    assert status == 0
    first, second = out.splitlines()
    assert first == f"2 texts cut by {SEGMENTER} {VERSION}; {SEGMENTER} 99 is here."
    assert second.endswith(" sentences would be new, in 2 texts.")
    assert not Segmentation.objects.filter(segmenter_version="99").exists()


def test_it_cuts_again_and_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    assert ran("--project", "here", "--user", "manager")[1].endswith("2 texts cut again, 0 left for later.\n")
    assert Segmentation.objects.filter(segmenter_version="99").count() == 2
    assert ran("--project", "here") == (0, f"All texts are cut by {SEGMENTER} 99.\n", "")


def test_texts_that_are_written_in_are_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**given: object) -> bool:
        raise segmentations.Busy

    use_segmenter(monkeypatch, "99")
    monkeypatch.setattr(segmentations, "renew", busy)
    monkeypatch.setattr(segmentations, "_PAUSES", ())
    status, out, err = ran("--project", "here", "--user", "manager")
    assert (status, out.splitlines()[-1]) == (1, "0 texts cut again, 2 left for later.")
    assert len(err.splitlines()) == 2
    assert "somebody is writing in it" in err


def test_a_project_that_is_not_there(world: World) -> None:
    with pytest.raises(CommandError, match="There is no project 'nowhere'"):
        ran("--project", "nowhere")
