"""A project whose first releases come: there is something to compare with from the second one on."""

from pathlib import Path
from typing import Any

import pytest

from annotator.models import Release
from tests.factories import World

from .conftest import Cast
from .test_release_changes import URL, released


@pytest.mark.lengthy
def test_the_first_one_waits_for_a_choice_and_the_only_one_for_another(
    world: World, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    Release.objects.filter(pk=world.here.release.pk).update(state="failed")
    released(world)
    assert "Nothing to compare with" in cast.viewer.get(f"{URL}2/changes/").content.decode()
    released(world)
    assert "Choose a release" in cast.viewer.get(f"{URL}2/changes/").content.decode()
    assert "Nothing changed" in cast.viewer.get(f"{URL}3/changes/").content.decode()
